"""What the law says of one stored deadline beyond its day."""

from ipdesk.core.docket.law import Law
from ipdesk.core.docket.records import DeadlineRow
from ipdesk.core.docket.rules import Rule


def extension_rule(law: Law, row: DeadlineRow) -> Rule | None:
    """The rule that counts an extension of this deadline, where the law has one."""
    rule = law.rule(row.rule)
    if rule is None or row.event_id is None:
        return None
    if rule.extended:
        return rule
    if rule.extension is None:
        return None
    for other in law.for_matter(row.office, row.right):
        if other.extended and other.term.bases == rule.term.bases:
            return other
    return None
