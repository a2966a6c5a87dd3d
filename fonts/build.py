#!/usr/bin/env python3
"""Build the fonts that convenor embeds. Reproducible: same inputs, same bytes.

    python3 -m venv /tmp/fv
    /tmp/fv/bin/pip install fonttools==4.68.0 uharfbuzz==0.57.0
    /tmp/fv/bin/python fonts/build.py            # needs npm, pip and apt-get

WHY. A font places a combining mark (Ọ + U+0300) or an Indic vowel sign as a second
glyph, often with a shift. Typst then writes one PDF text span per glyph, and readers
extract the cluster twice ("Ọ̀Ọ̀ṣun"), or with a stray space, or the mark twice. No
validator sees it, but a screen reader, a search and copy-and-paste do. It was so with
all eighteen text families tried.

WHAT is changed, and nothing else:
 1. clusters(): a list of clusters is shaped with the font's own rules; each that takes
    more than one glyph gets ONE composite glyph with the very same picture, and a
    ligature, run last, puts it there. One cluster = one glyph = right extraction.
    In the Latin font the ligatures are tried only before a mark: Typst's shaper tries all
    that a letter begins in turn, and a plain `a` begins hundreds.
 2. Arabic: a glyph that stands for two letters is extracted in the wrong order
    ("لا" as "ال") by every reader tried, for they reverse right-to-left text glyph by
    glyph. Optional ligatures are dropped; a lam-alef keeps its picture but is two glyphs:
    one with the whole drawing, one blank, each with its own letter.
 3. The Latin font is cut to Latin, Greek, Cyrillic and signs (upstream also has
    Devanagari), and gets a few signs it lacks from Noto Sans Math and Symbols 2.
 4. The Chinese font is cut to the characters of CHINESE below and gets TrueType curves: cut once
    more for a PDF, a CFF font loses its default width, and file and font then disagree about
    how wide a character is (ISO 14289-1, 7.21.5).
 5. All get the same vertical metrics, so that a fallback font does not move the lines.
 6. All are renamed: the OFL wants that where a name is reserved ("Plex", "Source"), and
    a changed font should not pass for the original.
"""
import hashlib, io, subprocess, sys, tarfile, tempfile, unicodedata, zipfile
from itertools import product
from pathlib import Path

import uharfbuzz as hb
from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.otlLib import builder as otl
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables import otTables as ot
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent, OVERLAP_COMPOUND

OUT = Path(__file__).resolve().parent
VERSION = "1.000"
EPOCH = 3849984000  # 2026-01-01 in seconds since 1904: no clock in the files

# ------------------------------------------------------------------ inputs, pinned
NPM = {"noto-sans": "0.4.2", "ibm-plex-sans-arabic": "0.4.2", "noto-sans-hebrew": "0.4.1",
       "noto-sans-bengali": "0.4.4", "noto-sans-devanagari": "0.4.1",
       "noto-sans-gurmukhi": "0.4.1", "noto-sans-gujarati": "0.4.2", "noto-sans-tamil": "0.4.3"}
PYPI = ("pylopdf-fonts-zh-cn", "0.1.1")
DEB = ("fonts-noto-core", "20201225-1")
SHA256 = {}  # from inputs.sha256 beside this file; `--trust` writes that file anew


def check(name, data):
    want = SHA256.get(name)
    have = hashlib.sha256(data).hexdigest()
    if "--trust" in sys.argv:
        SHA256[name] = have
    elif want != have:
        sys.exit(f"{name}: sha256 is {have}, wanted {want}")
    return data


