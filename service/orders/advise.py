"""Draft orders and conclusions in; what is to be said about each order, with what it stands on, out. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec.structs import replace

from service.domain.conclusions import Conclusions, Fired, NextStep, Reason
from service.domain.findings import Finding
from service.domain.statements import Ref
from service.knowledge import Knowledge
from service.knowledge.records import Clause, StepRecord
from service.orders.advice import Advice
from service.orders.draft_orders import Draft
from service.orders.order_types import contrast, contrast_in, step_of
from service.output.cards import ids
from service.reasoning.next_steps import Selection

SECTIONAL = ("mri-lumbar", "ct-lumbar", "ct-myelography")
SAFETY = frozenset(
    {"mri_no", "device_check", "lp_barrier", "infection_labs", "fever", "anticoagulant", "gd_allergy", "gd_caution",
     "contrast_allergy", "pregnancy"}
)  # fmt: skip
CONTRAST_ONLY = frozenset({"gd_allergy", "gd_caution", "contrast_allergy"})
READ = ("read", "negative")
INFECTION_IN_REVISIONS = "L62"

Judge = Callable[[str, str, bool, tuple[str, ...]], Selection]
"""Step, urgency, whether a red flag wants it, findings to leave out → what the rules on steps say."""


def ordered(drafts: Iterable[Draft]) -> frozenset[str]:
    """The steps that are being ordered anyway."""
    return frozenset(step_of(draft) for draft in drafts) - {""}


def advise(
    drafts: Sequence[Draft], spoken_of: Iterable[Draft], conclusions: Conclusions, judge: Judge, knowledge: Knowledge
) -> tuple[Advice, ...]:
    """At most one advice for each of the drafts ``spoken_of``; the others only tell what is being ordered anyway."""
    surgery = conclusions.sheet.findings.get("lumbar_surgery")
    minor = conclusions.sheet.findings.get("minor_patient")
    if surgery is None or surgery.value != "yes" or (minor is not None and minor.value == "yes"):
        return ()
    under_way = ordered(drafts)
    found = (_on_one(draft, step_of(draft), under_way, conclusions, judge, knowledge) for draft in spoken_of)
    return tuple(advice for advice in found if advice is not None)


def _on_one(
    draft: Draft, name: str, ordered: frozenset[str], conclusions: Conclusions, judge: Judge, knowledge: Knowledge
) -> Advice | None:
    if name == ids.SURGERY:
        return _before_operation(draft, ordered, conclusions, judge, knowledge)
    # An injection of another kind is held to the rules of a root block, except that no root block was done before.
    like, without = ("selective-nerve-root-block", ("root_block",)) if name == ids.INJECTION else (name, ())
    step = knowledge.steps.get(like)
    if step is None:
        return None
    wanted = next((each for each in conclusions.steps if each.id == step.id), None)
    alarms = {alarm.id for alarm in (*conclusions.alarms, *conclusions.warnings)}
    alarm = wanted is not None and bool(alarms & set(wanted.for_ids))
    judged = judge(step.id, wanted.urgency if wanted else draft.urgency, alarm, without)
    title = "Injection at the spine" if name == ids.INJECTION else step.title
    base = Advice(draft, "mind", ids.ORDER + name, title, "", "info", ())
    kept = next((each for each in judged.steps if each.id == step.id), None)
    if kept is None:
        return _refused(base, step, judged, conclusions)
    return _minded(base, step, kept, conclusions, knowledge) or _other_question(base, step, ordered, conclusions)


def _refused(base: Advice, step: StepRecord, judged: Selection, conclusions: Conclusions) -> Advice:
    """Withheld, or replaced by another step: say why, and where in the chart that stands."""
    why = next(each.reason for each in judged.withheld if each.id == step.id)
    decisive = next((line for line in judged.trace if line.record == step.id), None)
    names = decisive.findings if decisive else ("all_imaging_negative",)
    sources = _own_sources(decisive, step) if decisive else ()
    refs = _refs(names, conclusions)
    instead = judged.steps[0] if judged.steps else None
    earlier = tuple(ref for ref in refs if ref.startswith(("ImagingStudy/", "DiagnosticReport/", "ServiceRequest/")))
    return replace(
        base,
        say="instead" if instead is not None and instead.order else "done",
        summary=f"{base.title}: {_lower(why)}{_when(names, conclusions)}",
        indicator="warning" if SAFETY & set(names) else "info",
        reasons=(Reason(why, 0, "order", names, refs, sources),),
        cautions=instead.cautions if instead else (),
        becomes=instead,
        earlier=earlier,
    )


def _minded(
    base: Advice, step: StepRecord, kept: NextStep, conclusions: Conclusions, knowledge: Knowledge
) -> Advice | None:
    """The order stands: say what its contrast, a device, kidneys, an allergy, a pregnancy or a drug ask for."""
    drafted = contrast(base.draft, knowledge)
    wanted = contrast_in(kept.order.display) if kept.order else ""
    cautions = [c for c in step.cautions if c.because in kept.cautions and _matters(c, drafted)]
    grave = [c for c in cautions if SAFETY & set(c.findings)]
    if drafted and wanted and drafted != wanted and step.modality == "MR" and not _barred(wanted, conclusions):
        clause = next(c for c in step.orders if c.order == kept.order and _holds(c, conclusions))
        because = _in_words(clause, conclusions, knowledge) or "Nothing in the record asks for contrast"
        return replace(
            base,
            say="contrast",
            summary=f"{base.title} is drafted {drafted} contrast; for this question consider it {wanted} contrast",
            indicator="warning" if SAFETY & set(clause.findings) else "info",
            reasons=(
                Reason(because, 0, "order", clause.findings, _refs(clause.findings, conclusions), ()),
                *(_reason(c, step, conclusions) for c in grave if not set(c.findings) <= set(clause.findings)),
            ),
            cautions=tuple(c.because for c in cautions),
            becomes=kept,
        )
    if not grave:
        return None
    return replace(
        base,
        summary=f"{base.title}: {_lower(grave[0].because)}",
        indicator="warning",
        reasons=tuple(_reason(c, step, conclusions) for c in grave),
        cautions=tuple(c.because for c in cautions),
    )


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
        summary=f"{leading.title} ({leading.certainty}): {_lower(better.title)} tells more than this order",
        reasons=reasons,
        cautions=better.cautions,
        becomes=better,
        lines=(better.why,) if better.why else (),
    )


def _before_operation(
    draft: Draft, ordered: frozenset[str], conclusions: Conclusions, judge: Judge, knowledge: Knowledge
) -> Advice | None:
    """What a reader of the record would look for before any further spine operation, and is not there. No verdict."""
    findings = conclusions.sheet.findings
    missing: list[str] = []
    also: list[NextStep] = []
    reasons: list[Reason] = []
    pictures = {name: findings[name].value for name in ("mri", "ct", "ct_myelogram") if name in findings}
    if "mri" in pictures and not any(word in READ for word in pictures.values()):
        begun = next((name for name, word in pictures.items() if word in ("unread", "pending")), "")
        missing.append(
            f"the report of the lumbar {'MRI' if begun == 'mri' else 'CT'}{_when((begun,), conclusions)}"
            if begun
            else "a lumbar MRI or CT since the present pain began"
        )
        reasons.append(
            Reason(f"Not in the record: {missing[-1]}", 0, "order", ("mri",), _refs(("mri",), conclusions), ())
        )
        also += _offered("mri-lumbar", ordered, judge)
    instrumented = _is("implant_present", "yes", findings) or "fusion_age_days" in findings
    if instrumented and "infection_labs" not in findings and "labs_days_ago" not in findings:
        missing.append("CRP and ESR")
        low_grade = "Low-grade infection can look like loosening or non-union; not in the record: CRP and ESR"
        sources = tuple(source for source in (INFECTION_IN_REVISIONS,) if source in knowledge.evidence)
        reasons.append(
            Reason(low_grade, 0, "order", ("implant_present",), _refs(("implant_present",), conclusions), sources)
        )
        also += _offered("labs-crp-esr", ordered, judge)
    if not _is("operative_note", "yes", findings):
        missing.append("the report of the earlier operation")
        reasons.append(
            Reason("Not in the record: the report of the earlier operation (levels, side, implant)", 0, "order",
                   ("index_surgery",), _refs(("index_surgery",), conclusions), ())
        )  # fmt: skip
    heed = [
        Reason(text, 0, "order", (name,), _refs((name,), conclusions), ())
        for name, word, text in (
            ("infection_labs", "abnormal", "CRP or ESR is above the limit for operation and day"),
            ("fever", "yes", "Fever is in the record"),
            ("anticoagulant", "yes", "A therapeutic anticoagulant is in the record"),
        )
        if _is(name, word, findings)
    ]
    infection = [r for r in heed if r.findings[0] != "anticoagulant"]
    if not also and not heed and len(missing) <= 1 and all("earlier operation" in each for each in missing):
        return None
    said = "; ".join([r.text for r in infection] + ([f"not in the record: {', '.join(missing)}"] if missing else []))
    return Advice(
        draft,
        "missing",
        ids.ORDER + ids.SURGERY,
        "Spine operation",
        f"Before a further spine operation: {_lower(said or heed[0].text)}",
        "warning" if infection else "info",
        (*heed, *reasons),
        also=tuple(also),
    )


def _matters(caution: Clause, drafted: str) -> bool:
    names = set(caution.findings) & SAFETY
    if drafted == "without" and names and names <= CONTRAST_ONLY:
        return False
    return not (drafted == "without" and names == {"pregnancy"} and "contrast" in caution.because.lower())


def _offered(step: str, ordered: frozenset[str], judge: Judge) -> list[NextStep]:
    if step in ordered:
        return []
    return [each for each in judge(step, "routine", False, ()).steps if each.order and each.id not in ordered]


def _reason(clause: Clause, step: StepRecord, conclusions: Conclusions) -> Reason:
    refs = _refs(clause.findings, conclusions)
    return Reason(clause.because, 0, "order", clause.findings, refs, _own_sources(clause, step))


def _own_sources(clause: Clause | Fired, step: StepRecord) -> tuple[str, ...]:
    """A clause that names no source has those of the whole step, which say nothing about the clause."""
    return () if clause.sources == step.sources else clause.sources


def _barred(wanted: str, conclusions: Conclusions) -> bool:
    """Never steer to contrast where kidneys, an allergy or a pregnancy speak against it."""
    findings = conclusions.sheet.findings
    return wanted == "with" and any(_is(name, "yes", findings) for name in (*CONTRAST_ONLY, "pregnancy"))


def _holds(clause: Clause, conclusions: Conclusions) -> bool:
    findings = conclusions.sheet.findings
    return all(t.finding in findings and findings[t.finding].value in t.words for t in clause.when)


def _in_words(clause: Clause, conclusions: Conclusions, knowledge: Knowledge) -> str:
    told = []
    for name in clause.findings:
        means, value = knowledge.vocabulary.findings[name].means, conclusions.sheet.findings[name].value
        told.append(means if value == "yes" else f"{means}: {value}")
    return "; ".join(told)


def _refs(names: Iterable[str], conclusions: Conclusions) -> tuple[Ref, ...]:
    findings = conclusions.sheet.findings
    return tuple(dict.fromkeys(ref for name in names if name in findings for ref in findings[name].refs))


def _when(names: Iterable[str], conclusions: Conclusions) -> str:
    for name in names:
        finding = conclusions.sheet.findings.get(name)
        if finding is not None and finding.when is not None and name not in SAFETY:
            span = finding.when
            return f" ({span.first.isoformat()})" if span.first == span.last else f" ({span.first:%Y-%m})"
    return ""


def _is(name: str, word: str, findings: Mapping[str, Finding]) -> bool:
    return name in findings and findings[name].value == word


def _lower(text: str) -> str:
    """Lower the first letter unless it opens an abbreviation (MRI, CT, CRP)."""
    return text[0].lower() + text[1:] if len(text) > 1 and not text[1].isupper() else text
