"""Neurological signs: a chart in, the findings of family neuro out (deficit, bladder and bowel, saddle, both legs)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from msgspec.structs import replace

from service.chart.chart import (
    Chart,
    after_index,
    age_days,
    before_index,
    covers,
    finding,
    first,
    in_order,
    said,
    speaks,
    within,
)
from service.chart.measurements import Reading
from service.chart.postoperative_day import before_last_session, day_of
from service.domain import partial_dates
from service.domain.findings import Finding
from service.domain.places import Side
from service.domain.spans import Span
from service.domain.statements import ANKLE_JERK, Basis, Polarity, Ref, Statement
from service.findings.neuro import muscle_strength, other_disease
from service.findings.neuro.muscle_course import Verdict, denervated_before, verdict
from service.findings.neuro.sign_acuity import Aged, by_age, stated_recently

_DROP, _WEAK, _BOTH, _REFLEX = "foot-drop", "leg-weakness", "bilateral-leg-weakness", "reflex-loss"
_DEFICIT = {
    _DROP: frozenset({_DROP}),
    _WEAK: frozenset({_WEAK, _DROP, _BOTH}),
    _BOTH: frozenset({_BOTH, _WEAK, _DROP}),
    _REFLEX: frozenset({_REFLEX}),
}
"""A foot drop is more than a weak leg, so it is new after one; a weak leg after a foot drop may be that foot drop."""

_RETENTION, _WETTING, _URGE, _BOWEL = (
    "urinary-retention",
    "urinary-incontinence",
    "urge-incontinence",
    "bowel-incontinence",
)
_SPHINCTER = {
    _RETENTION: frozenset({_RETENTION}),
    _WETTING: frozenset({_WETTING, _URGE}),
    _URGE: frozenset({_WETTING, _URGE}),
    _BOWEL: frozenset({_BOWEL}),
}
_STRESS = "N39.3"

_NO_LEVEL, _ANY_LEVEL = "", "*"

_CAUDA = {
    "saddle-numbness": "saddle",
    "lax-sphincter": "lax_sphincter",
    "sexual-loss": "sexual_loss_new",
    "cauda-equina-code": "cauda_equina_coded",
}


def read(chart: Chart) -> Iterator[Finding]:
    """Every neurological sign that the chart makes known."""
    both = _with_both_sides(chart)
    falls = muscle_strength.falls(chart)
    deficit = other_disease.set_aside(chart, _by_course(chart, by_age(both, _DEFICIT)))
    deficit = _without_bare_reflex(chart, deficit, falls)
    # A recent grade below full power states weakness: new when nothing earlier in the chart speaks of any.
    weak = () if deficit.old or deficit.unclear else muscle_strength.first_weak(chart)
    yield from _deficit(chart, deficit, falls, weak)
    bilateral = tuple(_both_legs(deficit))
    if bilateral:
        yield finding("bilateral_weakness_new", "yes", bilateral)
    cauda = {concept: by_age(chart, {concept: frozenset({concept})}, operation_ages=True) for concept in _CAUDA}
    for concept, name in _CAUDA.items():
        if cauda[concept].new:
            yield finding(name, "yes", cauda[concept].new)
    if cord := [s for s in said(chart, "cord-sign") if within(s.stated, chart.numbers["old_sign_days"], chart)]:
        yield finding("cord_signs", "yes", [s for s in cord if not s.closed] or cord)
    yield from _no_saddle(chart, cauda["saddle-numbness"])
    sphincter = by_age(_without_stress(chart), _SPHINCTER, operation_ages=True)
    other = bool(deficit.new or falls or weak or bilateral or any(aged.new for aged in cauda.values()))
    yield from _sphincter(chart, sphincter, tuple(s for aged in cauda.values() for s in aged.unclear), other)
    numb = [s for s in said(chart, "sensory-loss") if not s.closed and s.stated and not before_index(chart, s.stated)]
    if numb:
        yield finding("leg_numbness", "yes", numb)
    if normal := [
        s for s in said(chart, "normal-neurology") if within(s.stated, chart.numbers["new_sign_days"], chart)
    ]:
        yield finding("neurology_normal", "yes", normal)


def _by_course(chart: Chart, aged: Aged) -> Aged:
    """What is known by the course of its muscles is old, whatever calls it; less than full power, 4+ or 5-, is asked
    about. A sign that its sentence calls new or worse, and a muscle that fell, stay as they are."""
    if not (aged.new or aged.unclear):
        return aged
    verdicts = {id(s): _verdict(chart, s) for s in (*aged.new, *aged.unclear)}
    known = [s for s in (*aged.new, *aged.unclear) if verdicts[id(s)] is Verdict.KNOWN]
    slight = [s for s in aged.new if verdicts[id(s)] is Verdict.SLIGHT and not _is_grave(chart)]
    fallen = [
        s
        for s in aged.unclear
        if verdicts[id(s)] is Verdict.FALLEN and stated_recently(chart, s) and not s.attributes.old
    ]
    moved = {id(s) for s in (*known, *slight, *fallen)}
    return Aged(
        in_order([*(s for s in aged.new if id(s) not in moved), *fallen]),
        in_order([*aged.old, *known]),
        in_order([*(s for s in aged.unclear if id(s) not in moved), *slight]),
    )


def _is_grave(chart: Chart) -> bool:
    """Right after the operation, and beside signs of the cord, less than full power counts as weakness."""
    early = chart.surgery is not None and chart.surgery.dsi.low <= chart.numbers["slight_deficit_days"]
    return early or bool(said(chart, "cord-sign"))


def _verdict(chart: Chart, sign: Statement) -> Verdict | None:
    if sign.concept == _REFLEX or sign.attributes.begun or sign.attributes.fallen:
        return None
    told = verdict(chart, sign)
    if told in {None, Verdict.FIRST} and not sign.attributes.new and denervated_before(chart, sign):
        return Verdict.SLIGHT
    if told is not None:
        return told
    return Verdict.SLIGHT if sign.attributes.slight else None


def _without_bare_reflex(chart: Chart, aged: Aged, falls: tuple[Reading, ...]) -> Aged:
    """A weak reflex beside power that is stated to be full, or all but full, is a sign of some root, not a new motor
    deficit; nor is the ankle jerk that stays away after an operation on its own root."""
    if not aged.new or falls or any(s.concept != _REFLEX for s in aged.new):
        return aged
    full = any(
        within(s.stated, chart.numbers["new_sign_days"], chart) for s in said(chart, _WEAK, polarity=Polarity.NO)
    ) or any(_verdict(chart, s) is Verdict.SLIGHT for s in aged.unclear)
    aside = [s for s in aged.new if full or _is_of_operation(chart, s) or other_disease.takes_reflex(chart, s)]
    if not aside:
        return aged
    return Aged(tuple(s for s in aged.new if s not in aside), aged.old, in_order((*aged.unclear, *aside)))


def _is_of_operation(chart: Chart, sign: Statement) -> bool:
    """An ankle jerk after an operation at L5-S1, on no other side, that nobody calls new."""
    if sign.attributes.muscle != ANKLE_JERK or sign.attributes.new or sign.attributes.begun or chart.surgery is None:
        return False
    return "L5-S1" in chart.surgery.operated.segments and not _opposite(chart.surgery.side, sign.side)


def _deficit(chart: Chart, aged: Aged, falls: tuple[Reading, ...], weak: tuple[Reading, ...]) -> Iterator[Finding]:
    measured = tuple(dict.fromkeys((*falls, *weak)))
    lately = chart.numbers["new_sign_days"]
    worse = [s for s in said(chart, "progressive-deficit") if within(s.stated, lately, chart) and not s.attributes.old]
    new = aged.new or tuple(s for s in worse if not s.closed)
    if new or measured:
        yield _told("deficit_new", new, measured)
        yield from _since_when(chart, new, measured)
    if aged.old:
        yield finding("deficit_old", "yes", aged.old)
    if any(s.concept != _REFLEX for s in aged.unclear):  # a weak reflex alone, of whatever age, is no weakness
        yield finding("deficit_unclear", "yes", aged.unclear)
    before = [s for s in said(chart, *_DEFICIT) if before_index(chart, first(s))]
    again = [s for s in said(chart, *_DEFICIT) if after_index(chart, s.stated)]
    kinds = {(e.concept, e.side): e for e in before}.values()
    kept = [s for s in again if any(e.concept in _DEFICIT[s.concept] and covers(e, s) for e in kinds)]
    if kept:
        yield finding("deficit_persisting", "yes", [*before, *kept])
    running = muscle_strength.running_falls(chart)
    worse += [s for s in aged.new if s.attributes.fallen and s not in worse]
    if worse or running:
        yield _told("deficit_progressive", tuple(worse), running)
    other = _others(chart, aged) if aged.new else []
    if other:
        yield finding("deficit_other_root", "yes", other)


def _since_when(chart: Chart, new: tuple[Statement, ...], measured: tuple[Reading, ...]) -> Iterator[Finding]:
    earliest = partial_dates.earliest([*(first(s) for s in new), *(r.when for r in measured)])
    ago = age_days(earliest, chart)
    if ago is not None:
        yield replace(_told("deficit_days_ago", new, measured), value=ago, when=earliest)


def _told(name: str, statements: tuple[Statement, ...], measured: tuple[Reading, ...]) -> Finding:
    told = finding(name, "yes", statements, refs=tuple(r.ref for r in measured) if not statements else ())
    if statements:
        return replace(told, refs=tuple(dict.fromkeys((*told.refs, *(r.ref for r in measured)))))
    return replace(told, basis=Basis.VALUE, words=measured[-1].words, when=measured[-1].when)


def _others(chart: Chart, aged: Aged) -> list[Statement]:
    """Another side or level than every earlier deficit, or another side than the pain before the operation.

    An earlier deficit is looked for by side and level; the entry itself is not an earlier one.
    """
    anywhere: set[Ref] = set()
    by_place: dict[tuple[Side, str], set[Ref]] = {}
    for e in (*aged.old, *aged.unclear):
        anywhere.add(e.source)
        for level in (*(e.place.segments or (_NO_LEVEL,)), _ANY_LEVEL):
            by_place.setdefault((e.side, level), set()).add(e.source)
    return [s for s in aged.new if _is_other(chart, s, anywhere, by_place)]


def _is_other(chart: Chart, sign: Statement, anywhere: Set[Ref], by_place: Mapping[tuple[Side, str], Set[Ref]]) -> bool:
    if not anywhere or anywhere == {sign.source}:
        return chart.pain is not None and _opposite(chart.pain.preop_side, sign.side)
    levels = (*sign.place.segments, _NO_LEVEL) if sign.place.segments else (_ANY_LEVEL,)
    return not any(
        (sources := by_place.get((side, level))) and (len(sources) > 1 or sign.source not in sources)
        for side in Side
        if not _opposite(side, sign.side)
        for level in levels
    )


def _opposite(one: Side, other: Side) -> bool:
    return {one, other} == {Side.LEFT, Side.RIGHT}


def _with_both_sides(chart: Chart) -> Chart:
    """Weakness of both legs is bilateral whether or not the entry says so again."""
    if not speaks(chart, (_BOTH,)):
        return chart
    return replace(
        chart,
        statements=tuple(replace(s, side=Side.BILATERAL) if s.concept == _BOTH else s for s in chart.statements),
    )


def _both_legs(aged: Aged) -> Iterator[Statement]:
    motor = [s for s in aged.new if s.concept != _REFLEX]
    # The same 4+/5 on both sides is how an old or sore patient pushes: a deficit to look at, no alarm of two legs.
    yield from (s for s in motor if s.side is Side.BILATERAL and (s.concept != _WEAK or not s.attributes.slight))
    if {Side.LEFT, Side.RIGHT} <= {s.side for s in motor}:
        yield from (s for s in motor if s.side is not Side.BILATERAL)


def _no_saddle(chart: Chart, aged: Aged) -> Iterator[Finding]:
    denied = [
        s
        for s in said(chart, "saddle-numbness", polarity=Polarity.NO)
        if within(s.stated, chart.numbers["new_sign_days"], chart)
    ]
    if denied and not (aged.new or aged.unclear):
        yield finding("saddle", "no", denied)


# --- bladder and bowel ----------------------------------------------------------------------------------------------


def _without_stress(chart: Chart) -> Chart:
    if not any(s.code.startswith(_STRESS) for s in chart.statements):
        return chart
    return replace(chart, statements=tuple(s for s in chart.statements if not s.code.startswith(_STRESS)))


def _sphincter(chart: Chart, aged: Aged, cauda: tuple[Statement, ...], other: bool) -> Iterator[Finding]:
    """Urge incontinence is seldom of the cauda equina: new, neither called old nor known before, it is asked about."""
    new = tuple(s for s in aged.new if s.concept != _URGE)
    urges = [s for s in (*aged.unclear, *aged.new) if s.concept == _URGE and not s.attributes.old]
    known = any(s.concept == _URGE for s in aged.old)
    asked = [s for s in urges if not known or s.attributes.new or s.attributes.begun]
    unclear = in_order((*(s for s in aged.unclear if s.concept != _URGE), *cauda, *asked))
    if new:
        yield finding("sphincter_new", "yes", new)
        isolated = not other and _is_isolated_early(chart, new)
        yield finding("isolated_early_retention", "yes" if isolated else "no", new)
    if aged.old:
        yield finding("sphincter_old", "yes", aged.old)
    if unclear:
        yield finding("sphincter_unclear", "yes", unclear)


def _is_isolated_early(chart: Chart, new: tuple[Statement, ...]) -> bool:
    """Retention alone, begun on day 0 to 2 and not stated later: the one sphincter sign that is usually harmless.

    Everything here must be sure: whatever is not known keeps the red flag.
    """
    latest = chart.numbers["retention_days"]
    if chart.surgery is None or chart.surgery.dsi_any.low > latest or {s.concept for s in new} != {_RETENTION}:
        return False
    if any((f := chart.known.get(name)) and f.value == "yes" for name in ("severe_pain", "new_bilateral_leg_pain")):
        return False
    if any(within(s.stated, chart.numbers["new_sign_days"], chart) for s in said(chart, "bilateral-leg-pain")):
        return False
    return all(_is_early(chart, span, latest) for s in new for span in (s.onset, s.stated) if span)


def _is_early(chart: Chart, span: Span, latest: float) -> bool:
    if before_last_session(chart, span):
        return False
    day = day_of(chart, span)
    return day is not None and day.days.high <= latest
