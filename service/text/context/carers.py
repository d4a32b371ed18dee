"""Texts that somebody writes for a relative: a text in, the words that mean its patient out.

"Calling about my mum,
she cannot feel her legs" is said of the patient; "my mum had a stroke" is not. A text is a carer's
when it says so, or when a relative is what it is about now and its writer tells of no complaint of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from service.text.vocabulary.tokens import Token

_MOTHER = "mum mam mom mama momma mother mammy mummy ma maw"
_FATHER = "dad da daddy father papa pop pops"
_HUSBAND = "husband hubby"
_WIFE = "wife missus wifey"
_PARTNER = "partner fiance fiancee boyfriend girlfriend fella"
_GRAN = "nan nana nanna nanny gran granny grandma grandmother grandad granddad grandpa grandfather"
_SON, _DAUGHTER = "son lad boy", "daughter girl"
_SIBLING = "brother sister"
_AUNT = "aunt auntie aunty uncle"
_KIN = [frozenset(told.split()) for told in (
    _MOTHER, _FATHER, _HUSBAND, _WIFE, _PARTNER, _GRAN, _SON, _DAUGHTER, _SIBLING, _AUNT,
)]  # fmt: skip
_PARENTS = frozenset(f"{_MOTHER} {_FATHER} {_GRAN}".split())
_SPOUSES = frozenset(f"{_HUSBAND} {_WIFE} {_PARTNER}".split())
_CHILDREN = frozenset(f"{_SON} {_DAUGHTER}".split())
_NAMES = "|".join(
    name
    for kin in _KIN
    for name in sorted(kin, key=len, reverse=True)
    if name not in {"ma", "da", "boy", "girl", "lad", "pop"}
)
_REL = rf"(?P<who>{_NAMES})"
_ANY = re.compile(rf"\b(?:{_NAMES})", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")
_EVERYBODY = frozenset(form for name in _NAMES.split("|") for form in (name, f"{name}s"))
_OWN = r"(?:my|our|me|ma|the|this is|poor|dear|elderly|old)"
_FOR = re.compile(
    rf"\b(?:call|ring|phon|writ|messag|text|email|speak|typ|contact|enquir|inquir|ask|worried|concerned|scared"
    rf"|frantic|it'?s|this is"
    rf"|help|post|fill|repl|mail)\w*\b[^.?!\n]{{0,30}}?\b(?:for|about|re|regarding|concerning|on behalf of"
    rf"|instead of|over|with)\s+"
    rf"(?:{_OWN}\s+){{0,2}}(?:\d\d\s+year\s+old\s+)?{_REL}\b",
    re.IGNORECASE,
)
_BEHALF = re.compile(
    rf"\b(?:on behalf of (?:{_OWN}\s+){{0,2}}|(?:re|about|regarding|patient)\s?:\s?(?:{_OWN}\s+){{1,2}}){_REL}\b",
    re.IGNORECASE,
)
_BADE = re.compile(
    rf"(?:(?<!his )(?<!her )(?<!their ))\b{_REL}\s+(?:has\s+|had\s+)?(?:asked|wants|wanted|told|got|begged"
    rf"|would like)\s+me\s+to\s+"
    r"(?:write|ring|call|message|phone|text|email|contact|type|let|ask|drop)",
    re.IGNORECASE,
)
_CALLER = re.compile(
    rf"\b(?:caller|speaking|informant|contact|from|sender|author|written by|typed by|completed by|sent by"
    rf"|filled in by|on the line)\b\s?(?:is|:|-)?\s*"
    rf"(?:the |pt'?s |patient'?s |his |her )?(?:{_NAMES})\s?(?:of|for|on|\(|,|\n|$|\.)"
    rf"|\b(?P<sender>{_NAMES})\s+of\s+(?:the\s+)?(?:patient|pt|above)\b"
    rf"|\(\s?(?P<labelled>{_NAMES})\s?\)\s?:|\bi(?:'m| am) (?:his|her|the patient'?s) (?P<self>{_NAMES})\b",
    re.IGNORECASE,
)
_RANG = re.compile(
    rf"(?:^|[\n.]\s*)(?:{_NAMES}) (?:rang|phoned|called|calling|on (?:the )?phone|reports?|says|rings)\b[^.\n]{{0,20}}?"
    rf"\b(?:his|her|their) {_REL}\b(?!')",
    re.IGNORECASE,
)
"""Whom a caller rings about, as somebody else writes it down: "Son rang: his mum cannot move her foot"."""
_THEIRS = "their own"
"""Among the words that mean the patient: it is the caller's "his mum", not the patient's."""
_CLOSE = "|".join(
    name
    for kin in _KIN[:8]
    for name in sorted(kin, key=len, reverse=True)
    if name not in {"ma", "da", "boy", "girl", "lad", "pop"}
)
"""Those whom a text may be about without saying so."""
_SUBJECT = re.compile(
    rf"(?:^|[.!?\n,;:]\s*|\b(?:and|but|because|that|when|hi|hello|help|please|think|thinks|worried)\s+)(?:(?:my|our"
    rf"|me|ma|the|poor)\s+){{0,2}}(?P<who>{_CLOSE})"
    r"(?:'s|s)?\s+(?!(?:is|was|has been|has)?\s*(?:driving|writing|typing|helping|taking|calling|ringing|the one"
    r"|a nurse|a doctor|with me|here|worried|saying|asking|telling|reading)\b)(?:has|have|had|hasn'?t|is|isn'?t|are"
    r"|was|can'?t|cannot|can|could(?:n'?t)?|won'?t|will not|keeps?|been|woke|fell|slipped|tripped|collapsed|started"
    r"|got|gone"
    r"|just|does(?:n'?t| not)|did(?:n'?t| not)|do(?:n'?t| not)|lost|looks?|seems?|feels?|came|went|wet|soiled"
    r"|complain\w*|talking|shaking|burning|shivering|confused|struggling"
    r"|not|still|suddenly|\w+ing|back|leg|legs|wound|scar|temperature|temp|calf|foot|feet|bladder|breathing|chest"
    r"|tummy|scan|operation|surgery|op|spine|mri|x-?ray|symptoms?)\b",
    re.IGNORECASE,
)
_TAKEN = re.compile(
    rf"\b(?:taking|taken|took|took|brought|rushed|operated on|opened|examined|scanned|discharged|admitted"
    rf"|sent)\s+(?:(?:my|our|me|ma|the|poor)\s+){{0,2}}{_REL}\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:today|now|tonight|yesterday|last night|this (?:morning|afternoon|evening|week|minute)|since|all (?:day"
    r"|night|weekend)|just|suddenly"
    r"|keeps|hours?|mins?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|the op|operation|surgery|theatre|thermometer"
    r"|thinks it(?:'?s| is)|(?:her"
    r"|his) (?:back|wound|scar|legs?|op|spine|foot|bottom|bladder|calf|bowels?|neck|head|dressing|sacrum)"
    r"|scan|temperature|temp|x-?ray|mri|fell|commode|discharged|can'?t|cannot|couldn'?t|still|getting (?:worse"
    r"|weaker)|says (?:she|he))\b",
    re.IGNORECASE,
)
_TODAY = re.compile(
    r"\b(?:today|now|tonight|yesterday|last night|this (?:morning|afternoon|evening)"
    r"|since(?! (?:child|birth|(?:19|20)\d))|(?:days?|hours?"
    r"|weeks?) (?:ago|back|since)|all (?:day|night)|all this week)\b",
    re.IGNORECASE,
)
_ACUTE = re.compile(
    rf"(?:^|[.!?\n,;:]\s*|\b(?:and|but|because|that|last night|this morning|yesterday|today|tonight|overnight)\s+)"
    rf"(?:(?:my|our|me|ma|poor)\s+){{0,2}}(?P<who>{_CLOSE})"
    r"(?:(?:'?s|\s+is)\s+(?:(?:all|really|just|so|now|very|absolutely|totally)\s+)?(?:not\s+\w+ing\b"
    r"|burning|shivering|shaking|leaking|bleeding|sweating|vomiting|raving|hallucinating|screaming|confused|boiling"
    r"|gasping|struggling|wetting|soiling|dragging|limping|falling|numb\b|paraly[sz]ed)"
    r"|\s+(?:can'?t|cannot|can ?not|won'?t|doesn'?t|does not)\s+(?:feel|move|lift|stand|walk|pee|wee|pass|breathe"
    r"|hold|know|make|recogni[sz]e|stop)\b|\s+(?:says|tells me) (?:she|he)\b)",
    re.IGNORECASE,
)
"""What is told as going on: it needs no day to be about now."""
_STAFF = re.compile(
    r"\b(?:nurse|registrar|consultant|surgeon|doctor|doctors|gp|matron|ward|hospital|radiologist|physio\w*"
    r"|neurologist|we were told|told (?:us|me)|rang (?:us|me|to say)|they(?:'re| are| say| said| found| think)"
    r"|mri|scan|x-?ray|ct)\b",
    re.IGNORECASE,
)
_OWNED = re.compile(
    rf"\b(?P<who>{_CLOSE})'?s\s+(?:(?:lower|low|left|right|operation|lumbar|new|old)\s+)?(?:scar|wound|incision|spine|spinal"
    r"|bones?|back|legs?|foot|feet|calf|bladder|bowels?|bottom|nerves?|canal|screws?|rods?|cage|disc|discs|fusion"
    r"|stitches|dressing|temperature|temp|breathing|speech)\b",
    re.IGNORECASE,
)
"""A part of the patient's body, by whose it is, where those who look after them tell of it."""
_LISTED = re.compile(
    rf"(?:^|[\n.]\s*)(?:(?:my|our)\s+)?(?P<who>{_CLOSE})'?s\s+(?:(?:past|previous|other|current|medical|known|main)\s+){{0,2}}"
    r"(?:conditions?|operations?|surger(?:y|ies)|history|illness(?:es)?|medication|meds|problems?|allerg(?:y|ies)"
    r"|symptoms?)\s?(?::|-|are\b)",
    re.IGNORECASE,
)
_DOUBTED = re.compile(
    rf"\b(?:they|doctors?|surgeon|nurse|consultant|gp|registrar)\b[^.?!\n]{{0,40}}\b(?:worr\w+|think|thinks|suspect\w*|say|says"
    rf"|reckons?|said|wonder\w*|query|queries)\s+(?:that\s+)?(?:(?:my|our)\s+)?(?P<who>{_CLOSE})\s+(?:has|may|might|could|is)\b",
    re.IGNORECASE,
)
_ONCE = re.compile(r"\b(?:had|was|were|got|did|went|came)\b", re.IGNORECASE)
"""What is told so may be long ago: it needs a day near by to be about now."""
_MOST = 12
"""Relatives that are looked at closer."""
_OPENING, _NEAR = 2_000, 90
"""Characters of a text in which a carer says whom it is about, and on either side of the relative that they name."""
_SHORT = 600
"""Characters of a text that may be a carer's without saying so."""
_OF_A_PATIENT = re.compile(
    r"\b(?:pt|pts|patient|patients|family|hereditary|genetic|runs in|caregiver|is the one|died|passed away|rip)\b"
    r"|\b(?:he|she)(?:'s| is)? [^.?!]{0,40}(?:is|for) my\b",
    re.IGNORECASE,
)
"""Words of clinicians, and of the history of a family."""
_OWN_COMPLAINT = re.compile(
    r"\b(?:i(?:'ve| have) (?:got|had|been (?:in|having|getting|told)|a\b|no\b|severe|pain|numb|lost|pins)"
    r"|as for me\b|me,? i'?m|i'?m (?:in|numb|weak|having|getting|still|losing|leaking)\b|i was (?:operated|told i)"
    r"|(?:my|me|ma) (?:\w+ )?(?:back|legs?|foot|feet|hips?|bladder|bowels?|wound|scar|pain|op|operation|surgery"
    r"|fusion|groin|calf|bum|bottom|knees?|chest|head|neck|toes?|spine|sciatica|scan|mri|temperature|temp|symptoms?"
    r"|stimulator|injection|incision|discectomy|laminectomy)\b"
    r"|i (?:can'?t (?:feel|walk|pee|move|stand|sit|lift|wee)|cannot|could ?n'?t (?:feel|walk|pee|move|stand)|feel"
    r"|felt|fell|hurt|wet|soiled|had (?:a|an|my|the|surgery)|smoke|need surgery))\b",
    re.IGNORECASE,
)
_PATIENT = ("she", "she")
_ARTICLES = frozenset({"my", "our", "me", "ma", "the", "poor"})
_OF_PATIENT = frozenset({"his", "her", "their", "late", "patient's", "pt's", "patients"})


