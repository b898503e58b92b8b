"""The law as the program knows it: every rule file read, checked and put in order."""

import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from ipdesk.base.assets import asset
from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.core.docket.national import national_tables
from ipdesk.core.docket.rules import Principle, Rule, ServiceModel
from ipdesk.core.docket.rules_reading import (
    Unreadable,
    inherited,
    read_principle,
    read_rule,
    read_service,
)

NATIONAL_PHASE = "national_phase.toml"
ROLES = ("receiving_office", "isa", "ipea")
"""Facts that name the office at which a PCT period rolls."""
_PRIORITY = "priority_date"
_Read = TypeVar("_Read", Rule, Principle, ServiceModel)


class Law:
    """Rules, principles and service models, by office and right; what did not load and why."""

    def __init__(
        self,
        rules: Iterable[Rule],
        principles: Iterable[Principle] = (),
        services: Iterable[ServiceModel] = (),
        *,
        switched_off: Collection[str] = frozenset(),
        confirmed: Collection[str] = frozenset(),
        problems: Iterable[Message] = (),
    ) -> None:
        self.switched_off = frozenset(switched_off)
        self.confirmed = frozenset(confirmed)
        self.principles = tuple(principles)
        self.services = tuple(services)
        self.problems = list(problems)
        self.all = self._consistent(tuple(rules))
        self.by_id: dict[str, tuple[Rule, ...]] = {}
        for rule in self.all:
            self.by_id[rule.id] = (*self.by_id.get(rule.id, ()), rule)
        self.referenced = frozenset(
            base[5:] for rule in self.all for base in rule.bases if base.startswith("rule:")
        ) | {rule.replaces[0] for rule in self.all if rule.replaces}
        self.graced = frozenset(rule.grace_of for rule in self.all if rule.grace_of)
        self.fact_names = tuple(
            sorted({c.name for rule in self.all for c in rule.conditions if c.is_fact})
        )
        self.amount_names = tuple(
            sorted({f for rule in self.all for f in (rule.period_fact, rule.percent_fact) if f})
        )
        self.deciding = frozenset((*self.fact_names, *self.amount_names, *ROLES))
        self._index: dict[tuple[str, str], tuple[Rule, ...]] = {}

    @classmethod
    def load(
        cls,
        own_rules: Iterable[Mapping[str, Any]] = (),
        switched_off: Collection[str] = frozenset(),
        confirmed: Collection[str] = frozenset(),
    ) -> "Law":
        """The built-in rules and the company's own; these never replace a built-in one."""
        tables = _stored()
        problems: list[Message] = []
        rules = _read(tables["rule"], problems, read_rule)
        taken = {rule.id for rule in rules}
        for number, table in enumerate(own_rules):
            if str(table.get("id", "")) in taken:
                problems.append(
                    say("Your rule {rule} has the id of a built-in rule.", rule=table["id"])
                )
                continue
            rules += _read([table], problems, partial(_own_rule, len(rules) + number))
        return cls(
            rules,
            _read(tables["principle"], problems, lambda t, _: read_principle(t)),
            _read(tables["service"], problems, lambda t, _: read_service(t)),
            switched_off=switched_off,
            confirmed=confirmed,
            problems=problems,
        )

    def rules(
        self, office: str | None = None, right: str | None = None, event: str | None = None
    ) -> list[Rule]:
        """The rules of an office, a right, an event, in the order of their files."""
        found = [
            rule
            for rule in self.all
            if (office is None or rule.office in (office, "*"))
            and (right is None or right in rule.rights)
            and (event is None or event in _events_of(rule))
        ]
        return sorted(found, key=lambda rule: rule.order)

    def rule(self, rule_id: str) -> Rule | None:
        """The first variant of a rule by its id."""
        return next(iter(self.by_id.get(rule_id, ())), None)

    def offices(self) -> list[str]:
        """Every office with a rule."""
        return sorted({rule.office for rule in self.all if rule.office != "*"})

    def for_matter(self, office: str, right: str) -> tuple[Rule, ...]:
        """Rules in force for an office and a right, each after those that it builds upon."""
        found = self._index.get((office, right))
        if found is None:
            found = self._index[office, right] = tuple(
                rule
                for rule in self.all
                if rule.office in (office, "*")
                and right in rule.rights
                and rule.id not in self.switched_off
            )
        return found

    def service_model(self, office: str, right: str, wanted: str = "") -> ServiceModel | None:
        """How documents of an office are served for a right, or the model that a rule names."""
        if wanted == "none":
            return None
        for model in self.services:
            if model.id == wanted or (
                not wanted and model.office == office and right in model.rights
            ):
                return model
        return None

    def _consistent(self, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        """Rules in order of what they build upon; those that lead nowhere or in a circle go."""
        known = {rule.id for rule in rules}
        waiting = [rule for rule in rules if _needed(rule) <= known]
        done: list[Rule] = []
        while waiting:
            unplaced = {rule.id for rule in waiting}
            replacing = {(r.replaces[0], r.id) for r in waiting if r.replaces}
            ready: list[Rule] = []
            later: list[Rule] = []
            for rule in waiting:
                (later if _waits(rule, unplaced, replacing) else ready).append(rule)
            if not ready:
                break
            done += ready
            waiting = later
        stuck = {id(rule) for rule in waiting}
        self.problems += [
            say(
                "The rule {rule} is not used: it builds upon {other}, which does not exist or"
                " builds upon it.",
                rule=rule.id,
                other=", ".join(sorted(_needed(rule) - known or _needed(rule))),
            )
            for rule in rules
            if id(rule) in stuck or not _needed(rule) <= known
        ]
        return tuple(done)


def _needed(rule: Rule) -> set[str]:
    needed = {base[5:] for base in rule.bases if base.startswith("rule:")}
    if rule.replaces:
        needed.add(rule.replaces[0])
    return needed


def _waits(rule: Rule, unplaced: set[str], replacing: set[tuple[str, str]]) -> bool:
    """Whether a rule that this one builds upon, or one that may replace it, is still to come."""
    needed = _needed(rule)
    return bool(needed & unplaced) or any(
        target in needed and replacer != rule.id for target, replacer in replacing
    )


def _events_of(rule: Rule) -> set[str]:
    named = {base for base in rule.bases if not base.startswith("rule:")}
    return named | set(rule.needs) | ({"priority", "filing"} if _PRIORITY in named else set())


def _own_rule(order: int, table: Mapping[str, Any], _: int) -> Rule:
    return read_rule(table, order, own=True)


def _read(
    tables: Iterable[Mapping[str, Any]],
    problems: list[Message],
    reader: Callable[[Mapping[str, Any], int], _Read],
) -> list[_Read]:
    found: list[_Read] = []
    for order, table in enumerate(tables):
        try:
            found.append(reader(table, order))
        except Unreadable as error:
            problems.append(error.message)
    return found


_kept: dict[tuple[str, ...], dict[str, list[dict[str, Any]]]] = {}


def _stored() -> dict[str, list[dict[str, Any]]]:
    """The tables of every rule file, with each file's defaults filled in; read once."""
    folder = asset("rules")
    paths = sorted(p for p in folder.glob("*.toml") if p.name != NATIONAL_PHASE)
    key = tuple(str(path) for path in paths)
    if key not in _kept:
        _kept[key] = _tables(paths, folder / NATIONAL_PHASE)
    return _kept[key]


def _tables(paths: Iterable[Path], national: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {"rule": [], "principle": [], "service": []}
    for path in paths:
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
        base = {"office": stored["office"], "checked": stored["checked"]}
        defaults = {**base, **stored.get("defaults", {})}
        for kind, filled in (("rule", defaults), ("principle", base), ("service", base)):
            whole = inherited(stored.get(kind, ())) if kind == "rule" else stored.get(kind, ())
            found[kind] += [{**filled, **table} for table in whole]
    written = {table["id"] for table in found["rule"]}
    if national.is_file():
        stored = tomllib.loads(national.read_text(encoding="utf-8"))
        found["rule"] += [t for t in national_tables(stored) if t["id"] not in written]
    return found


def basis_words(stored: str) -> Bilingual:
    """A legal basis as deadlines keep it, in English, with the Chinese of the rule files."""
    return _bases().get(stored) or Bilingual(stored, stored)


@cache
def _bases() -> dict[str, Bilingual]:
    written = (table["basis"] for table in _stored()["rule"] if "basis" in table)
    return {words["en"]: Bilingual(**words) for words in written if isinstance(words, dict)}


def checked_on(rules: Iterable[Rule]) -> date | None:
    """The oldest day on which any of the rules was last compared with its source."""
    return min((rule.checked for rule in rules), default=None)
