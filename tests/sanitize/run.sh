#!/bin/sh
# Builds with sanitizers in a folder of its own and runs the tests, or two threads, under them.
# usage: run.sh BUILD address|thread
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
build=$1-$2
if ! echo 'int main(void) { return 0; }' | clang -x c - -fsanitize="$2" -o /dev/null 2>/dev/null; then
    echo "clang with its sanitizers is not installed: skipped"
    exit 77
fi
case $2 in
address) sanitize=address,undefined ;;
*) sanitize=$2 ;;
esac
[ -f "$build/build.ninja" ] || CC=clang meson setup "$build" "$source" -Dbuildtype=debugoptimized -Dpage=false -Db_sanitize="$sanitize" \
    -Db_lundef=false >/dev/null
# Tests ask for more than there is on purpose: the allocator then says no, as the system's does.
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1 TSAN_OPTIONS=halt_on_error=1
if [ "$2" = address ]; then
    ninja -C "$build" --quiet
    meson test -C "$build" --no-rebuild --suite unit --suite cli --print-errorlogs --timeout-multiplier 4
else
    ninja -C "$build" --quiet nlcsim
    for scenario in first-steps southeast-asia; do
        "$build/nlcsim" run "$source/scenarios/$scenario" -o "$build/out" --quiet --threads 3 --replicates 24 --hash --set scenario.months=18
    done
fi
