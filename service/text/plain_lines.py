"""Lines of a report that need no understanding: a clause in, whether it only names the study or says what is normal out.

A study is called negative only when every clause of its report that names something clinical was understood. Its title
names the spine, and "Conus normal." says in so many words that there is nothing: neither leaves anything open.
"""

from __future__ import annotations

import re

from service.text.language import Language

_WORD = re.compile(r"[^\W_][\w/'&-]*")
_PLACE = re.compile(r"(?:[ctls]?\d{1,2}(?:[-/,][ctls]?\d{1,2})*|\d[\d./-]*)\Z")
_NOT = frozenset({"no", "without"})
_COURTESY = re.compile(
    r"\b(?:phoned|telephoned|communicated|discussed with|relayed|notified|contacted|informed|reported to|called to)\b"
    r"|\b(?:may|might|would|could) be (?:helpful|useful|of value|considered)|\b(?:recommended|suggested|advised)\s*\.?\Z",
    re.IGNORECASE,
)
"""Whom it was told, and what could be done next."""
_LONGEST = 240
"""Characters; a longer clause tells something."""


def is_plain(clause: str, language: Language) -> bool:
    """Whether every word of the clause is of those that the data calls plain, and one of them says what it is about:
    a study, a thing that is sound, or an abnormality that is not there."""
    if len(clause) > _LONGEST or not language.plain:
        return False
    plain = language.plain
    words = [word.rstrip("'-/") for word in _WORD.findall(clause.lower())]
    if _COURTESY.search(clause):
        return True
    words = [
        part
        for word in words
        for part in (word.split("/") if "/" in word and word.replace("/", "").isalpha() else (word,))
    ]
    said = [word for word in words if not _PLACE.match(word)]
    known = (
        plain["minor"]
        | plain["slight"]
        | plain["subjects"]
        | plain["glue"]
        | plain["sound"]
        | plain["studies"]
        | plain["unfound"]
    )
    if not said or not known.issuperset(said):
        return False
    if not plain["minor"].isdisjoint(said):
        return not plain["slight"].isdisjoint(said) or "degenerative" in said or "modic" in said
    denied = not _NOT.isdisjoint(said)
    if not plain["unfound"].isdisjoint(said):
        return said[0] in _NOT
    sound = (
        not plain["sound"].isdisjoint(said) or {"well", "expanded"} <= set(said) or {"within", "limits"} <= set(said)
    )
    return (sound and not denied) or (not sound and not plain["studies"].isdisjoint(said))
