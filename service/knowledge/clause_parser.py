"""The grammar of a record: one TOML table in, one record out, every break of the grammar as a sentence in a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.conclusions import Order
from service.domain.spans import Interval
from service.knowledge.messages import missing, unknown, wrong
from service.knowledge.records import GROUPS, INDICATORS, URGENCIES, WEIGHTS, Bound, Clause, Test, Vignette, When
from service.knowledge.signatures import COMPARISONS
from service.knowledge.tables import Evidence, Parameter, Table, Vocabulary, refuse_keys

SENTENCES = ("because", "why", "text", "reason")
"""What the one sentence of an entry is called in the file; every entry has at most one of them."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a record may refer to, and the list that collects what is wrong with it."""

    file: str
    record: str
    vocabulary: Vocabulary
    parameters: Mapping[str, Parameter]
    evidence: Mapping[str, Evidence]
    problems: list[str]

    def report(self, sentence: str) -> None:
        self.problems.append(sentence)


def read_clauses(kind: str, entries: object, context: Context, default_sources: tuple[str, ...]) -> tuple[Clause, ...]:
    if not isinstance(entries, list):
        context.report(wrong(context.file, f"[[{kind}]]", "must be a list of entries, with double brackets"))
        return ()
    return tuple(
        _read_clause(kind, f"{kind}-{number}", entry, context, default_sources)
        for number, entry in enumerate(entries, 1)
    )


def read_sources(file: str, value: object, what: str, context: Context) -> tuple[str, ...]:
    sources = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()
    for source in sources:
        if source not in context.evidence:
            context.report(unknown(file, f"source of {what}", source, context.evidence))
    seen = {context.evidence[source].seen for source in sources if source in context.evidence}
    if seen == {"unverified"}:
        context.report(wrong(file, f"{what}", "rests on unverified sources only; add another or 'design'"))
    return sources


def read_when(value: object, what: str, context: Context) -> When:
    if not isinstance(value, Mapping):
        context.report(wrong(context.file, f"when of {what}", 'must be a table such as { leg_pain = "yes" }'))
        return ()
    return tuple(test for name, asked in value.items() if (test := _read_test(name, asked, what, context)))


def read_vignettes(entries: list[Table], expected: frozenset[str], context: Context) -> tuple[Vignette, ...]:
    vignettes = []
    for entry in entries:
        name = str(entry.get("name", ""))
        refuse_keys(context.file, f"key of vignette '{name}'", entry, _VIGNETTE_KEYS, context.problems)
        expect = str(entry.get("expect", ""))
        if not name:
            context.report(missing(context.file, "the name of a vignette"))
        if expect not in expected and not expect.startswith("instead:"):
            context.report(unknown(context.file, f"expectation of vignette '{name}'", expect, expected))
        given = {
            finding: value
            for finding, stated in entry.get("given", {}).items()
            if (value := _read_given(finding, stated, name, context)) is not None
        }
        wanted_by, urgency = str(entry.get("wanted_by", "")), str(entry.get("urgency", "routine"))
        vignettes.append(Vignette(name, given, expect, wanted_by, urgency))
    return tuple(vignettes)


def _read_clause(kind: str, number: str, entry: Table, context: Context, default_sources: tuple[str, ...]) -> Clause:
    file = context.file
    name = str(entry.get("id") or number)
    what = f"{kind} '{name}'"
    required, optional = ENTRY_KEYS[kind]
    refuse_keys(file, f"key of {what}", entry, required | optional | {"unless", "id"}, context.problems)
    for key in sorted(required - entry.keys()):
        context.report(missing(file, f"'{key}' of {what}"))
    when = read_when(entry.get("when", {}), what, context)
    if "when" in required and not when and "when" in entry:
        context.report(wrong(file, f"when of {what}", "must ask for something"))
    unless = entry.get("unless", [])
    tables = unless if isinstance(unless, list) else [unless]
    _check_word(entry, "weight", WEIGHTS, what, context)
    _check_word(entry, "group", GROUPS, what, context)
    _check_word(entry, "urgency", URGENCIES, what, context)
    _check_word(entry, "indicator", INDICATORS, what, context)
    sources = read_sources(file, entry["source"], what, context) if "source" in entry else default_sources
    if "source" in required and not sources:
        context.report(missing(file, f"the source of {what}"))
    order = None
    if kind == "order":
        order = Order(str(entry.get("system", "")), str(entry.get("code", "")), str(entry.get("display", "")))
    return Clause(
        record=context.record,
        id=name,
        kind=kind,
        when=when,
        unless=tuple(read_when(table, what, context) for table in tables),
        because=next((str(entry[key]) for key in SENTENCES if key in entry), ""),
        sources=sources,
        weight=WEIGHTS.get(entry.get("weight", ""), 0),
        group=str(entry.get("group", "")),
        observation=str(entry.get("observation", name)),
        documented=bool(entry.get("documented", False)),
        points=int(entry.get("points", 0)),
        step=str(entry.get("step", "")),
        urgency=str(entry.get("urgency", "routine")),
        indicator=str(entry.get("indicator", "")),
        emergency=bool(entry.get("emergency", kind == "caution")),
        alarm=bool(entry.get("alarm", True)),
        contrast=bool(entry.get("contrast", False)),
        general=bool(entry.get("general", False)),
        order=order,
        causes=_causes(kind, entry),
    )


