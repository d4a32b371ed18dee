"""Draft orders and conclusions in; what is to be said about each order, with what it stands on, out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from service.domain.conclusions import LONGEST_SUMMARY, Conclusions, Fired, NextStep, Reason
from service.domain.statements import Ref
from service.knowledge import Knowledge
from service.knowledge.records import URGENCIES, Clause, StepRecord
from service.orders import hurry, wording
from service.orders.advice import Advice, Judge
from service.orders.before_operation import before_operation
from service.orders.draft_orders import Draft
from service.orders.order_types import contrast, contrast_in, step_of
from service.output.cards import ids, quotes
from service.output.cards.markdown import clip
from service.reasoning.next_steps import Selection

SECTIONAL = ("mri-lumbar", "ct-lumbar", "ct-myelography")
SAFETY = frozenset(
    {"mri_no", "device_check", "lp_barrier", "infection_labs", "fever", "anticoagulant", "gd_allergy", "gd_caution",
     "contrast_allergy", "pregnancy"}
)  # fmt: skip
CONTRAST_ONLY = frozenset({"gd_allergy", "gd_caution", "contrast_allergy"})
_MILD = frozenset({"conditional", "prophylactic"})
"""Words of a finding that ask for a thought and not for another order."""

Results = Mapping[Ref, str]
"""What each report concludes, in its own words, the newest first."""


def ordered(drafts: Iterable[Draft]) -> frozenset[str]:
    """The steps that are being ordered anyway."""
    return frozenset(step_of(draft) for draft in drafts) - {""}


def advise(
    drafts: Sequence[Draft],
    spoken_of: Iterable[Draft],
    conclusions: Conclusions,
    judge: Judge,
    knowledge: Knowledge,
    results: Results,
) -> tuple[Advice, ...]:
    """At most one advice for each of the drafts ``spoken_of``; the others only tell what is being ordered anyway."""
    if not is_ours(conclusions):
        return ()
    under_way = ordered(drafts)
    found = (_on_one(draft, step_of(draft), under_way, conclusions, judge, knowledge, results) for draft in spoken_of)
    return tuple(advice for advice in found if advice is not None)


def is_ours(conclusions: Conclusions) -> bool:
    """An adult after lumbar surgery: nobody else's orders are spoken of."""
    surgery = conclusions.sheet.findings.get("lumbar_surgery")
    minor = conclusions.sheet.findings.get("minor_patient")
    return surgery is not None and surgery.value == "yes" and (minor is None or minor.value != "yes")


def _on_one(
    draft: Draft,
    name: str,
    ordered: frozenset[str],
    conclusions: Conclusions,
    judge: Judge,
    knowledge: Knowledge,
    results: Results,
) -> Advice | None:
    if name == ids.SURGERY:
        return before_operation(draft, ordered, conclusions, judge, knowledge)
    # An injection of another kind is held to the rules of a root block, except that no root block was done before.
    like, without = ("selective-nerve-root-block", ("root_block",)) if name == ids.INJECTION else (name, ())
    step = knowledge.steps.get(like)
    if step is None:
        return None
    wanted = next((each for each in conclusions.steps if each.id == step.id), None)
    alarms = {alarm.id for alarm in (*conclusions.alarms, *conclusions.warnings)}
    alarm = wanted is not None and bool(alarms & set(wanted.for_ids))
    drafted = contrast(draft, knowledge)
    urgency = min(draft.urgency, wanted.urgency if wanted else draft.urgency, key=URGENCIES.index)
    judged = judge(step.id, urgency, alarm, without, drafted)
    title = "Injection at the spine" if name == ids.INJECTION else step.title
    base = Advice(draft, "mind", ids.ORDER + name, title, "", "info", (), step=step.id)
    kept = next((each for each in judged.steps if each.id == step.id), None)
    if kept is None:
        return _refused(base, step, judged, conclusions, results)
    minded = _minded(base, step, kept, drafted, conclusions, knowledge)
    if hurry.is_late(draft, wanted):
        return hurry.hurried(base, kept, wanted, minded, conclusions)
    return minded or _other_question(base, step, ordered, conclusions)


def _refused(base: Advice, step: StepRecord, judged: Selection, conclusions: Conclusions, results: Results) -> Advice:
    """Withheld, or replaced by another step: say why, where in the chart that stands, and what a done study showed."""
    because = next(each.reason for each in judged.withheld if each.id == step.id)
    decisive = next((line for line in judged.trace if line.record == step.id), None)
    names = decisive.findings if decisive else ("all_imaging_negative",)
    why = wording.named(because, names, conclusions)
    sources = _own_sources(decisive, step) if decisive else ()
    refs = wording.refs(names, conclusions)
    instead = judged.steps[0] if judged.steps else None
    earlier = tuple(ref for ref in refs if ref.startswith(("ImagingStudy/", "DiagnosticReport/", "ServiceRequest/")))
    day = "" if SAFETY & set(names) else wording.when(names, conclusions)
    result = "" if SAFETY & set(names) else next((said for ref, said in results.items() if ref in refs), "")
    summary = f"{base.title}: {wording.lower(why)}{f' ({day})' if day else ''}"
    if result:
        head = f"{base.title}: already reported{f', {day}' if day else ''}"
        room = LONGEST_SUMMARY - len(head) - 4
        summary = f"{head}: “{clip(quotes.tidy(result), room)}”"
    return replace(
        base,
        say="instead" if instead is not None and instead.order else "done",
        summary=summary,
        indicator="warning" if SAFETY & set(names) else "info",
        reasons=(Reason(why, 0, "order", names, refs, sources),),
        cautions=instead.cautions if instead else (),
        becomes=instead,
        earlier=earlier,
        result=result if summary.endswith("…”") else "",
    )


