"""What a clock runs for: things that become public, markets, own filings, accepted risks."""

from dataclasses import dataclass
from datetime import date

from ipdesk.base.i18n import Bilingual, Message
from ipdesk.core.portfolio.model import ENDED, Status


@dataclass(frozen=True, slots=True)
class Exposure:
    """An occasion on which something of ours becomes public, or did."""

    source: str  # launch | disclosure | invention
    id: int
    what: Message
    day: date
    office: str = ""
    title: str = ""
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """An own matter as far as novelty and protection ask for it."""

    matter_id: int
    reference: str
    right: str
    office: str
    status: str
    filing: date | None = None
    priority: date | None = None
    grant: date | None = None
    family_id: int | None = None
    publication: date | None = None

    @property
    def effective(self) -> date | None:
        """The day that novelty is judged on."""
        return self.priority or self.filing

    @property
    def live(self) -> bool:
        """Filed and not at an end; a status that nobody knows counts as pending."""
        return self.status not in ENDED and self.status != Status.PREPARATION

    @property
    def granted(self) -> bool:
        return self.status == Status.GRANTED


@dataclass(frozen=True, slots=True)
class Market:
    """A product in one office's territory: when it opens, and what happens there."""

    office: str
    date: date | None  # of the launch; None where nothing is launched yet
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What a clock runs for: a product, a technology without a product, or an invention."""

    kind: str  # product | technology | invention
    id: int
    name: str
    markets: tuple[Market, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    filings: tuple[Filing, ...] = ()
    planned: int = 0  # open plan rows
    designs: tuple[str, ...] = ()  # offices where a design is planned: it has its own clock
    targets: tuple[str, ...] = ()  # further offices that plan rows name
    name_zh: str = ""

    @property
    def called(self) -> Bilingual:
        """Its name in both languages, for sentences."""
        return Bilingual(self.name, self.name_zh or self.name)

    @property
    def offices(self) -> tuple[str, ...]:
        """Where protection is wanted: the markets first, then what plans name."""
        return tuple(dict.fromkeys((*(m.office for m in self.markets), *self.targets)))

    def opens(self, office: str) -> date | None:
        """When the product comes to the market of an office."""
        return next((m.date for m in self.markets if m.office == office), None)


@dataclass(frozen=True, slots=True)
class AcceptedRisk:
    """Somebody decided to go without a right in a market."""

    id: int
    product_id: int
    office: str
    reason: str
    by: str
    on: date
    until: date | None = None

    def holds(self, today: date) -> bool:
        return self.until is None or self.until >= today
