"""The colours of both themes."""

import pytest

from ipdesk.charts.palette import (
    DARK,
    KIND_COLOURS,
    LIGHT,
    RIGHT_COLOURS,
    SERIES,
    SIGNS,
    Palette,
    Tone,
    contrast,
    kind_of,
)

INKS = ("text", "muted", "accent", "overdue", "soon", "done", "unchecked")


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda p: p.name)
@pytest.mark.parametrize("ink", INKS)
def test_every_ink_reads_on_every_ground_it_may_stand_on(palette: Palette, ink: str) -> None:
    grounds = ["window", "surface", "raised"]
    grounds += [f"{ink}_soft"] if ink not in ("text", "muted") else ["accent_soft"]
    for ground in grounds:
        assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 4.95, ground


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda p: p.name)
def test_every_tone_has_an_ink_a_ground_and_all_but_plain_a_sign(palette: Palette) -> None:
    for tone in Tone:
        assert contrast(palette.ink(tone), palette.ground(tone)) >= 4.95
        assert bool(SIGNS[tone]) is (tone is not Tone.PLAIN)
    assert contrast(palette.on_accent, palette.accent) >= 4.95


def test_the_seven_kinds_of_right_have_the_seven_series_colours_in_their_order() -> None:
    assert tuple(KIND_COLOURS.values())[:7] == SERIES
    assert RIGHT_COLOURS["software_copyright"] == RIGHT_COLOURS["work_copyright"] == SERIES[5]
    assert kind_of("a right of tomorrow") == "other"
