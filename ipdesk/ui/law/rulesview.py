"""Rules of law: read each, with its source and the cases that prove it; what we say of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from ipdesk.base.i18n import ntr, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.docket import rule_edits
from ipdesk.core.docket.model import is_unverified
from ipdesk.core.docket.proofs import proofs_of
from ipdesk.core.docket.rule_words import (
    KIND_LABELS,
    ROUTE_LABELS,
    confidence_words,
    served_told,
    told,
    versions,
)
from ipdesk.core.docket.rules import Rule
from ipdesk.core.docket.setting import (
    DEFAULT,
    OF_KIND,
    OwnRule,
    own_definition,
    own_rules,
)
from ipdesk.core.portfolio.model import right_label
from ipdesk.core.portfolio.offices import office_name
from ipdesk.ui.desk import Desk
from ipdesk.ui.law.acts import change_law
from ipdesk.ui.law.entries import FACETS, STATES, Entry, columns, entries, key, named, words_of
from ipdesk.ui.law.proving import proved
from ipdesk.ui.law.ruleform import NEW, RuleForm
from ipdesk.ui.money.held import HeldSource
from ipdesk.ui.money.views import ListView
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.buttons import action, button
from ipdesk.ui.widgets.fields import day_editor, line_editor, number_editor
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection


class RulesView(ListView):
    """The list of rules; the one in focus is read out at the right."""

    def __init__(self, desk: Desk) -> None:
        read = partial(entries, desk.today())
        source = HeldSource("rules", columns(), read, key, FACETS, words_of)
        super().__init__(
            desk, source, self._nothing, "", tr("Select a rule to read it with its cases.")
        )
        main = action(self, tr("Add a rule of law…"), self.add)
        rest = [
            action(self, tr("Confirm…"), self.confirm),
            action(self, tr("Switch off"), partial(self.switch, True)),
            action(self, tr("Switch on"), partial(self.switch, False)),
            None,
            action(self, tr("Lead times of this rule…"), self.leads),
            action(self, tr("Lead times of its kind…"), self.leads_of_kind),
            action(self, tr("Lead times of all rules…"), partial(self.leads, DEFAULT)),
            None,
            self.list.export_action(tr("Rules")),
        ]
        self.add_actions(main, rest)

    def _nothing(self) -> Notice:
        return Notice("book-open", tr("No rules were loaded"), tr("Details are in the log."))

    # ------------------------------------------------------------------ acts

    def _picked(self) -> list[str]:
        return list(dict.fromkeys(e.rule.id for e in self.chosen()))

    def _need(self) -> list[str]:
        found = self._picked()
        if not found:
            self.desk.say(tr("Select a rule first."))
        return found

    def confirm(self) -> None:
        """Somebody read the source and vouches for the rules that are selected."""
        rules = self._need()
        if not rules:
            return
        person = self.desk.settings.values.user
        asked = (
            Asked("by", tr("Your name"), line_editor(), person, needed=True),
            Asked("on", tr("Day"), day_editor(), self.desk.today(), needed=True),
        )
        text = tr("Only after you have read the text of the law. Its dates lose their mark.")
        words = f"{', '.join(rules[:6])}{' …' if len(rules) > 6 else ''}. {text}"
        done = partial(self._confirm, rules)
        Asking(self, tr("Confirm"), words, asked, tr("Confirm"), done).open()

    def _confirm(self, rules: list[str], values: Mapping[str, Any]) -> None:
        said = ntr("{n} rule confirmed.", "{n} rules confirmed.", len(rules))
        change_law(self.desk, rule_edits.confirm, said, rules, values["by"], values["on"])

    def unconfirm(self) -> None:
        """Take the confirmation back."""
        rules = self._need()
        if rules:
            change_law(self.desk, rule_edits.confirm, tr("Done."), rules, "", None)

    def switch(self, off: bool) -> None:
        """The selected rules give dates no more, or again."""
        rules = self._need()
        if rules:
            change_law(self.desk, rule_edits.switch, tr("Done."), rules, off)

    def leads(self, rule: str = "") -> None:
        """Days before the official date, for ourselves and for the agent."""
        wanted = rule or next(iter(self._need()), "")
        if wanted:
            self.ask(partial(_leads, wanted), partial(self._ask_leads, wanted))

    def leads_of_kind(self) -> None:
        """The same days for every rule of the kind of the one in focus."""
        row = self.current()
        if row is None:
            self.desk.say(tr("Select a rule first."))
        else:
            self.leads(f"{OF_KIND}{row.rule.kind}")

    def _ask_leads(self, rule: str, days: tuple[int | None, int | None]) -> None:
        asked = (
            Asked("internal", tr("Internal date, days before"), number_editor(), days[0]),
            Asked("agent", tr("Agent date, days before"), number_editor(), days[1]),
        )
        title, words = _leads_of(rule)
        Asking(self, title, words, asked, tr("Save"), partial(self._save_leads, rule)).open()

    def _save_leads(self, rule: str, values: Mapping[str, Any]) -> None:
        days = (values["internal"], values["agent"])
        change_law(self.desk, rule_edits.set_leads, tr("Done."), rule, *days)

    def add(self) -> None:
        """A rule of the company's own."""
        RuleForm(self, NEW, self.desk.today(), partial(self._save, "")).open()

    def edit(self, rule: str) -> None:
        """Change a rule of our own."""
        self.ask(lambda connection: own_definition(connection, rule), partial(self._edit, rule))

    def _edit(self, rule: str, table: Mapping[str, Any]) -> None:
        RuleForm(self, table, self.desk.today(), partial(self._save, rule), fresh=False).open()

    def _save(self, replacing: str, table: dict[str, Any]) -> None:
        said = tr("Rule saved.")
        change_law(self.desk, rule_edits.save_own_rule, said, table, replacing=replacing)

    def delete(self, rule: str) -> None:
        """A rule of our own goes."""
        change_law(self.desk, rule_edits.delete_own_rule, tr("Rule deleted."), rule)

    # ------------------------------------------------------------------ the rule whole

    def show_row(self, row: Entry) -> None:
        rule, card = row.rule, self.detail
        card.begin(named(rule), rule.id)
        tone, words = STATES[row.state]
        marks: list[tuple[Tone, object]] = [(tone, words)]
        if row.unverified and row.state != "unverified":
            marks.append((Tone.UNCHECKED, STATES["unverified"][1]))
        card.chips(marks)
        card.buttons(self._buttons(row))
        card.sentences(tr("How it is computed"), told(rule))
        if row.service is not None:
            title = tr("When the document counts as received")
            card.sentences(title, served_told(row.service), numbered=False)
        self._facts(row)
        cases = proofs_of(rule.id)
        if cases:
            self.ask(partial(proved, cases, self.desk.today()), partial(self._show_cases, key(row)))
        else:
            card.end()

    def _buttons(self, row: Entry) -> list[Any]:
        rule, made = row.rule, []
        if row.unverified:
            made.append(button(tr("Confirm…"), self.confirm, role="main"))
        elif row.word.confirmed_by:
            made.append(button(tr("Take the confirmation back"), self.unconfirm))
        off = row.word.switched_off
        made.append(
            button(tr("Switch on") if off else tr("Switch off"), partial(self.switch, not off))
        )
        made.append(button(tr("Lead times…"), self.leads))
        if rule.own:
            made.append(button(tr("Change…"), partial(self.edit, rule.id)))
            made.append(button(tr("Delete"), partial(self.delete, rule.id)))
        return made

    def _facts(self, row: Entry) -> None:
        rule, word = row.rule, row.word
        confirmed = f"{word.confirmed_by} {word.confirmed_on or ''}".strip()
        office = tr("every office") if rule.office == "*" else office_name(rule.office)
        self.detail.facts(
            (
                (tr("Office"), f"{rule.office}  {office}"),
                (tr("Rights"), ", ".join(right_label(r) for r in sorted(rule.rights))),
                (
                    tr("Routes"),
                    ", ".join(str(w) for r, w in ROUTE_LABELS.items() if r in rule.routes),
                ),
                (tr("Kind"), KIND_LABELS[rule.kind]),
                (tr("Extension"), rule.extension),
                (tr("Late payment"), _late(rule)),
                (tr("Consequence"), rule.consequence),
                (tr("Note"), rule.note),
                (tr("Legal basis"), rule.basis),
                (tr("Source"), rule.source),
                (tr("How sure"), confidence_words(rule.confidence)),
                (tr("Confirmed"), confirmed if is_unverified(rule.confidence) else ""),
                (tr("Compared on"), rule.checked),
                (tr("Lead times"), _days(word)),
                (tr("Lead times of its kind"), _days(row.of_kind)),
                (tr("Other versions"), self._versions(row)),
            )
        )

    def _versions(self, row: Entry) -> str:
        source = self.source
        held = [source.row(i) for i in range(1, 2000)] if isinstance(source, HeldSource) else []
        same = [e.rule for e in held if e and _stem(e.rule.id) == _stem(row.rule.id)]
        others = [r for r in same if (r.id, r.variant) != key(row)]
        return "\n".join(version_words(r) for r in others)

    def _show_cases(self, wanted: tuple[str, str], lines: list[str]) -> None:
        row = self.current()
        if row is None or key(row) != wanted:
            return
        self.detail.sentences(tr("Cases that prove it"), lines, numbered=False)
        self.detail.end()


