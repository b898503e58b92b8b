"""The choices of layout planning: roles, rights, statuses, disclosures, states, and their words."""

from enum import StrEnum

from ipdesk.base.i18n import Message, say
from ipdesk.core.portfolio.model import RIGHT_LABELS, Right

SAME_DAY_PAIR = "same_day_pair"
"""An invention and a utility model filed on one day (同日申请)."""


class Role(StrEnum):
    """What a filing is for, within the fence that protects a product."""

    CORE = "core"
    FENCE = "fence"
    IMPROVEMENT = "improvement"
    CHAIN = "chain"
    DECOY = "decoy"
    PUBLICATION = "defensive_publication"
    SECRET = "trade_secret"


class RowStatus(StrEnum):
    """From an idea to a filing; ``filed`` is read off the linked matter too."""

    IDEA = "idea"
    SEARCH = "search"
    APPROVAL = "approval"
    APPROVED = "approved"
    DRAFTING = "drafting"
    FILED = "filed"
    DROPPED = "dropped"


class PlanKind(StrEnum):
    """What a plan is made for."""

    ANNUAL = "annual"
    FINANCING = "financing"
    WHAT_IF = "what_if"
    PROGRAMME = "programme"


class PlanStatus(StrEnum):
    """A draft can be edited; an approved version only moves on; a frozen one stays as it was."""

    DRAFT = "draft"
    APPROVED = "approved"
    FROZEN = "frozen"


class LaunchKind(StrEnum):
    """What happens to a product in a market."""

    LAUNCH = "launch"
    PILOT = "pilot"
    PRODUCTION = "production"
    RIVAL = "rival"  # a competitor makes or sells there


PUBLIC_LAUNCHES = frozenset({LaunchKind.LAUNCH, LaunchKind.PILOT})
"""What makes a product known; making it behind closed doors does not."""


class DisclosureKind(StrEnum):
    """Occasions on which something of ours becomes public."""

    EXHIBITION = "exhibition"
    PAPER = "paper"
    SALE = "sale"
    TENDER = "tender"
    WEB = "web"
    STANDARD = "standard"
    OTHER = "other"


class Ground(StrEnum):
    """What may excuse a disclosure under a narrow grace period."""

    RECOGNISED_EXHIBITION = "recognised_exhibition"
    PRESCRIBED_CONFERENCE = "prescribed_conference"
    WITHOUT_CONSENT = "without_consent"
    EMERGENCY = "emergency"


class Word(StrEnum):
    """What a person says of a cell, whatever is counted in it."""

    NOT_NEEDED = "not_needed"
    WANTED = "wanted"
    CROWDED = "crowded"


class CellState(StrEnum):
    """Whether somebody looked. An unchecked cell is never called blank."""

    CHECKED = "checked"
    STALE = "stale"
    UNCHECKED = "unchecked"


class ClockState(StrEnum):
    """How a last safe day stands today."""

    PASSED = "passed"
    URGENT = "urgent"
    OPEN = "open"
    FILED = "filed"


class Standing(StrEnum):
    """Whether protection stands in a market before the launch."""

    IN_FORCE = "in_force"
    PENDING = "pending"
    CAN_ENTER = "can_enter"
    ACCEPTED = "accepted_risk"
    GAP = "gap"


class InventionState(StrEnum):
    """Where an invention disclosure stands."""

    NEW = "new"
    REVIEW = "review"
    DECIDED = "decided"


class Advice(StrEnum):
    """What a reviewer advises and what is decided on an invention disclosure."""

    FILE = "file"
    SECRET = "keep_secret"
    PUBLISH = "publish"
    IMPROVE = "improve"
    REJECT = "reject"


class Foreign(StrEnum):
    """What was decided before a priority year ended."""

    PCT = "pct"
    OFFICES = "offices"
    NONE = "none"


ROLE_LABELS: dict[str, Message] = {
    Role.CORE: say("Core"),
    Role.FENCE: say("Fence"),
    Role.IMPROVEMENT: say("Improvement"),
    Role.CHAIN: say("Chain"),
    Role.DECOY: say("Decoy"),
    Role.PUBLICATION: say("Defensive publication"),
    Role.SECRET: say("Trade secret"),
}

PLAN_RIGHTS: dict[str, Message] = {
    Right.INVENTION: RIGHT_LABELS[Right.INVENTION],
    Right.UTILITY_MODEL: RIGHT_LABELS[Right.UTILITY_MODEL],
    SAME_DAY_PAIR: say("Same-day invention and utility model"),
    Right.DESIGN: RIGHT_LABELS[Right.DESIGN],
    Right.PCT: RIGHT_LABELS[Right.PCT],
    Right.TRADE_SECRET: RIGHT_LABELS[Right.TRADE_SECRET],
    "publication": say("Publication"),
}

