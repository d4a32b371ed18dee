"""What the chart comes to: named findings, the case sheet that holds them, and the story that heads a card."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from service.domain.done_steps import Settled
from service.domain.spans import Interval, Span
from service.domain.statements import Basis, NotUnderstood, Ref, Unread

UNKNOWN = "unknown"


class Finding(Struct, frozen=True, gc=False):
    """One named finding of the case sheet: its word or number, and where the chart says so."""

    name: str
    value: str | Interval
    refs: tuple[Ref, ...] = ()
    basis: Basis = Basis.CODE
    words: str = ""
    when: Span | None = None


class Story(Struct, frozen=True, gc=False):
    """What a reader wants at the head of a card: the operation, the course, the studies, the implants.

    ``date`` is the index operation's date as people write it ("date unknown"), ``classes`` its kinds in words.
    """

    operation: str = ""
    date: str = ""
    classes: tuple[str, ...] = ()
    refs: tuple[Ref, ...] = ()
    course: str = ""
    timeline: tuple[str, ...] = ()
    imaging: tuple[str, ...] = ()
    implants: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    side: str = ""


class CaseSheet(Struct, frozen=True):
    """Every known finding of one patient on one day; what is absent from ``findings`` is unknown."""

    as_of: date
    findings: Mapping[str, Finding]
    story: Story = field(default_factory=Story)
    not_understood: tuple[NotUnderstood, ...] = ()
    unread: tuple[Unread, ...] = ()
    settled: tuple[Settled, ...] = ()
