"""Pain entries: what the chart says of pain in, the entries since and before the index operation out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from service.chart.chart import Chart, after_index, age_days, before_index, in_order, index_when, said
from service.chart.pain_scores import Score, read_scores
from service.domain import partial_dates
from service.domain.places import Side
from service.domain.statements import Basis, Statement
from service.findings.pain.ongoing_treatment import still_treated

LEG, BACK, CLAUDICATION, UNSPECIFIED, BUTTOCK, GROIN, HIP = (
    "leg",
    "back",
    "claudication",
    "unspecified",
    "buttock",
    "groin",
    "hip",
)
AFTER_SURGERY_BY_NAME = "postlaminectomy-syndrome"
TYPES: dict[str, frozenset[str]] = {
    "back-pain": frozenset({BACK}),
    "leg-pain": frozenset({LEG}),
    "bilateral-leg-pain": frozenset({LEG}),
    "distal-leg-only": frozenset({LEG}),
    "back-and-leg-pain": frozenset({BACK, LEG}),
    "claudication": frozenset({CLAUDICATION}),
    "chronic-pain": frozenset({UNSPECIFIED}),
    AFTER_SURGERY_BY_NAME: frozenset({UNSPECIFIED}),
    "buttock-pain": frozenset({BUTTOCK}),
    "si-joint-pain": frozenset({BUTTOCK}),
    "groin-pain": frozenset({GROIN}),
    "lateral-hip-pain": frozenset({HIP}),
}
_UNTYPED = frozenset({UNSPECIFIED})
SPINAL = frozenset({LEG, BACK, CLAUDICATION, UNSPECIFIED, BUTTOCK})
LEGS = frozenset({LEG, CLAUDICATION})
_OTHER_SPINE = frozenset({"cervical", "thoracic"})


class Entries(Struct, frozen=True):
    """``now``: open entries stated since the operation; ``before``: those from before it, open or closed; ``ended``:
    closed ones from after it; ``vague``: open ones that cannot be placed; ``stale``: older ones that nothing renewed.
    """

    now: tuple[Statement, ...] = ()
    before: tuple[Statement, ...] = ()
    ended: tuple[Statement, ...] = ()
    vague: tuple[Statement, ...] = ()
    stale: tuple[Statement, ...] = ()
    revived: bool = False
    scores: tuple[Score, ...] = ()


def type_of(statement: Statement) -> frozenset[str]:
    return TYPES.get(statement.concept, _UNTYPED)


def types_of(statements: Iterable[Statement]) -> frozenset[str]:
    return frozenset().union(*map(type_of, statements))


def side_of(statement: Statement) -> Side:
    return Side.BILATERAL if statement.concept == "bilateral-leg-pain" else statement.side


def read_entries(chart: Chart) -> Entries:
    """Every pain entry, sorted by how it lies to the index operation; renewed old entries count as present."""
    scores = read_scores(chart)
    told = (*_conditions_and_reasons(chart), *_as_entries(scores, chart.numbers["score_pain"]))
    about = {s.source for s in chart.statements if s.about_surgery and s.source.startswith("Condition/")}
    since: list[Statement] = []
    earlier: list[Statement] = []
    rest: list[Statement] = []
    for s in told:
        if s.about_surgery or s.source in about or _is_after(chart, s):
            since.append(s)
        else:
            (earlier if _is_before(chart, s) else rest).append(s)
    before = in_order(earlier)
    now = in_order(s for s in since if is_open(s))
    sure = Entries(
        now=now,
        before=before,
        # A note that calls a pain past tells of no date of relief; a closed problem or an end date does.
        ended=in_order(s for s in since if not is_open(s) and (s.ended or s.basis is not Basis.NOTE)),
        vague=in_order(s for s in rest if is_open(s)),
        scores=scores,
    )
    if now:
        return sure
    open_before = tuple(s for s in before if is_open(s) and not _is_score(s))
    if (open_before or sure.vague) and still_treated(chart):
        return replace(sure, now=open_before or sure.vague, revived=True)
    return replace(sure, stale=open_before)


def is_open(statement: Statement) -> bool:
    return not statement.closed and statement.ended is None


def _conditions_and_reasons(chart: Chart) -> Iterator[Statement]:
    told = [s for s in said(chart, *TYPES) if s.place.region not in _OTHER_SPINE and not _is_order_or_operation(s)]
    yield from told
    # A visit for a known complaint states it again on that day, without saying when it began.
    open_: dict[str, list[Statement]] = {}
    for statement in told:
        if is_open(statement):
            open_.setdefault(statement.source, []).append(statement)
    for encounter in chart.record.encounters:
        start = partial_dates.parse(encounter.period.start) if encounter.period else None
        reasons = sorted(
            {r.reference for r in encounter.reason_reference or () if r.reference and r.reference in open_}
        )
        for statement in (s for reason in reasons for s in open_[reason]):
            if start:
                yield replace(statement, source=encounter.ref, stated=start, onset=None, encounter=encounter.ref)


def _is_order_or_operation(statement: Statement) -> bool:
    return statement.source.startswith(("ServiceRequest/", "Procedure/")) and statement.basis is Basis.CODE


def _as_entries(scores: tuple[Score, ...], least: float) -> Iterator[Statement]:
    concept = {"leg": "leg-pain", "back": "back-pain", "": "pain-score"}
    for score in scores:
        if score.value >= least:
            words = f"pain score {score.value:g}/10"
            yield Statement(concept[score.site], score.ref, Basis.VALUE, stated=score.when, words=words)


def _is_score(statement: Statement) -> bool:
    return statement.basis is Basis.VALUE


def _is_after(chart: Chart, statement: Statement) -> bool:
    """After an operation without any date, what is said now, or names the operation, can only be later."""
    when = statement.stated or statement.onset
    if index_when(chart) is not None:
        return after_index(chart, when)
    if statement.concept == AFTER_SURGERY_BY_NAME:
        return True
    ago = age_days(when, chart)
    return ago is not None and ago.high <= chart.numbers["pain_recent_days"]


def _is_before(chart: Chart, statement: Statement) -> bool:
    return before_index(chart, statement.stated or statement.onset)
