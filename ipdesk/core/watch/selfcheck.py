"""What the self-test says of early warning: a watch that was never run must not look quiet."""

from collections import Counter
from datetime import date

from sqlalchemy import Connection

from ipdesk.base.i18n import say
from ipdesk.core.docket.selftest import Part
from ipdesk.core.watch.cadence import Ailment
from ipdesk.core.watch.queries import watch_rows


def watch_part(connection: Connection, today: date) -> Part:
    """How many watches are well; to be heeded when one failed, is overdue or was never run."""
    rows = watch_rows(connection, today)
    name = say("Watches")
    if not rows:
        return Part("watches", name, True, say("none yet"))
    unwell = [r for r in rows if r.health.state == "severe"]
    found = Counter(w.ailment for r in unwell for w in r.health.warnings)
    detail = tuple(f"{r.name}: {w.message}" for r in unwell for w in r.health.warnings)
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
