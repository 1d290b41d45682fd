#!/bin/sh
#SBATCH --job-name=what-matters
#SBATCH --array=1-4
#SBATCH --cpus-per-task=1
# The study as a Slurm job array, a shard a task; from the folder that the results go to:
#   sbatch PATH/what-matters/slurm.sh PATH/what-matters 4
#   nlcsim merge what-matters-?-of-4 -o what-matters-results      when all tasks are done
# A task that was killed goes on where it was: sbatch --array=3 PATH/what-matters/slurm.sh PATH/what-matters 4
set -eu
study=${1:?give the path of the study}
shards=${2:?give the number of shards}
exec nlcsim sweep "$study" -o "what-matters-$SLURM_ARRAY_TASK_ID-of-$shards" --shard "$SLURM_ARRAY_TASK_ID/$shards" \
    --threads "${SLURM_CPUS_PER_TASK:-1}" --quiet
