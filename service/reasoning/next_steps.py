"""Rulebook section 3: what the conclusions want in; the steps to suggest, and those withheld with the reason, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter

from msgspec import Struct

from service.domain.conclusions import Fired, NextStep, WithheldStep
from service.domain.done_steps import Settled
from service.knowledge import Knowledge
from service.knowledge.records import URGENCIES, Clause, StepRecord
from service.reasoning.differential import Case
from service.reasoning.engine import Engine, step_of
from service.reasoning.evidence import fired

EXHAUSTED = "MRI and CT are current and negative: more imaging would not tell the causes apart"
BEDSIDE = "bedside"
BEDSIDE_RANK = 90
"""What only a bedside question proposes stands behind what the causes want."""
SILENCED = "not useful at this stage"


class Want(Struct, frozen=True, gc=False):
    """A step wanted by a record: how urgently, why, and at which rank its record stands (0 first)."""

    step: str
    urgency: str
    why: str
    by: str
    rank: int
    alarm: bool = False
    contrast: str = ""
    """What a drafted order says of contrast: with, without, or "" to take what the rules order."""


class _Wanted(Struct):
    """All that is wanted of one step, while the wants are gathered."""

    wants: list[Want] = []

    @property
    def urgency(self) -> str:
        return min([want.urgency for want in self.wants], key=URGENCIES.index)

    @property
    def alarm(self) -> bool:
        return any(want.alarm for want in self.wants)

    @property
    def first(self) -> Want:
        return min(self.wants, key=lambda want: (URGENCIES.index(want.urgency), not want.alarm, want.rank))


class Selection(Struct, frozen=True):
    steps: tuple[NextStep, ...] = ()
    withheld: tuple[WithheldStep, ...] = ()
    trace: tuple[Fired, ...] = ()


def select(wants: Iterable[Want], case: Case, engine: Engine, knowledge: Knowledge) -> Selection:
    """Gather the wants by step, replace, withhold and caution each, and put the most useful first."""
    gathered: dict[str, _Wanted] = {}
    for want in wants:
        gathered.setdefault(want.step, _Wanted()).wants.append(want)
    chosen: dict[str, tuple[_Wanted, NextStep]] = {}
    withheld: dict[str, WithheldStep] = {}
    trace: list[Fired] = []
    for id_, wanted in gathered.items():
        _resolve(id_, wanted, case, engine, knowledge, chosen, withheld, trace)
    _cover(chosen, withheld, knowledge)
    ordered = sorted(chosen.values(), key=lambda pair: _place(pair[0], pair[1], knowledge))
    steps = tuple([step for _, step in ordered])
    left = tuple(each for each in withheld.values() if each.id not in chosen)
    return Selection(steps, left, tuple(dict.fromkeys(trace)))


_WHOLE, _PART = "mri-whole-spine", "mri-lumbar"


def _cover(
    chosen: dict[str, tuple[_Wanted, NextStep]], withheld: dict[str, WithheldStep], knowledge: Knowledge
) -> None:
    """Take out the lumbar MRI beside one of the whole spine that is as urgent: it shows the lumbar spine too."""
    whole, part = chosen.get(_WHOLE), chosen.get(_PART)
    if whole and part and URGENCIES.index(whole[0].urgency) <= URGENCIES.index(part[0].urgency):
        del chosen[_PART]
        withheld[_PART] = WithheldStep(_PART, knowledge.steps[_PART].title, "The MRI of the whole spine shows it too")


def _place(wanted: _Wanted, step: NextStep, knowledge: Knowledge) -> tuple[int, bool, bool, int, int]:
    alarm = wanted.alarm
    return (
        URGENCIES.index(step.urgency),
        not alarm,
        # What exists is read before anything new is ordered.
        knowledge.steps[step.id].kind != "record",
        min([want.rank for want in wanted.wants]),
        # Beside an alarm the order of its record stands; elsewhere the step that serves most causes comes first.
        0 if alarm else -len(step.for_ids),
    )


def _resolve(
    id_: str,
    wanted: _Wanted,
    case: Case,
    engine: Engine,
    knowledge: Knowledge,
    chosen: dict[str, tuple[_Wanted, NextStep]],
    withheld: dict[str, WithheldStep],
    trace: list[Fired],
    replaced: tuple[str, ...] = (),
    why: str = "",
) -> None:
    step = knowledge.steps[id_]
    emergency, alarm = wanted.urgency == "emergency", wanted.alarm
    if step.kind == "imaging" and case.is_("all_imaging_negative", "yes") and not alarm:
        withheld.setdefault(id_, WithheldStep(id_, step.title, EXHAUSTED))
        return
    held = engine.match(step_of(id_), case.properties)
    for clause in (*step.insteads, *step.withholds):
        if clause.key not in held or (emergency and not clause.emergency) or (alarm and not clause.alarm):
            continue
        trace.append(fired("steps", clause, case.findings))
        if clause.kind == "withhold":
            withheld.setdefault(id_, WithheldStep(id_, step.title, clause.because))
            return
        if clause.step not in (*replaced, id_):
            withheld.setdefault(id_, WithheldStep(id_, step.title, clause.because))
            _resolve(
                clause.step, wanted, case, engine, knowledge, chosen, withheld, trace, (*replaced, id_), clause.because
            )
            return
    settled = case.settled.get(id_)
    if settled and (settled.today or (not emergency and (not alarm or settled.firm) and _holds(settled, wanted))):
        withheld.setdefault(id_, WithheldStep(id_, step.title, settled.reason))
        return
    if id_ in chosen:
        wanted = _Wanted([*chosen[id_][0].wants, *wanted.wants])
        why = why if chosen[id_][1].urgency != wanted.urgency else chosen[id_][1].why
    order: Clause | None = next((clause for clause in step.orders if clause.key in held), None)
    drafted = "" if replaced else wanted.first.contrast
    contrast = drafted == "with" or (not drafted and order is not None and _has_contrast(order))
    cautions = [
        c for c in step.cautions if c.key in held and (c.emergency or not emergency) and (contrast or not c.contrast)
    ]
    trace.extend([fired("steps", clause, case.findings) for clause in cautions])
    chosen[id_] = (wanted, _write(step, wanted, order, tuple([c.because for c in cautions]), why))


def _holds(settled: Settled, wanted: _Wanted) -> bool:
    """Whether what was done answers this want: not an urgent one of a value that changes, nor another cause's own."""
    if settled.routine and not settled.firm and wanted.urgency != "routine":
        return False
    return not all(want.by in settled.not_for for want in wanted.wants)


