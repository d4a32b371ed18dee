"""What all words of a chart together are like: its entries in; likely answers with the sentence that speaks most, out.

The frames read sentences, and what no frame foresaw is lost; but what a chart is about shows in which words it holds at
all. A classifier learnt from labelled charts and notes of many writers says how likely each cause is, and each
emergency, and that nothing is the matter (service/decisions/whole-chart-words.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from service.domain.statements import Basis, Resemblance
from service.text.documents.entries import Entry, Text
from service.text.vocabulary.chart_weights import ChartWeights, words_of

LEAST, QUOTED = 0.02, 0.15
"""How likely an answer must be to be told, and to be told with words."""
SURE_FROM = 60
"""Different words that the weights know: with fewer an answer is so much less likely, for short notes are like
anything."""
RECENT = 45
"""What was written in so many last days counts as much as all together: it tells what is the matter now."""
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")
_LONGEST = 160
"""Characters of a sentence that are quoted."""

_Sentence = tuple[Entry, Text, str, frozenset[str]]


def resembled(entries: Iterable[Entry], day: date, weights: ChartWeights) -> tuple[Resemblance, ...]:
    """The answers that the words of these entries make likely, the likeliest first; none without weights.

    Names of problems and operations are left out: a long list of other illnesses changes nothing.
    """
    if not weights.of:
        return ()
    told = [
        (entry, text)
        for entry in entries
        for text in entry.texts
        if not text.own_name and (text.stated is None or text.stated.first <= day)
    ]
    written = [(entry, text, words_of(text.words) & weights.of.keys()) for entry, text in told]
    words = frozenset[str]().union(*(each for _, _, each in written))
    likely = weights.likelihoods(words)
    since = day.toordinal() - RECENT
    recent = frozenset[str]().union(
        *(each for _, text, each in written if text.stated and text.stated.last.toordinal() >= since)
    )
    if SURE_FROM <= len(recent) < len(words):
        of_late = weights.likelihoods(recent)
        likely = {answer: (odds + of_late[answer]) / 2 for answer, odds in likely.items()}
    likely = {answer: odds * min(1.0, len(words) / SURE_FROM) for answer, odds in likely.items()}
    # Without a note nobody has told how the patient is: it rests on reports alone.
    basis = Basis.NOTE if any(entry.kind == "note" for entry, _ in told) else Basis.REPORT
    found = [
        Resemblance(answer, round(odds, 3), basis=basis)
        for answer, odds in sorted(likely.items(), key=lambda each: (-each[1], each[0]))
        if odds >= LEAST
    ]
    if not any(each.likelihood >= QUOTED for each in found):
        return tuple(found)
    sentences = [
        (entry, text, sentence, words_of(sentence)) for entry, text in told for sentence in _sentences(text.words)
    ]
    return tuple(
        _quoted(each, sentences, weights.speaking(each.answer, words)) if each.likelihood >= QUOTED else each
        for each in found
    )


def _quoted(of: Resemblance, sentences: Sequence[_Sentence], speaking: Mapping[str, float]) -> Resemblance:
    """With the sentence whose words speak most for it, the first of equals."""
    best, most = None, 0.0
    for each in sentences:
        # Sorted, so that the sum is the same in every process.
        total = sum(speaking[word] for word in sorted(each[3] & speaking.keys()))
        if total > most:
            best, most = each, total
    if best is None:
        return of
    entry, text, sentence, _ = best
    return replace(of, source=entry.ref, words=sentence[:_LONGEST], stated=text.stated)


def _sentences(words: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(words):
        if plain := " ".join(sentence.split()):
            yield plain
