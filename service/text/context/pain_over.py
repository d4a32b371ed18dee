"""A pain whose own sentence tells that it is over: the readings and their text in, those pains denied out.

"Back went into spasm 3 weeks ago; two days of ibuprofen, nothing left of it now" and "both calves ached after a hike,
gone by Wednesday" tell of no pain of now. Only pain is meant here, which is common and passes: what ends an alarm
stands in ``told_of_then``. A pain that comes and goes ("every morning, gone in an hour", "after 100 m, better in a
minute") is there, and so is one that came back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from service.domain.statements import Polarity, Statement
from service.text.clauses.reading import Reading

PAINS = frozenset(
    [
        *("leg-pain", "back-pain", "back-and-leg-pain", "bilateral-leg-pain", "distal-leg-only", "claudication"),
        *("chronic-pain", "buttock-pain", "groin-pain", "hip-pain", "lateral-hip-pain", "si-joint-pain"),
        *("burning-pain", "nondermatomal-burning"),
    ]
)
"""Concepts of pain itself."""
_KINDS_OF_PAIN = PAINS | {
    *("pain-worse", "pain-returned", "no-relief", "mechanical-pain", "inflammatory-pain", "worse-standing"),
    *("worse-sitting", "worse-flexion", "worse-extension"),
}
_BEGINNINGS = frozenset({"lifting", "sudden-onset", "gradual-onset", "fall-or-trauma"})
_COUNT = r"(?:an?|the|one|two|three|four|five|six|seven|ten|\d{1,2}|a few|a couple(?: of)?|few|couple of|several)"
_UNIT = r"(?:days?|nights?|weeks?|hours?|hrs?|h|d|weekend|fortnight|months?|wks?)"
_DAY = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|morning|evening|breakfast|lunch(?:time)?|teatime"
    r"|bedtime|weekend|christmas|easter|new year|midday|noon|then|the (?:end|next|following|time|new year|\w+day)"
    r"|(?:the )?next|tomorrow|day \d+|week \d+|january|february|march|april|may|june|july|august|september|october"
    r"|november|december|spring|summer|autumn"
)
_WHEN = (
    rf"(?:by (?:the )?(?:{_DAY})|(?:with)?in (?:{_COUNT} )?(?:{_COUNT}[ -])?{_UNIT}\b|(?:after|inside) "
    rf"(?:{_COUNT}[ -])(?:good |proper )?{_UNIT}\b|(?:the |by )?(?:next|following|same) (?:day|morning|week|evening)"
    r"|overnight|on (?:its|their) own|(?:by|of) (?:it|them)sel(?:f|ves)|spontaneously|untreated|without (?:treatment"
    r"|any treatment|help|further)|at breakfast|with a hot bath|after (?:a |some |one |two )?(?:hot |warm )?(?:baths?"
    r"|night's (?:rest|sleep)|rest days?|sleep)|with (?:a )?(?:rest days?|night's (?:rest|sleep)))"
)
_CLOSED = rf"(?=\W*$|\s?[.,;)]|\s(?:{_WHEN}|now|since|again|completely|entirely|altogether|soon|quickly|today)\b)"
_IT = (
    r"(?:(?:it|that|this|which|these|they|both|all(?: of (?:it|that|this))?|everything|(?:the|this|that) (?:pain|ache"
    r"|soreness|spasm|cramp|discomfort|twinge|whole thing|episode|flare|bout)s?)"
    r"(?:'s|'ve|\s(?:has|have|had|is|are|was|were|then|now|since|soon|all|both|completely|fully|eventually|long|quickly"
    r"|thankfully|of|it|that|been))*\s)?"
)
_OVER = (
    r"(?:all |completely |fully |long |now |since |soon |quickly )*"
    r"(?:gone|over(?: (?:and|&) done with)?|passed(?: off)?|settled(?: down)?|resolved|cleared(?: up)?|vanished"
    r"|disappeared|subsided|abated|went(?: away| off)?|faded(?: away)?|recovered|self[- ]?limit(?:ed|ing)"
    r"|short[- ]lived|no (?:more|longer (?:there|present|troubl\w+|a (?:problem|concern|bother)|an issue|felt))"
    r"|(?:back|returned) to (?:normal|usual)|(?:right|fine) (?:as rain|again))"
)
_TIMED = (
    rf"(?:eased(?: off)?|better|fine|well|ok(?:ay)?|good|wor(?:e|n) off|let up|calmed down|normal) (?:again )?{_WHEN}"
)
_NOTHING = (
    r"(?:(?:nothing|none|nil|not a trace|no trace|no sign|not a hint)(?: (?:is|was|has been|been))?"
    r"(?: (?:left|remaining|remains|more|felt|seen|to be felt))?(?: of (?:it|that|this|them))?"
    r"(?: (?:left|now|today|since|any ?more|remains|at present|thereafter|afterwards))+)"
)
_NOT_BACK = (
    r"(?:(?:has|have|had|did|does)(?: not|n't) (?:been back|recur(?:red)?|come back|return(?:ed)?|happened again)"
    r"|never (?:came|come|been) back|never (?:returned|recurred)|not (?:been )?back since)"
)
_LASTED = rf"(?:it )?(?:only |just )?lasted (?:only |just |about |around |for |no more than )*(?:{_COUNT}[ -])+{_UNIT}"
_END = re.compile(
    rf"(?:[,;:(]|\s-+|\s\u2013|\. |\band|\bbut|(?=\b(?:which|that has|that had)\b))\s*"
    rf"(?:and |but |now |then |today |then |all |yet )*"
    rf"(?:{_IT}(?:{_OVER}{_CLOSED}|{_TIMED}|{_NOT_BACK})|{_NOTHING}|{_LASTED}|for {_COUNT} {_UNIT} only)",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"\b(?:but|until|till|again|return(?:s|ed)?|recur(?:s|red|rent)?|came back|come back|is back|still|worse|worsen\w*"
    r"|persist\w*|now (?!(?:none|nil|gone|fine|free|well|no|nothing|settled|0|zero)\b)|partly|mostly|nearly|almost"
    r"|second (?:one|attack|time|episode)|then (?:the )?(?:same|pain|leg|back|sciatica))\b",
    re.IGNORECASE,
)
_HABIT = re.compile(
    r"\b(?:every|each|daily|usually|always|whenever|when(?! (?:he|she|i|we|they) (?:was|were|had|moved|lifted))|most"
    r"|at night|nightly|evenings|mornings|sometimes|often|still|again|persist\w*|ongoing|comes and goes"
    r"|on (?:walking|standing|sitting|bending"
    r"|rising|and off)|if"
    r"|after (?:\d+ ?(?:m|metres?|meters|yards|yds|feet|ft|mins?|minutes)\b|sitting|standing|walking (?:\d|for)|a few"
    r" (?:steps|yards|metres)))\b",
    re.IGNORECASE,
)
_PIECE = re.compile(r"[;.]|\bbut\b", re.IGNORECASE)


def pain_over(readings: list[Reading], text: str) -> list[Reading]:
    """The readings; pains denied where the rest of their sentence tells that they are over."""
    if not any(_is_told(r) for r in readings):
        return readings
    for end in _END.finditer(text):
        if _THERE.search(_without_denied_return(text[end.end() :])) is None:
            readings = _denied(readings, _before(readings, end.start(), text), text)
    return readings


def tells_pain_over(text: str) -> bool:
    """Whether a sentence opens with the end of the pain that the one before told: "Nothing left of it now."."""
    found = _END.match(f", {text}")
    return found is not None and _THERE.search(text, found.end() - 2) is None


def ended_pain(statement: Statement) -> Statement:
    """The statement; denied for now where it is of a pain that was."""
    was = statement.concept in PAINS and statement.polarity is Polarity.YES
    return replace(statement, polarity=Polarity.NO) if was else statement


def _without_denied_return(words: str) -> str:
    return re.sub(rf"\b{_NOT_BACK}", " ", words, flags=re.IGNORECASE)


def _is_told(reading: Reading) -> bool:
    return reading.concept in _KINDS_OF_PAIN and not reading.sign and not reading.away


def _before(readings: Sequence[Reading], at: int, text: str) -> tuple[int, int]:
    """The piece of the sentence that the end is said of: the last before it that tells of anything."""
    edges = [0, *(m.end() for m in _PIECE.finditer(text, 0, at)), at]
    for begin, close in zip(reversed(edges[:-1]), reversed(edges[1:]), strict=True):
        inside = [r for r in readings if begin <= r.start < close and r.concept not in _BEGINNINGS]
        if inside:
            last = max(inside, key=lambda r: r.start)
            return (begin, close) if any(_is_told(r) for r in inside if r.end >= last.start) else (-1, -1)
    return -1, -1


def _denied(readings: Sequence[Reading], piece: tuple[int, int], text: str) -> list[Reading]:
    begin, close = piece
    if begin < 0 or _HABIT.search(text, begin, close):
        return list(readings)
    return [replace(r, sign="-") if begin <= r.start < close and _is_told(r) else r for r in readings]
