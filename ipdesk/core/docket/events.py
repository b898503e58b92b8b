"""The kinds of event a docket knows, with the trade's words (vocabulary §4 and lifecycle acts)."""

from ipdesk.base.i18n import Message, say

EVENT_LABELS: dict[str, Message] = {
    # filing
    "filing": say("Filing"),
    "priority": say("Priority"),
    "priority_to_add": say("Priority to be added"),
    "priority_withdrawal": say("Withdrawal of priority"),
    "priority_claim_withdrawal": say("Withdrawal of one of several priorities"),
    "receipt": say("Receipt by the receiving office"),
    "acceptance_notice": say("Filing receipt"),
    "national_entry": say("National phase entry"),
    # office notices
    "fee_invitation": say("Invitation to pay fees"),
    "correction_invitation": say("Invitation to correct"),
    "unity_invitation": say("Invitation to pay additional search fees"),
    "rectification_notice": say("Notice of rectification"),
    "search_copy_receipt": say("Receipt of the search copy"),
    "isr_transmittal": say("Transmittal of the international search report"),
    "exam_stage_notice": say("Entry into substantive examination"),
    "office_action": say("Office action"),
    "r161_communication": say("Communication under Rule 161/162"),
    "search_report_publication": say("Publication of the search report"),
    "intention_to_grant": say("Intention to grant"),
    "grant_notice": say("Notice of grant"),
    "refusal": say("Refusal"),
    "decision": say("Appealable decision"),
    "reexam_decision": say("Re-examination or invalidation decision"),
    "loss_notice": say("Notice of loss of rights"),
    "office_notice": say("Other notice with its own period"),
    # milestones
    "publication": say("Publication"),
    "prelim_publication": say("Preliminary publication"),
    "designated_publication": say("Publication at the designated office"),
    "designated_grant": say("Grant at the designated office"),
    "record_publication": say("Publication of the request to record"),
    "grant": say("Grant"),
    "registration": say("Registration"),
    "international_registration": say("International registration"),
    # acts of ours
    "exam_request": say("Request for examination"),
    "demand": say("Demand for international preliminary examination"),
    "response": say("Response filed"),
    "registration_done": say("Registration formalities completed"),
    "reexam_request": say("Request for re-examination"),
    "annuity_paid": say("Annuity paid"),
    "renewal": say("Renewal"),
    "evaluation_report_request": say("Request for an evaluation report"),
    "extension": say("Extension granted"),
    "term_adjustment": say("Term compensation granted (PTA)"),
    "term_extension": say("Term extension granted (PTE)"),
    "suspension_request": say("Request for suspension"),
    "invalidation_request": say("Request for invalidation"),
    "licence_effective": say("Licence takes effect"),
    "disclosure": say("Disclosure"),
    # ends and returns
    "withdrawal": say("Withdrawal"),
    "abandonment": say("Abandonment"),
    "lapse": say("Lapse"),
    "restoration": say("Restoration of rights"),
    "invalidation": say("Declared invalid"),
    "transfer": say("Transfer"),
    "assignment": say("Change of owner recorded"),
    # works, layouts, domains, people
    "completion": say("Completion"),
    "first_publication": say("First publication"),
    "death": say("Death of the author"),
    "creation": say("Creation of the layout"),
    "first_exploitation": say("First commercial exploitation"),
    "expiry": say("Expiry"),
    "deletion": say("Deletion"),
    "redemption_end": say("End of the redemption period"),
    "drug_approval": say("Marketing approval"),
    "employment_end": say("End of employment"),
    # what single rules ask for
    "article11_invitation": say("Invitation to correct defects under Article 11"),
    "ro_refusal_notice": say("Refusal by the receiving office or the International Bureau"),
    "search_translation_invitation": say("Invitation to furnish a translation for search"),
    "publication_translation_invitation": say("Invitation to furnish a translation to publish"),
    "sis_request": say("Request for supplementary search"),
    "demand_fee_invitation": say("Invitation to pay the fees of the demand"),
    "obstacle_removed": say("Removal of the cause of the delay"),
    "missed_limit": say("Expiry of the missed time limit"),
    "confidentiality_request": say("Request for confidentiality examination"),
    "invalidation_notice": say("Transmittal of the invalidation request"),
    "infringement_known": say("Knowledge of the infringement"),
    "opposition_notice": say("Notice of opposition"),
    "partial_refusal": say("Notice of partial refusal"),
    "explanation_notice": say("Request for explanation"),
    "evidence_announced": say("Announcement of supplementary evidence"),
    "review_notice": say("Notice of defence in a review"),
    "nonuse_notice": say("Notice to furnish evidence of use"),
    "gazette": say("Publication in the WIPO Gazette"),
    "divisional_filing": say("Filing of the divisional application"),
    "foreign_filing": say("Foreign filing"),
    "notice_of_appeal": say("Notice of appeal"),
    "maintenance_notice": say("Notice of an unpaid maintenance fee"),
    "controller_request": say("Request of the Controller"),
    "exam_direction": say("Direction to request examination"),
    "designation_notice": say("Notification of the designation"),
    "cancellation": say("Cancellation"),
}

ONCE = frozenset(
    "filing publication grant registration international_registration expiry completion "
    "first_publication creation first_exploitation prelim_publication national_entry".split()
)
"""Events that a matter has at most once; recording one again corrects it."""

FIELD_EVENTS: dict[str, tuple[str, ...]] = {
    "filing_date": ("filing",),
    "publication_date": ("publication",),
    "grant_date": ("grant", "registration", "international_registration"),
}
"""Date columns of a matter and the events they are read off, in order of preference."""


def event_label(kind: str) -> str:
    """The word for an event type, in the current language."""
    return str(EVENT_LABELS.get(kind, kind))


def grant_event(right: str) -> str:
    """The event that brings a right of this kind into force."""
    marks = {"trademark", "software_copyright", "work_copyright", "domain_name", "ic_layout"}
    return "registration" if right in marks else "grant"
