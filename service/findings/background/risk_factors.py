"""The patient: a chart in; age, risks, habits, drugs, treatment, mimics and barriers out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from service.chart.chart import Chart, after_index, begun, finding, last_stated_day, said, within
from service.chart.measurements import measured, readings
from service.chart.medications import in_use, is_long
from service.chart.postoperative_day import before_last_session
from service.chart.units import surely_at_least, surely_below
from service.coded import smoking
from service.domain import partial_dates
from service.domain.done_steps import DONE, UNREPORTED
from service.domain.findings import Finding
from service.domain.spans import Interval, Span
from service.domain.statements import Basis, Polarity, Statement
from service.fhir import elements
from service.fhir.eligibility import is_completed
from service.findings.background import contraindications, mimics, mr_safety, named_diagnoses, resemblance

_OLDEST = 130
_BONE_CANCERS = ("C50", "C61", "C34", "C64", "C73")
"""Breast, prostate, lung, kidney, thyroid: closed codes of these are a history of a cancer that goes to bone."""
_SKIN_CANCER = "C44"
_NICOTINE = "F17.2"

_STANDING = (
    ("diabetes", "diabetes"),
    ("osteoporosis", "osteoporosis"),
    ("degenerative_scoliosis", "degenerative-scoliosis"),
    ("cancer_history_bone", "cancer-history-bone"),
    ("depression_anxiety", "depression-anxiety"),
    ("opioid_disorder", "opioid-disorder"),
    ("compensation", "compensation"),
)
_INJECTIONS = ("spinal-injection", "nerve-root-block", "facet-block", "discography", "myelogram", "lumbar-puncture")
_TREATMENT = (("physiotherapy_done", "physiotherapy"), ("pain_clinic_done", "pain-clinic-contact"))


def read(chart: Chart) -> Iterator[Finding]:
    """Every finding on the person that the chart makes known; runs last, after labs and imaging."""
    yield from mimics.read(chart)
    yield from named_diagnoses.read(chart)
    yield from resemblance.read(chart)
    yield from _age(chart)
    for name, concept in _STANDING:
        yield from _yes(name, _open(chart, concept))
    yield from _smoking(chart)
    yield from _obesity(chart)
    yield from _cancer(chart)
    yield from _events(chart)
    yield from _drugs(chart)
    yield from _immune_risk(chart)
    yield from mr_safety.read(chart)
    yield from contraindications.read(chart)
    yield from _treatment(chart)


def _age(chart: Chart) -> Iterator[Finding]:
    patient, born = chart.record.patient, elements.born(chart.record)
    if patient is None or born is None or born.first > chart.as_of:
        return
    low, high = (max(0, min(_OLDEST, _years(day, chart.as_of))) for day in (born.last, born.first))
    yield Finding("age_years", Interval(low, high), (patient.ref,), Basis.VALUE, patient.birth_date or "", born)
    if high < chart.numbers["adult_age"]:
        yield Finding("minor_patient", "yes", (patient.ref,), Basis.VALUE, patient.birth_date or "", born)


def _years(born: date, as_of: date) -> int:
    return as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))


def _smoking(chart: Chart) -> Iterator[Finding]:
    """The latest word: a code, or the answer to the question for the smoking status."""
    told = [(s, True) for s in _open(chart, "smoking") if not _is_in_remission(s)]
    told += [(s, False) for s in said(chart, "smoking", polarity=Polarity.NO)]
    asked = {s.source for s, _ in told if s.code == smoking.STATUS}
    told = [(s, smokes) for s, smokes in told if s.code == smoking.STATUS or s.source not in asked]
    if told:
        latest, smokes = max(told, key=lambda pair: (last_stated_day(pair[0]), pair[1]))
        yield finding("smoking", "yes" if smokes else "no", [latest])


def _is_in_remission(statement: Statement) -> bool:
    """Nicotine dependence in remission: F17.201, F17.211 ..."""
    return statement.code.startswith(_NICOTINE) and statement.code[6:7] == "1"


def _obesity(chart: Chart) -> Iterator[Finding]:
    """The latest index decides; a code stands unless a later index is lower."""
    values = readings(chart, "bmi")
    latest = values[-1] if values else None
    limit = chart.numbers["bmi_obese"]
    if latest and surely_at_least(latest.amount, limit):
        yield measured("obesity", "yes", latest)
        return
    coded = [
        s
        for s in _open(chart, "obesity")
        if not (latest and surely_below(latest.amount, limit) and (not s.stated or s.stated.last <= latest.when.first))
    ]
    yield from _yes("obesity", coded)


def _cancer(chart: Chart) -> Iterator[Finding]:
    skin = {s.source for s in said(chart, "skin-cancer")}
    every = [s for s in said(chart, "cancer-active") if s.source not in skin and not s.code.startswith(_SKIN_CANCER)]
    yield from _yes("cancer_active", [s for s in every if not s.closed and not _is_over(chart, s)])
    ended = [s for s in every if (s.closed or _is_over(chart, s)) and s.code.startswith(_BONE_CANCERS)]
    if not _open(chart, "cancer-history-bone"):
        yield from _yes("cancer_history_bone", ended)


def _events(chart: Chart) -> Iterator[Finding]:
    loss = chart.numbers["old_sign_days"]
    lost = [s for s in _open(chart, "weight-loss") if within(s.stated or s.onset, loss, chart)]
    # What has gone on for more than a year is no loss that nobody can explain.
    yield from _yes("weight_loss", [s for s in lost if s.onset is None or within(s.onset, 4 * loss, chart)])
    injuries = [s for s in said(chart, "fall-or-trauma") if (at := begun(s)) and not before_last_session(chart, at)]
    days = chart.numbers["trauma_recent_days"]
    recent = [s for s in injuries if within(begun(s), days, chart)]
    yield from _yes("trauma_recent", recent)
    onset = chart.pain.episode_onset if chart.pain else None
    yield from _yes("fall", recent or [s for s in injuries if _leads_to(begun(s), onset, days)])


def _leads_to(injury: Span | None, onset: Span | None, days: float) -> bool:
    """The pain began on the day of the injury or within so many days of it."""
    if injury is None or onset is None:
        return False
    between = partial_dates.days_between(injury, onset)
    return between.high >= 0 and between.low <= days and between.high <= days + (onset.last - onset.first).days


def _drugs(chart: Chart) -> Iterator[Finding]:
    numbers = chart.numbers
    yield from _yes("opioid_long", is_long(chart, "opioid", numbers["opioid_long_days"]))
    yield from _yes("long_term_steroid", is_long(chart, "steroid", numbers["steroid_long_days"]))
    yield from _yes("neuropathic_drug", in_use(chart, "gabapentinoid", numbers["immune_drug_days"]))


def _immune_risk(chart: Chart) -> Iterator[Finding]:
    days = chart.numbers["immune_drug_days"]
    told = _open(chart, "diabetes", "ckd-severe", "immune-suppression")
    told += [s for drug in ("steroid", "immunosuppressant") for s in in_use(chart, drug, days)]
    told += [s for s in said(chart, *_INJECTIONS) if within(begun(s), days, chart) and s.resource != "ServiceRequest"]
    blood = chart.known.get("bacteraemia_recent")
    if told or blood:
        yield finding("immune_risk", "yes", told, refs=blood.refs if blood else (), words="" if told else _words(blood))


_TOOK_PLACE = frozenset({DONE, UNREPORTED})
_PAPERS = frozenset({"DocumentReference", "Composition"})


def _is_after_recovery(chart: Chart, statement: Statement) -> bool:
    """A note of a ward's physiotherapist gets somebody out of bed, and is no course of treatment."""
    operated = chart.surgery.index.when if chart.surgery and chart.surgery.index else None
    if statement.basis is not Basis.CODE or operated is None or statement.stated is None:
        return True
    return (statement.stated.first - operated.last).days >= chart.numbers["watchful_days"]


