"""The choices of early warning: kinds of watch, verdicts, grades, answers, and their words."""

from datetime import date
from enum import StrEnum

from ipdesk.base.i18n import Message, say

DISCLAIMER = say("Screening record, not a legal opinion")
"""Stands on every page and paper of this subject."""


class WatchKind(StrEnum):
    """What kind of question a watch asks."""

    COMPETITOR = "competitor"
    TECHNOLOGY = "technology"
    CITATION = "citation"
    INVENTOR = "inventor"
    LEGAL_STATUS = "legal_status"
    FTO = "fto"
    TRADEMARK = "trademark"
    DOMAIN = "domain"


class Verdict(StrEnum):
    """What a reader says of a hit family."""

    IRRELEVANT = "irrelevant"
    BACKGROUND = "background"
    RELEVANT = "relevant"
    THREAT = "threat"


DISMISSED = frozenset({Verdict.IRRELEVANT, Verdict.BACKGROUND})
"""Verdicts that put a family away; they need a reason in one line."""


class Level(StrEnum):
    """Four levels: of likelihood, of impact, and of the grade that comes of both."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Feature(StrEnum):
    """What a claim chart says of one feature against a product."""

    SAME = "same"
    EQUIVALENT = "equivalent"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class AnswerKind(StrEnum):
    """What a company can do about a family."""

    KEEP_WATCHING = "keep_watching"
    DESIGN_AROUND = "design_around"
    LICENSE = "license"
    CROSS_LICENSE = "cross_license"
    OPPOSE = "oppose"
    INVALIDATE = "invalidate"
    WAIT_FOR_EXPIRY = "wait_for_expiry"
    LEAVE_TERRITORY = "leave_territory"
    FILE_IMPROVEMENTS = "file_improvements"
    LEGAL_OPINION = "legal_opinion"


class AnswerState(StrEnum):
    """Where an answer stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Stage(StrEnum):
    """When freedom to operate is asked for."""

    CONCEPT = "concept"
    DESIGN_FREEZE = "design_freeze"
    LAUNCH = "launch"
    FUND_RAISING = "fund_raising"
    LISTING = "listing"


class Conclusion(StrEnum):
    """What a gate found."""

    CLEAR = "clear"
    CONDITIONS = "conditions"
    BLOCKED = "blocked"


class Territory(StrEnum):
    """How a family stands in one market."""

    IN_FORCE = "in_force"
    PENDING = "pending"
    PCT_OPEN = "pct_open"
    PRIORITY_OPEN = "priority_open"
    NOT_IN_FORCE = "not_in_force"
    NONE_SEEN = "none_seen"
    UNKNOWN = "unknown"


WATCH_KIND_LABELS: dict[str, Message] = {
    WatchKind.COMPETITOR: say("Competitor"),
    WatchKind.TECHNOLOGY: say("Technology"),
    WatchKind.CITATION: say("Citation"),
    WatchKind.INVENTOR: say("Inventor"),
    WatchKind.LEGAL_STATUS: say("Legal status"),
    WatchKind.FTO: say("Freedom to operate"),
    WatchKind.TRADEMARK: say("Trademark"),
    WatchKind.DOMAIN: say("Domain name"),
}

VERDICT_LABELS: dict[str, Message] = {
    "": say("Not reviewed"),
    Verdict.IRRELEVANT: say("Irrelevant"),
    Verdict.BACKGROUND: say("Background"),
    Verdict.RELEVANT: say("Relevant"),
    Verdict.THREAT: say("Threat"),
}

LEVEL_LABELS: dict[str, Message] = {
    Level.LOW: say("Low"),
    Level.MEDIUM: say("Medium"),
    Level.HIGH: say("High"),
    Level.CRITICAL: say("Critical"),
}

FEATURE_LABELS: dict[str, Message] = {
    Feature.SAME: say("Same"),
    Feature.EQUIVALENT: say("Equivalent"),
    Feature.ABSENT: say("Absent"),
    Feature.UNKNOWN: say("Not known"),
}

ANSWER_LABELS: dict[str, Message] = {
    AnswerKind.KEEP_WATCHING: say("Keep watching"),
    AnswerKind.DESIGN_AROUND: say("Design around"),
    AnswerKind.LICENSE: say("Take a licence"),
    AnswerKind.CROSS_LICENSE: say("Cross-license"),
    AnswerKind.OPPOSE: say("Observe or oppose"),
    AnswerKind.INVALIDATE: say("Invalidate"),
    AnswerKind.WAIT_FOR_EXPIRY: say("Wait for expiry"),
    AnswerKind.LEAVE_TERRITORY: say("Leave the territory"),
    AnswerKind.FILE_IMPROVEMENTS: say("File improvements"),
    AnswerKind.LEGAL_OPINION: say("Obtain a legal opinion"),
}

ANSWER_STATE_LABELS: dict[str, Message] = {
    AnswerState.OPEN: say("Under way"),
    AnswerState.DONE: say("Done"),
    AnswerState.DROPPED: say("Dropped"),
}

STAGE_LABELS: dict[str, Message] = {
    Stage.CONCEPT: say("Concept"),
    Stage.DESIGN_FREEZE: say("Design freeze"),
    Stage.LAUNCH: say("Launch"),
    Stage.FUND_RAISING: say("Fund-raising"),
    Stage.LISTING: say("Listing"),
}

CONCLUSION_LABELS: dict[str, Message] = {
    "": say("Not concluded"),
    Conclusion.CLEAR: say("No obstacle found"),
    Conclusion.CONDITIONS: say("Passable with conditions"),
    Conclusion.BLOCKED: say("Blocked"),
}

TERRITORY_LABELS: dict[str, Message] = {
    Territory.IN_FORCE: say("In force there"),
    Territory.PENDING: say("Pending there"),
    Territory.PCT_OPEN: say("PCT not yet entered"),
    Territory.PRIORITY_OPEN: say("Priority year still open"),
    Territory.NOT_IN_FORCE: say("Not in force there"),
    Territory.NONE_SEEN: say("No member seen"),
    Territory.UNKNOWN: say("Status unknown"),
}

DATABASE_LABELS: dict[str, str | Message] = {
    "espacenet": "Espacenet",
    "lens": "Lens",
    "google": "Google Patents",
    "patentscope": "PATENTSCOPE",
    "cnipa": "CNIPA",
    "patsnap": say("PatSnap"),
    "incopat": "incoPat",
    "other": say("Other source"),
}
"""Databases known by name; any other name is taken as the user wrote it."""


def label(labels: dict[str, Message], value: str | None) -> str:
    """The word for a choice, in the current language; an unknown one as it stands."""
    return str(labels.get(value or "", value or ""))


def cut_off_words(cut_off: date | None, ran_on: date) -> Message:
    """How far a search goes; without a day given, only when it was run is known."""
    if cut_off is not None:
        return say("cut-off {day}", day=cut_off)
    return say("cut-off not given, run on {day}", day=ran_on)


def database_label(name: str) -> str:
    """How a database is called, in the current language."""
    return str(DATABASE_LABELS.get(name, name))
