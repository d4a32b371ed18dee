"""A note made ready to be read: its text in, the text of its patient in sentences out, with whose and when it tells."""

from __future__ import annotations

from typing import NamedTuple

from service.domain.spans import Span
from service.text.context.carers import patient_of
from service.text.documents.old_paragraphs import OfThen
from service.text.documents.then_words import WRITTEN_OUT
from service.text.documents.told_of_others import without_others
from service.text.shorthand.spelled_out import spelled_out


class Note(NamedTuple):
    """``patient`` are the words for a patient of whom a relative writes; ``others`` what was told of somebody else."""

    words: str
    patient: frozenset[str]
    of_then: OfThen
    others: list[str]


def as_note(text: str, stated: Span | None) -> Note:
    """The note without what it tells of others, its shorthand written out."""
    patient = patient_of(text)
    own, others = without_others(text, patient)
    words = spelled_out(own)
    return Note(words, patient, OfThen(words, stated, own=WRITTEN_OUT in own), others)
