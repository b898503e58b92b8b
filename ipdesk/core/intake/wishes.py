"""What the user wants of an import beside the ticks: which changes are taken, which families hold.

A policy stands for a field: take what the list says, keep what stands here, or ask line by line.
What is asked and not yet answered stays as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from ipdesk.core.intake.plan import Entry

RowKey = tuple[str, int]  # sheet and line of the first row: what stays when the plan is made again


class Policy(StrEnum):
    """What becomes of the changes of one field."""

    TAKE = "take"
    KEEP = "keep"
    ASK = "ask"


def row_key(entry: Entry) -> RowKey:
    """Where an entry stands in the file."""
    first = entry.proposal.drafts[0]
    return first.sheet, first.row


@dataclass(frozen=True, slots=True)
class Wishes:
    """Decisions of the user; without any, every change is taken."""

    policies: Mapping[str, Policy] = field(default_factory=dict)
    decided: Mapping[tuple[RowKey, str], bool] = field(default_factory=dict)  # True: taken
    families: Mapping[RowKey, str] = field(default_factory=dict)  # empty: of no family

    @classmethod
    def keeping(cls, *fields: str) -> "Wishes":
        """The values of these fields stay, whatever the list says."""
        return cls(dict.fromkeys(fields, Policy.KEEP))

    def policy(self, field: str) -> Policy:
        return self.policies.get(field, Policy.TAKE)

    def takes(self, entry: Entry, field: str) -> bool:
        """Whether a change is written; an answer for the line counts more than the policy."""
        answer = self.decided.get((row_key(entry), field)) if self.decided else None
        return answer if answer is not None else self.policy(field) is Policy.TAKE

    def asked(self, entry: Entry) -> tuple[str, ...]:
        """The changed fields of an entry that wait for an answer."""
        if Policy.ASK not in self.policies.values():
            return ()
        return tuple(
            d.field
            for d in entry.differences
            if self.policy(d.field) is Policy.ASK and (row_key(entry), d.field) not in self.decided
        )

    def family(self, entry: Entry) -> str:
        """The family of an entry, as proposed or as the user changed it."""
        return self.families.get(row_key(entry), entry.family) if self.families else entry.family

    def with_policy(self, field: str, policy: Policy) -> "Wishes":
        return replace(self, policies={**self.policies, field: policy})

    def with_answer(self, entry: Entry, field: str, taken: bool) -> "Wishes":
        return replace(self, decided={**self.decided, (row_key(entry), field): taken})

    def with_family(self, entries: list[Entry], family: str) -> "Wishes":
        """These entries belong to a family (empty: to none)."""
        return replace(self, families={**self.families, **{row_key(e): family for e in entries}})


NO_WISHES = Wishes()
