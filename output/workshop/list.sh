#!/bin/sh
# Lists the files that the page is made from, for the build to watch.
cd "$(dirname "$0")"
find src index.html strings.csv package.json package-lock.json tsconfig.json build.sh *.mjs -type f | sort
