"""The texts of a chart that were not read, or in part only, in; how many there are of each, in a few words, out."""

from __future__ import annotations

from collections.abc import Iterable

from service.domain.statements import Unread

_SEARCHED, _IN_PART = "only searched", "only "
"""How the reasons begin of what was looked through for emergencies, and of what was read to some point."""


def told(unread: Iterable[Unread]) -> tuple[str, ...]:
    """For each of the three the number of resources: ``("1 document not read", "67 older notes only searched for
    emergencies")``. One that is told of several reasons counts where least of it was read."""
    held: dict[str, set[str]] = {"": set(), _SEARCHED: set(), _IN_PART: set()}
    for each in unread:
        held[next((start for start in (_SEARCHED, _IN_PART) if each.reason.startswith(start)), "")].add(each.source)
    searched = held[_SEARCHED] - held[""]
    in_part = held[_IN_PART] - held[_SEARCHED] - held[""]
    return (
        *_many(len(held[""]), "document", "not read"),
        *_many(len(searched), "older note", "only searched for emergencies"),
        *_many(len(in_part), "document", "read in part only"),
    )


def _many(number: int, noun: str, what: str) -> tuple[str, ...]:
    return (f"{number} {noun}{'s' if number > 1 else ''} {what}",) if number else ()
