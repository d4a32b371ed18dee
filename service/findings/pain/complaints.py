"""Pain entries: what the chart says of pain in, the entries since and before the index operation out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from service.chart.chart import Chart, after_index, age_days, before_index, in_order, index_when, kept, said
from service.chart.pain_scores import Score, read_scores
from service.domain.places import Side
from service.domain.statements import Basis, Statement
from service.fhir.elements import encounter_began, references
from service.findings.pain import standing
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
    "hip-pain": frozenset({HIP}),
}
_MEANS_PAIN = ("burning-pain", "nondermatomal-burning", "crps", "budapest-positive")
"""Kinds of pain that are a complaint of the leg where the entry names no other: nobody has allodynia without pain."""
_MEANS_BACK_PAIN = ("worse-extension",)
"""What brings the pain on is told of a pain; of leaning back it is one of the back where the entry names no other."""
_UNTYPED = frozenset({UNSPECIFIED})
_KINDS = {**TYPES, **dict.fromkeys(_MEANS_PAIN, frozenset({LEG})), **dict.fromkeys(_MEANS_BACK_PAIN, frozenset({BACK}))}
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
    return _KINDS.get(statement.concept, _UNTYPED)


def types_of(statements: Iterable[Statement]) -> frozenset[str]:
    return frozenset().union(*map(type_of, statements))


def side_of(statement: Statement) -> Side:
    return Side.BILATERAL if statement.concept == "bilateral-leg-pain" else statement.side


def read_entries(chart: Chart) -> Entries:
    """Every pain entry, sorted by how it lies to the index operation; renewed old entries count as present."""
    scores = read_scores(chart)
    told = (*_conditions_and_reasons(chart), *_as_entries(scores, chart.numbers["score_pain"]))
    about = kept(chart, "problems of after an operation", told_after_operation)
    since: list[Statement] = []
    earlier: list[Statement] = []
    rest: list[Statement] = []
    for s in told:
        if s.about_surgery or s.source in about or _is_after(chart, s) or _began_with_operation(chart, s):
            since.append(s)
        else:
            (earlier if _is_before(chart, s) else rest).append(s)
    before = in_order(earlier)
    said_now = in_order(s for s in since if is_open(s))
    bills = standing.billed_again(chart, said_now, before)
    alive = tuple(s for s in said_now if s.source not in bills)
    over = standing.outlived(chart, alive, scores)
    # A diagnosis that is billed again keeps a complaint company; alone it restates none.
    now = said_now if len(alive) > len(over) else ()
    sure = Entries(
        now=now,
        before=before,
        # A note that calls a pain past tells of no date of relief; a closed problem or an end date does.
        ended=in_order((*(s for s in since if not is_open(s) and (s.ended or s.basis is not Basis.NOTE)), *over)),
        vague=in_order(s for s in rest if is_open(s)),
        scores=scores,
    )
    if now:
        return replace(sure, now=tuple(s for s in now if s not in over))
    open_before = tuple(s for s in before if is_open(s) and not _is_score(s))
    if (open_before or sure.vague) and still_treated(chart) and not standing.at_rest(chart, scores):
        return replace(sure, now=open_before or sure.vague, revived=True)
    # Without the day it was written down an open problem may have been stated on any day since: it is not left over.
    undated = standing.without_record_date(chart)
    return replace(sure, stale=tuple(s for s in open_before if s.source not in undated))


def told_after_operation(chart: Chart) -> frozenset[str]:
    """The Conditions whose own words look back at an operation, however early the problem began."""
    about = {s.source for s in chart.statements if s.about_surgery and s.resource == "Condition"}
    return standing.told_since(chart) | about


def is_open(statement: Statement) -> bool:
    return not statement.closed and statement.ended is None


def _conditions_and_reasons(chart: Chart) -> Iterator[Statement]:
    told = [
        s
        for s in said(chart, *TYPES)
        if s.place.region not in _OTHER_SPINE and not _is_order_or_operation(s) and not _is_next_to_none(s)
    ]
    named = {s.source for s in told}
    told += [
        replace(s, concept="back-pain")
        for s in said(chart, "inflammatory-pain")
        if s.source not in named and s.basis is Basis.NOTE and "back" in s.attributes.sites
    ]
    legs = {s.source for s in told if TYPES[s.concept] & LEGS or s.concept == "chronic-pain"}
    named = {s.source for s in told}
    told += [
        s
        for s in said(chart, *_MEANS_PAIN, *_MEANS_BACK_PAIN)
        if s.source not in (legs if s.concept in _MEANS_PAIN and s.basis is Basis.NOTE else named)
        and s.place.region not in _OTHER_SPINE
        and not _is_order_or_operation(s)
    ]
    told = [_since_waking(chart, s) for s in told]
    yield from told
    # A visit for a known complaint states it again on that day, without saying when it began.
    open_: dict[str, list[Statement]] = {}
    for statement in told:
        if is_open(statement):
            open_.setdefault(statement.source, []).append(statement)
    for encounter in chart.record.encounters:
        start = encounter_began(encounter)
        reasons = sorted({ref for ref in references(encounter.reason_reference) if ref in open_})
        for statement in (s for reason in reasons for s in open_[reason]):
            if start:
                yield replace(
                    statement,
                    source=encounter.ref,
                    resource=encounter.resource_type,
                    stated=start,
                    onset=None,
                    encounter=encounter.ref,
                )


NEXT_TO_NONE = 2.0
"""Out of ten: as little as a scale of pain tells from none."""


def _is_next_to_none(statement: Statement) -> bool:
    """Whether a note grades it as none or next to none: "0-1/10", "back pain 1"."""
    score = statement.attributes.score
    return statement.basis is Basis.NOTE and score is not None and score <= NEXT_TO_NONE


def _since_waking(chart: Chart, statement: Statement) -> Statement:
    """What is there since the patient woke from the operation began on its day."""
    day = index_when(chart)
    if statement.onset is not None or day is None or not after_index(chart, statement.stated):
        return statement
    here = kept(chart, "since waking from the operation", _woken)
    return replace(statement, onset=day) if (statement.source, statement.sentence) in here else statement


def _woken(chart: Chart) -> frozenset[tuple[str, int]]:
    return frozenset((s.source, s.sentence) for s in said(chart, "since-waking"))


_PAPERS = frozenset({"ServiceRequest", "Procedure", "DiagnosticReport", "ImagingStudy"})


def _is_order_or_operation(statement: Statement) -> bool:
    """A diagnosis on an order, a study or its report says why it was made, not that there is pain."""
    return statement.resource in _PAPERS and statement.basis is Basis.CODE


def _as_entries(scores: tuple[Score, ...], least: float) -> Iterator[Statement]:
    concept = {"leg": "leg-pain", "back": "back-pain", "": "pain-score"}
    for score in scores:
        if score.value >= least:
            words = f"pain score {score.value:g}/10"
            yield Statement(
                concept[score.site], score.ref, Basis.VALUE, stated=score.when, words=words, resource=score.resource
            )


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


def _began_with_operation(chart: Chart, statement: Statement) -> bool:
    """A problem that began on the very day of the operation, and of which a note tells more than its name.

    What was operated for began earlier; an entry that only repeats the diagnosis of that day may be the reason.
    """
    day, begin = index_when(chart), statement.onset
    if day is None or begin is None or begin.approx or statement.resource != "Condition":
        return False
    same = begin.first == begin.last == day.first == day.last
    return same and statement.source in kept(chart, "problems with a note", _with_note)


def _with_note(chart: Chart) -> frozenset[str]:
    return frozenset(c.ref for c in chart.record.conditions if c.note)


def _is_before(chart: Chart, statement: Statement) -> bool:
    return before_index(chart, statement.stated or statement.onset)
