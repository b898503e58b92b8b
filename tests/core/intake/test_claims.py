"""Priority claims in the many ways in which databases and offices write them."""

from datetime import date

import pytest

from ipdesk.core.intake.claims import claims_in

MARCH = date(2021, 3, 4)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("US 62/016,924 2021-03-04", [("US62/016,924", "US", MARCH)]),
        ("62/016,924 04.03.2021 US", [("US62/016,924", "US", MARCH)]),
        ("[US 20210304 62/016,924]", [("US62/016,924", "US", MARCH)]),
        ("[13157397.4 2021-03-04T23:59:59.000Z EP]", [("EP13157397.4", "EP", MARCH)]),
        ("10 2013 100 584.5 2021-03-04 DE", [("DE102013100584", "DE", MARCH)]),
        ("2018-076692, 2021年3月4日, JP", [("JP2018-076692", "JP", MARCH)]),
        ("[2013060333 2021-03-04T00:00:00Z IB]", [("PCT/IB2013/060333", "WO", MARCH)]),
        ("IB 2013060333 W 2021-03-04", [("PCT/IB2013/060333", "WO", MARCH)]),
        ("CN202110345678 04 Mar 2021", [("CN202110345678", "CN", MARCH)]),
        ("TO2014A000292 04.03.2021 IT", [("ITTO2014A000292", "IT", MARCH)]),
        ("PCT/CN2021/012345 20210304 CN", [("PCT/CN2021/012345", "WO", MARCH)]),
        ("CN201610895413.X, filed 2021-03-04", [("CN201610895413.X", "CN", MARCH)]),
        ("16261699 1999-10-29 US", [("US 16261699 A", "US", date(1999, 10, 29))]),
        ("16261699 2018-10-29 US", [("US16/261,699", "US", date(2018, 10, 29))]),
        ("2021-03-04", [("", "", MARCH)]),
        ("0", []),
    ],
)
def test_a_claim_is_number_country_and_day(text: str, told: list[tuple[str, str, date]]) -> None:
    assert [(c.number, c.office, c.date) for c in claims_in(text, "")] == told


@pytest.mark.parametrize(
    "text",
    [
        "[US 20210304 62/016,924, US 20210304 14/692,859]",
        "62/016,924 04.03.2021 US, 14/692,859 04.03.2021 US",
        "US62/016,924 2021-03-04; US14/692,859 2021-03-04",
        "US 62/016,924\nUS 14/692,859",
        "US 62/016,924、US 14/692,859",
    ],
)
def test_several_claims_in_a_cell_are_several(text: str) -> None:
    assert [c.number for c in claims_in(text, "")] == ["US62/016,924", "US14/692,859"]


def test_a_number_without_country_belongs_to_the_country_column() -> None:
    assert claims_in("62/016,924", "US")[0].key == "US.A.62016924"


def test_of_two_countries_apart_the_last_is_the_office() -> None:
    (claim,) = claims_in("[PA 2009 00612 14.05.2009 DK]", "")
    assert (claim.number, claim.office) == ("DKPA200900612", "DK")
    (claim,) = claims_in("US04039581 2004-11-24T23:59:59.000Z WO", "")
    assert claim.number == "PCT/US2004/039581"
