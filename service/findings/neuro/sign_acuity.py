"""The age of signs: what the chart says of one kind of sign in, which of it is new, old or of unclear age out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from service.chart.chart import Chart, age_days, covers_side, first, in_order, index_when, said, speaks, within
from service.domain import partial_dates
from service.domain.places import Side
from service.domain.spans import Span
from service.domain.statements import Basis, Polarity, Statement

_STRUCTURED = frozenset({Basis.CODE, Basis.VALUE, Basis.ANSWER})


class Aged(Struct, frozen=True, gc=False):
    """Statements by the age of the sign they are about; an old sign stated again is both old and unclear."""

    new: tuple[Statement, ...] = ()
    old: tuple[Statement, ...] = ()
    unclear: tuple[Statement, ...] = ()


Known = dict[tuple[str, Side], list[tuple[date, Statement]]]

_NONE = Aged()


def by_age(chart: Chart, earlier: Mapping[str, frozenset[str]], *, operation_ages: bool = False) -> Aged:
    """Sort the signs of the concepts that ``earlier`` names; it says for each which concepts would be the same sign.

    New: begun or first stated within new_sign_days, no entry of the same sign and side from before that or from before
    the operation, and not called chronic. Old: known for more than old_sign_days (with ``operation_ages`` also: known
    before the index operation). All else that stands is unclear: in between, undated, doubted, old and stated again.
    """
    if not speaks(chart, earlier):
        return _NONE
    told = said(chart, *_alike(earlier))
    stories = old_stories(chart, (*told, *said(chart, *_alike(earlier), polarity=Polarity.UNCERTAIN)))
    entries = _last_known(chart, told)
    denials = _denials(chart, earlier)
    new: list[Statement] = []
    old: list[Statement] = []
    unclear: list[Statement] = []
    for sign in told:
        if sign.concept not in earlier:
            continue
        # What was told before the operation only, and never again, is no sign of now whose age is asked.
        was = _is_old(chart, sign) or known_before_operation(chart, sign, whole=not operation_ages)
        if was:
            old.append(sign)
        if not _stands(chart, sign, denials):
            continue
        if was:
            if stated_recently(chart, sign) and not known_before_operation(chart, sign, whole=True):
                unclear.append(sign)
        elif _begun_recently(chart, sign) and not _was_known(sign, earlier[sign.concept], entries):
            # What is known from before the operation, or called chronic, is not new; its age is asked all the same.
            aged = known_before_operation(chart, sign) or sign.attributes.old or _is_of_story(sign, stories)
            (unclear if aged else new).append(sign)
        else:
            unclear.append(sign)
    unclear += [
        s
        for s in said(chart, *earlier, polarity=Polarity.UNCERTAIN)
        if within(_latest(s), _new(chart), chart) and not _is_question(s)
    ]
    return Aged(in_order(new), in_order(old), in_order(unclear))


def old_stories(chart: Chart, told: Iterable[Statement]) -> frozenset[tuple[str, Side]]:
    """The notes, by side, that call a sign of this kind long known, over, or there since an operation long ago.

    What such a note finds in another sentence without a date is the same sign; it is asked about, not called new.
    """
    return frozenset(
        (s.source, s.side)
        for s in told
        if s.basis is Basis.NOTE and (s.closed or s.attributes.old or _is_since_old_operation(chart, s))
    )


def _is_since_old_operation(chart: Chart, sign: Statement) -> bool:
    ago = age_days(index_when(chart), chart)
    return ago is not None and ago.low > _new(chart) and sign.attributes.since_surgery


def _is_of_story(sign: Statement, stories: frozenset[tuple[str, Side]]) -> bool:
    if sign.basis is not Basis.NOTE or sign.attributes.begun:
        return False
    return any((sign.source, side) in stories for side in Side if covers_side(side, sign.side))


def _alike(earlier: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*earlier, *(concept for same in earlier.values() for concept in same))))


def stated_recently(chart: Chart, sign: Statement) -> bool:
    """Surely stated, or begun, within new_sign_days."""
    return within(_latest(sign), _new(chart), chart)


def known_before_operation(chart: Chart, sign: Statement, *, whole: bool = False) -> bool:
    """Surely begun before the day of the index operation; ``whole``: and not stated again on that day or later."""
    when = index_when(chart)
    if when is None or (chart.surgery and chart.surgery.index and chart.surgery.index.stated_only):
        return False
    spans = [s for s in (sign.onset, sign.stated) if s]
    early = [partial_dates.surely_before(s, when) for s in spans]
    return bool(early) and (all(early) if whole else any(early))


def _stands(chart: Chart, sign: Statement, denials: Mapping[tuple[str, Side], date]) -> bool:
    """Neither closed nor ended, nor denied since by code, value or answer: a denial in a text proves too little."""
    if sign.closed or (sign.ended and sign.ended.last <= chart.as_of):
        return False
    latest = _latest(sign)
    return latest is None or not any(
        (day := denials.get((sign.concept, side))) and day > latest.last and covers_side(side, sign.side)
        for side in Side
    )


def _denials(chart: Chart, concepts: Iterable[str]) -> dict[tuple[str, Side], date]:
    """The day of the last denial of each sign on each side."""
    found: dict[tuple[str, Side], date] = {}
    for no in said(chart, *concepts, polarity=Polarity.NO):
        if no.basis in _STRUCTURED and no.stated:
            of_side = no.concept, no.side
            found[of_side] = max(no.stated.first, found.get(of_side, date.min))
    return found


def _is_old(chart: Chart, sign: Statement) -> bool:
    age = age_days(first(sign), chart)
    return age is not None and age.low > chart.numbers["old_sign_days"]


def _begun_recently(chart: Chart, sign: Statement) -> bool:
    return any(within(span, _new(chart), chart) for span in (sign.onset, sign.stated))


def _last_known(chart: Chart, told: Iterable[Statement]) -> Known:
    """Of the entries from before new_sign_days or the operation the two that ended last, for each sign and side: what
    they do not show no other does, and one of the two may be the very entry in question."""
    found: Known = {}
    for entry in told:
        age = age_days(first(entry), chart)
        if age is None or (age.high <= _new(chart) and not known_before_operation(chart, entry)):
            continue
        two = found.setdefault((entry.concept, entry.side), [])
        two.append((entry.ended.last if entry.ended else date.max, entry))
        two.sort(key=lambda known: known[0], reverse=True)
        del two[2:]
    return found


def _was_known(sign: Statement, same: frozenset[str], entries: Known) -> bool:
    """Whether an earlier entry of the same sign had not surely ended before this one began."""
    begun = first(sign)
    return any(
        entry is not sign and (begun is None or ended >= begun.first) and not _comes_on_top(sign, entry)
        for concept in same
        for side in Side
        if covers_side(side, sign.side)
        for ended, entry in entries.get((concept, side), ())
    )


def _comes_on_top(sign: Statement, entry: Statement) -> bool:
    """Whether one sentence tells of the old and of what came on top: "slow for years, but on Wednesday it stopped"."""
    return sign.attributes.begun and entry.closed and (entry.source, entry.sentence) == (sign.source, sign.sentence)


def _is_question(sign: Statement) -> bool:
    """A question on a form is asked of everybody; only its answer says something of the patient."""
    return sign.words.rstrip().endswith("?")


def _latest(sign: Statement) -> Span | None:
    return partial_dates.latest((sign.onset, sign.stated))


def _new(chart: Chart) -> float:
    return chart.numbers["new_sign_days"]
