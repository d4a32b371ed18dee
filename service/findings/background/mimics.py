"""Other generators of pain: a chart in, the codes and tests of hip, sacroiliac joint, nerves and vessels out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from service.chart.chart import Chart, after_index, begun, finding, said
from service.chart.measurements import answer_of, measured, observed, ratios_in, readings, text_of
from service.chart.units import surely_at_least, surely_below
from service.domain.done_steps import DONE
from service.domain.findings import Finding
from service.domain.places import Side
from service.domain.statements import Basis, Polarity, Statement
from service.findings.background.refuted import without_refuted

_CODED = (
    ("piriformis_coded", "piriformis"),
    ("hip_sign", "hip-sign"),
    ("axial_spa_coded", "axial-spa"),
    ("peroneal_coded", "peroneal-entrapment"),
    ("nerve_tenderness", "nerve-tenderness"),
    ("pad_coded", "peripheral-arterial-disease"),
    ("absent_pulses", "absent-pulses"),
    ("polyneuropathy_coded", "diabetic-polyneuropathy"),
    ("trochanteric_coded", "trochanteric-pain"),
    ("budapest_met", "budapest-positive"),
)
_NOT_A_MIMIC = frozenset({"budapest_met", "nerve_tenderness", "absent_pulses"})
"""They belong to a mimic or to CRPS, but are neither its code nor its test."""

_SACROCOCCYGEAL = "M53.3"


def read(chart: Chart) -> Iterator[Finding]:
    """A mimic may well be older than the operation; sacroiliac pain and CRPS count only when first stated after it."""
    chart = without_refuted(chart)
    found = [f for name, concept in _CODED for f in _yes(name, _open(chart, concept))]
    found += _yes("hip_oa_coded", _hips(chart))
    found += _sacroiliac(chart)
    found += _yes("crps_coded", _first_after(chart, _open(chart, "crps")))
    found += _crps_signs(chart)
    mimics = [
        f for f in found if f.name not in _NOT_A_MIMIC | {"crps_coded", "crps_signs"} and f.value in ("yes", "positive")
    ]
    yield from found
    yield from _b27(chart)
    yield from _ankle_brachial(chart)
    if mimics:
        refs = tuple(dict.fromkeys(r for f in mimics for r in f.refs))
        yield Finding("mimic_coded", "yes", refs, mimics[0].basis, "; ".join(f.words for f in mimics if f.words))


def _crps_signs(chart: Chart) -> Iterator[Finding]:
    """Allodynia, changed colour or temperature, and swelling of one leg, told within some months of each other."""
    cold, swollen = (_open(chart, c) for c in ("cold-leg", "leg-swelling"))
    for sore in [s for s in _open(chart, "burning-pain", "leg-pain") if s.attributes.sore]:
        beside = [[s for s in signs if _goes_with(s, sore, chart)] for signs in (cold, swollen)]
        if all(beside):
            yield finding("crps_signs", "yes", [sore, *beside[0], *beside[1]])
            return


def _goes_with(sign: Statement, sore: Statement, chart: Chart) -> bool:
    if {sign.side, sore.side} == {Side.LEFT, Side.RIGHT}:
        return False
    if sign.source == sore.source:
        return True
    if not (sign.stated and sore.stated and after_index(chart, sign.stated) and after_index(chart, sore.stated)):
        return False
    return abs((sign.stated.first - sore.stated.first).days) <= chart.numbers["crps_signs_days"]


def _hips(chart: Chart) -> list[Statement]:
    """Arthritic hips that were not replaced later; a replacement whose side is not named may be of that hip."""
    # Only the latest replacement of each side is asked about: what it is too early for, all of that side are.
    latest: dict[Side, Statement] = {}
    for done in said(chart, "hip-arthroplasty"):
        if done.resource != "ServiceRequest":
            held = latest.get(done.side)
            latest[done.side] = done if held is None or _last_day(done) > _last_day(held) else held
    return [s for s in _open(chart, "hip-oa") if not any(_replaces(r, s) for r in latest.values())]


def _last_day(statement: Statement) -> date:
    span = begun(statement)
    return span.last if span else date.max


def _replaces(replacement: Statement, hip: Statement) -> bool:
    done, stated = begun(replacement), begun(hip)
    if done and stated and done.last < stated.first:
        return False
    if hip.side is Side.BILATERAL:
        return replacement.side in (Side.BILATERAL, Side.UNKNOWN)
    return Side.UNKNOWN in (replacement.side, hip.side) or replacement.side in (hip.side, Side.BILATERAL)


def _sacroiliac(chart: Chart) -> Iterator[Finding]:
    told = _open(chart, "si-joint-pain", "sacroiliitis", "sacrococcygeal-disorder")
    late = _first_after(chart, told)
    yield from _yes("si_pain_coded", [s for s in late if not _is_coccyx(s)])
    yield from _yes("si_region_coded", [s for s in late if _is_coccyx(s)])
    tests = [s for s in said(chart, "si-tests-positive", "si-tests-negative") if not s.closed]
    if tests:
        latest = tests[-1]
        yield finding("si_tests", "positive" if latest.concept == "si-tests-positive" else "negative", [latest])


def _is_coccyx(statement: Statement) -> bool:
    return statement.concept == "sacrococcygeal-disorder" or statement.code.startswith(_SACROCOCCYGEAL)


def _b27(chart: Chart) -> Iterator[Finding]:
    answers = {o.ref: answer_of(o, s) for o, s in observed(chart, "hla-b27")}
    coded = [s for s in said(chart, "hla-b27") if s.source not in answers]
    positive = [s for o, s in observed(chart, "hla-b27") if answers[o.ref] is Polarity.YES]
    negative = [s for o, s in observed(chart, "hla-b27") if answers[o.ref] is Polarity.NO]
    negative += said(chart, "hla-b27", polarity=Polarity.NO) if not negative else ()
    if positive or coded:
        yield finding("hla_b27", "yes", [*positive, *coded])
    elif negative:
        yield finding("hla_b27", "no", negative)


def _ankle_brachial(chart: Chart) -> Iterator[Finding]:
    """The latest index; it is measured on each leg, and of one day the lower leg counts."""
    values = readings(chart, "ankle-brachial-index")
    limit = chart.numbers["abi_low_percent"] / 100
    if not values:
        yield from _written_index(chart, limit)
        return
    day = [r for r in values if r.when == values[-1].when]
    low = [r for r in day if surely_below(r.amount, limit)]
    if low:
        yield measured("abi_low", "yes", *low)
    elif all(r.firm and surely_at_least(r.amount, limit) for r in day):
        yield measured("abi_low", "no", *day)


def _written_index(chart: Chart, limit: float) -> Iterator[Finding]:
    """An index whose value is written as a text ("right 0.55, left 0.88"): the lowest leg counts."""
    told = [(s, ratios_in(text_of(o, s))) for o, s in observed(chart, "ankle-brachial-index")]
    read = [(s, min(numbers)) for s, numbers in told if numbers]
    if read:
        latest, lowest = read[-1]
        yield finding("abi_low", "yes" if lowest < limit else "no", [latest])
        return
    notes = [d for d in chart.done if d.step == "vascular-assessment" and d.manner == DONE and d.amount is not None]
    if notes:
        index = max(notes, key=lambda each: each.when.last if each.when else date.min)
        word = "yes" if index.amount is not None and index.amount < limit else "no"
        yield finding("abi_low", word, refs=(index.source,), basis=Basis.NOTE, when=index.when, words=index.words)


def _open(chart: Chart, *concepts: str) -> list[Statement]:
    return [s for s in said(chart, *concepts) if not s.closed and s.resource != "ServiceRequest"]


def _first_after(chart: Chart, statements: Iterable[Statement]) -> list[Statement]:
    """First stated after the index: an earlier entry of the same concept makes it older than the operation."""
    late = [s for s in statements if after_index(chart, begun(s))]
    young = {concept for concept in {s.concept for s in late} if _is_young(chart, concept)}
    return [s for s in late if s.concept in young]


def _is_young(chart: Chart, concept: str) -> bool:
    return all(after_index(chart, span) for s in said(chart, concept) for span in (s.onset, s.stated) if span)


def _yes(name: str, statements: list[Statement]) -> Iterator[Finding]:
    if statements:
        yield finding(name, "yes", statements)