def version_words(rule: Rule) -> str:
    """What tells one version of a rule from another: its rights, and when it is in force."""
    rights = ", ".join(right_label(r) for r in sorted(rule.rights))
    name = f"{rule.id}, {rule.variant_words}" if rule.variant_words else rule.id
    whose = tr("{name}: {rights}.", name=name, rights=rights)
    return " ".join([whose, *(str(v) for v in versions(rule))])


def _stem(rule: str) -> str:
    for suffix in ("-OLD", "-2027"):
        rule = rule.removesuffix(suffix)
    return rule


def _late(rule: Any) -> str:
    steps = [tr("month {n}: {percent} %", n=s.months, percent=s.percent) for s in rule.surcharge]
    text = str(rule.surcharge_text or "")
    return f"{text} ({'; '.join(steps)})" if steps else text


def _days(word: OwnRule) -> str:
    """Our and the agent's days where the company set any: ``60 / –``."""
    days = (word.internal_days, word.agent_days)
    if all(d is None for d in days):
        return ""
    return " / ".join("–" if d is None else str(d) for d in days)


def _leads_of(rule: str) -> tuple[str, str]:
    """The title and the sentence of the form for one rule, a kind or all rules."""
    if rule == DEFAULT:
        usual = tr("Nothing here means the program's own: 14 and 30 days.")
        return tr("Lead times of all rules"), usual
    kind = rule.removeprefix(OF_KIND)
    if kind != rule:
        text = tr("Nothing here means as for all rules.")
        return tr("Lead times of a kind: {kind}", kind=KIND_LABELS[kind]), text
    text = tr("Nothing here means as for its kind, else as for all rules.")
    return tr("Lead times"), f"{rule}. {text}"


def _leads(rule: str, connection: Connection) -> tuple[int | None, int | None]:
    found = next((w for w in own_rules(connection) if w.rule == rule), None)
    return (found.internal_days, found.agent_days) if found else (None, None)
