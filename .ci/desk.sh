#!/usr/bin/env bash
# The desk in a real browser: axe-core on every screen and on every faulty form, at three widths; the keyboard; without
# script; nothing asked of any other address; from an empty folder through weeks; every page and form of the router.
# Installs what it needs, in a folder of its own.
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
trap 'xargs -r kill <"$work/desks" 2>/dev/null || true; rm -rf "$work"' EXIT
if ! npm install --silent --no-fund --no-audit --ignore-scripts --prefix "$work/modules" axe-core@4.14.1 puppeteer-core@24.43.1 >/dev/null 2>&1; then
  echo 'not installed: the judges of pages; they are judged by our own tests only'
  exit 0
fi

export CHROMIUM MODULES="$work/modules/node_modules" PICTURES="$pictures" ASKED="$work/asked"
CHROMIUM=$(command -v chromium)

# A desk on a folder, and a browser at it.
at_the_desk() {
  local folder=$1 script=$2
  "$program" desk "$folder" --no-open >"$folder.address" &
  echo $! >>"$work/desks"
  for _ in $(seq 100); do [ -s "$folder.address" ] && break; sleep 0.1; done
  ADDRESS=$(cat "$folder.address") FOLDER="$folder" node "$script"
}

# Three conferences of three councils, one of them a workbook and one with a list of people beside it, and an empty folder, both at once.
cp -r fixtures/marshgate "$work/folder"
cp -r fixtures/northmere "$work/folder/northmere"
cp -r fixtures/regions "$work/folder/regions"
cp -r fixtures/kestrel-vale "$work/folder/kestrel-vale"
printf 'Name,Address,Postcode\nMs Ada Quill,"1 Mereside, NORTHMERE",TF71 0AA\n' >"$work/folder/northmere/guests.csv"
sed -i 's/^invitees:$/invitees:\n  - { list: guests.csv, category: residents }/' "$work/folder/northmere/conference.yaml"
"$program" convert "$work/folder/kestrel-vale/conference.yaml" "$work/folder/kestrel-vale/conference.xlsx" >/dev/null
rm "$work/folder/kestrel-vale/conference.yaml"
mkdir "$work/empty"
at_the_desk "$work/empty" .ci/desk_weeks.mjs &
weeks=$!
code=0
at_the_desk "$work/folder" .ci/desk.mjs || code=1
wait "$weeks" || code=1
node .ci/desk_routes.mjs || code=1
exit "$code"
