#!/usr/bin/env bash
# The desk in a real browser: axe-core on every screen and on every faulty form, at three widths; the keyboard; without
# script; nothing asked of any other address. Installs what it needs, in a folder of its own.
# `.ci/desk.sh PROGRAM [FOLDER FOR PICTURES]`
set -euo pipefail
program=$(realpath "$1")
pictures=${2:-}
cd "$(dirname "$0")/.."

need() { command -v "$1" >/dev/null || missing+=("$2"); }
missing=()
need chromium chromium
need npm npm
if [ "${#missing[@]}" -gt 0 ]; then
  if [ "$(id -u)" -ne 0 ] || ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null; }; then
    echo "not installed: ${missing[*]}; the desk is judged by our own tests only"
    exit 0
  fi
fi

work=$(mktemp -d)
trap 'kill "${desk:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
if ! npm install --silent --no-fund --no-audit --ignore-scripts --prefix "$work/modules" axe-core@4.14.1 puppeteer-core@24.43.1 >/dev/null 2>&1; then
  echo 'not installed: the judges of pages; they are judged by our own tests only'
  exit 0
fi

# Two conferences of two councils.
cp -r fixtures/marshgate "$work/folder"
cp -r fixtures/northmere "$work/folder/northmere"
cp -r fixtures/regions "$work/folder/regions"
"$program" desk "$work/folder" --no-open >"$work/address" &
desk=$!
for _ in $(seq 100); do [ -s "$work/address" ] && break; sleep 0.1; done

CHROMIUM=$(command -v chromium) MODULES="$work/modules/node_modules" ADDRESS=$(cat "$work/address") PICTURES="$pictures" node .ci/desk.mjs
wait "$desk"
