"""Folding texts so that what looks alike compares alike, in Latin and Chinese."""

import re
import unicodedata

_BLANKS = re.compile(r"[\s​‌‍⁠﻿]+")
_SIGNS = re.compile(r"[^0-9a-z]+")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_CHINESE = re.compile(r"[一-鿿㐀-䶿]")
_KANA = re.compile(r"[぀-ヿ]")


def clean(text: str) -> str:
    """One line: full-width forms kept, invisible characters and runs of blanks made one space."""
    return _BLANKS.sub(" ", text.replace("\xa0", " ")).strip()


def fold(text: str) -> str:
    """For comparing and sorting: NFKC, no accents, lower case, single blanks."""
    if text.isascii():  # most texts need nothing else
        return " ".join(text.split()).lower()
    wide = unicodedata.normalize("NFKC", text)
    if not wide.isascii() and not _is_plain(wide):
        split = unicodedata.normalize("NFD", wide)
        wide = unicodedata.normalize("NFC", _ACCENTS.sub("", split))
    return clean(wide).casefold()


def _is_plain(text: str) -> bool:
    """Whether no letter of it can be taken apart, as in most Chinese texts."""
    return unicodedata.is_normalized("NFD", text) and not _ACCENTS.search(text)


def squeeze(text: str) -> str:
    """Letters and digits alone, folded: ``ZL2012 2024 9767.4`` → ``zl2012202497674``."""
    if text.isascii():
        return _SIGNS.sub("", text.lower())
    folded = fold(text)
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))


def is_chinese(text: str) -> bool:
    """Whether a title or a name is written in Chinese (Han without kana)."""
    return bool(_CHINESE.search(text)) and not _KANA.search(text)
