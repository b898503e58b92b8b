"""How the two fonts here were made: Noto Sans SC, its gaps filled from Noto Sans and Noto Sans KR.

    python make_fonts.py SC.ttf KR.ttf LATIN.ttf OUT.ttf      (once a weight; needs fontTools)

From Noto Sans SC: all letters, signs, kana, full-width forms, CJK (all of the URO, of extension A
the characters of Chinese names and of the Japanese and Hong Kong sets, the few later ones).
From Noto Sans: European letters that it lacks (ł, ő, ş, č, Greek, Cyrillic), narrow quotes and …
From Noto Sans KR: the 2,350 syllables of KS X 1001. No hints, of the layout only Latin kerning.
"""

import sys
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

EUROPEAN = (
    (0x00A0, 0x024F),
    (0x0300, 0x036F),
    (0x0370, 0x03FF),
    (0x0400, 0x052F),
    (0x1E00, 0x1EFF),
    (0x2000, 0x206F),
    (0x20A0, 0x20BF),
)
INVISIBLE = {*range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070)}
NAMES = (  # extension A in the table of general standard Chinese characters (2013)
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛"
    "䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮"
)
PROPORTIONAL = "“”‘’…·•×§¶†‡"  # as wide as a Chinese character in Noto Sans SC: ugly in English
WITHOUT = ((0x2E80, 0x2FDF), (0xFE10, 0xFE1F))  # radicals, vertical forms


def within(code: int, blocks: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= code <= high for low, high in blocks)


def encodes(code: int, charset: str, most: int) -> bool:
    try:
        return len(chr(code).encode(charset)) <= most
    except UnicodeEncodeError:
        return False


def korean(code: int) -> bool:
    return 0xAC00 <= code <= 0xD7A3 and encodes(code, "euc_kr", 2)


def kept(code: int) -> bool:
    if not 0x3400 <= code <= 0x4DBF:
        return not within(code, WITHOUT)
    sets = (("gb18030", 2), ("euc_jis_2004", 3), ("big5hkscs", 2))
    return chr(code) in NAMES or any(encodes(code, name, most) for name, most in sets)


def subset(font: TTFont) -> TTFont:
    options = Options()
    options.hinting = False
    options.layout_features = ["kern"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "STAT", "GDEF"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[c for c in font.getBestCmap() if kept(c)])
    subsetter.subset(font)
    return font


def borrow(font: TTFont, donor: TTFont, wanted: list[int], prefix: str) -> None:
    """Copy the glyphs of the wanted characters, outlines flattened, into the font."""
    glyphs, source = donor.getGlyphSet(), donor.getBestCmap()
    scale = font["head"].unitsPerEm / donor["head"].unitsPerEm
    assert scale == 1, "fonts of different units do not mix"
    for code in wanted:
        name, outline = f"{prefix}{code:04X}", DecomposingRecordingPen(glyphs)
        glyphs[source[code]].draw(outline)
        pen = TTGlyphPen(None)
        outline.replay(pen)
        font["glyf"][name] = pen.glyph()
        font["hmtx"][name] = donor["hmtx"][source[code]]
        for table in font["cmap"].tables:
            if table.isUnicode() and (code <= 0xFFFF or table.format == 12):
                table.cmap[code] = name
    font.setGlyphOrder(font["glyf"].glyphOrder)
    font["maxp"].numGlyphs = len(font.getGlyphOrder())


def main(chinese: Path, hangul: Path, latin: Path, out: Path) -> None:
    font = subset(TTFont(chinese))
    has = set(font.getBestCmap())
    donor = TTFont(latin)
    wanted = [
        c
        for c in sorted(donor.getBestCmap())
        if chr(c) in PROPORTIONAL or (within(c, EUROPEAN) and c not in has and c not in INVISIBLE)
    ]
    borrow(font, donor, wanted, "latin")
    donor = TTFont(hangul)
    borrow(font, donor, [c for c in sorted(donor.getBestCmap()) if korean(c)], "hangul")
    font["post"].formatType = 3.0
    font["head"].modified = font["head"].created  # the same bytes whenever it is made
    font.recalcTimestamp = False
    font.save(out)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:5]))
