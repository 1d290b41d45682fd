#!/bin/sh
# The study as N shards side by side on this machine, then merged, in the folder where you are:
#   PATH/roadmap-order/xargs.sh 4
# Given again, it goes on where it was.
set -eu
study=$(dirname "$0")
shards=${1:-4}
seq "$shards" | xargs -P "$shards" -I{} nlcsim sweep "$study" -o "roadmap-order-{}-of-$shards" --shard "{}/$shards" --threads 1 --quiet
# shellcheck disable=SC2046
nlcsim merge $(seq -f "roadmap-order-%g-of-$shards" "$shards") -o "roadmap-order-results"
