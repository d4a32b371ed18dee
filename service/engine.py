"""The one file that knows durable-rules: clauses in, compiled once; a case in, the clauses that hold out.

durable-rules is fast and fragile, and its measured limits shape this file (each is a test in tests/engine):

- one host per process, built at start-up: a second one leaks, a late one races;
- ``_run`` is empty: the stock host starts threads that run actions behind the caller's back;
- a sentinel fact comes first, then the case as one single fact: deleting a state that never matched is a segfault,
  and so is a batch with a fact that no rule matches;
- a fresh sid per evaluation and ``delete_state`` in ``finally``: states are never freed otherwise;
- one evaluation at a time, behind a lock: the C library is not thread-safe. Scale by processes;
- a fact holds only what its rule set reads, because each firing carries the whole fact along;
- an exception in an action is swallowed into the state, so no action runs: the names of the rules that fire are enough;
- absence is never asked of the engine: ``unless`` is matched positively too, and subtracted here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from threading import Lock
from typing import Any

import orjson
from durable.engine import Host, Ruleset, durable_rules_engine

from service.errors import EngineError
from service.knowledge import Knowledge
from service.knowledge.check import finding_layers, read_by
from service.knowledge.records import Clause, Test, When
from service.words import UNKNOWN, Finding, Interval

Properties = Mapping[str, str | int]
"""What the engine sees of a case: words, and two whole numbers (``_low`` and ``_high``) for each interval."""

GATES = "gates"
RED_FLAGS = "red flags"
PRIORS = "priors"

_SENTINEL = "sentinel"
_HANDLED, _NOT_HANDLED = 0, 1


class _NoMatchError(Exception):
    """No rule of the set asks for anything in this fact: expected, and told apart from every other answer."""


class _Collecting(Ruleset):  # type: ignore[misc]
    """A durable rule set that gathers the names of the rules that fire instead of running an action for each.

    The stock loop builds a closure, reads a clock twice and passes the whole fact through JSON three times for every
    firing; that was four fifths of the time. No action runs, so none can fail unseen.
    """

    def assert_fact(self, fact: dict[str, Any]) -> int:
        answer, handle = durable_rules_engine.assert_fact(self._handle, orjson.dumps(fact).decode())
        if answer == _NOT_HANDLED:
            raise _NoMatchError
        if answer != _HANDLED:
            raise EngineError(f"rule set '{self._name}' answered {answer} to a fact")
        return int(handle)

    def do_actions(self, state: int, complete: Callable[[None, list[str]], None]) -> None:
        fired = []
        started = durable_rules_engine.start_action_for_state(self._handle, state)
        message = started[1] if started else None
        while message:
            fired.append(message[2 : message.index('"', 2)])
            message = durable_rules_engine.complete_and_start_action(self._handle, state)
        complete(None, fired)


class _QuietHost(Host):  # type: ignore[misc]
    def _run(self) -> None:
        """Start no threads: everything happens inside the call that asserts a fact."""

    def register_rulesets(self, definitions: dict[str, Any]) -> None:
        for name, definition in definitions.items():
            self._ruleset_directory[name] = _Collecting(name, self, definition)


@dataclass(frozen=True, slots=True)
class _RuleSet:
    keys: tuple[str, ...]
    reads: frozenset[str]
    always: frozenset[str]
    blocks: Mapping[str, str]


class Engine:
    """All rule sets of one process. ``match`` may be called from any thread; it serves one call at a time."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._vocabulary = knowledge.vocabulary
        self._unknown = {name: UNKNOWN for name, word in knowledge.vocabulary.findings.items() if UNKNOWN in word.words}
        self._numbers = knowledge.numbers
        self._lock = Lock()
        self._sids = count(1)
        self._rule_sets: dict[str, _RuleSet] = {}
        self.finding_layers = tuple(f"findings {n}" for n, _ in enumerate(finding_layers(knowledge.findings), 1))
        definitions = {}
        for name, clauses, possibly in _strata(knowledge):
            definitions[name] = self._compile(name, clauses, possibly=possibly)
        self._chained = _concluded_from(knowledge)
        self._readers = _readers(knowledge, self._chained)
        self._host = _QuietHost()
        self._host.register_rulesets({name: rules for name, rules in definitions.items() if len(rules) > 1})

    def properties(self, findings: Mapping[str, Finding]) -> dict[str, str | int]:
        """Type and bound every value against the vocabulary, so that nothing untyped can reach the C library."""
        for name in findings.keys() - self._vocabulary.findings.keys():
            raise EngineError(f"finding {name} is not in the vocabulary")
        properties: dict[str, str | int] = dict(self._unknown)
        for name, finding in findings.items():
            word, value = self._vocabulary.findings[name], finding.value
            if word.words:
                if not isinstance(value, str) or value not in word.words:
                    raise EngineError(f"finding {name} holds a word that is not in the vocabulary")
                properties[name] = value
            elif isinstance(value, Interval):
                properties[f"{name}_low"] = min(max(int(value.low), word.low), word.high)
                properties[f"{name}_high"] = min(max(int(value.high), word.low), word.high)
            else:
                raise EngineError(f"finding {name} must hold a whole number or an interval")
        return properties

    def match(self, rule_set: str, case: Properties) -> frozenset[str]:
        """The keys (``record/clause``) of all clauses of a rule set that hold in a case."""
        known = self._rule_sets[rule_set]
        fact: dict[str, Any] = {name: case[name] for name in known.reads if name in case}
        if not fact:
            return known.always
        with self._lock:
            fired = self._evaluate(rule_set, fact)
        if not fired:
            return known.always
        held = known.always.union([known.keys[int(name[1:])] for name in fired])
        if known.blocks:
            held = held.difference([known.blocks[key] for key in held if key in known.blocks], known.blocks)
        return held

    def readers(self, finding: str) -> tuple[str, ...]:
        """The causes that read a finding, directly or through what the finding records conclude from it."""
        return self._readers.get(finding, ())

    def is_chained(self, finding: str) -> bool:
        """Whether a finding record asks for this finding."""
        return finding in self._chained

    def _evaluate(self, rule_set: str, fact: dict[str, Any]) -> list[str]:
        """The names of the rules that fire. The sentinel comes first: only a state that matched may be deleted."""
        sid = str(next(self._sids))
        self._host.assert_fact(rule_set, {"sid": sid, "id": "0", _SENTINEL: 1})
        try:
            fact["sid"] = sid
            fact["id"] = "1"
            fired: list[str] = self._host.assert_fact(rule_set, fact)
        except _NoMatchError:
            return []
        finally:
            self._host.delete_state(rule_set, sid)
        return fired

    def _compile(self, name: str, clauses: Iterable[Clause], *, possibly: bool) -> dict[str, Any]:
        rules: dict[str, Any] = {}
        reads: set[str] = set()
        keys: list[str] = []
        always = set()
        blocks: dict[str, str] = {}

        def add(key: str, when: When, *, possibly: bool) -> None:
            conditions = [condition for test in when for condition in self._conditions(test, possibly, reads)]
            rules[f"r{len(rules)}"] = {"all": [{"m": {"$and": conditions}}], "run": _do_nothing}
            keys.append(key)

        for clause in clauses:
            if clause.when:
                add(clause.key, clause.when, possibly=possibly)
            else:
                always.add(clause.key)
            for number, when in enumerate(clause.unless, 1):
                key = f"{clause.key} unless {number}"
                blocks[key] = clause.key
                add(key, when, possibly=False)
        rules["sentinel"] = {"all": [{"m": {"$and": [{_SENTINEL: 1}]}}], "run": _do_nothing}
        self._rule_sets[name] = _RuleSet(tuple(keys), frozenset(reads), frozenset(always), blocks)
        return rules

    def _conditions(self, test: Test, possibly: bool, reads: set[str]) -> Iterator[dict[str, Any]]:
        if test.words:
            reads.add(test.finding)
            choices = [{test.finding: word} for word in test.words]
            yield choices[0] if len(choices) == 1 else {"$or": choices}
        for bound in test.bounds:
            # An interval surely is at least n when its low end is; it possibly is when its high end is.
            lower = bound.comparison in ("at_least", "more_than")
            end = f"{test.finding}_low" if lower != possibly else f"{test.finding}_high"
            reads.add(end)
            yield _comparison(bound.comparison, end, self._numbers[bound.parameter])


