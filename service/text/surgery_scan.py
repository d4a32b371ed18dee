"""A cheap look at all words of a chart, before any is read: whether any of them could tell of spine surgery."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.fhir import resources
from service.fhir.record import Record
from service.text.attachments import decoded
from service.text.documents import document_entries
from service.text.normalise import normalise

_WORD = re.compile(r"[^\W_]+")


def may_tell_of_surgery(record: Record, words: frozenset[str]) -> bool:
    """False only when none of these words stands in any text of the record. Linear in its length."""
    return any(not words.isdisjoint(_WORD.findall(_plain(text).lower())) for text in _texts(record))


def _plain(text: str) -> str:
    """Letters of other alphabets that look like Latin ones are read as these."""
    return text if text.isascii() else normalise(text)


def _texts(record: Record) -> Iterator[str]:
    """All words that the text stage would read, names and notes in one piece per kind of resource."""
    told: list[str | None] = []
    for study in record.imaging_studies:
        told += [study.description, *(note.text for note in study.note or ())]
    named: tuple[resources.Condition | resources.Procedure, ...] = (*record.conditions, *record.procedures)
    for entry in named:
        if entry.code is not None:
            told.append(entry.code.text)
            if not entry.code.text:
                told += [coding.display for coding in entry.code.coding or () if coding]
        told += [note.text for note in entry.note or ()]
    for observation in record.observations:
        told.append(observation.value_string)
        told += [note.text for note in observation.note or ()]
    yield "\n".join(words for words in dict.fromkeys(told) if words)  # charts repeat themselves
    for report in record.reports:
        yield (report.conclusion or "")
        for form in report.presented_form or ():
            yield decoded(form).text
    for document in record.documents:
        yield from (text.words for entry in document_entries(document) for text in entry.texts)
