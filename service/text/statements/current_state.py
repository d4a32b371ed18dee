"""The state of a note is the last one it tells: its statements in order in, those that were over by its end closed.

A letter tells how it was ("in the second week she had rigors") and how it is ("no shivering since she left hospital").
A sign told of then and denied later in the same note was, and is not. Each of the two sentences must say so in its
way: the first that it is of a time that is over, or the second that something ended. A bare denial in a list proves
too little against a sign of today, and of bladder, bowel and saddle only an end told in words counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from service.domain.places import Side
from service.domain.statements import Polarity, Statement
from service.text.context.told_of_then import may_end, tells_return
from service.text.vocabulary.language import Language
from service.text.vocabulary.sections import Section

Said = list[tuple[Statement, Section]]

_COUNT = r"(?:an?|\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|a few|some|many|few)"
_UNIT = r"(?:days?|weeks?|wks?|months?|mths?|mos?|years?|yrs?)"
_OPERATION = r"(?:surg\w+|op\b|operat\w+|fusion|laminectomy|discectomy|microdiscectomy|decompression)"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?|spring|summer|autumn|winter|(?:19|20)\d\d)"
)
_OF_THEN = re.compile(
    rf"\bpre-?op\w*|\b(?:before|prior to) (?:the |her |his |my )?{_OPERATION}|\b{_COUNT} {_UNIT} later\b"
    rf"|\b(?:in|by) (?:the )?(?:first|second|third|fourth|\w+th) week\b|\b(?:first|second) night\b|\bnight after\b"
    rf"|\b(?:repaired|sutured|closed with|patched)\b|\b(?:at|on) (?:(?:the|her|his|my|our) )?(?:first|initial"
    rf"|last|previous|time of|index) \w+"
    r"|\bat (?:eval\w*|baseline|intake)\b|\bat (?:that|the) time\b|\bback then\b|\boriginal\w*\b|\bwho failed\b"
    r"|\bindication for\b|\b(?:letter|referral|note|form|triage|discharge summary|gp|er|ed|a&e) (?:says|said|states"
    r"|stated|mentions?|mentioned|reads|lists?|describes?|described|queried|labelled|has)\b",
    re.IGNORECASE,
)
"""A time that is over, in so many words."""
_DATED = re.compile(
    rf"\b{_COUNT}[ -]?{_UNIT} (?:ago|before|earlier|after|following|in)\b|\b\d{{1,2}}/(?:7|52|12) ago\b"
    rf"|\b(?:pod|day|week) ?#?(?:\d|one|two"
    rf"|three|four|five|six|seven)"
    rf"|\bat {_COUNT} {_UNIT}|\b(?:\d{{1,2}}/){{1,2}}(?:20)?\d\d\b|\bin (?:early |late |mid |mid-)?{_MONTH}\b"
    rf"|\blast (?:week|month|year|spring|summer|autumn|winter|{_MONTH})\b",
    re.IGNORECASE,
)
"""A day that is of the sign only where the sentence tells of the past, and of no operation that the day may be of."""
_SURGERY = re.compile(
    rf"\b(?:{_OPERATION}|s/p|post ?-?op\w*|\w*(?:ectomy|otomy|desis)|[atpx]?lif|acdf|out from|instrument\w+)\b",
    re.IGNORECASE,
)
_WAS = re.compile(
    r"\b(?:was|were|had|became|developed|began|started|came|could not|couldn't|couldnt|needed|required"
    r"|presented|admitted|treated|recorded|described|reported|queried|suspected|c/b|complicated by|initially"
    r"|at first|yesterday|last night|in (?:the )?(?:ed|er|a&e|hospital|recovery|ward)|on (?:the ward|admission|arrival"
    r"|presentation)|at (?:triage|presentation))\b",
    re.IGNORECASE,
)
_STILL = re.compile(
    r"\b(?:now|still|ongoing|persist\w*|continu\w*|remain\w*|this (?:morning|am|afternoon|evening)|today"
    r"|tonight|has|have"
    r"|'ve|since(?! (?:resolved|settled|gone))|wors\w+|increas\w+|progress\w+|getting|currently|comes? and goes?)\b",
    re.IGNORECASE,
)
_ENDED = re.compile(
    rf"\bsince\b(?! (?:the |her |his |my |this )?(?:{_OPERATION}|yesterday|last|this|mon|tue|wed|thu|fri|sat|sun))"
    rf"|\bno (?:longer|further|more)\b|\bany ?more\b|\b(?:gone|settled|resolved|stopped|cleared|healed"
    rf"|recovered|defervesced"
    rf"|disappeared|subsided)\b|\b(?:come|came) (?:back to|out)\b|\b(?:back|returned) to\b|\bstayed (?:away"
    rf"|dry)\b|\bdried up\b|\bwent (?:away|down|by)\b"
    rf"|\bnever (?:come|came) back\b|\bfor (?:(?:over|more than|the last|the past|about|at least"
    rf"|now) )*{_COUNT} {_UNIT}\b"
    r"|\bin (?:the last )?\d+ ?(?:h|hrs?|hours|days)\b",
    re.IGNORECASE,
)
_NEWER = re.compile(
    r"\b(?:later|latest|most recent|repeat|subsequent|newer|new|last|today's|this week's) (?:\w+ )?(?:ct|mri"
    r"|x-?rays?|films?|scans?|imaging|study|studies|swab)\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"[;,(]\s*(?:it |which |this )?(?:was|were|had been|previously|prior|from|down from)\b", re.IGNORECASE
)
""""4/5; it was 5/5 at her last visit" tells of now."""
_LABEL = re.compile(
    r"\W{0,2}(?:(?P<day>mon|tue|wed|thu|fri|sat|sun)[a-z]*|(?:pod|days?|weeks?|d"
    r"|wk) ?#?(?P<nth>\d{1,3})(?:\s?(?:-|to)\s?\d{1,3})?)\b(?: ?\([\w ]{1,12}\))?[^.:\w]{0,3}[:-]",
    re.IGNORECASE,
)
"""What opens an entry of a diary or a handover: "Tue:", "POD 2 -"."""
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ENDED_NOW = re.compile(r"\b(?:now|has|have|is|are|since then|ever since|still|today)\b", re.IGNORECASE)
_NOW = re.compile(r"\b(?:now|today|currently|at present|this (?:morning|am))\b", re.IGNORECASE)
_ANSWERED_BY = {
    "foot-drop": frozenset({"foot-drop", "leg-weakness", "normal-neurology"}),
    "bilateral-leg-weakness": frozenset({"bilateral-leg-weakness", "leg-weakness"}),
    "claudication": frozenset({"claudication", "leg-pain"}),
    "bilateral-leg-pain": frozenset({"bilateral-leg-pain", "leg-pain"}),
    "orthostatic-headache": frozenset({"orthostatic-headache", "headache"}),
    "clear-drainage": frozenset({"clear-drainage", "wound-drainage"}),
    "wound-infection": frozenset({"wound-infection", "wound-drainage"}),
}
"""What is over when something wider is: full power ends a drop foot."""
_REGAINED = re.compile(r"\b(?:recovered|regained|(?:back|returned) to|come back)\b", re.IGNORECASE)
_POWER = frozenset({"leg-weakness", "foot-drop", "bilateral-leg-weakness"})
_LAST_DENIALS = 6
"""Of one sign so many are looked at, which bounds the work of a note of any length."""
_SLOW = "alarms-cauda"
_FOR_A_WHILE = re.compile(
    rf"\b(?:was|were|went|had|did)\b.{{0,60}}\b(?:for (?:like |about |around |over |almost |nearly "
    rf"|the first )?{_COUNT} {_UNIT}"
    r"|until|till)\b|\b(?:no|not|never|nothing)\b.{0,60}\b(?:until|till)\b",
    re.IGNORECASE,
)
"""What was not there for a while, and says nothing of now: "the leg pain was gone for two months"."""


def as_of_now(said: Said, lines: Mapping[int, str], language: Language) -> Said:
    """The statements of one note; a sign that is over by what the note tells later is closed. ``lines`` holds the
    sentence of each number."""
    told: dict[str, list[Statement]] = {}
    for statement, _ in said:
        if not statement.closed and statement.polarity is not Polarity.UNCERTAIN:
            told.setdefault(statement.concept, []).append(statement)
    denied = {c for c, held in told.items() if any(s.polarity is Polarity.NO for s in held)}
    if not denied:
        return said
    said = [pair for pair in said if not _was_free(pair[0], lines)]
    over: list[Statement] = []
    entry = _entries(lines)
    part = {s.sentence: s.attributes for s, _ in said if s.attributes.fallen}
    graded: dict[int, set[str]] = {}
    for statement, _ in said:
        if statement.concept == "muscle-grade" and not statement.attributes.old:
            graded.setdefault(statement.sentence, set()).add(statement.attributes.muscle)
    for concept, held in sorted(told.items(), key=lambda pair: pair[0] in _ANSWERED_BY):
        wide = _ANSWERED_BY.get(concept, frozenset({concept}))
        if denied.isdisjoint(wide) or not may_end(concept, language):
            continue
        if any(s.polarity is Polarity.YES for other in wide - {concept} for s in told.get(other, ()) if s not in over):
            wide = frozenset({concept})
        ends = [s for name in wide for s in told.get(name, ()) if s.polarity is Polarity.NO]
        ends = sorted(ends, key=lambda s: s.sentence)[-_LAST_DENIALS:]
        yes = [s for s in held if s.polarity is Polarity.YES]
        slow = concept in language.groups.get(_SLOW, ())
        done = [
            y
            for y in yes
            if y.sentence not in part
            and any(
                _ends(y, n, graded, lines) and (_is_over(y, n, lines, slow=slow) or _is_later(y, n, entry))
                for n in ends
            )
        ]
        if len(done) == len(yes):
            over += done
    over = _without_one_left(over, told, language)
    if not over:
        return said
    gone = {(s.concept, s.sentence) for s in over}
    weak = {s.sentence for s in over if s.concept in _POWER}
    return [(_closed(s, gone, weak), section) for s, section in said]


def _entries(lines: Mapping[int, str]) -> dict[int, tuple[int, int]]:
    """For each sentence of a diary the number of its entry and the day that the entry names."""
    found: dict[int, tuple[int, int]] = {}
    held: tuple[int, int] | None = None
    for number in sorted(lines):
        if label := _LABEL.match(lines[number]):
            day = _DAYS.index(label["day"].lower()) if label["day"] else 10 + int(label["nth"])
            held = (number, day)
        if held:
            found[number] = held
    return found


def _is_later(sign: Statement, denial: Statement, entry: Mapping[int, tuple[int, int]]) -> bool:
    """Whether a later entry of the diary denies what an earlier one told."""
    then, now = entry.get(sign.sentence), entry.get(denial.sentence)
    if then is None or now is None or {sign.side, denial.side} == {Side.LEFT, Side.RIGHT}:
        return False
    return then[0] < now[0] and then[1] < now[1] and (then[1] < len(_DAYS)) == (now[1] < len(_DAYS))


def _ends(sign: Statement, denial: Statement, graded: Mapping[int, set[str]], lines: Mapping[int, str]) -> bool:
    """Whether the denial is of the same: full power of one muscle ends no weakness of another, unless it recovered."""
    weak, full = graded.get(sign.sentence), graded.get(denial.sentence)
    if not weak or not full or "" in full or weak <= full or sign.concept not in _POWER:
        return True
    return _REGAINED.search(lines.get(denial.sentence, "")) is not None


def _was_free(statement: Statement, lines: Mapping[int, str]) -> bool:
    if statement.polarity is not Polarity.NO:
        return False
    line = lines.get(statement.sentence, "")
    return _FOR_A_WHILE.search(line) is not None and _ENDED_NOW.search(line) is None


def _closed(statement: Statement, gone: set[tuple[str, int]], weak: set[int]) -> Statement:
    if statement.concept == "muscle-grade" and statement.sentence in weak:
        return replace(statement, attributes=replace(statement.attributes, old=True, new=True))
    if (statement.concept, statement.sentence) in gone and statement.polarity is Polarity.YES:
        return replace(statement, closed=True)
    return statement


def _without_one_left(
    over: list[Statement], told: Mapping[str, Sequence[Statement]], language: Language
) -> list[Statement]:
    """Of bladder, bowel and saddle none is over while another stands."""
    group = language.groups.get(_SLOW, frozenset())
    stands = any(s.polarity is Polarity.YES and s not in over for concept in group for s in told.get(concept, ()))
    return [s for s in over if s.concept not in group] if stands else over


def _is_over(sign: Statement, denial: Statement, lines: Mapping[int, str], *, slow: bool) -> bool:
    if denial.sentence <= sign.sentence or {sign.side, denial.side} == {Side.LEFT, Side.RIGHT}:
        return False
    then, now = lines.get(sign.sentence, ""), lines.get(denial.sentence, "")
    if any(tells_return(lines.get(denial.sentence + step, "")) for step in (1, 2)):
        return False
    if not then or _STILL.search(then) or _COMPARES.search(then):
        return False
    ended = _ENDED.search(now) is not None or _NEWER.search(now) is not None
    was = _WAS.search(then) is not None
    dated = was and _DATED.search(then) is not None and _SURGERY.search(then) is None
    of_then = dated or _OF_THEN.search(then) is not None
    if of_then and not slow:
        return True
    return (ended or (not slow and _NOW.search(now) is not None)) and (of_then or was)
