"""A weighed hypothesis, or a negative that speaks, in; the cause as people read it out."""

from __future__ import annotations

from operator import attrgetter

from service.domain import spine
from service.domain.conclusions import LONGEST_SUMMARY, Cause, Reason
from service.domain.findings import Story
from service.knowledge import Knowledge
from service.knowledge.records import INDICATORS, CauseRecord
from service.reasoning.differential import Case, Hypothesis
from service.reasoning.evidence import reason
from service.reasoning.scoring import FITS

MISSING_TOLD = 3
NOTICE = "notice"
FITTING = "The operation, the time since and the kind of pain fit"


def tell(hypothesis: Hypothesis, case: Case, story: Story, knowledge: Knowledge) -> Cause:
    """One cause with its verdict, the entries that counted, and what is missing to be surer."""
    record, held = hypothesis.record, hypothesis.held
    remarks = [hypothesis.doubt] if hypothesis.doubt else []
    remarks += [clause.because for clause in record.notes if clause.key in held]
    remarks += [
        note.text
        for note in knowledge.notes.values()
        if note.of == record.id and any(gate.key in held for gate in note.gates)
    ]
    raised = [record.indicator, *(clause.indicator for clause in record.raises if clause.key in held)]
    return Cause(
        id=record.id,
        title=record.title,
        certainty=hypothesis.certainty,
        score=hypothesis.score,
        indicator="info" if hypothesis.certainty == FITS else max(raised, key=INDICATORS.index),
        summary=fill(record.summary, story, _painful_side(case)),
        for_=(
            *_fit(hypothesis, case),
            *(reason(clause, weight, case.findings) for clause, weight in hypothesis.verdict.items),
        ),
        against=tuple(reason(clause, weight, case.findings) for clause, weight in hypothesis.verdict.against),
        notes=tuple(remarks),
        missing=_missing(record, held, case, knowledge),
        sources=record.sources,
        overridden=record.id in knowledge.overridden,
        general=tuple(clause.because for clause in record.notes if clause.general),
    )


def _fit(hypothesis: Hypothesis, case: Case) -> tuple[Reason, ...]:
    """The points for operation, time and pain, as a reason beside the others, so that the reasons add up to the sum."""
    clauses = [clause for clause in hypothesis.record.fits if clause.key in hypothesis.held]
    if not clauses or not hypothesis.verdict.fit:
        return ()
    best = max(clauses, key=lambda clause: clause.points)
    return (reason(best, hypothesis.verdict.fit, case.findings, text=best.because or FITTING, group="fit"),)


def notice(record: CauseRecord, case: Case, story: Story, knowledge: Knowledge) -> Cause:
    return Cause(
        id=record.id,
        title=record.title,
        certainty=NOTICE,
        score=0,
        indicator=record.indicator or "info",
        summary=fill(record.summary, story, _painful_side(case)),
        for_=tuple(reason(gate, 0, case.findings) for gate in record.gates if gate.because)[:1],
        against=(),
        sources=record.sources,
        overridden=record.id in knowledge.overridden,
    )


def fill(summary: str, story: Story, side: str) -> str:
    """Put operated level and painful side into a summary; without them, or when it grows too long, without both."""
    filled = _tidy(summary.replace("{level}", spine.in_words(story.levels)).replace("{side}", side))
    if len(filled) > LONGEST_SUMMARY:
        filled = _tidy(summary.replace("{level}", "").replace("{side}", ""))
    return filled


def _painful_side(case: Case) -> str:
    """The side that hurts now; never the operated side, which may be the other one."""
    found = case.findings.get("pain_side")
    return found.value if found is not None and found.value in ("left", "right") else ""


def _tidy(text: str) -> str:
    return " ".join(text.split()).replace(" ,", ",").replace(" :", ":").replace("()", "").strip(" ,")


def _missing(record: CauseRecord, held: frozenset[str], case: Case, knowledge: Knowledge) -> tuple[str, ...]:
    """What the heaviest entries that do not hold would need to know, in the vocabulary's own sentences."""
    names: dict[str, None] = {}
    counted: dict[str, int] = {}
    for clause in record.for_:
        if clause.key in held:
            counted[clause.observation] = max(counted.get(clause.observation, 0), clause.weight)
    for clause in sorted(record.for_, key=attrgetter("weight"), reverse=True):
        # An observation counts once: a second telling of what already counted would add nothing.
        if clause.key in held or clause.group == "risk" or clause.weight <= counted.get(clause.observation, 0):
            continue
        # An entry that a known finding already rules out would stay out whatever the rest turns out to be.
        if clause.findings and not any(case.knows(name) for name in clause.findings):
            names[clause.findings[0]] = None
            if len(names) == MISSING_TOLD:
                break
    return tuple(knowledge.vocabulary.findings[name].means for name in names)