def patient_of(text: str) -> frozenset[str]:
    """The words that mean the patient in a text of a carer; nothing where it is the patient's own or a clinician's.

    Only what stands near a relative in the opening of the text is looked at closer.
    """
    opening = text[:_OPENING]
    if _EVERYBODY.isdisjoint(_WORD.findall(opening.lower())):
        return frozenset()
    places = [(max(0, found.start() - _NEAR), found.end() + _NEAR) for found in islice(_ANY.finditer(opening), _MOST)]
    for begin, end in places:
        near = text[begin:end]
        found = _FOR.search(near) or _BEHALF.search(near) or _BADE.search(near)
        if found is not None:
            return _kin(found["who"])
    if found := _RANG.search(opening):
        return _kin(found["who"]) | {_THEIRS}
    for begin, end in places:
        if (caller := _CALLER.search(text[begin:end])) is not None:
            told = " ".join(caller.groups("") or ()).split() or _ANY.findall(caller[0])
            return _other_side(told[-1].lower())
    if len(text) > _SHORT or _OF_A_PATIENT.search(text) or _OWN_COMPLAINT.search(text):
        return frozenset()
    found = _ACUTE.search(text) or _LISTED.search(text) or _DOUBTED.search(text)
    if found is None and _STAFF.search(text) is not None:
        found = _OWNED.search(text)
    if found is not None:
        return _kin(found["who"])
    found = _SUBJECT.search(text) or _TAKEN.search(text)
    # The day has to stand in the paragraph of the relative: a mother's operation is no complaint of today.
    if found is None or not (_TODAY if _ONCE.search(found[0]) else _NOW).search(_paragraph(text, found.start("who"))):
        return frozenset()
    return _kin(found["who"])


