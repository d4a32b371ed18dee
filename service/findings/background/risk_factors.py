"""The patient: a chart in; age, risks, habits, drugs, treatment, mimics and barriers out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from service.chart.chart import Chart, after_index, begun, finding, last_stated_day, said, within
from service.chart.measurements import measured, readings
from service.chart.medications import in_use, is_long
from service.chart.postoperative_day import before_last_session
from service.chart.units import surely_at_least, surely_below
from service.domain import partial_dates
from service.domain.findings import Finding
from service.domain.spans import Interval, Span
from service.domain.statements import Basis, Polarity, Statement
from service.fhir import resources
from service.fhir.elements import words_of
from service.findings.background import contraindications, mimics, mr_safety

_OLDEST = 130
_BONE_CANCERS = ("C50", "C61", "C34", "C64", "C73")
"""Breast, prostate, lung, kidney, thyroid: closed codes of these are a history of a cancer that goes to bone."""
_SKIN_CANCER = "C44"
_TOBACCO_REMISSION = re.compile(r"F17\.2\d1")

_SMOKING_STATUS = "72166-2"
_NON_SMOKER_CODES = frozenset({"266919005", "8517006"})
_NON_SMOKER = re.compile(
    r"\bnever\b|\bex\b|\bex-|\bformer|\bnon-?smok|\bquit|\bstopped\b|\bnot? (?:a )?smok|does not smoke"
)
_UNSURE_SMOKER = re.compile(r"unknown|not asked|declined")
_SMOKER = re.compile(r"smok|tobacco|cigar|daily|every ?day|some ?day|current|heavy|light")

_UNDONE = frozenset({"registered", "cancelled", "entered-in-error"})

_STANDING = (
    ("diabetes", "diabetes"),
    ("osteoporosis", "osteoporosis"),
    ("degenerative_scoliosis", "degenerative-scoliosis"),
    ("cancer_history_bone", "cancer-history-bone"),
    ("depression_anxiety", "depression-anxiety"),
    ("compensation", "compensation"),
)
_INJECTIONS = ("spinal-injection", "nerve-root-block", "facet-block", "discography", "myelogram")
_VISIT = {
    "physiotherapy_done": re.compile(r"physio ?therap|physical therap|exercise therap|\bphysio\b"),
    "pain_clinic_done": re.compile(r"pain (?:clinic|medicine|management|service|unit|cent(?:er|re))"),
}
_TREATMENT = {"physiotherapy_done": "physiotherapy", "pain_clinic_done": "pain-clinic-contact"}
_ATTENDED = frozenset({"finished", "in-progress", "arrived", "triaged", "onleave", "unknown", ""})


def read(chart: Chart) -> Iterator[Finding]:
    """Every finding on the person that the chart makes known; runs last, after labs and imaging."""
    yield from mimics.read(chart)
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
    patient = chart.record.patient
    born = partial_dates.parse(patient.birth_date) if patient else None
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
    told: list[tuple[Statement, bool]] = [
        (s, True) for s in _open(chart, "smoking") if not _TOBACCO_REMISSION.match(s.code)
    ]
    told += [(s, False) for s in said(chart, "smoking", polarity=Polarity.NO)]
    asked = tuple(_asked(chart))
    sources = {s.source for s, _ in asked}
    told = [pair for pair in told if pair[0].source not in sources] + [(s, w) for s, w in asked if w is not None]
    if told:
        latest, smokes = max(told, key=lambda pair: (last_stated_day(pair[0]), pair[1]))
        yield finding("smoking", "yes" if smokes else "no", [latest])


def _asked(chart: Chart) -> Iterator[tuple[Statement, bool | None]]:
    for observation in chart.record.observations:
        codes = {c.code for c in (observation.code.coding if observation.code else None) or () if c}
        if _SMOKING_STATUS not in codes or (observation.status or "").strip().lower() in _UNDONE:
            continue
        value = observation.value_codeable_concept
        shown = [c.display or "" for c in (value.coding if value else None) or () if c]
        text = " ".join((words_of(value), observation.value_string or "", *shown))
        coded = {c.code for c in (value.coding if value else None) or () if c}
        stated = partial_dates.parse(observation.effective_date_time or observation.issued)
        yield (
            Statement("smoking", observation.ref, Basis.VALUE, stated=stated, words=words_of(value) or text[:160]),
            _says_smoker(text.lower()[:300], coded & _NON_SMOKER_CODES != set()),
        )


def _says_smoker(text: str, coded_no: bool) -> bool | None:
    if coded_no or _NON_SMOKER.search(text):
        return False
    return None if _UNSURE_SMOKER.search(text) or not _SMOKER.search(text) else True


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
    yield from _yes("weight_loss", [s for s in _open(chart, "weight-loss") if within(s.stated or s.onset, loss, chart)])
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
    told += [
        s
        for s in said(chart, *_INJECTIONS)
        if within(begun(s), days, chart) and not s.source.startswith("ServiceRequest/")
    ]
    blood = chart.known.get("bacteraemia_recent")
    if told or blood:
        yield finding("immune_risk", "yes", told, refs=blood.refs if blood else (), words="" if told else _words(blood))


def _treatment(chart: Chart) -> Iterator[Finding]:
    done = {r.ref for r in chart.record.service_requests if (r.status or "").strip().lower() == "completed"}
    for name, concept in _TREATMENT.items():
        told = [
            s
            for s in said(chart, concept)
            if after_index(chart, begun(s)) and (not s.source.startswith("ServiceRequest/") or s.source in done)
        ]
        visits = [e.ref for e in chart.record.encounters if _is_visit(chart, e, _VISIT[name])]
        if told or visits:
            yield finding(name, "yes", told, refs=tuple(visits))
    stimulator = chart.known.get("stimulator_present")
    placed = _open(chart, "stimulator-implant", "stimulator-present")
    if placed or (stimulator and stimulator.value == "yes"):
        yield finding("scs_assessed", "yes", placed, refs=stimulator.refs if stimulator else ())


def _is_visit(chart: Chart, encounter: resources.Encounter, said_: re.Pattern[str]) -> bool:
    if (encounter.status or "").strip().lower() not in _ATTENDED:
        return False
    start = partial_dates.parse(encounter.period.start) if encounter.period else None
    told = " ; ".join(words_of(t) for t in encounter.type or ()).lower()
    return bool(said_.search(told)) and after_index(chart, start)


def _words(found: Finding | None) -> str:
    return found.words if found else ""


def _open(chart: Chart, *concepts: str) -> list[Statement]:
    """Entries that stand: neither closed nor a mere order."""
    return [s for s in said(chart, *concepts) if not s.closed and not s.source.startswith("ServiceRequest/")]


def _is_over(chart: Chart, statement: Statement) -> bool:
    return statement.ended is not None and statement.ended.last <= chart.as_of


def _yes(name: str, statements: list[Statement] | tuple[Statement, ...]) -> Iterator[Finding]:
    if statements:
        yield finding(name, "yes", statements)
