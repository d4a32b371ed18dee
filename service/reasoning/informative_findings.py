"""What would change the ranking: the standing causes in; the unknown findings that would move them most, out.

The chain itself is asked: each unknown finding is assumed once for each of its words, and the causes that read it are
weighed again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct

from service.domain.conclusions import WouldChange
from service.domain.findings import Finding
from service.domain.spans import Interval
from service.domain.statements import Basis
from service.knowledge import Knowledge
from service.knowledge.records import Clause, Test
from service.knowledge.tables import OPEN_WORDS
from service.reasoning.differential import Case, Hypothesis, chain, open_gates, rank, records_of, weigh_one
from service.reasoning.engine import Engine
from service.reasoning.scoring import POSSIBLE_FROM

RUNS = 60
TOLD = 8


class _Move(Struct, frozen=True, gc=False):
    finding: str
    points: int
    leads: bool
    example: str
    cause: str
    word: str
    gains: bool


def would_change(
    ranked: Sequence[Hypothesis],
    hidden: frozenset[str],
    case: Case,
    order: Mapping[str, int],
    engine: Engine,
    knowledge: Knowledge,
) -> tuple[WouldChange, ...]:
    """Ask the chain what each open finding would do; the findings that move the ranking most come first."""
    best: dict[str, _Move] = {}
    for finding, value in islice(_promising(ranked, case, knowledge), RUNS):
        move = _move(finding, value, ranked, hidden, case, order, engine, knowledge)
        held = best.get(finding)
        if move and (held is None or (move.leads, move.points) > (held.leads, held.points)):
            best[finding] = move
    moves = sorted(best.values(), key=lambda move: (not move.leads, -move.points))[:TOLD]
    return tuple(
        WouldChange(
            move.finding,
            knowledge.vocabulary.findings[move.finding].means,
            move.points,
            move.example,
            move.cause,
            move.word,
            move.gains,
        )
        for move in moves
    )


def _promising(ranked: Sequence[Hypothesis], case: Case, knowledge: Knowledge) -> Iterator[tuple[str, str | Interval]]:
    """Open findings that entries of the standing causes ask for, with each value asked; the heaviest first."""
    weights: dict[str, int] = {}
    values: dict[str, dict[str | Interval, None]] = {}
    for hypothesis in ranked:
        record = hypothesis.record
        for clause in (*record.fits, *record.for_, *record.against):
            if clause.key in hypothesis.held:
                continue
            for test in _open(clause, case):
                weights[test.finding] = weights.get(test.finding, 0) + clause.weight + clause.points
                values.setdefault(test.finding, {}).update(dict.fromkeys(_values(test, knowledge)))
    for name in sorted(weights, key=lambda name: -weights[name]):
        for value in values[name]:
            yield name, value


def _open(clause: Clause, case: Case) -> list[Test]:
    """The tests of a clause about findings that nobody has settled yet; none when a settled one already fails."""
    return [test for test in clause.when if not case.knows(test.finding)]


def _values(test: Test, knowledge: Knowledge) -> Iterator[str | Interval]:
    yield from (word for word in test.words if word not in OPEN_WORDS)
    for bound in test.bounds:
        limit = int(knowledge.numbers[bound.parameter])
        beyond = {"more_than": limit + 1, "less_than": limit - 1}.get(bound.comparison, limit)
        yield Interval(beyond, beyond)


def _move(
    name: str,
    value: str | Interval,
    ranked: Sequence[Hypothesis],
    hidden: frozenset[str],
    case: Case,
    order: Mapping[str, int],
    engine: Engine,
    knowledge: Knowledge,
) -> _Move | None:
    assumed = Finding(name, value, basis=Basis.ANSWER)
    if engine.is_chained(name):
        known = {each: finding for each, finding in case.findings.items() if each not in case.concluded}
        altered = chain({**known, name: assumed}, engine, knowledge).case
    else:
        findings = {**case.findings, name: assumed}
        altered = Case(findings, {**case.properties, **engine.properties({name: assumed})})
    doors = records_of(open_gates(altered, engine))
    before = {hypothesis.record.id: hypothesis for hypothesis in ranked}
    after = dict(before)
    moved, points = "", 0
    for id_ in engine.readers(name):
        if id_ in hidden:
            continue
        now = weigh_one(knowledge.causes[id_], altered, engine, knowledge) if id_ in doors else None
        was, is_ = before[id_].score if id_ in before else 0, now.score if now else 0
        after.pop(id_, None)
        if now is not None:
            after[id_] = now
        if abs(is_ - was) > abs(points) and max(is_, was) >= POSSIBLE_FROM:
            moved, points = id_, is_ - was
    if not moved:
        return None
    leader = next(iter(rank(after.values(), order, surely=case.is_("reads_surely", "yes"))), None)
    leads = leader is not None and (not ranked or leader.record.id != ranked[0].record.id)
    title = knowledge.causes[moved].title
    said = value if isinstance(value, str) else str(value.low)
    example = f"'{said}': {title} {'gains' if points > 0 else 'loses'} {abs(points)} points"
    if leads and leader is not None:
        example += f"; {leader.record.title} would lead"
    return _Move(name, abs(points), leads, example, moved, said, points > 0)
