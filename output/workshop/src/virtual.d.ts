declare module "virtual:strings" {
  const strings: Record<string, Record<string, string>>;
  export default strings;
}

declare module "virtual:engine" {
  const base64: string;
  export default base64;
}
