"""What imaging showed: each statement of an imaging report, or of a code that goes with a study, beside its study.

The date of a picture, not of its report, says whether it lies before or after the operation.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from service.chart.chart import Chart, after_index, before_index, begun, finding, index_when, is_lumbar, said, speaks
from service.chart.study_matching import Study
from service.domain import partial_dates, spine
from service.domain.findings import Finding
from service.domain.places import Place, Precision
from service.domain.spans import Interval, Span
from service.domain.statements import Basis, Polarity, Statement
from service.findings.imaging.study_age import after_minor, is_current
from service.findings.imaging.study_status import NOT_NEGATIVE, said_in

_AWAY = frozenset({"cervical", "thoracic"})
ANYWHERE = frozenset(
    {
        "epidural-abscess",
        "epidural-hematoma",
        "epidural-collection",
        "spinal-infection",
        "spinal-tumour",
        "sacroiliitis",
        "lead-moved",
    }
)
"""An abscess or a tumour at the thoracic spine matters as much as one at the lumbar spine; leads lie there."""
_SHOWN = frozenset({*NOT_NEGATIVE, "listhesis", "disc-degeneration", "modic-change", "annular-defect"})
"""What a code can say that only a picture shows."""


class Seen(Struct, frozen=True, gc=False):
    """A statement and the study it was made on; ``current`` when that study answers for the present pain."""

    said: Statement
    study: Study
    current: bool

    @property
    def when(self) -> Span | None:
        return self.study.when


class Imaging(Struct, frozen=True):
    """All that imaging showed: since the index operation, and in the year before it; and every study there is."""

    files: tuple[Study, ...]
    since: tuple[Seen, ...]
    before: tuple[Seen, ...]
    spoken_of: frozenset[str]
    denied: Mapping[str, Mapping[Place, date]]
    """For each concept and place, the day of the latest study that denies it."""

    def yes(self, *concepts: str, modality: str = "") -> tuple[Seen, ...]:
        """Seen since the operation and not taken back by a later study."""
        if self.spoken_of.isdisjoint(concepts):
            return ()
        found = [s for s in self.since if s.said.concept in concepts and s.said.polarity is Polarity.YES]
        return tuple(s for s in found if (not modality or modality in s.study.modalities) and not self._taken_back(s))

    def no(self, *concepts: str, modality: str = "") -> tuple[Seen, ...]:
        if self.spoken_of.isdisjoint(concepts):
            return ()
        found = [s for s in self.since if s.said.concept in concepts and s.said.polarity is Polarity.NO]
        return tuple(s for s in found if not modality or modality in s.study.modalities)

    def perhaps(self, *concepts: str) -> tuple[Seen, ...]:
        """Seen or suspected: what bars a report from being called clear, or must not be missed."""
        if self.spoken_of.isdisjoint(concepts):
            return ()
        found = [s for s in self.since if s.said.concept in concepts and s.said.polarity is not Polarity.NO]
        return tuple(s for s in found if not self._taken_back(s))

    def _taken_back(self, seen: Seen) -> bool:
        if seen.when is None:
            return False
        denied = self.denied.get(seen.said.concept, {})
        return any(day > seen.when.last and compatible(place, seen.said.place) for place, day in denied.items())


def read_imaging(chart: Chart, files: tuple[Study, ...]) -> Imaging:
    since: list[Seen] = []
    before: list[Seen] = []
    year = chart.numbers["preop_target_days"]
    for study in files:
        if not study.imaging or study.when is None:
            continue
        if after_index(chart, study.when) or after_minor(chart, study.when):
            since += _seen(chart, study, is_current(chart, study.when) is True)
        elif before_index(chart, study.when) and _close(study.when, index_when(chart), year):
            before += _seen(chart, study, False)
    since += _coded_beside_a_study(chart, files)
    since = _finest(since)
    spoken_of = frozenset(seen.said.concept for seen in since)
    return Imaging(files, tuple(since), tuple(before), spoken_of, _denials(since))


def _finest(since: list[Seen]) -> list[Seen]:
    """Of one thing on one study the statements that name the segment stand; those of a region only repeat them."""
    named = {
        (s.study.refs, s.said.concept)
        for s in since
        if s.said.place.precision is Precision.SEGMENT and s.said.polarity is Polarity.YES
    }
    return [
        s
        for s in since
        if s.said.place.precision is Precision.SEGMENT
        or s.said.polarity is not Polarity.YES
        or (s.study.refs, s.said.concept) not in named
    ]


def _denials(since: Iterable[Seen]) -> dict[str, dict[Place, date]]:
    found: dict[str, dict[Place, date]] = {}
    for seen in since:
        if seen.said.polarity is Polarity.NO and seen.when is not None:
            days = found.setdefault(seen.said.concept, {})
            days[seen.said.place] = max(seen.when.first, days.get(seen.said.place, date.min))
    return found


def only_news(
    chart: Chart, statements: Iterable[Statement], *, since: Span | None = None, days: float = 0, same_day: bool = False
) -> Iterator[Statement]:
    """Those that were first stated surely after the operation, or so many days after another day.

    Every word of the same thing must be as late: an older one, a stated onset before, or one without any date bars it.
    At a named other segment it is another thing; one whose level nobody gives may be the same.
    """
    known: dict[tuple[str, Place], bool] = {}
    for statement in statements:
        thing = statement.concept, statement.place
        if thing not in known:
            known[thing] = all(
                _is_late(chart, s, since or index_when(chart), days, same_day)
                for s in said(chart, statement.concept)
                if compatible(s.place, statement.place) and not _is_undated_note(s)
            )
        if known[thing]:
            yield statement


def _is_undated_note(statement: Statement) -> bool:
    return statement.basis is Basis.NOTE and statement.stated is None


def _is_late(chart: Chart, statement: Statement, day: Span | None, days: float, same_day: bool) -> bool:
    spans = tuple(span for span in (statement.onset, statement.stated) if span)
    if day is None or not spans:
        return False
    if same_day:
        return all(span.first >= day.first for span in spans)
    if not days:
        return all(after_index(chart, span) for span in spans)
    return all(partial_dates.days_between(day, span).low >= days for span in spans)


def compatible(one: Place, other: Place) -> bool:
    """Two places that may be the same: only two sets of named segments apart, or two distant regions, may not."""
    if one.precision is Precision.SEGMENT and other.precision is Precision.SEGMENT:
        return bool(set(one.segments) & set(other.segments))
    return not (_is_away(one) and is_lumbar(other)) and not (_is_away(other) and is_lumbar(one))


def relation(chart: Chart, place: Place) -> str:
    """How a place lies to the operated levels; beside the operation is ``adjacent`` only beside a fusion."""
    story = chart.surgery
    if story is None:
        return spine.UNKNOWN_LEVEL
    told = spine.relation(place, story.operated)
    if told in {spine.ADJACENT, spine.REMOTE}:
        return spine.ADJACENT if set(place.segments) & set(story.adjacent) else spine.REMOTE
    return told


def lies(chart: Chart, statement: Statement) -> str:
    """How what a statement tells of lies to the operated levels: where it is told to lie next to the fusion, there."""
    if statement.attributes.beside and chart.surgery and chart.surgery.fusion_when is not None:
        return spine.ADJACENT
    return relation(chart, statement.place)


def by_bone(seen: Imaging, concepts: tuple[str, ...]) -> tuple[Seen, ...]:
    """What was seen of these; of a narrow foramen or recess not where the same sentence fills that place with disc."""
    found = seen.yes(*concepts)
    if "foraminal-stenosis" not in concepts:
        return found
    disc = {(s.said.source, s.said.sentence, s.said.place) for s in seen.yes("disc-herniation", "residual-fragment")}
    return tuple(s for s in found if (s.said.source, s.said.sentence, s.said.place) not in disc)


def _seen(chart: Chart, study: Study, current: bool) -> Iterator[Seen]:
    for statement in said_in(chart, study):
        if statement.concept in ANYWHERE or _concerns_lumbar(statement.place, study) or _is_above(chart, statement):
            yield Seen(statement, study, current)


def _is_above(chart: Chart, statement: Statement) -> bool:
    """A fractured thoracic vertebra beside a fusion that reaches into the thoracic spine is next to the construct."""
    if statement.concept != "vertebral-fracture" or statement.place.region != "thoracic" or not chart.surgery:
        return False
    return any(segment.startswith("T") for segment in chart.surgery.fused.segments)


def _concerns_lumbar(place: Place, study: Study) -> bool:
    if place.segments or place.region not in {"", "spine"}:
        return not _is_away(place)
    return study.lumbar is not False


def _is_away(place: Place) -> bool:
    if place.segments:
        return not is_lumbar(place)
    return place.region in _AWAY


def _coded_beside_a_study(chart: Chart, files: Iterable[Study]) -> Iterator[Seen]:
    """A Condition that is news since the operation, within 30 days of a lumbar study since then, is its finding."""
    if not speaks(chart, _SHOWN):
        return
    shown = [s for s in files if s.done and s.imaging and s.lumbar and after_index(chart, s.when)]
    if not shown:
        return
    shown.sort(key=_first_day)
    nearest: dict[Span | None, Study | None] = {}
    denied: dict[tuple[Span | None, str, Place], bool] = {}
    for statement in only_news(chart, [s for s in chart.statements if s.concept in _SHOWN and _is_open_code(s)]):
        when = statement.stated or begun(statement)
        if when not in nearest:
            nearest[when] = _nearest(chart, shown, when)
        study = nearest[when]
        if study is None:
            continue
        thing = when, statement.concept, statement.place
        if thing not in denied:
            denied[thing] = _denied(chart, statement, study)
        if not denied[thing]:
            yield Seen(statement, study, is_current(chart, study.when) is True)


def _nearest(chart: Chart, shown: list[Study], when: Span | None) -> Study | None:
    """The study within 30 days; ``shown`` runs by first day."""
    if when is None:
        return None
    days = int(chart.numbers["finding_study_days"])
    last = when.last.toordinal()
    begin, end = bisect_left(shown, last - days, key=_first_day), bisect_right(shown, last + days, key=_first_day)
    near = [s for s in shown[begin:end] if _close(s.when, when, days)]
    return min(near, key=lambda s: (_apart(s.when, when), s.refs), default=None)


def _first_day(study: Study) -> int:
    return study.when.first.toordinal() if study.when else 0


def _is_open_code(statement: Statement) -> bool:
    coded = statement.resource == "Condition" and statement.basis is Basis.CODE
    return coded and statement.polarity is Polarity.YES and not statement.closed and not _is_away(statement.place)


def _denied(chart: Chart, statement: Statement, study: Study) -> bool:
    """The report of that very study says no: then the code was written on other grounds."""
    return any(
        s.concept == statement.concept and s.polarity is Polarity.NO and compatible(s.place, statement.place)
        for s in said_in(chart, study)
    )


def _close(one: Span | None, other: Span | None, days: float) -> bool:
    return one is not None and other is not None and _apart(one, other) <= days


def _apart(one: Span | None, other: Span | None) -> int:
    between = partial_dates.days_between(one, other) if one and other else None
    return max(abs(between.low), abs(between.high)) if between else 36525


def told(name: str, value: str | Interval, found: Iterable[Seen]) -> Finding:
    """With the report's reference first and the study's beside it; the day is that of the picture."""
    found = tuple(found)
    on = finding(name, value, [s.said for s in found])
    refs = tuple(dict.fromkeys([*on.refs, *(s.study.refs[0] for s in found)]))
    latest = partial_dates.latest(s.when for s in found) or on.when
    return Finding(on.name, on.value, refs, on.basis, on.words, latest)
