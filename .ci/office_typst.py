"""Sets papers with Typst's own engine (PyPI) from the folders that `--to typ` makes: as many pages as our PDF has, and the same
words on each."""

import pathlib
import re
import sys

import pypdf
import typst


def pages(pdf):
    """The words of each page, without white space. Of scripts whose letters are drawn in pieces, two files with other standards
    have other maps from piece to letter; so the words in Latin letters are compared."""
    latin = re.compile(r"[^\u0021-\u024f\u1e00-\u1eff\u2010-\u2027]")
    return [latin.sub("", page.extract_text()) for page in pypdf.PdfReader(pdf).pages]


out = pathlib.Path(sys.argv[1])
made = 0
for entry in sorted(out.glob("typst/*/*/*/main.typ")):
    folder = entry.parent
    ours = out / folder.relative_to(out / "typst").with_suffix(".pdf")
    set_there = folder / "set.pdf"
    typst.compile(str(entry), output=str(set_there), root=str(folder), font_paths=[str(folder / "fonts")],
                  ignore_system_fonts=True)
    theirs, expected = pages(set_there), pages(ours)
    assert len(theirs) == len(expected), (folder, len(theirs), len(expected))
    assert theirs == expected, (folder, next(n for n, two in enumerate(zip(theirs, expected)) if two[0] != two[1]))
    note = (folder / "README.md").read_text(encoding="utf-8")
    assert note.count(". ") == 1 and note.endswith(".\n"), note
    set_there.unlink()
    made += 1
assert made, out
print(f"Typst sets {made} papers on the same pages")
