"""The pain of the chart: a chart whose surgery was read in, the story of the pain and its findings out."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from service.chart.chart import (
    EVER,
    Chart,
    PainStory,
    SurgeryStory,
    after_index,
    age_days,
    begun,
    finding,
    index_when,
    said,
)
from service.chart.pain_scores import Score, fell, since
from service.domain import partial_dates
from service.domain.findings import Finding
from service.domain.places import Side, one_side
from service.domain.spans import Interval, Span
from service.domain.statements import Basis, Statement
from service.findings.pain import character, episode, reliefs, standing, wellbeing
from service.findings.pain import course as runs
from service.findings.pain.complaints import (
    BUTTOCK,
    GROIN,
    HIP,
    LEG,
    LEGS,
    SPINAL,
    Entries,
    read_entries,
    side_of,
    type_of,
    types_of,
)

_SIDED = frozenset({Side.LEFT, Side.RIGHT})


def read(chart: Chart) -> tuple[PainStory, tuple[Finding, ...]]:
    """The story of the pain since the operation, and every finding of family pain that it makes known."""
    entries = read_entries(chart)
    story = _story(chart, entries)
    course = runs.read_course(chart, entries, story.episode_onset, _differs(story))
    story = replace(story, course=course.word)
    told = replace(chart, pain=story)
    parts = (
        _presence,
        _kind,
        _times,
        _intensity,
        _before,
        episode.newness,
        _alarms,
        character.read,
        reliefs.leg_pain_cured,
        wellbeing.read,
    )
    found = [*runs.write(course), *(f for part in parts for f in part(told, entries))]
    found += _severe_or_new(found)
    return story, tuple(found)


def _story(chart: Chart, entries: Entries) -> PainStory:
    types = types_of(episode.current(chart, entries))
    regions = frozenset(types & {BUTTOCK, GROIN, HIP})
    preop = one_side(side_of(entry) for entry in entries.before if type_of(entry) & LEGS)
    return PainStory(
        entries=entries.now,
        before=entries.before,
        episode_onset=episode.onset_of(chart, entries),
        side=episode.side_of_leg(chart, entries),
        preop_side=preop,
        dominance=episode.dominance_of(chart, entries, types),
        types=types - regions,
        regions=regions,
        preop_types=types_of(entries.before) - {"unspecified"},
        stale=bool(entries.stale),
    )


def _differs(story: PainStory) -> bool:
    """Another side, or leg instead of back pain (or the reverse), than before the operation."""
    if {story.side, story.preop_side} == _SIDED:
        return True
    now, old = _coarse(story.types), _coarse(story.preop_types)
    return bool(now and old and not now & old)


def _coarse(types: frozenset[str]) -> frozenset[str]:
    return frozenset("leg" if t in LEGS else t for t in types - {"unspecified"})


def _presence(chart: Chart, entries: Entries) -> Iterator[Finding]:
    index = _surgery(chart).index
    if entries.now:
        yield finding("current_pain", "yes", entries.now)
        if index:
            yield finding("fbss_context", "yes", entries.now, refs=index.refs)
    elif _is_over(chart, entries):
        yield finding("current_pain", "no", (*entries.ended, *entries.stale))
        if index:
            yield finding("fbss_context", "no", (*entries.ended, *entries.stale))
    if entries.stale:
        yield finding("stale_entry", "yes", entries.stale)
    dated = [s for s in entries.now if s.stated]
    if dated:
        latest = max(dated, key=lambda s: (s.stated.last, s.stated.first, s.source) if s.stated else ())
        if ago := age_days(latest.stated, chart):
            yield finding("pain_stated_days_ago", ago, (latest,))


def _is_over(chart: Chart, entries: Entries) -> bool:
    """Known to be gone (ended, or stated to be no pain), or never stated since; silence alone tells nothing."""
    if runs.came_back(chart, entries):
        return False
    told = (s for s in said(chart, "no-pain", "pain-relief") if after_index(chart, s.stated) or s.about_surgery)
    return bool(
        entries.ended or entries.stale or tuple(told) or any(after_index(chart, s.ended) for s in entries.before)
    )


def _kind(chart: Chart, entries: Entries) -> Iterator[Finding]:
    story = _told(chart)
    on = episode.current(chart, entries)
    if story.dominance:
        yield finding("pain_dominance", story.dominance, on)
    legs = tuple(s for s in on if type_of(s) & LEGS)
    if story.side is not Side.UNKNOWN:
        yield finding("pain_side", story.side.value, legs)


def _times(chart: Chart, entries: Entries) -> Iterator[Finding]:
    onset = _told(chart).episode_onset
    if onset is None:
        return
    on = tuple(s for s in entries.now if onset in (s.onset, s.stated)) or entries.now
    ago = age_days(onset, chart)
    if ago:
        # The first statement comes after the onset: the pain has lasted at least since then.
        lasting = Interval(ago.low, EVER.high) if onset.approx else ago
        yield finding("pain_lasting_days", lasting, on, when=onset)
    if not onset.approx:
        for name, since_when in (
            ("onset_after_surgery_days", index_when(chart) if runs.days_after(chart, onset) else None),
            ("onset_after_fusion_days", _surgery(chart).fusion_when),
        ):
            days = partial_dates.days_between(since_when, onset) if since_when else None
            if days and days.low >= 0:
                yield finding(name, days, on, when=onset)
    if free := runs.pain_free(chart, entries, onset):
        yield finding("pain_free_days", free, on, when=onset)


def _intensity(chart: Chart, entries: Entries) -> Iterator[Finding]:
    scores = since(entries.scores, index_when(chart)) if index_when(chart) else entries.scores
    if scores:
        same_day = [s for s in scores if s.when == scores[-1].when]
        highest = max(same_day, key=lambda s: (s.value, s.ref))
        yield finding("pain_score", round(highest.value), refs=(highest.ref,), basis=Basis.VALUE, when=highest.when)
    yield from _severity(chart, entries, scores)
    worse = episode.stated_worse(chart)
    rises = episode.rising_scores(chart, entries)
    if worse or rises:
        yield finding("rising_pain", "yes", worse, refs=tuple(ref for ref, _ in rises))
        yield finding("worse", "yes", worse, refs=tuple(ref for ref, _ in rises))
    else:
        yield finding("worse", "no", basis=Basis.INFERRED)
    better = tuple(
        s
        for s in said(chart, "pain-relief", "partial-relief")
        # That the other leg is better tells nothing of the one that hurts.
        if _is_better_now(chart, s) and {s.side, _told(chart).side} != _SIDED
    )
    if not (worse or rises) and (better or fell(scores, chart.numbers["score_change"])):
        yield finding("improving", "yes", better, refs=tuple(s.ref for s in scores))


def _is_better_now(chart: Chart, relief: Statement) -> bool:
    """Relief of the present pain: said since it began, by an entry that tells of no return."""
    day, onset = begun(relief), _told(chart).episode_onset
    turned = any(s.source == relief.source for s in said(chart, "pain-returned", "pain-worse"))
    # "Gone after surgery", written while a pain that began later is there, is a look back.
    turned = turned or (relief.about_surgery and relief.onset is None and after_index(chart, onset))
    return day is not None and not turned and after_index(chart, day) and (onset is None or day.last >= onset.first)


def _severity(chart: Chart, entries: Entries, scores: tuple[Score, ...]) -> Iterator[Finding]:
    """Alarms read this: a date that may lie within the window counts."""
    recent = [s for s in scores if _lately(chart, s.when)]
    newest = [s for s in recent if s.when == recent[-1].when]
    high = tuple(s.ref for s in newest if s.value >= _severe_from(chart))
    most = f"pain score {max(s.value for s in newest):g}/10" if high else ""
    latest = episode.latest_session(chart)
    said_so = tuple(
        s
        for s in (*entries.now, *entries.vague)
        if s.attributes.severity == "severe"
        and _lately(chart, s.stated)
        and not (latest and s.stated and partial_dates.surely_before(s.stated, latest))
    )
    if high or said_so:
        yield finding("severe_pain", "yes", said_so, refs=high, basis=None if said_so else Basis.VALUE, words=most)
    elif recent:
        yield finding("severe_pain", "no", refs=tuple(s.ref for s in recent), basis=Basis.VALUE, when=recent[-1].when)


def _severe_from(chart: Chart) -> float:
    """From which score pain is severe; in the first days after an operation 7/10 is usual and only more is not."""
    ago = age_days(episode.latest_session(chart), chart)
    first_days = ago is not None and ago.high <= chart.numbers["wound_severe_days"]
    return chart.numbers["score_severe_first_days" if first_days else "score_severe"]


def _lately(chart: Chart, span: Span | None) -> bool:
    ago = age_days(span, chart)
    return ago is not None and ago.low <= chart.numbers["severe_pain_days"]


def _before(chart: Chart, entries: Entries) -> Iterator[Finding]:
    """The pain of today against the operated side and the pain before."""
    story, surgery = _told(chart), _surgery(chart)
    legs = tuple(s for s in entries.now if type_of(s) & LEGS)
    reference = story.preop_side if story.preop_side in _SIDED else surgery.side
    if story.side in _SIDED and reference is not Side.UNKNOWN:
        same = reference in (story.side, Side.BILATERAL)
        yield finding("same_side", "yes" if same else "no", legs, refs=surgery.index.refs if surgery.index else ())
    if entries.now and not entries.revived and _differs(story):
        yield finding("pattern_differs", "yes", (*entries.before[-1:], *entries.now[-1:]))
    when = index_when(chart)
    old = tuple(s for s in entries.before if LEG in type_of(s) and begun(s))
    long = tuple(s for s in old if when and partial_dates.days_between(begun(s) or when, when).low > _half_year(chart))
    if long:
        yield finding("preop_pain_long", "yes", long)


def _half_year(chart: Chart) -> float:
    return chart.numbers["half_year_days"]


def _alarms(chart: Chart, entries: Entries) -> Iterator[Finding]:
    """What red flags read: any spine pain, placed in time or not."""
    spinal = tuple(s for s in (*entries.now, *entries.vague) if type_of(s) & SPINAL)
    if spinal:
        yield finding("spine_pain", "yes", spinal)
    elif not entries.now and said(chart, "no-pain"):
        yield finding("spine_pain", "no", said(chart, "no-pain"))
    # Leg pain that is named as the subject of its relief is no leg pain that stayed.
    legs = tuple(
        s
        for s in entries.now
        if type_of(s) & LEGS
        and not entries.revived
        and not standing.is_eased(chart, s)
        and not _is_slight(chart, s)
        and standing.is_complaint(chart, s)
    )
    if legs:
        yield finding("early_leg_pain", "yes", legs)


def _is_slight(chart: Chart, entry: Statement) -> bool:
    """Whether its own words grade it as a pain that counts as relieved: "leg pain 8->2"."""
    score = entry.attributes.score
    return entry.basis is Basis.NOTE and score is not None and score <= chart.numbers["score_relief"]


def _severe_or_new(found: list[Finding]) -> Iterator[Finding]:
    known = {f.name: f for f in found}
    new, severe, kind = known.get("new_back_pain"), known.get("severe_pain"), known.get("pain_dominance")
    if new and new.value == "yes":
        yield replace(new, name="new_severe_back_pain")
    elif severe and severe.value == "yes" and (kind is None or kind.value in {"back", "mixed", "unspecified"}):
        yield replace(severe, name="new_severe_back_pain")


def _told(chart: Chart) -> PainStory:
    return chart.pain or PainStory()


def _surgery(chart: Chart) -> SurgeryStory:
    return chart.surgery or SurgeryStory()
