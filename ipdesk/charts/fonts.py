"""The one font family: where it lies, how wide words run, what it lacks, where lines break."""

import unicodedata
from functools import cache
from pathlib import Path

from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags

from ipdesk.base.assets import asset

FAMILY = "Noto Sans SC"
ASCENT, DESCENT = 0.88, 0.12  # of the size: where Latin capitals and Chinese characters stand
MISSING = "□"  # printed where the font lacks a character

_CLOSING = set(",.;:!?)]}%\"'’”»…，。、；：！？）］｝〕〉》」』】％‰℃·ー")
_OPENING = set("([{«“‘（［｛〔〈《「『【¥￥$€£")
_BREAK_AFTER = set(" -/_\\@&+=|–—·;,，；、")


def path(bold: bool = False) -> Path:
    """The font file: weight 400, or 600 for *bold*."""
    return asset("fonts", "NotoSansSC-SemiBold.ttf" if bold else "NotoSansSC-Regular.ttf")


@cache
def properties(size: float, bold: bool = False) -> FontProperties:
    """What matplotlib calls a font, by file, so that no installed font is ever taken."""
    return FontProperties(fname=str(path(bold)), size=size)


@cache
def _face(bold: bool) -> FT2Font:
    return FT2Font(str(path(bold)))


@cache
def _characters() -> frozenset[int]:
    return frozenset(_face(False).get_charmap())


@cache
def _advance(character: str, bold: bool) -> float:
    face = _face(bold)
    glyph = face.load_char(ord(character), LoadFlags.NO_SCALE)
    return float(glyph.horiAdvance) / face.units_per_EM


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide a text of one line runs, in the unit of *size*; without kerning, as paper draws."""
    return sum(_advance(character, bold) for character in text) * size


@cache
def _stand_in(character: str) -> str:
    """What is drawn for one character: itself, a plain form, nothing, or the sign of a gap."""
    kind = unicodedata.category(character)
    if character in "\t\n\r\x0b\x0c\x85\u2028\u2029" or (kind == "Zs" and character != "\u3000"):
        return " "
    if ord(character) in _characters() and kind != "Cc":
        return character
    if kind in ("Cc", "Cf") or "\ufe00" <= character <= "\ufe0f":
        return ""
    plain = unicodedata.normalize("NFKC", character)
    return plain if all(ord(c) in _characters() for c in plain) else MISSING


def legible(text: str) -> str:
    """The text with every character the font lacks replaced visibly; one line, no control signs."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_stand_in, unicodedata.normalize("NFC", text)))


def lost(text: str) -> int:
    """How many characters of a text the font lacks."""
    if text.isascii():
        return 0
    return sum(_stand_in(c) == MISSING and c != MISSING for c in unicodedata.normalize("NFC", text))


def _wide(character: str) -> bool:
    """Characters between which a line may break: Chinese, kana, Hangul, full-width forms."""
    return character >= "⺀" and unicodedata.east_asian_width(character) in "WF"


def pieces(text: str) -> list[str]:
    """What a line break may not cut: words, single Chinese characters with their punctuation."""
    found: list[str] = []
    current = ""
    for i, character in enumerate(text):
        current += character
        following = text[i + 1] if i + 1 < len(text) else ""
        if not following or _may_break(character, following):
            found.append(current)
            current = ""
    return found


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _CLOSING or before in _OPENING:
        return False
    if before == " " or _wide(before) or _wide(after):
        return True
    return before in _BREAK_AFTER and not after.isdigit()


def wrap(text: str, room: float, size: float, bold: bool = False, most: int = 0) -> list[str]:
    """The lines of a text within *room*; with *most* lines the last one ends in an ellipsis.

    Lines break between words and between Chinese characters, never before closing or after opening
    punctuation; a word wider than the room is cut, so that nothing is ever clipped.
    """
    plain = legible(text).strip()
    if width(plain, size, bold) <= room:
        return [plain]
    lines: list[str] = []
    line, used = "", 0.0
    for piece in pieces(plain):
        needs = width(piece.rstrip(), size, bold)
        if line and used + needs > room:
            lines.append(line.rstrip())
            line, used = "", 0.0
        if needs > room:
            *full, piece = _cut(piece, room, size, bold)
            lines += full
        line += piece
        used += width(piece, size, bold)
    lines.append(line.rstrip())
    if most and len(lines) > most:
        lines = [
            *lines[: most - 1],
            _shorten(lines[most - 1] + " " + lines[most], room, size, bold),
        ]
    return lines


def _cut(word: str, room: float, size: float, bold: bool) -> list[str]:
    parts, part, used = [], "", 0.0
    for character in word:
        needs = _advance(character, bold) * size
        if part and used + needs > room:
            parts.append(part)
            part, used = "", 0.0
        part += character
        used += needs
    return [*parts, part]


def _shorten(text: str, room: float, size: float, bold: bool) -> str:
    kept = text
    while kept and width(kept.rstrip() + "…", size, bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def shorten(text: str, room: float, size: float, bold: bool = False) -> str:
    """The text in one line within *room*, ended by an ellipsis if it is longer."""
    plain = legible(text)
    return plain if width(plain, size, bold) <= room else _shorten(plain, room, size, bold)
