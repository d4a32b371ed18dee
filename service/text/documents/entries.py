"""The nouns of the text stage: a text with its date, and the entry of the chart that holds it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from msgspec import Struct

from service.domain.places import NOWHERE, Place, Side
from service.domain.spans import Span
from service.domain.statements import Basis
from service.text.documents import level_parser
from service.text.vocabulary.sections import Section


class Text(Struct, frozen=True, gc=False):
    """``own_name`` marks the name of the entry itself (code.text), as against a note on it."""

    words: str
    stated: Span | None
    opening: Section = Section.BODY
    own_name: bool = False


@dataclass(frozen=True)
class Entry:
    """One resource with its texts. ``kind`` is the reads_in word: report, condition, procedure or note.

    ``where`` is what the resource itself says of level and side; it is read only if a text says something.
    """

    ref: str
    kind: str
    basis: Basis
    texts: tuple[Text, ...]
    onset: Span | None = None
    ended: Span | None = None
    closed: bool = False
    doubtful: bool = False
    where: str = ""
    study: str = ""
    modality: str = ""
    encounter: str = ""
    resource: str = ""
    """The type of the FHIR resource, e.g. ``Condition``."""
    severity: str = ""
    """What its own element says of how bad it is."""
    counted: int = 0
    """Texts of the resource that another entry of it holds: its sentences are numbered behind theirs."""
    problems: tuple[str, ...] = ()
    """Why parts of its text could not be read."""

    @cached_property
    def place(self) -> Place:
        return level_parser.place_in_text(self.where) if self.where else NOWHERE

    @cached_property
    def side(self) -> Side:
        sided = self.where if self.kind != "report" else ""
        return level_parser.side_in_text(sided) if sided else Side.UNKNOWN