def _comparison(comparison: str, name: str, number: float) -> dict[str, Any]:
    """A bound over whole numbers; a parameter with decimals is moved to the whole number that asks the same."""
    match comparison:
        case "at_least":
            return {"$gte": {name: math.ceil(number)}}
        case "more_than":
            return {"$gt": {name: math.floor(number)}}
        case "at_most":
            return {"$lte": {name: math.floor(number)}}
        case _:
            return {"$lt": {name: math.ceil(number)}}


def _do_nothing(_: Any) -> None:
    pass


def _concluded_from(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    """For each finding that finding records ask for, all that can follow from it."""
    follows: dict[str, set[str]] = {}
    for layer in reversed(finding_layers(knowledge.findings)):
        for record in layer:
            for name in {name for clause in record.entries for name in read_by(clause)}:
                follows.setdefault(name, set()).update({record.finding}, follows.get(record.finding, ()))
    return {name: frozenset(concluded) for name, concluded in follows.items()}


def _readers(knowledge: Knowledge, chained: Mapping[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    direct: dict[str, dict[str, None]] = {}
    for record in knowledge.causes.values():
        for clause in (*record.gates, *record.fits, *record.for_, *record.against):
            for name in read_by(clause):
                direct.setdefault(name, {})[record.id] = None
    return {
        name: tuple(
            dict.fromkeys(
                (
                    *direct.get(name, ()),
                    *(id_ for each in sorted(chained.get(name, ())) for id_ in direct.get(each, ())),
                )
            )
        )
        for name in {*direct, *chained}
    }


def _strata(knowledge: Knowledge) -> Iterator[tuple[str, list[Clause], bool]]:
    """Every rule set with its clauses, and whether its numbers ask "possibly" (the emergencies) or "surely"."""
    for number, layer in enumerate(finding_layers(knowledge.findings), 1):
        yield f"findings {number}", [clause for record in layer for clause in record.entries], False
    yield RED_FLAGS, [clause for flag in knowledge.redflags.values() for clause in flag.fires], True
    for flag in knowledge.redflags.values():
        yield evidence_of(flag.id), list(flag.wants), True
    doors = (*knowledge.causes.values(), *knowledge.negatives.values(), *knowledge.modifiers.values())
    yield GATES, [clause for record in doors for clause in record.gates], False
    for record in doors:
        yield gate_of(record.id), list(record.gates), False
        evidence = [clause for clause in record.clauses if clause.kind != "gate"]
        remarks = [gate for note in knowledge.notes.values() if note.of == record.id for gate in note.gates]
        yield evidence_of(record.id), evidence + remarks, False
    for step in knowledge.steps.values():
        yield step_of(step.id), list(step.clauses), False
    yield PRIORS, list(knowledge.priors), False


def gate_of(id_: str) -> str:
    return f"gate of {id_}"


def evidence_of(id_: str) -> str:
    return f"evidence on {id_}"


def step_of(id_: str) -> str:
    return f"step {id_}"
