"""The causes that stand: the known findings of a case in; every open hypothesis with its verdict out, ranked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from service.domain.done_steps import Settled
from service.domain.findings import Finding
from service.knowledge import Knowledge
from service.knowledge.records import CAUSE, EXCLUSION, WEIGHTS, CauseRecord, Clause, FindingRecord
from service.knowledge.tables import OPEN_WORDS
from service.reasoning.engine import GATES, PRIORS, Engine, Properties, evidence_of
from service.reasoning.evidence import conclude
from service.reasoning.scoring import DOCUMENTED, FITS, LIKELY, POSSIBLE, SILENT, Verdict, weigh

VISIBLE = frozenset({DOCUMENTED, LIKELY, POSSIBLE})


class Case(Struct, frozen=True):
    """The findings of one patient, as people and as the engine read them."""

    findings: Mapping[str, Finding]
    properties: Properties
    concluded: frozenset[str] = frozenset()
    """The findings that finding records concluded; the rest stood on the sheet."""
    settled: Mapping[str, Settled] = {}
    """The steps that texts or papers tell to be done, under way or declined, by id."""

    def is_(self, name: str, word: str) -> bool:
        return self.properties.get(name) == word

    def knows(self, name: str) -> bool:
        """Whether a finding is settled: it is known, and not by a word that leaves its question open."""
        return name in self.findings and self.findings[name].value not in OPEN_WORDS


class Hypothesis(Struct, frozen=True, gc=False):
    """A cause whose gate holds, the keys of its entries that hold, and what they add up to."""

    record: CauseRecord
    held: frozenset[str]
    verdict: Verdict
    doubt: str = ""
    """Which word of the story does not fit, of a cause that is named for what was found."""

    @property
    def certainty(self) -> str:
        return self.verdict.certainty

    @property
    def score(self) -> int:
        return self.verdict.score

    @property
    def found(self) -> bool:
        """Whether something was found for it, beside the story of the pain."""
        return any(clause.group == "finding" for clause, _ in self.verdict.items)

    @property
    def reads_like(self) -> bool:
        """Whether the words of the chart together read most like it."""
        return any(clause.group == "words" for clause, _ in self.verdict.items)

    @property
    def named(self) -> bool:
        """Whether a clinician names it as the diagnosis."""
        return self.verdict.named


class Chained(Struct, frozen=True):
    """A case after the first stratum, and what the finding records concluded in it."""

    case: Case
    fired: tuple[tuple[FindingRecord, Clause], ...]


def chain(findings: Mapping[str, Finding], engine: Engine, knowledge: Knowledge) -> Chained:
    """Let the finding records conclude what follows from the sheet; what the sheet already says stays as it is."""
    known = dict(findings)
    properties = engine.properties(known)
    concluded: list[tuple[FindingRecord, Clause]] = []
    for layer in engine.finding_layers:
        held = engine.match(layer, properties)
        if not held:
            continue
        speaking = records_of(held)
        for record in knowledge.findings.values():
            if record.id in speaking and record.finding not in known:
                clause = next(clause for clause in record.entries if clause.key in held)
                known[record.finding] = conclude(record.finding, record.word, clause, known)
                properties[record.finding] = record.word
                concluded.append((record, clause))
    return Chained(Case(known, properties, frozenset(known.keys() - findings.keys())), tuple(concluded))


def open_gates(case: Case, engine: Engine) -> frozenset[str]:
    """The keys of every gate of causes, negatives and modifiers that holds."""
    return engine.match(GATES, case.properties)


def records_of(keys: Iterable[str]) -> frozenset[str]:
    """The records whose clauses these are: a key begins with its record."""
    return frozenset([key.partition("/")[0] for key in keys])


def stand(records: Iterable[CauseRecord], case: Case, engine: Engine, knowledge: Knowledge) -> list[Hypothesis]:
    """Weigh the evidence on causes whose gate holds."""
    return [weigh_one(record, case, engine, knowledge) for record in records]


def weigh_one(record: CauseRecord, case: Case, engine: Engine, knowledge: Knowledge) -> Hypothesis:
    held = engine.match(evidence_of(record.id), case.properties)
    verdict = weigh(record, held, case.findings, knowledge.families)
    if case.is_("index_surgery", "stated") and verdict.certainty in (DOCUMENTED, LIKELY):
        # An operation that is only spoken of has no date and no level to hold a cause against.
        verdict = replace(verdict, certainty=POSSIBLE)
    return Hypothesis(record, held, verdict)


def rank(hypotheses: Iterable[Hypothesis], order: Mapping[str, int], *, surely: bool = False) -> list[Hypothesis]:
    """What the words of the chart together ``surely`` read like, then certainty before points, what they read like,
    what a clinician names before what is concluded, aetiology before syndrome, what was
    found before what the story alone speaks for; then infection before mechanical causes, then the cause whose own
    pattern is met best, then the one commoner after such an operation.

    A story is told in a few words, and one of them misread moves its points; findings stand. A diagnosis
    of exclusion comes after every cause that is possible. An infection that was proven loosens screws and keeps bone
    from growing: it comes before what it causes. The id only makes the order total.
    """
    hypotheses = list(hypotheses)
    ranked = sorted(
        hypotheses,
        key=lambda each: (
            not (surely and each.reads_like),
            _tier(each),
            not each.reads_like,
            not (each.named and not _outweighed(each, hypotheses)),
            each.record.nature != CAUSE,
            not each.found,
            not (each.record.infection and _proof(each)),
            -each.score,
            not each.record.infection,
            -each.verdict.own,
            order.get(each.record.id, len(order)),
            each.record.id,
        ),
    )
    for lender in [each for each in ranked if _proof(each)]:
        at = ranked.index(lender)
        borrower = next((n for n, each in enumerate(ranked[:at]) if _borrows(each, lender)), at)
        ranked.insert(borrower, ranked.pop(at))
    return ranked


def _outweighed(named: Hypothesis, others: Iterable[Hypothesis]) -> bool:
    """Whether a name that hardly anything goes with stands beside a cause that story, place and a strong finding fit:
    a diagnosis is often written down before the study that shows the cause."""
    return not named.verdict.own and any(
        each.record.nature == CAUSE and _proof(each) and each.score >= named.score + OUTWEIGHS
        for each in others
        if each is not named
    )


def _proof(hypothesis: Hypothesis) -> frozenset[str]:
    """The strong findings that were found for it."""
    return frozenset(
        name
        for clause, weight in hypothesis.verdict.items
        if clause.group == "finding" and weight >= WEIGHTS["strong"]
        for name in clause.findings
    )


def _borrows(hypothesis: Hypothesis, lender: Hypothesis) -> bool:
    """Whether all that was found for it is the other's finding under a wider name: a broken rod is an implant fault."""
    found = {name for clause, _ in hypothesis.verdict.items if clause.group == "finding" for name in clause.findings}
    return (
        bool(found)
        and not hypothesis.record.infection
        and found <= WIDER
        and not lender.record.infection
        and bool(_proof(lender) & NARROWER)
    )


