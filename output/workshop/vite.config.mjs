import { readFileSync } from "node:fs";
import { defineConfig } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";
import { readTable } from "./csv.mjs";

// A module that is made here instead of read from a file.
function made(name, make) {
  const id = `\0virtual:${name}`;
  return {
    name,
    resolveId: (wanted) => (wanted === `virtual:${name}` ? id : undefined),
    load: (wanted) => (wanted === id ? `export default ${JSON.stringify(make())};` : undefined),
  };
}

// { en: { key: text }, ... }: a column a language, but for the keys and the notes of what to review. What the model
// knows has the names that the report uses too; where a picture's title says the rest, the page has shorter ones.
function strings() {
  const rows = ["names.csv", "strings.csv"].flatMap((table) => readTable(readFileSync(table, "utf8")));
  const languages = Object.keys(rows[0]).filter((name) => name !== "key" && name !== "review");
  return Object.fromEntries(languages.map((language) => [language, Object.fromEntries(rows.map((row) => [row.key, row[language]]))]));
}

export default defineConfig({
  base: "./",
  plugins: [
    made("strings", strings),
    made("engine", () => readFileSync(process.env.NLCSIM_ENGINE).toString("base64")),
    viteSingleFile(),
  ],
  build: { target: "es2022", modulePreload: false, chunkSizeWarningLimit: 2000 },
});
