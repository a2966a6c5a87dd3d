"""Opens papers with odfdo: their properties, headings, tables and words are there for somebody else's program; and holds them
against the schema of the standard (OASIS, as openxml-audit has it).

Each paper has its plain text beside it, and every word of that is in the paper."""

import pathlib
import re
import sys
import zipfile

import odfdo
import openxml_audit
from lxml import etree

SCHEMAS = pathlib.Path(openxml_audit.__file__).parent / "odf" / "schemas" / "odf-1.2"
TEXT, MANIFEST = (
    etree.RelaxNG(etree.parse(str(SCHEMAS / name)))
    for name in ("OpenDocument-v1.2-os-schema.rng", "OpenDocument-v1.2-os-manifest-schema.rng")
)
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"


def ensure_as_the_schema_has_it(path):
    """Checks every part. An element of another namespace is taken away, and what is in it stays (ODF 1.2 part 1, 22.3.3)."""
    with zipfile.ZipFile(path) as package:
        for part in ("content.xml", "styles.xml", "meta.xml", "settings.xml", "META-INF/manifest.xml"):
            tree = etree.fromstring(package.read(part))
            for foreign in list(tree.iter(LOEXT + "content-control")):
                etree.SubElement(foreign, "tail").tail = foreign.tail
                foreign.tail = None
                around = foreign.getparent()
                place = around.index(foreign)
                around.remove(foreign)
                for offset, child in enumerate(list(foreign)):
                    around.insert(place + offset, child)
            etree.strip_tags(tree, "tail")
            schema = MANIFEST if part.startswith("META-INF") else TEXT
            assert schema.validate(etree.fromstring(etree.tostring(tree))), (path, part, schema.error_log)


def words(element):
    """The words of an element as odfdo reads them, with what is in frames and tables."""
    return re.sub(r"\s+", "", element.text_recursive)


for path in sys.argv[1:]:
    ensure_as_the_schema_has_it(path)
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
print(f"{len(sys.argv) - 1} papers are as the schema has them, and odfdo opens them")
