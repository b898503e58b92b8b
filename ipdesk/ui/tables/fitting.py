"""How wide columns stand in the room there is: long words give way and take what is left."""

from __future__ import annotations

from collections.abc import Sequence

_NARROWEST = 90  # pixels in which words still say something
_WIDEST = 2.5  # times its own width; beyond that a line of words no longer reads as one


def fitted(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """The widths that fit *room*; columns whose *least* is 0 keep theirs.

    Room that is left goes to the elastic columns. Where the edge would cut a column, the elastic
    ones give way, at most to their least, until it stands there whole; else an elastic one takes
    what room there is, and where that is too little, those before it take it.
    """
    whole = sum(widths)
    if whole <= room:
        return _spread(widths, least, room - whole)
    right = 0
    for place, wide in enumerate(widths):
        if right + wide > room:
            over = right + wide - room
            given = _taken(widths, least, place, over)
            if given:
                return given
            if least[place] and room - right >= _NARROWEST:
                return [*widths[:place], room - right, *widths[place + 1 :]]
            before = _spread(widths[:place], least[:place], room - right)
            return [*before, *widths[place:]]
        right += wide
    return list(widths)


def _spread(widths: Sequence[int], least: Sequence[int], spare: int) -> list[int]:
    """Each elastic column takes of what is spare in proportion to its width."""
    elastic = [wide if low else 0 for wide, low in zip(widths, least, strict=True)]
    base = sum(elastic)
    if not base:
        return list(widths)
    most = min(spare, int(base * (_WIDEST - 1)))
    return [
        wide + most * part // base if part else wide
        for wide, part in zip(widths, elastic, strict=True)
    ]


def _taken(widths: Sequence[int], least: Sequence[int], last: int, over: int) -> list[int]:
    """Elastic columns up to *last* give *over* pixels; empty where they have not so many."""
    give = [
        max(0, wide - low) if low and place <= last else 0
        for place, (wide, low) in enumerate(zip(widths, least, strict=True))
    ]
    whole = sum(give)
    if whole < over:
        return []
    return [
        wide - -(-over * part // whole) if part else wide
        for wide, part in zip(widths, give, strict=True)
    ]