def _has_contrast(clause: Clause) -> bool:
    return clause.order is not None and clause.order.with_contrast


def _write(step: StepRecord, wanted: _Wanted, order: Clause | None, cautions: tuple[str, ...], why: str) -> NextStep:
    return NextStep(
        id=step.id,
        title=step.title,
        urgency=wanted.urgency,
        why=why or wanted.first.why,
        for_ids=tuple(dict.fromkeys([want.by for want in sorted(wanted.wants, key=attrgetter("rank"))])),
        order=order.order if order else None,
        cautions=cautions,
        positive=step.positive,
        negative=step.negative,
        kind=BEDSIDE
        if step.kind == "examination" or all(want.rank == BEDSIDE_RANK for want in wanted.wants)
        else step.kind,
    )


def silence(
    wants: Iterable[Want], steps: Mapping[str, str] | None, reason: str, knowledge: Knowledge
) -> tuple[list[Want], list[WithheldStep]]:
    """Take out the wants a negative silences (``None`` = all of them), each with the reason."""
    left: list[Want] = []
    withheld: dict[str, WithheldStep] = {}
    for want in wants:
        if not want.alarm and (steps is None or want.step in steps):
            withheld[want.step] = WithheldStep(want.step, knowledge.steps[want.step].title, reason or SILENCED)
        else:
            left.append(want)
    return left, list(withheld.values())
