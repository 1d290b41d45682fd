#!/bin/sh
# usage: build.sh SOURCE FOLDER DEPENDENCIES ENGINE NONE TEMPLATE.c TEMPLATE.html: makes the page in FOLDER, so that nothing
# is left among the sources. Without the packages the template is NONE: the program is then built without
# the page.
set -eu
source=$1 folder=$(realpath -m "$2") dependencies=$3 engine=$(realpath "$4") none=$5 template=$(realpath -m "$6") html=$(realpath -m "$7")
# Folders too: a file that is new in one makes the page anew.
printf '%s: %s\n' "$6" "$(find "$source" "$source/../names.csv" | sed 's/ /\\ /g' | tr '\n' ' ')" >"$dependencies"
mkdir -p "$folder"
rm -rf "$folder/src"
for file in src index.html strings.csv package.json package-lock.json tsconfig.json vite.config.mjs csv.mjs array.mjs; do
    cp -R "$source/$file" "$folder/"
done
cp "$source/../names.csv" "$folder/"
cd "$folder"
if ! cmp -s package-lock.json node_modules/.installed; then
    if ! npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >npm.log 2>&1; then
        echo "the packages of the workshop page could not be fetched, so nlcsim is built without it: see $folder/npm.log" >&2
        cd - >/dev/null
        cp "$none" "$template"
        : >"$html"
        exit 0
    fi
    cp package-lock.json node_modules/.installed
fi
NLCSIM_ENGINE=$engine node node_modules/vite/bin/vite.js build --logLevel warn
cp dist/index.html "$html"
node array.mjs dist/index.html >"$template"
