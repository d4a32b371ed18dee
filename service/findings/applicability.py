"""Most charts hold no spine surgery: codes and texts in; out, whether anything could tell of one, at little cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from service.chart.operations import CLASS_OF, MINOR_KIND
from service.domain.statements import Statement
from service.fhir import resources
from service.fhir.record import Record
from service.findings.surgery.reported_history import STATING, TOLD_IN_WORDS
from service.text.documents import LONGEST_TEXT, decoded
from service.text.lexicon import Lexicon
from service.text.tokens import TOKEN

TELLING = frozenset({*CLASS_OF, *MINOR_KIND, *STATING})
"""The concepts that surgery is read from; without any of them a chart is out of scope."""


IN_WORDS = frozenset({*CLASS_OF, *MINOR_KIND, *TOLD_IN_WORDS})
"""Those of them that words alone can tell of."""


def marks(lexicon: Lexicon) -> frozenset[str]:
    """Few words of which one stands in every phrase that tells of spine surgery, everyday words last."""
    left = set(lexicon.marked)
    chosen: set[str] = set()
    while left:
        counted = Counter(word for words in left for word in words)
        word = max(counted, key=lambda w: (w not in lexicon.everyday and len(w) > 2, counted[w], w))
        chosen.add(word)
        left = {words for words in left if word not in words}
    return frozenset(chosen)


def may_concern(record: Record, coded: Iterable[Statement], telling_words: frozenset[str]) -> bool:
    """False only when no code and no text of the record can tell of spine surgery."""
    if any(statement.concept in TELLING for statement in coded):
        return True
    return any(not telling_words.isdisjoint(TOKEN.findall(text.lower())) for text in _texts(record))


def _texts(record: Record) -> Iterator[str]:
    """All words that the text stage would read, names and notes in one piece per kind of resource."""
    told: list[str | None] = [study.description for study in record.imaging_studies]
    named: tuple[resources.Condition | resources.Procedure, ...] = (*record.conditions, *record.procedures)
    for entry in named:
        told.append(entry.code.text if entry.code is not None else None)
        told += [note.text for note in entry.note or ()]
    for observation in record.observations:
        told.append(observation.value_string)
        told += [note.text for note in observation.note or ()]
    yield "\n".join(words[:LONGEST_TEXT] for words in dict.fromkeys(told) if words)  # charts repeat themselves
    for report in record.reports:
        yield (report.conclusion or "")[:LONGEST_TEXT]
        for form in report.presented_form or ():
            yield decoded(form)[:LONGEST_TEXT]
