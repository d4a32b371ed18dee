"""The one file that knows durable-rules: clauses in, compiled once; a case in, the clauses that hold out.

durable-rules is fast and fragile, and its measured limits shape this file (each is a test in tests/engine):

- one host per process, built at start-up: a second one leaks, a late one races;
- ``_run`` is empty: the stock host starts threads that run actions behind the caller's back;
- a rule set keeps one state, because making one takes room for every rule and costs several evaluations. A sentinel
  fact opens it: deleting a state that never started an action is a segfault (it frees what nobody wrote), so a state
  whose sentinel failed is left behind, with nothing of a patient in it;
- the case is one single fact, taken back before the call ends, so that nothing of a patient stays. Whatever breaks
  an evaluation, the state is deleted with all it holds. A batch with a fact that no rule matches is a segfault;
- one evaluation at a time, behind a lock: the C library is not thread-safe. Scale by processes;
- a fact holds only the words that its rule set asks for, because each firing carries the whole fact along;
- an exception in an action is swallowed into the state, so no action runs: the names of the rules that fire are enough;
- absence is never asked of the engine: ``unless`` is matched positively too, and subtracted here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

import orjson
from durable.engine import Host, Ruleset, durable_rules_engine

from service.domain.errors import EngineError
from service.domain.findings import UNKNOWN, Finding
from service.domain.spans import Interval
from service.knowledge import Knowledge
from service.knowledge.laws import finding_layers, read_by
from service.knowledge.records import Clause, Test, When

Properties = Mapping[str, str | int]
"""What the engine sees of a case: words, and two whole numbers (``_low`` and ``_high``) for each interval."""

GATES = "gates"
RED_FLAGS = "red flags"
PRIORS = "priors"
BEDSIDE = "bedside"

_SENTINEL = "sentinel"
_HANDLED, _NOT_HANDLED = 0, 1


class _Collecting(Ruleset):  # type: ignore[misc]  # durable tells no types
    """A durable rule set that gathers the names of the rules that fire instead of running an action for each.

    The stock loop builds a closure, reads a clock twice and passes the whole fact through JSON three times for every
    firing; that was four fifths of the time. No action runs, so none can fail unseen.
    """

    def __init__(self, *definition: Any) -> None:
        super().__init__(*definition)
        self._states = 0
        self._open = False

    def fired_by(self, pieces: Iterable[str]) -> list[str]:
        """The names of the rules that fire on a case, which is given as pieces of JSON (``"finding":"word"``)."""
        if not self._open:
            self._states += 1
            self._assert(f'{{"sid":"{self._states}","id":"0","{_SENTINEL}":1}}')
            self._open = True
        case = f'{{"sid":"{self._states}","id":"1"'
        settled = False
        try:
            fired = self._assert(f"{case},{','.join(pieces)}}}")
            if fired and durable_rules_engine.retract_fact(self._handle, f"{case}}}")[0] != _HANDLED:
                raise EngineError(f"rule set '{self._name}' would not give a fact back")
            settled = True
        finally:
            if not settled:
                self._open = False
                self.delete_state(self._states)
        return fired

    def _assert(self, fact: str) -> list[str]:
        answer, state = durable_rules_engine.assert_fact(self._handle, fact)
        if answer == _NOT_HANDLED:
            # No rule of the set asks for anything in this fact, and it is not kept.
            return []
        if answer != _HANDLED:
            raise EngineError(f"rule set '{self._name}' answered {answer} to a fact")
        fired = []
        started = durable_rules_engine.start_action_for_state(self._handle, state)
        message = started[1] if started else None
        while message:
            fired.append(message[2 : message.index('"', 2)])
            message = durable_rules_engine.complete_and_start_action(self._handle, state)
        if not fired:
            raise EngineError(f"rule set '{self._name}' matched a fact and told no rule")
        return fired


class _QuietHost(Host):  # type: ignore[misc]  # the same
    def _run(self) -> None:
        """Start no threads: everything happens inside the call that asserts a fact."""

    def register_rulesets(self, definitions: dict[str, Any]) -> None:
        for name, definition in definitions.items():
            self._ruleset_directory[name] = _Collecting(name, self, definition)


@dataclass(frozen=True, slots=True)
class _Compiled:
    """Clauses as rules of durable, and what must be known beside them.

    ``words`` and ``numbers`` hold what the rules ask for, each as the piece of JSON that it is in a fact.
    """

    rules: Mapping[str, Any]
    keys: Mapping[str, str]
    words: Mapping[str, Mapping[str | int, str]]
    numbers: Mapping[str, str]
    always: frozenset[str]
    blocks: Mapping[str, str]


class Engine:
    """All rule sets of one process. ``match`` may be called from any thread; it serves one call at a time."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._vocabulary = knowledge.vocabulary.findings
        self._unknown = {name: UNKNOWN for name, word in knowledge.vocabulary.findings.items() if UNKNOWN in word.words}
        self._numbers = knowledge.numbers
        self._lock = Lock()
        self.finding_layers = tuple(f"findings {n}" for n, _ in enumerate(finding_layers(knowledge.findings), 1))
        self._compiled = {
            name: self._compile(clauses, possibly=possibly) for name, clauses, possibly in _strata(knowledge)
        }
        self._chained = _concluded_from(knowledge)
        self._readers = _readers(knowledge, self._chained)
        self._host = _QuietHost()
        self._host.register_rulesets({name: dict(each.rules) for name, each in self._compiled.items() if each.keys})
        self._rule_sets = {name: self._host.get_ruleset(name) for name, each in self._compiled.items() if each.keys}

    def properties(self, findings: Mapping[str, Finding]) -> dict[str, str | int]:
        """Type and bound every value against the vocabulary, so that nothing untyped can reach the C library."""
        properties: dict[str, str | int] = dict(self._unknown)
        for name, finding in findings.items():
            word, value = self._vocabulary.get(name), finding.value
            if word is None:
                raise EngineError(f"finding {name} is not in the vocabulary")
            if isinstance(value, str):
                if value not in word.words:
                    raise EngineError(f"finding {name} holds a word that is not in the vocabulary")
                properties[name] = value
            elif isinstance(value, Interval) and not word.words:
                properties[f"{name}_low"] = min(max(int(value.low), word.low), word.high)
                properties[f"{name}_high"] = min(max(int(value.high), word.low), word.high)
            else:
                raise EngineError(f"finding {name} holds neither a word nor an interval that the vocabulary allows")
        return properties

    def match(self, rule_set: str, case: Properties) -> frozenset[str]:
        """The keys (``record/clause``) of all clauses of a rule set that hold in a case."""
        known = self._compiled[rule_set]
        pieces = [told[word] for name, told in known.words.items() if (word := case.get(name, "")) in told]
        pieces += [f"{piece}{case[name]}" for name, piece in known.numbers.items() if name in case]
        if not pieces:
            return known.always
        with self._lock:
            fired = self._rule_sets[rule_set].fired_by(pieces)
        if not fired:
            return known.always
        held = known.always.union([known.keys[name] for name in fired])
        if known.blocks:
            held = held.difference([known.blocks[key] for key in held if key in known.blocks], known.blocks)
        return held

    def readers(self, finding: str) -> tuple[str, ...]:
        """The causes that read a finding, directly or through what the finding records conclude from it."""
        return self._readers.get(finding, ())

    def is_chained(self, finding: str) -> bool:
        """Whether a finding record asks for this finding."""
        return finding in self._chained

    def _compile(self, clauses: Iterable[Clause], *, possibly: bool) -> _Compiled:
        rules: dict[str, Any] = {}
        keys: dict[str, str] = {}
        words: dict[str, dict[str | int, str]] = {}
        numbers: dict[str, str] = {}
        always = set()
        blocks: dict[str, str] = {}

        def add(key: str, when: When, *, possibly: bool) -> None:
            conditions = [each for test in when for each in self._conditions(test, possibly, words, numbers)]
            name = f"r{len(rules)}"
            rules[name] = {"all": [{"m": {"$and": conditions}}], "run": _do_nothing}
            keys[name] = key

        for clause in clauses:
            if clause.when:
                add(clause.key, clause.when, possibly=possibly)
            else:
                always.add(clause.key)
            for number, when in enumerate(clause.unless, 1):
                key = f"{clause.key} unless {number}"
                blocks[key] = clause.key
                add(key, when, possibly=False)
        rules[_SENTINEL] = {"all": [{"m": {"$and": [{_SENTINEL: 1}]}}], "run": _do_nothing}
        return _Compiled(rules, keys, words, numbers, frozenset(always), blocks)

    def _conditions(
        self, test: Test, possibly: bool, words: dict[str, dict[str | int, str]], numbers: dict[str, str]
    ) -> Iterator[dict[str, Any]]:
        if test.words:
            pieces = {word: f"{_quoted(test.finding)}:{_quoted(word)}" for word in test.words}
            words.setdefault(test.finding, {}).update(pieces)
            choices = [{test.finding: word} for word in test.words]
            yield choices[0] if len(choices) == 1 else {"$or": choices}
        for bound in test.bounds:
            # An interval surely is at least n when its low end is; it possibly is when its high end is.
            lower = bound.comparison in ("at_least", "more_than")
            end = f"{test.finding}_low" if lower != possibly else f"{test.finding}_high"
            numbers[end] = f"{_quoted(end)}:"
            yield _comparison(bound.comparison, end, self._numbers[bound.parameter])


def _quoted(text: str) -> str:
    return orjson.dumps(text).decode()


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
        evidence = [clause for clause in record.clauses if clause.kind != "gate"]
        remarks = [gate for note in knowledge.notes.values() if note.of == record.id for gate in note.gates]
        yield evidence_of(record.id), evidence + remarks, False
    for step in knowledge.steps.values():
        yield step_of(step.id), list(step.clauses), False
    yield PRIORS, list(knowledge.priors), False
    yield BEDSIDE, list(knowledge.bedside), False


def evidence_of(id_: str) -> str:
    return f"evidence on {id_}"


def step_of(id_: str) -> str:
    return f"step {id_}"
