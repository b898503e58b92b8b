"""What kinds of files can be read; ``read_file`` takes one apart, without understanding it."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ipdesk.base.errors import Refused
from ipdesk.core.intake.formats import limits
from ipdesk.core.intake.formats.archive import lists_in, may_hold_lists, members_of, ungzipped
from ipdesk.core.intake.formats.content import kind_of
from ipdesk.core.intake.formats.delimited import read_text
from ipdesk.core.intake.formats.encoding import decode
from ipdesk.core.intake.formats.markup import (
    is_open_document,
    is_xml_spreadsheet,
    parse_xml,
    read_html,
    read_web_archive,
    read_xml_spreadsheet,
)
from ipdesk.core.intake.formats.records import read_json, read_xml_records, sheet_of
from ipdesk.core.intake.formats.source import Source
from ipdesk.core.intake.formats.workbook import in_a_package, read_workbook
from ipdesk.core.intake.model import RawFile, RawSheet
from ipdesk.core.intake.parts import parts_of

Tell = Callable[[int, int], None]


class _Taken(NamedTuple):
    """What one file, or one member of an archive, holds."""

    kind: str
    sheets: list[RawSheet]
    encoding: str = ""
    spoken: str = ""  # the dialect of a register's records


def read_file(path: Path, tell: Tell) -> RawFile:
    """The sheets of a file and its hash; raises Refused with one sentence when it is no list."""
    source = Source.of(path)
    taken = _taken(source, tell)
    parts = tuple(part for sheet in taken.sheets for part in parts_of(sheet))
    return RawFile(path.name, _sha256(path), taken.kind, parts, taken.encoding, taken.spoken)


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _taken(source: Source, tell: Tell, *, inside: bool = False) -> _Taken:
    kind = kind_of(source)
    if kind == "text":
        return _from_text(source, tell)
    if kind in ("package", "gzip") and inside:
        raise limits.packed("ZIP" if kind == "package" else "gzip")
    if kind == "gzip":
        return _taken(ungzipped(source), tell, inside=True)
    if kind == "package":
        return _from_package(source, tell)
    return _Taken(kind, read_workbook(source, kind, tell))


def _from_text(source: Source, tell: Tell) -> _Taken:
    text, encoding = decode(source.read())
    name = source.stem
    start = text[:2000].lstrip("\ufeff \t\r\n").lower()
    if start.startswith("begin:vcalendar"):
        raise limits.not_a_list("iCalendar")
    if start.startswith("mime-version:") or "content-type: multipart/related" in start[:500]:
        return _Taken("html", read_web_archive(text, name), encoding)
    if start.startswith("<"):
        if is_open_document(text):
            return _Taken("ods", read_workbook(in_a_package(source, text), "ods", tell), encoding)
        kind, sheets, spoken = _from_markup(text, start, name)
        return _Taken(kind, sheets, encoding, spoken)
    if start.startswith(("{", "[{", "[\n", "[ ")) and _is_json(text):
        sheets, spoken = read_json(text, name)
        return _Taken("json", sheets, encoding, spoken)
    return _Taken("csv", [read_text(text, name, tell)], encoding)


def _from_markup(text: str, start: str, name: str) -> tuple[str, list[RawSheet], str]:
    body = text.lstrip("﻿ \t\r\n")
    html = start.startswith(("<!doctype html", "<html", "<table", "<head", "<body", "<style"))
    if html or ("<html" in start and not is_xml_spreadsheet(text)):
        return "html", read_html(body, name), ""
    if is_xml_spreadsheet(text):
        return "xmlss", read_xml_spreadsheet(parse_xml(body[body.find("?>") + 2 :])), ""
    sheets, spoken = read_xml_records(body, name)
    if not sheets and "<table" in text[: 1 << 20].lower():
        return "html", read_html(body, name), ""
    return "xml", sheets, spoken


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        first = text.strip().splitlines()[0]
        try:
            json.loads(first)
        except (ValueError, RecursionError):
            return False
    except RecursionError as error:
        raise limits.damaged() from error
    return True


def _from_package(source: Source, tell: Tell) -> _Taken:
    """A zip: the lists in it, each with its sheets, else the XML and JSON records."""
    with source.open() as handle, zipfile.ZipFile(handle) as archive:
        names = {e.filename for e in archive.infolist()}
    lists = _lists_of(source, tell) if may_hold_lists(names) else None
    if lists is not None and lists.sheets:
        return lists
    sheets, spoken = _records_of(source)
    return _Taken("package", sheets, "", spoken)


def _lists_of(source: Source, tell: Tell) -> _Taken:
    """Every list of an archive; of several each sheet says its file as well."""
    found: list[tuple[str, _Taken]] = []
    refused: Refused | None = None
    for one in lists_in(source):
        try:
            found.append((one.stem, _taken(one, tell, inside=True)))
        except Refused as error:  # a broken or foreign part does not spoil the others
            refused = error
    if not found and refused is not None:
        raise refused
    if len(found) == 1:
        return found[0][1]
    sheets = [
        replace(sheet, name=sheet.name if sheet.name == name else f"{name} · {sheet.name}")
        for name, taken in found
        for sheet in taken.sheets
    ]
    return _Taken("package", sheets)


def _records_of(source: Source) -> tuple[list[RawSheet], str]:
    """The XML and JSON records of a zip: a notice package, a bundle of register records."""
    records = []
    spoken = ""
    try:
        with source.open() as handle, zipfile.ZipFile(handle) as archive:
            for member in members_of(archive):
                if not member.filename.lower().endswith((".xml", ".json")):
                    continue
                text, _ = decode(archive.read(member))
                reader = read_json if text.lstrip()[:1] in "{[" else read_xml_records
                try:
                    sheets, dialect = reader(text, source.stem)
                except Refused:
                    continue  # one broken part of a package does not spoil the others
                spoken = spoken or dialect
                for sheet in sheets:
                    records.extend(_records(sheet))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
        raise limits.damaged() from error
    except (NotImplementedError, RuntimeError) as error:  # so zipfile tells of locked parts
        raise limits.locked_archive() from error
    return ([sheet_of(records, source.stem)] if records else []), spoken


def _records(sheet: RawSheet) -> list[dict[str, str]]:
    rows = sheet.rows(0, sheet.lines)
    return [{h: str(c) for h, c in zip(sheet.headers, row, strict=True) if c != ""} for row in rows]