def _treatment(chart: Chart) -> Iterator[Finding]:
    done = {r.ref for r in chart.record.service_requests if is_completed(r)}
    for name, concept in _TREATMENT:
        told = [s for s in said(chart, concept) if after_index(chart, begun(s))]
        told = [s for s in told if s.resource != "ServiceRequest" or s.source in done]
        told = [s for s in told if s.resource not in _PAPERS or _is_after_recovery(chart, s)]
        yield from _yes(name, told)
        texts = [d for d in chart.done if d.study == name and d.manner in _TOOK_PLACE and after_index(chart, d.when)]
        if texts and not told:
            refs = tuple(dict.fromkeys(d.source for d in texts))
            yield finding(name, "yes", refs=refs, basis=Basis.NOTE, words=texts[0].words, when=texts[0].when)
    stimulator = chart.known.get("stimulator_present")
    placed = _open(chart, "stimulator-implant", "stimulator-present")
    if placed or (stimulator and stimulator.value == "yes"):
        yield finding("scs_assessed", "yes", placed, refs=stimulator.refs if stimulator else ())


def _words(found: Finding | None) -> str:
    return found.words if found else ""


def _open(chart: Chart, *concepts: str) -> list[Statement]:
    """Entries that stand: neither closed nor a mere order."""
    return [s for s in said(chart, *concepts) if not s.closed and s.resource != "ServiceRequest"]


def _is_over(chart: Chart, statement: Statement) -> bool:
    return statement.ended is not None and statement.ended.last <= chart.as_of


def _yes(name: str, statements: list[Statement] | tuple[Statement, ...]) -> Iterator[Finding]:
    if statements:
        yield finding(name, "yes", statements)