def fetch(tmp):
    run = lambda *a: subprocess.run(a, cwd=tmp, check=True, stdout=subprocess.DEVNULL)
    got = {}
    for name, version in NPM.items():
        run("npm", "pack", "--silent", f"@expo-google-fonts/{name}@{version}")
        with tarfile.open(tmp / f"expo-google-fonts-{name}-{version}.tgz") as t:
            for m in t.getmembers():
                if m.name.endswith(("400Regular.ttf", "700Bold.ttf", "LICENSE_FONT")):
                    key = f"{name}/{m.name.rsplit('/', 1)[1]}"
                    got[key] = check(key, t.extractfile(m).read())
    run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", f"{PYPI[0]}=={PYPI[1]}")
    with zipfile.ZipFile(next(tmp.glob("pylopdf*.whl"))) as z:
        key = "pylopdf_fonts_zh_cn/NotoSansSC-Regular.otf"
        got[key] = check(key, z.read(key))
        for n in z.namelist():
            if n.endswith("licenses/LICENSE"):
                got["zh/LICENSE"] = check("zh/LICENSE", z.read(n))
    run("apt-get", "download", f"{DEB[0]}={DEB[1]}")
    run("dpkg", "-x", str(next(tmp.glob("fonts-noto-core*.deb"))), "deb")
    for n in ("NotoSansMath-Regular.ttf", "NotoSansSymbols2-Regular.ttf"):
        got[n] = check(n, (tmp / "deb/usr/share/fonts/truetype/noto" / n).read_bytes())
    return got


# ------------------------------------------------------------------ which clusters
def nfc(s):
    return unicodedata.normalize("NFC", s)


def latin_clusters():
    # not f: upstream joins f + marks + l into the fl ligature before our rule is reached
    letters = [chr(c) for c in (*range(0x41, 0x5B), *range(0x61, 0x7B)) if chr(c) != "f"]
    extra = list("ÆæØøŒœƏəƐɛƆɔŊŋƖɩƱʊıƁɓƊɗƘƙƳƴÞþÐðĐđŁłĦħ")
    vowels = list("AEIOUaeiouYy") + list("ƏəƐɛƆɔƖɩƱʊÆæØøŒœ")
    above = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030A\u030B\u030C\u0309\u030D\u030F\u0311\u0313"
    few = "\u0300\u0301\u0302\u0303\u0304\u0308\u030C"
    below = "\u0323\u0329\u0331\u0324\u0325\u0326\u0327\u0328\u032D\u032E\u0330\u031B"
    double = [a + b for a in "\u0302\u0303\u0304\u0306\u0308" for b in "\u0300\u0301"]
    double += ["\u0302\u0303", "\u0302\u0309", "\u0303\u0308", "\u0303\u0304", "\u0308\u0304",
               "\u0308\u030C", "\u0307\u0304", "\u0301\u0307", "\u030C\u0307"]
    out = []
    for b in letters + extra:
        out += [b + m for m in above + below]
        out += [b + "\u0323" + m for m in above]
    for b in letters:
        out += [b + u + m for u in "\u0329\u0331" for m in few]
    for b in vowels + list("MNmnŊŋSsJjRrLl"):
        out += [b + u + m for u in "\u0324\u0325\u0327\u0328\u0330\u031B" for m in few]
        out += [b + d for d in double]
        if b in vowels or b in "MNmn":
            out += [b + u + d for u in ("\u0323", "\u0329", "\u0328", "\u031B") for d in double]
    for b in "АЕЄИІЇОУЫЭЮЯЁЙРаеєиіїоуыэюяёйрѣѲӘәӨөҮүЖжЗзГгКкХх":
        out += [b + m for m in "\u0300\u0301\u0302\u0304\u0306\u0308\u030C\u030F\u0311"]
    for b in "ΑΕΗΙΟΥΩαεηιουω":
        out += [b + m for m in "\u0300\u0301\u0304\u0306\u0308\u0342\u0313\u0314"]
    return [nfc(s) for s in out]


def indic_clusters(base, consonants, matras, mods, nuktas="", ra=None, pairs_with_i=True):
    """base: code point of the block; the rest as offsets from it, in strings of hex pairs."""
    ch = lambda hexes: [chr(base + int(h, 16)) for h in hexes.split()]
    cons, mats, mod = ch(consonants), ch(matras), [""] + ch(mods)
    halant, nukta = chr(base + 0x4D), chr(base + 0x3C)
    cons += [chr(base + int(h, 16)) + nukta for h in nuktas.split()]
    vowels = [chr(base + v) for v in range(0x05, 0x15)]
    simple = [c + m + x for c, m, x in product(cons, [""] + mats, mod)]
    simple += [v + x for v, x in product(vowels, mod[1:])]
    pairs = [a + halant + b for a, b in product(cons, cons)]
    if ra:
        r = chr(base + int(ra, 16))
        reph = [r + halant + c + m + x for c, m, x in product(cons, [""] + mats, mod[:2])]
    else:
        reph = []
    return simple, pairs, reph, mats, mod, halant


