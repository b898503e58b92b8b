"""The colours and signs of window, charts and paper, once for all; knows neither Qt nor matplotlib.

Every ink on its ground, and on window, surface and raised, has a contrast of at least 5 : 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Tone(StrEnum):
    """What a colour means; colour never stands alone, so each has a sign (``SIGNS``)."""

    PLAIN = "plain"
    OVERDUE = "overdue"
    SOON = "soon"
    DONE = "done"
    UNCHECKED = "unchecked"  # also: unverified rule, computed calendar


SIGNS: Mapping[Tone, str] = MappingProxyType(
    {
        Tone.PLAIN: "",
        Tone.OVERDUE: "▲",
        Tone.SOON: "●",
        Tone.DONE: "✓",
        Tone.UNCHECKED: "◇",
    }
)


@dataclass(frozen=True, slots=True)
class Palette:
    """The tokens of one theme as ``#RRGGBB``."""

    name: str
    window: str
    surface: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    accent_soft: str
    on_accent: str  # text on a button filled with the accent
    overdue: str
    overdue_soft: str
    soon: str
    soon_soft: str
    done: str
    done_soft: str
    unchecked: str
    unchecked_soft: str

    @property
    def dark(self) -> bool:
        return self.name == "dark"

    def ink(self, tone: Tone) -> str:
        """The colour of text and sign of a tone."""
        return self.text if tone is Tone.PLAIN else str(getattr(self, tone.value))

    def ground(self, tone: Tone) -> str:
        """The quiet colour behind text of a tone."""
        return self.surface if tone is Tone.PLAIN else str(getattr(self, f"{tone.value}_soft"))


LIGHT = Palette(
    name="light",
    window="#F6F7F9",
    surface="#FFFFFF",
    raised="#FFFFFF",
    line="#D9DEE5",
    text="#1B2430",
    muted="#55606E",
    accent="#1F5FBF",
    accent_soft="#E3EDFB",
    on_accent="#FFFFFF",
    overdue="#B3261E",
    overdue_soft="#FCE8E6",
    soon="#8A5300",
    soon_soft="#FFF1D6",
    done="#1E6B3A",
    done_soft="#E3F4E8",
    unchecked="#6A4FB3",
    unchecked_soft="#EEE9FA",
)

DARK = Palette(
    name="dark",
    window="#14181E",
    surface="#1B2129",
    raised="#232A34",
    line="#36404C",
    text="#E8EDF3",
    muted="#A3AEBB",
    accent="#7FB2FF",
    accent_soft="#22324A",
    on_accent="#10151B",
    overdue="#FF8A80",
    overdue_soft="#43211F",
    soon="#FFC061",
    soon_soft="#3F2F12",
    done="#7FD39B",
    done_soft="#1B3525",
    unchecked="#BBA6FF",
    unchecked_soft="#2C2544",
)

PALETTES: Mapping[str, Palette] = MappingProxyType({"light": LIGHT, "dark": DARK})

# in this order; the same in light and dark, told apart in black and white by hatching
SERIES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#6B7280")
OTHER = "#AEB6C1"

# the seven kinds that a chart of rights tells apart, and the rest
KINDS = (
    "invention",
    "utility_model",
    "design",
    "pct",
    "trademark",
    "copyright",
    "domain",
    "other",
)
KIND_COLOURS: Mapping[str, str] = MappingProxyType(dict(zip(KINDS, (*SERIES, OTHER), strict=True)))
KIND_OF_RIGHT: Mapping[str, str] = MappingProxyType(
    {
        "invention": "invention",
        "unitary_patent": "invention",
        "standard_patent_r": "invention",
        "standard_patent_o": "invention",
        "utility_model": "utility_model",
        "short_term_patent": "utility_model",
        "design": "design",
        "pct": "pct",
        "trademark": "trademark",
        "software_copyright": "copyright",
        "work_copyright": "copyright",
        "domain_name": "domain",
        "provisional": "other",
        "ic_layout": "other",
        "plant_variety": "other",
        "trade_secret": "other",
    }
)
RIGHT_COLOURS: Mapping[str, str] = MappingProxyType(
    {right: KIND_COLOURS[kind] for right, kind in KIND_OF_RIGHT.items()}
)


def kind_of(right: str) -> str:
    """The kind a chart counts a right under; a right unknown here is ``other``."""
    return KIND_OF_RIGHT.get(right, "other")


def contrast(ink: str, ground: str) -> float:
    """The contrast of two colours by WCAG, 1 to 21."""
    one, other = sorted((_luminance(ink), _luminance(ground)))
    return (other + 0.05) / (one + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
