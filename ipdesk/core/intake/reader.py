"""Foreign files are read in a process of their own, which can be stopped and may die."""

import contextlib
import marshal
import multiprocessing
import subprocess
import sys
import time
from array import array
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from ipdesk.base.errors import Cancelled, Refused
from ipdesk.base.i18n import Message, say
from ipdesk.core.intake.child import serve
from ipdesk.core.intake.formats import limits
from ipdesk.core.intake.model import Column, RawFile, RawSheet

Progress = Callable[[int, int], None]
Asked = Callable[[], bool]

_LOOK = 0.05  # seconds between two looks at the clock, the memory and the cancel button


def take_apart(
    path: Path,
    *,
    progress: Progress | None = None,
    cancelled: Asked | None = None,
    seconds: int | None = None,
) -> RawFile:
    """The sheets of a file. Raises Refused with one sentence, or Cancelled.

    *seconds* it may take; by default so many as a file of its size may need.
    """
    if path.is_dir():
        raise Refused(say("{path} is a folder; name the file that holds the list.", path=path.name))
    if not path.is_file():
        raise Refused(say("There is no file {path}.", path=str(path)))
    work = limits.seconds_for(path)
    seconds = min(limits.SECONDS, work * limits.WAITING) if seconds is None else seconds
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=serve, args=(there, str(path), work), daemon=True)
    process.start()
    there.close()
    try:
        return _listen(here, process, progress, cancelled, seconds)
    finally:
        here.close()
        if process.is_alive():
            process.kill()
        process.join()
        process.close()


def _listen(
    here: Connection,
    process: SpawnProcess,
    progress: Progress | None,
    cancelled: Asked | None,
    seconds: int,
) -> RawFile:
    sheets: list[RawSheet] = []
    about: tuple[Any, ...] = ()
    columns: list[Column] = []
    cells: list[Any] = []
    until = time.monotonic() + seconds
    begun = False
    while True:
        try:
            message = _next(here, process, cancelled, until, seconds)
        except EOFError as error:
            raise (_died(process.exitcode) if begun else _not_begun()) from error
        begun = True
        kind = message[0]
        if kind == "progress":
            if progress:
                progress(message[1], message[2])
        elif kind == "begun":
            continue
        elif kind == "cells":
            cells += message[1]
        elif kind == "column":
            columns.append(Column(cells, _codes(cells, message[1])))
            cells = []
        elif kind in ("sheet", "done"):
            if about:
                sheets.append(_sheet(about, columns))
            about, columns = message[1:], []
            if kind == "done":
                file, sha256, its_kind, encoding, spoken = message[1:]
                return RawFile(file, sha256, its_kind, tuple(sheets), encoding, spoken)
        else:
            raise _refusal(message)


def _codes(cells: list[Any], sent: bytes) -> Sequence[int]:
    """Which cell stands in which row; nothing is sent where each row has its own."""
    if not sent:
        return range(len(cells))
    codes = array("I")
    codes.frombytes(sent)
    return codes


def _sheet(about: tuple[Any, ...], columns: list[Column]) -> RawSheet:
    name, lines, visible, hidden_rows, headers, merged = about
    return RawSheet(
        name, tuple(columns), lines, visible, hidden_rows, tuple(headers), tuple(merged)
    )


def _next(
    here: Connection, process: SpawnProcess, cancelled: Asked | None, until: float, seconds: int
) -> tuple[Any, ...]:
    looked = 0.0
    while True:
        try:
            if here.poll(_LOOK):
                message: tuple[Any, ...] = marshal.loads(here.recv_bytes())
                return message
        except (EOFError, OSError) as error:
            process.join(5)
            raise EOFError from error
        if cancelled and cancelled():
            raise Cancelled(say("The import was cancelled; nothing was written."))
        now = time.monotonic()
        if now > until:
            raise limits.too_slow(seconds)
        if sys.platform in ("win32", "darwin") and now - looked > 0.25:
            looked = now
            if _memory_of(process.pid or 0) > limits.MEMORY_BYTES:
                raise limits.needs_too_much()


def _died(code: int | None) -> Refused:
    """The reader was killed: by its memory limit as a rule (calamine aborts), else by damage."""
    if code is not None and code in (-6, -9, 134, 137, 0xC0000017, -1073741801):
        return limits.needs_too_much()
    if code in (-24, 152):  # its share of the processor is used up
        return limits.too_slow(limits.SECONDS)
    return limits.damaged()


def _not_begun() -> Refused:
    return Refused(
        say(
            "The process that reads files did not start, so nothing was read: try again; if it"
            " happens again, restart IPDesk."
        )
    )


def _refusal(message: tuple[Any, ...]) -> Refused:
    kind = message[0]
    if kind == "refused":
        return Refused(Message.from_json(message[1]))
    if kind == "memory":
        return limits.needs_too_much()
    if kind == "unreadable":
        return Refused(say("The file could not be opened: {reason}.", reason=message[1]))
    return limits.damaged()


def _memory_of(pid: int) -> int:
    """Bytes that a process holds, where the system does not limit it by itself."""
    if sys.platform == "win32":
        return _memory_on_windows(pid)
    with contextlib.suppress(OSError, ValueError, subprocess.SubprocessError):
        said = subprocess.run(
            ["/bin/ps", "-o", "rss=", "-p", str(pid)],
            capture_output=True,
            text=True,
            timeout=2,
            check=False,
        )
        return int(said.stdout.strip() or 0) * 1024
    return 0


def _memory_on_windows(pid: int) -> int:
    import ctypes

    class Counters(ctypes.Structure):
        _fields_ = [("cb", ctypes.c_ulong), ("faults", ctypes.c_ulong)] + [
            (f"size{n}", ctypes.c_size_t) for n in range(9)
        ]

    kernel: Any = getattr(ctypes, "WinDLL")("kernel32")  # noqa: B009  (Windows alone has it)
    kernel.OpenProcess.restype = ctypes.c_void_p
    handle = kernel.OpenProcess(0x1010, False, pid)
    if not handle:
        return 0
    counters = Counters()
    counters.cb = ctypes.sizeof(counters)
    kernel.K32GetProcessMemoryInfo(ctypes.c_void_p(handle), ctypes.byref(counters), counters.cb)
    kernel.CloseHandle(ctypes.c_void_p(handle))
    return int(counters.size1)  # the working set; the peak stands before it


def tables_of(path: Path) -> list[list[Sequence[Any]]]:
    """Every sheet of a file as plain rows, the header among them; for lists that are no filings."""
    return [
        [*([sheet.headers] if sheet.headers else []), *sheet.rows(0, sheet.lines)]
        for sheet in take_apart(path).sheets
    ]


def rows_under_header(file: RawFile) -> tuple[list[str], Sequence[Sequence[Any]]]:
    """The first sheet that holds rows below its header. Raises Refused for a file without any."""
    for one in file.sheets:
        rows = one.rows(0, one.lines)
        header = list(one.headers)
        if not header and rows:
            header, rows = [str(cell) for cell in rows[0]], rows[1:]
        if rows:
            return header, rows
    raise Refused(say("{file} holds no rows.", file=file.file))
