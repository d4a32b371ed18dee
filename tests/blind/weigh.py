"""``python -m tests.blind.weigh [FILE …]``: learn the weights of the emergency classifiers from the labelled texts.

Prints what they do to texts of writers they have not learnt from (folds by file), then learns from all and writes
rules/language/emergency_weights.tsv and assertion_weights.tsv; files that are named are left out, to be measured on. An
instance is a sentence of a note as the reader comes by it: of the first classifier any, of the second one in which the
rules read a sign; with whether it tells an emergency that the patient has now.
"""

from __future__ import annotations

import math
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from service.domain.statements import Polarity
from service.findings.case_sheet import compiled
from service.text.pipeline import read
from service.text.statements.emergency_classifiers import FEW, LEAST, MOST, OF_SHORT, SHORT
from service.text.vocabulary.language import Language
from service.text.vocabulary.sentence_weights import SentenceWeights, features
from service.text.vocabulary.tokens import Words
from tests.blind.__main__ import HOME
from tests.blind.small_charts import documents
from tests.rule_sets import shipped
from tests.text import reading

OUT = Path(__file__).resolve().parents[2] / "rules" / "language"
FOLDS = 5
ROUNDS, RATE, DECAY, LEAST_SEEN = 8, 0.1, 3e-4, 3
DOCUMENT, ASSERTED_FRAME = 1.0, 0.3
TOLD_LINE, QUIET_LINE, FRAME = 0.4, 0.2, 0.1
"""How much a sentence counts that stands alone in a bank, and one of a frame, beside one of a whole document."""
NOT_LEARNT = {"notes_w_several_days"}
"""There a sentence alarms and a later line of the same text says how it ended: no single one of them is wrong."""
_MARKED = re.compile("«(.*?)»", re.DOTALL)


class Labelled(NamedTuple):
    """A text with the signs that it tells of the patient now; None where whatever it tells is so."""

    source: str
    text: str
    signs: frozenset[str] | None

    @property
    def kind(self) -> str:
        kind = self.source.partition("_")[0]
        return kind if kind in {"notes", "courses", "problems", "frames"} else "lines"


class Instance(NamedTuple):
    """A sentence. ``told`` is None where nobody has marked which sentences of its text tell the emergency; ``asserted``
    are its features with the signs that the rules read in it, none without."""

    text: int
    kind: str
    features: tuple[str, ...]
    asserted: tuple[str, ...]
    told: bool | None
    short: bool


Weighed = tuple[tuple[str, ...], bool, float]
"""Features, whether it is told, and how much it counts."""
Scored = tuple[Instance, float, float]
"""A sentence with the log odds of the two classifiers."""


