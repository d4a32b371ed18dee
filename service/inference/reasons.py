"""Why something was concluded: a clause that held and the findings of the case in; a reason or a trace line out."""

from __future__ import annotations

from collections.abc import Mapping

from service.conclusions import Fired, Reason
from service.knowledge.records import Clause
from service.words import Basis, Finding, Ref

Findings = Mapping[str, Finding]


def reason(clause: Clause, weight: int, findings: Findings) -> Reason:
    names = clause.findings
    return Reason(
        text=clause.because,
        weight=weight,
        group=clause.group,
        findings=names,
        refs=refs_of(names, findings),
        sources=clause.sources,
        clause=clause.id,
        words="; ".join(
            dict.fromkeys(findings[name].words for name in names if name in findings and findings[name].words)
        ),
    )


def fired(stratum: str, clause: Clause, findings: Findings) -> Fired:
    names = clause.findings
    return Fired(stratum, clause.record, clause.id, names, refs_of(names, findings), clause.sources)


def conclude(name: str, word: str, clause: Clause, findings: Findings) -> Finding:
    """A finding that a record concludes: it rests on the resources, and on the weakest basis, of what it came from."""
    grounds = [findings[each] for each in clause.findings if each in findings]
    told = any(finding.basis is Basis.NOTE for finding in grounds)
    return Finding(name, word, refs_of(clause.findings, findings), Basis.NOTE if told else Basis.INFERRED)


def refs_of(names: tuple[str, ...], findings: Findings) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(ref for name in names if name in findings for ref in findings[name].refs))
