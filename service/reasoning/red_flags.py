"""Rulebook section 4: a case in; the red flags and bedside warnings that fire out, with the steps they want."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from service.domain.conclusions import Alarm, Fired
from service.domain.statements import Basis, Skipped
from service.knowledge import Knowledge
from service.knowledge.records import INDICATORS, URGENCIES, Clause, RedFlagRecord
from service.reasoning.differential import Case
from service.reasoning.engine import RED_FLAGS, Engine, evidence_of
from service.reasoning.evidence import fired, reason
from service.reasoning.next_steps import Want
from service.reasoning.scoring import BACKGROUND

BY_INDICATOR = {"critical": "emergency", "warning": "urgent", "info": "routine"}


_Rung = tuple[RedFlagRecord, list[Clause], list[Clause]]
"""A record that fires, its entries that hold, and its wants that hold."""


class Sounded(Struct, frozen=True, gc=False):
    alarms: tuple[Alarm, ...] = ()
    warnings: tuple[Alarm, ...] = ()
    wants: tuple[Want, ...] = ()
    trace: tuple[Fired, ...] = ()
    unlikely: tuple[Skipped, ...] = ()
    """Those that only a note tells of, in a chart that surely reads like something else."""

    @property
    def any(self) -> bool:
        return bool(self.alarms or self.warnings)

    @property
    def critical(self) -> bool:
        return any(alarm.indicator == "critical" for alarm in self.alarms)


def sound(case: Case, engine: Engine, knowledge: Knowledge) -> Sounded:
    """Fire every red flag of which one entry holds; by indicator, then by the danger that the records state."""
    held = engine.match(RED_FLAGS, case.properties)
    if not held:
        return Sounded()
    rung = []
    unlikely: list[Skipped] = []
    harmless = case.is_("reads_harmless", "yes")
    # Beside a cause that is a danger itself, or in a chart that reads as well, only lesser alarms are unlikely.
    lesser = case.is_("reads_harmless", "warnings") or case.is_("reads_uneventful", "surely")
    for record in knowledge.redflags.values():
        clauses = [clause for clause in record.fires if clause.key in held]
        if not clauses:
            continue
        of_notes = all(_is_told(clause, case, knowledge.families) for clause in clauses)
        if of_notes and (harmless or (lesser and INDICATORS[_rank(clauses)] == "warning")):
            unlikely.append(Skipped(record.id, _UNLIKELY))
        else:
            wants = engine.match(evidence_of(record.id), case.properties)
            rung.append((record, clauses, [clause for clause in record.wants if clause.key in wants]))
    explained = _explained(rung)
    families = knowledge.families
    rung.sort(key=lambda each: _place(each[0], each[1], explained, case, families))
    told = [
        _write(record, clauses, wants, case, knowledge, explained.get(record.id, "")) for record, clauses, wants in rung
    ]
    return Sounded(
        alarms=tuple(alarm for alarm in told if alarm.kind == "red flag"),
        warnings=tuple(alarm for alarm in told if alarm.kind != "red flag"),
        wants=tuple(_first_wants(rung)),
        trace=tuple(fired("red flags", clause, case.findings) for _, clauses, _ in rung for clause in clauses),
        unlikely=tuple(unlikely),
    )


_UNLIKELY = "told in a note; all words of the chart together surely read like something else"


def _is_told(clause: Clause, case: Case, families: Mapping[str, str]) -> bool:
    """Whether notes alone tell it: no code, value, answer or report, but for operation and pain, which every chart
    holds."""
    found = [(families.get(name), case.findings[name].basis) for name in clause.findings if name in case.findings]
    signs = [basis for family, basis in found if family not in BACKGROUND]
    signs = signs or [basis for family, basis in found if family != "surgery"]
    return Basis.NOTE in signs and all(basis in (Basis.NOTE, Basis.INFERRED) for basis in signs)


def _explained(rung: list[_Rung]) -> dict[str, str]:
    """The alarms that another one explains, each with the one that does: never a graver one by a lesser one."""
    ranks = {record.id: _rank(clauses) for record, clauses, _ in rung}
    dangers = sorted((record for record, _, _ in rung), key=lambda record: (record.priority, record.id))
    found: dict[str, str] = {}
    for record in dangers:
        for id_ in record.explains:
            if id_ in ranks and ranks[record.id] >= ranks[id_]:
                found.setdefault(id_, record.id)
    return found


def _place(
    record: RedFlagRecord,
    clauses: list[Clause],
    explained: Mapping[str, str],
    case: Case,
    families: Mapping[str, str],
) -> tuple[object, ...]:
    """What the words of the chart together read like, then emergencies by what causes before what results, then by
    danger; warnings by what an image shows before what a history makes possible, then by how many signs, then how
    new."""
    rank = _rank(clauses)
    signs = _told(clauses)
    warning = INDICATORS[rank] == "warning"
    return (
        -rank,
        record.kind != "red flag",
        not case.is_("reads_alarm", record.id.removeprefix("rf-")),
        record.id in explained,
        (not _shown(signs, families), -len(signs), _newest(signs, case)) if warning else (False, 0, 0),
        record.priority,
        record.id,
    )


def _shown(signs: list[Clause], families: Mapping[str, str]) -> bool:
    return any(families.get(name) == "imaging" for clause in signs for name in clause.findings)


def _newest(signs: list[Clause], case: Case) -> int:
    """Minus the day (as an ordinal) of the newest dated finding; 0 when none has a date."""
    findings = [case.findings[name] for clause in signs for name in clause.findings if name in case.findings]
    return -max((finding.when.last.toordinal() for finding in findings if finding.when), default=0)


def _rank(clauses: list[Clause]) -> int:
    return max(INDICATORS.index(clause.indicator) for clause in clauses)


def _told(clauses: list[Clause]) -> list[Clause]:
    """The entries worth reading: the gravest first, one per observation, none that another one says in full."""
    gravest = sorted(clauses, key=lambda clause: -INDICATORS.index(clause.indicator))
    best: dict[str, Clause] = {}
    for clause in gravest:
        best.setdefault(clause.observation, clause)
    asked = {clause.key: set(clause.when) for clause in best.values()}
    return [clause for clause in best.values() if not any(asked[clause.key] < each for each in asked.values())]


def _write(
    record: RedFlagRecord, clauses: list[Clause], wants: list[Clause], case: Case, knowledge: Knowledge, sign_of: str
) -> Alarm:
    indicator = INDICATORS[_rank(clauses)]
    urgencies = [clause.urgency for clause in wants] or [BY_INDICATOR[indicator]]
    return Alarm(
        id=record.id,
        title=record.title,
        kind=record.kind,
        indicator=indicator,
        urgency=min(urgencies, key=URGENCIES.index),
        because=tuple(reason(clause, 0, case.findings) for clause in _told(clauses)),
        action=record.action,
        summary=record.summary,
        overridden=record.id in knowledge.overridden,
        sign_of=sign_of,
    )


def _first_wants(rung: list[_Rung]) -> Iterator[Want]:
    """The wants of all alarms; beside one that is critical a lesser one asks for nothing: the emergency comes first."""
    gravest = max((_rank(clauses) for _, clauses, _ in rung), default=0)
    for rank, (record, clauses, wants) in enumerate(rung):
        if INDICATORS[gravest] != "critical" or _rank(clauses) == gravest or record.kind != "red flag":
            yield from _wants(record, wants, rank)


def _wants(record: RedFlagRecord, wants: list[Clause], rank: int) -> Iterator[Want]:
    for clause in wants:
        yield Want(clause.step, clause.urgency, clause.because, record.id, rank, alarm=True)
