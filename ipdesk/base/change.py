"""What an edit touched, so that views know whether to read again."""

from dataclasses import dataclass
from enum import StrEnum


class Topic(StrEnum):
    """Subjects that a page can care about."""

    MATTERS = "matters"
    PEOPLE = "people"
    EVENTS = "events"
    DEADLINES = "deadlines"
    IMPORTS = "imports"
    WATCH = "watch"
    LAYOUT = "layout"
    FEES = "fees"
    LAW = "law"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit touched: topics, matters (empty: too many to name), the action."""

    topics: frozenset[Topic] = frozenset()
    matters: tuple[int, ...] = ()
    action: int | None = None

    @classmethod
    def of(
        cls, *topics: Topic, matters: tuple[int, ...] = (), action: int | None = None
    ) -> "Change":
        return cls(frozenset(topics), matters, action)

    def touches(self, *topics: Topic) -> bool:
        return not self.topics.isdisjoint(topics)
