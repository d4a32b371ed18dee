"""What of a report stands: its statements with their sections in, those that no later part of it takes back out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.domain import spine
from service.domain.places import Side
from service.domain.statements import Polarity, Statement
from service.text.vocabulary.language import Language
from service.text.vocabulary.sections import Section

_AWAY = frozenset({"cervical", "thoracic"})
_NORMAL = "normal-study"
_BROKEN = frozenset(
    {
        "sacral-fracture",
        "pars-facet-fracture",
        "implant-broken",
        "implant-loose",
        "implant-breach",
        "hip-oa",
        "sacroiliitis",
    }
)
_OF_NEWS = re.compile(r"\b(?:new|recurr\w+|re-?herniat\w*|residual|further|another|interval)\b", re.IGNORECASE)


def settled(said: Sequence[tuple[Statement, Section]], language: Language) -> list[Statement]:
    """An addendum outranks the report, and the impression its findings, wherever they contradict at one place."""
    left = _without_parts_called_normal(list(said), language)
    for rank in (Section.ADDENDUM, Section.IMPRESSION):
        final: dict[str, list[Statement]] = {}
        for statement, section in left:
            if section is rank:
                final.setdefault(statement.concept, []).append(statement)
        over = {rank, Section.ADDENDUM}
        left = [pair for pair in left if not final or pair[1] in over or not _is_overruled(pair[0], final, language)]
    return [statement for statement, _ in left]


def _is_overruled(statement: Statement, final: dict[str, list[Statement]], language: Language) -> bool:
    if same := final.get(statement.concept):
        met = {s.polarity for s in same if _meets(s, statement) and not _speaks_of_news(s, statement)}
        if met - {statement.polarity}:
            return statement.polarity not in met
    if statement.polarity is Polarity.NO:
        return False
    for concept in language.opposites.get(statement.concept, ()):
        if any(s.polarity is Polarity.YES and _meets(s, statement) for s in final.get(concept, ())):
            return True
    return False


def _speaks_of_news(denial: Statement, found: Statement) -> bool:
    """Whether what is denied is only something new: "no new or recurrent herniation" leaves the known one of another
    segment where it is."""
    if denial.polarity is not Polarity.NO or found.polarity is not Polarity.YES:
        return False
    if denial.place.segments or not found.place.segments:
        return False
    return _OF_NEWS.search(denial.words) is not None and _OF_NEWS.search(found.words) is None


def _without_parts_called_normal(
    said: list[tuple[Statement, Section]], language: Language
) -> list[tuple[Statement, Section]]:
    """Without the "normal" of a part ("Hips unremarkable") beside a finding: the study is not normal then."""
    abnormal = {*language.opposites.get(_NORMAL, ()), *language.emergencies, *_BROKEN}
    where = {section for s, section in said if s.concept in abnormal and s.polarity is Polarity.YES}
    if not where:
        return said
    parts = {Section.BODY, *where}
    return [
        (s, section)
        for s, section in said
        if s.concept != _NORMAL or s.polarity is not Polarity.YES or section not in parts
    ]


def _meets(one: Statement, other: Statement) -> bool:
    if one.place.segments and other.place.segments and not set(one.place.segments) & set(other.place.segments):
        return False
    if {spine.is_lumbar(one.place), spine.is_lumbar(other.place)} == {True, False} and (
        one.place.region in _AWAY or other.place.region in _AWAY
    ):
        return False
    return {one.side, other.side} != {Side.LEFT, Side.RIGHT}
