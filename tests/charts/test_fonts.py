"""The font family: what it holds, how words run and break, what it lacks."""

from pathlib import Path

from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from ipdesk.charts.fonts import MISSING, legible, lost, path, shorten, width, wrap
from ipdesk.charts.palette import SIGNS

TITLE = "一种用于液态金属印刷电子的打印头（含喷嘴）及其控制方法，以及 a print head for liquid metal"


def _characters(file: Path) -> set[int]:
    with TTFont(file, lazy=True) as font:
        return set(font.getBestCmap())


def test_both_weights_hold_the_same_characters_and_every_sign_we_print() -> None:
    regular, bold = (_characters(path(b)) for b in (False, True))
    assert regular == bold
    needed = "".join(SIGNS.values()) + "●■○–…“”·×→←□¥€§℃䶮Łőşčß김株ー①"
    assert {ord(c) for c in needed} <= regular
    assert set(range(0x4E00, 0x9FA6)) <= regular  # all of the URO


def test_figures_are_tabular() -> None:
    assert len({width(digit, 10) for digit in "0123456789"}) == 1
    assert len({width(digit, 10, bold=True) for digit in "0123456789"}) == 1


def test_a_character_that_the_font_lacks_is_seen_to_be_missing() -> None:
    assert legible("a 👍 b") == f"a {MISSING} b"
    assert lost("a 👍 𠮷") == 2
    assert lost(f"a {MISSING} b") == 0


def test_control_signs_and_exotic_blanks_do_not_reach_the_page() -> None:
    assert legible("a\u202fb\u200b\tc\x00\ufeff") == "a b c"
    assert legible("e\u0301") == "é"


def test_lines_break_between_chinese_characters_but_not_before_closing_punctuation() -> None:
    for room in range(40, 200, 7):
        lines = wrap(TITLE, room, 8)
        assert all(width(line, 8) <= room for line in lines)
        assert not any(line[0] in "，）、。" for line in lines)
        assert not any(line.endswith("（") for line in lines)
        assert "".join(lines).replace(" ", "") == TITLE.replace(" ", "")


def test_a_latin_word_is_cut_only_when_it_is_wider_than_the_room() -> None:
    assert wrap("printed electronics", 50, 8) == ["printed", "electronics"]
    parts = wrap("Donaudampfschifffahrtsgesellschaft", 50, 8)
    assert len(parts) > 1
    assert "".join(parts) == "Donaudampfschifffahrtsgesellschaft"


def test_the_last_of_few_lines_says_that_more_was_there() -> None:
    lines = wrap(TITLE, 80, 8, most=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert width(lines[1], 8) <= 80


@given(st.text(max_size=80), st.floats(20, 300))
def test_no_text_ever_runs_out_of_its_room(text: str, room: float) -> None:
    assert all(width(line, 8) <= room for line in wrap(text, room, 8))
    assert width(shorten(text, room, 8), 8) <= room
