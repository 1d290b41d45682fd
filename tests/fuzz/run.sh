#!/bin/sh
# Builds the readers with libFuzzer and sanitizers in a folder of its own, and runs each for a while.
# usage: run.sh BUILD SECONDS
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
build=$1 seconds=$2
if ! command -v clang >/dev/null || ! echo 'int LLVMFuzzerTestOneInput(const char *d, unsigned long n); int LLVMFuzzerTestOneInput(const char *d, unsigned long n) { return d && n ? 0 : 0; }' |
    clang -x c - -fsanitize=fuzzer -o /dev/null 2>/dev/null; then
    echo "clang with libFuzzer is not installed: skipped"
    exit 77
fi
[ -f "$build/build.ninja" ] || CC=clang meson setup "$build" "$source" -Dfuzz=true -Dpage=false -Dbuildtype=debugoptimized \
    -Db_sanitize=address,undefined -Db_lundef=false -Dc_args=-fsanitize=fuzzer-no-link >/dev/null
ninja -C "$build" --quiet nlcsim $(cd "$source/tests/fuzz" && ls ./*_fuzz.c | sed 's|^\./|tests/fuzz/|; s|\.c$||')
corpus=$build/corpus
mkdir -p "$corpus/resolved_fuzz" "$corpus/scenario_fuzz" "$corpus/graphml_fuzz" "$corpus/settings_fuzz"
"$build/nlcsim" resolve "$source/scenarios/first-steps" >"$corpus/resolved_fuzz/first-steps"
for name in first-steps manila-workshop southeast-asia; do
    for file in "$source/scenarios/$name"/*.csv; do
        printf '@%s\n' "$(basename "$file")"
        head -n 40 "$file"
    done >"$corpus/scenario_fuzz/$name"
done
cp "$source/tests/fuzz/seeds/"*.graphml "$corpus/graphml_fuzz/"
while read -r setting; do
    printf '%s' "$setting" >"$corpus/settings_fuzz/$(printf '%s' "$setting" | md5sum | cut -c1-8)"
done <"$source/tests/fuzz/seeds/settings.txt"
export NLCSIM_FUZZ_SCENARIO="$source/scenarios/first-steps" ASAN_OPTIONS=detect_leaks=1
status=0
for target in resolved scenario graphml settings; do
    echo "== $target, $seconds seconds"
    "$build/tests/fuzz/${target}_fuzz" -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=20 -print_final_stats=1 \
        -artifact_prefix="$build/" "$corpus/${target}_fuzz" 2>&1 | grep -E 'ERROR|SUMMARY|runtime error|stat::number_of|Test unit written|DONE' ||
        true
    if ls "$build"/crash-* "$build"/leak-* "$build"/timeout-* "$build"/oom-* >/dev/null 2>&1; then
        echo "$target: a failing input was found in $build"
        status=1
        break
    fi
done
exit $status
