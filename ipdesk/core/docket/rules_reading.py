"""Reading rules of law from their written form (TOML tables); what is incomplete is refused."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.core.docket.arithmetic import ADJUSTMENTS, ULTIMO, parse_period
from ipdesk.core.docket.rules import (
    KINDS,
    Applies,
    Condition,
    Principle,
    Roll,
    Rule,
    Series,
    ServiceModel,
    ServicePeriod,
    Step,
    Term,
    Window,
)

Table = Mapping[str, Any]
_STYLES = ("same_day", "next_day", "month_end", "month_start", "from_start")
_KNOWN = frozenset(
    "id variant like label kind office rights routes trigger period later_of earlier_of not_before"
    " not_after series n begin adjust when needs unless only_after lenient only_until skip printed"
    " within plain_base extended ceiling period_fact percent_fact applies service opens grace_of"
    " lengthened estimate withdrawn"
    " replaces surcharge consequence extension note part_of detail basis source confidence checked"
    " roll".split()
)


class Unreadable(ValueError):
    """A rule that does not load, with the reason in one sentence."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def inherited(tables: Iterable[Table]) -> list[dict[str, Any]]:
    """Tables with ``like`` filled from the rule they name, written before them."""
    known: dict[str, dict[str, Any]] = {}
    whole: list[dict[str, Any]] = []
    for table in tables:
        full = dict(table)
        model = full.pop("like", None)
        if model is not None:
            if model not in known:
                _refuse(
                    table, say("it follows {other}, which is not written before it", other=model)
                )
            left_out = full.pop("without", ())
            base = {k: v for k, v in known[model].items() if k not in left_out and k != "variant"}
            full = {**base, **full}
        known.setdefault(str(full.get("id", "")), full)
        whole.append(full)
    return whole


def read_rule(table: Table, order: int = 0, *, own: bool = False) -> Rule:
    """One rule. Raises Unreadable: no source, no label in a language, an unknown word …"""
    unknown = sorted(set(table) - _KNOWN)
    if unknown:
        _refuse(table, say("it has unknown entries: {words}", words=", ".join(unknown)))
    for needed in (
        "id",
        "office",
        "label",
        "kind",
        "rights",
        "trigger",
        "basis",
        "source",
        "confidence",
        "checked",
        "roll",
    ):
        if not table.get(needed):
            _refuse(table, say("it has no {entry}", entry=needed))
    _check_words(table)
    try:
        return _rule(table, order, own)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, Unreadable):
            raise
        reason = say("an entry cannot be read ({word})", word=str(error))
        raise Unreadable(_said(table, reason)) from error


def _rule(table: Table, order: int, own: bool) -> Rule:
    whole = table.get("ceiling", {})
    ceiling_of = next(iter(whole), "")
    replaces = table.get("replaces")
    applies = table.get("applies")
    return Rule(
        id=str(table["id"]),
        office=str(table["office"]),
        label=_bilingual(table, "label"),
        kind=str(table["kind"]),
        rights=frozenset(table["rights"]),
        term=_term(table),
        roll=Roll(table["roll"]),
        basis=_words(table, "basis"),
        source=_words(table, "source"),
        confidence=str(table["confidence"]),
        checked=_day(table["checked"]),
        variant_words=_words(table, "variant") if table.get("variant") else None,
        order=order,
        routes=frozenset(table.get("routes", ())),
        later_of=_terms(table.get("later_of")),
        earlier_of=_terms(table.get("earlier_of")),
        not_before=_terms(table.get("not_before")),
        not_after=_terms(table.get("not_after")),
        series=_series(table.get("series")),
        n=table.get("n"),
        begin=str(table.get("begin", "")),
        adjust=str(table.get("adjust", "")),
        conditions=tuple(_condition(k, v) for k, v in table.get("when", {}).items()),
        needs=tuple(table.get("needs", ())),
        unless=tuple(table.get("unless", ())),
        only_after=str(table.get("only_after", "")),
        lenient=bool(table.get("lenient", False)),
        only_until=str(table.get("only_until", "")),
        skip=int(table.get("skip", 0)),
        within=_term(table["within"]) if table.get("within") else None,
        withdrawn=str(table.get("withdrawn", "")),
        plain_base=bool(table.get("plain_base", False)),
        printed=bool(table.get("printed", True)),
        extended=bool(table.get("extended", False)),
        ceiling=parse_period(whole[ceiling_of]) if ceiling_of else None,
        ceiling_of=ceiling_of,
        period_fact=str(table.get("period_fact", "")),
        lengthened=bool(table.get("lengthened", False)),
        estimate=str(table.get("estimate", "")),
        percent_fact=str(table.get("percent_fact", "")),
        applies=_applies(applies) if applies else None,
        service=str(table.get("service", "")),
        windows=tuple(_window(w) for w in _listed(table.get("opens"))),
        grace_of=str(table.get("grace_of", "")),
        replaces=(str(replaces["rule"]), int(replaces["n"])) if replaces else None,
        surcharge=_steps(table.get("surcharge", {})),
        surcharge_text=_maybe(table.get("surcharge", {}), "text"),
        consequence=_maybe(table, "consequence"),
        extension=_maybe(table, "extension"),
        note=_maybe(table, "note"),
        part_of=str(table.get("part_of", table.get("grace_of", ""))),
        detail=bool(table.get("detail", False)),
        own=own,
    )