SCRIPTS = {
    "bengali": dict(base=0x980, consonants="15 16 17 18 19 1a 1b 1c 1d 1e 1f 20 21 22 23 24 25 26 27 28 2a 2b 2c 2d 2e 2f 30 32 36 37 38 39",
                    matras="3e 3f 40 41 42 43 47 48 4b 4c", mods="01 02 03", nuktas="21 22 2f", ra="30"),
    "devanagari": dict(base=0x900, consonants="15 16 17 18 19 1a 1b 1c 1d 1e 1f 20 21 22 23 24 25 26 27 28 2a 2b 2c 2d 2e 2f 30 32 33 35 36 37 38 39",
                       matras="3e 3f 40 41 42 43 45 47 48 49 4b 4c", mods="02 01", nuktas="15 16 17 1c 21 22 2b", ra="30"),
    "gurmukhi": dict(base=0xA00, consonants="15 16 17 18 19 1a 1b 1c 1d 1e 1f 20 21 22 23 24 25 26 27 28 2a 2b 2c 2d 2e 2f 30 32 35 38 39 72 73",
                     matras="3e 3f 40 41 42 47 48 4b 4c", mods="70 02", nuktas="16 17 1c 2b 32 38"),
    "gujarati": dict(base=0xA80, consonants="15 16 17 18 19 1a 1b 1c 1d 1e 1f 20 21 22 23 24 25 26 27 28 2a 2b 2c 2d 2e 2f 30 32 33 35 36 37 38 39",
                     matras="3e 3f 40 41 42 43 45 47 48 49 4b 4c", mods="02", ra="30"),
    "tamil": dict(base=0xB80, consonants="15 19 1a 1c 1e 1f 23 24 28 29 2a 2e 2f 30 31 32 33 34 35 36 37 38 39",
                  matras="3e 3f 40 41 42 46 47 48 4a 4b 4c 4d", mods=""),
}


# ------------------------------------------------------------------ the machinery
def save(font):
    b = io.BytesIO()
    font.save(b, reorderTables=None)
    return b.getvalue()


class Shaper:
    def __init__(self, font):
        self.order = font.getGlyphOrder()
        self.font = hb.Font(hb.Face(save(font)))

    def __call__(self, text, before=""):
        """Glyphs with places, and the advance, of `text` when it follows `before`."""
        buf = hb.Buffer()
        buf.add_str(before + text)
        buf.guess_segment_properties()
        hb.shape(self.font, buf, {})
        x, out = 0, []
        for i, p in zip(buf.glyph_infos, buf.glyph_positions):
            if i.cluster < len(before):
                continue
            out.append((self.order[i.codepoint], x + p.x_offset, p.y_offset))
            x += p.x_advance
        return out, x


def add_lookup(font, tag, lookups):
    """Append GSUB lookups, run last, to feature `tag` of every script and language."""
    g = font["GSUB"].table
    first = len(g.LookupList.Lookup)
    g.LookupList.Lookup += lookups
    g.LookupList.LookupCount = len(g.LookupList.Lookup)
    index = list(range(first, first + len(lookups)))
    made = {}
    for s in g.ScriptList.ScriptRecord:
        for ls in [s.Script.DefaultLangSys] + [r.LangSys for r in s.Script.LangSysRecord]:
            if ls is None:
                continue
            old = [i for i in ls.FeatureIndex if g.FeatureList.FeatureRecord[i].FeatureTag == tag]
            key = old[0] if old else None
            if key not in made:
                rec = ot.FeatureRecord()
                rec.FeatureTag = tag
                rec.Feature = ot.Feature()
                rec.Feature.FeatureParams = None
                have = g.FeatureList.FeatureRecord[key].Feature.LookupListIndex if old else []
                rec.Feature.LookupListIndex = sorted(set(have) | set(index))
                g.FeatureList.FeatureRecord.append(rec)
                made[key] = len(g.FeatureList.FeatureRecord) - 1
            ls.FeatureIndex = [i for i in ls.FeatureIndex if i not in old] + [made[key]]
            ls.FeatureCount = len(ls.FeatureIndex)
    g.FeatureList.FeatureCount = len(g.FeatureList.FeatureRecord)


