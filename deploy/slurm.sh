#!/usr/bin/env bash
#SBATCH --job-name=convenor
#SBATCH --cpus-per-task=1
#SBATCH --mem-per-cpu=256M
#SBATCH --requeue
# A share of a list: sbatch --array=1-8 deploy/slurm.sh CONFERENCE LIST OUT [OPTIONS FOR invite]
# Then: convenor register merge OUT/*/invitations-*-of-8
# A share that is put back into the queue goes on where it was.
set -euo pipefail
conference=$1 list=$2 out=$3
shift 3
exec "${CONVENOR:-convenor}" invite "$conference" --list "$list" -o "$out" \
  --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" --jobs "${SLURM_CPUS_PER_TASK:-1}" --yes "$@"
