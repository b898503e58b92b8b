"""Closing days that a user brings along."""

from datetime import date

import pytest

from ipdesk.base.errors import Refused
from ipdesk.core.docket.calendar_lists import read_day_list
from ipdesk.core.docket.calendars import Calendars

NOTICE = """国务院办公厅关于2026年部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
"""


@pytest.mark.parametrize(
    ("line", "days", "note", "working"),
    [
        ("2027-02-05", ["2027-02-05"], "", False),
        ("2027/2/5 Spring Festival", ["2027-02-05"], "Spring Festival", False),
        ("2027年2月5日（周五）春节", ["2027-02-05"], "春节", False),
        ("20270205,春节", ["2027-02-05"], "春节", False),
        ("24.12.2027 Christmas Eve", ["2027-12-24"], "Christmas Eve", False),
        ("2027-02-05..2027-02-07 x", ["2027-02-05", "2027-02-06", "2027-02-07"], "x", False),
        ("2027-12-31 to 2028-01-01", ["2027-12-31", "2028-01-01"], "", False),
        ("2027-12-31 - 2028-01-01", ["2027-12-31", "2028-01-01"], "", False),
        ("2027年12月31日至2028年1月1日 元旦", ["2027-12-31", "2028-01-01"], "元旦", False),
        ("2027-02-05, 2027-03-05", ["2027-02-05", "2027-03-05"], "", False),
        ("2027-02-20 补班 # Saturday", ["2027-02-20"], "补班", True),
    ],
)
def test_a_line_gives_its_days(line: str, days: list[str], note: str, working: bool) -> None:
    found = read_day_list(line).days
    assert [listed.day.isoformat() for listed in found] == days
    assert {(listed.note, listed.working) for listed in found} == {(note, working)}


def test_lines_that_were_not_understood_are_named_and_the_rest_is_kept() -> None:
    found = read_day_list("# our list\n2027-02-30 no such day\n\nhello\n2027-03-05\n")
    assert found.closed() == (date(2027, 3, 5),)
    assert [str(problem) for problem in found.problems] == [
        "Line 2 was not understood: 2027-02-30 no such day",
        "Line 4 was not understood: hello",
    ]


@pytest.mark.parametrize("line", ["2027-03-05..2027-03-01", "2027-01-01..2027-12-31"])
def test_a_range_that_runs_backwards_or_is_too_long_is_not_taken(line: str) -> None:
    assert read_day_list(f"2027-07-07\n{line}").closed() == (date(2027, 7, 7),)


@pytest.mark.parametrize("content", ["", "no days here", b"\xff\xfe\x00"])
def test_a_text_without_days_is_refused(content: str | bytes) -> None:
    with pytest.raises(Refused, match="No closing day was found"):
        read_day_list(content)


def test_a_list_in_a_chinese_encoding_is_read() -> None:
    assert read_day_list("2027年2月5日 春节".encode("gb18030")).days[0].note == "春节"


def test_the_notice_of_the_state_council_gives_the_whole_year() -> None:
    found = read_day_list(NOTICE)
    listed = Calendars.load().closings("CN", 2026)
    assert found.complete == 2026
    assert found.problems == ()
    assert list(found.closed()) == [c.day for c in listed if not c.working]
    assert list(found.working()) == [c.day for c in listed if c.working]


def test_a_day_in_lieu_after_a_comma_is_closed_and_a_year_may_be_crossed() -> None:
    found = read_day_list(
        "国务院办公厅关于2023年部分节假日安排的通知\n"
        "一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。\n"
        "二、清明节：4月5日放假，4月7日（星期五）补休。4月8日上班。\n"
    )
    assert [d.isoformat() for d in found.closed()] == [
        "2022-12-31", "2023-01-01", "2023-01-02", "2023-04-05", "2023-04-07"
    ]  # fmt: skip
    assert found.working() == (date(2023, 4, 8),)


def test_words_of_a_notice_that_move_days_in_the_old_way_are_named_as_a_problem() -> None:
    found = read_day_list(
        "国务院办公厅关于2006年部分节假日安排的通知\n"
        "一、元旦：1月1日至3日放假，共3天。将1月1日公休日调至1月2日，12月31日上班\n"
    )
    assert len(found.closed()) == 3
    assert len(found.problems) == 1


def test_a_calendar_file_gives_whole_days_and_leaves_out_what_repeats() -> None:
    found = read_day_list(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
        "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20270205\r\nDTEND;VALUE=DATE:20270207\r\n"
        "SUMMARY:春节 假期\r\nEND:VEVENT\r\n"
        "BEGIN:VEVENT\r\nUID:2\r\nDTSTART:20270220T090000\r\nDTEND:20270220T180000\r\n"
        "SUMMARY:春节 补班\r\nEND:VEVENT\r\n"
        "BEGIN:VEVENT\r\nUID:3\r\nDTSTART;VALUE=DATE:20270101\r\nRRULE:FREQ=YEARLY\r\n"
        "SUMMARY:Every year\r\nEND:VEVENT\r\n"
        "BEGIN:VEVENT\r\nUID:4\r\nDTSTART;VALUE=DATE:20270303\r\nSTATUS:CANCELLED\r\n"
        "SUMMARY:Not now\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )
    assert found.closed() == (date(2027, 2, 5), date(2027, 2, 6))
    assert found.working() == (date(2027, 2, 20),)
    assert ["Every year" in str(problem) for problem in found.problems] == [True]


def test_a_damaged_calendar_file_is_refused() -> None:
    with pytest.raises(Refused):
        read_day_list("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20")
