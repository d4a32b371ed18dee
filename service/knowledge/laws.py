"""The laws of the knowledge that need more than one record: records in, every violation out, as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from importlib.resources import files
from importlib.resources.abc import Traversable

from service.knowledge.messages import missing, unknown, wrong
from service.knowledge.records import (
    LONGEST_SUMMARY,
    CauseRecord,
    Clause,
    FindingRecord,
    Record,
    RedFlagRecord,
    StepRecord,
)
from service.knowledge.rule_set import read_rules
from service.knowledge.tables import AskedQuestion, Vocabulary

PLACEHOLDERS = ("{level}", "{side}")

MACHINERY = frozenset(
    {"lumbar_surgery", "fbss_context", "doing_well", "minor_patient", "all_imaging_negative", "index_surgery"}
    | {"pain_stated_days_ago", "course"}
)
"""Findings that the chain itself reads."""

Records = Mapping[str, Mapping[str, Record]]


def violations(folder: Traversable | None = None) -> list[str]:
    """Every broken law of a rule set (the shipped one by default); an empty list means that it may be used."""
    problems: list[str] = []
    rules = read_rules(folder or files("rules"), problems)
    problems += laws(rules.records, rules.priors, rules.bedside)
    return problems + list(
        _unused_words(rules.records, rules.vocabulary, (*rules.priors, *rules.bedside), rules.questions)
    )


def laws(records: Records, priors: tuple[Clause, ...], bedside: tuple[Clause, ...] = ()) -> list[str]:
    """The laws that a rule set must keep to start: references resolve, every record speaks and can stay silent."""
    found: list[str] = []
    for folder, group in records.items():
        for record in group.values():
            file = f"{folder}/{record.id}.toml"
            if isinstance(record, CauseRecord):
                found += _laws_of_a_cause(file, record, records)
            elif isinstance(record, RedFlagRecord):
                found += _laws_of_a_red_flag(file, record, records)
            elif isinstance(record, StepRecord):
                found += _laws_of_a_step(file, record, records)
            else:
                found += [] if record.entries else [missing(file, "[[when]]")]
    found += _repeated_ids(records)
    found += _finding_cycles(records)
    found += [
        unknown("priors.toml", f"cause of prior '{prior.id}'", id_, records["causes"])
        for prior in priors
        for id_ in prior.causes
        if id_ not in records["causes"]
    ]
    for ask in bedside:
        if ask.causes[0] not in records["causes"]:
            found.append(unknown("bedside.toml", f"cause of ask '{ask.id}'", ask.causes[0], records["causes"]))
        found += _wants("bedside.toml", (ask,), records, needed=True)
    return found


def finding_layers(records: Mapping[str, FindingRecord]) -> list[list[FindingRecord]]:
    """Finding records in the order in which they can be concluded; raises CycleError on a circle."""
    sorter = _sorter(list(records.values()))
    sorter.prepare()
    layers = []
    concluding: dict[str, list[FindingRecord]] = {}
    for record in records.values():
        concluding.setdefault(record.finding, []).append(record)
    while sorter.is_active():
        ready = sorter.get_ready()
        layer = [record for finding in sorted(ready) for record in concluding.get(finding, [])]
        if layer:
            layers.append(layer)
        sorter.done(*ready)
    return layers


def read_by(clause: Clause) -> set[str]:
    """Every finding that a clause asks for, in its ``when`` or in an ``unless``."""
    return {test.finding for when in (clause.when, *clause.unless) for test in when}


def _laws_of_a_cause(file: str, record: CauseRecord, records: Records) -> Iterator[str]:
    if not record.gates:
        yield missing(file, "[[gate]]")
    yield from _summary(file, record.summary, needed=record.kind == "cause")
    if record.indicator == "critical" or any(clause.indicator == "critical" for clause in record.raises):
        yield wrong(file, "[card] indicator", "may not be critical: only a red flag is")
    yield from _wants(file, record.wants, records, needed=record.kind == "cause")
    spoken = {vignette.expect for vignette in record.vignettes}
    if not spoken - {"silent"}:
        yield missing(file, "a vignette in which it speaks")
    if "silent" not in spoken:
        yield missing(file, "a near-miss vignette in which it stays silent")
    if record.kind == "cause":
        if not record.category:
            yield missing(file, "the category")
        if not (record.for_ or record.fits):
            yield missing(file, "[[for]] or [[fit]]")
    elif record.kind == "negative" and record.suppresses is None:
        yield missing(file, "[suppresses]")
    elif record.kind == "modifier" and not record.line:
        yield missing(file, "the line")
    elif record.kind == "note":
        if record.of not in records["causes"]:
            yield unknown(file, "cause in 'of'", record.of, records["causes"])
        if not record.text:
            yield missing(file, "the text")
    if record.suppresses:
        for id_ in (*(record.suppresses.causes or ()), *record.suppresses.spared):
            if id_ not in records["causes"]:
                yield unknown(file, "cause in [suppresses]", id_, records["causes"])
        for id_ in record.suppresses.steps or ():
            if id_ not in records["steps"]:
                yield unknown(file, "step in [suppresses]", id_, records["steps"])


def _laws_of_a_red_flag(file: str, record: RedFlagRecord, records: Records) -> Iterator[str]:
    if not record.fires:
        yield missing(file, "[[fires]]")
    for id_ in record.explains:
        if id_ not in records["redflags"]:
            yield unknown(file, "alarm in 'explains'", id_, records["redflags"])
    if not record.action:
        yield missing(file, "the action")
    yield from _summary(file, record.summary, needed=True)
    yield from _wants(file, record.wants, records, needed=True)
    spoken = {vignette.expect for vignette in record.vignettes}
    if not spoken - {"silent"}:
        yield missing(file, "a vignette in which it fires")
    if "silent" not in spoken:
        yield missing(file, "a near-miss vignette in which it stays silent")


def _laws_of_a_step(file: str, record: StepRecord, records: Records) -> Iterator[str]:
    for clause in record.insteads:
        if clause.step not in records["steps"]:
            yield unknown(file, f"step of {clause.id}", clause.step, records["steps"])
    for vignette in record.vignettes:
        other = vignette.expect.removeprefix("instead:")
        if other != vignette.expect and other not in records["steps"]:
            yield unknown(file, f"step expected by vignette '{vignette.name}'", other, records["steps"])


def _wants(file: str, wants: tuple[Clause, ...], records: Records, *, needed: bool) -> Iterator[str]:
    if needed and not wants:
        yield missing(file, "[[wants]]")
    for clause in wants:
        if clause.step not in records["steps"]:
            yield unknown(file, f"step of {clause.id}", clause.step, records["steps"])


def _summary(file: str, summary: str, *, needed: bool) -> Iterator[str]:
    if needed and not summary:
        yield missing(file, "the summary of [card]")
    if len(summary) > LONGEST_SUMMARY:
        yield wrong(file, f"the summary of {len(summary)} characters", f"may have at most {LONGEST_SUMMARY}")
    rest = summary
    for placeholder in PLACEHOLDERS:
        rest = rest.replace(placeholder, "")
    if "{" in rest or "}" in rest:
        yield wrong(file, "the summary", f"may use the placeholders {' and '.join(PLACEHOLDERS)} only")


def _repeated_ids(records: Records) -> Iterator[str]:
    homes: dict[str, str] = {}
    for folder in ("redflags", "causes", "findings"):
        for id_ in records[folder]:
            if id_ in homes:
                yield wrong(f"{folder}/{id_}.toml", f"id '{id_}'", f"is also in {homes[id_]}")
            homes[id_] = folder


def _finding_cycles(records: Records) -> Iterator[str]:
    try:
        _sorter([record for record in records["findings"].values() if isinstance(record, FindingRecord)]).prepare()
    except CycleError as error:
        yield wrong("findings", f"the findings {', '.join(error.args[1])}", "conclude one another in a circle")


def _sorter(records: list[FindingRecord]) -> TopologicalSorter[str]:
    sorter: TopologicalSorter[str] = TopologicalSorter()
    concluded = {record.finding for record in records}
    for record in records:
        asked = {finding for clause in record.entries for finding in read_by(clause)}
        sorter.add(record.finding, *(asked & concluded))
    return sorter


def _unused_words(
    records: Records, vocabulary: Vocabulary, priors: tuple[Clause, ...], questions: tuple[AskedQuestion, ...]
) -> Iterator[str]:
    used = set(MACHINERY)
    used.update(name for question in questions for name in (*question.findings, *question.settled_by))
    for group in records.values():
        for record in group.values():
            for clause in record.clauses:
                used |= read_by(clause)
    for prior in priors:
        used |= read_by(prior)
    for record in records["findings"].values():
        if isinstance(record, FindingRecord) and record.finding not in used:
            yield wrong(f"findings/{record.id}.toml", f"finding '{record.finding}'", "is concluded and never used")
    for name, word in vocabulary.findings.items():
        if name not in used and not word.for_people:
            yield wrong("vocabulary.toml", f"finding '{name}'", "is used by no rule; use it, or mark it for_people")