def _paragraph(text: str, at: int) -> str:
    begin, end = text.rfind("\n\n", 0, at), text.find("\n\n", at)
    return text[begin + 2 if begin >= 0 else 0 : end if end >= 0 else len(text)]


def _kin(who: str) -> frozenset[str]:
    return next((kin for kin in _KIN if who.lower() in kin), frozenset({who.lower()}))


def _other_side(caller: str) -> frozenset[str]:
    """Whom a caller of this relation may be calling for: a daughter for a parent, a wife for her husband."""
    if caller in _CHILDREN:
        return _PARENTS
    return _SPOUSES if caller in _SPOUSES else _CHILDREN if caller in _PARENTS else frozenset()


def as_patient(read: Sequence[Token], patient: frozenset[str]) -> list[Token]:
    """The tokens with the words that mean the patient as a pronoun."""
    out: list[Token] = []
    for token in read:
        word = token.word.removesuffix("'s")
        if word in patient or (word[-1:] == "s" and word[:-1] in patient):
            owned = bool(out) and out[-1].word in _OF_PATIENT
            if owned and _THEIRS not in patient:
                out.append(token)
                continue
            if owned or (out and out[-1].word in _ARTICLES):
                out.pop()
            out.append(Token(*_PATIENT, "", token.start, token.end, token.room))
        else:
            out.append(token)
    return out
