"""Rulebook section 2: the entries of one cause that hold go in; its points, its verdict and its reasons come out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from operator import itemgetter

from msgspec import Struct

from service.domain.findings import Finding
from service.domain.statements import Basis
from service.knowledge.records import WEIGHTS, CauseRecord, Clause

DOCUMENTED, LIKELY, POSSIBLE, FITS, SILENT = "documented", "likely", "possible", "fits", "silent"

LIKELY_FROM = 5
POSSIBLE_FROM = 3
FITS_FROM = 1
GROUP_LIMIT = 3
FIT_LIMIT = 2
WEAK = 1
WORDS_STAND = 3
"""What the words of the whole chart must weigh to be told whatever speaks against."""
_NAMED = "_named"
"""How the findings end that hold a diagnosis by its name."""

BACKGROUND = frozenset({"surgery", "pain"})
"""Families that say who the patient is rather than what was found: they do not make two observations one."""

Item = tuple[Clause, int]
"""An entry that holds, and what it weighs in this patient."""


class Verdict(Struct, frozen=True, gc=False):
    certainty: str
    score: int
    fit: int
    items: tuple[Item, ...]
    against: tuple[Item, ...]
    own: int = 0
    """What the course and the pattern of this very cause weigh: it separates causes that the same operation fits."""
    named: bool = False
    """Whether a clinician names it as the diagnosis, and nothing that was shown later speaks strongly against it."""


def weigh(
    record: CauseRecord, held: frozenset[str], findings: Mapping[str, Finding], families: Mapping[str, str]
) -> Verdict:
    """Sum the entries that hold: fit, objective findings, course, pattern, words, minus what speaks against,
    risk last."""
    fit = min(max([clause.points for clause in record.fits if clause.key in held], default=0), FIT_LIMIT)
    items = _once_each([(clause, _weight(clause, findings, families)) for clause in record.for_ if clause.key in held])
    against = _once_each([(clause, clause.weight) for clause in record.against if clause.key in held])
    objective: list[Item] = []
    course = pattern = words = 0
    at_risk = False
    # The code documents the cause whatever else was found: of the same observation it may not be the heaviest entry.
    says = [c for c in record.for_ if c.documented and c.key in held and _is_on_record(c, findings)]
    stand = [clause for clause in says if not _refuted(clause, against, findings)]
    documented = bool(stand)
    for item in items:
        clause, weight = item
        match clause.group:
            case "finding":
                objective.append(item)
            case "course":
                course = max(course, weight)
            case "pattern":
                pattern += weight
            case "words":
                words = max(words, weight)
            case _:
                at_risk = True
    score = (
        fit + _objective(objective, findings, families) + min(course, GROUP_LIMIT) + min(pattern, GROUP_LIMIT) + words
    )
    score -= sum([weight for _, weight in against])
    risks_count = at_risk and score >= POSSIBLE_FROM
    score += risks_count
    if documented:
        score = max(score, LIKELY_FROM)
        certainty = DOCUMENTED
    elif score - words >= LIKELY_FROM and objective:
        certainty = LIKELY
    elif score >= POSSIBLE_FROM:
        certainty = POSSIBLE
    else:
        # Of a cause that merely fits nothing was found: one thing that speaks against it is enough to leave it out.
        certainty = FITS if fit and score >= FITS_FROM and not against else SILENT
    if words >= WORDS_STAND and certainty in (FITS, SILENT):
        # All words of a chart outweigh one of them: what speaks against is told beside it.
        certainty = POSSIBLE
    counted = items if risks_count or not at_risk else [item for item in items if item[0].group != "risk"]
    own = min(course, GROUP_LIMIT) + min(pattern, GROUP_LIMIT)
    return Verdict(certainty, score, fit, tuple(counted), tuple(against), own, any(is_named(c) for c in stand))


def _is_on_record(clause: Clause, findings: Mapping[str, Finding]) -> bool:
    """A note that speaks of a diagnosis does not document it, unless a clinician gives it by its name; a code, a value,
    an answer or a report does."""
    if is_named(clause):
        return True
    return not any(findings[name].basis is Basis.NOTE for name in clause.findings if name in findings)


def _refuted(clause: Clause, against: list[Item], findings: Mapping[str, Finding]) -> bool:
    """Whether what a clinician names was shown on a later day not to be there."""
    named = _day(clause, findings)
    return (
        is_named(clause)
        and named is not None
        and any(
            weight >= WEIGHTS["strong"] and (shown := _day(other, findings)) is not None and shown > named
            for other, weight in against
        )
    )


def _day(clause: Clause, findings: Mapping[str, Finding]) -> date | None:
    """The last day on which any of what the entry rests on was told."""
    days = [findings[name].when for name in clause.findings if name in findings]
    return max((day.last for day in days if day), default=None)


def is_named(clause: Clause) -> bool:
    """Whether the entry rests on a diagnosis that a clinician gave by its name since the operation."""
    return any(name.endswith(_NAMED) for name in clause.findings)


def _weight(clause: Clause, findings: Mapping[str, Finding], families: Mapping[str, str]) -> int:
    """The entry's own weight; course and pattern told by a note alone weigh at most weak."""
    if clause.group in ("course", "pattern") and clause.weight > WEAK:
        told = [findings[name] for name in clause.findings if name in findings and families.get(name) != "surgery"]
        if any(finding.basis is Basis.NOTE for finding in told):
            return WEAK
    return clause.weight


def _once_each(items: list[Item]) -> list[Item]:
    """One observation feeds one item: of entries about the same observation the heaviest stays."""
    if len(items) < 2:
        return items
    best: dict[str, Item] = {}
    for clause, weight in items:
        held = best.get(clause.observation)
        if held is None or (weight, clause.group == "finding") > (held[1], held[0].group == "finding"):
            best[clause.observation] = (clause, weight)
    return list(best.values())


def _objective(items: list[Item], findings: Mapping[str, Finding], families: Mapping[str, str]) -> int:
    """The strongest objective item, and one point more when a second rests on other resources."""
    if not items:
        return 0
    ordered = sorted(items, key=itemgetter(1), reverse=True)
    strongest, weight = ordered[0]
    if len(ordered) == 1:
        return weight
    first = _grounds(strongest, findings, families)
    second = any(not first & _grounds(clause, findings, families) for clause, _ in ordered[1:])
    return weight + second


def _grounds(clause: Clause, findings: Mapping[str, Finding], families: Mapping[str, str]) -> frozenset[str]:
    """The resources that an entry rests on; a finding without any (an answer, a vignette) stands for itself."""
    names = [name for name in clause.findings if families.get(name) not in BACKGROUND] or list(clause.findings)
    grounds: set[str] = set()
    for name in names:
        finding = findings.get(name)
        grounds.update(finding.refs if finding and finding.refs else (name,))
    return frozenset(grounds)
