"""What a note tells of somebody else: its text in, the same without it and the words that were taken out.

A round goes on ("[Next pt bed 19: ...]"), a relative has an illness of their own in the brackets or the clause behind
them ("lives w husband (stroke 2021, incontinent)"), the woman opposite had a tube. Such a place ends with its line,
bracket, clause or sentence. Who tells of the patient ("wife, who noticed that his foot drops") is no such person.
"""

from __future__ import annotations

import re

_KIN = (
    r"(?:husbands?|wife|wives|partners?|spouse|mothers?|fathers?|mum|dad|mom|parents?|sons?|daughters?|brothers?"
    r"|sisters?"
    r"|siblings?|grand\w+|aunts?|uncles?|cousins?|nephews?|nieces?|in-laws?|friends?|neighbou?rs?|colleagues?"
    r"|flatmates?"
    r"|workmates?|co-?workers?|boyfriend|girlfriend|fianc\w+)"
)
_NEXT = re.compile(
    r"(?:^[ \t>*#-]*|(?<=[.;|])[ \t]+|(?P<open>[\[(])\s?)"
    r"(?:(?:the )?(?:[Nn]ext|NEXT|[Oo]ther|OTHER|[Aa]nother|[Dd]ifferent) (?:[Pp]ts?|[Pp]atients?|PATIENTS?|PTS)\b"
    r"(?=\s?[:(\[-]|,? (?:in )?(?:bed|bay)\b|,? (?:on|of) (?:the |this )?(?:list|round|ward|bay))"
    r"|(?:[Nn]ext|NEXT) [Bb](?:ed|ay)\b|[Bb]ed ?\w{1,3} ?\((?:next|not|other)[^)\n]*\)|[Nn]ext on (?:the )?(?:round"
    r"|list))"
    r"[^\n\]]*",
    re.MULTILINE,
)
_LOOKED_AFTER = re.compile(
    rf"\b(?:car(?:es|ing|er)|look(?:s|ing) after|nurs(?:es|ing)) (?:for |of |to )?(?:(?:her|his|my|their|the|an?|own"
    rf"|elderly"
    rf"|disabled|frail|ill|sick) )*{_KIN}\b(?P<told>(?! ?,)[^.;\n]*)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(rf"\b{_KIN}(?: \d\d)? ?(?P<told>\([^()\n]{{2,200}}\))", re.IGNORECASE)
_WHO = re.compile(
    rf"\b(?:the|his|her|my|their|an?|whose) (?:\w+ )?{_KIN}(?P<told>,? (?:who|whose)\b[^.;\n]{{5,160}}?(?:,|(?=[.;\n]"
    rf"|\Z)))",
    re.IGNORECASE,
)
_LASTING = (
    r"cerebral palsy|ms|multiple sclerosis|stroke|dementia|spina bifida|(?:para|tetra|quadri)pleg\w+|disab\w+"
    r"|wheelchair"
    r"|parkinson\w*|cancer|(?:19|20)\d\d|respite|bedbound|hoist"
)
_HEADED = re.compile(
    rf"(?:^|(?<=[.;\n])[ \t])[ \t#*>-]*{_KIN} ?- "
    rf"(?=[^.;\n]*\b(?:{_LASTING})\b)"
    r"(?P<told>(?![^.;\n]*\b(?:he|she|his|her|hers|him|mum|dad|mother|father)\b)[^.;\n]{3,200})",
    re.IGNORECASE | re.MULTILINE,
)
""""Son - cerebral palsy, legs weak": a relative at the head of a line; a pronoun in it may be of the patient."""
_SOMEONE = re.compile(r"\b(?P<told>(?:someone|somebody|people) who\b[^.;\n]{3,200})", re.IGNORECASE)
_SOMEBODY = r"(?:woman|lady|man|chap|bloke|fella|guy|patient|girl|lad|gentleman|person|one)"
_OPPOSITE = re.compile(
    rf"\b(?P<told>(?:the |an?(?:other)? )?(?:\w+ )?{_SOMEBODY} (?:(?:in |from |on )?(?:the )?(?:bed )?"
    r"(?:opposite|(?:across|beside|next to)(?: from)? (?:me|her|him|us|mine))"
    r"|in (?:the )?(?:next|other|opposite|neighbouring) (?:bed|bay|room))\b[^.;\n]*)",
    re.IGNORECASE,
)
_BY_BED = re.compile(
    rf"\b(?P<told>{_SOMEBODY} in (?:bed|bay) \d+\b[^.;\n]{{0,200}})"
    r"(?=[.;]\s[^\n]{0,60}\b(?:(?:our|this) (?:patient|pt|lady|man)|(?:his|her|my) own|mine)\b)",
    re.IGNORECASE,
)
"""A bed is somebody else's where the next sentence turns to "our patient"."""
_NAMED = re.compile(
    r"(?P<told>(?<![.!?] )\b(?-i:[A-Z][a-z]{2,})'s (?:(?:left|right|poor|bad) )?(?:legs?|calf|calves|foot|feet"
    r"|ankles?|back|wound"
    r"|chest|bladder)\b[^.;!?\n]{3,160})(?=[.;!?]\s+(?:(?:but|luckily|thankfully) )?mine\b)",
    re.IGNORECASE,
)
""""Maureen's leg came up like a balloon. Mine are thin as ever"."""
_MISCODED = re.compile(
    r"(?P<told>[^\n,;:.]{3,120}\((?:\w+ ){0,3}(?:mis-?coded|(?:coded|entered|recorded|filed) (?:in error|by mistake"
    r"|wrongly"
    r"|erroneously))[^)\n]{0,200}\))",
    re.IGNORECASE,
)
"""What a list of codes holds by mistake, with the remark that says so."""
_OF_PATIENT = re.compile(
    r"\b(?:pt|patient|says?|said|reports?|reported|noticed|notices|found|finds|saw|sees|told|tells|thinks|thought"
    r"|states?"
    r"|drove|brought|took|carr(?:y|ied|ies)|ha[sd] to (?:help|lift|carry|wash|dress|hold)|helps?|helped|lifts?"
    r"|cleans?|changes?|washe?s?|himself|herself"
    r"|collateral|informant|historian|noticing|reporting|interpret\w*|stated|confirms?|witnessed|describes?|noted"
    r"|rang|phoned|called|worried|concerned|i|i'm|i've|now|today|tonight"
    r"|yesterday|last night|this (?:morning|am|afternoon|evening|week)|since (?!\d{4}|child|birth|stroke|accident)"
    r"|new(?:ly)?|worse\w*|suddenly|overnight|post-?op\w*)\b",
    re.IGNORECASE,
)
"""Who or when that turns an aside about a relative to the patient and to now."""
_LIVELY = re.compile(
    rf"\b(?:next|other|following|another|different|opposite|across|beside|bed|mine|someone|somebody|who|error|mistake"
    rf"|wrongly|erroneously"
    rf"|mis-?coded|{_KIN})\b",
    re.IGNORECASE,
)
_MOST_OPEN = 400


def without_others(text: str, patient: frozenset[str]) -> tuple[str, list[str]]:
    """The text without what it tells of others, and each such part. ``patient`` holds the words for a patient of whom a
    relative writes: there a relative is the patient, and only the round goes on to others."""
    if not _LIVELY.search(text):
        return text, []
    held = [m.span() for m in _NEXT.finditer(text) if m.end() - m.start() <= _MOST_OPEN]
    held += [m.span("told") for m in _MISCODED.finditer(text)]
    for pattern in (
        () if patient else (_LOOKED_AFTER, _IN_BRACKETS, _WHO, _HEADED, _SOMEONE, _OPPOSITE, _BY_BED, _NAMED)
    ):
        held += [m.span("told") for m in pattern.finditer(text) if not _OF_PATIENT.search(m["told"])]
    out: list[str] = []
    taken: list[str] = []
    at = 0
    for begin, end in sorted(held):
        if begin >= at and end > begin:
            out.append(text[at:begin])
            taken.append(text[begin:end].strip())
            at = end
    return "".join((*out, text[at:])), taken
