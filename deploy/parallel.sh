#!/usr/bin/env bash
# A list in shares, by GNU parallel: deploy/parallel.sh CONFERENCE LIST OUT SHARES [OPTIONS FOR invite]
# A share that fails is told and does not stop the others; run the same line again and they go on where they were.
set -euo pipefail
conference=$1 list=$2 out=$3 shares=$4
shift 4
convenor=${CONVENOR:-convenor}

# One share at a time on each core: a share with all cores would only get in the way of the next. Rows with something wrong
# make every share end with 1, so the registers are joined all the same and say what is missing.
wrong=0
seq "$shares" | parallel -q --halt never --joblog "$out.jobs" \
  "$convenor" invite "$conference" --list "$list" -o "$out" --shard "{}/$shares" --jobs 1 --yes "$@" || wrong=$?

"$convenor" register merge "$out"/*/invitations-*-of-"$shares" -o "$out/register.csv"
exit "$wrong"
