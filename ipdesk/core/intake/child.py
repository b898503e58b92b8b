"""The process that takes a foreign file apart: limited, silent, and thrown away afterwards."""

import contextlib
import gc
import marshal
import os
import sys
import time
from array import array
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ipdesk.base.errors import Refused
from ipdesk.base.i18n import Message
from ipdesk.core.intake.formats import limits, read_file
from ipdesk.core.intake.model import RawFile

_AT_ONCE = 20_000  # cells that the parent reads at once; its window waits as long


def serve(connection: Connection, path: str, seconds: int = limits.SECONDS) -> None:
    """Read one file and send it, column by column; the parent hears of progress meanwhile.

    *seconds* of work it may be, however long the machine lets it wait.
    """
    gc.disable()  # nothing here outlives the file
    _send(connection, ("begun",))
    _be_silent()
    _limit_memory()
    _limit_work(seconds)
    try:
        _send_file(connection, read_file(Path(path), _teller(connection)))
    except Refused as refused:
        message = refused.message
        told = message if isinstance(message, Message) else Message(str(message))
        _send(connection, ("refused", told.to_json()))
    except MemoryError:
        _send(connection, ("memory",))
    except FileNotFoundError:
        _send(connection, ("missing",))
    except OSError as error:
        _send(connection, ("unreadable", error.strerror or ""))
    except RecursionError:
        _send(connection, ("failed", "RecursionError"))
    except Exception as error:  # whatever a foreign file provokes must not look like success
        _send(connection, ("failed", f"{type(error).__name__}: {error}"[:300]))
    finally:
        connection.close()


def _teller(connection: Connection) -> Any:
    last = [0.0]

    def tell(done: int, total: int) -> None:
        now = time.monotonic()
        if now - last[0] > 0.1:
            last[0] = now
            _send(connection, ("progress", done, total))

    return tell


def _send_file(connection: Connection, raw: RawFile) -> None:
    for sheet in raw.sheets:
        about = (
            sheet.name,
            sheet.lines,
            sheet.visible,
            sheet.hidden_rows,
            sheet.headers,
            sheet.merged,
        )
        _send(connection, ("sheet", *about))
        for column in sheet.columns:
            codes = column.codes.tobytes() if isinstance(column.codes, array) else b""
            for start in range(0, len(column.distinct), _AT_ONCE):
                _send(connection, ("cells", column.distinct[start : start + _AT_ONCE]))
            _send(connection, ("column", codes))
    _send(connection, ("done", raw.file, raw.sha256, raw.kind, raw.encoding, raw.format))


def _send(connection: Connection, message: tuple[Any, ...]) -> None:
    connection.send_bytes(marshal.dumps(message))


def _be_silent() -> None:
    """What readers print about odd files is for nobody."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        os.close(nowhere)


def _limit_work(seconds: int) -> None:
    if sys.platform == "win32":
        return  # the parent looks at the clock
    import resource

    with contextlib.suppress(OSError, ValueError):
        spent = int(time.process_time()) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, spent + seconds + 5))


def _limit_memory() -> None:
    if sys.platform in ("win32", "darwin"):
        return  # not enforced there; the parent watches instead
    import resource

    with contextlib.suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = limits.MEMORY_BYTES
        if hard != resource.RLIM_INFINITY:
            wanted = min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