def _causes(kind: str, entry: Table) -> tuple[str, ...]:
    if kind == "ask":
        return (str(entry.get("cause", "")),)
    return tuple(entry.get("order", ())) if kind == "prior" else ()


def _check_word(entry: Table, key: str, allowed: Any, what: str, context: Context) -> None:
    if key in entry and entry[key] not in allowed:
        context.report(unknown(context.file, f"{key} of {what}", entry[key], allowed))


def _read_test(name: str, asked: object, what: str, context: Context) -> Test | None:
    file = context.file
    word = context.vocabulary.findings.get(name)
    if word is None:
        context.report(unknown(file, f"finding in {what}", name, context.vocabulary.findings))
        return None
    if isinstance(asked, Mapping):
        return _read_bounds(name, asked, what, context, number=not word.words)
    words = tuple(asked) if isinstance(asked, list) else (asked,)
    if not word.words:
        context.report(wrong(file, f"'{name}' in {what}", 'is a number: ask { at_least = "<parameter>" } or the like'))
        return None
    for each in words:
        if each not in word.words:
            context.report(unknown(file, f"word for {name} in {what}", each, word.words))
    return Test(name, words=tuple(str(each) for each in words))


def _read_bounds(name: str, asked: Mapping[str, object], what: str, context: Context, *, number: bool) -> Test | None:
    file = context.file
    if not number:
        context.report(wrong(file, f"'{name}' in {what}", "holds words, not a number"))
        return None
    bounds = []
    for comparison, parameter in asked.items():
        if comparison not in COMPARISONS:
            context.report(unknown(file, f"comparison of {name} in {what}", comparison, COMPARISONS))
        elif not isinstance(parameter, str):
            context.report(wrong(file, f"{name} in {what}", f"compares with {parameter}: name a parameter instead"))
        elif parameter not in context.parameters:
            context.report(unknown(file, f"parameter for {name} in {what}", parameter, context.parameters))
        else:
            bounds.append(Bound(comparison, parameter))
    return Test(name, bounds=tuple(bounds)) if bounds else None


def _read_given(finding: str, stated: object, vignette: str, context: Context) -> str | Interval | None:
    what = f"vignette '{vignette}'"
    word = context.vocabulary.findings.get(finding)
    if word is None:
        context.report(unknown(context.file, f"finding in {what}", finding, context.vocabulary.findings))
        return None
    if word.words:
        if stated not in word.words:
            context.report(unknown(context.file, f"word for {finding} in {what}", stated, word.words))
            return None
        return str(stated)
    if isinstance(stated, int) and not isinstance(stated, bool):
        return Interval(stated, stated)
    if isinstance(stated, list) and len(stated) == 2 and all(isinstance(each, int) for each in stated):
        return Interval(stated[0], stated[1])
    context.report(wrong(context.file, f"{finding} in {what}", "must be a whole number or [low, high]"))
    return None


_VIGNETTE_KEYS = frozenset({"name", "given", "expect", "wanted_by", "urgency"})

ENTRY_KEYS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "gate": (frozenset({"when"}), frozenset({"source", "because"})),
    "fit": (frozenset({"points"}), frozenset({"when", "because", "source"})),
    "for": (
        frozenset({"id", "group", "weight", "when", "because", "source"}),
        frozenset({"observation", "documented"}),
    ),
    "against": (frozenset({"id", "weight", "when", "because", "source"}), frozenset({"observation", "group"})),
    "wants": (frozenset({"step"}), frozenset({"urgency", "when", "why", "source"})),
    "raise": (frozenset({"when", "indicator"}), frozenset({"because", "source"})),
    "note": (frozenset({"text"}), frozenset({"when", "source", "general"})),
    "fires": (frozenset({"id", "when", "because", "source", "indicator"}), frozenset({"observation"})),
    "order": (frozenset({"system", "code", "display"}), frozenset({"when"})),
    "instead": (frozenset({"when", "step", "why"}), frozenset({"emergency", "alarm", "source"})),
    "withhold": (frozenset({"when", "reason"}), frozenset({"emergency", "alarm", "source"})),
    "caution": (frozenset({"text"}), frozenset({"when", "emergency", "contrast", "source"})),
    "when": (frozenset({"when", "because", "source"}), frozenset()),
    "ask": (frozenset({"id", "cause", "step", "when", "text", "source"}), frozenset()),
    "prior": (frozenset({"id", "when", "order"}), frozenset({"source"})),
}
"""For each kind of entry, the keys it must have and those it may have (besides id and unless)."""