def labelled(language: Mapping[str, Any]) -> Iterator[Labelled]:
    """Every labelled text here, and what the frames of emergencies must read, which is told as in a textbook."""
    for path in sorted((HOME / "banks").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            kind, labels, text, *_ = (*line.split("\t"), "", "")
            if kind == "note":
                yield Labelled(path.stem, text, frozenset(name.lstrip("?") for name in labels.split()))
    for path in sorted((HOME / "alarms").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            _, kind, labels, text, *_ = (*line.split("\t"), "", "", "", "")
            if kind == "note":
                yield Labelled("alarms", text.replace("\\n", "\n"), frozenset(labels.split()))
    for path in sorted((HOME / "planted").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            _, _, right, _, text, *_ = (*line.split("\t"), "", "", "", "", "")
            if right in {"silent", "critical"}:
                yield Labelled(path.stem, text, frozenset() if right == "silent" else None)
    for path in sorted((HOME / "notes").glob("*.txt")):
        for _, _, right, text in documents(path):
            yield Labelled(path.stem, text, None if right == "critical" else frozenset())
    for frame in language["frame"]:
        if frame["concept"] in language["scoring"]["emergencies"] and not frame.get("sign"):
            yield from (Labelled("frames", sentence, None) for sentence in frame["reads"])


class _Listening(SentenceWeights, frozen=True):
    """Weighs nothing, and keeps the sentences that it is asked about."""

    heard: list[tuple[str, str]]

    def log_odds(self, sentence: str, before: str, words: Words, signs: Iterable[str] = ()) -> float:
        self.heard.append((sentence, before))
        return 0.0


def instances(told: Labelled, number: int, language: Language) -> Iterator[Instance]:
    marked = [" ".join(part.split()) for part in _MARKED.findall(told.text)]
    listening = _Listening({"": 0.0}, [])
    text = told.text.replace("«", "").replace("»", "")
    said = read(reading.record(text, "note"), replace(language, alarm=listening)).statements
    signs = [s for s in said if s.polarity is not Polarity.NO and s.concept in language.emergencies]
    for sentence, before in listening.heard:
        words = " ".join(sentence.split())
        own = {s.concept for s in signs if words.startswith(s.words[:60]) or s.words[:60].startswith(words)}
        is_told: bool | None
        if marked:
            is_told = any(words[:40] in part or part[:40] in words for part in marked)
        elif told.signs is not None and language.emergencies.isdisjoint(told.signs):
            is_told = False
        else:
            is_told = True if own or len(listening.heard) == 1 else None
        found, asserted = (tuple(sorted(set(features(sentence, before, language.words, with_)))) for with_ in ((), own))
        short = len(listening.heard) <= FEW or len(sentence.split()) <= SHORT
        yield Instance(number, told.kind, found, asserted if own else (), is_told, short)


def alarming(seen: Iterable[Instance]) -> list[Weighed]:
    """What the first classifier learns from."""
    by_kind = {"frames": FRAME, "lines": QUIET_LINE}
    return [
        (i.features, i.told, TOLD_LINE if i.told and i.kind == "lines" else by_kind.get(i.kind, DOCUMENT))
        for i in seen
        if i.told is not None
    ]


def asserted(seen: Iterable[Instance]) -> list[Weighed]:
    """What the second one learns from."""
    return [
        (i.asserted, i.told, ASSERTED_FRAME if i.kind == "frames" else DOCUMENT)
        for i in seen
        if i.told is not None and i.asserted
    ]


def learn(seen: Sequence[Weighed]) -> dict[str, float]:
    """Logistic regression by stochastic gradient descent with adaptive rates; features that are seen often enough."""
    often = Counter(feature for found, _, _ in seen for feature in found)
    kept = [([f for f in found if often[f] >= LEAST_SEEN], float(told), weight) for found, told, weight in seen]
    weights = dict.fromkeys((f for f, n in sorted(often.items()) if n >= LEAST_SEEN), 0.0)
    squares = dict.fromkeys(weights, 1e-8)
    order = random.Random(1)
    for _ in range(ROUNDS):
        order.shuffle(kept)
        for found, right, counts in kept:
            odds = max(-30.0, min(30.0, sum(weights[f] for f in found)))
            error = (1 / (1 + math.exp(-odds)) - right) * counts
            for feature in found:
                slope = error + DECAY * weights[feature]
                squares[feature] += slope * slope
                weights[feature] -= RATE * slope / math.sqrt(squares[feature])
    return {feature: round(weight, 2) for feature, weight in weights.items() if abs(weight) >= 0.05}


def _odds(weights: Mapping[str, float], found: Iterable[str]) -> float:
    return sum(weights.get(feature, 0.0) for feature in found)


def judged(texts: Sequence[Labelled], seen: Sequence[Instance]) -> Iterator[Scored]:
    """Every sentence with its log odds by weights that were learnt from other files than its own."""
    folds = {source: number % FOLDS for number, source in enumerate(sorted({t.source for t in texts}))}
    for fold in range(FOLDS):
        others = [i for i in seen if folds[texts[i.text].source] != fold]
        alarm, assertion = learn(alarming(others)), learn(asserted(others))
        for i in seen:
            if folds[texts[i.text].source] == fold:
                yield i, _odds(alarm, i.features), _odds(assertion, i.asserted)


def outcomes(scored: Sequence[Scored]) -> Iterator[str]:
    """By both limits: in how many texts a sentence counts as an emergency; and how many signs of telling lines."""
    held: dict[str, dict[int, list[Scored]]] = defaultdict(lambda: defaultdict(list))
    emergencies = {i.text for i, _, _ in scored if i.told is not False}
    for each in scored:
        kind, number = each[0].kind, each[0].text
        held[f"{'emergencies' if number in emergencies else 'uneventful'} of {kind}"][number].append(each)
    signs = [each for each in scored if each[0].kind == "lines" and each[0].told and each[0].asserted]
    for least, most in product((-2.0, LEAST, -0.5, 0.0, 0.5), (1.0, MOST, 2.0)):

        def counts(each: Scored, least: float = least, most: float = most) -> bool:
            sentence, alarm, assertion = each
            sign = alarm + assertion + OF_SHORT * sentence.short
            return alarm > most or (bool(sentence.asserted) and sign >= least)

        told = [
            f"{kind} {sum(any(map(counts, each)) for each in texts.values())} of {len(texts)}"
            for kind, texts in sorted(held.items())
            if not kind.endswith(("lines", "frames"))
        ]
        yield f"{least} {most}: {', '.join(told)}, signs of lines {sum(map(counts, signs))} of {len(signs)}"


def write(name: str, weights: Mapping[str, float]) -> None:
    OUT.joinpath(f"{name}.tsv").write_text("".join(f"{f}\t{w:g}\n" for f, w in sorted(weights.items())), "utf-8")
    print(f"{name}: {len(weights)} weights")


def main(without: frozenset[str]) -> None:
    language = replace(compiled(shipped().language), assertion=SentenceWeights({}), alarm=SentenceWeights({}))
    texts = [told for told in labelled(shipped().language) if told.source not in NOT_LEARNT | without]
    seen = [instance for number, told in enumerate(texts) for instance in instances(told, number, language)]
    print(f"{len(seen)} sentences of {len(texts)} texts; texts in which one counts, by LEAST and MOST:")
    print("\n".join(outcomes(list(judged(texts, seen)))))
    write("emergency_weights", learn(alarming(seen)))
    write("assertion_weights", learn(asserted(seen)))


if __name__ == "__main__":
    main(frozenset(sys.argv[1:]))
