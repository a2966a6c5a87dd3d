#!/usr/bin/env bash
#SBATCH --job-name=convenor
#SBATCH --cpus-per-task=1
#SBATCH --mem-per-cpu=256M
#SBATCH --requeue
# A share of a list: sbatch --array=1-8 deploy/slurm.sh 8 CONFERENCE LIST OUT [OPTIONS FOR invite]
# Then: convenor register merge OUT/*/invitations-*-of-8
# The number of shares is said, not counted: a share that is put into the queue again alone is still one of eight, and resumes
# where it stopped.
set -euo pipefail
shares=$1 conference=$2 list=$3 out=$4
shift 4
exec "${CONVENOR:-convenor}" invite "$conference" --list "$list" -o "$out" \
  --shard "$SLURM_ARRAY_TASK_ID/$shares" --jobs "${SLURM_CPUS_PER_TASK:-1}" --yes "$@"