def context(font, back, inp, ahead, target):
    """A rule: what stands between `back` and `ahead` is handed to the lookup `target`."""
    st = ot.ChainContextSubst()
    st.Format = 3
    cov = lambda names: otl.buildCoverage(names, font.getReverseGlyphMap())
    st.BacktrackCoverage = [cov(x) for x in back]
    st.InputCoverage = [cov(x) for x in inp]
    st.LookAheadCoverage = [cov(x) for x in ahead]
    st.BacktrackGlyphCount, st.InputGlyphCount, st.LookAheadGlyphCount = len(back), len(inp), len(ahead)
    r = ot.SubstLookupRecord()
    r.SequenceIndex, r.LookupListIndex = 0, target
    st.SubstLookupRecord, st.SubstCount = [r], 1
    return st


def chain_lookup(subtables, flag=0):
    l = ot.Lookup()
    l.LookupType, l.LookupFlag = 6, flag
    l.SubTable, l.SubTableCount = subtables, len(subtables)
    return l


def new_glyph(font, name, glyph, advance):
    glyf = font["glyf"]
    glyf[name] = glyph
    font.setGlyphOrder(list(glyf.glyphOrder))
    glyph.recalcBounds(glyf)
    font["hmtx"][name] = (advance, getattr(glyph, "xMin", 0) if glyph.numberOfContours else 0)
    if "GDEF" in font and font["GDEF"].table.GlyphClassDef:
        font["GDEF"].table.GlyphClassDef.classDefs[name] = 1


def clusters(font, strings, tag, kern=False, before=("",), chained=False):
    """`before`: letters after which a cluster may look different (Bengali has initial forms)."""
    shape = Shaper(font)
    cmap = font.getBestCmap()
    ligs, first = {}, {}
    for s, b in product(dict.fromkeys(strings), before):
        seq, advance = shape(s, b)
        names = tuple(n for n, _, _ in seq)
        if len(names) < 2 or ".notdef" in names or names in ligs:
            continue
        if cmap.get(0x25CC) in names or len(names) > 8 or advance <= 0:
            continue
        g = Glyph()
        g.numberOfContours = -1
        g.components = []
        for n, x, y in seq:
            if font["glyf"][n].numberOfContours == 0:
                continue
            c = GlyphComponent()
            c.glyphName, c.x, c.y, c.flags = n, x, y, 0x0002 | 0x0004  # x/y values, rounded
            g.components.append(c)
        if not g.components:
            continue
        g.components[0].flags |= OVERLAP_COMPOUND
        name = "cv" + "_".join("%04X" % ord(c) for c in s) + (".medi" if b else "")
        new_glyph(font, name, g, advance)
        ligs[names], first[name] = name, names[0]
    lig = otl.LigatureSubstBuilder(font, None)
    lig.ligatures = ligs
    if chained:
        # tried only where something that can follow does
        g = font["GSUB"].table
        index = len(g.LookupList.Lookup)
        ahead = {names[1] for names in ligs}
        add_lookup(font, tag, [chain_lookup([context(font, [], [set(first.values())], [ahead], index + 1)])])
        g.LookupList.Lookup.append(lig.build())  # reached only through the chain
        g.LookupList.LookupCount = len(g.LookupList.Lookup)
    else:
        add_lookup(font, tag, [lig.build()])
    if kern:  # the composite is kerned like its base letter
        for lookup in font["GPOS"].table.LookupList.Lookup:
            for st in lookup.SubTable:
                st = getattr(st, "ExtSubTable", st)
                if st.LookupType != 2 or st.Format != 2:
                    continue
                cover = set(st.Coverage.glyphs)
                for new, base in first.items():
                    if base in cover:
                        st.Coverage.glyphs.append(new)
                        if base in st.ClassDef1.classDefs:
                            st.ClassDef1.classDefs[new] = st.ClassDef1.classDefs[base]
                    if base in st.ClassDef2.classDefs:
                        st.ClassDef2.classDefs[new] = st.ClassDef2.classDefs[base]
    return len(ligs)


