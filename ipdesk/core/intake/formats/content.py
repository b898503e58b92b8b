"""What a file is, decided by its content and never by its name."""

import zipfile

from ipdesk.core.intake.formats import limits
from ipdesk.core.intake.formats.archive import may_hold_lists
from ipdesk.core.intake.formats.source import Source

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"SQLite format 3", "SQLite"),
    (b"{\\rtf", "RTF"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "EXE"),
    (b"PAR1", "Parquet"),
    (b"II*\x00", "TIFF"),
)
_ARCHIVES = (
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
)


def kind_of(source: Source) -> str:
    """``xlsx``, ``ods``, ``xls``, ``biff`` (before Excel 97), ``package``, ``gzip``, ``text``.

    Raises Refused, in words, for everything that cannot be a list.
    """
    size = source.size
    if size == 0:
        raise limits.empty_file()
    if size > limits.FILE_BYTES:
        raise limits.too_large(size, limits.FILE_BYTES)
    with source.open() as handle:
        head = handle.read(512)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(source)
    if head.startswith(_OLE):
        return _ole(source)
    if head.startswith(_OLD_EXCEL):
        return "biff"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    for magic, name in _ARCHIVES:
        if head.startswith(magic):
            raise limits.packed(name)
    for magic, name in _OTHERS:
        if head.startswith(magic):
            raise limits.not_a_list(name)
    return "text"


def _zipped(source: Source) -> str:
    try:
        with source.open() as handle, zipfile.ZipFile(handle) as archive:
            entries = archive.infolist()
            names = {e.filename for e in entries}
            mime = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise limits.damaged() from error
    _check_sizes(entries)
    if b"opendocument.spreadsheet" in mime:
        return "ods"
    if any(n.startswith("xl/") for n in names):
        return "xlsx"
    if any(n.startswith("word/") for n in names):
        raise limits.not_a_list("Word")
    if any(n.startswith("ppt/") for n in names):
        raise limits.not_a_list("PowerPoint")
    if any(n.lower().endswith(".numbers") or n.startswith("Index/") for n in names):
        raise limits.not_a_list("Apple Numbers")
    if may_hold_lists(names) or any(n.lower().endswith((".xml", ".json")) for n in names):
        return "package"
    raise limits.packed("ZIP")


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    total = sum(e.file_size for e in entries)
    if total > limits.UNPACKED_BYTES:
        raise (
            limits.bomb()
            if total > 8 * limits.UNPACKED_BYTES
            else limits.too_large(total, limits.UNPACKED_BYTES)
        )
    for entry in entries:
        large = entry.file_size > limits.RATIO_FROM
        if large and entry.file_size > limits.RATIO * max(entry.compress_size, 1):
            raise limits.bomb()


def _ole(source: Source) -> str:
    """Which stream the compound file holds; its directory is UTF-16 text."""
    data = source.read()

    def has(name: str) -> bool:
        return name.encode("utf-16-le") + b"\x00\x00" in data

    if has("EncryptedPackage") or has("EncryptionInfo"):
        raise limits.locked()
    if has("Workbook"):
        return "xls"
    if has("Book"):
        return "biff"
    if has("WordDocument"):
        raise limits.not_a_list("Word")
    if has("PowerPoint Document"):
        raise limits.not_a_list("PowerPoint")
    if has("__properties_version1.0"):
        raise limits.not_a_list("Outlook")
    raise limits.damaged()
