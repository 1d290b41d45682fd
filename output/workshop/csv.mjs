// Reads a table of RFC 4180: a list of rows, each an object by the names of the header.
export function readTable(text) {
  const rows = [[""]];
  let quoted = false;
  for (let k = 0; k < text.length; k++) {
    const row = rows[rows.length - 1], c = text[k];
    if (quoted && c === '"' && text[k + 1] === '"') row[row.length - 1] += text[++k];
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === ",") row.push("");
    else if (!quoted && c === "\n") rows.push([""]);
    else if (c !== "\r") row[row.length - 1] += c;
  }
  const [names, ...lines] = rows.filter((row) => row.length > 1 || row[0] !== "");
  return lines.map((line) => {
    if (line.length !== names.length) throw new Error(`'${line[0]}': ${line.length} cells, expected ${names.length}`);
    return Object.fromEntries(names.map((name, k) => [name, line[k]]));
  });
}
