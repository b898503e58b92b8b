"""What a freedom-to-operate gate leaves open, found by rules beside what people name."""

from collections.abc import Iterable, Sequence

from ipdesk.base.i18n import Message, say
from ipdesk.core.watch.rows import GateRow, HitDetail
from ipdesk.core.watch.words import Feature, Level, Territory, Verdict

_GRAVE = (Level.HIGH, Level.CRITICAL)
_STILL_OPEN = (Territory.PCT_OPEN, Territory.PRIORITY_OPEN)


def gaps_of(gate: GateRow, families: Sequence[HitDetail]) -> tuple[Message, ...]:
    """Every gap of a gate; *families* are those it considered, whole."""
    return (*_of_gate(gate), *(gap for detail in families for gap in _of_family(gate, detail)))


def _of_gate(gate: GateRow) -> Iterable[Message]:
    if not gate.searches:
        yield say("No run of a watch stands behind it.")
    if not gate.markets:
        yield say("No market is named.")
    if not gate.families:
        yield say("No family was considered.")


def _of_family(gate: GateRow, detail: HitDetail) -> Iterable[Message]:
    row, name = detail.row, detail.row.key
    if row.reopened:
        yield say("{family} changed after its verdict: look at it again.", family=name)
    elif not row.verdict:
        yield say("{family} was not judged.", family=name)
    grave = row.verdict == Verdict.THREAT or row.grade in _GRAVE
    if grave and not detail.charts:
        yield say("{family} has no claim chart.", family=name)
    if grave and not row.grade:
        yield say("{family} is not graded.", family=name)
    unknown = sum(f.finding == Feature.UNKNOWN for c in detail.charts for f in c.features)
    if unknown:
        yield say("{n} features of {family} are not known.", n=unknown, family=name)
    if gate.conclusion and not any(f.conclusion for f in gate.families if f.family_id == row.id):
        yield say("Nothing is concluded on {family}.", family=name)
    yield from _of_markets(gate, detail)


def _of_markets(gate: GateRow, detail: HitDetail) -> Iterable[Message]:
    name = detail.row.key
    known = {market.office: market.state for market in detail.markets}
    unscreened = ", ".join(office for office in gate.markets if office not in known)
    unclear = ", ".join(o for o in gate.markets if known.get(o) == Territory.UNKNOWN)
    entering = ", ".join(o for o in gate.markets if known.get(o) in _STILL_OPEN)
    if unscreened:
        yield say(
            "{family} was not screened in {offices}: its watch does not name them.",
            family=name,
            offices=unscreened,
        )
    if unclear:
        yield say("{family}: status unknown in {offices}.", family=name, offices=unclear)
    if entering:
        yield say("{family} can still enter {offices}.", family=name, offices=entering)
