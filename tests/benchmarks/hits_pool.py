"""The real hits of ``../shared/data`` as one pool of texts; nothing of them is kept here."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from ipdesk.base.text import squeeze

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@dataclass(frozen=True, slots=True)
class PoolHit:
    """One real hit: its number without blanks and signs, and what a reader sees of it."""

    number: str
    source: str
    title: str
    classes: tuple[str, ...] = ()
    applicants: tuple[str, ...] = ()


def available() -> bool:
    """Whether the shared data are here."""
    return (DATA / "vcers_gp-search.csv").exists()


def pool() -> list[PoolHit]:
    """All hits of six lists; a number that stands twice is taken once."""
    found: dict[str, PoolHit] = {}
    for hit in (*_lens(), *_google(), *_ritonavir(), *_patentscope(), *_szu(), *_nasa()):
        if hit.number and hit.title:
            found.setdefault(hit.number, hit)
    return list(found.values())


def _rows(name: str, skip: int = 0) -> list[dict[str, str]]:
    text = (DATA / name).read_text(encoding="utf-8-sig", errors="replace")
    lines = text.splitlines(keepends=True)[skip:]
    return list(csv.DictReader(io.StringIO("".join(lines))))


def _lens() -> list[PoolHit]:
    return [
        PoolHit(
            squeeze(r["Publication Number"]),
            "lens",
            r["Title"],
            tuple(
                c
                for c in (r["CPC Classifications"] + ";;" + r["IPCR Classifications"]).split(";;")
                if c
            ),
            tuple(r["Applicants"].split(";;")),
        )
        for r in _rows("antontruly_lens-export.csv")
    ]


def _google() -> list[PoolHit]:
    rows = _rows("vcers_gp-search.csv", skip=1)
    return [
        PoolHit(squeeze(r["id"]), "google", r["title"], (), tuple(r["assignee"].split(", ")))
        for r in rows
    ]


def _ritonavir() -> list[PoolHit]:
    return [
        PoolHit(
            squeeze(r["publication number"] + r["kind code"]),
            "ritonavir",
            r["title"],
            tuple(c.strip() for c in r["ipc classes"].split("|")),
            tuple(a.strip() for a in r["applicant"].split("|")),
        )
        for r in _rows("ritonavir.csv")
    ]


def _sheet(name: str, header: int) -> list[dict[str, str]]:
    from python_calamine import CalamineWorkbook

    table = CalamineWorkbook.from_path(DATA / name).get_sheet_by_index(0).to_python()
    table = [row for row in table if any(str(c).strip() for c in row)]
    names = [str(c).strip() for c in table[header]]
    return [dict(zip(names, map(str, row), strict=False)) for row in table[header + 1 :]]


def _patentscope() -> list[PoolHit]:
    return [
        PoolHit(
            squeeze(r["Publication Number"]),
            "patentscope",
            r["Title"],
            tuple(c for c in r["IPC"].split(";") if c),
            tuple(r["Applicants"].split(";")),
        )
        for r in _sheet("patentscope_2012_first600.xls", 1)
    ]


def _szu() -> list[PoolHit]:
    return [
        PoolHit(squeeze(r["申请号"]), "szu", r["专利名称"], (), (r["申请人/专利权人"],))
        for r in _sheet("will4906_szu_110.xls", 0)
    ]


def _nasa() -> list[PoolHit]:
    return [
        PoolHit(squeeze(r["Case Number"]), "nasa", " ".join(r["Title"].split()), (), (r["Center"],))
        for r in _rows("NASA_Patents.csv")
    ]