def rename(font, family, style, copyright_note):
    name = font["name"]
    keep = {i: name.getDebugName(i) for i in (0, 13, 14)}
    name.names = []
    ps = f"{family.replace(' ', '')}-{style}"
    for i, v in {0: f"{keep[0].strip().rstrip('.')}. {copyright_note}", 1: family, 2: style, 3: f"{VERSION};{ps}",
                 4: f"{family} {style}", 5: f"Version {VERSION}", 6: ps, 13: keep[13],
                 14: keep[14] or "https://openfontlicense.org"}.items():
        if v:
            name.setName(v, i, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 700 if style == "Bold" else 400
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x61) | (0x20 if style == "Bold" else 0x40)
    font["head"].macStyle = 1 if style == "Bold" else 0
    font["head"].created = font["head"].modified = EPOCH
    font["head"].fontRevision = 1.0
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [ps]
        top = cff.topDictIndex[0]
        top.FullName, top.FamilyName = f"{family} {style}", family
        top.Notice = top.Copyright = keep[0]
    for t in ("STAT", "DSIG", "meta", "vhea", "vmtx", "VORG", "BASE"):
        if t in font:
            del font[t]


METRICS = dict(asc=1.069, desc=-0.293, cap=0.714, x=0.536)  # those of Noto Sans


def metrics(font):
    u = font["head"].unitsPerEm
    v = {k: round(n * u) for k, n in METRICS.items()}
    for o, a, d, g in ((font["hhea"], "ascent", "descent", "lineGap"),
                       (font["OS/2"], "sTypoAscender", "sTypoDescender", "sTypoLineGap")):
        setattr(o, a, v["asc"]), setattr(o, d, v["desc"]), setattr(o, g, 0)
    font["OS/2"].version = max(font["OS/2"].version, 4)
    font["OS/2"].sCapHeight, font["OS/2"].sxHeight = v["cap"], v["x"]
    font["OS/2"].fsSelection |= 0x80


def cut(font, unicodes, features):
    o = subset.Options()
    o.layout_features = features
    o.hinting = False
    o.name_IDs = ["*"]
    o.glyph_names = False
    o.notdef_outline = True
    o.layout_scripts = ["*"]
    o.drop_tables += ["STAT", "meta", "gasp"]
    s = subset.Subsetter(o)
    s.populate(unicodes=unicodes)
    s.subset(font)


def borrow(font, donor, chars):
    """Copy single signs from another Noto font (same licence)."""
    dc, gs = donor.getBestCmap(), donor.getGlyphSet()
    k = font["head"].unitsPerEm / donor["head"].unitsPerEm
    for c in chars:
        if c in font.getBestCmap() or c not in dc:
            continue
        rec, pen = DecomposingRecordingPen(gs), TTGlyphPen(None)
        gs[dc[c]].draw(rec)
        rec.replay(TransformPen(pen, (k, 0, 0, k, 0, 0)))
        name = "uni%04X" % c
        new_glyph(font, name, pen.glyph(), round(donor["hmtx"][dc[c]][0] * k))
        for t in font["cmap"].tables:
            if t.isUnicode():
                t.cmap[c] = name


LATIN = [*range(0x20, 0x24F + 1), *range(0x250, 0x2B0), *range(0x2B0, 0x370), *range(0x370, 0x530),
         *range(0x1C80, 0x1C90), *range(0x1D00, 0x1E00), *range(0x1E00, 0x2000), *range(0x2000, 0x2070),
         *range(0x2070, 0x20D0), *range(0x2100, 0x2190), *range(0x2190, 0x2200), *range(0x2200, 0x2300),
         0x25CC, *range(0x2C60, 0x2C80), *range(0x2DE0, 0x2E80), *range(0xA640, 0xA6A0),
         *range(0xA700, 0xA800), *range(0xAB30, 0xAB70), *range(0xFB00, 0xFB07), 0xFEFF, 0xFFFD]
