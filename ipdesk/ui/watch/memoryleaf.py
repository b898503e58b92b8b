"""What is remembered of a family: decisions with their facts, sightings, other watches."""

from __future__ import annotations

from functools import partial

from ipdesk.base.i18n import Message, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.watch.rows import HitDetail
from ipdesk.core.watch.words import VERDICT_LABELS
from ipdesk.core.watch.words import label as word
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.watch.facts import flow_of, heading
from ipdesk.ui.watch.marks import VERDICT_TONES
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import chip, label, selectable
from ipdesk.ui.widgets.scroll import Column, emptied

SIGHTINGS: dict[str, Message] = {
    "new": say("New"),
    "changed": say("Changed"),
    "known": say("Known, unchanged"),
}


class MemoryLeaf(Column):
    """Why something was cleared is never lost."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(margin=theme.px(12), gap=theme.px(6))
        self._desk = desk

    def put(self, detail: HitDetail) -> None:
        """Show a family."""
        emptied(self.box)
        heading(self.box, tr("Decisions"))
        if not detail.decisions:
            self.box.addWidget(label(tr("Nobody has decided yet."), "muted", wrap=True))
        for decision in detail.decisions:
            tone = VERDICT_TONES.get(decision.verdict, Tone.UNCHECKED)
            flow_of(
                self.box,
                [
                    label(f"{decision.on} {decision.by}".strip(), "caption"),
                    chip(tone, word(VERDICT_LABELS, decision.verdict)),
                ],
            )
            for words in (decision.reason, *map(str, decision.facts)):
                if words:
                    self.box.addWidget(selectable(words))
        heading(self.box, tr("Seen by runs"))
        for seen in detail.sightings:
            said = [f"{seen.ran_on}", word(SIGHTINGS, seen.state), *map(str, seen.changes)]
            self.box.addWidget(selectable(" · ".join(said)))
        self._add_elsewhere(detail)
        self.box.addStretch(1)

    def _add_elsewhere(self, detail: HitDetail) -> None:
        if not detail.elsewhere:
            return
        heading(self.box, tr("Also found by"))
        for other in detail.elsewhere:
            verdict = word(VERDICT_LABELS, other.verdict)
            go = partial(self._desk.go, Place.at("watch", None, family=str(other.family_id)))
            words = " · ".join(w for w in (other.watch, verdict, other.reason) if w)
            flow_of(self.box, [button(words, go, role="link")])
