"""A drafted spine operation in; what a reader of the record would look for before it, and is not there, out."""

from __future__ import annotations

from service.domain.conclusions import Conclusions, NextStep, Reason
from service.knowledge import Knowledge
from service.orders import kidneys, wording
from service.orders.advice import Advice, Judge
from service.orders.draft_orders import Draft
from service.output.cards import ids

READ = ("read", "negative")
INFECTION_IN_REVISIONS = "L62"


def before_operation(
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
            f"the report of the lumbar {'MRI' if begun == 'mri' else 'CT'}{_of_day(begun, conclusions)}"
            if begun
            else "a lumbar MRI or CT since the present pain began"
        )
        reasons.append(
            Reason(f"Not in the record: {missing[-1]}", 0, "order", ("mri",), wording.refs(("mri",), conclusions), ())
        )
        also += _offered("mri-lumbar", ordered, conclusions, judge, knowledge)
    instrumented = wording.is_("implant_present", "yes", findings) or "fusion_age_days" in findings
    if instrumented and "infection_labs" not in findings and "labs_days_ago" not in findings:
        missing.append("CRP and ESR")
        low_grade = "Low-grade infection can look like loosening or non-union; not in the record: CRP and ESR"
        sources = tuple(source for source in (INFECTION_IN_REVISIONS,) if source in knowledge.evidence)
        reasons.append(
            Reason(
                low_grade, 0, "order", ("implant_present",), wording.refs(("implant_present",), conclusions), sources
            )
        )
        also += _offered("labs-crp-esr", ordered, conclusions, judge, knowledge)
    if not wording.is_("operative_note", "yes", findings):
        missing.append("the report of the earlier operation")
        reasons.append(
            Reason("Not in the record: the report of the earlier operation (levels, side, implant)", 0, "order",
                   ("index_surgery",), wording.refs(("index_surgery",), conclusions), ())
        )  # fmt: skip
    heed = [
        Reason(wording.named(text, (name,), conclusions), 0, "order", (name,), wording.refs((name,), conclusions), ())
        for name, word, text in (
            ("infection_labs", "abnormal", "CRP or ESR is above the limit for operation and day"),
            ("fever", "yes", "Fever is in the record"),
            ("anticoagulant", "yes", "A therapeutic anticoagulant is in the record"),
            ("anticoagulant", "prophylactic", "A prophylactic anticoagulant is in the record"),
        )
        if wording.is_(name, word, findings)
    ]
    infection = [r for r in heed if r.findings[0] != "anticoagulant"]
    if not also and not heed and len(missing) <= 1 and all("earlier operation" in each for each in missing):
        return None
    said = "; ".join([r.text for r in heed] + ([f"not in the record: {', '.join(missing)}"] if missing else []))
    return Advice(
        draft,
        "missing",
        ids.ORDER + ids.SURGERY,
        "Spine operation",
        f"Before a further spine operation: {wording.lower(said)}",
        "warning" if infection else "info",
        (*heed, *reasons),
        also=tuple(also),
    )


def _offered(
    step: str, ordered: frozenset[str], conclusions: Conclusions, judge: Judge, knowledge: Knowledge
) -> list[NextStep]:
    """The step, or what the rules put in its place, unless it is being ordered; no gadolinium against the kidneys."""
    if step in ordered:
        return []
    found = (kidneys.without(each, conclusions, knowledge) for each in judge(step, "routine", False, (), "").steps)
    return [each for each in found if each.order and each.id not in ordered]


def _of_day(name: str, conclusions: Conclusions) -> str:
    day = wording.when((name,), conclusions)
    return f" of {day}" if day else ""
