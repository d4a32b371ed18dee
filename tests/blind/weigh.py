"""``python -m tests.blind.weigh``: learn the weights of the emergency classifiers anew from the labelled texts here.

Prints what it does to texts of writers it has not learnt from (three folds by file), then learns from all and writes
rules/language/assertion_weights.tsv and emergency_weights.tsv. An instance of the first is a sentence in which the
frames find an emergency's sign, however it is meant, with whether the patient has that sign now; of the second any
sentence, with whether it tells an emergency.
"""

from __future__ import annotations

import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from service.domain.statements import Polarity
from service.findings.case_sheet import compiled
from service.text.documents.normalise import normalise
from service.text.documents.sentences import split
from service.text.pipeline import read
from service.text.reader import Context, read_sentence
from service.text.statements.emergency_classifiers import LEAST, LEAST_OF_FEW, MOST
from service.text.vocabulary import emergency_weights
from service.text.vocabulary.assertion_weights import AssertionWeights, features
from service.text.vocabulary.emergency_weights import EmergencyWeights
from service.text.vocabulary.language import Language
from tests.blind.__main__ import HOME
from tests.blind.small_charts import documents
from tests.rule_sets import shipped
from tests.text import reading

OUT = Path(__file__).resolve().parents[2] / "rules" / "language"
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


Scored = tuple[Instance, float]


def labelled() -> Iterator[Labelled]:
    """Every labelled text here."""
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
            yield Labelled(path.stem, text, frozenset() if right == "silent" else None)


def textbook(language: Mapping[str, Any]) -> Iterator[Labelled]:
    """What the frames of emergencies must read: told in the words of a textbook, as most notes do not."""
    for frame in language["frame"]:
        if frame["concept"] in language["scoring"]["emergencies"] and not frame.get("sign"):
            yield from (Labelled("frames", sentence, None) for sentence in frame["reads"])


def _marked(text: str) -> list[str]:
    return [" ".join(part.split()) for part in _MARKED.findall(text)]


def _is_marked(words: str, marked: Sequence[str]) -> bool:
    return any(words[:40] in part or part[:40] in words for part in marked)


def instances(told: Labelled, number: int, language: Language) -> Iterator[Instance]:
    marked = _marked(told.text)
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
                is_told = _is_marked(words, marked)
            elif told.signs is None and told.source.startswith("notes") and not passes:
                continue  # nobody has marked what else of it is told
            else:
                is_told = told.signs is None or sign in told.signs
            found = tuple(sorted(set(features(sign, sentence.text, before, language.words))))
            yield Instance(told.source, number, found, is_told, passes)
        before = sentence.text


def sentences(told: Labelled, number: int, language: Language) -> Iterator[Instance]:
    """Each sentence as an instance: whether it tells an emergency. ``passed`` where a sign was read in its text."""
    marked = _marked(told.text)
    if told.signs is None and told.source.startswith("notes") and not marked:
        return  # nobody has marked which of its sentences tells it
    text = told.text.replace("«", "").replace("»", "")
    signs = read(reading.record(text, "note"), language).statements
    heard = any(s.polarity is Polarity.YES and s.concept in language.emergencies for s in signs)
    for sentence in split(normalise(text), language.headings):
        words = " ".join(sentence.text.split())
        if marked:
            is_told = _is_marked(words, marked)
        else:
            is_told = told.signs is None or not language.emergencies.isdisjoint(told.signs)
        found = tuple(sorted(set(emergency_weights.features(sentence.text))))
        yield Instance(told.source, number, found, is_told, heard)


def learn(seen: Sequence[Instance], weight_of_passed: float = 1.0) -> dict[str, float]:
    """Logistic regression by stochastic gradient descent with adaptive rates; features that are seen often enough."""
    often = Counter(feature for instance in seen for feature in instance.features)
    kept = [
        ([f for f in i.features if often[f] >= LEAST_SEEN], float(i.told), weight_of_passed if i.passed else 1.0)
        for i in seen
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
    return {feature: round(weight, 2) for feature, weight in weights.items() if abs(weight) >= 0.05}


def odds(weights: Mapping[str, float], instance: Instance) -> float:
    return sum(weights.get(feature, 0.0) for feature in instance.features)


def _by_text(scored: Iterable[Scored]) -> dict[str, list[list[Scored]]]:
    """The instances of each text, by what is right of it and the kind of text."""
    texts: dict[tuple[str, int], list[Scored]] = defaultdict(list)
    for instance, score in scored:
        texts[instance.source, instance.text].append((instance, score))
    kinds: dict[str, list[list[Scored]]] = defaultdict(list)
    for (source, _), held in texts.items():
        kind = re.sub(r"_.*", "", source)
        right = "telling" if any(i.told for i, _ in held) else "silent"
        kinds[f"{right} {kind if kind in {'alarms', 'notes', 'courses'} else 'lines'}"].append(held)
    return kinds


def left_out(scored: Sequence[Scored]) -> Iterator[str]:
    """Of the texts of which the rules let signs pass: how many fall silent, and how many that tell one are lost."""
    kinds = _by_text((instance, score) for instance, score in scored if instance.passed)
    for least in (-3.0, -2.5, LEAST_OF_FEW, -1.5, LEAST, 0.0):
        counts = {name: sum(all(o < least for _, o in held) for held in texts) for name, texts in kinds.items()}
        yield f"below {least}: " + ", ".join(f"{name} {counts[name]} of {len(t)}" for name, t in sorted(kinds.items()))


def reads_like_one(scored: Sequence[Scored]) -> Iterator[str]:
    """Of the texts of which no sign was read: how many hold a sentence that reads like an emergency."""
    kinds = _by_text((instance, score) for instance, score in scored if not instance.passed)
    for most in (1.0, 1.5, 2.0, MOST, 3.0):
        counts = {name: sum(any(o > most for _, o in held) for held in texts) for name, texts in kinds.items()}
        yield f"above {most}: " + ", ".join(f"{name} {counts[name]} of {len(t)}" for name, t in sorted(kinds.items()))


def judged(seen: Sequence[Instance], weight_of_passed: float = 1.0) -> list[Scored]:
    """Every instance with its log odds by weights that were learnt from other files than its own."""
    folds = {source: number % FOLDS for number, source in enumerate(sorted({i.source for i in seen}))}
    scored: list[Scored] = []
    for fold in range(FOLDS):
        weights = learn([i for i in seen if folds[i.source] != fold], weight_of_passed)
        scored += [(i, odds(weights, i)) for i in seen if folds[i.source] == fold]
    return scored


def write(name: str, weights: Mapping[str, float]) -> None:
    OUT.joinpath(f"{name}.tsv").write_text("".join(f"{f}\t{w:g}\n" for f, w in sorted(weights.items())), "utf-8")
    print(f"{name}: {len(weights)} weights")


def main() -> None:
    language = replace(compiled(shipped().language), assertion=AssertionWeights({}), alarm=EmergencyWeights({}))
    texts = list(enumerate(labelled()))
    plain = list(enumerate(textbook(shipped().language), len(texts)))
    signs = [i for number, told in texts + plain for i in instances(told, number, language)]
    print(f"{len(signs)} signs in {len(texts) + len(plain)} texts; texts whose signs are all left out:")
    print("\n".join(left_out(judged(signs, PASSED))))
    write("assertion_weights", learn(signs, PASSED))
    lines = [i for number, told in texts for i in sentences(told, number, language)]
    print(f"{len(lines)} sentences; texts without a sign in which one reads like an emergency:")
    print("\n".join(reads_like_one(judged(lines))))
    write("emergency_weights", learn(lines))


if __name__ == "__main__":
    main()
