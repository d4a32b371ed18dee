"""What bars or burdens a test: a chart in, lumbar puncture, contrast, pregnancy and clotting out."""

from __future__ import annotations

from collections.abc import Iterator

from service.chart.chart import Chart, finding, last_stated_day, said, within
from service.chart.measurements import Reading, answer_of, measured, observed, readings, text_of
from service.chart.medications import concepts_in, in_use
from service.chart.units import surely_above, surely_below
from service.domain.findings import Finding
from service.domain.statements import Basis, Polarity, Ref, Statement
from service.fhir import datatypes, resources
from service.fhir.elements import words_of
from service.fhir.eligibility import is_closed

_SUSPECT_INFECTION = (
    ("infection_labs", "abnormal"),
    ("fever", "yes"),
    ("crp_second_rise", "yes"),
    ("bacteraemia_recent", "yes"),
    ("sepsis_coded", "yes"),
    ("spinal_infection_coded", "yes"),
    ("abscess_seen", "yes"),
    ("fluid_collection", "yes"),
    ("wound_infection_coded", "yes"),
    ("implant_infection_coded", "yes"),
    ("draining_sinus", "yes"),
    ("wound_drainage", "yes"),
)
_ACUTE_KIDNEY = "N17"


def read(chart: Chart) -> Iterator[Finding]:
    thinned = _anticoagulated(chart)
    if thinned:
        yield finding("anticoagulant", "yes", thinned)
    elif prevented := _anticoagulated(chart, "anticoagulant-prophylactic"):
        yield finding("anticoagulant", "prophylactic", prevented)
    yield from _puncture(chart, thinned)
    yield from _kidney(chart)
    yield from _allergy(chart)
    yield from _pregnancy(chart)


def _anticoagulated(chart: Chart, concept: str = "anticoagulant") -> tuple[Statement, ...]:
    """A finished course is out of the blood within the week."""
    return tuple(
        s
        for s in in_use(chart, concept, chart.numbers["severe_pain_days"])
        if not s.closed or within(s.ended, chart.numbers["severe_pain_days"], chart)
    )


def _puncture(chart: Chart, thinned: tuple[Statement, ...]) -> Iterator[Finding]:
    """Suspected spinal infection, slow clotting, few platelets: any one, on the safe side of what is not known."""
    infected = [f for name, word in _SUSPECT_INFECTION if (f := chart.known.get(name)) and f.value == word]
    inr = _latest(chart, "inr", "quarter_days")
    platelets = _latest(chart, "platelets", "quarter_days")
    slow = inr if inr and surely_above(inr.amount, chart.numbers["inr_limit"]) else None
    few = platelets if platelets and surely_below(platelets.amount, chart.numbers["platelets_limit"]) else None
    if not (infected or thinned or slow or few):
        return
    refs: list[Ref] = [r for f in infected for r in f.refs] + [s.source for s in thinned]
    refs += [r.ref for r in (slow, few) if r]
    words = [f.words for f in infected] + [s.words for s in thinned] + [r.words for r in (slow, few) if r]
    basis = infected[0].basis if infected else Basis.CODE if thinned else Basis.VALUE
    yield Finding("lp_barrier", "yes", tuple(dict.fromkeys(refs)), basis, "; ".join(w for w in words if w)[:160])


def _kidney(chart: Chart) -> Iterator[Finding]:
    days = chart.numbers["egfr_max_age_days"]
    egfr = _latest(chart, "egfr", "egfr_max_age_days")
    poor = egfr if egfr and surely_below(egfr.amount, chart.numbers["egfr_limit"]) else None
    # Acute kidney injury passes; stages 4 and 5 and dialysis do not.
    coded = [
        s
        for s in said(chart, "ckd-severe")
        if not s.closed and (not s.code.startswith(_ACUTE_KIDNEY) or within(s.stated or s.onset, days, chart))
    ]
    if coded:
        yield finding("gd_caution", "yes", coded, refs=(poor.ref,) if poor else ())
    elif poor:
        yield measured("gd_caution", "yes", poor)


def _allergy(chart: Chart) -> Iterator[Finding]:
    """By code, or by the name of a gadolinium agent in the entry; one that names no agent is of contrast in general."""
    over = {a.ref for a in chart.record.allergies if is_closed(a)}
    coded = [s for s in said(chart, "gadolinium-allergy") if not s.closed and s.source not in over]
    named = [a for a in chart.record.allergies if a.ref not in over and "gadolinium" in concepts_in(_all_words(a.code))]
    if coded or named:
        refs = tuple(dict.fromkeys(a.ref for a in named))
        yield finding("gd_allergy", "yes", coded, refs=refs, words=_all_words(named[0].code)[:160] if named else "")
    # "Allergy to contrast media" is heeded before gadolinium, and before iodine as well.
    general = [s for s in coded if s.words and not s.code and "gadolinium" not in concepts_in(s.words)]
    agents = {*(s.source for s in coded if s not in general), *(a.ref for a in named)}
    both = (*said(chart, "contrast-allergy"), *general)
    told = [s for s in both if not s.closed and s.source not in over | agents]
    if told:
        yield finding("contrast_allergy", "yes", told)


def _pregnancy(chart: Chart) -> Iterator[Finding]:
    """The latest word of the last year: a code that is still open, a status or a test that says yes."""
    if chart.record.patient and (chart.record.patient.gender or "").strip().lower() == "male":
        return
    days = chart.numbers["year_days"]
    results = {o.ref: _is_pregnant(o, s) for o, s in observed(chart, "pregnancy")}
    told = [
        (s, results.get(s.source, s.polarity is Polarity.YES))
        for polarity in (Polarity.YES, Polarity.NO)
        for s in said(chart, "pregnancy", polarity=polarity)
        if not s.closed and not (s.ended and s.ended.last <= chart.as_of) and within(s.stated or s.onset, days, chart)
    ]
    known = [(s, word) for s, word in told if word is not None]
    if known:
        latest, word = max(known, key=lambda pair: (last_stated_day(pair[0]), pair[1]))
        if word:
            yield finding("pregnancy", "yes", [latest])


def _is_pregnant(observation: resources.Observation, statement: Statement) -> bool | None:
    answer = answer_of(observation, statement)
    if answer is not None:
        return answer is Polarity.YES
    told = text_of(observation, statement).lower()
    return True if "pregnant" in told else None


def _latest(chart: Chart, concept: str, max_age: str) -> Reading | None:
    values = readings(chart, concept)
    return values[-1] if values and within(values[-1].when, chart.numbers[max_age], chart) else None


def _all_words(concept: datatypes.CodeableConcept | None) -> str:
    shown = [c.display or "" for c in (concept.coding if concept else None) or () if c]
    return " ; ".join(dict.fromkeys(w for w in (words_of(concept), *shown) if w))
