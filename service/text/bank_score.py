"""Labelled texts against what was read of them: rows in, precision, recall, emergencies and dangerous readings out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from service.text.labels import KINDS, labels, read_alone, today
from service.text.vocabulary.language import Language


class Row(NamedTuple):
    """One labelled text: its kind, its labels (``x`` said, ``-x`` denied, ``?x`` doubted), its words."""

    kind: str
    labels: frozenset[str]
    text: str


class Verdict(NamedTuple):
    """A row with what was read: the labels right, missed and extra, the dangerous ones among them."""

    row: Row
    read: tuple[str, ...]
    right: frozenset[str]
    missed: frozenset[str]
    extra: frozenset[str]
    dangerous: frozenset[str]
    not_understood: tuple[str, ...]


class BankError(ValueError):
    """What is wrong with a row of the file, in a sentence with its line number."""


def parse(lines: Iterable[str]) -> list[Row]:
    """Rows ``kind<TAB>labels<TAB>text``; blank lines and lines that begin with # are passed over."""
    rows = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) != 3:
            raise BankError(f"line {number} has {len(cells)} columns instead of three: kind, labels, text")
        if cells[0] not in KINDS:
            raise BankError(f"line {number}: the kind {cells[0][:40]!r} is none of {', '.join(KINDS)}")
        rows.append(Row(cells[0], frozenset(cells[1].split()), cells[2]))
    return rows


def judge(row: Row, language: Language, optional: Mapping[str, Sequence[str]]) -> Verdict:
    """Compare one row. A label that another one implies counts neither as missed nor as extra."""
    told = read_alone(row.text, row.kind, language, today())
    read = labels(told.statements, language, row.kind, listed=True)
    got = frozenset(read)
    free = {implied for label in row.labels for implied in optional.get(label, ())}
    missed = {
        label for label in row.labels - got if not any(label in optional.get(other, ()) for other in row.labels & got)
    }
    dangerous = {g for g in got if g[0] not in "-?" and not row.labels.isdisjoint({f"-{g}", f"?{g}"})}
    dangerous |= {g for g in got if g[0] == "-" and g[1:] in row.labels}
    return Verdict(
        row,
        read,
        row.labels & got,
        frozenset(missed),
        frozenset(got - row.labels - free),
        frozenset(dangerous),
        tuple(m.words for m in told.not_understood),
    )


class Score(NamedTuple):
    """Counts over a bank. ``rows`` counts texts; everything else labels."""

    rows: int
    right: int
    missed: int
    extra: int
    emergencies_right: int
    emergencies_missed: int
    false_alarms: int
    dangerous: int
    by_concept: Mapping[str, tuple[int, int, int]]

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.extra)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def emergency_recall(self) -> float:
        return self.emergencies_right / max(1, self.emergencies_right + self.emergencies_missed)


def score(verdicts: Iterable[Verdict], emergencies: frozenset[str]) -> Score:
    """Sum the verdicts. A false alarm is an emergency read as said that is not among the labels."""
    counts: Counter[str] = Counter()
    right, missed, extra = Counter[str](), Counter[str](), Counter[str]()
    for verdict in verdicts:
        counts["rows"] += 1
        counts["emergencies_right"] += len(verdict.right & emergencies)
        counts["emergencies_missed"] += len(verdict.missed & emergencies)
        counts["false_alarms"] += len(verdict.extra & emergencies)
        counts["dangerous"] += len(verdict.dangerous)
        right.update(label.lstrip("-?") for label in verdict.right)
        missed.update(label.lstrip("-?") for label in verdict.missed)
        extra.update(label.lstrip("-?") for label in verdict.extra)
    concepts = sorted({*right, *missed, *extra})
    return Score(
        rows=counts["rows"],
        right=right.total(),
        missed=missed.total(),
        extra=extra.total(),
        emergencies_right=counts["emergencies_right"],
        emergencies_missed=counts["emergencies_missed"],
        false_alarms=counts["false_alarms"],
        dangerous=counts["dangerous"],
        by_concept={c: (right[c], missed[c], extra[c]) for c in concepts},
    )


def tables_of(raw: Mapping[str, Any]) -> tuple[Mapping[str, Sequence[str]], frozenset[str]]:
    """The labels that others imply, and the emergencies, as the language data lists them."""
    return raw["optional"], frozenset(raw["scoring"]["emergencies"])