SIGNS = [*map(ord, "←↑→↓↔≠≤≥≈≡√∞∑∏∂∫∆−∙")]
MARKS = [*map(ord, "✓✔✗✘☐☑☒■□▪▫▲►▼◄◆●○★☆☎✉")]
# Chinese: every Han character of GBK (20,902: the whole first Unicode block; GB 2312 is in it),
# Big5 and the two-byte part of GB 18030 and HKSCS that the source has, and kana, bopomofo, CJK punctuation and wide forms.
CHINESE = [*range(0x3000, 0x3130), *range(0x31A0, 0x31C0), *range(0xFE30, 0xFE50), *range(0xFF00, 0xFFF0)]

FEATURES = ["ccmp", "locl", "liga", "kern", "mark", "mkmk", "case", "tnum", "pnum", "lnum", "onum",
            "frac", "numr", "dnom", "sups", "subs", "ordn", "zero"]
NOTE = "Modified for the program convenor; see fonts/README.md there."


def build_latin(got, style, file):
    f = TTFont(io.BytesIO(got[f"noto-sans/{file}"]))
    cut(f, LATIN, FEATURES)
    for donor, chars in (("NotoSansMath-Regular.ttf", SIGNS), ("NotoSansSymbols2-Regular.ttf", MARKS)):
        borrow(f, TTFont(io.BytesIO(got[donor])), chars)
    n = clusters(f, latin_clusters(), "ccmp", kern=True, chained=True)
    return f, n


def build_indic(got, key, style, file):
    f = TTFont(io.BytesIO(got[f"noto-sans-{key}/{file}"]))
    block = SCRIPTS[key]["base"]
    cut(f, [*range(block, block + 0x80), 0x20, 0xA0, 0x200C, 0x200D, 0x25CC, 0x964, 0x965, 0x20B9, 0x2D,
            *range(0x951, 0x955), *range(0x1CD0, 0x1D00), *range(0xA8E0, 0xA900)],
        ["*"])
    simple, pairs, reph, mats, mod, halant = indic_clusters(**SCRIPTS[key])
    shape, cmap = Shaper(f), f.getBestCmap()
    h = cmap[ord(halant)] if ord(halant) in cmap else None
    joined = []
    if key != "tamil":
        for p in pairs:
            names = [n for n, _, _ in shape(p)[0]]
            if h in names:
                continue
            if len(names) == 1:  # a true conjunct: with every vowel sign
                joined += [p + m + x for m, x in product([""] + mats, mod[:2])]
            else:                # half form, or a form below: alone and with the common signs
                joined += [p] + [p + m for m in mats[:5]]
                if key in ("devanagari", "gujarati"):
                    joined.append(p + mats[7])
            if p[-1] == chr(block + 0x30) or len(p) == 3 and p[0] == chr(block + 0x38):
                joined += [p + m for m in mats]
        # three consonants that names and addresses have (ndra, ntra, shtra, skri ...)
        three = [(0x28, 0x26, 0x30), (0x28, 0x24, 0x30), (0x37, 0x1F, 0x30), (0x38, 0x24, 0x30),
                 (0x2E, 0x2A, 0x30), (0x15, 0x37, 0x2E), (0x15, 0x37, 0x2F), (0x1C, 0x1C, 0x35),
                 (0x24, 0x24, 0x35), (0x28, 0x27, 0x2F), (0x28, 0x26, 0x2F), (0x1F, 0x1F, 0x2F),
                 (0x37, 0x23, 0x2F), (0x2E, 0x2D, 0x30), (0x28, 0x27, 0x30), (0x37, 0x15, 0x30),
                 (0x15, 0x37, 0x23), (0x38, 0x2A, 0x30), (0x38, 0x15, 0x30), (0x19, 0x15, 0x30),
                 (0x26, 0x27, 0x2F), (0x1A, 0x1B, 0x30), (0x26, 0x2D, 0x30), (0x28, 0x24, 0x2F)]
        if key != "gurmukhi":
            for t in three:
                s = halant.join(chr(block + c) for c in t)
                joined += [s] + [s + m for m in mats]
    n = clusters(f, simple + joined + reph, "psts", before=("", chr(block + 0x15)) if key == "bengali" else ("",))
    return f, n


