"""``python -m tests.blind.weigh``: learn the weights of the assertion classifier anew from the labelled texts here.

Prints what the classifier does to texts of writers it has not learnt from (three folds by file), then learns from all
and writes rules/language/assertion_weights.tsv. An instance is a sentence in which the frames find an emergency's sign,
however it is meant; its answer is whether the patient has that sign now.
"""

from __future__ import annotations

import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from service.domain.statements import Polarity
from service.findings.case_sheet import compiled
from service.text.documents.normalise import normalise
from service.text.documents.sentences import split
from service.text.pipeline import read
from service.text.reader import Context, read_sentence
from service.text.statements.unlikely_signs import LEAST
from service.text.vocabulary.assertion_weights import AssertionWeights, features
from service.text.vocabulary.language import Language
from tests.blind.__main__ import HOME
from tests.rule_sets import shipped
from tests.text import reading

OUT = Path(__file__).resolve().parents[2] / "rules" / "language" / "assertion_weights.tsv"
FOLDS = 3
ROUNDS, RATE, DECAY, LEAST_SEEN = 6, 0.1, 1e-3, 4
PASSED = 3.0
"""How much more an instance weighs that the rules of assertion let pass: those are what it is for."""
_MARKED = re.compile("«(.*?)»", re.DOTALL)


class Labelled(NamedTuple):
    """A text with the signs that it tells of the patient now; None where whatever it tells is so."""

    source: str
    text: str
    signs: frozenset[str] | None


class Instance(NamedTuple):
    source: str
    text: int
    features: tuple[str, ...]
    told: bool
    passed: bool


def labelled() -> Iterator[Labelled]:
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
        for right, text in notes(path):
            yield Labelled(path.stem, text, frozenset() if right == "silent" else None)


def notes(path: Path) -> Iterator[tuple[str, str]]:
    """What is right (silent or critical) and the text of each document, behind ``=== operation|day|right|writer``."""
    _, *parts = re.split(r"^=== *(.*)$", path.read_text("utf-8"), flags=re.MULTILINE)
    for title, text in zip(parts[::2], parts[1::2], strict=True):
        yield title.split("|")[2].strip(), text.strip()


def instances(told: Labelled, number: int, language: Language) -> Iterator[Instance]:
    marked = [" ".join(part.split()) for part in _MARKED.findall(told.text)]
    text = told.text.replace("«", "").replace("»", "")
    passed = [s for s in read(reading.record(text, "note"), language).statements if s.polarity is Polarity.YES]
    context, before = Context(), ""
    for sentence in split(normalise(text), language.headings):
        context = Context() if sentence.starts_block else context
        words = " ".join(sentence.text.split())
        heard, context = read_sentence(sentence.text, language, "note", context)
        for sign in sorted({r.concept for r in heard.readings} & language.emergencies):
            passes = any(s.concept == sign and (s.words[:60] in words or words[:60] in s.words) for s in passed)
            if marked:
                is_told = any(words[:40] in part or part[:40] in words for part in marked)
            elif told.signs is None and told.source.startswith("notes") and not passes:
                continue  # nobody has marked what else of it is told
            else:
                is_told = told.signs is None or sign in told.signs
            found = tuple(sorted(set(features(sign, sentence.text, before, language.words))))
            yield Instance(told.source, number, found, is_told, passes)
        before = sentence.text


def learn(seen: Sequence[Instance]) -> AssertionWeights:
    """Logistic regression by stochastic gradient descent with adaptive rates; features that are seen often enough."""
    often = Counter(feature for instance in seen for feature in instance.features)
    kept = [
        ([f for f in i.features if often[f] >= LEAST_SEEN], float(i.told), PASSED if i.passed else 1.0) for i in seen
    ]
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
    return AssertionWeights({feature: round(weight, 2) for feature, weight in weights.items() if abs(weight) >= 0.05})


def odds(weights: AssertionWeights, instance: Instance) -> float:
    return sum(weights.of.get(feature, 0.0) for feature in instance.features)


def measure(scored: Iterable[tuple[Instance, float]]) -> Iterator[str]:
    """Of the texts of which the rules let signs pass: how many fall silent, and how many that tell one are lost."""
    texts: dict[tuple[str, int], list[tuple[Instance, float]]] = defaultdict(list)
    for instance, score in scored:
        if instance.passed:
            texts[re.sub(r"_.*", "", instance.source), instance.text].append((instance, score))
    for least in (-3.0, -2.5, LEAST, -1.5, -1.0):
        lost: Counter[str] = Counter()
        counts: Counter[str] = Counter()
        for (source, _), held in texts.items():
            right = "telling" if any(i.told for i, _ in held) else "silent"
            name = f"{right} {source if source in {'alarms', 'notes', 'courses'} else 'lines'}"
            counts[name] += 1
            lost[name] += all(score < least for _, score in held)
        yield f"{least}: " + ", ".join(f"{name} {lost[name]} of {n}" for name, n in sorted(counts.items()))


def main() -> None:
    language = replace(compiled(shipped().language), weights=AssertionWeights({}))
    seen = [i for number, told in enumerate(labelled()) for i in instances(told, number, language)]
    sources = {source: number % FOLDS for number, source in enumerate(sorted({i.source for i in seen}))}
    scored: list[tuple[Instance, float]] = []
    for fold in range(FOLDS):
        weights = learn([i for i in seen if sources[i.source] != fold])
        scored += [(i, odds(weights, i)) for i in seen if sources[i.source] == fold]
    print(
        f"{len(seen)} instances of {len(sources)} sources; set aside below these log odds, learnt from the other folds:"
    )
    print("\n".join(measure(scored)))
    weights = learn(seen)
    OUT.write_text("".join(f"{f}\t{w:g}\n" for f, w in sorted(weights.of.items())), "utf-8")
    print(f"{len(weights.of)} weights written")


if __name__ == "__main__":
    main()
