"""XML that speaks no dialect we know: the elements that repeat are rows, their texts the cells."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ipdesk.core.intake.columns import ASIDE, NAMED, OWN_NUMBERS, meaning_in_words

_DEEPEST = 40
_FEWEST = 3  # fields that a record has at least
_LOOKED_AT = 40
_ENCODED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # Access writes Application_x0020_No


def any_records(root: Element) -> list[dict[str, str]]:
    """The records of the group of like elements whose names tell most of filings; none if none."""
    best: list[Element] = []
    known = 0
    for group in _groups(root):
        fields = {f for one in group[:_LOOKED_AT] for f in _fields(one)}
        if len(fields) > known and fields & (OWN_NUMBERS | NAMED):
            best, known = group, len(fields)
    return [_record(one) for one in best] if known >= _FEWEST else []


def _groups(element: Element, depth: int = 0) -> Iterator[list[Element]]:
    """Children of one name, level by level: the outer ones come first."""
    if depth > _DEEPEST:
        return
    like: dict[str, list[Element]] = {}
    for child in element:
        if len(child) or len(child.attrib) >= _FEWEST:
            like.setdefault(child.tag, []).append(child)
    yield from like.values()
    for group in like.values():
        for one in group[:_LOOKED_AT]:
            yield from _groups(one, depth + 1)
    if depth == 0:
        yield [element]


def _fields(record: Element) -> set[str]:
    """What the elements right below a record, and its attributes, name."""
    names = [child.tag for child in record]
    fields = {meaning_in_words(header_of(name)).field for name in (*names, *record.attrib)}
    return fields - ASIDE


def header_of(tag: str) -> str:
    """The name of an element as a header: blanks where its program wrote their code."""
    return _ENCODED.sub(lambda m: chr(int(m[1], 16)), tag) if "_x" in tag else tag


def _record(element: Element) -> dict[str, str]:
    """The texts of a record by the names of their elements; what is nearer counts."""
    found: dict[str, list[str]] = {}
    depths: dict[str, int] = {}

    def take(name: str, text: str, depth: int) -> None:
        text = " ".join(text.split())
        known = depths.setdefault(name, depth)
        if text and depth <= known and text not in found.setdefault(name, []):
            found[name].append(text)

    def walk(one: Element, depth: int) -> None:
        for name, text in one.attrib.items():
            if depth == 0:
                take(header_of(name), text, depth)
        for child in one:
            if not len(child):
                name = header_of(child.tag)
                if depth and not meaning_in_words(name).field:  # applicants/applicant/name
                    name = header_of(one.tag)
                take(name, child.text or "", depth)
            elif depth < _DEEPEST:
                walk(child, depth + 1)

    walk(element, 0)
    return {name: "\n".join(texts) for name, texts in found.items() if texts}
