#!/bin/sh
# The study as N shards side by side on this machine, then merged, in the folder where you are:
#   PATH/one-off-or-mechanism/xargs.sh 4
# Given again, it goes on where it was.
set -eu
study=$(dirname "$0")
shards=${1:-4}
seq "$shards" | xargs -P "$shards" -I{} nlcsim sweep "$study" -o "one-off-or-mechanism-{}-of-$shards" --shard "{}/$shards" --threads 1 --quiet
# shellcheck disable=SC2046
nlcsim merge $(seq -f "one-off-or-mechanism-%g-of-$shards" "$shards") -o "one-off-or-mechanism-results"
