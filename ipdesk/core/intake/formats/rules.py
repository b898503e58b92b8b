"""How values are taken out of the XML of registers: texts, document numbers, names, classes."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

Rule = str | Callable[[Element], str]

_IPC = re.compile(r"[A-H]\s*\d\d\s*[A-Z]\s*\d{1,4}\s*/\s*\d{2,6}")


def text_in(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def in_english(path: str, *attributes: str) -> Callable[[Element], str]:
    """The texts at a path that are in English, else all of the first language found."""

    def read(element: Element) -> str:
        found = element.findall(path)
        for wanted in ("en", "EN", "zh", "ZH"):
            texts = [text_in(e) for e in found if any(e.get(name) == wanted for name in attributes)]
            if any(texts):
                return "; ".join(t for t in texts if t)
        return text_in(found[0]) if found else ""

    return read


def document_id(*paths: str) -> Callable[[Element], str]:
    """Country, number and kind of the document ids at a path; DOCDB form before the others."""

    def read(element: Element) -> str:
        for holder in (h for path in paths for h in element.findall(path)):
            ids = holder.findall("document-id") or holder.findall(".//document-id")
            order = {"docdb": 0, "original": 2, "epodoc": 1}
            ids.sort(key=lambda e: order.get(e.get("document-id-type", ""), 0))
            for one in ids:
                number = text_in(one.find("doc-number"))
                if number:
                    parts = [text_in(one.find("country")), _whole(parts=ids, one=one) or number]
                    parts += [text_in(one.find("kind"))]
                    return " ".join(p for p in parts if p)
        return ""

    return read


def _whole(parts: list[Element], one: Element) -> str:
    """DOCDB drops the series of old American filings; the number as filed still has it."""
    if text_in(one.find("country")) != "US" or text_in(one.find("kind")) != "A":
        return ""
    filed = (e for e in parts if e.get("document-id-type") == "original")
    number = next((text_in(e.find("doc-number")) for e in filed), "")
    return f"{number[:2]}/{number[2:]}" if len(number) == 8 and number.isdigit() else ""


def document_date(*paths: str) -> Callable[[Element], str]:
    def read(element: Element) -> str:
        for holder in (h for path in paths for h in element.findall(path)):
            for one in holder.iter("date"):
                if text_in(one):
                    return text_in(one)
        return ""

    return read


def priorities_in(element: Element) -> str:
    claims = []
    for claim in element.iter("priority-claim"):
        ids = claim.findall("document-id")
        ids.sort(key=lambda e: e.get("document-id-type", "") != "docdb")
        number = text_in(claim.find("doc-number")) or (
            text_in(ids[0].find("doc-number")) if ids else ""
        )
        country = text_in(claim.find("country")) or (text_in(ids[0].find("country")) if ids else "")
        day = next((text_in(d) for d in claim.iter("date") if text_in(d)), "")
        if number:
            claims.append(f"{country}{number} {day}".strip())
    return "\n".join(dict.fromkeys(claims))


def names_at(*paths: str) -> Callable[[Element], str]:
    """Organisations and persons below the first path that has any."""

    def read(element: Element) -> str:
        for path in paths:
            names = [_name(e) for e in element.findall(path)]
            names = [n for n in names if n]
            if names:
                return "\n".join(dict.fromkeys(names))
        return ""

    return read


_NAMES = (
    *("OrganizationName", "snm", "OrganizationStandardName"),
    *("PersonFullName", "EntityName", "LegalEntityName", "FullName", "FreeFormatNameLine"),
)


def _name(element: Element) -> str:
    for tag in ("orgname", "name", *_NAMES):
        found = element.find(f".//{tag}")
        if found is not None and text_in(found):
            return text_in(found)
    for last, first in (("last-name", "first-name"), ("LastName", "FirstName")):
        parts = [text_in(element.find(f".//{last}")), text_in(element.find(f".//{first}"))]
        if any(parts):
            return ", ".join(p for p in parts if p)
    return "" if len(element) else text_in(element)


def classes_in(element: Element) -> str:
    found = []
    for one in element.iter("classification-ipcr"):
        text = text_in(one.find("text"))
        if not text and one.find("section") is not None:
            parts = [text_in(one.find(t)) for t in ("section", "class", "subclass", "main-group")]
            text = "".join(parts) + "/" + text_in(one.find("subgroup"))
        symbol = _IPC.match(text)
        if symbol:
            found.append("".join(symbol[0].split()))
    return "\n".join(dict.fromkeys(found))


def docdb_names(role: str) -> Callable[[Element], str]:
    """The EPO gives every name in up to three spellings; one of them is enough."""

    def read(element: Element) -> str:
        for spelling in ("original", "docdba", "epodoc", "docdb", None):
            path = f".//{role}s/{role}"
            found = [e for e in element.findall(path) if spelling in (None, e.get("data-format"))]
            names = [text_in(e.find(f".//{role}-name/name")) or _name(e) for e in found]
            names = [n.rstrip(", ") for n in names if n]
            if names:
                return "\n".join(dict.fromkeys(names))
        return ""

    return read


def each_of(path: str, *tags: str) -> Callable[[Element], str]:
    """Of every element at a path the texts of some tags, one element a line."""

    def read(element: Element) -> str:
        lines = (" ".join(text_in(one.find(f".//{t}")) for t in tags) for one in element.iter(path))
        return "\n".join(dict.fromkeys(" ".join(x.split()) for x in lines if x.strip()))

    return read
