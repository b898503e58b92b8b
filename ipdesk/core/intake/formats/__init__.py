"""What kinds of files can be read; ``read_file`` takes one apart, without understanding it."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from ipdesk.base.errors import Refused
from ipdesk.core.intake.formats import limits
from ipdesk.core.intake.formats.content import kind_of
from ipdesk.core.intake.formats.delimited import read_text
from ipdesk.core.intake.formats.encoding import decode
from ipdesk.core.intake.formats.markup import (
    is_xml_spreadsheet,
    parse_xml,
    read_html,
    read_web_archive,
    read_xml_spreadsheet,
)
from ipdesk.core.intake.formats.records import read_json, read_xml_records, sheet_of
from ipdesk.core.intake.formats.workbook import read_workbook
from ipdesk.core.intake.model import RawFile, RawSheet
from ipdesk.core.intake.parts import parts_of

Tell = Callable[[int, int], None]

_MEMBERS = 20_000


def read_file(path: Path, tell: Tell) -> RawFile:
    """The sheets of a file and its hash; raises Refused with one sentence when it is no list."""
    kind = kind_of(path)
    digest = _sha256(path)
    encoding, spoken = "", ""
    if kind == "text":
        kind, sheets, encoding, spoken = _from_text(path, tell)
    elif kind == "package":
        sheets, spoken = _from_package(path)
    else:
        sheets = read_workbook(path, kind, tell)
    parts = tuple(part for sheet in sheets for part in parts_of(sheet))
    return RawFile(path.name, digest, kind, parts, encoding, spoken)


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _from_text(path: Path, tell: Tell) -> tuple[str, list[RawSheet], str, str]:
    text, encoding = decode(path.read_bytes())
    name = path.stem
    start = text[:2000].lstrip("﻿ \t\r\n").lower()
    if start.startswith("begin:vcalendar"):
        raise limits.not_a_list("iCalendar")
    if start.startswith("mime-version:") or "content-type: multipart/related" in start[:500]:
        return "html", read_web_archive(text, name), encoding, ""
    if start.startswith("<"):
        kind, sheets, spoken = _from_markup(text, start, name)
        return kind, sheets, encoding, spoken
    if start.startswith(("{", "[{", "[\n", "[ ")) and _is_json(text):
        sheets, spoken = read_json(text, name)
        return "json", sheets, encoding, spoken
    return "csv", [read_text(text, name, tell)], encoding, ""


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


def _from_package(path: Path) -> tuple[list[RawSheet], str]:
    """The XML and JSON records of a zip: a notice package, a bundle of register records."""
    records = []
    spoken = ""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [e for e in archive.infolist() if not e.is_dir()]
            if len(members) > _MEMBERS:
                raise limits.bomb()
            for member in members:
                if not member.filename.lower().endswith((".xml", ".json")):
                    continue
                text, _ = decode(archive.read(member))
                reader = read_json if text.lstrip()[:1] in "{[" else read_xml_records
                try:
                    sheets, dialect = reader(text, path.stem)
                except Refused:
                    continue  # one broken part of a package does not spoil the others
                spoken = spoken or dialect
                for sheet in sheets:
                    records.extend(_records(sheet))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
        raise limits.damaged() from error
    except (NotImplementedError, RuntimeError) as error:
        raise limits.locked() from error
    return ([sheet_of(records, path.stem)] if records else []), spoken


def _records(sheet: RawSheet) -> list[dict[str, str]]:
    rows = sheet.rows(0, sheet.lines)
    return [{h: str(c) for h, c in zip(sheet.headers, row, strict=True) if c != ""} for row in rows]
