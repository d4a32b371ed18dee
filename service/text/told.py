"""What texts told: the shapes that reading them has."""

from __future__ import annotations

from msgspec import Struct

from service.domain.done_steps import DoneStep
from service.domain.statements import NotUnderstood, Resemblance, Statement, Unread


class SetAside(Struct, frozen=True, gc=False):
    """What was read and is not said of the patient now, with the reason."""

    words: str
    reason: str


class Told(Struct, frozen=True):
    """What texts say, what was read and set aside, what in them was not understood, what was not read, and the steps
    they tell to be done; ``resembles`` is what all words of a record together are like, the likeliest first."""

    statements: tuple[Statement, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    unread: tuple[Unread, ...] = ()
    done: tuple[DoneStep, ...] = ()
    resembles: tuple[Resemblance, ...] = ()
