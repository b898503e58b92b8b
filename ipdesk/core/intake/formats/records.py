"""Records of registers saved as files: EUIPO and WIPO XML, ST.36, ST.96, EPO and USPTO JSON."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

from ipdesk.core.intake.formats import limits
from ipdesk.core.intake.formats.any_xml import any_records
from ipdesk.core.intake.formats.columnar import columns_of
from ipdesk.core.intake.formats.dialects import DIALECTS, Dialect
from ipdesk.core.intake.formats.json_records import dialect_records
from ipdesk.core.intake.formats.markup import local, parse_xml
from ipdesk.core.intake.model import RawSheet

Record = dict[str, str]
_MOST = 200_000
_PROLOG = re.compile(r"<\?xml\s")


def read_xml_records(text: str, name: str) -> tuple[list[RawSheet], str]:
    """The records of one or several XML documents in a row, and the dialect they speak."""
    records: list[Record] = []
    spoken = ""
    for part in _documents(text):
        found, dialect = records_of(parse_xml(part))
        records.extend(found)
        spoken = spoken or dialect
    return ([sheet_of(records, name)] if records else []), spoken


def _documents(text: str) -> Iterator[str]:
    """Weekly files of some offices are many XML documents one after another."""
    starts = [m.start() for m in _PROLOG.finditer(text)]
    if not starts:
        yield text
    for start, end in pairwise([*starts, len(text)]):
        body = text[start:end]
        yield body[body.find("?>") + 2 :]


def records_of(root: Element) -> tuple[list[Record], str]:
    """The records below an element by the first dialect that knows any of them, else by names."""
    namespace = str(root.tag).rpartition("}")[0]
    plain = _without_namespaces(root)
    for dialect in DIALECTS:
        if dialect.sign and plain.find(f".//{dialect.sign}") is None and plain.tag != dialect.sign:
            continue
        if dialect.namespace not in namespace:
            continue
        if dialect.holder:
            _hand_down(plain, dialect)
        found = list(_outermost(plain, dialect.records))
        records = [r for r in (_record(e, dialect) for e in found) if r]
        if records:
            return records, dialect.id
    return any_records(plain), ""


def _hand_down(root: Element, dialect: Dialect) -> None:
    """What stands once for several records becomes part of each that does not say it itself."""
    for holder in root.iter(dialect.holder):
        inner = list(_outermost(holder, dialect.records))
        common = [c for c in holder if not any(True for _ in _outermost(c, dialect.records))]
        for one in inner:
            own = {c.tag for c in one}
            one.extend(c for c in common if c.tag not in own)


def _outermost(element: Element, names: frozenset[str]) -> Iterator[Element]:
    """Elements of these names that do not lie in one another."""
    if element.tag in names:
        yield element
        return
    for child in element:
        yield from _outermost(child, names)


def _without_namespaces(root: Element) -> Element:
    for element in root.iter():
        element.tag = local(element.tag)
        if any("}" in k or ":" in k for k in element.attrib):
            element.attrib = {local(k): v for k, v in element.attrib.items()}
    return root


def _record(element: Element, dialect: Dialect) -> Record:
    record = dict(dialect.constant)
    for field, rules in dialect.fields.items():
        for rule in rules:
            value = rule(element) if callable(rule) else _values(element, rule)
            if value:
                record[field] = value
                break
    known = set(record) - set(dialect.constant)
    return record if known & {"application_number", "publication_number", "title", "mark"} else {}


def _values(element: Element, path: str) -> str:
    """The texts at a path, one a line; ``@name`` at its end asks for an attribute."""
    path, _, attribute = path.partition("@")
    path = path.rstrip("/")
    found: Iterable[Element] = element.findall(path) if path else [element]
    if attribute:
        texts = [e.get(attribute, "") for e in found]
    else:
        texts = [" ".join("".join(e.itertext()).split()) for e in found]
    return "\n".join(dict.fromkeys(t for t in texts if t))


def sheet_of(records: list[Record], name: str) -> RawSheet:
    """Records as a sheet whose headers are the fields themselves."""
    if len(records) > _MOST:
        raise limits.too_large(_MOST << 20, limits.UNPACKED_BYTES)
    headers = tuple(dict.fromkeys(key for record in records for key in record))
    columns, lines = columns_of([[r.get(h, "") for h in headers] for r in records])
    return RawSheet(name, columns, lines, headers=headers)


def read_json(text: str, name: str) -> tuple[list[RawSheet], str]:
    """Records in JSON: an answer of the EPO or USPTO, a list of objects, or a line each."""
    value = _parsed(text)
    if isinstance(value, dict) and any("world-patent-data" in k for k in value):
        records, dialect = records_of(_as_xml("root", value))
        return ([sheet_of(records, name)] if records else []), dialect
    records, dialect = dialect_records(value)
    if records:
        return [sheet_of(records, name)], dialect
    rows = _longest_list(value)
    if not rows and isinstance(value, dict):
        rows = [value]
    records = [_flat(r) for r in rows]
    return ([sheet_of(records, name)] if records else []), ""


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise limits.damaged() from error
    except ValueError:
        lines = [line for line in text.splitlines() if line.strip()]
        try:
            return [json.loads(line) for line in lines]
        except (ValueError, RecursionError) as error:
            raise limits.damaged() from error


def _longest_list(value: Any, depth: int = 0) -> list[dict[str, Any]]:
    """The list of objects with the most members, not looking inside a record."""
    if isinstance(value, list):
        return [v for v in value if isinstance(v, dict)]
    best: list[dict[str, Any]] = []
    if isinstance(value, dict) and depth < 4:
        for child in value.values():
            found = _longest_list(child, depth + 1)
            if len(found) > len(best) or (found and not best):
                best = found
    if depth == 0 and isinstance(value, dict) and len(best) < 2 and _looks_like_record(value):
        return [value]
    return best


def _looks_like_record(value: dict[str, Any]) -> bool:
    scalars = sum(1 for v in value.values() if isinstance(v, str | int | float) and v != "")
    return scalars >= 4


def _flat(record: dict[str, Any]) -> Record:
    """All texts by their keys; what lies deeper under a key already used is another thing's."""
    flat: dict[str, list[str]] = {}
    depths: dict[str, int] = {}

    def walk(key: str, value: Any, depth: int) -> None:
        if isinstance(value, dict) and depth < 8:
            for name, child in value.items():
                walk(str(name), child, depth + 1)
        elif isinstance(value, list) and depth < 8:
            for child in value:
                walk(key, child, depth + 1)
        elif value is not None and not isinstance(value, dict | list):
            text = str(value).strip()
            known = depths.setdefault(key, depth)
            if depth < known:
                flat[key], depths[key] = [], depth
            if text and depth <= known and text not in flat.setdefault(key, []):
                flat[key].append(text)

    walk("", record, 0)
    return {key: "\n".join(texts) for key, texts in flat.items() if texts}


def _as_xml(tag: str, value: Any, depth: int = 0) -> Element:
    """The EPO's JSON is its XML in other clothes: ``$`` is the text, ``@name`` an attribute."""
    element = Element(tag)
    if not isinstance(value, dict):
        element.text = str(value)
        return element
    for key, child in value.items():
        if key == "$":
            element.text = str(child)
        elif key.startswith("@"):
            element.set(key[1:], str(child))
        elif depth < 60:
            for one in child if isinstance(child, list) else [child]:
                element.append(_as_xml(key, one, depth + 1))
    return element
