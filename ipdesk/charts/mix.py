"""Growth and mix of the own rights as values of charts, the same in the window and on paper."""

from ipdesk.base.i18n import say, tr
from ipdesk.charts.bars import Bar, Bars
from ipdesk.charts.filings import FilingsPerYear
from ipdesk.core.layout.mix import Mix

_OF = {"inventor": say("Inventor"), "class": say("Class"), "territory": say("Territory")}


def growth_of(mix: Mix, running: int | None = None) -> FilingsPerYear:
    """Filings by year and right with the grants; the *running* year is not yet over."""
    counts = {(y.year, right): n for y in mix.years for right, n in y.filings.items()}
    grants = {y.year: sum(y.grants.values()) for y in mix.years if y.grants}
    return FilingsPerYear.of(counts, grants, running)


def ends_of(mix: Mix, most: int) -> Bars:
    """Rights in force by the year of their end, the first *most* years."""
    ends = tuple(Bar(str(year), (("", n),)) for year, n in mix.expiring[:most])
    return Bars(ends, tr("No right in force has an end on file."))


def tops_of(mix: Mix) -> Bars:
    """The largest share that hangs on one inventor, class or territory, in percent."""
    tops = (
        Bar(f"{_OF[c.of]} {c.top}", (("", round(c.top_share * 100)),))
        for c in mix.concentrations
        if c.total and c.of in _OF
    )
    return Bars(tuple(tops), tr("Nothing to count."))
