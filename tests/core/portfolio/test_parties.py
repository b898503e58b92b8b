"""Names that look alike are suggested; merging is the user's, and one undo takes it back."""

import pytest
from sqlalchemy import select

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.core.docket.matters import create_matters
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.portfolio.likeness import Party, alike, core_of, known_alike
from ipdesk.core.portfolio.model import MatterFields, PersonName
from ipdesk.core.portfolio.parties import merge_parties, parties, similar_parties
from ipdesk.core.portfolio.people import known_parties, resolve
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from ipdesk.store.schema.portfolio import matter_party, party_name


@pytest.mark.parametrize(
    ("first", "second", "kind", "same"),
    [
        ("深圳市墨点科技有限公司", "深圳市墨点科技股份有限公司", "organisation", True),
        ("Acme Co., Ltd.", "ＡＣＭＥ  CO LTD", "organisation", True),
        ("Société Élan S.A.", "Societe Elan SA", "organisation", True),
        ("Acme, Inc.", "ACME INCORPORATED", "organisation", True),
        (
            "Bosch GmbH & Co. KG",
            "BOSCH Gesellschaft mit beschränkter Haftung",
            "organisation",
            True,
        ),
        ("株式会社日立製作所", "日立製作所（株）", "organisation", True),
        ("日立製作所株式会社", "㈱日立製作所", "organisation", True),
        ("Kabushiki Kaisha Toshiba", "Toshiba K.K.", "organisation", True),
        ("삼성전자 주식회사", "삼성전자㈜", "organisation", True),
        ("Enel S.p.A.", "Enel Società per Azioni", "organisation", True),
        ("Philips N.V.", "Philips B.V.", "organisation", True),
        ("Telia Aktiebolag", "Telia AB", "organisation", True),
        ("台積電股份有限公司", "台積電有限公司", "organisation", True),
        ("墨点（深圳）科技有限公司", "墨点科技有限公司", "organisation", False),
        ("Company Limited", "Limited Company", "organisation", True),
        ("Co-operative Bank", "Operative Bank", "organisation", False),
        ("Nissan Motor Co., Ltd.", "Nissan Chemical Corporation", "organisation", False),
        ("ZHANG, San", "San Zhang", "person", True),
        ("北京墨点科技有限公司", "深圳墨点科技有限公司", "organisation", False),
        ("Zhang San", "Zhang Shan", "person", False),
    ],
)
def test_names_are_alike_without_form_width_and_order(
    first: str, second: str, kind: str, same: bool
) -> None:
    assert (core_of(first, kind) == core_of(second, kind)) is same


def test_the_party_with_more_matters_comes_first_with_a_reason() -> None:
    found = alike(
        [Party(1, "Acme Ltd", "organisation", 1), Party(2, "Acme Inc", "organisation", 9)]
    )
    assert [(a.first.id, a.second.id) for a in found] == [(2, 1)]
    assert "form" in str(found[0].reason)


def test_a_recorded_translation_stands_for_its_party() -> None:
    ours = Party(1, "北京墨点科技有限公司", "organisation", 9, ("Beijing Modian Tech Co., Ltd.",))
    other = Party(2, "BEIJING MODIAN TECH CO LTD", "organisation", 2)
    (found,) = alike([other, ours])
    assert (found.first.id, found.second.id) == (1, 2)
    assert "Beijing Modian Tech Co., Ltd." in str(found.reason)
    assert alike([ours, Party(3, "Beijing Modian Chemical Co., Ltd.", "organisation", 1)]) == []


def test_a_name_of_a_list_is_held_against_known_parties() -> None:
    known = {("organisation", core_of("Acme Ltd")): "Acme Ltd"}
    names = [("organisation", "ACME Co."), ("organisation", "Acme Ltd."), ("person", "Acme")]
    assert known_alike(names, known) == [("ACME Co.", "Acme Ltd")]


def _two(database: Database, docket: Docket) -> dict[str, int]:
    names = (("Acme Ltd",), ("ACME Inc",), ("Acme Ltd", "ACME Inc"))
    drafts = [
        MatterFields(
            right="invention",
            office="CN",
            title="x",
            reference=f"A-{number}",
            people=tuple(PersonName("applicant", name) for name in own),
        )
        for number, own in enumerate(names)
    ]
    with database.write(say("Matters")) as writer:
        create_matters(writer, docket, [(draft, []) for draft in drafts])
    with database.read() as connection:
        return known_parties(connection, ["acmeltd", "acmeinc"])


def test_merged_parties_are_one_and_their_names_lead_to_it(
    database: Database, docket: Docket
) -> None:
    found = _two(database, docket)
    with database.read() as connection:
        assert [a.second.name for a in similar_parties(connection)] == ["ACME Inc"]
    merge_parties(database, found["acmeltd"], [found["acmeinc"]], former=True)
    with database.read() as connection:
        assert [(p.name, p.matters) for p in parties(connection)] == [("Acme Ltd", 3)]
        rows = connection.execute(select(matter_party.c.matter_id)).scalars().all()
        assert len(rows) == len(set(rows)) == 3
        assert connection.execute(select(party_name.c.kind)).scalars().all() == ["former"]
    with database.write(say("Again")) as writer:
        again = resolve(writer, [PersonName("applicant", "ACME Inc")])
    assert again == {"acmeinc": found["acmeltd"]}
    undo_last(database)
    with database.read() as connection:
        assert len(parties(connection)) == 2


def test_a_party_is_not_merged_with_itself(database: Database, docket: Docket) -> None:
    found = _two(database, docket)
    with pytest.raises(IpdeskError):
        merge_parties(database, found["acmeltd"], [found["acmeltd"]])
