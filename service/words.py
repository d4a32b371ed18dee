"""The nouns of the service: frozen values that pass from stage to stage, without behaviour of their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct, field

Ref = str
"""A FHIR reference as the chart gives it, e.g. ``Condition/c1``."""

UNKNOWN = "unknown"


class Span(Struct, frozen=True, gc=False):
    """The days that a (possibly partial) FHIR date can mean: ``2019-03`` is 2019-03-01 .. 2019-03-31.

    ``approx`` marks a date that stands in for the one wanted (``recordedDate`` for an onset).
    """

    first: date
    last: date
    approx: bool = False


class Interval(Struct, frozen=True, gc=False):
    """A whole number known only to lie between ``low`` and ``high`` (both included)."""

    low: int
    high: int


class Precision(StrEnum):
    SEGMENT = "segment"
    REGION = "region"
    NONE = "none"


class Place(Struct, frozen=True, gc=False):
    """Where on the spine: named disc segments (``L4-L5``), else a region, else nothing.

    ``segments`` runs cranial to caudal; ``region`` is one of cervical, thoracic, thoracolumbar, lumbar,
    lumbosacral, sacral, sacroiliac, spine, or "" when nothing is said.
    """

    segments: tuple[str, ...] = ()
    region: str = ""

    @property
    def precision(self) -> Precision:
        if self.segments:
            return Precision.SEGMENT
        return Precision.REGION if self.region else Precision.NONE


NOWHERE = Place()


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    BILATERAL = "bilateral"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """How the chart says it; words from notes weigh less than codes, reports and answers."""

    CODE = "code"
    REPORT = "report"
    NOTE = "note"
    VALUE = "value"
    ANSWER = "answer"
    INFERRED = "inferred"


class Polarity(StrEnum):
    YES = "yes"
    NO = "no"
    UNCERTAIN = "uncertain"


class Statement(Struct, frozen=True, gc=False):
    """One thing the chart says about the patient: a concept of vocabulary.toml, with its where and when.

    ``stated`` is when it was first written down, ``onset`` when it is said to have begun, ``ended`` when it is said
    to have ended. ``study`` is the ImagingStudy a report belongs to, ``modality`` its DICOM modality or "".
    ``words`` are the chart's own words (code display or phrase), for the trace; never fed to the engine.
    ``closed`` is true for inactive, resolved and remission entries.
    ``sentence`` numbers the sentence in its text (0 for codes) so that concepts of one sentence can be read together.
    ``about_surgery`` is true when the entry's own text speaks of the operation in the past.
    """

    concept: str
    source: Ref
    basis: Basis
    polarity: Polarity = Polarity.YES
    stated: Span | None = None
    onset: Span | None = None
    ended: Span | None = None
    place: Place = NOWHERE
    side: Side = Side.UNKNOWN
    study: Ref = ""
    modality: str = ""
    words: str = ""
    closed: bool = False
    sentence: int = 0
    about_surgery: bool = False
    encounter: Ref = ""
    code: str = ""


class Session(Struct, frozen=True, gc=False):
    """One operation: all Procedures of one encounter or of dates at most one day apart.

    ``classes`` is a set of D discectomy, L decompression, F fusion, R disc replacement, M minor.
    ``minor`` names what kind of minor procedure it was (injection, stimulator, hardware-removal, washout ...).
    """

    classes: frozenset[str]
    when: Span | None
    place: Place
    side: Side
    refs: tuple[Ref, ...]
    titles: tuple[str, ...]
    minor: frozenset[str] = frozenset()
    instrumented: bool = False
    posterior: bool = True
    revision: bool = False
    stated_only: bool = False


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


class Skipped(Struct, frozen=True, gc=False):
    """A part of the input that was not used: a FHIRPath-like place and a plain reason, never its content."""

    path: str
    reason: str