def _tier(hypothesis: Hypothesis) -> int:
    tier = TIERS.index(hypothesis.certainty)
    if hypothesis.record.nature == EXCLUSION and not hypothesis.named and tier <= TIERS.index(POSSIBLE):
        return TIERS.index(POSSIBLE)
    return max(tier, TIERS.index(LIKELY))


def worked_up_first(ranked: Sequence[Hypothesis]) -> list[Hypothesis]:
    """The causes whose tests are worth doing now: those with more than half the points of the leading one. An infection
    is never left for later."""
    return [
        each
        for place, each in enumerate(ranked)
        if not place or each.record.infection or each.score * 2 > ranked[0].score
    ]


OUTWEIGHS = 3
"""Points by which a cause must lead one that a clinician names to come before it."""

WIDER = frozenset({"implant_fault"})
NARROWER = frozenset({"implant_broken", "implant_loose", "cage_moved"})
"""What is an implant fault: the cause that names which one comes before the cause that any of them makes likelier."""

TIERS = (DOCUMENTED, LIKELY, POSSIBLE, FITS, SILENT)
"""Documented is a label beside likely, no rank of its own."""


def prior_order(case: Case, engine: Engine, knowledge: Knowledge) -> dict[str, int]:
    """Where each cause comes in the priors that hold, read from top to bottom."""
    held = engine.match(PRIORS, case.properties)
    order: dict[str, int] = {}
    for prior in knowledge.priors:
        if prior.key in held:
            for id_ in prior.causes:
                order.setdefault(id_, len(order))
    return order


def visible(hypotheses: Iterable[Hypothesis]) -> list[Hypothesis]:
    return [each for each in hypotheses if each.certainty in VISIBLE]


def fitting(hypotheses: Iterable[Hypothesis]) -> list[Hypothesis]:
    return [each for each in hypotheses if each.certainty == FITS]
