#!/usr/bin/env bash
# The same letter of two pages through other programs, each in its quickest way, on this machine: letters a second.
# It needs `typst` (0.15), `soffice` and `weasyprint` (Debian: libreoffice-writer-nogui, weasyprint), and `convenor` built.
#   benches/others/compare.sh target/release/convenor [LETTERS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
convenor=$(realpath "$1")
count=${2:-100}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cores=$(nproc)

name() { printf 'Person Number %05d' "$1"; }
rate() { # label, letters, then the command
  local label=$1 letters=$2 start end
  shift 2
  start=$(date +%s.%N)
  "$@" >log 2>&1 || { printf '%s failed:\n' "$label"; tail -5 log; return 0; }
  end=$(date +%s.%N)
  awk -v l="$label" -v n="$letters" -v a="$start" -v b="$end" 'BEGIN { printf "%-52s %8.1f letters a second\n", l, n / (b - a) }'
}

# convenor: a list of as many letters as take some seconds.
"$convenor" demo -o demo >/dev/null 2>&1
{
  echo 'Name,Address line 1,Town,Postcode,Category'
  for n in $(seq $((count * 20))); do echo "$(name "$n"),$n Dace Court,Marshgate,E20 9ZZ,business"; done
} >people.csv
for mode in every sample; do
  rate "convenor invite, --read-back $mode, $cores cores" $((count * 20)) "$convenor" invite demo/example/conference.yaml \
    --list people.csv --make letters --yes --read-back "$mode" -o "out-$mode"
done

# typst: a process for each letter, as many at once as there are cores.
if command -v typst >/dev/null; then
  mkdir typst
  cp demo/example/logo.svg typst/bare.svg
  # PDF/UA asks for a title; our own bench sets it from outside.
  { echo '#set document(title: "Invitation", date: datetime(year: 2026, month: 11, day: 2))' && cat "$here/../bare/letter.typ"; } >typst/letter.typ
  for n in $(seq "$count"); do
    mkdir "typst/$n" && cp typst/letter.typ typst/bare.svg "typst/$n/"
    printf '{"name": "%s", "reference": "CSC-2026-014/%05d"}' "$(name "$n")" "$n" >"typst/$n/data.json"
  done
  rate "typst compile, a process each, $cores at once" "$count" bash -c "seq $count | xargs -P $cores -I{} typst compile \
    --root typst/{} --font-path '$here/../../fonts' --ignore-system-fonts --jobs 1 --pdf-standard a-2a --pdf-standard ua-1 \
    typst/{}/letter.typ typst/{}.pdf"
fi

for n in $(seq "$count"); do
  mkdir -p html && sed "s/NAME/$(name "$n")/g; s/REFERENCE/CSC-2026-014\/$n/g" "$here/letter.html" >"html/$n.html"
done
# LibreOffice: all letters in one call, which spares it its slow start for each.
if command -v soffice >/dev/null; then
  rate "soffice --convert-to pdf, all in one call" "$count" soffice --headless "-env:UserInstallation=file://$work/profile" \
    --convert-to pdf:writer_web_pdf_Export --outdir lo html/*.html
fi
# WeasyPrint: a process for each letter, as many at once as there are cores; and all letters in one Python process.
if command -v weasyprint >/dev/null; then
  few=$((count < 20 ? count : 20))
  rate "weasyprint, a process each, $cores at once" "$few" bash -c \
    "seq $few | xargs -P $cores -I{} weasyprint html/{}.html weasy-{}.pdf"
  # Debian's own Python has the module.
  rate "weasyprint, all in one process" "$few" /usr/bin/python3 -c "
from weasyprint import HTML
for n in range(1, $few + 1):
    HTML(f'html/{n}.html').write_pdf(f'one-{n}.pdf')"
fi
