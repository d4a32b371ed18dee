"""Signs that another disease of the limb explains: the signs of a chart by their age in, those asked about set aside.

CRPS stiffens and weakens the foot it is in (the Budapest criteria count weakness among its signs); a polyneuropathy and
arachnoiditis take the ankle jerks on both sides. Such a sign is asked about. A foot drop, a sign that just began and a
power that fell alarm as ever.
"""

from __future__ import annotations

from service.chart.chart import Chart, in_order, said
from service.domain.places import Side
from service.domain.statements import Statement
from service.findings.neuro.sign_acuity import Aged

_LIMB = ("crps", "budapest-positive")
_BOTH_SIDES = ("diabetic-polyneuropathy", "arachnoiditis-finding", "arachnoiditis-code")
_WEAK, _REFLEX = "leg-weakness", "reflex-loss"


def set_aside(chart: Chart, aged: Aged) -> Aged:
    """Weakness that a note tells of beside the CRPS it names, moved from new to unclear."""
    notes = {s.source for s in said(chart, *_LIMB) if not s.closed}
    aside = [s for s in aged.new if s.concept == _WEAK and s.source in notes and not _is_sudden(s)]
    if not aside:
        return aged
    return Aged(tuple(s for s in aged.new if s not in aside), aged.old, in_order((*aged.unclear, *aside)))


def takes_reflex(chart: Chart, sign: Statement) -> bool:
    """Whether a lost reflex, on no one side, goes with a disease of the nerves on both sides that the chart names."""
    if sign.concept != _REFLEX or sign.side in (Side.LEFT, Side.RIGHT) or _is_sudden(sign):
        return False
    return any(not s.closed for s in said(chart, *_BOTH_SIDES))


def _is_sudden(sign: Statement) -> bool:
    return sign.attributes.begun or sign.attributes.fallen
