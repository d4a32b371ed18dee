"""Wound, coded infections and emergency signs: a chart in, the findings on them out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from service.chart.chart import (
    Chart,
    after_index,
    before_index,
    begun,
    covers,
    finding,
    first,
    index_when,
    said,
    within,
)
from service.chart.measurements import answer_of, observed, text_of
from service.chart.postoperative_day import before_last_session, day_of
from service.domain.findings import Finding
from service.domain.places import Side
from service.domain.statements import Basis, Polarity, Statement

_NOW = (
    ("wound_drainage", "wound-drainage", "sign_recent_days"),
    ("clear_drainage", "clear-drainage", "sign_recent_days"),
    ("cold_leg", "cold-leg", "sign_recent_days"),
    ("emergency_told", "emergency-told", "told_recent_days"),
    ("low_csf_pressure", "low-csf-pressure", "sign_recent_days"),
    ("deep_wound", "deep-wound", "sign_recent_days"),
    ("tense_wound", "tense-swelling", "sign_recent_days"),
    ("rigors", "chills", "fever_recent_days"),
    ("text_says_increasing", "pain-worse", "sign_recent_days"),
    ("neck_stiffness", "neck-stiffness", "fever_recent_days"),
    ("altered_consciousness", "altered-consciousness", "fever_recent_days"),
)
_FIRST_STATED = (
    ("calf_sign_new", ("leg-swelling",), "calf_recent_days"),
    ("leg_thrombosis", ("leg-thrombosis",), "calf_recent_days"),
    (
        "chest_sign_new",
        ("chest-pain", "dyspnoea", "haemoptysis", "syncope", "pulmonary-embolism"),
        "chest_recent_days",
    ),
)
_NO_GROWTH = ("no growth", "no bacteria", "no organism", "not grown", "no micro", "sterile", "negative", "not detected")
_ORGANISMS = (
    "staph", "strep", "enteroc", "escherichia", "e. coli", "klebsiella", "pseudomonas", "cutibacterium",
    "propionibacterium", "enterobacter", "proteus", "serratia", "acinetobacter", "bacteroides", "clostrid", "candida",
    "corynebacterium", "haemophilus", "listeria", "salmonella", "mrsa", "mssa", "gram positive", "gram-positive",
    "gram negative", "gram-negative", "positive", "growth of",
)  # fmt: skip


def read(chart: Chart) -> Iterator[Finding]:
    for name, concept, days in _NOW:
        told = [s for s in said(chart, concept) if _is_now(chart, s, chart.numbers[days])]
        yield from _yes(name, [s for s in told if not _is_first_ooze(chart, s)])
    yield from _abdomen(chart)
    for name, concepts, days in _FIRST_STATED:
        yield from _yes(name, [s for c in concepts for s in _first_stated(chart, c, chart.numbers[days])])
    yield from _yes("aortic_aneurysm", [s for s in said(chart, "aortic-aneurysm") if not s.closed])
    yield from _coded(chart)
    yield from _bacteraemia(chart)


def _is_first_ooze(chart: Chart, sign: Statement) -> bool:
    """A spot on the dressing of the first days: every wound oozes then, and nobody calls it more than that."""
    if sign.concept != "wound-drainage" or sign.basis is not Basis.NOTE or sign.stated is None:
        return False
    day = day_of(chart, sign.stated)
    early = day is not None and day.days.high <= chart.numbers["first_ooze_days"]
    return early and sign.attributes.severity == "minimal"


def _coded(chart: Chart) -> Iterator[Finding]:
    sepsis = chart.numbers["sepsis_recent_days"]
    yield from _yes("sepsis_coded", [s for s in said(chart, "sepsis") if within(s.stated, sepsis, chart)])
    # An older code is a matter that nobody closed; one from before the operation is no complication of it.
    meningitis = [s for s in said(chart, "meningitis") if not s.closed and within(s.stated, sepsis, chart)]
    yield from _yes("meningitis_coded", [s for s in meningitis if not before_index(chart, s.stated)])
    wound = [s for s in said(chart, "wound-infection") if not s.closed and _since_last_session(chart, s)]
    yield from _yes("wound_infection_coded", wound)
    implant = [s for s in said(chart, "implant-infection") if not s.closed and after_index(chart, s.stated)]
    yield from _yes("implant_infection_coded", implant)
    sinus = [s for s in said(chart, "draining-sinus") if not s.closed and after_index(chart, s.stated)]
    yield from _yes("draining_sinus", sinus)
    leak = [s for s in said(chart, "csf-leak", "dural-tear") if not s.closed and _at_or_after_index(chart, s)]
    yield from _yes("csf_leak_coded", leak)
    later = [s for s in leak if s.concept == "csf-leak" and s.basis is Basis.CODE and after_index(chart, begun(s))]
    yield from _yes("csf_leak_documented", later)


def _abdomen(chart: Chart) -> Iterator[Finding]:
    """Pain with distension. After an anterior approach the belly is sore and blown up for days: what the note calls
    slight, of the wound or of gas is no sign, unless a word of earnest stands beside it."""
    days = chart.numbers["sign_recent_days"]
    pain = [s for s in said(chart, "abdominal-pain") if _is_now(chart, s, days)]
    distended = [s for s in said(chart, "abdominal-distension") if _is_now(chart, s, days)]
    told = [*pain, *distended]
    if not (pain and distended):
        return
    if any(s.attributes.severity == "severe" for s in told) or all(s.attributes.severity != "minimal" for s in told):
        yield from _yes("abdominal_pain_distension", told)


def _is_now(chart: Chart, statement: Statement, days: float) -> bool:
    """Stated so recently, still standing, and not surely from before the latest session."""
    if statement.closed or (statement.ended and statement.ended.last <= chart.as_of):
        return False
    when = statement.stated or statement.onset
    return when is not None and within(when, days, chart) and not before_last_session(chart, when)


def _first_stated(chart: Chart, concept: str, days: float) -> Iterator[Statement]:
    """First stated so recently; an earlier entry of the same side that had not ended makes it known, not new."""
    told = said(chart, concept)
    known = _known_before(chart, told, days)
    for sign in told:
        if sign.closed or _is_called_chronic(sign) or not within(first(sign), days, chart):
            continue
        if not any(covers(earlier, sign) and not _had_ended(earlier, sign) for earlier in known):
            yield sign


def _is_called_chronic(sign: Statement) -> bool:
    """A note that calls the sign chronic or the same for years; a word of something new or worse keeps it."""
    return sign.basis is Basis.NOTE and sign.attributes.old


def _known_before(chart: Chart, told: Iterable[Statement], days: float) -> Collection[Statement]:
    """Of the entries from before those days the one of each side that ended last: what it does not show none does."""
    last: dict[Side, Statement] = {}
    for entry in told:
        span = first(entry)
        if span is None or within(span, days, chart):
            continue
        held = last.get(entry.side)
        if held is None or _end(entry) > _end(held):
            last[entry.side] = entry
    return last.values()


def _had_ended(earlier: Statement, sign: Statement) -> bool:
    begun_ = begun(sign)
    return begun_ is not None and _end(earlier) < begun_.first


def _end(entry: Statement) -> date:
    return entry.ended.last if entry.ended else date.max


def _since_last_session(chart: Chart, statement: Statement) -> bool:
    return statement.stated is not None and not before_last_session(chart, statement.stated)


def _at_or_after_index(chart: Chart, statement: Statement) -> bool:
    """On the day of the operation too: a tear is coded with it. An operation without a date does not shut it out."""
    when, span = index_when(chart), begun(statement)
    return span is not None and (when is None or span.last >= when.first)


def _bacteraemia(chart: Chart) -> Iterator[Finding]:
    days = chart.numbers["immune_drug_days"]
    coded = [s for s in said(chart, "bacteraemia") if within(s.stated, days, chart)]
    cultures = [(o, s) for o, s in observed(chart, "blood-culture") if within(s.stated, days, chart)]
    grown = [s for o, s in cultures if _grew(answer_of(o, s), text_of(o, s))]
    found = [*coded, *grown]
    if found:
        yield finding("bacteraemia_recent", "yes", found, basis=None if coded else Basis.VALUE)


def _grew(answer: Polarity | None, text: str) -> bool:
    """A culture result is often free text: it counts only when it says positive or names what grew."""
    told = text.lower()[:400]
    if any(phrase in told for phrase in _NO_GROWTH):
        return False
    return answer is Polarity.YES or any(name in told for name in _ORGANISMS)


def _yes(name: str, statements: list[Statement]) -> Iterator[Finding]:
    if statements:
        yield finding(name, "yes", statements)
