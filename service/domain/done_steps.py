"""A step that the chart tells of: which, what became of it, when, and in whose words."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from service.domain.spans import Span

DONE, UNREPORTED, PENDING, DECLINED = "done", "unreported", "pending", "declined"
"""Done and its result told; done and its result not here; asked for; declined by the patient."""


class DoneStep(Struct, frozen=True, gc=False):
    """``step`` is the id of a step of rules/steps, ``study`` the finding that the case sheet has for it or "".

    ``manner`` is done, unreported, pending or declined; ``result`` normal, abnormal or ""; ``amount`` the number told
    with ``name`` ("crp 3"). ``when`` is its own day where ``dated``, else that of the writing. ``since`` and ``limit``
    say how long it counts; ``routine`` that it holds no urgent want back.
    """

    step: str
    manner: str
    source: str
    since: str
    study: str = ""
    result: str = ""
    amount: float | None = None
    name: str = ""
    when: Span | None = None
    dated: bool = False
    words: str = ""
    limit: str = ""
    routine: bool = False
    not_for: tuple[str, ...] = ()


class Settled(Struct, frozen=True, gc=False):
    """Why a step need not be suggested: the sentence for people; ``routine``: an urgent want is not held back;
    ``firm``: a bedside warning's want is held back too; ``today``: an emergency's as well."""

    step: str
    reason: str
    routine: bool = False
    day: date | None = None
    not_for: tuple[str, ...] = ()
    firm: bool = False
    today: bool = False