def build_hebrew(got, style, file):
    f = TTFont(io.BytesIO(got[f"noto-sans-hebrew/{file}"]))
    cut(f, [0x20, 0xA0, *range(0x590, 0x600), *range(0xFB1D, 0xFB50), 0x20AA, 0x25CC, 0x200D, 0x200E, 0x200F], ["*"])
    return f, 0


def build_arabic(got, style, file):
    f = TTFont(io.BytesIO(got[f"ibm-plex-sans-arabic/{file}"]))
    cut(f, [0x20, 0xA0, *range(0x600, 0x700), *range(0x750, 0x780), *range(0x200C, 0x2010), 0x25CC,
            *range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFF), *range(0x2066, 0x206A)],
        ["ccmp", "locl", "isol", "init", "medi", "fina", "rlig", "calt", "mark", "mkmk", "curs"])  # no kern: its gaps made readers see spaces
    g = f["GSUB"].table
    rlig = {i for r in g.FeatureList.FeatureRecord if r.FeatureTag == "rlig" for i in r.Feature.LookupListIndex}
    pairs, n = {}, 0
    for i in sorted(rlig):
        lookup = g.LookupList.Lookup[i]
        for st in lookup.SubTable:
            st = getattr(st, "ExtSubTable", st)
            if st.LookupType != 4:
                continue
            for first, ligs in list(st.ligatures.items()):
                for l in list(ligs):
                    if len(l.Component) == 1:
                        pairs[first, l.Component[0]] = l.LigGlyph
                        ligs.remove(l)
                if not ligs:
                    del st.ligatures[first]
            if not st.ligatures:  # keep the table valid: a rule that never fires
                st.ligatures = {".notdef": [otl.buildLigatureSubstSubtable({(".notdef", ".notdef"): ".notdef"}).ligatures[".notdef"][0]]}
    hmtx, lam, alef = f["hmtx"], {}, {}
    for (a, b), lig in sorted(pairs.items()):
        w = hmtx[lig][0]
        wb = round(w * 0.4)
        blank = f"cv_blank_{b}_{wb}"
        if blank not in f["glyf"].keys():
            empty = Glyph()
            empty.numberOfContours = 0
            new_glyph(f, blank, empty, wb)
        g1 = Glyph()
        g1.numberOfContours = -1
        c = GlyphComponent()
        c.glyphName, c.x, c.y, c.flags = lig, -wb, 0, 0x0006
        g1.components = [c]
        name = f"cv_{a}__{b}"
        new_glyph(f, name, g1, w - wb)
        lam[a, b], alef[a, b] = name, blank
        n += 1

    def single(m):
        b = otl.SingleSubstBuilder(f, None)
        b.mapping = m
        return b.build()

    # contextual single substitutions: lam before alef, then alef after that lam
    looks, base = [], len(g.LookupList.Lookup)
    subs, chain = [], []

    # order matters: the two chain lookups first (by index), their targets after
    firsts, seconds = [], []
    for (a, b) in sorted(pairs):
        t1 = base + 2 + len(subs)
        subs.append(single({a: lam[a, b]}))
        t2 = base + 2 + len(subs)
        subs.append(single({b: alef[a, b]}))
        firsts.append(context(f, [], [[a]], [[b]], t1))
        seconds.append(context(f, [[lam[a, b]]], [[b]], [], t2))
    add_lookup(f, "rlig", [chain_lookup(firsts, 8), chain_lookup(seconds, 8)])  # 8: marks are ignored
    g.LookupList.Lookup += subs
    g.LookupList.LookupCount = len(g.LookupList.Lookup)
    # the single substitutions are reached only through the chains, not as features
    return f, n


