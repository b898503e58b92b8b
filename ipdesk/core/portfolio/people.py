"""Names and the parties behind them: what looks the same is one party, never more than that."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from sqlalchemy import Connection, select

from ipdesk.base.text import clean, is_chinese, squeeze
from ipdesk.core.portfolio.model import PersonName
from ipdesk.store.paging import chunks
from ipdesk.store.schema.portfolio import party, party_name
from ipdesk.store.writer import Writer

_ORGANISATION = re.compile(
    r"公司|大学|学院|研究院|研究所|集团|中心|医院|厂|事务所|株式会社|有限|合伙|"
    r"\b(?:co|corp|inc|ltd|llc|gmbh|ag|sa|bv|nv|plc|university|institute|company|limited|"
    r"corporation|laborator\w+|technolog\w+|group|foundation|center|centre|llp|kk|oy|ab)\b",
    re.IGNORECASE,
)
_PERSONAL = frozenset({"inventor", "designer", "author", "attorney", "responsible"})


@lru_cache(maxsize=1 << 15)
def party_key(name: str) -> str:
    """Letters and digits alone, folded: width, case, accents and punctuation do not matter."""
    return squeeze(name)


def party_kind(role: str, name: str) -> str:
    """``person`` or ``organisation``, by the role and the words of the name."""
    if _ORGANISATION.search(name):
        return "organisation"
    if role in _PERSONAL:
        return "person"
    short_chinese = is_chinese(name) and len(name) <= 4
    return "person" if short_chinese else "organisation"


def resolve(writer: Writer, names: Iterable[PersonName]) -> dict[str, int]:
    """Key → party id for all names; unknown ones become parties, known ones learn a translation.

    A name that was recorded as a variant or a former name of a party leads to that party.
    """
    wanted: dict[str, PersonName] = {}
    for person in names:
        key = party_key(person.name)
        if key and key not in wanted:
            wanted[key] = person
    known = known_parties(writer.connection, list(wanted))
    missing = [k for k in wanted if k not in known]
    ids = writer.insert_many(party, [_new_party(k, wanted[k]) for k in missing])
    known.update(zip(missing, ids, strict=True))
    return known


def known_parties(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    """Key of a name → the party that has it, now, formerly or as a variant."""
    found: dict[str, int] = {}
    for part in chunks(keys):
        by_name = select(party_name.c.key, party_name.c.party_id).where(party_name.c.key.in_(part))
        found.update((k, i) for k, i in connection.execute(by_name))
        own = (
            select(party.c.key, party.c.id).where(party.c.key.in_(part)).order_by(party.c.id.desc())
        )
        found.update((k, i) for k, i in connection.execute(own))
    return found


def _new_party(key: str, person: PersonName) -> dict[str, object]:
    name = clean(person.name)
    chinese = is_chinese(name)
    return {
        "kind": party_kind(person.role, name),
        "name": name,
        "name_en": person.name_en or ("" if chinese else name),
        "name_zh": person.name_zh or (name if chinese else ""),
        "key": key,
    }
