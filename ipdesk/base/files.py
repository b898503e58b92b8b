"""Writing files that other programs read: whole or not at all."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A place beside *path* to write to; it becomes *path* when the block ends well.

    Its name is short, so that a long name has room. Raises IpdeskError where the place cannot
    be written, on Windows also while another program has the file open.
    """
    half = path.with_name(f".{os.getpid()}-{threading.get_ident()}.part")
    try:
        yield half
        half.replace(path)
    except OSError as error:
        why = error.strerror or str(error)
        raise IpdeskError(
            say(
                "{file} cannot be written: {why}. "
                "Close it in other programs or choose another place.",
                file=path.name,
                why=why,
            )
        ) from error
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes | str) -> None:
    """Write bytes, or a text as UTF-8. Raises IpdeskError where the place cannot be written."""
    with whole_file(path) as half:
        half.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
