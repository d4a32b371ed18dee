"""The chain, in its order: a case sheet in; everything that follows from it, with the trace, out.

findings → red flags and bedside warnings → gates → evidence → verdicts → what is silenced → steps and questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from service.domain.conclusions import Conclusions, Fired, Question, WithheldStep
from service.domain.findings import CaseSheet
from service.domain.spans import Interval
from service.domain.statements import Skipped
from service.knowledge import Knowledge
from service.knowledge.records import CauseRecord, Clause
from service.reasoning import (
    complaint,
    in_doubt,
    informative_findings,
    next_steps,
    red_flags,
    why_silent,
    worth_testing,
)
from service.reasoning.cause_summary import notice, tell
from service.reasoning.differential import (
    Case,
    Hypothesis,
    chain,
    fitting,
    open_gates,
    prior_order,
    rank,
    records_of,
    stand,
    visible,
    worked_up_first,
)
from service.reasoning.engine import Engine, evidence_of
from service.reasoning.evidence import fired
from service.reasoning.next_steps import Want
from service.reasoning.red_flags import Sounded
from service.reasoning.scoring import DOCUMENTED, LIKELY
from service.reasoning.silence import Silence, is_minor, outshone, silenced_by

CHART_OPENING = "patient-view"
EXPLANATION = "explain"
FITS_WITH_STEPS = 3
SEPARATED_BY = 2
SAFETY_QUESTION = "1"
MODIFIERS_RANK = 50


class _Told(Struct, frozen=True, gc=False):
    """What is to be said of one patient: ``standing`` is every cause whose gate holds, ``ranked`` those that nothing
    silences, ``causes`` those of them that a card shows, ``fits`` those that merely fit.
    """

    order: dict[str, int]
    standing: list[Hypothesis]
    silence: Silence
    ranked: list[Hypothesis]
    causes: list[Hypothesis]
    fits: list[Hypothesis]
    modifiers: list[CauseRecord]
    orientation: bool
    pain: str
    asked: tuple[Clause, ...]


def conclude(
    sheet: CaseSheet, engine: Engine, knowledge: Knowledge, *, hook: str = EXPLANATION, explain: bool = True
) -> Conclusions:
    """Run the chain on one case sheet. ``explain`` also asks what would change the ranking.

    For a hook alone only that is told which a card shows: causes that merely fit, and questions, when they are asked
    about; of the trace the records.
    """
    surgery = sheet.findings.get("lumbar_surgery")
    if surgery is None or surgery.value != "yes":
        return Conclusions(sheet=sheet, silent=why_silent.NO_SURGERY)
    whole = explain or hook == EXPLANATION
    chained = chain(sheet.findings, engine, knowledge)
    case = replace(chained.case, settled={each.step: each for each in sheet.settled})
    sheet = replace(sheet, findings=case.findings)
    sounded = red_flags.sound(case, engine, knowledge)
    trace = (
        [*(fired("findings", clause, case.findings) for _, clause in chained.fired), *sounded.trace] if whole else []
    )
    first = [*(record.id for record, _ in chained.fired), *_records(sounded.trace)]
    gates = open_gates(case, engine)
    told = _weigh(gates, sounded, case, engine, knowledge, hook)
    wants, silenced = _wanted(told, sounded, case, engine, knowledge)
    chosen = next_steps.select(wants, case, engine, knowledge)
    settled = {step.id for step in chosen.steps} | {step.id for step in chosen.withheld}
    spoken = [*told.causes, *told.fits]
    speaking = [*(each.record for each in spoken), *told.silence.speaking, *told.modifiers]
    if whole:
        trace.extend(_trace(spoken, speaking, gates, case))
    return replace(
        _conclusions(told, sounded, case, sheet, knowledge, whole=whole),
        steps=chosen.steps,
        withheld=(*chosen.withheld, *(each for each in silenced if each.id not in settled)),
        would_change=(
            informative_findings.would_change(
                told.causes + told.fits, frozenset(told.silence.causes), case, told.order, engine, knowledge
            )
            if explain and told.pain == complaint.PRESENT and not is_minor(case)
            else ()
        ),
        trace=(*trace, *chosen.trace),
        fired=_once((*first, *(each.id for each in speaking), *_records(chosen.trace))),
    )


def _weigh(
    gates: frozenset[str], sounded: Sounded, case: Case, engine: Engine, knowledge: Knowledge, hook: str
) -> _Told:
    """Every cause whose gate holds, weighed and ranked; what is silenced, and whether only an orientation is left."""
    doors = records_of(gates)
    pain = complaint.of(case)
    order = prior_order(case, engine, knowledge)
    if pain == complaint.PRESENT:
        standing = stand([each for each in knowledge.causes.values() if each.id in doors], case, engine, knowledge)
        standing += in_doubt.found(case, standing, doors, engine, knowledge)
    else:
        standing = complaint.objective(case, pain, engine, knowledge)
    silence = silenced_by(
        standing, doors if pain not in (complaint.OVER, complaint.SLIGHT) else frozenset(), sounded, case, knowledge
    )
    surely = case.is_("reads_surely", "yes")
    ranked = rank([each for each in standing if each.record.id not in silence.causes], order, surely=surely)
    silence = replace(silence, causes=silence.causes | outshone(ranked, knowledge, surely=surely))
    ranked = [each for each in ranked if each.record.id not in silence.causes]
    causes = visible(ranked)
    orientation = (
        pain == complaint.PRESENT
        and not (sounded.alarms or causes or silence.orientation)
        and _worth_orienting(hook, case, knowledge)
    )
    modifiers = [] if is_minor(case) else [each for each in knowledge.modifiers.values() if each.id in doors]
    asked: tuple[Clause, ...] = ()
    if (causes or orientation) and not sounded.critical:
        asked = worth_testing.asked(case, {each.record.id for each in causes}, engine, knowledge)
    return _Told(order, standing, silence, ranked, causes, fitting(ranked), modifiers, orientation, pain, asked)


def _wanted(
    told: _Told, sounded: Sounded, case: Case, engine: Engine, knowledge: Knowledge
) -> tuple[list[Want], list[WithheldStep]]:
    """The steps that are wanted, and those that a negative keeps back; beside a critical red flag only its own."""
    wants: list[Want] = list(sounded.wants)
    silenced: list[WithheldStep] = []
    negatives = told.silence.speaking
    if sounded.critical or not (sounded.any or told.causes or told.orientation or negatives):
        return wants, silenced
    useful = told.causes or (told.fits[:FITS_WITH_STEPS] if told.orientation else [])
    first = worked_up_first(useful)
    wants += _wants(first, told.modifiers, case, engine)
    later = f"{useful[0].record.title} is far likelier" if useful else ""
    left = dict.fromkeys(want.step for want in _wants([each for each in useful if each not in first], (), case, engine))
    silenced += [WithheldStep(step, knowledge.steps[step].title, later) for step in left]
    for negative in negatives:
        if negative.suppresses and negative.suppresses.steps != ():
            quiet = None if negative.suppresses.steps is None else dict.fromkeys(negative.suppresses.steps, "")
            wants, withheld = next_steps.silence(wants, quiet, negative.title, knowledge)
            silenced += withheld
    wants += worth_testing.wants(told.asked)
    wants += _wants((), negatives, case, engine)
    return wants, silenced


def _conclusions(
    told: _Told, sounded: Sounded, case: Case, sheet: CaseSheet, knowledge: Knowledge, *, whole: bool
) -> Conclusions:
    """What is said of causes, notices and questions; steps and trace come after."""
    asks = (
        (whole or told.orientation)
        and told.pain not in (complaint.OVER, complaint.SLIGHT)
        and not (sounded.critical or is_minor(case))
    )
    fits = told.fits if whole or told.orientation else []
    notices = [] if sounded.any or told.causes else [each for each in told.silence.speaking if each.summary]
    silenced = told.silence.causes
    speaks = sounded.any or told.causes or told.orientation or notices
    return Conclusions(
        sheet=sheet,
        alarms=sounded.alarms,
        warnings=sounded.warnings,
        causes=tuple(tell(each, case, sheet.story, knowledge) for each in told.causes),
        fits=tuple(tell(each, case, sheet.story, knowledge) for each in fits),
        notices=tuple(notice(each, case, sheet.story, knowledge) for each in notices),
        modifiers=tuple(each.line for each in told.modifiers),
        questions=(
            *(_questions(told.ranked, case, knowledge) if asks else ()),
            *worth_testing.questions(told.asked, knowledge),
        ),
        suppressed=(
            *sounded.unlikely,
            *(
                Skipped(each.record.id, silenced[each.record.id])
                for each in visible(told.standing)
                if each.record.id in silenced
            ),
        ),
        orientation=told.orientation,
        silent="" if speaks else why_silent.tell(case, told.pain, told.silence.speaking, sheet),
    )


def _worth_orienting(hook: str, case: Case, knowledge: Knowledge) -> bool:
    """On chart opening the orientation card needs pain that was stated lately; a vague date counts as lately."""
    if hook != CHART_OPENING:
        return True
    stated = case.findings.get("pain_stated_days_ago")
    return (
        stated is not None
        and isinstance(stated.value, Interval)
        and stated.value.low <= knowledge.numbers["pain_recent_days"]
    )


def _wants(
    ranked: Sequence[Hypothesis], modifiers: Sequence[CauseRecord], case: Case, engine: Engine
) -> Iterator[Want]:
    for place, each in enumerate(ranked):
        for clause in each.record.wants:
            if clause.key in each.held:
                yield Want(clause.step, clause.urgency, clause.because, each.record.id, place)
    for record in modifiers:
        held = engine.match(evidence_of(record.id), case.properties)
        for clause in record.wants:
            if clause.key in held:
                yield Want(clause.step, clause.urgency, clause.because, record.id, MODIFIERS_RANK)


def _questions(ranked: Sequence[Hypothesis], case: Case, knowledge: Knowledge) -> tuple[Question, ...]:
    """The open questions in their order; once the leading two are apart only the safety question is left."""
    leading = [each.score for each in ranked[:2]]
    apart = (
        bool(ranked)
        and ranked[0].certainty in (DOCUMENTED, LIKELY)
        and (len(leading) == 1 or leading[0] - leading[1] >= SEPARATED_BY)
    )
    return tuple(
        Question(asked.id, asked.text, asked.separates, asked.findings)
        for asked in knowledge.questions
        if not any(case.knows(name) for name in asked.settled_by) and (not apart or asked.id == SAFETY_QUESTION)
    )


def _trace(
    spoken: Sequence[Hypothesis], speaking: Sequence[CauseRecord], gates: frozenset[str], case: Case
) -> Iterator[Fired]:
    for record in speaking:
        for gate in record.gates:
            if gate.key in gates:
                yield fired("gates", gate, case.findings)
    for each in spoken:
        for clause in (*each.record.fits, *each.record.for_, *each.record.against):
            if clause.key in each.held:
                yield fired("evidence", clause, case.findings)


def _records(trace: Sequence[Fired]) -> list[str]:
    return [line.record for line in trace]


def _once(records: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(records))
