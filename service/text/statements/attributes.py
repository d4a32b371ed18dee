"""Attributes: a concept and the words that say it in; what they say of it beyond that it is there out.

The one place that searches the words of a statement. Later stages read `Statement.attributes` and never its words. Of
each concept only those attributes are read that somebody asks for; of all else the words are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from service.domain.statements import ANKLE_JERK, PLAIN, Attributes
from service.text.context.long_known import tells_urge_of_old
from service.text.statements import pain_attributes
from service.text.statements.lesion_attributes import of_compression, of_lesion
from service.text.statements.slow_feet import of_progress
from service.text.statements.wound_attributes import READERS as OF_WOUNDS

WHOLE, PART = "whole", "part"

Reader = Callable[[str, str], Attributes]
"""Reads the words, in small letters, that say a concept."""

# --- how old --------------------------------------------------------------------------------------------------------

_SIGN = r"(?:incontinen\w*|retention|foot ?drop|drop foot|weakness|paresis|[0-5][+-]?/5)"
_LONG = r"(?:chronic|long[- ]?standing|pre-?existing|baseline)"
_WHAT = (
    r"(?:left|right|bilateral|mild|stable|urinary|urge|bladder|bowel|fa?ecal|leg|foot|of|the|strength|ehl|ta|is"
    r"|urine)"
)
_CALLED_OLD = re.compile(
    rf"\b{_LONG}\s(?:{_WHAT}\s){{0,3}}{_SIGN}"
    rf"|{_SIGN}(?:\s{_WHAT}){{0,4}}\s?[,(:]?\s?(?:(?:unchanged|stable),? )?(?:(?:at|from|since|for) )?"
    rf"(?:{_LONG}|(?:many |several )?years|before (?:the )?(?:surgery|operation)|pre-?op\w*)"
    r"(?=\s*(?:[.,;)]|$|and (?:stable|unchanged)))"
)
_CALLED_NEW = re.compile(
    r"\b(?:new\w*|acute|wors\w+|increas\w+|progress\w+|sudden\w*|now|today(?!:?\s[0-5][+-]?\s?/)|yesterday"
    r"|deteriorat\w+|until|but)\b"
)
_URGE = "urge-incontinence"
_OF_FIVE = re.compile(r"[0-5][+-]?/5")
_BLADDER, _BOWEL = re.compile(r"retention|incontinen\w*"), re.compile(r"incontinen\w*")
_MOTOR = re.compile(r"foot ?drop|drop foot|weakness|paresis|[0-5][+-]?/5")
_OWN = {
    "urinary-retention": _BLADDER,
    "urinary-incontinence": _BLADDER,
    "urge-incontinence": _BLADDER,
    "bowel-incontinence": _BOWEL,
    "foot-drop": _MOTOR,
    "leg-weakness": _MOTOR,
    "bilateral-leg-weakness": _MOTOR,
}
"""What a sign is called in words; every other sign (a numb saddle) is new however old the one beside it is."""
_ANY_SIGN = re.compile(_SIGN)


_SINCE_SURGERY = re.compile(
    r"\bsince\b[^.;]{0,30}\b(?:surgery|operation|operated|op|woke up|waking|fusion|discectomy)\b"
)
_BEGUN = re.compile(
    r"\bnew(?:ly)?\b|\bworse|\bworsen|\bprogress|\bsince (?:yesterday|this|last|today)|\bnow also\b|\bsudden"
    r"|\b(?:on|since) (?:mon|tues|wednes|thurs|fri|satur|sun)day|\blast night\b|\bovernight\b|\byesterday\b"
    r"|\bthis morning\b"
)
_FIFTHS = r"[+-]?\s{0,2}/\s{0,2}5"
_FALLS = (
    re.compile(
        rf"(?P<new>[0-5]){_FIFTHS}\W{{1,4}}(?:it |this )?(?:was|were|previously|down from|had been)\s(?:at )?"
        rf"(?P<old>[0-5]){_FIFTHS}"
    ),
    re.compile(
        rf"(?:from|was|were)\s(?P<old>[0-5])(?:{_FIFTHS})?[^.]{{0,30}}?\b(?:to|now|today)\s(?P<new>[0-5]){_FIFTHS}"
    ),
    re.compile(
        rf"(?P<old>[0-5]){_FIFTHS} (?:yesterday|this morning|on admission|at the gp)[^.]{{0,20}}?"
        rf"(?P<new>[0-5]){_FIFTHS} (?:today|now|tonight)"
    ),
)


def _fallen(words: str) -> bool:
    """Whether the words name a grade and a higher one from before: "2/5; was 4/5 yesterday", "from 4/5 to 2/5"."""
    return any(int(m["old"]) > int(m["new"]) for pattern in _FALLS for m in pattern.finditer(words))


_GRADES = re.compile(r"(?<![\d/.])([0-5])([+-]?)/5\b")


def _slight(words: str) -> bool:
    grades = {grade + sign for grade, sign in _GRADES.findall(words)} - {"5"}
    return bool(grades) and grades <= {"4+", "5-"} and "weak" not in words


_ANKLE = re.compile(r"\b(?:ankle|achilles|aj)\b")
_KNEE = re.compile(r"\b(?:knee|patella\w*|kj)\b")
_REFLEX_OLD = re.compile(
    r"\b(?:unchanged|no change|(?:the )?same|as before|as (?:it was )?pre-?op\w*|long[- ]?standing|known"
    r"|chronic|old|pre-?existing"
    r"|residual|remain\w*|(?:has|have|did)(?: not|n't) (?:come|came|returned?|recovered)|since (?:the |his "
    r"|her )?(?:surgery|operation|op|discectomy|\d{4})|for (?:many )?years|still)\b"
)


_REFLEX_NEW = re.compile(r"\b(?:was|were|previously|had been)\s(?:still\s)?(?:present|there|brisk|normal|intact|2\+)")


def _reflex(words: str) -> Attributes:
    new = bool(_CALLED_NEW.search(words) or _REFLEX_NEW.search(words))
    aged = Attributes(new=new, old=not new and bool(_REFLEX_OLD.search(words)))
    return replace(aged, muscle=ANKLE_JERK if _ANKLE.search(words) and not _KNEE.search(words) else "")


def _sign(concept: str, words: str) -> Attributes:
    aged = _age(concept, words) if concept in _OWN else _reflex(words) if concept == "reflex-loss" else PLAIN
    return replace(
        aged,
        begun=bool(_BEGUN.search(words)),
        cauda_equina="cauda" in words or "conus" in words,
        since_surgery=bool(_SINCE_SURGERY.search(words)),
        fallen="/" in words and _fallen(words),
        slight=("4+/5" in words or "5-/5" in words) and _slight(words),
    )


def _age(concept: str, words: str) -> Attributes:
    """Only a sign that is called old itself counts, where the sentence names this one sign: pain beside it often is."""
    if _CALLED_NEW.search(words):
        return Attributes(new=True)
    if concept == _URGE and tells_urge_of_old(words):
        return Attributes(old=True)
    if not _CALLED_OLD.search(words):
        return PLAIN
    named = _ANY_SIGN.findall(words)
    # Two grades tell of a change: "2/5 (baseline 5/5)".
    graded = [each for each in named if _OF_FIVE.fullmatch(each)]
    alone = all(_OWN[concept].fullmatch(each) for each in named)
    return Attributes(old=True) if alone and len(graded) < 2 and len(named) - len(graded) < 2 else PLAIN


_LASTING = re.compile(
    r"\bchronic\b|\blong[- ]?standing\b|\b(?:no change|unchanged|stable|the same) (?:for|since|over)\s"
)
_FRESH = re.compile(r"\bnew(?:ly)?\b|\bwors|\bsudden|\btoday\b|\byesterday\b|\bincreas|\bnow\b|\bacute")


def _lasting(_: str, words: str) -> Attributes:
    """A sign of the chest or the calf that is called chronic, or the same for years, and by no word new or worse."""
    if _FRESH.search(words):
        return Attributes(new=True)
    return Attributes(old=True) if _LASTING.search(words) else PLAIN


# --- where and how much ---------------------------------------------------------------------------------------------

_SITES = (
    ("leg", re.compile(r"\bleg|sciatic|radicul")),
    ("back", re.compile(r"\bback\b")),
)
_ARM = re.compile(
    r"\barms?\b|upper (?:limb|extremit)|\bhands?\b|\bgrip\b|\bwrist|\belbow|shoulder|biceps|triceps|deltoid"
)
_OUT_OF_TEN = re.compile(r"(?<![\d.])(\d{1,2}(?:\.\d)?)\s{0,2}(?:/|of|out of)\s{0,2}10(?!\d)")
_OUT_OF_FIVE = re.compile(r"(?<![\d/.])([0-5])[+-]?\s{0,2}/\s{0,2}5(?!\d)")
_VALUE = re.compile(r"[\d./+-]+.*\Z", re.DOTALL)


def sites_of(words: str) -> frozenset[str]:
    """Leg and back, as far as the words name them."""
    plain = words.lower()
    return frozenset(site for site, said in _SITES if said.search(plain))


def out_of_ten(words: str) -> float | None:
    """The first number out of ten: "7/10", "3 out of 10"; ``None`` when there is none."""
    match = _OUT_OF_TEN.search(words)
    return float(match[1]) if match else None


def _score(_: str, words: str) -> Attributes:
    return Attributes(score=out_of_ten(words), sites=sites_of(words))


def _relief(_: str, words: str) -> Attributes:
    return Attributes(sites=sites_of(words))


def _grade(_: str, words: str) -> Attributes:
    """The muscle is what the words name before the value."""
    match = _OUT_OF_FIVE.search(words)
    return Attributes(
        grade=float(match[1]) if match else None,
        muscle=_VALUE.sub("", words).strip(),
        sites=frozenset({"arm"}) if _ARM.search(words) else frozenset(),
    )


# --- devices --------------------------------------------------------------------------------------------------------

_DEVICES = (
    ("pacemaker", re.compile(r"pace-?maker|cardiac resynchroni[sz]ation|\bcrt-?[dp]\b")),
    ("defibrillator", re.compile(r"defibrillat|\baicd\b|\bicd\b")),
    (
        "stimulator",
        re.compile(
            r"neuro-?stimulat|(?:nerve|spinal cord|dorsal column|brain|sacral) stimulat|pulse generator|\bscs\b"
            r"|\bdbs\b"
        ),
    ),
    ("pump", re.compile(r"intrathecal (?:\w+ ){0,2}pump|infusion pump|(?:baclofen|morphine|insulin) pump")),
    ("cochlear", re.compile(r"cochlear")),
    ("clip", re.compile(r"aneurysm (?:\w+ )?clip|(?:cerebral|intracranial|vascular) clip")),
    (
        "metal",
        re.compile(
            r"orbit\w* (?:metal|foreign)|(?:metal\w*|foreign bod\w+) (?:\w+ ){0,3}(?:orbit|eye)"
            r"|intraocular (?:metal|foreign)|shrapnel|magnetic|retained metal"
        ),
    ),
)
_OUT = re.compile(r"\b(?:remov|explant)")
_NEW = re.compile(r"\b(?:replac|revis|re-?implant|re-?insert|exchang|reposition)")
_LEAD = re.compile(r"\b(?:leads?|electrodes?)\b")
_TRIAL = re.compile(r"\btrial\b")
_GENERATOR = re.compile(r"\b(?:generator|ipg|battery)\b")
_PUMP = re.compile(r"\bpumps?\b")
_ALL = re.compile(r"\b(?:leads?|electrodes?|complete|entire|whole|system|all|trial|pump)\b")


def devices_of(words: str) -> frozenset[str]:
    """The kinds of devices that matter in the magnet, as far as the words name them."""
    plain = words.lower()
    return frozenset(kind for kind, said in _DEVICES if said.search(plain))


def _device(_: str, words: str) -> Attributes:
    named = devices_of(words)
    named |= {kind for kind, said in (("pump", _PUMP), ("trial", _TRIAL)) if said.search(words)}
    return Attributes(devices=named, removal=_removal(words))


def _removal(words: str) -> str:
    """Taken out: the whole device, or the leads of a trial; no exchange, and no part of a device. ``part``: leads may
    have stayed, for the words name neither them nor all of it."""
    if not _OUT.search(words) or _NEW.search(words):
        return ""
    if not _TRIAL.search(words) and bool(_LEAD.search(words)) != bool(_GENERATOR.search(words)):
        return ""
    return WHOLE if _ALL.search(words) else PART


def _magnet(_: str, words: str) -> Attributes:
    return Attributes(devices=devices_of(words))


# --- which of which -------------------------------------------------------------------------------------------------

_PAINS = (pain_attributes.of_pain, pain_attributes.of_leg, pain_attributes.of_back)
_READERS: dict[str, Reader] = {
    **dict.fromkeys(
        (
            *("distal-leg-only", "back-and-leg-pain", "claudication"),
            *("chronic-pain", "postlaminectomy-syndrome", "buttock-pain", "si-joint-pain", "groin-pain"),
            *("lateral-hip-pain", "hip-pain", "burning-pain"),
        ),
        pain_attributes.of_pain,
    ),
    **dict.fromkeys(("leg-pain", "bilateral-leg-pain"), pain_attributes.of_leg),
    "back-pain": pain_attributes.of_back,
    "inflammatory-pain": pain_attributes.of_a_pattern,
    **dict.fromkeys(
        (*_OWN, "reflex-loss", "saddle-numbness", "lax-sphincter", "sexual-loss", "cauda-equina-code"), _sign
    ),
    **dict.fromkeys(("leg-swelling", "chest-pain", "dyspnoea", "haemoptysis", "syncope"), _lasting),
    **dict.fromkeys(("pain-relief", "no-pain"), _relief),
    **OF_WOUNDS,
    "progressive-deficit": of_progress,
    **dict.fromkeys(
        ("foraminal-stenosis", "stenosis", "listhesis", "dynamic-listhesis", "disc-herniation", "instability"),
        of_lesion,
    ),
    "compression": of_compression,
    "pain-score": _score,
    "muscle-grade": _grade,
    **dict.fromkeys(("stimulator-present", "stimulator-implant", "pump-implant"), _device),
    "mr-check-device": _magnet,
}


def read(concept: str, words: str, severity: str = "") -> Attributes:
    """What the words say of the concept; ``severity`` are the words of the entry's own element for it."""
    reader = _READERS.get(concept)
    if reader is None:
        return PLAIN
    plain = words.lower()
    return reader(concept, f"{plain} ; {severity.lower()}" if severity and reader in _PAINS else plain)