def read_principle(table: Table) -> Principle:
    """A provision without a date of its own. Raises Unreadable."""
    for needed in ("id", "office", "label", "text", "basis", "source", "confidence", "checked"):
        if not table.get(needed):
            _refuse(table, say("it has no {entry}", entry=needed))
    return Principle(
        id=str(table["id"]),
        office=str(table["office"]),
        label=_bilingual(table, "label"),
        text=_bilingual(table, "text"),
        basis=_words(table, "basis"),
        source=_words(table, "source"),
        confidence=str(table["confidence"]),
        checked=_day(table["checked"]),
    )


def read_service(table: Table) -> ServiceModel:
    """How an office's documents reach their addressee. Raises Unreadable."""
    for needed in ("id", "office", "rights", "label", "way", "basis", "source", "confidence"):
        if not table.get(needed):
            _refuse(table, say("it has no {entry}", entry=needed))
    ways = tuple(
        ServicePeriod(
            service=str(way["service"]),
            period=parse_period(way.get("period", "0 days")),
            received=str(way.get("received", "ignored")),
            grace_days=int(way.get("grace_days", 0)),
            since=way.get("from"),
            until=way.get("until"),
        )
        for way in table["way"]
    )
    return ServiceModel(
        id=str(table["id"]),
        office=str(table["office"]),
        rights=frozenset(table["rights"]),
        label=_bilingual(table, "label"),
        periods=ways,
        basis=_words(table, "basis"),
        source=_words(table, "source"),
        confidence=str(table["confidence"]),
    )


def _check_words(table: Table) -> None:
    if table["kind"] not in KINDS:
        _refuse(table, say("{word} is no kind of deadline", word=table["kind"]))
    for entry, special in (("begin", ""), ("adjust", ULTIMO)):
        if table.get(entry, "") not in ("", special, *ADJUSTMENTS):
            _refuse(table, say("{word} is no way to move a day", word=table[entry]))
    for name in ("later_of", "earlier_of", "not_before", "not_after"):
        for limb in _listed(table.get(name)):
            for word in (limb.get("begin", ""), limb.get("adjust", "")):
                if word not in ("", *ADJUSTMENTS):
                    _refuse(table, say("{word} is no way to move a day", word=word))
    for window in _listed(table.get("opens")):
        if window.get("style", "same_day") not in _STYLES:
            _refuse(table, say("{word} is no way to open a window", word=window["style"]))


def _refuse(table: Table, reason: Message) -> None:
    raise Unreadable(_said(table, reason))


def _said(table: Table, reason: Message) -> Message:
    return say("The rule {rule} is not used: {reason}.", rule=table.get("id") or "?", reason=reason)


def _bilingual(table: Table, entry: str) -> Bilingual:
    words = table[entry]
    if not isinstance(words, Mapping) or not words.get("en") or not words.get("zh"):
        raise Unreadable(
            _said(table, say("its {entry} must be given in English and Chinese", entry=entry))
        )
    return Bilingual(str(words["en"]), str(words["zh"]))


def _words(table: Table, entry: str) -> Bilingual:
    """Both languages, or one text for both: a name, or what a company wrote in its own rule."""
    words = table[entry]
    return Bilingual(words, words) if isinstance(words, str) else _bilingual(table, entry)


def _maybe(table: Table, entry: str) -> Bilingual | None:
    return _bilingual(table, entry) if table.get(entry) else None


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _listed(value: Any) -> list[Table]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _strings(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _term(table: Table) -> Term:
    return Term(
        bases=_strings(table["trigger"]),
        period=parse_period(table.get("period", "0 days")),
        optional=bool(table.get("optional", False)),
        routes=frozenset(table.get("only_routes", ())),
    )


def _limb(table: Table) -> Term:
    begin, adjust = str(table.get("begin", "")), str(table.get("adjust", ""))
    return replace(_term(table), begin=begin, adjust=adjust)


def _terms(value: Any) -> tuple[Term, ...]:
    return tuple(_limb(table) for table in _listed(value))


def _series(table: Table | None) -> Series | None:
    if table is None:
        return None
    first = int(table["first"])
    number = str(table.get("number", "annuity_year"))
    if "months" in table:
        return Series(first, tuple(int(m) for m in table["months"]), number)
    every = parse_period(table["every"]).months
    shift = {"start": 1, "end": 0}[table.get("at", "end")]
    numbers = range(first, int(table["last"]) + 1)
    return Series(first, tuple(every * (n - shift) for n in numbers), number)


def _steps(table: Table) -> tuple[Step, ...]:
    return tuple(Step(int(s["months"]), int(s["percent"])) for s in table.get("steps", ()))


def _window(table: Table) -> Window:
    return Window(
        months=parse_period(table["before"]).months,
        style=str(table.get("style", "same_day")),
        n=table.get("n"),
        due_from=table.get("due_from"),
    )


def _applies(table: Table) -> Applies:
    return Applies(
        on=str(table["on"]),
        since=_day(table["from"]) if "from" in table else None,
        until=_day(table["until"]) if "until" in table else None,
    )


_OF_THE_EVENT: dict[str, Callable[[Any], Condition]] = {
    "ordinal": lambda v: Condition("ordinal", (int(v),)),
    "ordinal_from": lambda v: Condition("ordinal", (), least=int(v)),
    "service": lambda v: Condition("service", _strings(v)),
    "event_office": lambda v: Condition("office", _strings(v)),
}


def _condition(name: str, value: Any) -> Condition:
    if name in _OF_THE_EVENT:
        return _OF_THE_EVENT[name](value)
    if isinstance(value, Mapping):
        wanted = value["is"]
        values = tuple(wanted) if isinstance(wanted, list) else (wanted,)
        return Condition(name, values, default=value.get("default"), is_fact=True)
    return Condition(name, (value,), is_fact=True)
