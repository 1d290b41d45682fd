#!/bin/sh
#SBATCH --job-name=resourcing-x-engagement-x-capacity
#SBATCH --array=1-4
#SBATCH --cpus-per-task=1
# The study as a Slurm job array, a shard a task; from the folder that the results go to:
#   sbatch PATH/resourcing-x-engagement-x-capacity/slurm.sh PATH/resourcing-x-engagement-x-capacity 4
#   nlcsim merge resourcing-x-engagement-x-capacity-?-of-4 -o resourcing-x-engagement-x-capacity-results      when all tasks are done
# A task that was killed goes on where it was: sbatch --array=3 PATH/resourcing-x-engagement-x-capacity/slurm.sh PATH/resourcing-x-engagement-x-capacity 4
set -eu
study=${1:?give the path of the study}
shards=${2:?give the number of shards}
exec nlcsim sweep "$study" -o "resourcing-x-engagement-x-capacity-$SLURM_ARRAY_TASK_ID-of-$shards" --shard "$SLURM_ARRAY_TASK_ID/$shards" \
    --threads "${SLURM_CPUS_PER_TASK:-1}" --quiet
