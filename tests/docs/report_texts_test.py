"""No words for readers stand in the code of the report: they all come from the tables of texts, whose keys are all used.

usage: report_texts_test.py SOURCE"""
import csv
import glob
import os
import re
import sys

SOURCE = sys.argv[1]
LANGUAGES = ("en", "id", "ms", "fil")
wrong = []

with open(os.path.join(SOURCE, "output", "strings.csv"), encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))
code = {}
for path in sorted(glob.glob(os.path.join(SOURCE, "output", "report", "*.[ch]"))):
    with open(path, encoding="utf-8") as file:
        code[os.path.basename(path)] = file.read()
everything = "\n".join(code.values())

for row in rows:
    missing = [language for language in LANGUAGES if not row[language].strip()]
    if missing:
        wrong.append(f"{row['key']}: no text in {missing}")
    if set(row["review"].split()) - set(LANGUAGES):
        wrong.append(f"{row['key']}: review names {row['review']}, expected languages")
    if row["key"].startswith("report.") and f"NLC_TEXT({row['key'][7:]})" not in everything:
        wrong.append(f"{row['key']}: no code uses it")

LITERAL = r'"(?:[^"\\]|\\.)*"'
TEXT_CALL = re.compile(r"(?<!void )(?<!nlc_word )\b(?:nlc_html_text|nlc_svg_words|nlc_word_of)\([^;]*?;", re.S)
MARKUP_CALL = re.compile(r"\bnlc_html_markup\(\s*[^,]+,(.*?)\);", re.S)


def words_of(markup):
    """What a reader would see of a literal: neither elements, nor formats, nor entities, nor coordinates."""
    markup = re.sub(r" [a-z-]+='[^']*'$", " ", markup)
    markup = re.sub(r"<[^>]*(>|$)|^[^<>]*>", " ", markup)
    markup = re.sub(r"%[-.*0-9]*l*[a-zA-Z\"]|&#?\w+;|\\x[0-9A-F]{2}|\\.", " ", markup)
    return re.findall(r"[A-Za-z]{2,}", markup)


for name, text in code.items():
    if name == "make_texts.c":
        continue
    for call in TEXT_CALL.findall(text):
        for literal in re.findall(LITERAL, re.sub(r'\b(?:strcmp|nlc_member_text|nlc_named_word|nlc_material_\w+)\([^;]*?\)', "", call)):
            if re.search(r"[A-Za-z]{2,}", re.sub(r"\\x[0-9A-F]{2}|\\.", "", literal)):
                wrong.append(f"{name}: {literal} is shown to readers")
    for call in MARKUP_CALL.findall(text):
        joined = "".join(literal[1:-1] for literal in re.findall(LITERAL, call)).replace('\\"', "'")
        if "<" in joined or ">" in joined:
            for word in words_of(joined):
                wrong.append(f"{name}: '{word}' in {joined} is shown to readers")

print(f"{len(rows)} texts, {len(code)} files")
for line in wrong:
    print(line)
sys.exit(1 if wrong or not rows or not code else 0)
