"""Which matters of a file belong to one family: family columns, members, shared priorities."""

from collections.abc import Sequence
from dataclasses import dataclass

from ipdesk.base.bulk import let_go
from ipdesk.base.i18n import Message, say
from ipdesk.core.intake.merging import Proposal
from ipdesk.core.portfolio.european import european_key


@dataclass(frozen=True, slots=True)
class FamilyProposal:
    """A family that the file suggests: a key to keep it by, its matters, why."""

    key: str
    members: tuple[int, ...]  # places among the proposals
    reason: Message


def families_of(
    proposals: Sequence[Proposal],
) -> tuple[tuple[FamilyProposal, ...], dict[int, str]]:
    """The families with at least two members or a key of their own, and each matter's key."""
    above = list(range(len(proposals)))
    first_with: dict[str, int] = {}

    def root(place: int) -> int:
        while above[place] != place:
            above[place] = above[above[place]]
            place = above[place]
        return place

    listed = any(p.family_members for p in proposals)
    for index, proposal in enumerate(proposals):
        for token in _tokens(proposal, listed):
            other = first_with.setdefault(token, index)
            if other != index:
                low, high = sorted((root(other), root(index)))
                above[high] = low
    groups: dict[int, list[int]] = {}
    for index in range(len(proposals)):
        groups.setdefault(root(index), []).append(index)
    found = _named(proposals, groups)
    let_go(groups, first_with)
    return found


def _tokens(proposal: Proposal, listed: bool) -> list[str]:
    """What two members of a family have in common; *listed*: some rows name their members."""
    fields = proposal.fields
    tokens = []
    family = fields.get("family_key")
    if family:
        tokens.append(f"F:{family}")
    if listed:
        tokens.extend(proposal.family_members)
        tokens.extend(d.key for d in proposal.documents)
    claims = fields.get("priorities")
    if claims:
        tokens.extend(c.key for c in claims if c.key)
    application = proposal.keys.get("application")
    if application:
        tokens.append(european_key(application) or application)
    pct = fields.get("pct_application_number")
    if pct:
        tokens.append("WO.A." + pct.replace("PCT/", "").replace("/", ""))
    return tokens


def _named(
    proposals: Sequence[Proposal], groups: dict[int, list[int]]
) -> tuple[tuple[FamilyProposal, ...], dict[int, str]]:
    found: list[FamilyProposal] = []
    family_of: dict[int, str] = {}
    for members in groups.values():
        given = next(
            (
                proposals[i].fields["family_key"]
                for i in members
                if "family_key" in proposals[i].fields
            ),
            "",
        )
        if len(members) < 2 and not given:
            continue
        if given:
            key, reason = given, say("The list names the family {family}.", family=given)
        else:
            key = _key(proposals, members)
            reason = say("They share a priority or are named as family members.")
        found.append(FamilyProposal(key, tuple(members), reason))
        family_of.update(dict.fromkeys(members, key))
    return tuple(found), family_of


def _key(proposals: Sequence[Proposal], members: Sequence[int]) -> str:
    """The earliest number that holds the family together."""
    claims = [c for i in members for c in proposals[i].fields.get("priorities", ()) if c.key]
    dated = sorted((c.date.isoformat() if c.date else "9999", c.key) for c in claims)
    if dated:
        return str(dated[0][1])
    keys = (
        k
        for i in members
        for k in (proposals[i].keys.get("application"), *proposals[i].family_members)
    )
    return min((str(k) for k in keys if k), default="")
