"""One record file, parsed: TOML table in; a cause, red flag, step or finding record out, with what is wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from service.knowledge import signatures
from service.knowledge.clause_parser import Context, read_clauses, read_sources, read_vignettes
from service.knowledge.messages import missing, unknown, wrong
from service.knowledge.records import (
    CAUSE,
    DEFAULT_PRIORITY,
    INDICATORS,
    NATURES,
    STATUSES,
    CauseRecord,
    Clause,
    FindingRecord,
    Record,
    RedFlagRecord,
    StepRecord,
    Suppression,
)
from service.knowledge.tables import Table, refuse_keys

CAUSE_KINDS = ("cause", "negative", "modifier", "note")
RED_FLAG_KINDS = ("red flag", "bedside warning")
FINDING_KINDS = ("finding",)
STEP_KINDS = ("imaging", "test", "block", "examination", "record", "referral", "care")

VERDICTS = frozenset({"documented", "likely", "possible", "fits", "silent"})
SPEAKS = frozenset({"speaks", "silent"})


def read_record(data: Table, folder: str, context: Context) -> Record:
    """Read one record; ``folder`` (causes, redflags, steps, findings) says which kind of record is expected."""
    if data.get("id") != context.record:
        context.report(wrong(context.file, f"id '{data.get('id')}'", f"must be the name of its file, {context.record}"))
    if data.get("status") not in STATUSES:
        context.report(unknown(context.file, "status", data.get("status"), STATUSES))
    context.problems.extend(signatures.violations(context.file, data, context.parameters))
    record = _READ[folder](data, context)
    _refuse_twins(record.clauses, context)
    return record


def folder_of(data: Table) -> str:
    """The folder that a record belongs in, told by its kind; for extra rules, which lie in one folder."""
    kind = data.get("kind")
    if "concludes" in data:
        return "findings"
    if kind in RED_FLAG_KINDS:
        return "redflags"
    return "steps" if kind in STEP_KINDS else "causes"


def _read_cause(data: Table, context: Context) -> CauseRecord:
    kind = data.get("kind", "")
    head = _head(data, context, CAUSE_KINDS, _CAUSE_KEYS)
    sources = head["sources"]
    nature = data.get("nature", CAUSE)
    if nature not in NATURES:
        context.report(unknown(context.file, "nature", nature, NATURES))
    card = data.get("card", {})
    refuse_keys(context.file, "key of [card]", card, frozenset({"indicator", "summary", "raise"}), context.problems)
    if card and card.get("indicator") not in INDICATORS:
        context.report(unknown(context.file, "indicator of [card]", card.get("indicator"), INDICATORS))

    def clauses(name: str, table: Table = data) -> tuple[Clause, ...]:
        return read_clauses(name, table.get(name, []), context, sources)

    return CauseRecord(
        **head,
        category=data.get("category", ""),
        gates=clauses("gate"),
        fits=clauses("fit"),
        for_=clauses("for"),
        against=clauses("against"),
        wants=clauses("wants"),
        notes=clauses("note"),
        raises=clauses("raise", card),
        indicator=card.get("indicator", ""),
        summary=card.get("summary", ""),
        infection=data.get("infection", "infection" in context.record),
        nature=nature,
        needs_pain=data.get("needs_pain", True),
        suppresses=_read_suppression(data["suppresses"], context) if "suppresses" in data else None,
        line=data.get("line", ""),
        of=data.get("of", ""),
        text=data.get("text", ""),
        look_alikes=tuple(entry.get("case", "") for entry in data.get("look_alike", ())),
        vignettes=read_vignettes(data.get("vignette", []), VERDICTS if kind == "cause" else SPEAKS, context),
    )


def _read_suppression(data: Table, context: Context) -> Suppression:
    refuse_keys(context.file, "key of [suppresses]", data, _SUPPRESSION_KEYS, context.problems)

    def ids(name: str) -> tuple[str, ...] | None:
        value = data.get(name, ())
        if isinstance(value, str) and value != "all":
            context.report(wrong(context.file, f"[suppresses] {name}", 'must be "all" or a list of ids'))
        return None if value == "all" else tuple(value)

    return Suppression(
        causes=ids("causes"),
        spared=tuple(data.get("except", ())),
        orientation=data.get("orientation", False),
        steps=ids("steps"),
        always=data.get("always", False),
        unproven=data.get("unproven", False),
    )


def _read_red_flag(data: Table, context: Context) -> RedFlagRecord:
    head = _head(data, context, RED_FLAG_KINDS, _RED_FLAG_KEYS)
    card = data.get("card", {})
    refuse_keys(context.file, "key of [card]", card, frozenset({"summary"}), context.problems)
    priority = data.get("priority", DEFAULT_PRIORITY)
    if isinstance(priority, bool) or not isinstance(priority, int):
        context.report(wrong(context.file, f"priority '{priority}'", "must be a whole number; the lowest comes first"))
        priority = DEFAULT_PRIORITY
    return RedFlagRecord(
        **head,
        action=data.get("action", ""),
        fires=read_clauses("fires", data.get("fires", []), context, head["sources"]),
        wants=read_clauses("wants", data.get("wants", []), context, head["sources"]),
        summary=card.get("summary", ""),
        cause=data.get("cause", ""),
        priority=priority,
        explains=tuple(data.get("explains", ())),
        vignettes=read_vignettes(
            data.get("vignette", []), frozenset({"critical", "warning", "info", "silent"}), context
        ),
    )


def _read_step(data: Table, context: Context) -> StepRecord:
    head = _head(data, context, STEP_KINDS, _STEP_KEYS)
    sources = head["sources"]
    return StepRecord(
        **head,
        orders=read_clauses("order", data.get("order", []), context, sources),
        insteads=read_clauses("instead", data.get("instead", []), context, sources),
        withholds=read_clauses("withhold", data.get("withhold", []), context, sources),
        cautions=read_clauses("caution", data.get("caution", []), context, sources),
        modality=data.get("modality", ""),
        positive=data.get("positive", ""),
        negative=data.get("negative", ""),
        vignettes=read_vignettes(data.get("vignette", []), frozenset({"ordered", "withheld"}), context),
    )


def _read_finding(data: Table, context: Context) -> FindingRecord:
    head = _head(data, context, FINDING_KINDS, _FINDING_KEYS)
    head.pop("kind")
    concludes = data.get("concludes", {})
    finding, word = next(iter(concludes.items()), ("", ""))
    known = context.vocabulary.findings
    if len(concludes) != 1:
        context.report(wrong(context.file, "concludes", "must name exactly one finding and its word"))
    elif finding not in known:
        context.report(unknown(context.file, "finding concluded,", finding, known))
    elif word not in known[finding].words:
        context.report(unknown(context.file, f"word concluded for {finding},", word, known[finding].words))
    return FindingRecord(
        **head,
        finding=finding,
        word=word,
        entries=read_clauses("when", data.get("when", []), context, head["sources"]),
    )


def _head(data: Table, context: Context, kinds: tuple[str, ...], keys: frozenset[str]) -> dict[str, Any]:
    """What every record carries: id, kind, title, status, sources and, once active, who reviewed it and until when."""
    refuse_keys(context.file, "key", data, keys | _COMMON_KEYS, context.problems)
    if data.get("kind", FINDING_KINDS[0]) not in kinds:
        context.report(unknown(context.file, "kind", data.get("kind"), kinds))
    if kinds is not FINDING_KINDS and not data.get("title"):
        context.report(missing(context.file, "the title"))
    sources = read_sources(context.file, data.get("sources", []), "the record", context)
    if not sources:
        context.report(missing(context.file, "sources"))
    return {
        "id": context.record,
        "kind": data.get("kind", ""),
        "title": data.get("title", context.record),
        "status": data.get("status", ""),
        "sources": sources,
        "reviewer": data.get("reviewer", ""),
        "signed": data.get("signed"),
        "review_due": data.get("review_due"),
    }


def _refuse_twins(clauses: tuple[Clause, ...], context: Context) -> None:
    seen: set[tuple[str, str]] = set()
    for clause in clauses:
        place = ("for" if clause.kind == "against" else clause.kind, clause.id)
        if place in seen:
            context.report(wrong(context.file, f"id '{clause.id}' of {clause.kind}", "is used twice"))
        seen.add(place)


_COMMON_KEYS = frozenset({"id", "title", "status", "sources", *signatures.KEYS})
_CAUSE_KEYS = frozenset(
    {"kind", "category", "gate", "fit", "for", "against", "wants", "note", "card", "infection", "nature", "needs_pain"}
    | {"suppresses", "line", "of", "text", "look_alike", "vignette"}
)
_RED_FLAG_KEYS = frozenset(
    {"kind", "cause", "priority", "explains", "action", "fires", "wants", "card", "vignette", "look_alike"}
)
_STEP_KEYS = frozenset(
    {"kind", "modality", "order", "instead", "withhold", "caution", "positive", "negative", "vignette", "look_alike"}
)
_FINDING_KEYS = frozenset({"kind", "concludes", "when"})
_SUPPRESSION_KEYS = frozenset({"causes", "except", "orientation", "steps", "always", "unproven"})

_READ: Mapping[str, Callable[[Table, Context], Record]] = {
    "causes": _read_cause,
    "redflags": _read_red_flag,
    "steps": _read_step,
    "findings": _read_finding,
}
