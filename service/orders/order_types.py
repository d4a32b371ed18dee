"""What a drafted order asks for: the kinds and words of a draft in; the step it stands for, and its contrast, out."""

from __future__ import annotations

import re

from service.knowledge import Knowledge
from service.orders.draft_orders import Draft
from service.output.cards import ids

STEP_OF_KIND = {
    "ct_myelogram": "ct-myelography",
    "whole_spine_mri": "mri-whole-spine",
    "flexion_extension": "xray-flexion-extension",
    "standing_films": "xray-standing-full-length",
    "mri": "mri-lumbar",
    "ct": "ct-lumbar",
    "xray": "xray-lumbar",
    "si_mri": "mri-sacroiliac",
    "pelvis_mri": "mri-pelvis-sciatic",
    "hip_xray": "xray-pelvis-hip",
    "emg": "emg-ncs",
}
"""The narrower kind first: films in flexion are also lumbar radiographs."""
STEP_OF_CONCEPT = {
    "nerve-root-block": "selective-nerve-root-block",
    "facet-block": "facet-block",
    "si-joint-block": "si-joint-block",
    "hip-injection": "hip-injection",
}
OPERATIONS = frozenset(
    {"discectomy", "decompression", "fusion", "disc-replacement", "revision-operation", "interspinous-spacer",
     "instrumentation", "hardware-removal", "hardware-revision"}
)  # fmt: skip
_BOTH = re.compile(
    r"\b(?:w/?o|without) ?(?:and|&|\+|/) ?(?:w\b|w/|with\b)|\b(?:w|w/|with) ?(?:and|&|\+|/) ?(?:w/?o|without)"
)
_WITHOUT = re.compile(r"\bw/?o\b|\bwithout\b|\bnon[- ]?contrast|\bno contrast|\bunenhanced|\bnative\b")
_WITH = re.compile(r"\bw/? ?(?:iv )?contrast|\bwith (?:iv |intravenous )?contrast|\bcontrast[- ]enhanced|gadolin")


def step_of(draft: Draft) -> str:
    """The step that an order stands for: an id of rules/steps, spine-surgery, spinal-injection, or "" for neither."""
    if draft.concepts & OPERATIONS:
        return ids.SURGERY
    for concept, step in STEP_OF_CONCEPT.items():
        if concept in draft.concepts:
            return step
    if "spinal-injection" in draft.concepts:
        return ids.INJECTION
    return next((step for kind, step in STEP_OF_KIND.items() if kind in draft.kinds), "")


def contrast(draft: Draft, knowledge: Knowledge) -> str:
    """with, without, or "" when the order does not say."""
    orders = (c.order for step in knowledge.steps.values() for c in step.orders if c.order)
    coded = " ; ".join(order.display for order in orders if order.code in draft.codes)
    return contrast_in(f"{draft.words} ; {coded}")


def contrast_in(text: str) -> str:
    said = text.lower()
    if _BOTH.search(said):
        return "with"
    return "without" if _WITHOUT.search(said) else "with" if _WITH.search(said) else ""
