"""Whether the patient complains: a case in; pain present, over or not known, and what speaks without knowing, out.

Silence needs positive evidence. When no complaint is known, nothing is known of it: what was found then speaks by
itself if it is strong, and says less.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from service.domain.findings import Finding
from service.domain.partial_dates import surely_before
from service.domain.statements import Basis
from service.knowledge import Knowledge
from service.knowledge.records import WEIGHTS, Clause
from service.reasoning.differential import Case, Hypothesis, chain, open_gates, records_of, stand
from service.reasoning.engine import Engine
from service.reasoning.scoring import DOCUMENTED, LIKELY, POSSIBLE, weigh

PRESENT, OVER, NOT_KNOWN, SLIGHT = "present", "over", "not known", "slight"

_ASSUMED: Mapping[str, str] = {"fbss_context": "yes", "pain_dominance": "mixed"}
"""Leg with back pain opens every door that asks for a kind of pain; nothing that follows from it is counted."""


def of(case: Case) -> str:
    """Present; slight, when the patient is told to be well; over, when relief, an end or no pain is
    on record or all words read so; else not
    known, an old entry alone included."""
    like = case.findings.get("reads_like")
    if like and like.basis is Basis.NOTE:
        return PRESENT
    if "reads_uneventful" in case.findings:
        return OVER
    if case.is_("doing_well", "yes") and not case.is_("worse", "yes"):
        return SLIGHT
    if case.is_("fbss_context", "yes"):
        return PRESENT
    over = case.is_("fbss_context", "no") and not case.is_("stale_entry", "yes")
    return OVER if over or case.is_("course_basis", "recorded") else NOT_KNOWN


def objective(case: Case, pain: str, engine: Engine, knowledge: Knowledge) -> list[Hypothesis]:
    """The causes that a strong finding speaks for although no complaint is known: never more than possible.

    When the pain is over, only what does not need pain speaks: an infection, a leak. When it is slight, what a report,
    a value or a code shows speaks, and of what notes name an infection.
    """
    sheet = {name: finding for name, finding in case.findings.items() if name not in case.concluded}
    known = knowledge.vocabulary.findings
    assumed = {
        name: Finding(name, word, basis=Basis.INFERRED)
        for name, word in _ASSUMED.items()
        if not case.knows(name) and name in known and word in known[name].words
    }
    supposed = chain(
        {**sheet, **assumed, "fbss_context": Finding("fbss_context", "yes", basis=Basis.INFERRED)}, engine, knowledge
    ).case
    doors = records_of(open_gates(supposed, engine))
    # What is known only because a complaint was supposed must not count.
    unfounded = {name for name in supposed.findings if name not in case.findings} | {"fbss_context", "course"}
    found = []
    spoken = [cause for cause in knowledge.causes.values() if pain != OVER or not cause.needs_pain]
    for each in stand([c for c in spoken if c.id in doors], supposed, engine, knowledge):
        groundless = {c.key for c in each.record.clauses if not unfounded.isdisjoint(c.findings)}
        fits = {c.key for c in each.record.fits}
        held = each.held - groundless - fits
        verdict = weigh(each.record, held, case.findings, knowledge.families)
        strong = any(
            c.group == "finding"
            and weight >= WEIGHTS["strong"]
            and (pain != SLIGHT or each.record.infection or not _is_of_note(c, case))
            and (each.record.infection or not _is_of_before(c, case))
            for c, weight in verdict.items
        )
        if strong and verdict.certainty in (DOCUMENTED, LIKELY, POSSIBLE):
            certainty = DOCUMENTED if verdict.certainty == DOCUMENTED else POSSIBLE
            found.append(Hypothesis(each.record, held, replace(verdict, certainty=certainty)))
    return found


def _is_of_before(clause: Clause, case: Case) -> bool:
    """Whether all that it rests on was there before the operation: its code is older."""
    index = case.findings.get("index_surgery")
    told = [case.findings[name] for name in clause.findings if name in case.findings and name in _MIMICS]
    if index is None or not index.when:
        return False
    return bool(told) and all(each.when and surely_before(each.when, index.when) for each in told)


_MIMICS = frozenset({
    "peroneal_coded", "polyneuropathy_coded", "entrapment_named", "polyneuropathy_named", "axial_spa_coded",
    "hip_oa_coded", "pad_coded", "trochanteric_coded", "piriformis_coded", "si_pain_coded", "mimic_coded",
})  # fmt: skip
"""Other generators of pain that a patient may have had for years: of themselves no reason to look for any."""


def _is_of_note(clause: Clause, case: Case) -> bool:
    return any(case.findings[name].basis is Basis.NOTE for name in clause.findings if name in case.findings)
