"""What a step is called where every word counts: a step of the rules in; its short name, contrast and urgency out."""

from __future__ import annotations

from collections.abc import Iterable

from service.domain.conclusions import NextStep
from service.output.cards.markdown import uncapitalised

SHORT = {
    "blood-cultures": "two blood cultures",
    "bone-density": "bone density",
    "bladder-scan": "bladder scan",
    "coagulation-review": "clotting review",
    "crps-budapest-exam": "Budapest examination",
    "ct-angiography": "CT angiography",
    "ct-lumbar": "lumbar CT",
    "ct-myelography": "CT myelogram",
    "deep-gluteal-exam": "examine the deep gluteal region",
    "disc-biopsy": "disc biopsy",
    "emergency-pathway": "emergency pathway",
    "emg-ncs": "EMG and nerve conduction",
    "facet-block": "medial branch block",
    "foot-pulses": "foot pulses",
    "hip-exam": "examine the hip",
    "hip-injection": "hip injection",
    "labs-crp-esr": "CRP + ESR",
    "leg-duplex": "leg duplex",
    "level-and-operative-note-review": "check level, side and note",
    "mr-device-check": "MR safety check of the device",
    "mri-lumbar": "lumbar MRI",
    "mri-pelvis-sciatic": "MRI of pelvis and sciatic nerve",
    "mri-sacroiliac": "sacroiliac MRI",
    "mri-whole-spine": "whole-spine MRI",
    "obtain-imaging-report": "get and read the imaging report",
    "obtain-operative-report": "get the operative report",
    "pain-clinic": "pain clinic",
    "peripheral-nerve-review": "peripheral nerve clinic",
    "psychological-screening": "psychological screening",
    "radiofrequency-review": "radiofrequency review",
    "re-examination": "examine",
    "rehabilitation": "physiotherapy",
    "rheumatology-referral": "rheumatology",
    "scs-assessment": "stimulation assessment",
    "selective-nerve-root-block": "nerve root block",
    "si-joint-block": "sacroiliac block",
    "stimulator-check": "stimulator check",
    "surgeon-review": "spine surgeon",
    "tumour-blood-tests": "blood tests for a tumour of bone",
    "vascular-assessment": "vascular assessment",
    "watchful-follow-up": "follow-up",
    "xray-flexion-extension": "flexion-extension films",
    "xray-lumbar": "lumbar films",
    "xray-pelvis-hip": "hip films",
    "xray-standing-full-length": "standing full-length films",
}
_WHEN = {"emergency": " now", "urgent": ", urgent", "routine": ""}
_PRIORITY = {"emergency": "stat", "urgent": "urgent", "routine": "routine"}


def short(step: NextStep) -> str:
    """The step in few words; one that a site added keeps its title."""
    return SHORT.get(step.id) or uncapitalised(step.title)


def action(steps: Iterable[NextStep]) -> str:
    """Steps as one order of words, urgency once: "lumbar MRI, spine surgeon now"."""
    told: dict[str, list[str]] = {}
    for step in steps:
        told.setdefault(_WHEN[step.urgency], []).append(short(step))
    said = "; ".join(f"{', '.join(names)}{when}" for when, names in told.items())
    return said[:1].upper() + said[1:]


def label(step: NextStep) -> str:
    """What a button says: the order with its contrast and its urgency."""
    name = f"Refer: {short(step)}" if step.kind == "referral" else short(step)
    contrast = contrast_of(step.order.display) if step.order else ""
    said = "".join((name[:1].upper() + name[1:], f", {contrast}" if contrast else "", f", {_PRIORITY[step.urgency]}"))
    return said.removesuffix(", routine") if step.kind == "record" else said


def contrast_of(display: str) -> str:
    """What the name of a coded study says of contrast, in words; "" when it says nothing."""
    words = display.split()
    without, with_ = "WO" in words, "W" in words and "contrast" in words
    if "IT" in words:
        return "intrathecal contrast"
    if without and with_:
        return "without and with contrast"
    return "without contrast" if without else "with contrast" if with_ else ""
