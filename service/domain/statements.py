"""What the chart says: statements, operations, and what could not be used of the input."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from service.domain.places import NOWHERE, Place, Side
from service.domain.spans import Span

Ref = str
"""A FHIR reference as the chart gives it, e.g. ``Condition/c1``."""


ANKLE_JERK = "ankle jerk"
"""What a lost reflex is a loss of, where it is that of S1."""


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


class Attributes(Struct, frozen=True, gc=False):
    """What is said of a thing beyond that it is there; what nobody says is left as it is here.

    ``severity`` of a pain: severe, moderate, mild, minimal (of the back only) or "". ``old``: the sign itself is
    called chronic, long-standing or known from before the operation, the pain unchanged or ongoing; ``new``: its
    sentence calls it new, acute or worse; ``begun``: it says in so many words that it just began; ``since_surgery``:
    that it came with an operation. ``fallen``: it names a muscle grade and a higher one from before; ``sore``: it
    tells of pain at a touch; ``slight``: it grades power, none below 4+/5, and calls nothing weak;
    ``cauda_equina``: it names the cauda equina or the conus. ``grade`` is muscle power out of 5, ``muscle`` what was
    graded ("" for all of a leg, of a lost reflex the jerk), ``old`` a grade told of before, with ``new`` of these days;
    ``score`` is pain out of 10, of a pain that is graded from none ("0-1/10") the upper end. ``sites`` are the parts
    named with it (leg, back, arm; of a pattern of pain the back alone), ``devices`` the kinds of device
    (pacemaker, defibrillator, stimulator, pump, cochlear, clip, metal, trial). ``removal``: a device was taken out,
    "whole" with its leads, or "part" when leads may have stayed; else "". ``grown``: what a picture shows is called
    progressive, or set against an earlier picture that showed less; ``beside``: it is told to lie next to a fusion.
    ``turned``: the sentence of a pain tells first of relief and then of this pain ("free for a year, then ...").
    ``long``: its sentence tells of a pain for years, or since before the operation, and of no change.
    ``well``: the kind of good news that a note tells of its patient (``service.text.context.wellbeing``).
    """

    severity: str = ""
    old: bool = False
    new: bool = False
    begun: bool = False
    since_surgery: bool = False
    fallen: bool = False
    sore: bool = False
    slight: bool = False
    cauda_equina: bool = False
    grade: float | None = None
    muscle: str = ""
    score: float | None = None
    sites: frozenset[str] = frozenset()
    devices: frozenset[str] = frozenset()
    removal: str = ""
    grown: bool = False
    turned: bool = False
    beside: bool = False
    well: str = ""
    long: bool = False


PLAIN = Attributes()
"""Nothing further is said."""


class Statement(Struct, frozen=True, gc=False):
    """One thing the chart says about the patient: a concept of vocabulary.toml, with its where and when.

    ``stated`` is when it was first written down, ``onset`` when it is said to have begun, ``ended`` when it is said
    to have ended. ``study`` is the ImagingStudy a report belongs to, ``modality`` its DICOM modality or "".
    ``words`` are the chart's own words (code display or phrase), for people; no stage searches them again, for what
    they say further stands in ``attributes``.
    ``closed`` is true for inactive, resolved and remission entries.
    ``sentence`` numbers the sentence in its text (0 for codes) so that concepts of one sentence can be read together.
    ``retold`` names the study that a note retells, by the note and the modality ("DocumentReference/7#MR"), else "".
    ``about_surgery`` is true when the entry's own text speaks of the operation in the past.
    ``resource`` is the type of the FHIR resource that says it, e.g. ``Condition``.
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
    retold: Ref = ""
    resource: str = ""
    attributes: Attributes = PLAIN


class Session(Struct, frozen=True, gc=False):
    """One operation: all Procedures of one encounter or of dates at most one day apart.

    ``classes`` is a set of D discectomy, L decompression, F fusion, R disc replacement, M minor.
    ``minor`` names what kind of minor procedure it was (injection, stimulator, hardware-removal, washout ...),
    ``devices`` the kinds of device that its procedures name.
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
    devices: frozenset[str] = frozenset()


class Resemblance(Struct, frozen=True, gc=False):
    """What all words of a chart together are like: one of the answers that charts were labelled with, how likely it is
    (0 to 1, less for few words), and the sentence that speaks most for it, with its source and day."""

    answer: str
    likelihood: float
    source: Ref = ""
    words: str = ""
    stated: Span | None = None
    basis: Basis = Basis.NOTE


class NotUnderstood(Struct, frozen=True, gc=False):
    """A clause of a text that names something clinical and of which nothing was read."""

    source: Ref
    words: str
    stated: Span | None = None


class Unread(Struct, frozen=True, gc=False):
    """A resource whose text was not read, or not wholly, and why; it never counts as read."""

    source: Ref
    reason: str


class Skipped(Struct, frozen=True, gc=False):
    """A part of the input that was not used: a FHIRPath-like place and a plain reason, never its content."""

    path: str
    reason: str
