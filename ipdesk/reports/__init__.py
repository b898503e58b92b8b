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
    ReportSpec(
        "watch",
        say("Watch report"),
        say("What a watch brought since the last time, threats and answers, what was searched."),
        "watch",
        ("watch", "from", "company"),
    ),
    ReportSpec(
        "notice",
        say("Early-warning notice"),
        say("One page for management: what threatens us, what is due, how well we watch."),
        "notice",
        ("from", "company"),
    ),
    ReportSpec(
        "risks",
        say("Risk register"),
        say("Every family judged a threat, gravest first, with markets and answers."),
        "risks",
        ("watch", "company"),
    ),
    ReportSpec(
        "fto",
        say("Freedom-to-operate record"),
        say("The gate of a product: families considered, claim charts, conclusion, gaps."),
        "fto",
        ("product", "company"),
    ),
    ReportSpec(
        "layout",
        say("Layout plan"),
        say("Markets, gaps, last safe days, matrices, planned filings, plan against actual."),
        "layout",
        ("plan", "company"),
    ),
    ReportSpec(
        "board",
        say("Layout plan for the board"),
        say("One page: what stands before the launches, what is missing, what it costs."),
        "board",
        ("plan", "company"),
    ),
    ReportSpec(
        "budget",
        say("Budget report"),
        say("Cost to come by year, month, office, right, technology and product; fees of a year."),
        "budget",
        ("years", "company"),
    ),
)
