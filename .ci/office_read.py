"""Opens papers with python-docx: their properties, headings, tables and words are there for somebody else's program."""

import sys

import docx

for path in sys.argv[1:]:
    paper = docx.Document(path)
    properties = paper.core_properties
    assert properties.title and properties.author and properties.language == "en-GB", path
    styles = {paragraph.style.name for paragraph in paper.paragraphs}
    assert styles & {"Title", "Heading 1", "Body Text", "Card Title"}, (path, styles)
    for table in paper.tables:
        assert table.style is not None and len({len(row.cells) for row in table.rows}) == 1, path
    assert sum(len(paragraph.text) for paragraph in paper.paragraphs) > 50 or paper.tables, path
    assert paper.sections[0].page_width.mm > 209, path
print(f"python-docx opens {len(sys.argv) - 1} papers")
