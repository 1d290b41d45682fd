#!/bin/sh
# Prints the line coverage of sim/ and models/, and the branch coverage of the step kernel, from a
# build of its own. Fails below 90 % of lines or 100 % of the kernel's branches.
# usage: run.sh BUILD
set -eu
if ! command -v gcovr >/dev/null || ! command -v gcc >/dev/null; then
    echo "gcc and gcovr are not installed: skipped"
    exit 77
fi
source=$(cd "$(dirname "$0")/../.." && pwd)
build=$1
[ -f "$build/build.ninja" ] || CC=gcc meson setup "$build" "$source" -Dbuildtype=debug -Dpage=false -Db_coverage=true -Dc_args=-fprofile-update=atomic >/dev/null
ninja -C "$build" --quiet
find "$build" -name '*.gcda' -delete
meson test -C "$build" --no-rebuild --suite unit --suite cli --timeout-multiplier 4 --print-errorlogs
meson test -C "$build" --no-rebuild kernels "monotone coupling" --timeout-multiplier 4 --print-errorlogs
cd "$build"
gcovr --root "$source" --filter "$source/sim/" --filter "$source/models/" --exclude "$source/sim/core/wasm/" --fail-under-line 90 .
gcovr --root "$source" --filter "$source/models/nlc/(kernel.c|place.h|record.h|scratch.h|start.h)" --branches --fail-under-branch 100 .
