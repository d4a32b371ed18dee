"""Why something was concluded: a clause that held and the findings of the case in; a reason or a trace line out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from service.domain.conclusions import Fired, Reason
from service.domain.findings import Finding
from service.domain.statements import Basis, Ref
from service.knowledge.records import Clause

Findings = Mapping[str, Finding]


def reason(clause: Clause, weight: int, findings: Findings, *, text: str = "", group: str = "") -> Reason:
    """Why an entry counts; ``text`` and ``group`` stand in for its own."""
    grounds = [findings[name] for name in clause.findings if name in findings]
    return Reason(
        text=text or clause.because,
        weight=weight,
        group=group or clause.group,
        findings=clause.findings,
        refs=refs_of(grounds),
        sources=clause.sources,
        clause=clause.id,
        words="; ".join(dict.fromkeys([finding.words for finding in grounds if finding.words])),
    )


def fired(stratum: str, clause: Clause, findings: Findings) -> Fired:
    grounds = [findings[name] for name in clause.findings if name in findings]
    return Fired(stratum, clause.record, clause.id, clause.findings, refs_of(grounds), clause.sources)


def conclude(name: str, word: str, clause: Clause, findings: Findings) -> Finding:
    """A finding that a record concludes: it rests on the resources, on the weakest basis and on the latest day of what
    it came from."""
    grounds = [findings[each] for each in clause.findings if each in findings]
    told = any(finding.basis is Basis.NOTE for finding in grounds)
    days = [finding.when for finding in grounds if finding.when]
    when = max(days, key=lambda day: day.last, default=None)
    return Finding(name, word, refs_of(grounds), Basis.NOTE if told else Basis.INFERRED, when=when)


def refs_of(grounds: Iterable[Finding]) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys([ref for finding in grounds for ref in finding.refs]))
