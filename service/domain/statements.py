"""What the chart says: statements, operations, and what could not be used of the input."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from service.domain.places import NOWHERE, Place, Side
from service.domain.spans import Span

Ref = str
"""A FHIR reference as the chart gives it, e.g. ``Condition/c1``."""


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


class Skipped(Struct, frozen=True, gc=False):
    """A part of the input that was not used: a FHIRPath-like place and a plain reason, never its content."""

    path: str
    reason: str
