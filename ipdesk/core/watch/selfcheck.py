"""What the self-test says of early warning: a watch that was never run must not look quiet."""

from collections import Counter
from datetime import date

from sqlalchemy import Connection

from ipdesk.base.i18n import say
from ipdesk.core.docket.selftest import Part
from ipdesk.core.watch.cadence import Ailment
from ipdesk.core.watch.queries import watch_rows

_WORK = (Ailment.UNREVIEWED, Ailment.NO_QUERY, Ailment.PAUSED)
"""Something to do or to know, no doubt about the watch."""


def watch_part(connection: Connection, today: date) -> Part:
    """How many watches are well; to be heeded when one failed, is overdue, found nothing …"""
    rows = watch_rows(connection, today)
    name = say("Watches")
    if not rows:
        return Part("watches", name, True, say("none yet"))
    doubts = [(r, w) for r in rows for w in r.health.warnings if w.ailment not in _WORK]
    found = Counter(w.ailment for _, w in doubts)
    unwell = {r.id for r, _ in doubts}
    detail = tuple(f"{r.name}: {w.message}" for r, w in doubts)
    if not unwell:
        return Part("watches", name, True, say("{n} run as they should", n=len(rows)))
    said = say(
        "{n} of {all} not well: {never} never run, {failed} failed, {overdue} overdue",
        n=len(unwell),
        all=len(rows),
        never=found[Ailment.NEVER_RUN],
        failed=found[Ailment.FAILED],
        overdue=found[Ailment.OVERDUE],
    )
    return Part("watches", name, True, said, detail, heed=True)
