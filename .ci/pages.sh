#!/usr/bin/env bash
# All papers of the three councils as HTML, judged by somebody else: the Nu HTML checker, and axe-core in a real browser.
# Installs what it needs, in a folder of its own. `.ci/pages.sh PROGRAM`
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/.."

need() { command -v "$1" >/dev/null || missing+=("$2"); }
missing=()
need chromium chromium
need java default-jre-headless
need npm npm
if [ "${#missing[@]}" -gt 0 ]; then
  if [ "$(id -u)" -ne 0 ] || ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null; }; then
    echo "not installed: ${missing[*]}; pages are judged by our own tests only"
    exit 0
  fi
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export MODULES="$work/modules" CHROMIUM
CHROMIUM=$(command -v chromium)
mkdir "$MODULES"
if ! npm install --silent --no-fund --no-audit --ignore-scripts --prefix "$MODULES" axe-core@4.14.1 puppeteer-core@24.43.1 vnu-jar@26.9.27 >/dev/null 2>&1; then
  echo 'not installed: the judges of pages; they are judged by our own tests only'
  exit 0
fi
modules="$MODULES/node_modules"
export MODULES="$modules"

for council in marshgate kestrel-vale northmere; do
  "$program" build "fixtures/$council/conference.yaml" --out "$work/papers/$council" --all --to html >/dev/null 2>"$work/said" || { cat "$work/said"; exit 1; }
done

# Two things that it says of every page are left out: a property that browsers know and its list does not yet (a field grows
# with what is written in it, so that nothing is cut when it is printed), and a picture that it takes for one from elsewhere
# although it is data, which the page's policy lets in.
java -jar "$modules/vnu-jar/build/dist/vnu.jar" --skip-non-html \
  --filterpattern '.*(“field-sizing”|image “data:image/(svg\+xml|png);base64,.*“img-src” directive).*' "$work/papers"
node .ci/pages.mjs "$work/papers"
