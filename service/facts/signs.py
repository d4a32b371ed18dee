"""The age of signs: what the chart says of one kind of sign in, which of it is new, old or of unclear age out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service import dates
from service.facts.chart import Chart, age_days, in_order, index_when, said, within
from service.words import Basis, Polarity, Side, Span, Statement

_STRUCTURED = frozenset({Basis.CODE, Basis.VALUE, Basis.ANSWER})


@dataclass(frozen=True, slots=True)
class Aged:
    """Statements by the age of the sign they are about; an old sign stated again is both old and unclear."""

    new: tuple[Statement, ...] = ()
    old: tuple[Statement, ...] = ()
    unclear: tuple[Statement, ...] = ()


def by_age(chart: Chart, earlier: Mapping[str, frozenset[str]], *, operation_ages: bool = False) -> Aged:
    """Sort the signs of the concepts that ``earlier`` names; it says for each which concepts would be the same sign.

    New: begun or first stated within new_sign_days, and no entry of the same sign and side from before that or from
    before the operation. Old: known for more than old_sign_days (with ``operation_ages`` also: known before the index
    operation). Everything else that still stands is unclear: in between, undated, doubted, or old and stated again.
    """
    told = said(chart, *{c for same in earlier.values() for c in same} | set(earlier))
    new: list[Statement] = []
    old: list[Statement] = []
    unclear: list[Statement] = []
    for sign in told:
        if sign.concept not in earlier:
            continue
        was = _is_old(chart, sign) or (operation_ages and known_before_operation(chart, sign))
        if was:
            old.append(sign)
        if not _stands(chart, sign):
            continue
        before = [e for e in told if e.concept in earlier[sign.concept] and _is_earlier(chart, e, sign)]
        if was:
            if stated_recently(chart, sign) and not known_before_operation(chart, sign, whole=True):
                unclear.append(sign)
        elif not before and _begun_recently(chart, sign):
            # What is known only from before the operation is not new since; its age is asked for all the same.
            (unclear if known_before_operation(chart, sign) else new).append(sign)
        else:
            unclear.append(sign)
    unclear += [s for s in said(chart, *earlier, polarity=Polarity.UNCERTAIN) if within(_latest(s), _new(chart), chart)]
    return Aged(in_order(new), in_order(old), in_order(unclear))


def stated_recently(chart: Chart, sign: Statement) -> bool:
    """Surely stated, or begun, within new_sign_days."""
    return within(_latest(sign), _new(chart), chart)


def known_before_operation(chart: Chart, sign: Statement, *, whole: bool = False) -> bool:
    """Surely begun before the day of the index operation; ``whole``: and not stated again on that day or later."""
    when = index_when(chart)
    if when is None or (chart.surgery and chart.surgery.index and chart.surgery.index.stated_only):
        return False
    spans = [s for s in (sign.onset, sign.stated) if s]
    early = [dates.surely_before(s, when) for s in spans]
    return bool(early) and (all(early) if whole else any(early))


def covers(earlier: Statement, sign: Statement) -> bool:
    """Whether the earlier entry may be the same sign: a side not named may be any one side, never both."""
    if sign.side is Side.BILATERAL:
        return earlier.side is Side.BILATERAL
    return Side.UNKNOWN in {earlier.side, sign.side} or earlier.side in {sign.side, Side.BILATERAL}


def first(sign: Statement) -> Span | None:
    """The earliest day to which the entry itself traces the sign."""
    return min((s for s in (sign.onset, sign.stated) if s), key=lambda s: (s.last, s.first), default=None)


def _stands(chart: Chart, sign: Statement) -> bool:
    """Neither closed nor ended, nor denied since by code, value or answer: a denial in a text proves too little."""
    if sign.closed or (sign.ended and sign.ended.last <= chart.as_of):
        return False
    latest = _latest(sign)
    return not any(
        latest and no.stated and dates.surely_after(no.stated, latest) and covers(no, sign)
        for no in said(chart, sign.concept, polarity=Polarity.NO)
        if no.basis in _STRUCTURED
    )


def _is_old(chart: Chart, sign: Statement) -> bool:
    age = age_days(first(sign), chart)
    return age is not None and age.low > chart.numbers["old_sign_days"]


def _begun_recently(chart: Chart, sign: Statement) -> bool:
    return any(within(span, _new(chart), chart) for span in (sign.onset, sign.stated))


def _is_earlier(chart: Chart, entry: Statement, sign: Statement) -> bool:
    """An entry of the same sign, from before new_sign_days or the operation, that had not surely ended before this."""
    age = age_days(first(entry), chart)
    begun = first(sign)
    if entry is sign or age is None or not covers(entry, sign):
        return False
    if age.high <= _new(chart) and not known_before_operation(chart, entry):
        return False
    return not (entry.ended and begun and dates.surely_before(entry.ended, begun))


def _latest(sign: Statement) -> Span | None:
    return max((s for s in (sign.onset, sign.stated) if s), key=lambda s: (s.last, s.first), default=None)


def _new(chart: Chart) -> float:
    return chart.numbers["new_sign_days"]
