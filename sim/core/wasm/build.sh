#!/bin/sh
# usage: build.sh SOURCE OUTPUT FOLDER [FILE...]: compiles the core, the models, the module and these files of
# the source into OUTPUT.
set -eu
source=$1 output=$2 folder=$3
shift 3
mkdir -p "$folder"
rm -f "$folder"/*.o
compile() {
    clang --target=wasm32-wasi -msimd128 -mbulk-memory -std=c11 -O2 -flto -DNDEBUG -Wall -Wextra -Wpedantic -ffp-contract=off \
        -ffunction-sections -fdata-sections -I"$source/sim/core" -I"$source/models" \
        -I"$source/sim/core/wasm" -I"$source/sim/scenario" -I"$source/sim/study" "$@"
}
core=$(cd "$source" && echo sim/core/*.c)
# shellcheck disable=SC2086
for file in $core sim/core/wasm/module.c models/models.c "$@"; do
    compile -c "$source/$file" -o "$folder/$(basename "$file" .c).o"
done
for kernel in "$source"/models/*/kernel.c; do
    model=$(basename "$(dirname "$kernel")")
    compile -c "$source/models/$model/$model.c" -o "$folder/tables_$model.o"
    compile -DNLC_LANES=4 -DNLC_ISA_SIMD128 "-DNLC_KERNEL_NAME=nlc_kernel_${model}_simd128" '-DNLC_ISA_NAME="simd128"' -Wno-psabi \
        -c "$kernel" -o "$folder/kernel_$model.o"
done
exports=$(for file in sim/core/wasm/module.c "$@"; do
    sed -n 's/^[a-z].*[ *]\(nlc_module_[a-z_]*\)(.*$/--export=\1/p' "$source/$file"
done | sort -u)
# shellcheck disable=SC2086
wasm-ld --lto-O3 --no-entry --stack-first -z stack-size=131072 --gc-sections --strip-all $exports --export=nlc_hash --export=nlc_mix \
    "$folder"/*.o -L/usr/lib/wasm32-wasi -lc -o "$output"
