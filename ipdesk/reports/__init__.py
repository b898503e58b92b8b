"""Printed reports: what they are called, in the order in which they are offered."""

from ipdesk.base.i18n import say
from ipdesk.reports.registry import ReportSpec

REPORTS: tuple[ReportSpec, ...] = (
    ReportSpec(
        "portfolio",
        say("Portfolio report"),
        say("What we own, what is due in the next twelve months, and every matter in a table."),
        "portfolio",
        ("query", "right", "office", "status", "technology", "company"),
    ),
    ReportSpec(
        "deadlines",
        say("Deadlines by person"),
        say("A sheet for each person with what is overdue and what falls due in a period."),
        "deadlines",
        ("person", "from", "to", "right", "office", "query", "company"),
    ),
)
