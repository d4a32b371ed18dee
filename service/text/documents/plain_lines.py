"""Lines of a report that need no understanding: a clause in, whether it names the study or says what is normal out.

A study is called negative only when every clause of its report that names something clinical was understood. Its title
names the spine, and "Conus normal." says in so many words that there is nothing: neither leaves anything open.
"""

from __future__ import annotations

import re

from service.text.vocabulary.language import Language

_WORD = re.compile(r"[^\W_][\w/'&-]*")
_PLACE = re.compile(r"(?:[ctls]?\d{1,2}(?:[-/,][ctls]?\d{1,2})*|\d[\d./-]*)\Z")
_NOT = frozenset({"no", "without", "not"})
_COURTESY = re.compile(
    r"\b(?:phoned|telephoned|communicated|discussed with|relayed|notified|contacted|informed|called to)\b"
    r"|\b(?:may|might|would|could) be (?:helpful|useful|of value|considered)"
    r"|\b(?:recommended|suggested|advised)\s*\.?\Z",
    re.IGNORECASE,
)
"""Whom it was told, and what could be done next."""
_ORGANS = re.compile(
    r"\b(?:renal|kidney|hepatic|liver|ovarian|adnexal|parapelvic|splenic|tarlov|perineural) cysts?\b|\bfibroids?\b"
    r"|\bgallstones?\b"
    r"|\brenal function\b|\bhiatus hernia\b|\bdiverticul\w+",
    re.IGNORECASE,
)
"""What a picture of the spine shows of other organs and is of no moment."""
_BY_ITSELF = frozenset({"atrophy", "degenerative", "degeneration", "modic", "spondylosis"})
_SOUND_PAIRS = (frozenset({"well", "expanded"}), frozenset({"within", "limits"}))
_LONGEST_TITLE = 12
"""Words of a title in capitals."""
_LONGEST = 240
"""Characters; a longer clause tells something."""


def is_plain(clause: str, language: Language) -> bool:
    """Whether every word of the clause is of those that the data calls plain, and one of them says what it is about:
    a study, hardware that is only named, a thing that is sound or slight, or an abnormality that is not there."""
    plain = language.plain
    if len(clause) > _LONGEST or not plain:
        return False
    if _COURTESY.search(clause) or _ORGANS.search(clause):
        return True
    words = [part for word in _WORD.findall(clause.lower()) for part in _parted(word.rstrip("'-/")) if part]
    said = frozenset(word for word in words if not _PLACE.match(word))
    if clause.isupper() and len(words) <= _LONGEST_TITLE and said & plain["studies"]:
        return True
    glue = plain["glue"] | plain["subjects"]
    if not said <= glue.union(*plain.values()):
        return False
    denied = bool(said & _NOT)
    slight = bool(said & plain["slight"]) and not said & (plain["unfound"] - plain["minor"])
    if slight and not denied and said <= plain["slight"] | plain["minor"] | glue:
        return True
    if unfound := [at for at, word in enumerate(words) if word in plain["unfound"]]:
        return any(word in _NOT for word in words[: unfound[0]])
    if said & plain["minor"] - plain["subjects"]:
        return bool(said & (plain["slight"] | _BY_ITSELF))
    sound = bool(said & plain["sound"]) or any(pair <= said for pair in _SOUND_PAIRS)
    if sound:
        return not denied
    return (
        bool(said & plain["studies"])
        or (not denied and bool(said & plain["bare"]))
        or (not denied and bool(said & plain["hardware"]))
    )


def _parted(word: str) -> list[str]:
    """The parts of a word with a slash: "EMG/NCS" is two words, "L4/5" one place."""
    return word.split("/") if "/" in word and word.replace("/", "").isalpha() else [word]
