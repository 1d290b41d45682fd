#!/bin/sh
# Builds the readers with libFuzzer and sanitizers in a folder of its own, and runs each for a while.
# usage: run.sh BUILD SECONDS NLCSIM
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
build=$1 seconds=$2 nlcsim=$3
if ! command -v clang >/dev/null || ! echo 'int LLVMFuzzerTestOneInput(const char *d, unsigned long n); int LLVMFuzzerTestOneInput(const char *d, unsigned long n) { return d && n ? 0 : 0; }' |
    clang -x c - -fsanitize=fuzzer -o /dev/null 2>/dev/null; then
    echo "clang with libFuzzer is not installed: skipped"
    exit 77
fi
[ -f "$build/build.ninja" ] || CC=clang meson setup "$build" "$source" -Dfuzz=true -Dpage=false -Ddebug=true \
    -Doptimization=1 -Db_sanitize=address,undefined -Db_lundef=false -Dc_args=-fsanitize=fuzzer-no-link >/dev/null
targets=$(cd "$source/tests/fuzz" && ls ./*_fuzz.c | sed 's|^\./||; s|_fuzz\.c$||')
# shellcheck disable=SC2086
ninja -C "$build" --quiet $(printf 'tests/fuzz/%s_fuzz ' $targets)
corpus=$build/corpus
for target in $targets; do
    mkdir -p "$corpus/${target}_fuzz"
done
"$nlcsim" resolve "$source/scenarios/first-steps" >"$corpus/resolved_fuzz/first-steps"
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
# As many at a time as there are processors; each says its part when it is through.
status=0
printf '%s\n' $targets | xargs -P "$(nproc)" -I '{}' sh -c '"$1/tests/fuzz/{}_fuzz" -max_total_time="$2" -rss_limit_mb=2048 -timeout=20 \
    -print_final_stats=1 -artifact_prefix="$1/{}-" "$1/corpus/{}_fuzz" >"$1/{}.log" 2>&1' fuzz "$build" "$seconds" || status=1
for target in $targets; do
    echo "== $target, $seconds seconds"
    grep -E 'ERROR|SUMMARY|runtime error|stat::number_of|Test unit written|DONE' "$build/$target.log" || status=1
done
[ "$status" = 0 ] || echo "a failing input was found, or a target did not run to its end: see $build"
exit $status
