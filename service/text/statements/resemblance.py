"""What all words of a chart together are like: its entries in; likely answers with the sentence that speaks most, out.

The frames read sentences, and what no frame foresaw is lost; but what a chart is about shows in which words it holds at
all. A classifier learnt from labelled charts and notes of many writers says how likely each cause is, and each
emergency, and that nothing is the matter (service/decisions/whole-chart-words.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
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

_Told = Sequence[tuple[Entry, Text]]


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
    words = _words(told, weights)
    likely = weights.likelihoods(words)
    since = day.toordinal() - RECENT
    recent = _words([(e, t) for e, t in told if t.stated and t.stated.last.toordinal() >= since], weights)
    if SURE_FROM <= len(recent) < len(words):
        of_late = weights.likelihoods(recent)
        likely = {answer: (odds + of_late[answer]) / 2 for answer, odds in likely.items()}
    likely = {answer: odds * min(1.0, len(words) / SURE_FROM) for answer, odds in likely.items()}
    # Without a note nobody has told how the patient is: reports and names of problems are all that it rests on.
    basis = Basis.NOTE if any(entry.kind == "note" for entry, _ in told) else Basis.REPORT
    return tuple(
        _quoted(Resemblance(answer, round(odds, 3), basis=basis), told if odds >= QUOTED else (), weights)
        for answer, odds in sorted(likely.items(), key=lambda each: (-each[1], each[0]))
        if odds >= LEAST
    )


def _words(told: _Told, weights: ChartWeights) -> frozenset[str]:
    return frozenset(word for _, text in told for word in words_of(text.words) if word in weights.of)


def _quoted(of: Resemblance, told: _Told, weights: ChartWeights) -> Resemblance:
    best = max(
        (
            (weights.speaks_for(of.answer, words_of(sentence)), -at, sentence)
            for at, (_, text) in enumerate(told)
            for sentence in _sentences(text.words)
        ),
        default=(0.0, 0, ""),
    )
    if best[0] <= 0:
        return of
    entry, text = told[-best[1]]
    return replace(of, source=entry.ref, words=best[2][:_LONGEST], stated=text.stated)


def _sentences(words: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(words):
        if plain := " ".join(sentence.split()):
            yield plain
