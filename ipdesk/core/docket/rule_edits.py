"""Writing what the company says of the law: rules off, confirmed, of its own; closing days.

Every function is one transaction: what it changes in the docket is written with it, so that one
undo takes back both. Built-in rules are never overwritten; a row of ``own_rule`` stands beside.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import Message, say
from ipdesk.core.docket.calendar_lists import ListedDay
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.recompute import refresh
from ipdesk.core.docket.rule_words import KIND_LABELS
from ipdesk.core.docket.rules import KINDS, Rule
from ipdesk.core.docket.rules_reading import Unreadable, read_rule
from ipdesk.core.docket.setting import DEFAULT, OF_KIND, docket_for
from ipdesk.store.database import Database
from ipdesk.store.schema.docket import own_closing, own_rule
from ipdesk.store.schema.portfolio import matter
from ipdesk.store.writer import Writer

Progress = Callable[[int, int], None]
_TOPICS = (Topic.LAW, Topic.DEADLINES, Topic.MATTERS)
_PLAIN: dict[str, Any] = {
    "switched_off": False,
    "confirmed_by": "",
    "confirmed_on": None,
    "internal_days": None,
    "agent_days": None,
}


def switch(
    database: Database,
    today: date,
    rules: Sequence[str],
    off: bool,
    *,
    progress: Progress | None = None,
) -> Change:
    """Rules give no dates any more, or give them again."""
    said = say("Switched off {n} rules", n=len(rules))
    if not off:
        said = say("Switched on {n} rules", n=len(rules))
    return _on_rules(database, today, rules, {"switched_off": off}, said, progress)


def confirm(
    database: Database,
    today: date,
    rules: Sequence[str],
    by: str,
    on: date | None,
    *,
    progress: Progress | None = None,
) -> Change:
    """A person vouches for unverified rules, with name and day; without a name it is taken back."""
    if by.strip() and on is None:
        raise IpdeskError(say("Say on which day the rule was confirmed."))
    values = {"confirmed_by": by.strip(), "confirmed_on": on if by.strip() else None}
    said = say("Confirmed {n} rules", n=len(rules))
    return _on_rules(database, today, rules, values, said, progress)


def set_leads(
    database: Database,
    today: date,
    rule: str,
    internal: int | None,
    agent: int | None,
    *,
    progress: Progress | None = None,
) -> Change:
    """Days before the official date, for ourselves and for the agent; None: as for the others.

    ``DEFAULT`` as the rule means all rules that have none of their own, ``OF_KIND`` with a kind
    those of that kind.
    """
    kind = rule.removeprefix(OF_KIND)
    if rule.startswith(OF_KIND) and kind not in KINDS:
        raise IpdeskError(say("{word} is no kind of deadline.", word=kind))
    if any(days is not None and not 0 <= days <= 3650 for days in (internal, agent)):
        raise IpdeskError(say("A lead time is between 0 and 3650 days."))
    values = {"internal_days": internal, "agent_days": agent}
    said = say("Lead times of {rule}", rule=KIND_LABELS[kind] if kind in KINDS else rule)
    return _on_rules(database, today, [rule], values, said, progress)


def checked_own_rule(table: Mapping[str, Any]) -> Rule:
    """A rule of the company as the engine would read it. Raises IpdeskError with the reason."""
    try:
        rule = read_rule(table, own=True)
    except Unreadable as error:
        raise IpdeskError(error.message) from error
    built_in = Law.load()
    if rule.id in built_in.by_id:
        raise IpdeskError(
            say("{rule} is a built-in rule. Give yours another id, e.g. OWN-1.", rule=rule.id)
        )
    problems = Law.load(own_rules=[table]).problems
    if problems:
        raise IpdeskError(problems[0])
    return rule


def save_own_rule(
    database: Database,
    today: date,
    table: Mapping[str, Any],
    *,
    replacing: str = "",
    progress: Progress | None = None,
) -> Change:
    """Add a rule in the form of the rule files, or put it in the place of *replacing*."""
    rule = checked_own_rule(table)
    stored = {k: v.isoformat() if isinstance(v, date) else v for k, v in table.items()}
    with database.write(say("Saved the rule {rule}", rule=rule.id)) as writer:
        rows = _rows(writer, [rule.id, replacing])
        old = rows.get(replacing or rule.id)
        if rule.id in rows and rule.id != replacing and replacing:
            raise IpdeskError(say("A rule {rule} exists already.", rule=rule.id))
        before = _places(writer, [replacing]) if replacing else set()
        if old is None:
            writer.insert(
                own_rule, {"rule": rule.id, "kind": "own", "definition": stored, **_PLAIN}
            )
        else:
            writer.update(own_rule, old, {"rule": rule.id, "definition": stored, "kind": "own"})
        return _finish(writer, today, before | _places(writer, [rule.id]), progress)


def delete_own_rule(
    database: Database, today: date, rule: str, *, progress: Progress | None = None
) -> Change:
    """A rule of the company goes, and with it the dates that nobody worked on."""
    with database.write(say("Deleted the rule {rule}", rule=rule)) as writer:
        found = writer.connection.execute(
            select(own_rule.c.id).where(own_rule.c.rule == rule, own_rule.c.kind == "own")
        ).scalar()
        if found is None:
            raise IpdeskError(say("{rule} is no rule of your own.", rule=rule))
        places = _places(writer, [rule])
        writer.delete(own_rule, [found])
        return _finish(writer, today, places, progress)


def add_closings(
    database: Database,
    today: date,
    office: str,
    days: Iterable[ListedDay],
    complete: int | None = None,
    *,
    progress: Progress | None = None,
) -> Change:
    """Closing days of an office; *complete*: the year whose whole published list this is."""
    listed = list(days)
    with database.write(say("Closing days of {office}: {n}", office=office, n=len(listed))) as w:
        c = own_closing.c
        known = {
            (kind, day)
            for kind, day in w.connection.execute(select(c.kind, c.day).where(c.office == office))
        }
        rows = [
            {"office": office, "kind": kind, "day": one.day, "note": one.note}
            for one in listed
            if ((kind := "working" if one.working else "closed"), one.day) not in known
        ]
        whole = None if complete is None else ("complete", date(complete, 1, 1))
        if whole is not None and whole not in known:
            rows.append({"office": office, "kind": whole[0], "day": whole[1], "note": ""})
        w.insert_many(own_closing, rows)
        return _finish(w, today, None, progress)


def remove_closings(
    database: Database, today: date, ids: Sequence[int], *, progress: Progress | None = None
) -> Change:
    """Days that the company had added go again."""
    with database.write(say("Removed {n} closing days", n=len(ids))) as writer:
        writer.delete(own_closing, list(ids))
        return _finish(writer, today, None, progress)


# ---- inside


def _on_rules(
    database: Database,
    today: date,
    rules: Sequence[str],
    values: Mapping[str, Any],
    said: Message,
    progress: Progress | None = None,
) -> Change:
    with database.write(said) as writer:
        known = _rows(writer, rules)
        for rule in dict.fromkeys(rules):
            if rule in known:
                writer.update(own_rule, known[rule], values)
            else:
                writer.insert(
                    own_rule,
                    {"rule": rule, "kind": "setting", "definition": None, **_PLAIN, **values},
                )
        wide = any(rule == DEFAULT or rule.startswith(OF_KIND) for rule in rules)
        places = None if wide else _places(writer, rules)
        return _finish(writer, today, places, progress)


def _rows(writer: Writer, rules: Iterable[str]) -> dict[str, int]:
    wanted = [rule for rule in rules if rule]
    statement = select(own_rule.c.rule, own_rule.c.id).where(own_rule.c.rule.in_(wanted))
    return {rule: int(i) for rule, i in writer.connection.execute(statement)}


def _places(writer: Writer, rules: Iterable[str]) -> set[tuple[str, str]]:
    """Office and right of every matter that the rules, or what counts from them, can concern."""
    law = docket_for(writer.connection, date.min).law
    return {
        (rule.office, right)
        for name in rules
        for rule in law.by_id.get(name, ())
        for right in rule.rights
    }


def _finish(
    writer: Writer,
    today: date,
    places: set[tuple[str, str]] | None,
    progress: Progress | None,
) -> Change:
    """Compute the concerned matters anew (None: all of them) under the law as it is now."""
    ids = _concerned(writer.connection, places)
    told = (lambda done: progress(done, len(ids))) if progress else None
    refresh(writer, ids, docket_for(writer.connection, today), progress=told)
    return Change.of(*_TOPICS, action=writer.action)


def _concerned(connection: Connection, places: set[tuple[str, str]] | None) -> list[int]:
    m = matter.c
    statement = select(m.id, m.office, m.right).where(m.archived.is_(False)).order_by(m.id)
    found = connection.execute(statement)
    if places is None:
        return [int(i) for i, _office, _right in found]
    national = any(right in ("invention", "utility_model") for _office, right in places)
    return [
        int(i)
        for i, office, right in found
        if (office, right) in places
        or ("*", right) in places
        or (national and right == "pct")  # it shows the entry limits of other offices
    ]
