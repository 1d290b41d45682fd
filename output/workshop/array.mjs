// usage: array.mjs FILE: writes the bytes of a file as the C source of nlc_page_template.
import { readFileSync } from "node:fs";

const bytes = readFileSync(process.argv[2]);
const lines = [];
for (let k = 0; k < bytes.length; k += 32) lines.push([...bytes.subarray(k, k + 32)].join(","));
process.stdout.write(`#include "page_template.h"

const unsigned char nlc_page_template[] = {
${lines.join(",\n")}};
const size_t nlc_page_template_length = ${bytes.length};
`);
