"""The history in words: which field of what became what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ipdesk.base.i18n import Message, captioned, pick, say, tr
from ipdesk.core.docket.events import event_label
from ipdesk.core.docket.records import state_label
from ipdesk.core.portfolio.model import right_label, role_label, status_label
from ipdesk.store.history import EntryRow

_TABLES: dict[str, Message] = {
    "matter": say("Matter"),
    "event": say("Event"),
    "deadline": say("Deadline"),
    "pending": say("Cannot compute"),
    "priority": say("Priority"),
    "matter_party": say("Person"),
    "matter_technology": say("Technology"),
    "matter_product": say("Product"),
    "matter_tag": say("Tag"),
    "attachment": say("Document"),
    "party": say("Person"),
    "family": say("Family"),
    "matter_application": say("Area of application"),
    "matter_effect": say("Effect"),
    "programme_matter": say("Subsidy programme"),
    "plan_row_matter": say("Row of a layout plan"),
    "acceleration": say("Acceleration"),
    "fee_payment": say("Payment"),
    "foreign_decision": say("Foreign filing decision"),
    "keep_decision": say("Decision to keep"),
    "reward": say("Reward"),
    "agent_answer": say("Agent's answer"),
    "register_difference": say("Difference from the register"),
    "register_gap": say("Missing in the register"),
}
_FIELDS: dict[str, Message] = {
    "reference": say("Reference"),
    "title": say("Title"),
    "title_en": say("English title"),
    "title_zh": say("Chinese title"),
    "right": say("Right"),
    "office": say("Office"),
    "status": say("Status"),
    "status_on": say("Status since"),
    "status_manual": say("Status set by hand"),
    "status_reported": say("Reported status"),
    "status_text": say("Status as written"),
    "application_number": say("Application no."),
    "publication_number": say("Publication no."),
    "grant_number": say("Grant no."),
    "filing_date": say("Filing date"),
    "priority_date": say("Priority date"),
    "publication_date": say("Publication date"),
    "grant_date": say("Grant date"),
    "expiry_date": say("Expiry date"),
    "next_due": say("Next due"),
    "date": say("Date"),
    "due": say("Due"),
    "raw": say("Before rolling"),
    "state": say("State"),
    "reason": say("Reason"),
    "submitted_on": say("Submitted"),
    "submitted_by": say("Submitted by"),
    "confirmed_on": say("Confirmed"),
    "confirmed_by": say("Confirmed by"),
    "receipt": say("Receipt"),
    "responsible": say("Person"),
    "internal_due": say("Internal date"),
    "agent_due": say("Agent date"),
    "grace_end": say("Grace until"),
    "note": say("Note"),
    "archived": say("Archived"),
    "department": say("Department"),
    "project": say("Project"),
    "goods": say("Goods and services"),
    "abstract": say("Abstract"),
    "classes": say("Classes"),
    "claims": say("Claims"),
    "value_grade": say("Grade"),
    "route": say("Route"),
    "registrar": say("Registrar"),
    "version": say("Version"),
    "family_id": say("Family"),
    "parent_id": say("Descends from"),
    "checked_by": say("Checked by"),
    "checked_on": say("Checked on"),
    "service": say("Delivery"),
    "received": say("Received"),
}
_LONGEST = 80


def described(row: EntryRow) -> str:
    """One change in one line."""
    table = str(_TABLES.get(row.table, row.table))
    name = named(row.of)
    if row.of.get("role"):  # a person is called by what the matter has of them
        table, name = role_label(str(row.of["role"])), _who(row.of)
    if row.table == "pending" and row.kind != "update":
        ended = tr("No longer open: {what}", what=captioned(table, name))
        return captioned(table, name) if row.kind == "create" else ended
    if row.kind == "create":
        if row.table == "matter" or not name:
            return tr("{thing} created", thing=table)
        return tr("{thing} created: {what}", thing=table, what=name)
    if row.kind == "delete":
        return tr("{thing} removed: {what}", thing=table, what=name)
    field = str(_FIELDS.get(row.field or "", row.field or ""))
    what = field if row.table == "matter" else f"{name or table} · {field}"
    return captioned(what, f"{_value(row.field, row.old)} → {_value(row.field, row.new)}")


def _value(field: str | None, value: Any) -> str:
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    words = {"status": status_label, "status_manual": status_label, "status_reported": status_label,
             "right": right_label, "state": state_label, "type": event_label,
             "role": role_label}.get(field or "")  # fmt: skip
    text = words(str(value)) if words else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def named(row: Mapping[str, Any]) -> str:
    """What a row is, by the fields that people know."""
    if not row:
        return ""
    if "date" in row and "type" in row:
        which = f" {row['ordinal']}" if row.get("ordinal") else ""
        return f"{event_label(str(row['type']))}{which} {row['date'] or ''}".strip()
    if "rule" in row:
        number = f" ({row['n']})" if row.get("n") else ""
        label = pick(str(row.get("label_en") or ""), str(row.get("label_zh") or ""))
        return f"{label}{number} {row.get('due') or ''}".strip()  # what is pending has no day
    if row.get("role"):
        return captioned(role_label(str(row["role"])), _who(row))
    if row.get("name"):
        return pick(str(row["name"]), str(row.get("name_zh") or ""))
    if row.get("field"):
        return str(_FIELDS.get(str(row["field"]), row["field"]))
    shown = ("reference", "title", "written", "number", "item", "paid_on")
    return " ".join(str(row[name]) for name in shown if row.get(name)) or str(row.get("date") or "")


def _who(row: Mapping[str, Any]) -> str:
    return str(row.get("written") or row.get("name") or "")
