"""What statements imply by the language data: the statements of one entry in, those added that they imply out."""

from __future__ import annotations

from msgspec.structs import replace

from service.domain.statements import Polarity, Statement
from service.text.vocabulary.language import Language


def implied(statements: list[Statement], kind: str, language: Language) -> list[Statement]:
    """With what the statements imply by the language data: a burning pain on both sides is a burning pain."""
    marks = {Polarity.YES: "", Polarity.NO: "-", Polarity.UNCERTAIN: "?"}
    held = {s.concept for s in statements}
    more: list[Statement] = []
    for statement in statements:
        key = marks[statement.polarity] + statement.concept
        for told in (*language.implies.get(key, ()), *language.implies.get(f"{kind}:{key}", ())):
            concept = told.lstrip("-?")
            if concept not in held and kind in language.kinds[concept]:
                held.add(concept)
                polarity = {"-": Polarity.NO, "?": Polarity.UNCERTAIN}.get(told[0], Polarity.YES)
                more.append(replace(statement, concept=concept, polarity=polarity))
    return statements + more
