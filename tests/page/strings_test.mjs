// The texts of the page: all of them in strings.csv, in every language, and none in the code.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { BUILD, nlcsim, SOURCE } from "./browser.mjs";

const { readTable } = await import(pathToFileURL(join(SOURCE, "csv.mjs")).href);
const rows = readTable(readFileSync(join(SOURCE, "strings.csv"), "utf8"));
const names = readTable(readFileSync(join(SOURCE, "..", "names.csv"), "utf8"));
const languages = Object.keys(rows[0]).filter((name) => name !== "key" && name !== "review");

function filesBelow(folder) {
  return readdirSync(folder).map((name) => join(folder, name)).flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]));
}

const sources = filesBelow(join(SOURCE, "src")).filter((path) => path.endsWith(".ts")).map((path) => [path, readFileSync(path, "utf8")]);
const described = (topic) => readTable(nlcsim("describe", topic, "--format", "csv")).map((row) => row.name);

test("each key has a text in each language, once", () => {
  assert.deepEqual(languages, ["en", "id", "ms", "fil"]);
  for (const table of [rows, names]) assert.equal(new Set(table.map((row) => row.key)).size, table.length);
  for (const row of [...rows, ...names]) for (const language of languages) assert.ok(row[language].trim(), `${row.key} has no text in ${language}`);
});

test("a text has the same blanks to fill in every language", () => {
  const blanks = (text) => [...text.matchAll(/\{[a-z]+\}/g)].map(([blank]) => blank).sort().join();
  for (const row of rows) for (const language of languages) assert.equal(blanks(row[language]), blanks(row.en), `${row.key}, ${language}`);
});

test("the code asks for keys that there are, and for each of them", () => {
  const keys = rows.map((row) => row.key), all = new Set([...keys, ...names.map((row) => row.key)]), asked = [], begun = [];
  const kinds = new Set([...all].map((key) => key.split(".")[0]));
  for (const [, text] of sources) {
    asked.push(...[...text.matchAll(/"((?:[a-z]+\.)+[a-z_.]+)"/g)].map(([, key]) => key).filter((key) => kinds.has(key.split(".")[0])));
    begun.push(...[...text.matchAll(/t\(`([a-z]+\.)(?:[a-z]+\.)*\$\{/g)].map(([, start]) => start));
  }
  assert.ok(asked.length > 30);
  for (const key of asked) assert.ok(all.has(key), `'${key}' is in no table`);
  for (const key of keys) assert.ok(asked.includes(key) || begun.some((start) => key.startsWith(start)), `nobody asks for '${key}'`);
});

test("only a measure has a shorter name beside the one that the report uses too", () => {
  const known = new Set(names.map((row) => row.key));
  for (const { key } of rows) assert.ok(!known.has(key) || key.startsWith("measure."), key);
});

test("stages and measures have names", () => {
  const keys = new Set([...rows, ...names].map((row) => row.key));
  for (const measure of described("measures")) assert.ok(keys.has(`measure.${measure}`), measure);
  for (const stage of ["unaware", "aware", "engaged", "drafting", "adopted", "functioning", "dormant", "has_plan"]) assert.ok(keys.has(`map.${stage}`), stage);
});

test("numbers and months are written as each language writes them", () => {
  const text = (key, language) => names.find((row) => row.key === key)[language];
  for (const language of languages) {
    const parts = new Intl.NumberFormat(language, { useGrouping: true }).formatToParts(1234567.5);
    assert.equal(text("number.decimal", language), parts.find(({ type }) => type === "decimal").value, language);
    assert.equal(text("number.group", language), parts.find(({ type }) => type === "group").value, language);
    for (let month = 0; month < 12; month++) {
      const date = new Date(Date.UTC(2023, month, 15)), key = String(month + 1).padStart(2, "0");
      for (const [style, prefix] of [["long", "month"], ["short", "month.short"]])
        assert.equal(text(`${prefix}.${key}`, language), new Intl.DateTimeFormat(language, { month: style, timeZone: "UTC" }).format(date), `${language} ${key}`);
    }
  }
});

// Two words with a space between them, each of letters, are a text. Fonts, classes and commands are not.
const NO_TEXT = [/system-ui/, /^nlcsim run/, /^--/, /prefers-reduced-motion/];

test("no text stands in the code", () => {
  for (const [path, source] of sources) {
    const code = source.replace(/^\s*\/\/.*$/gm, "").replace(/\/\/ .*$/gm, "");
    for (const [, , literal] of code.matchAll(/(["'`])((?:\\.|(?!\1)[^\\\n])*)\1/g)) {
      const plain = literal.replace(/\$\{[^}]*\}/g, "");
      if (/[A-Za-z]{2,} [A-Za-z]{2,}/.test(plain) && !NO_TEXT.some((pattern) => pattern.test(plain))) assert.fail(`${path}: "${literal}"`);
    }
  }
  const body = readFileSync(join(SOURCE, "index.html"), "utf8").replace(/<script[\s\S]*?<\/script>/g, "");
  assert.equal(body.split("<body>")[1].replace(/<[^>]*>/g, "").trim(), "");
});

test("the code keeps to its types", () => {
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"], { cwd: BUILD, stdio: "inherit" });
});

test("the lock file names no registry", () => {
  assert.ok(!/https?:/.test(readFileSync(join(SOURCE, "package-lock.json"), "utf8")));
});
