"""Hits and watches that the tests of early warning begin with."""

from datetime import date
from typing import Any

from ipdesk.core.watch.edits import add_watch
from ipdesk.core.watch.edits_runs import record_run
from ipdesk.core.watch.model import HitDraft, RunDone, RunFacts, WatchFields
from ipdesk.store.database import Database

DAY = date(2026, 1, 5)


def hit(number: str, **more: Any) -> HitDraft:
    """A hit whose key is the number without its kind code."""
    office, kind = number[:2], ""
    body = number[2:]
    if body[-2:-1].isalpha():
        body, kind = body[:-2], body[-2:]
    more = {"office": office, "right": "invention", "title": f"Title of {number}", **more}
    return HitDraft(number=number, key=f"{office}.P.{body}", kind_code=kind, **more)


def fields(name: str = "Rivals", **more: Any) -> WatchFields:
    """A quarterly technology watch."""
    return WatchFields(
        **{
            "name": name,
            "kind": "technology",
            "question": "Who files on solid electrolytes?",
            "every": "3m",
            "owner": "CTO",
            "queries": (("lens", "solid electrolyte AND sulfide"),),
            **more,
        }
    )


def watch_of(database: Database, **more: Any) -> int:
    """A stored watch."""
    return add_watch(database, fields(**more), DAY).id


def run(
    database: Database, watch_id: int, hits: list[HitDraft], day: date = DAY, **more: Any
) -> RunDone:
    """A recorded run of these hits."""
    facts = RunFacts(database="lens", file="hits.csv", sha256="0" * 64, **more)
    return record_run(database, watch_id, hits, facts, day).done
