"""Numbers of every office: what they say, what they compare by, what is wrong with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdesk.core.portfolio.number_check import cn_check_digit, ep_check_digit
from ipdesk.core.portfolio.numbers import Check, Sort, matter_keys, read_number, search_forms

A, P, G = Sort.APPLICATION, Sort.PUBLICATION, Sort.GRANT


def key(text: str, sort: Sort, office: str = "", right: str = "") -> str:
    number = read_number(text, sort, office, right)
    assert number is not None
    return number.key


def codes(text: str, sort: Sort, office: str = "", right: str = "") -> list[str]:
    number = read_number(text, sort, office, right)
    assert number is not None
    return [p.code for p in number.problems]


@pytest.mark.parametrize(
    "text",
    [
        "ZL2012 2024 9767.4",
        "CN201220249767.4",
        "CN201220249767",
        "CN 201220249767 A",
        "zl201220249767.4",
        "2012202497674",
        "ＣＮ２０１２２０２４９７６７．４",
        "申请号 201220249767.4".removeprefix("申请号 "),
    ],
)
def test_every_spelling_of_a_chinese_application_is_one_key(text: str) -> None:
    assert key(text, A, "CN") == "CN.A.201220249767"


def test_a_patent_called_zl_has_the_key_of_its_application() -> None:
    number = read_number("ZL201220249767.4", G)
    assert number is not None
    assert (number.key, number.display) == ("CN.A.201220249767", "ZL201220249767.4")


@pytest.mark.parametrize(
    ("digits", "check"), [("201220249767", "4"), ("201610895413", "X"), ("93123456", "5")]
)
def test_the_chinese_check_digit_is_computed(digits: str, check: str) -> None:
    assert cn_check_digit(digits) == check


def test_the_european_check_digit_is_computed() -> None:
    assert ep_check_digit("10197481") == "4"


@pytest.mark.parametrize(
    ("text", "office", "verdict"),
    [
        ("CN201220249767.4", "", Check.OK),
        ("CN201220249767.5", "", Check.BAD),
        ("CN201220249767", "", Check.NONE),
        ("CN201610895413.x", "", Check.OK),
        ("10197481.4", "EP", Check.OK),
        ("EP10197481.5", "", Check.BAD),
    ],
)
def test_check_digits_are_verified(text: str, office: str, verdict: Check) -> None:
    number = read_number(text, A, office)
    assert number is not None
    assert number.check is verdict
    assert ("check_digit" in codes(text, A, office)) == (verdict is Check.BAD)


def test_a_wrong_check_digit_names_the_right_one() -> None:
    number = read_number("CN201220249767.5", A)
    assert number is not None
    assert "4" in str(number.problems[0].message)
    assert number.problems[0].severe


@pytest.mark.parametrize(
    ("text", "right", "route"),
    [
        ("CN201610895413.X", "invention", ""),
        ("CN201220249767.4", "utility_model", ""),
        ("CN201430491695.9", "design", ""),
        ("CN201280012345", "invention", "pct"),
        ("CN201290012345", "utility_model", "pct"),
    ],
)
def test_the_type_digit_tells_the_right(text: str, right: str, route: str) -> None:
    number = read_number(text, A)
    assert number is not None
    assert (number.right, number.route) == (right, route)


@pytest.mark.parametrize("text", ["2.02E+12", "2.0202E+12", "2.02e+12", "2,02E+12", "#######"])
def test_what_a_spreadsheet_damaged_is_flagged_and_never_guessed(text: str) -> None:
    assert codes(text, A, "CN") == ["number_damaged"]
    assert key(text, A, "CN") == ""


@pytest.mark.parametrize(
    ("text", "office"),
    [("12/45,970", "US"), ("20122024976.4", "CN"), ("2012202497", "CN"), ("4789012.3", "EP")],
)
def test_lost_digits_are_flagged_and_never_filled(text: str, office: str) -> None:
    assert codes(text, A, office) == ["digits_lost"]
    assert key(text, A, office) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16/457,320", "US.A.16457320"),
        ("US 16/457,320", "US.A.16457320"),
        ("16457320", "US.A.16457320"),
        ("US201916457320", "US.A.16457320"),
        ("US 201314376658 A", "US.A.14376658"),
        ("13/ 033725", "US.A.13033725"),
        ("62/123,456", "US.A.62123456"),
    ],
)
def test_american_applications_compare_by_series_and_serial(text: str, expected: str) -> None:
    assert key(text, A, "US") == expected


def test_a_lost_series_code_is_said_and_not_repaired() -> None:
    number = read_number("US 65784810 A", A)
    assert number is not None
    assert number.year == 2010
    assert [p.code for p in number.problems] == ["series_lost"]
    assert number.key == key("US20100657848", A)
    assert number.key != key("12/657,848", A)


@pytest.mark.parametrize(
    ("text", "right"),
    [("62/123,456", "provisional"), ("29/123,456", "design"), ("16/123,456", "")],
)
def test_the_american_series_tells_the_right(text: str, right: str) -> None:
    number = read_number(text, A)
    assert number is not None
    assert number.right == right


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            ["US 2013/0101709 A1", "US2013101709A1", "US20130101709A1", "US-20130101709-A1"],
            "US.P.20130101709",
        ),
        (["US8001762B2", "US 8,001,762 B2", "US08001762", "8001762"], "US.P.8001762"),
        (["USD763534S", "USD0763534S1", "US D763,534 S"], "US.P.D763534"),
        (["RE43,880", "USRE43880E1"], "US.P.RE43880"),
        (["H1334"], "US.P.H1334"),
        (["EP1000000 A1", "EP1000000B1", "EP-1000000-A1"], "EP.P.1000000"),
        (["WO2014001374", "WO 2014/001374 A1", "WO2014/001374"], "WO.P.2014001374"),
        (["WO0235936", "WO 02/35936", "WO2002035936A1", "WO02035936"], "WO.P.2002035936"),
        (["WO 1982/003659 A1", "WO8203659"], "WO.P.1982003659"),
        (["CN110311168A", "CN110311168B", "CN 110311168 B"], "CN.P.110311168"),
        (["KR20150000637 (U)", "KR 20150000637 U", "KR2020150000637U"], "KR.P.2020150000637"),
        (["KR101448016*", "KR-101448016-B1", "10-1448016"], "KR.P.101448016"),
        (["JP-5985120-B1", "特許5985120", "JP 5985120 B1"], "JP.P.5985120"),
        (["特開2018-124913", "JP 2018124913 A", "JP2018-124913A"], "JP.P.2018124913"),
        (["JP H08189420 A", "特開平08-189420", "特開平8-189420"], "JP.P.A1996189420"),
        (["es2436747", "ES 2436747 T3"], "ES.P.2436747"),
        (["DE102013020339A1", "DE 10 2013 020 339 A1"], "DE.P.102013020339"),
    ],
)
def test_publications_compare_without_kind_where_law_allows(
    texts: list[str], expected: str
) -> None:
    offices = {"US": "US", "KR": "KR"}
    found = {key(t, P, offices.get(expected[:2], "")) for t in texts}
    assert found == {expected}


def test_old_chinese_publications_and_grants_of_one_number_stay_apart() -> None:
    assert key("CN1234567A", P) != key("CN1234567C", P)


def test_a_utility_model_and_a_patent_of_one_japanese_number_stay_apart() -> None:
    assert key("実登3123456", G) != key("特許3123456", G)


@pytest.mark.parametrize(
    "text",
    ["PCT/GB02/04635", "PCT/GB2002/004635", "PCT/GB2002/04635", "WO2002GB04635", "GB 0204635 W"],
)
def test_every_spelling_of_an_international_application_is_one_key(text: str) -> None:
    assert key(text, A) == "WO.A.GB2002004635"


@pytest.mark.parametrize(
    ("text", "office", "expected", "year"),
    [
        ("特願2018-076692", "", "JP.A.2018076692", 2018),
        ("特願平10-279724", "", "JP.A.1998279724", 1998),
        ("特願昭63-123456", "", "JP.A.1988123456", 1988),
        ("特願令1-123456", "", "JP.A.2019123456", 2019),
        ("JP20180076692", "", "JP.A.2018076692", 2018),
        ("10-2024-0115774", "", "KR.A.1020240115774", 2024),
        ("KR20130085046", "", "KR.A.1020130085046", 2013),
        ("10 2012 010 826", "", "DE.A.102012010826", 2012),
        ("DE102012010826.4", "", "DE.A.102012010826", 2012),
        ("106132082", "TW", "TW.A.106132082", 2017),
        ("BR 10 2024 008122 6", "", "BR.A.1020240081226", 0),
        ("PI 7605494-2", "BR", "BR.A.PI76054942", 0),
        ("201941054673", "IN", "IN.A.201941054673", 0),
        ("CN20142393883U", "", "CN.A.201420393883", 2014),
        ("CN20081072486", "", "CN.A.200810072486", 2008),
    ],
)
def test_applications_of_other_offices(text: str, office: str, expected: str, year: int) -> None:
    number = read_number(text, A, office)
    assert number is not None
    assert (number.key, number.year) == (expected, year)


@pytest.mark.parametrize(
    ("text", "office", "expected"),
    [
        ("12345678", "CN", "CN.T.12345678"),
        ("12345678A", "CN", "CN.T.12345678A"),
        ("G1234567", "CN", "CN.T.G1234567"),
        ("88/123,456", "US", "US.T.S88123456"),
        ("018222197", "EM", "EM.T.018222197"),
        ("18222197", "EM", "EM.T.018222197"),
    ],
)
def test_trademarks_have_numbers_of_their_own(text: str, office: str, expected: str) -> None:
    assert key(text, A, office, "trademark") == expected


def test_software_and_domains_have_keys() -> None:
    assert key("2023SR0123456", G, "CN", "software_copyright") == "CN.S.2023SR0123456"
    assert key("https://www.Example.com/", A, "", "domain_name") == "XX.D.example.com"


@pytest.mark.parametrize(
    ("text", "sort", "office", "expected"),
    [
        ("201610895413·X", A, "CN", "CN.A.201610895413"),
        ("专利号 ZL 2016 1 0895413.X", G, "CN", "CN.A.201610895413"),
        ("申请号201610895413.X", A, "CN", "CN.A.201610895413"),
        ("CN201610895413 20161013", A, "", "CN.A.201610895413"),
        ("US201213525123 20120615", A, "", "US.A.13525123"),
        ("US 2013/0101709 A1 (pending)", P, "", "US.P.20130101709"),
        ("16/457.320", A, "US", "US.A.16457320"),
        ("EP3502051", A, "", "EP.P.3502051"),
        ("發明第I654321號", G, "TW", "TW.P.I654321"),
        ("PI 7605494-2", A, "", "BR.A.PI76054942"),
        ("199 12 345.6", A, "DE", "DE.A.19912345"),
        ("22012345.6", A, "HK", "HK.A.22012345"),
        ("GB1901234.5", A, "", "GB.A.1901234"),
        ("SG11201912345P", A, "", "SG.A.11201912345P"),
        ("2,987,654", G, "CA", "CA.P.2987654"),
        ("第6123456号", G, "CN", "CN.P.6123456"),
        ("DM/123456", A, "WO", "WO.P.DM123456"),
    ],
)
def test_numbers_in_odd_clothes(text: str, sort: Sort, office: str, expected: str) -> None:
    assert key(text, sort, office) == expected


def test_a_british_mark_is_one_with_and_without_its_letters() -> None:
    assert key("UK00003123456", A, "GB", "trademark") == key("3123456", A, "GB", "trademark")


def test_the_office_before_the_number_wins_over_the_office_of_the_row() -> None:
    assert key("EP10197481.4", A, "CN") == "EP.A.10197481"


def test_words_are_no_numbers() -> None:
    assert codes("特許公開", P, "JP") == ["not_a_number"]
    assert read_number("  ", A) is None


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ZL2012 2024 9767.4", "CN201220249767.4"),
        ("201220249767", "CN201220249767.4"),
        ("2012/20249767", "CN201220249767.4"),
        ("US 2013/0101709", "US20130101709A1"),
        ("us2013101709", "US20130101709A1"),
        ("16/457320", "US16/457,320"),
        ("PCT/CN2016/88042", "PCT/CN2016/088042"),
        ("WO2016CN088042", "PCT/CN2016/088042"),
        ("wo 14/001374".replace("14/", "2014/"), "WO2014001374A1"),
        ("特願2018-76692", "JP2018-076692"),
        ("ep 10197481", "EP10197481.4"),
        ("d763,534", "USD763534S"),
    ],
)
def test_a_badly_typed_number_finds_its_matter(typed: str, stored: str) -> None:
    line = " ".join(search_forms(stored))
    assert any(form in line for form in search_forms(typed))


@pytest.mark.parametrize("text", ["liquid metal", "液态金属 2024", "2024", ""])
def test_words_give_no_number_forms(text: str) -> None:
    assert not search_forms(text)


def test_the_keys_of_a_matter_come_from_its_shown_numbers() -> None:
    keys = matter_keys("CN", "invention", "CN201610895413.X", "CN106491157A", "ZL201610895413.X")
    assert keys == ("CN.A.201610895413", "CN.P.106491157", "CN.A.201610895413")
    assert matter_keys("US", "invention", "2.02E+12", "", "") == (None, None, None)


@pytest.mark.parametrize(
    ("text", "sort", "office"),
    [
        ("16/457,320", A, "US"),
        ("US 65784810 A", A, ""),
        ("US 3690102D A", A, ""),
        ("特願平10-279724", A, ""),
        ("JP H08189420 A", P, ""),
        ("KR20130006425U", A, ""),
        ("CN 85102431 A", P, ""),
        ("PCT/GB02/04635", A, ""),
        ("RE43,880", G, "US"),
        ("EP-3502051-A1", P, ""),
        ("10 2012 010 826", A, ""),
        ("実登3123456", G, ""),
    ],
)
def test_what_is_shown_reads_back_to_the_same_key(text: str, sort: Sort, office: str) -> None:
    number = read_number(text, sort, office)
    assert number is not None
    assert key(number.display, sort, number.office, number.right) == number.key


NUMBER_LIKE = st.text(alphabet="0123456789XABCDEPUSWOCNJRKTZL./,-() 特願平号昭", max_size=24)
SPELT = st.from_regex(
    r"(CN|ZL|US|EP|WO|JP|KR|DE|TW|FR)? ?[0-9]{4,13}(\.[0-9X])?( ?[ABCUSY][1-9]?)?", fullmatch=True
)
OFFICES = st.sampled_from(["", "CN", "US", "EP", "WO", "JP", "KR", "DE", "TW", "BR", "FR", "EM"])
RIGHTS = st.sampled_from(["", "trademark", "design", "software_copyright", "domain_name"])


@given(st.one_of(NUMBER_LIKE, st.text(max_size=30)), st.sampled_from(Sort), OFFICES, RIGHTS)
def test_no_text_breaks_the_reading_of_numbers(
    text: str, sort: Sort, office: str, right: str
) -> None:
    number = read_number(text, sort, office, right)
    assert number is None or not number.key or number.key.count(".") >= 2
    search_forms(text)


@given(SPELT, st.sampled_from(Sort), OFFICES)
def test_what_is_shown_of_any_number_reads_back_to_the_same_key(
    text: str, sort: Sort, office: str
) -> None:
    number = read_number(text, sort, office)
    if number is not None and number.key and number.office:
        again = read_number(number.display, number.sort, number.office, number.right)
        assert again is not None
        assert again.key == number.key


@pytest.mark.parametrize(
    ("text", "sort", "office", "shown"),
    [
        ("10-2021-12345", Sort.APPLICATION, "KR", "KR10-2021-0012345"),
        ("특허 제10-2456789호", Sort.GRANT, "", "KR10-2456789"),
        ("10-2456789-00-00", Sort.GRANT, "KR", "KR10-2456789"),
        ("P2018-76692A", Sort.PUBLICATION, "JP", "JP2018076692A"),
        ("60 2020 012 345.6", Sort.APPLICATION, "DE", "DE602020012345"),
        ("2847136(RU)", Sort.GRANT, "", "RU2847136"),
        ("2020EP-0761234", Sort.APPLICATION, "", "EP20761234"),
        ("2012DE-10010826", Sort.APPLICATION, "", "DE102012010826"),
        ("US 2020/0049123 W", Sort.APPLICATION, "", "PCT/US2020/049123"),
        ("JP 19539182 A", Sort.APPLICATION, "", "JP1982-195391"),
        ("10300/DELNP/2012", Sort.APPLICATION, "", "IN10300/DELNP/2012"),
    ],
)
def test_spellings_of_registers_and_databases(
    text: str, sort: Sort, office: str, shown: str
) -> None:
    number = read_number(text, sort, office)
    assert number is not None
    assert (number.display, number.problems) == (shown, ())