def _minded(
    base: Advice, step: StepRecord, kept: NextStep, drafted: str, conclusions: Conclusions, knowledge: Knowledge
) -> Advice | None:
    """The order stands: say what its contrast, a device, kidneys, an allergy, a pregnancy or a drug ask for."""
    wanted = contrast_in(kept.order.display) if kept.order else ""
    cautions = [c for c in step.cautions if c.because in kept.cautions and _matters(c, drafted)]
    grave = [c for c in cautions if SAFETY & set(c.findings)]
    told = tuple(wording.named(c.because, c.findings, conclusions) for c in cautions)
    if drafted and wanted and drafted != wanted and step.modality == "MR" and not _barred(wanted, conclusions):
        clause = next(c for c in step.orders if c.order == kept.order and _holds(c, conclusions))
        # In an emergency nobody waits for a better contrast, unless an infection is what it would show.
        emergency = kept.urgency == "emergency"
        if not emergency or SAFETY & set(clause.findings):
            because = _in_words(clause, conclusions, knowledge) or "Nothing in the record asks for contrast"
            return replace(
                base,
                say="contrast",
                summary=f"{base.title} is drafted {drafted} contrast; for this question consider it {wanted} contrast",
                indicator="warning" if SAFETY & set(clause.findings) else "info",
                reasons=(
                    Reason(because, 0, "order", clause.findings, wording.refs(clause.findings, conclusions), ()),
                    *(_reason(c, step, conclusions) for c in grave if not set(c.findings) <= set(clause.findings)),
                ),
                cautions=told,
                becomes=kept,
                brief=emergency,
            )
    if not grave:
        return None
    return replace(
        base,
        summary=f"{base.title}: {wording.lower(wording.named(grave[0].because, grave[0].findings, conclusions))}",
        indicator="info" if all(_is_mild(c) for c in grave) else "warning",
        reasons=tuple(_reason(c, step, conclusions) for c in grave),
        cautions=told,
    )


def _is_mild(caution: Clause) -> bool:
    return any(_MILD.issuperset(test.words) for test in caution.when if test.words)


def _other_question(base: Advice, step: StepRecord, ordered: frozenset[str], conclusions: Conclusions) -> Advice | None:
    """No cause wants this picture, and the leading cause wants another one that is not being ordered: name it."""
    if step.id not in SECTIONAL or not conclusions.causes or conclusions.alarms:
        return None
    leading = conclusions.causes[0]
    if any(each.id == step.id for each in conclusions.steps):
        return None
    pictures = (each for each in conclusions.steps if each.id in SECTIONAL and leading.id in each.for_ids)
    better = next((each for each in pictures if each.id not in ordered), None)
    if better is None or better.order is None:
        return None
    reasons = tuple(replace(reason, weight=0) for reason in leading.for_[:2])
    return replace(
        base,
        say="modality",
        summary=f"{leading.title} ({leading.certainty}): {wording.lower(better.title)} tells more than this order",
        reasons=reasons,
        cautions=better.cautions,
        becomes=better,
        lines=(better.why,) if better.why else (),
    )


def _matters(caution: Clause, drafted: str) -> bool:
    names = set(caution.findings) & SAFETY
    if drafted == "without" and names and names <= CONTRAST_ONLY:
        return False
    return not (drafted == "without" and names == {"pregnancy"} and "contrast" in caution.because.lower())


def _reason(clause: Clause, step: StepRecord, conclusions: Conclusions) -> Reason:
    refs = wording.refs(clause.findings, conclusions)
    text = wording.named(clause.because, clause.findings, conclusions)
    return Reason(text, 0, "order", clause.findings, refs, _own_sources(clause, step))


def _own_sources(clause: Clause | Fired, step: StepRecord) -> tuple[str, ...]:
    """A clause that names no source has those of the whole step, which say nothing about the clause."""
    return () if clause.sources == step.sources else clause.sources


def _barred(wanted: str, conclusions: Conclusions) -> bool:
    """Never steer to contrast where kidneys, an allergy or a pregnancy speak against it."""
    findings = conclusions.sheet.findings
    return wanted == "with" and any(wording.is_(name, "yes", findings) for name in (*CONTRAST_ONLY, "pregnancy"))


def _holds(clause: Clause, conclusions: Conclusions) -> bool:
    findings = conclusions.sheet.findings
    return all(t.finding in findings and findings[t.finding].value in t.words for t in clause.when)


def _in_words(clause: Clause, conclusions: Conclusions, knowledge: Knowledge) -> str:
    told = []
    for name in clause.findings:
        means, value = knowledge.vocabulary.findings[name].means, conclusions.sheet.findings[name].value
        told.append(means if value == "yes" else f"{means}: {value}")
    return "; ".join(told)
