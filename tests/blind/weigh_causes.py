"""``python -m tests.blind.weigh_causes [SOURCE …]``: learn the weights of the classifier of whole charts.

Prints what it concludes of patients whose set it has not learnt from (folds by set), then learns from all labelled
texts here and writes rules/language/cause_weights.tsv; sources that are named (a set, a file) are left out, to be
measured on.
A text is a chart, a few documents or a note; its label the cause or the emergency that a surgeon would put first, or
``uneventful``. Needs scikit-learn: ``make learn`` installs it from requirements-learn.txt.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from service import pipeline
from service.domain.chart_answers import QUIET
from service.findings.case_sheet import compiled
from service.text.documents.documents import entries
from service.text.vocabulary.chart_weights import ChartWeights, words_of
from tests.blind.small_charts import documents
from tests.rule_sets import shipped

HOME = Path(__file__).resolve().parent
OUT = Path(__file__).resolve().parents[2] / "rules" / "language" / "cause_weights.tsv"
FOLDS = 4
LEAST_SEEN, STRENGTH, LEAST_WEIGHT = 3, 30.0, 0.2
"""Texts a word must stand in; how little weights are held back (C of scikit-learn); the least weight that is kept."""
UNEVENTFUL, AS_LIKELY = "uneventful", 1.5
"""How much more the uneventful count than any one cause: most charts are."""
COURSES, LINES, MOST_TOGETHER = 900, 500, 6
_SAME = {
    "hematoma": "epidural-hematoma", "abscess": "epidural-abscess", "endplate-extrusion": "recurrent-herniation",
    "fracture": "vertebral-sacral-fracture", "operation-by-statement": UNEVENTFUL,
}  # fmt: skip


class Labelled(NamedTuple):
    """``right`` are the labels that are as good as each other; the first is learnt."""

    source: str
    right: tuple[str, ...]
    text: str


def patients() -> Iterator[Labelled]:
    """Every chart of patients/, as the service reads its words."""
    language = compiled(shipped().language)
    for folder in sorted((HOME / "patients").iterdir()):
        rules = json.loads((folder / "judge.json").read_text("utf-8"))
        for ident, rule in sorted(rules.items()):
            case = json.loads((folder / f"{ident}.json").read_text("utf-8"))
            record = pipeline.read(case["bundle"], date.fromisoformat(case["asOf"]))
            text = "\n".join(t.words for entry in entries(record, language) for t in entry.texts if not t.own_name)
            yield Labelled(folder.name, _right(rule), text)


def _right(rule: dict[str, Any]) -> tuple[str, ...]:
    if rule.get("silent") or rule.get("orient"):
        return (UNEVENTFUL,)
    return tuple(label(each or UNEVENTFUL) for each in rule.get("top", ())) or (UNEVENTFUL,)


def label(cause: str) -> str:
    cause = cause.removeprefix("rf-")
    return _SAME.get(cause, cause)


def described() -> Iterator[Labelled]:
    """Every described cause and emergency of causes/: a note, a report, or a few documents."""
    for path in sorted((HOME / "causes").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            operation, _, cause, note, report, *_ = (*line.split("\t"), "", "")
            yield Labelled(path.stem, (label(cause),), f"{operation}. {note}\n{report}")
    for path in sorted((HOME / "causes").glob("*.txt")):
        for operation, _, cause, text in documents(path):
            yield Labelled(path.stem, (label(cause),), f"{operation}. {text}")


def uneventful() -> Iterator[Labelled]:
    """Charts put together from uneventful documents of one writer, and from silent lines: one alone says too little."""
    drawn = random.Random(2)
    written: dict[str, list[str]] = defaultdict(list)
    for path in sorted((HOME / "notes").glob("[!p]*.txt")):
        for operation, _, right, text in documents(path):
            if right == "silent":
                written[path.stem].append(f"{operation}. {text}")
    for source in drawn.choices(sorted(written), k=COURSES):
        held = written[source]
        together = drawn.sample(held, min(len(held), drawn.randint(1, MOST_TOGETHER)))
        yield Labelled(source, (UNEVENTFUL,), "\n".join(together))
    lines: list[str] = []
    for path in sorted((HOME / "planted").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            operation, _, right, _, text, *_ = (*line.split("\t"), "", "", "", "", "")
            lines += [f"{operation}. {text}"] if right == "silent" else []
    for _ in range(LINES):
        yield Labelled("planted", (UNEVENTFUL,), "\n".join(drawn.sample(lines, drawn.randint(1, 3))))


def learn(seen: Sequence[Labelled]) -> ChartWeights:
    """Multinomial logistic regression over words that are there or not, rare ones more; each label counts as much."""
    labels = [each.right[0] for each in seen]
    often = Counter(labels)
    counts = {
        each: len(seen) / (len(often) * n) * (AS_LIKELY if each == UNEVENTFUL else 1) for each, n in often.items()
    }
    rarity = TfidfVectorizer(analyzer=lambda text: sorted(set(words_of(text))), min_df=LEAST_SEEN, binary=True)
    found = rarity.fit_transform([each.text for each in seen])
    model = LogisticRegression(C=STRENGTH, max_iter=300, tol=1e-3, class_weight=counts).fit(found, labels)
    names = [str(name) for name in model.classes_]
    of: dict[str, tuple[float, tuple[tuple[str, float], ...]]] = {
        "": (1.0, tuple((name, round(float(start), 2)) for name, start in zip(names, model.intercept_, strict=True)))
    }
    for word, at in sorted(rarity.vocabulary_.items()):
        weights = zip(names, model.coef_[:, at], strict=True)
        told = tuple((name, round(float(weight), 1)) for name, weight in weights if abs(weight) >= LEAST_WEIGHT)
        of[word] = (round(float(rarity.idf_[at]), 2), told)
    return ChartWeights(of)


def outcomes(charts: Sequence[Labelled], others: Sequence[Labelled], from_likelihood: float = 0.2) -> str:
    """Of charts of sets that were not learnt from: how many have the right answer first, how many surely so."""
    sources = sorted({each.source for each in charts})
    first = surely = sure = quiet = 0
    for fold in range(FOLDS):
        held_out = set(sources[fold::FOLDS])
        weights = learn([*others, *(each for each in charts if each.source not in held_out)])
        for each in charts:
            if each.source in held_out:
                likely = weights.likelihoods(words_of(each.text))
                best = max(likely, key=lambda answer: (likely[answer], answer))
                first += best in each.right
                sure += likely[best] >= from_likelihood
                surely += likely[best] >= from_likelihood and best in each.right
                quiet += best in QUIET and QUIET.isdisjoint(each.right)
    return f"right first {first} of {len(charts)}; where surer {surely} of {sure}; falsely uneventful {quiet}"


def write(weights: ChartWeights) -> None:
    lines = (
        "\t".join((word, f"{rare:g}", *(f"{name}={weight:g}" for name, weight in told)))
        for word, (rare, told) in sorted(weights.of.items())
    )
    OUT.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    print(f"{OUT.name}: {len(weights.of) - 1} words")


def main(without: Iterable[str]) -> None:
    left_out = frozenset(without)
    charts, others = (
        [each for each in held if each.source not in left_out] for held in (patients(), (*described(), *uneventful()))
    )
    print(f"{len(charts)} charts and {len(others)} other texts; of charts of other sets:", outcomes(charts, others))
    write(learn([*others, *charts]))


if __name__ == "__main__":
    main(sys.argv[1:])
