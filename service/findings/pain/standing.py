"""Whether a complaint still stands: entries and scores since the operation in, those that newer words ended out.

A score says how strong the pain was on its day: a newer one of relief ends what scores alone had told. A diagnosis that
was there before the operation and is billed again says that there was a visit, not that there is pain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from service.chart.chart import Chart, after_index, before_index, kept, said
from service.chart.pain_scores import Score
from service.domain import partial_dates
from service.domain.places import Side
from service.domain.spans import Span
from service.domain.statements import Basis, Polarity, Ref, Statement
from service.fhir import elements, resources

_BAD = frozenset({"severe", "moderate"})
_BILLED = frozenset({"encounter-diagnosis"})


def outlived(chart: Chart, now: Sequence[Statement], scores: Sequence[Score]) -> tuple[Statement, ...]:
    """What newer words ended: pain scores by a later score of relief at the same site or without one; what notes say of
    pain by a score of relief of that day or later, and where the sentence speaks of its relief. Codes stay."""
    low = [s for s in scores if s.when and s.value <= chart.numbers["score_relief"]]
    calm = _calm_until(chart, scores)
    # Words or codes tell of pain beside the scores: then the numbers alone do not end it.
    only_scores = all(s.basis is Basis.VALUE or _is_told_of(chart, s, calm) for s in now)
    return tuple(
        s
        for s in now
        if (_is_told_of(chart, s, calm) if s.basis is not Basis.VALUE else only_scores and _is_outlived(s, low))
    )


def _is_outlived(entry: Statement, low: Sequence[Score]) -> bool:
    site = _SITE_OF.get(entry.concept, "")
    return any(
        score.when is not None
        and entry.stated is not None
        and score.site in (site, "")
        and partial_dates.surely_after(score.when, entry.stated)
        for score in low
    )


def _is_told_of(chart: Chart, entry: Statement, calm: Span | None) -> bool:
    """A pain that a note names as the subject of its relief, or not later than a score of relief."""
    if entry.basis is not Basis.NOTE:
        return False
    if entry.attributes.turned:
        return False
    subject = kept(chart, "sentences of relief", _sentences_of_relief)
    if (entry.source, entry.sentence) in subject or _is_denied_since(chart, entry):
        return True
    if calm is None or entry.stated is None or partial_dates.surely_after(entry.stated, calm):
        return False
    return entry.source not in kept(chart, "notes that complain", _notes_that_complain)


def _is_denied_since(chart: Chart, entry: Statement) -> bool:
    """Whether a later note that complains of nothing denies both pain of the back and pain of the legs."""
    if entry.stated is None:
        return False
    denied = kept(chart, "notes that deny all pain", _notes_that_deny)
    return any(partial_dates.surely_after(day, entry.stated) for day in denied)


def _notes_that_deny(chart: Chart) -> tuple[Span, ...]:
    back, legs = (
        {s.source: s.stated for s in said(chart, concept, polarity=Polarity.NO) if s.basis is Basis.NOTE and s.stated}
        for concept in ("back-pain", "leg-pain")
    )
    for said_so in said(chart, "no-pain"):
        if said_so.basis is Basis.NOTE and said_so.stated:
            back |= {said_so.source: said_so.stated} if "back" in said_so.attributes.sites else {}
            legs |= {said_so.source: said_so.stated} if "leg" in said_so.attributes.sites else {}
    hurts = {s.source for s in said(chart, *_COMPLAINS, *_PAINS)}
    return tuple(day for source, day in back.items() if source in legs and source not in hurts and day)


def is_eased(chart: Chart, entry: Statement) -> bool:
    """Whether a note names this pain as the subject of some relief, in full or in part."""
    eased = kept(chart, "sentences of any relief", _sentences_of_any_relief)
    return entry.basis is Basis.NOTE and (entry.source, entry.sentence) in eased


def is_complaint(chart: Chart, entry: Statement) -> bool:
    """Whether somebody complains of this pain: it is coded or scored, graded, new or ongoing, or its note calls a pain
    worse, back or not relieved. A leg that a note of the first days merely names is why there was an operation, or the
    soreness after it."""
    if entry.basis is not Basis.NOTE:
        return True
    told = entry.attributes
    graded = told.severity in _BAD or (told.score is not None and told.score >= chart.numbers["score_pain"])
    began = entry.onset is not None and after_index(chart, entry.onset)
    if graded or entry.source in kept(chart, "notes that complain", _notes_that_complain):
        return True
    if told.long or (entry.onset is not None and before_index(chart, entry.onset)):
        return False  # what was there long before and is named in passing is not why anybody comes
    return told.old or told.new or told.begun or told.turned or told.since_surgery or began


def _sentences_of_any_relief(chart: Chart) -> frozenset[tuple[Ref, int]]:
    eased = frozenset((s.source, s.sentence) for s in said(chart, "partial-relief"))
    return (eased | _sentences_of_relief(chart)) - {(s.source, s.sentence) for s in said(chart, *_COMPLAINS)}


def _sentences_of_relief(chart: Chart) -> frozenset[tuple[Ref, int]]:
    still = {(s.source, s.sentence) for s in said(chart, *_COMPLAINS)}
    return frozenset((s.source, s.sentence) for s in said(chart, "pain-relief", "no-pain")) - still


def _notes_that_complain(chart: Chart) -> frozenset[Ref]:
    """Notes that call the pain worse, back, or not relieved: no score speaks for them."""
    return frozenset(s.source for s in said(chart, *_COMPLAINS))


_COMPLAINS = ("no-relief", "pain-worse", "pain-returned")
_PAINS = (
    *("back-pain", "leg-pain", "back-and-leg-pain", "bilateral-leg-pain", "buttock-pain", "claudication"),
    *("distal-leg-only", "burning-pain", "nondermatomal-burning", "chronic-pain", "groin-pain"),
    *("hip-pain", "lateral-hip-pain", "si-joint-pain", "symmetric-symptoms"),
)
_SITE_OF = {"leg-pain": "leg", "back-pain": "back"}


def at_rest(chart: Chart, scores: Sequence[Score]) -> bool:
    """Whether the newest scores since the operation are all of relief."""
    return _calm_until(chart, scores) is not None


def _calm_until(chart: Chart, scores: Sequence[Score]) -> Span | None:
    """The day of the newest scores since the operation, when all of that day are of relief."""
    since = [s for s in scores if s.when and after_index(chart, s.when)]
    newest = since[-1].when if since else None
    calm = all(s.value <= chart.numbers["score_relief"] for s in since if s.when == newest)
    return newest if calm else None


def without_record_date(chart: Chart) -> frozenset[Ref]:
    """The Conditions that tell an onset but not when they were written down."""
    return kept(
        chart,
        "conditions without a date",
        lambda c: frozenset(x.ref for x in c.record.conditions if not elements.is_dated(x)),
    )


def told_since(chart: Chart) -> frozenset[Ref]:
    """Problems without the day of their recording whose own words tell what an operation did not change.

    That can only have been written after it, however early the problem began.
    """
    undated = without_record_date(chart)
    return frozenset(s.source for s in said(chart, "no-relief") if s.source in undated)


def billed_again(chart: Chart, told: Iterable[Statement], earlier: Sequence[Statement]) -> frozenset[Ref]:
    """Diagnoses of a visit that only repeat a complaint from before the operation: the same kind and side, no onset, no
    words of their own. The reason of a visit, an onset, a note or a text beyond the code's name states pain again."""
    conditions = kept(chart, "conditions billed at visits", _billed)
    return frozenset(
        s.source
        for s in told
        if s.source in conditions
        and s.basis is Basis.CODE
        and s.onset is None
        and any(_repeats(s, old) for old in earlier)
    )


def _repeats(entry: Statement, old: Statement) -> bool:
    return entry.concept == old.concept and len({entry.side, old.side} - {Side.UNKNOWN, Side.BILATERAL}) < 2


def _billed(chart: Chart) -> frozenset[Ref]:
    return frozenset(c.ref for c in chart.record.conditions if _is_bill(c))


def _is_bill(condition: resources.Condition) -> bool:
    category = {c.code for k in condition.category or () for c in k.coding or () if c and c.code}
    if not category & _BILLED or condition.note or condition.severity:
        return False
    code = condition.code
    text = code.text if code else None
    return not text or text in {c.display for c in (code.coding or () if code else ()) if c}
