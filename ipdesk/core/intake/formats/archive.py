"""Lists inside archives: a zip of workbooks or text files, a file packed by gzip."""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from ipdesk.core.intake.formats import limits
from ipdesk.core.intake.formats.source import Source

_LISTS = frozenset(
    ".csv .tsv .tab .txt .xlsx .xlsm .xlsb .xls .ods .fods .htm .html .mht .gz".split()
)
_MEMBERS = 20_000
_MOST_LISTS = 50
_AT_ONCE = 1 << 20
_NOTES = frozenset({"readme", "license", "licence", "disclaimer", "terms", "说明", "使用说明"})


def may_hold_lists(names: set[str]) -> bool:
    """Whether an archive has members that may be lists."""
    return any(map(_is_list, names))


def lists_in(source: Source) -> Iterator[Source]:
    """The members of a zip that may be lists, unpacked one after another.

    Raises Refused for one that is locked, broken, or unpacks to more than a list may have.
    """
    try:
        with source.open() as handle, zipfile.ZipFile(handle) as archive:
            members = [e for e in archive.infolist() if _is_list(e.filename)]
            if len(members) > _MOST_LISTS:
                raise limits.too_many_lists(len(members), _MOST_LISTS)
            left = limits.UNPACKED_BYTES
            for member in members:
                with archive.open(member) as packed:
                    data = _unpacked(packed, left, member.compress_size)
                left -= len(data)
                yield Source(PurePosixPath(member.filename.replace("\\", "/")).name, None, data)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
        raise limits.damaged() from error
    except (NotImplementedError, RuntimeError) as error:  # so zipfile tells of locked parts
        raise limits.locked_archive() from error


def ungzipped(source: Source) -> Source:
    """What gzip packed; the name loses its ending."""
    name = source.name[:-3] if source.name.lower().endswith(".gz") else source.name
    try:
        with source.open() as handle, gzip.GzipFile(fileobj=handle) as packed:
            return Source(name, None, _unpacked(packed, limits.UNPACKED_BYTES, source.size))
    except (OSError, EOFError, zlib.error) as error:
        raise limits.damaged() from error


def _unpacked(packed: object, most: int, size: int) -> bytes:
    """The bytes of a packed file, read only as far as an honest one goes."""
    data = bytearray()
    while chunk := packed.read(_AT_ONCE):  # type: ignore[attr-defined]  # zip and gzip alike
        data += chunk
        if len(data) > limits.RATIO_FROM and len(data) > limits.RATIO * max(size, 1):
            raise limits.bomb()
        if len(data) > most:
            raise limits.too_large(len(data), limits.UNPACKED_BYTES)
    return bytes(data)


def _is_list(name: str) -> bool:
    """Whether a member may be a list by its place and name; what it is its content decides."""
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = any(p.startswith((".", "__MACOSX", "~$")) for p in path.parts)
    note = path.stem.strip("_- ").casefold() in _NOTES
    return path.suffix.lower() in _LISTS and not hidden and not note


def members_of(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of an archive. Raises Refused for more than any list has."""
    members = [e for e in archive.infolist() if not e.is_dir()]
    if len(members) > _MEMBERS:
        raise limits.bomb()
    return members
