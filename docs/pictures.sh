#!/usr/bin/env bash
# Makes the pictures of the README from the built-in example: three first pages, 40 dots an inch.
# Needs pdftoppm (Debian: poppler-utils).
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cargo run --release -- demo -o "$out" > "$out/said.txt"
papers=$(echo "$out"/CSC-*)
picture() { pdftoppm -r 40 -f "$3" -l "$3" -png -singlefile "$2" "docs/$1"; }
picture letter "$papers"/community/invitation-12-*.pdf 1
picture minutes "$papers"/professional/minutes.pdf 9
picture form "$papers"/community/community-forms-01-*.pdf 2
