"""What the user chooses in the preview: lines to take, changes to take or keep, families."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from ipdesk.core.intake.plan import Verdict
from ipdesk.core.intake.wishes import Policy, Wishes
from ipdesk.ui.intake.preview import Preview


class Choosing(QObject):
    """The choices about the preview in sight."""

    ticked = Signal()

    def choose_anew(self) -> None:
        """No preview, and nothing chosen."""
        self.preview: Preview | None = None
        self.unticked: set[int] = set()  # places of the preview
        self.wishes = Wishes()

    def takes(self, place: int) -> bool:
        """Whether an entry will be written."""
        return (
            self.preview is not None
            and place in self.preview.open_places
            and place not in self.unticked
        )

    def tick(self, places: Iterable[int], taken: bool) -> None:
        """Take entries or leave them out."""
        if self.preview is None:
            return
        if taken:
            self.unticked.difference_update(places)
        else:
            self.unticked.update(self.preview.open_places.intersection(places))
        self.ticked.emit()

    @property
    def taken(self) -> int:
        """How many entries will be written."""
        return len(self.preview.open_places) - len(self.unticked) if self.preview else 0

    def wish(self, wishes: Wishes) -> None:
        """Decide otherwise which changes are taken and which families hold."""
        self.wishes = wishes
        self.ticked.emit()

    @property
    def asked(self) -> int:
        """How many entries that will be written wait for an answer."""
        if self.preview is None or Policy.ASK not in self.wishes.policies.values():
            return 0
        changed = self.preview.places[Verdict.CHANGED]
        return sum(
            1
            for p in changed
            if p not in self.unticked and self.wishes.asked(self.preview.entry(p))
        )
