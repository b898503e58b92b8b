"""The whole demonstration: portfolio, layout plans, money and watches, in the order they need."""

from ipdesk.base.i18n import say
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.portfolio.figures import figures
from ipdesk.demo.exchange import fill_agents, fill_comparison
from ipdesk.demo.fill import Progress, fill_portfolio
from ipdesk.demo.layout import fill_layout, place_rivals
from ipdesk.demo.money import fill_money
from ipdesk.demo.watch import fill_watches
from ipdesk.store.database import Database


def fill_demo(database: Database, docket: Docket, progress: Progress | None = None) -> int:
    """Fill an empty database; how many matters it has. Raises Refused when it is not empty."""
    fill_portfolio(database, docket, progress)
    with database.write(say("Made the demonstration plans")) as writer:
        fill_layout(writer, docket)
    fill_money(database, docket)
    fill_watches(database, docket.today)
    with database.write(say("Placed the families of rivals")) as writer:
        place_rivals(writer)
    fill_comparison(database, docket)
    fill_agents(database, docket)
    with database.read() as connection:
        return figures(connection).matters
