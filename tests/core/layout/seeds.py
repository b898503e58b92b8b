"""A small company for the tests of layout plans: a tree, a product, two effects, a plan."""

from dataclasses import dataclass
from datetime import date

from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.layout.edits import add_plan, add_rows
from ipdesk.core.layout.edits_market import set_launch
from ipdesk.core.layout.edits_tree import (
    ItemFields,
    TechnologyFields,
    add_item,
    add_technology,
    link_matters,
)
from ipdesk.core.layout.model import PlanFields, RowFields, Target
from ipdesk.core.portfolio.model import MatterFields
from ipdesk.store.database import Database
from tests.conftest import TODAY


@dataclass(frozen=True, slots=True)
class Company:
    """Ids of what was made."""

    ink: int
    alloy: int
    sensor: int
    conductivity: int
    adhesion: int
    wearables: int
    plan: int
    row: int


def found(database: Database) -> Company:
    """Make the company: a product that is launched in China in May, and one planned row."""
    ink, _ = add_technology(database, TechnologyFields("Ink", "墨水", "A"))
    alloy, _ = add_technology(database, TechnologyFields("Alloy", "合金", "A1", parent_id=ink))
    sensor, _ = add_item(database, "product", ItemFields("Sensor", "传感器", "S1"))
    conductivity, _ = add_item(database, "effect", ItemFields("Conductivity", "导电性"))
    adhesion, _ = add_item(database, "effect", ItemFields("Adhesion", "附着力"))
    wearables, _ = add_item(database, "application", ItemFields("Wearables", "可穿戴"))
    set_launch(database, sensor, "CN", date(2027, 5, 13))
    plan, _ = add_plan(database, PlanFields("2027", starts_on=date(2027, 1, 1)), TODAY)
    row = RowFields(
        title="Low-viscosity ink",
        technology_id=alloy,
        effect_id=conductivity,
        application_id=wearables,
        product_id=sensor,
        office="CN",
        right="same_day_pair",
        territories=(Target("CN", "home market"),),
        inventors=("王小明", "Li Wei"),
        owner="Li Wei",
        value=5,
        copying=4,
        detectability=3,
        target=date(2027, 3, 17),
    )
    ids, _ = add_rows(database, plan, [row])
    return Company(ink, alloy, sensor, conductivity, adhesion, wearables, plan, ids[0])


def own_matter(
    database: Database,
    docket: Docket,
    company: Company,
    title: str = "Ink",
    *,
    right: str = "invention",
    office: str = "CN",
    filing: date | None = date(2026, 3, 2),
    grant: date | None = None,
) -> int:
    """A matter in the cell alloy × conductivity, of the sensor."""
    dates = {"filing": filing, "grant": grant}
    new, _ = create_matter(
        database,
        docket,
        MatterFields(right, office, title=title, technologies=("Alloy",), products=("Sensor",)),
        {kind: day for kind, day in dates.items() if day},
    )
    link_matters(database, "effect", [new], [company.conductivity])
    return new
