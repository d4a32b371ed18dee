"""What one sentence tells of a time that is over: its text and readings in, the readings so marked out.

"Before surgery both legs gave out" is of the past up to the word that turns to now ("since the operation he walks").
"A temperature on day three, which settled, none since" tells in one breath of a sign and of its end.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from service.domain.statements import Polarity, Statement
from service.text.clauses.reading import Reading
from service.text.context.pain_over import PAINS
from service.text.vocabulary.language import Language

_OPERATION = r"(?:surg\w+|op\b|ops\b|operat\w+|fusion|laminectomy|discectomy|microdiscectomy|decompression)"
_BEFORE = re.compile(
    rf"(?:^|[.;:]\s)\W*(?:(?:as|for) background,?\s)?(?:pre-?op\w*|(?:before|prior to)\s(?:the\s|her\s|his\s"
    rf"|my\s|that\s)?{_OPERATION}|(?:the\s)?(?:reason|indication)\sfor\s(?:the\s|her\s|his\s|my\s)?(?:index\s)?"
    rf"{_OPERATION}(?!\s(?:tonight|today|now))|(?:problems?|symptoms|complaints?|status)\s(?:before"
    rf"|prior\sto)\s{_OPERATION}"
    rf"|(?:presented|came in|admitted|arrived|was seen) (?:pre-?op\w*"
    rf"|before (?:the )?{_OPERATION})"
    r"(?=\swith\b))"
    r"(?=[\s:,])(?![^.]{0,12}\bduring\b)",
    re.IGNORECASE,
)
_NOW = re.compile(
    rf"\b(?:now|since|today|post-?op\w*|currently|still|same as|as before|again|unchanged|persist\w*|remain\w*"
    rf"|continu\w*|after (?:the |her |his |my )?{_OPERATION}|afterwards|after that|has|have|is|are)\b",
    re.IGNORECASE,
)
_TREATED = re.compile(
    rf"\b(?:which (?:was|were) |was |were |has been |have been )?(?:treated|managed|addressed|relieved|corrected"
    rf"|operated on) (?:surgically )?(?:by|with|through|via)\s(?:(?:an?|the|\w+)\s){{0,2}}?"
    rf"(?:\w*{_OPERATION}|spondylodesis)",
    re.IGNORECASE,
)
"""What a pain before it was operated for: "pain from a slip, treated by fusion six months ago"."""
_ENDED_VERB = (
    r"(?:settled|resolved|recovered|cleared|gone|went away|went down|healed|stopped|dried up|come (?:right|out)"
    r"|came (?:right|out|down)|disappeared|subsided|abated|receded|regressed|remitted"
    r"|back to normal|(?:normal|fine|ok(?:ay)?|all right) (?:now|again))"
)
_CLOSE = (
    r"(?=\W*$|\s?[.,;)]|\s(?:by|with|after|on|in|within|since|when|and|completely|fully|overnight|entirely"
    r"|altogether|now|again|before|straight|spontaneously|quickly|without)\b)"
)
_ENDED = re.compile(
    r"(?P<at>[,;(]|\s-+\s|\.\s|\band\b|(?=\bwhich\b)|(?=\bbut\b))\s*(?:but\s|and\s)?"
    r"(?:(?P<what>which|that|it|this|these|they|both|all)(?:'s|\s(?:has|have|had|is|are|was|were|now|since|then|all"
    r"|soon|both"
    rf"|completely|fully|eventually|quickly|thankfully|of (?:which|it|that)))*\s{_ENDED_VERB}{_CLOSE}"
    rf"|(?P<bare>(?:(?:fully|completely|now|all|has|since|then) )*{_ENDED_VERB})(?: fully| completely| spontaneously)?"
    r"(?=\s?[.,;)]|\W*$)"
    r"|(?:the )?(?:second|next|other) (?:time|attempt|try)\s(?:was |all )?(?:fine|ok(?:ay)?|good|without|no problem)"
    r"|(?:no (?:more |further |other )?(?:problems?|trouble|issues?|difficult\w+|recurrences?|bother|complaints?"
    r"|symptoms?"
    r"|episodes?|repeats?|concerns?)(?: with \w+)?|none|nothing|nil|not|never)\s(?:at all\s)?(?:since|thereafter"
    r"|afterwards|again|now|in (?:the )?(?:last |past )?\d+)"
    r"(?!\w?\s(?:the\s)?(?:surg|op\b|operat)))",
    re.IGNORECASE,
)
_HAD = re.compile(
    r"\b(?:h/o|hx of|history of|had|was|were|went|got|developed|suffered|ago|back|last (?:week|month|year))\b",
    re.IGNORECASE,
)
"""That something was: only then is a bare "recovered fully" its end."""
_BACK = re.compile(
    r"\b(?:but|until|came back|come back|returned|returns|recur\w*|partly|partial\w*|mostly|nearly|almost"
    r"|not (?:fully|completely|"
    r"entirely)|for (?:a|an|about|\d+|two|three) (?:few )?(?:hour|day|week|month)s?\b)",
    re.IGNORECASE,
)
_NOT_BACK = re.compile(
    r"\b(?:(?:has|have|had|did|does|is)(?:\snot|n'?t)|never)\s(?:since\s|yet\s)?(?:returned|return|come back"
    r"|came back|recur\w*|reappeared|been back|back"
    r"|(?:happened|occurred|bothered \w+|troubled \w+)(?= (?:\w+ )?(?:since|again|any ?more)))\b",
    re.IGNORECASE,
)
_GOOD = re.compile(
    r"\b(?:feelings?|sensations?|power|strength|function|control|reflex\w*|jerks?|movements?|continence"
    r"|erections?|bladder|bowels?"
    r"|appetite|sleep)\b",
    re.IGNORECASE,
)
"""What a patient would have back: "the feeling has not returned" tells of a loss."""
_NEAR = 30
_ALL_OVER = re.compile(
    r"\W*(?:(?:but|and|now|today|since then|thankfully|luckily|happily|fortunately|i am (?:happy|glad|pleased) to say"
    r")[\s,:]+)*(?:(?:it|that|this|they|these|both|all(?: of (?:that|this|it|these))?|everything)(?:'s|'ve)?\s)?"
    r"(?:(?:is|are|has|have|had|was|were|all|now|since|then|soon|completely|fully|both|been|quickly) )*"
    r"(?:settled|resolved|recovered|cleared(?: up)?|gone|went away|came down(?! with)|healed|stopped|come right"
    r"|behind (?:her|him|me|us)|dried up|disappeared|subsided|back to normal|never (?:came|come) back"
    r"|not (?:come|been) back|none since"
    rf"|nothing since|fine (?:now|since)|ok(?:ay)? (?:now|since)){_CLOSE[:-1]}|\sby itself|\son its own)",
    re.IGNORECASE,
)
"""A sentence about what was told before it, which is over."""
_KINDS = frozenset({"symptom", "finding", "result"})
_STAYS = frozenset([
    "pain-relief", "partial-relief", "no-relief", "no-pain", "device-relief", "device-relief-lost", "normal-neurology",
    "stable-films", "balanced-films", "pars-intact", "wide-foramen", "solid-fusion", "no-compression", "normal-study",
    "emg-normal", "implant-contained", "si-tests-negative", "block-positive", "block-negative", "postsurgical-change",
    "sudden-onset", "gradual-onset", "lifting", "fall-or-trauma", "crack-felt", "pain-returned", "pain-worse",
    "pain-unlike-before", "postlaminectomy-syndrome", "doing-well",
])  # fmt: skip
"""What no later word takes back: what is good, and how something began or went."""


def may_end(concept: str, language: Language) -> bool:
    """Whether a patient can have had it and have it no more."""
    return concept == "smoking" or (concept not in _STAYS and language.meanings.get(concept, ("", ""))[0] in _KINDS)


def as_of_then(statement: Statement, language: Language) -> list[Statement]:
    """What a frame of before the operation leaves of a statement: a sign is known, a grade is what later ones are set
    against, and what a picture showed is no finding of now."""
    if statement.concept == "muscle-grade":
        if statement.attributes.old:
            return []  # earlier still, or the rest of "EHL 3/5, rest 5/5"
        return [replace(statement, attributes=replace(statement.attributes, old=True, new=False))]
    if language.meanings.get(statement.concept, ("", ""))[0] == "finding":
        return []
    return [replace(statement, closed=True) if may_end(statement.concept, language) else statement]


def over(statement: Statement, language: Language, *, doubted: bool = False) -> Statement:
    """A sign that the next sentence tells to be over, or not to be, is denied for now."""
    told = statement.polarity is Polarity.YES or (doubted and statement.polarity is Polarity.UNCERTAIN)
    return replace(statement, polarity=Polarity.NO) if told and may_end(statement.concept, language) else statement


def tells_end(text: str) -> bool:
    """Whether the sentence tells that what the one before told of is over: "That has settled", "None since"."""
    ended = _ALL_OVER.match(text)
    return ended is not None and not _BACK.search(text, ended.end())


_RETURNS = re.compile(
    r"(?<!never )(?<!not )(?<!n't )\b(?:again|is back|are back|(?:come|came) back|returned|recurred|restarted)\b",
    re.IGNORECASE,
)


def tells_return(text: str) -> bool:
    """Whether the sentence tells that something that was over is there again."""
    return _RETURNS.search(text) is not None


_WITHDRAWN = re.compile(
    r"\W*(?:sorry\W+)?(?:(?:that|this|it|which) (?:was|is|were) (?:an? |the )?(?:different patient"
    r"|another patient|other patient"
    r"|(?:entered |documented |dictated |recorded |put )?in error|(?:documentation |dictation "
    r"|typing )?(?:error|mistake)|incorrect|typo)"
    r"|scratch that|strike that|delete that|disregard (?:that|this)|ignore that"
    r"|(?:written|entered|charted|documented|recorded|filed) (?:in|into|on|for) (?:the )?wrong \w+"
    r"|wrong (?:patient|chart)|belongs to (?:bed|another)|misheard|not this patient)\b",
    re.IGNORECASE,
)


_REFUTED = re.compile(
    r"\W*(?:this|that|it|which|these|they)(?: (?:was|were|has been|have been|is|are|later|subsequently|then|since))+ "
    r"(?:not (?:confirmed|borne out|supported)|ruled out|excluded|disproved|unfounded)\b",
    re.IGNORECASE,
)


def is_refuted(text: str) -> bool:
    """Whether the sentence tells that what the one before told or asked was found not to be."""
    return _REFUTED.match(text) is not None


def is_withdrawal(text: str) -> bool:
    """Whether the sentence takes back the one before: "That was a different patient"."""
    return _WITHDRAWN.match(text) is not None


def ends_paragraph(text: str) -> bool:
    """Whether what is over is all that the paragraph told: "All of this settled by Christmas"."""
    return re.match(r"\W*(?:all (?:of )?(?:this|that|these|those|it)|everything)\b", text, re.IGNORECASE) is not None


_IN_BRACKETS = re.compile(
    rf"\((?:all |both |these )?(?:pre-?\s?op\w*|pre-?surg\w*|(?:before|prior to) (?:the |her |his |my )?{_OPERATION})\)"
    r"\W*\Z",
    re.IGNORECASE,
)
""""Weak foot, pain down the leg (pre-op)." """
_IS_BACK = re.compile(
    r"[;,.]\s*(?:but |and |now )*(?:it|this|that|they|the same)(?:'s| is| are| has| have)? (?:now |again )*"
    r"(?:back(?! (?:to|at|in)\b)|come back|returned(?! to)|recurred)\b",
    re.IGNORECASE,
)
""""The foot drop had gone; it is back since yesterday"."""
_AT_END = re.compile(
    r"(?<!as )(?<!like )(?<!than )(?<!to )\b(?:(?:for |x |some )?(?:\d+|a few|several|two|three|four|six) ?\w+ )?"
    rf"(?:before|prior to) (?:(?:the |her |his |my )?{_OPERATION}"
    r"|(?:they|he|she|we|i|the surgeon) (?:was |were |ever )?operated)\W*\Z",
    re.IGNORECASE,
)
_NOT_THEN = re.compile(
    r"\b(?:no|not|never|without|unlike|normal|full|fine|strong|intact|worse|more|better|now|new|today|yesterday|since"
    r"|still|same|present|there)\b|n't\b|[0-5][+-]?\s?/\s?5|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)
"""What is set against then, or is of these days."""


def _told_at_end(readings: list[Reading], text: str, language: Language) -> list[Reading]:
    """ "Left foot weak x 3 weeks before op": the words of time close what they are of."""
    ended = _IN_BRACKETS.search(text) or _AT_END.search(text)
    if ended is None:
        return readings
    begin = max(text.rfind(mark, 0, ended.start()) for mark in ".;,") + 1 if ended.re is _AT_END else 0
    if _NOT_THEN.search(text, begin, ended.start()):
        return readings
    return [
        replace(r, past=True) if begin <= r.start < ended.start() and _may_end(r, language) else r for r in readings
    ]


_USED_TO = re.compile(r"\bused to \w+(?! \w+ now\b)", re.IGNORECASE)
""""The knee that used to buckle"."""
_ROSE = re.compile(
    r"\b(?P<now>\d{1,3}) ?%[^.;%]{0,30}?\b(?:earlier|was|previously|before|initially|from|pre-?op\w*)\W{0,3}(?:only )?"
    r"(?P<then>\d{1,3}) ?%",
    re.IGNORECASE,
)


def _is_used_to(reading: Reading, used: re.Match[str], text: str) -> bool:
    return (
        reading.first < used.end()
        and used.start() < reading.last
        and re.search(r"[,;.]|\b(?:now|and|but)\b", text[used.end() : reading.last]) is None
    )


def _back(reading: Reading, language: Language) -> Reading:
    is_sign = reading.concept in language.groups["signs"] and not reading.away
    return replace(reading, sign="", past=False, known=False) if is_sign and reading.sign != "?" else reading


def of_then(readings: list[Reading], text: str, language: Language) -> list[Reading]:
    """The readings; ``past`` where they stand behind "before surgery", denied where the sentence tells their end."""
    if back := _IS_BACK.search(text):
        return [
            _back(r, language) if r.end <= back.start() and not _GOOD.search(text[r.first : r.last]) else r
            for r in readings
        ]
    if not any(not r.sign for r in readings):
        return readings
    readings = _told_at_end(readings, text, language)
    if used := _USED_TO.search(text):
        readings = [
            replace(r, past=True)
            if r.concept in language.groups["signs"] and not r.sign and _is_used_to(r, used, text)
            else r
            for r in readings
        ]
    if (rose := _ROSE.search(text)) and int(rose["now"]) > int(rose["then"]):  # "feels 90 %, earlier 60 %"
        readings = [
            replace(r, topic=True) if r.first < rose.end() and rose.start() < r.last and _may_end(r, language) else r
            for r in readings
        ]
    if before := _BEFORE.search(text):
        turn = _NOW.search(text, before.end())
        until = turn.start() if turn else len(text)
        readings = [
            replace(r, past=True) if before.end() <= r.start < until and _may_end(r, language) else r for r in readings
        ]
    if (treated := _TREATED.search(text)) and not _NOW.search(text, treated.end()):
        readings = [replace(r, past=True) if r.start < treated.start() and r.concept in PAINS else r for r in readings]
    if away := _NOT_BACK.search(text):
        readings = [replace(r, sign="-") if _is_absent(r, away.start(), text, language) else r for r in readings]
    ended = next(
        (m for m in _ENDED.finditer(text) if m["what"] or not m["bare"] or _HAD.search(text, 0, m.start())), None
    )
    if ended is None or _BACK.search(text, ended.end()):
        return readings
    edge = ended.start()
    begin = max((r.start for r in readings if r.end <= edge), default=0) if ended["what"] == "it" else 0
    again = {r.concept for r in readings if r.start >= edge and not r.sign and not r.away}
    return [
        replace(r, sign="-")
        if begin <= r.start and r.end <= edge and r.concept not in again and _may_end(r, language)
        else r
        for r in readings
    ]


def _is_absent(reading: Reading, at: int, text: str, language: Language) -> bool:
    between = text[reading.end : at] if reading.end <= at else ";"
    own = text[min(reading.first, reading.start) : at]
    near = len(between) <= _NEAR and not any(mark in between for mark in ";.:")
    return near and _may_end(reading, language) and not _GOOD.search(own)


def _may_end(reading: Reading, language: Language) -> bool:
    return not reading.sign and not reading.away and may_end(reading.concept, language)