def build_chinese(got):
    f = TTFont(io.BytesIO(got["pylopdf_fonts_zh_cn/NotoSansSC-Regular.otf"]))
    want = set()
    for enc in ("gbk", "big5", "gb18030", "big5hkscs"):
        for hi, lo in product(range(0x81, 0xFF), range(0x40, 0xFF)):
            try:
                c = bytes((hi, lo)).decode(enc)
            except UnicodeDecodeError:
                continue
            if len(c) == 1 and ord(c) >= 0x2E80:
                want.add(ord(c))
    cut(f, sorted(want.union(CHINESE)), ["ccmp", "locl"])
    quadratic(f)
    return f, 0


def quadratic(f):
    """The same outlines as TrueType curves, at most 2/1000 of an em apart."""
    glyphs, order = f.getGlyphSet(), f.getGlyphOrder()
    glyf = newTable("glyf")
    glyf.glyphs, glyf.glyphOrder = {}, order
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, 2.0, reverse_direction=True))
        glyph = glyf.glyphs[name] = pen.glyph()
        glyph.recalcBounds(glyf)
        f["hmtx"][name] = (f["hmtx"][name][0], getattr(glyph, "xMin", 0))
    f["loca"], f["glyf"] = newTable("loca"), glyf
    for table in ("CFF ", "VORG"):
        if table in f:
            del f[table]
    f["maxp"].tableVersion = 0x00010000
    for field in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements", "SizeOfInstructions",
                  "ComponentElements", "Points", "Contours", "CompositePoints", "CompositeContours", "ComponentDepth"):
        setattr(f["maxp"], "max" + field, 0)
    f["maxp"].maxZones = 1
    f["head"].glyphDataFormat = 0
    f.sfntVersion = "\x00\x01\x00\x00"


def finish(f, family, style, filename, note=NOTE):
    rename(f, family, style, note)
    metrics(f)
    f["post"].formatType = 3.0
    f.recalcTimestamp = False
    for t in ("fpgm", "prep", "cvt ", "gasp", "LTSH", "hdmx", "VDMX"):
        if t in f:
            del f[t]
    data = save(f)
    (OUT / filename).write_bytes(data)
    return len(data)


def main():
    sums = OUT / "inputs.sha256"
    if sums.exists():
        for line in sums.read_text().splitlines():
            h, n = line.split("  ", 1)
            SHA256[n] = h
    with tempfile.TemporaryDirectory() as t:
        got = fetch(Path(t))
    if "--trust" in sys.argv:
        sums.write_text("".join(f"{h}  {n}\n" for n, h in sorted(SHA256.items())))
    total = 0

    def put(f_n, family, style):
        nonlocal total
        f, n = f_n
        name = f"{family.replace(' ', '')}-{style}.{'otf' if 'CFF ' in f else 'ttf'}"
        size = finish(f, family, style, name)
        total += size
        print(f"{name:34} {size:9,} bytes  {f['maxp'].numGlyphs:6} glyphs  {n:5} clusters")

    for style, suffix in (("Regular", "400Regular.ttf"), ("Bold", "700Bold.ttf")):
        put(build_latin(got, style, f"NotoSans_{suffix}"), "Convenor Sans", style)
        put(build_arabic(got, style, f"IBMPlexSansArabic_{suffix}"), "Convenor Arabic", style)
        put(build_hebrew(got, style, f"NotoSansHebrew_{suffix}"), "Convenor Hebrew", style)
        for key in SCRIPTS:
            put(build_indic(got, key, style, f"NotoSans{key.title()}_{suffix}"), f"Convenor {key.title()}", style)
    put(build_chinese(got), "Convenor Chinese", "Regular")
    for key, fam in (("noto-sans", "Sans"), ("ibm-plex-sans-arabic", "Arabic"), ("noto-sans-hebrew", "Hebrew"),
                     *((f"noto-sans-{k}", k.title()) for k in SCRIPTS)):
        (OUT / f"OFL-Convenor{fam}.txt").write_bytes(got[f"{key}/LICENSE_FONT"])
    notice = b"Copyright 2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'.\n\n"
    (OUT / "OFL-ConvenorChinese.txt").write_bytes(notice + got["zh/LICENSE"])
    print(f"total {total:,} bytes")


if __name__ == "__main__":
    main()
