"""Opens papers with odfdo: their properties, headings, tables and words are there for somebody else's program.

Each paper has its plain text beside it, and every word of that is in the paper."""

import re
import sys

import odfdo


def words(element):
    """The words of an element as odfdo reads them, with what is in frames and tables."""
    return re.sub(r"\s+", "", element.text_recursive)


for path in sys.argv[1:]:
    paper = odfdo.Document(path)
    assert paper.get_type() == "text", path
    assert paper.meta.title and paper.meta.creator and paper.meta.language == "en-GB", path
    assert paper.meta.creation_date == paper.meta.date, path
    body = paper.body
    assert len(body.get_paragraphs()) + len(body.get_headers()) > 1, path
    for table in body.get_tables():
        assert table.name and len({len(row.cells) for row in table.rows}) == 1, (path, table.name)
    for header in body.get_headers():
        assert header.level and header.text_recursive.strip(), path
    for frame in body.get_frames():
        assert frame.name and (frame.get_image() is None or frame.svg_description), path
    styles = {(style.family, style.name) for style in paper.get_styles() if style.name}
    for paragraph in body.get_paragraphs():
        assert ("paragraph", paragraph.style) in styles, (path, paragraph.style)
    there = words(body) + "".join(words(line) for line in paper.styles.get_elements("//style:master-page//text:p"))
    with open(path.removesuffix(".odt") + ".txt", encoding="utf-8") as text:
        wanted = {word for word in re.findall(r"\w+", text.read()) if len(word) > 3}
    missing = sorted(word for word in wanted if word.strip("_") not in there)
    assert not missing, (path, missing[:9])
print(f"odfdo opens {len(sys.argv) - 1} papers")
