"""What the chain concludes from a case sheet: frozen values with their reasons, without behaviour of their own."""

from __future__ import annotations

from msgspec import Struct

from service.domain.findings import CaseSheet
from service.domain.statements import Ref, Skipped

LONGEST_SUMMARY = 139
"""Characters of a card's first line: the CDS Hooks specification wants fewer than 140."""


class Reason(Struct, frozen=True, gc=False):
    """One entry that counted: the sentence, its weight, the findings it stands on and its sources."""

    text: str
    weight: int
    group: str
    findings: tuple[str, ...]
    refs: tuple[Ref, ...]
    sources: tuple[str, ...]
    clause: str = ""
    words: str = ""


class Alarm(Struct, frozen=True, gc=False):
    """A red flag or bedside warning that fired."""

    id: str
    title: str
    kind: str
    indicator: str
    urgency: str
    because: tuple[Reason, ...]
    action: str
    summary: str = ""
    overridden: bool = False
    sign_of: str = ""
    """The alarm that explains this one, when both fired: they are one event."""


class Cause(Struct, frozen=True, gc=False):
    """A standing hypothesis with its verdict: documented, likely, possible or fits."""

    id: str
    title: str
    certainty: str
    score: int
    indicator: str
    summary: str
    for_: tuple[Reason, ...]
    against: tuple[Reason, ...]
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    overridden: bool = False
    general: tuple[str, ...] = ()
    """Those of the notes that tell of other patients; no card has room for them."""


class Order(Struct, frozen=True, gc=False):
    """The coded order that a next step stands for."""

    system: str
    code: str
    display: str

    @property
    def with_contrast(self) -> bool:
        """Whether the name of the coded study asks for contrast: "WO and W contrast IV", "W contrast IT"."""
        words = self.display.split()
        return "W" in words and "contrast" in words


class NextStep(Struct, frozen=True, gc=False):
    id: str
    title: str
    urgency: str
    why: str
    for_ids: tuple[str, ...] = ()
    order: Order | None = None
    cautions: tuple[str, ...] = ()
    positive: str = ""
    negative: str = ""
    kind: str = ""
    """Imaging, test, block, record, referral, care, or bedside for what needs only hands and eyes."""


class WithheldStep(Struct, frozen=True, gc=False):
    id: str
    title: str
    reason: str


class Question(Struct, frozen=True, gc=False):
    id: str
    text: str
    separates: str
    findings: tuple[str, ...]
    bedside: bool = False
    """Asked of the patient's body, by a test at the bedside or a plain film, because the pattern is specific."""


class WouldChange(Struct, frozen=True, gc=False):
    """An unknown finding and what knowing it would do to the ranking (points moved, leader before and after).

    ``cause`` is the id of the cause that ``word`` would move most, and ``gains`` whether it would move up.
    """

    finding: str
    sentence: str
    points: int
    example: str
    cause: str = ""
    word: str = ""
    gains: bool = False


class Fired(Struct, frozen=True, gc=False):
    """One line of the trace: which clause of which record fired, in which stratum, on which findings."""

    stratum: str
    record: str
    clause: str
    findings: tuple[str, ...]
    refs: tuple[Ref, ...]
    sources: tuple[str, ...]


class Conclusions(Struct, frozen=True):
    """What the chain concluded from one case sheet. ``fired`` names the records that had a say, in their order."""

    sheet: CaseSheet
    alarms: tuple[Alarm, ...] = ()
    warnings: tuple[Alarm, ...] = ()
    causes: tuple[Cause, ...] = ()
    fits: tuple[Cause, ...] = ()
    notices: tuple[Cause, ...] = ()
    modifiers: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    steps: tuple[NextStep, ...] = ()
    withheld: tuple[WithheldStep, ...] = ()
    would_change: tuple[WouldChange, ...] = ()
    suppressed: tuple[Skipped, ...] = ()
    trace: tuple[Fired, ...] = ()
    orientation: bool = False
    silent: str = ""
    """In one line why nothing is said; empty when something is."""
    fired: tuple[str, ...] = ()
