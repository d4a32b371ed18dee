"""The nouns of the knowledge: records of causes, red flags, steps and findings, and the clauses they are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from service.domain.conclusions import Order
from service.domain.spans import Interval

WEIGHTS: Mapping[str, int] = {"strong": 3, "moderate": 2, "weak": 1}
GROUPS = ("finding", "course", "pattern", "words", "risk")
URGENCIES = ("emergency", "urgent", "routine")
INDICATORS = ("info", "warning", "critical")
DEFAULT_PRIORITY = 50
CAUSE, SYNDROME, EXCLUSION = NATURES = ("cause", "syndrome", "exclusion")
"""What a diagnosis is: a cause to be shown, a syndrome that causes explain, or what is left when they are excluded."""
STATUSES = ("draft", "reviewed", "active", "retired")

LONGEST_SUMMARY = 120
"""Characters of a summary as a record tells it: level and side are put in later, and a card's line holds 139."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One comparison of a number with a parameter: at_least, at_most, more_than or less_than."""

    comparison: str
    parameter: str


@dataclass(frozen=True, slots=True)
class Test:
    """What one key of a ``when`` asks of one finding: one of some words, or one or two bounds."""

    __test__ = False

    finding: str
    words: tuple[str, ...] = ()
    bounds: tuple[Bound, ...] = ()


When = tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One entry of a record. It holds when all of ``when`` holds and no ``unless`` is known to hold.

    ``kind`` is the name of the entry in the file (gate, fit, for, against, wants, raise, note, fires, order, instead,
    withhold, caution, when, prior); ``because`` is its sentence, whatever the file calls it (why, text, reason).
    """

    record: str
    id: str
    kind: str
    when: When = ()
    unless: tuple[When, ...] = ()
    because: str = ""
    sources: tuple[str, ...] = ()
    weight: int = 0
    group: str = ""
    observation: str = ""
    documented: bool = False
    points: int = 0
    step: str = ""
    urgency: str = "routine"
    indicator: str = ""
    emergency: bool = False
    alarm: bool = True
    """Whether a replacement or withholding also applies to a step that a red flag or bedside warning wants."""
    contrast: bool = False
    """Whether a caution is about contrast, and so said only of a study with it."""
    general: bool = False
    """Whether a note tells of other patients, how often and when: for the whole reasoning, not for a card."""
    order: Order | None = None
    causes: tuple[str, ...] = ()
    key: str = field(init=False, default="")
    findings: tuple[str, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        # Worked out once: every evaluation asks for them hundreds of times.
        object.__setattr__(self, "key", f"{self.record}/{self.kind}/{self.id}")
        object.__setattr__(self, "findings", tuple(test.finding for test in self.when))


@dataclass(frozen=True, slots=True)
class Vignette:
    name: str
    given: Mapping[str, str | Interval]
    expect: str
    wanted_by: str = ""
    urgency: str = "routine"


@dataclass(frozen=True, slots=True)
class Suppression:
    """What a negative silences. ``None`` for causes or steps means all of them."""

    causes: tuple[str, ...] | None = ()
    spared: tuple[str, ...] = ()
    orientation: bool = False
    steps: tuple[str, ...] | None = ()
    always: bool = False
    unproven: bool = False
    """Only causes that no objective finding supports are silenced."""


@dataclass(frozen=True, slots=True)
class CauseRecord:
    """A cause, or what stands beside the causes: a negative, a modifier line or a note on another cause."""

    id: str
    kind: str
    title: str
    category: str
    status: str
    sources: tuple[str, ...]
    gates: tuple[Clause, ...]
    fits: tuple[Clause, ...] = ()
    for_: tuple[Clause, ...] = ()
    against: tuple[Clause, ...] = ()
    wants: tuple[Clause, ...] = ()
    notes: tuple[Clause, ...] = ()
    raises: tuple[Clause, ...] = ()
    indicator: str = "info"
    summary: str = ""
    infection: bool = False
    nature: str = CAUSE
    needs_pain: bool = True
    """Whether the record speaks only of pain: an infection or a leak matters although the pain is over."""
    suppresses: Suppression | None = None
    line: str = ""
    of: str = ""
    text: str = ""
    look_alikes: tuple[str, ...] = ()
    vignettes: tuple[Vignette, ...] = ()
    reviewer: str = ""
    signed: date | None = None
    review_due: date | None = None

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return (
            *self.gates, *self.fits, *self.for_, *self.against, *self.wants, *self.notes, *self.raises,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class RedFlagRecord:
    id: str
    kind: str
    title: str
    status: str
    sources: tuple[str, ...]
    action: str
    fires: tuple[Clause, ...]
    wants: tuple[Clause, ...] = ()
    summary: str = ""
    cause: str = ""
    priority: int = DEFAULT_PRIORITY
    """Among alarms of the same indicator the lowest number is told first: the most dangerous."""
    explains: tuple[str, ...] = ()
    """The alarms that are signs of this one: they stand behind it, on one card for the one event."""
    vignettes: tuple[Vignette, ...] = ()
    reviewer: str = ""
    signed: date | None = None
    review_due: date | None = None

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return (*self.fires, *self.wants)


@dataclass(frozen=True, slots=True)
class StepRecord:
    id: str
    kind: str
    title: str
    status: str
    sources: tuple[str, ...]
    orders: tuple[Clause, ...] = ()
    insteads: tuple[Clause, ...] = ()
    withholds: tuple[Clause, ...] = ()
    cautions: tuple[Clause, ...] = ()
    modality: str = ""
    positive: str = ""
    negative: str = ""
    vignettes: tuple[Vignette, ...] = ()
    reviewer: str = ""
    signed: date | None = None
    review_due: date | None = None

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return (*self.orders, *self.insteads, *self.withholds, *self.cautions)


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """Concludes ``finding`` = ``word`` when any of its entries holds."""

    id: str
    title: str
    status: str
    sources: tuple[str, ...]
    finding: str
    word: str
    entries: tuple[Clause, ...]
    reviewer: str = ""
    signed: date | None = None
    review_due: date | None = None

    @property
    def kind(self) -> str:
        return "finding"

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return self.entries


Record = CauseRecord | RedFlagRecord | StepRecord | FindingRecord
