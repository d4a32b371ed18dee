"""Silent mode: conclusions and what is to stay unsaid in; the cards that are sent, and those held back, out.

A hospital listens before it speaks: everything is evaluated and counted, and nothing is shown. For one record the
rest of the answer is written as if that record had nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, TypeVar

from msgspec.structs import replace

from service.domain.conclusions import Alarm, Cause, Conclusions

Cards = list[dict[str, Any]]
Spoken = TypeVar("Spoken", Alarm, Cause)


def hold_back(
    conclusions: Conclusions, write: Callable[[Conclusions], Cards], *, everything: bool, records: Collection[str]
) -> tuple[Cards, Cards]:
    """The cards to send and the cards held back: all of them (``everything``), or those of ``records``."""
    written = write(conclusions)
    if everything:
        return [], written
    quiet = [card for card in written if card["source"]["topic"]["code"] in records]
    if not quiet and not any(cause.id in records for cause in conclusions.fits):
        return written, []
    return write(without(conclusions, records)), quiet


def without(conclusions: Conclusions, records: Collection[str]) -> Conclusions:
    """The conclusions as if these records had not spoken; a step stays while another record wants it."""
    return replace(
        conclusions,
        alarms=_but(conclusions.alarms, records),
        warnings=_but(conclusions.warnings, records),
        causes=_but(conclusions.causes, records),
        fits=_but(conclusions.fits, records),
        notices=_but(conclusions.notices, records),
        steps=tuple(
            replace(step, for_ids=kept)
            for step in conclusions.steps
            if (kept := tuple(ident for ident in step.for_ids if ident not in records))
        ),
    )


def _but(spoken: Iterable[Spoken], records: Collection[str]) -> tuple[Spoken, ...]:
    return tuple(each for each in spoken if each.id not in records)