ROW_STATUS_LABELS: dict[str, Message] = {
    RowStatus.IDEA: say("Idea"),
    RowStatus.SEARCH: say("Being searched"),
    RowStatus.APPROVAL: say("For approval"),
    RowStatus.APPROVED: say("Approved"),
    RowStatus.DRAFTING: say("Drafting"),
    RowStatus.FILED: say("Filed"),
    RowStatus.DROPPED: say("Dropped"),
}

PLAN_KIND_LABELS: dict[str, Message] = {
    PlanKind.ANNUAL: say("Annual plan"),
    PlanKind.FINANCING: say("Financing story"),
    PlanKind.WHAT_IF: say("What if"),
    PlanKind.PROGRAMME: say("Programme"),
}

PLAN_STATUS_LABELS: dict[str, Message] = {
    PlanStatus.DRAFT: say("Draft"),
    PlanStatus.APPROVED: say("Approved"),
    PlanStatus.FROZEN: say("Frozen"),
}

LAUNCH_LABELS: dict[str, Message] = {
    LaunchKind.LAUNCH: say("Market launch"),
    LaunchKind.PILOT: say("Pilot delivery"),
    LaunchKind.PRODUCTION: say("Production site"),
    LaunchKind.RIVAL: say("Competitors make or sell here"),
}

DISCLOSURE_LABELS: dict[str, Message] = {
    DisclosureKind.EXHIBITION: say("Exhibition"),
    DisclosureKind.PAPER: say("Paper"),
    DisclosureKind.SALE: say("Offer or sale"),
    DisclosureKind.TENDER: say("Tender"),
    DisclosureKind.WEB: say("Website or media"),
    DisclosureKind.STANDARD: say("Standards meeting"),
    DisclosureKind.OTHER: say("Other disclosure"),
}

GROUND_LABELS: dict[str, Message] = {
    Ground.RECOGNISED_EXHIBITION: say("Recognised international exhibition"),
    Ground.PRESCRIBED_CONFERENCE: say("Prescribed academic or technical meeting"),
    Ground.WITHOUT_CONSENT: say("Disclosed without our consent"),
    Ground.EMERGENCY: say("National emergency"),
}

WORD_LABELS: dict[str, Message] = {
    Word.NOT_NEEDED: say("Not needed"),
    Word.WANTED: say("Wanted"),
    Word.CROWDED: say("Crowded"),
}

CELL_STATE_LABELS: dict[str, Message] = {
    CellState.CHECKED: say("Checked"),
    CellState.STALE: say("Search out of date"),
    CellState.UNCHECKED: say("Unchecked"),
}

CLOCK_LABELS: dict[str, Message] = {
    ClockState.PASSED: say("Too late"),
    ClockState.URGENT: say("Urgent"),
    ClockState.OPEN: say("In time"),
    ClockState.FILED: say("Filed"),
}

STANDING_LABELS: dict[str, Message] = {
    Standing.IN_FORCE: say("In force"),
    Standing.PENDING: say("Pending"),
    Standing.CAN_ENTER: say("Can still enter"),
    Standing.ACCEPTED: say("Risk accepted"),
    Standing.GAP: say("Gap"),
}

INVENTION_STATE_LABELS: dict[str, Message] = {
    InventionState.NEW: say("New"),
    InventionState.REVIEW: say("Under review"),
    InventionState.DECIDED: say("Decided"),
}

ADVICE_LABELS: dict[str, Message] = {
    Advice.FILE: say("File"),
    Advice.SECRET: say("Keep secret"),
    Advice.PUBLISH: say("Publish"),
    Advice.IMPROVE: say("Send back"),
    Advice.REJECT: say("Do not pursue"),
}

FOREIGN_LABELS: dict[str, Message] = {
    Foreign.PCT: say("File a PCT application"),
    Foreign.OFFICES: say("File at single offices"),
    Foreign.NONE: say("No filing abroad"),
}


def label(labels: dict[str, Message], value: str | None) -> str:
    """The word for a choice, in the current language; an unknown one as it stands."""
    return str(labels.get(value or "", value or ""))


def plan_right_label(right: str) -> str:
    """The word for a right of a plan row; the same-day pair is one."""
    return label(PLAN_RIGHTS | RIGHT_LABELS, right)
