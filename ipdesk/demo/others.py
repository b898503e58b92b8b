"""Trademarks, software, domain names, and the matters that are wrong on purpose."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from ipdesk.base.dates import add_months, add_years
from ipdesk.core.docket.records import EventInput
from ipdesk.core.portfolio.model import MatterFields, PersonName
from ipdesk.demo import timeline, words
from ipdesk.demo.matters import Draft, Maker

_OWNER = PersonName("applicant", words.COMPANY[1], *words.COMPANY)


def _person(maker: Maker) -> PersonName:
    en, zh = maker.random.choice(words.STAFF)
    return PersonName("responsible", zh, en, zh)


def trademarks(maker: Maker) -> Iterator[Draft]:
    """One application a class; two are old enough to be renewed this year."""
    serial = 9_812_345
    for k, (name, classes) in enumerate(words.MARKS):
        for place, number in enumerate(classes):
            serial += 1_387_411 if k else 911
            if k == 0:
                # ten years of validity end within the next months: a renewal to decide
                registered = add_years(maker.today, -10) + timedelta(days=40 + 70 * place)
            else:
                registered = add_years(maker.today, -k) - timedelta(days=90 * place + 13)
            filed = timeline.work_day(add_months(registered, -13))
            events = [
                EventInput("filing", filed),
                EventInput("prelim_publication", add_months(registered, -3)),
                EventInput("registration", registered),
            ]
            fields = MatterFields(
                right="trademark",
                office="CN",
                reference=maker.reference("T", filed.year),
                title=name,
                application_number=str(serial),
                grant_number=str(serial),
                classes=(str(number),),
                sample=True,
                people=(_OWNER, _person(maker)),
            )
            yield Draft(fields, tuple(events), filed=filed)


def software(maker: Maker) -> Iterator[Draft]:
    """Registered programs; completion, first publication, registration."""
    for k, (zh, en, version) in enumerate(words.SOFTWARE):
        completed = add_months(maker.today, -5 * (len(words.SOFTWARE) - k) - 3)
        registered = timeline.work_day(add_months(completed, 3))
        fields = MatterFields(
            right="software_copyright",
            office="CN",
            reference=maker.reference("S", registered.year),
            title=f"{zh} {version}",
            title_en=f"{en} {version}",
            title_zh=f"{zh} {version}",
            version=version,
            application_number=f"{registered.year}R11L{100237 + 3391 * k:07}",
            grant_number=f"{registered.year}SR{217043 + 70011 * k:07}",
            facts={"owner_type": "legal_entity"},
            sample=True,
            people=(_OWNER, _person(maker)),
        )
        events = (
            EventInput("completion", completed),
            EventInput("first_publication", add_months(completed, 1)),
            EventInput("registration", registered),
        )
        yield Draft(fields, events)


def domains(maker: Maker) -> Iterator[Draft]:
    """Domain names; one runs out within the month, one already did."""
    left = (27, 210, -9, 400)
    for k, (name, office, registrar) in enumerate(words.DOMAINS):
        expiry = maker.today + timedelta(days=left[k])
        fields = MatterFields(
            right="domain_name",
            office=office,
            reference=maker.reference("N", expiry.year - 5),
            title=name,
            registrar=registrar,
            sample=True,
            people=(_OWNER, _person(maker)),
        )
        events = (
            EventInput("registration", add_years(expiry, -5)),
            EventInput("expiry", expiry),
        )
        yield Draft(fields, events, left_open=True)


def planted(maker: Maker) -> Iterator[Draft]:
    """What a real portfolio has too: overdue replies, things due this week, missing dates."""
    for draft in _mishaps(maker):
        yield replace(draft, left_open=True)


def _mishaps(maker: Maker) -> Iterator[Draft]:
    today = maker.today
    yield _answering(maker, timeline.work_day(add_months(today, -4) - timedelta(days=5)))
    yield _answering(maker, timeline.work_day(add_months(today, -4) + timedelta(days=3)))
    yield _granting(maker, timeline.work_day(add_months(today, -2) + timedelta(days=5)))
    yield _granting(maker, timeline.work_day(add_months(today, -2) - timedelta(days=4)))
    yield _unpaid(maker, today - timedelta(days=48))
    yield _unpaid(maker, today - timedelta(days=110))
    missing = maker.invention(today.year - 1)
    yield Draft(missing.fields, ())  # a number and no filing date
    granted = maker.utility_model(today.year - 3)
    without = tuple(e for e in granted.events if e.type not in ("grant", "annuity_paid"))
    yield Draft(_in_force(granted.fields), without, filed=granted.filed)
    secret = MatterFields(
        right="trade_secret",
        office="CN",
        reference=maker.reference("K", today.year),
        title="镓铟合金熔炼工艺参数",
        title_en="Process parameters of gallium-indium melting",
        title_zh="镓铟合金熔炼工艺参数",
        sample=True,
        people=(_OWNER, _person(maker)),
        technologies=("Gallium alloys",),
    )
    yield Draft(secret, (EventInput("creation", add_years(today, -2)),))


def _unpaid(maker: Maker, due: date) -> Draft:
    """A utility model of which the annuity of that day was forgotten; its grace period runs."""
    filed = add_years(due, -4)
    draft = maker.utility_model(filed.year, filed)
    kept = tuple(
        e for e in draft.events if not (e.type == "annuity_paid" and (e.ordinal or 0) >= 5)
    )
    return Draft(draft.fields, kept, filed=filed)


def _in_force(fields: MatterFields) -> MatterFields:
    return replace(fields, status_reported="granted", status_text="专利权维持")


def _answering(maker: Maker, served: date) -> Draft:
    """A first office action of which the reply is still open."""
    draft = maker.invention(served.year - 1, timeline.work_day(add_months(served, -14)))
    kept = [e for e in draft.events if e.type in ("filing", "exam_request", "publication")]
    kept = [e for e in kept if e.date < served]
    return Draft(
        draft.fields, (*kept, EventInput("office_action", served, ordinal=1)), filed=draft.filed
    )


def _granting(maker: Maker, served: date) -> Draft:
    """A notice of grant whose formalities are still open."""
    draft = maker.utility_model(served.year, timeline.work_day(add_months(served, -6)))
    filing = [e for e in draft.events if e.type == "filing"]
    fields = replace(draft.fields, grant_number="", publication_number="")
    return Draft(fields, (*filing, EventInput("grant_notice", served)), filed=draft.filed)
