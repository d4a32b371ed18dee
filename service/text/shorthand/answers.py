"""Questions with their answers: a text in, the same with each answered question told as a statement out.

In a call or a chat one asks and another answers: "NURSE: Any fever? / CALLER: No, none." tells of no fever, and
a question that got no answer tells nothing. In running text the answer stands behind its question ("Fever? None.").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_LABEL = re.compile(
    r"[ \t>]*(?:\[[^\]\n]{3,20}\][ \t]*|(?:[A-Z][a-z]{2,8} )?\d{1,2}[:.]\d{2}(?: ?[apAP]\.?[mM]?\.?)?[ \t,-]+)?"
    r"(?P<who>[A-Z][\w.'-]{0,15}(?: [\w.'-]{1,15}){0,2}(?: ?\([\w ]{2,20}\))?)[ \t]?:[ \t]+(?=\S)"
)
_ASKERS = re.compile(
    r"(?:nurse|rn|n|dr|doctor|doc|clinic|helpline|sister|clinician|operator|triage|handler|gp|physio|interviewer|q"
    r"|agent"
    r"|advisor|adviser|practitioner|np|pa|pharmacist|team|coordinator|bot|system|spine line|hcp|matron|registrar"
    r"|consultant)\b",
    re.IGNORECASE,
)
_FEWEST_TURNS = 4
_TOPIC_WORDS = 3
"""A question of no more words names a topic, and what answers it is said of that."""
_WHOM = (
    r"(?:sir|ma'?am|madam|miss|sister|love|doc(?:tor)?|nurse|pet|hen|dear|honey|thanks?|thank (?:you|god"
    r"|goodness|the lord|heavens?)|touch wood|really|honestly)"
)
NO = re.compile(
    r"\W*(?:(?:oh|well|er+|u[mh]+|honestly|lord|god|2\)|\d\))[\s,]+){0,2}"
    r"(?:(?:no|nope|none|never) to (?:both|all|all of (?:that|those|them)|either|any|each)|no|nope|nah"
    r"|naw|na|nay|none|nane|nil"
    r"|neither|never(?: had)?|negative|nothing|nowt|no way"
    r"|not (?:at all|really|that i(?:'ve| have)? (?:(?:know|am aware) of|noticed)|once|ever|a (?:drop|bit"
    r"|thing|sausage|jot|trace|touch|one)|any|me"
    r"|one bit|so far|now|since (?:then|(?:before )?(?:the |my |his |her )?(?:surgery|operation|op"
    r"|therapy|physio|rehab)))"
    r"|none (?:whatsoever|at all|of the time)|nothing at all"
    r"|(?:he|she|i|it|they|we)(?:(?:'s| has| is| was|'ve| have|'m| am| do| does| did| had) not|(?: has| is| was"
    r"| have| do| does| did|'s)n'?t))"
    rf"(?:[\s,]+(?:and no|no|nope|none|nothing|neither|not at all|at all|yet|whatsoever|either|(?:of|o"
    rf"|like) (?:that|those|them|it|these|the above)"
    rf"|(?:he|she|i|it|they)(?: has| is| have| do| does|'s)(?:n'?t| not)|(?:he|she) said|{_WHOM}))*"
    r"(?:[\s\"')]*(?:[.,;!:]|\s-|\n|$)\s*|\s+(?=(?:i|it|he|she|but|just|only|they|that's|my|his|her|the)\b))",
    re.IGNORECASE,
)
YES = re.compile(
    r"\W*(?:(?:oh|well|er+|u[mh]+|lord|god)[\s,]+){0,2}"
    r"(?:yes|yeah|yea|yep|yup|aye|ay|ya|correct|definitely|positive|affirmative|indeed"
    r"|(?:i|we|they) (?:do|have|am|can|did|are)|(?:he|she|it) (?:is|has|does|did|was|can))"
    rf"(?:[\s,]+(?:yes|yeah|i (?:do|have|am)|indeed|a bit|a little|{_WHOM}))*"
    r"(?:[\s\"')]*(?:[.,;!:]|\s-|\n|$)\s*|\s+(?=(?:i|its?|it's|he|she|but|just|only|they|since|a|for|from"
    r"|and|the|my|in)\b))",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"\W*(?:(?:and|so|right|okay|ok|now|well|then|also|just|lovely|great|good|grand|thanks|what about|how about"
    r"|tell me|hi|hello"
    r"|i(?:'ve| have) got to ask|i need to ask|\d[.)])[\s,.:!-]+)*"
    r"(?:(?:do|does|did|have|has|had|are|is|was|were|can|could|will|would)(?:n't)?\s+(?:there\s+(?:been\s+)?|(?:you"
    r"|he|she|it|they|we|mum|mam|mom|dad|(?:the\s+)?(?:patient|pt|claimant|client|member|insured|employee))\s+)?)?"
    r"(?:(?:got|had|having|noticed|been|ever|still|currently|experienced|experiencing|felt|feeling|seen"
    r"|developed)(?:\s+(?=an?\b|any\b)|:\s))?"
    r"(?:any(?:thing like)?\s+)?(?:(?:new|other|further|more)\s+(?!than))?",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?:\W*(?:and|so|right|okay|ok|now|well)\W+)*(?:how|what|when|where|why|who|which|should|shall|may i)\b",
    re.IGNORECASE,
)
_ASKS_OF = re.compile(
    r"\W*(?:and |so |ok(?:ay)?,? |now |then )?(?:any|have (?:you|i)|has (?:he|she|there|(?:the )?\w+)|do (?:you|i)"
    r"|does (?:he|she|(?:the )?\w+)|did (?:you|he|she|(?:the )?\w+)|are (?:you|there)|is (?:he|she|there)|am i"
    r"|was there|were (?:you|there)|can (?:you|he|she) (?:feel|move|pass|walk|lift|pee|wee|control)"
    r"|able to)\b(?!.*\b(?:someone|anyone|people|if)\b)",
    re.IGNORECASE,
)
"""Questions about the patient, of which an answer in running text tells."""
_TOLD_IN_ASKING = re.compile(
    r"\b(?:you(?:'ve| have) had|since (?:they|you|your|the)|is that right|isn't it|haven't you|didn't you)\b",
    re.IGNORECASE,
)
_TITLED = re.compile(r"(?m)^(?P<asked>[A-Z][A-Z /&,]{3,40}):?[ \t]*\n+(?P<none>None|Nil)\b")
"""A title and the "none" under it: "NUMBNESS / None in the legs"."""
_QUESTION = re.compile(r"[^.?!\n]*[^.?!\n\s][^.?!\n]*\?")
_ABLE = re.compile(
    r"\b(?:able to|manag\w+ to|pass(?:ing)? (?:water|urine|wee|pee)|peeing|weeing|urinating|feel(?: it| when"
    r"| yourself| the)|control|empty(?:ing)?|mov(?:e|ing) (?:your|his|her|the|both)"
    r"|lift(?:ing)? (?:your|his|her|the)|walk(?:ing)?|stand(?:ing)?)\b",
    re.IGNORECASE,
)
_TROUBLE = re.compile(
    r"\b(?:trouble|problems?|difficult\w*|accidents?|los[et]\w*|loss|numb\w*|weak\w*|pain|worse|unable|struggl\w+"
    r"|leak\w*|wet\w*|hard|lump|swell\w*|drag\w*|funny)\b",
    re.IGNORECASE,
)
_OR_HAVE = re.compile(r"\bor (?:have|had|do|are) (?:you )?", re.IGNORECASE)
_ABLE_TO = re.compile(r"\b(?:able to|manag\w+ to)\s+", re.IGNORECASE)
_FINE = re.compile(r"\s*\b(?:ok(?:ay)?|fine|all ?right|normal(?:ly)?|properly|well|freely)\s*$", re.IGNORECASE)
_YOURS = re.compile(r"\b(?:your|you|the patient's)\s+", re.IGNORECASE)
_RUNNING = re.compile(
    r"(?:(?<=[.!?:\n] )|(?<=\n)|^)(?P<asked>[A-Z\"'][^.?!\n]{2,140})\?+[\"')]?[ \t]+(?=(?:[Nn]|[Yy]|[Oo]h|[Ww]ell"
    r"|[Aa]y|[Hh]e |[Ss]he |I ))"
    r"(?P<reply>[^.?!\n]{1,120}(?:[.!\n]|$))"
)
_ASKED_OF_PART = re.compile(
    r"(?:\W*(?:and|so|right|okay|ok|now|well)\W+)*how(?:'s| is| are| about) (?:your|the|his|her)"
    r" (?P<part>[a-z]+(?: [a-z]+)?)\?$",
    re.IGNORECASE,
)
_IT_IS = re.compile(r"\W*(?:(?:oh|well|er+|u[mh]+)[\s,]+){0,2}(?:that|it|they)(?:'?s|'?re| is| are)\s+", re.IGNORECASE)
"""What answers a question after one part of the body tells of that part: "And the bladder? That's fine"."""
_SO_NO = re.compile(r"\bso (?:i'd |i would |i'll |i guess |i'd have to )?(?:say )?(?P<what>no|yes)\W*$", re.IGNORECASE)
"""An answer that comes at the end of its reasons: "I climbed two flights, so I'd say no"."""
_INLINE_ASKER = re.compile(
    r"(?:nurse|rn|doctor|dr|clinician|operator|triage|handler|interviewer|clinic|helpline|agent|physio)\b",
    re.IGNORECASE,
)
_INLINE_TURN = re.compile(r"(?<=[?.!]) +(?=[A-Z][A-Za-z]{1,14}: \S)")
_LINED = re.compile(
    r"(?m)^[ \t]*(?:\d{1,2}[.)][ \t]*)?(?P<asked>[A-Z][^?\n:]{2,90})\?[ \t]*\n"
    r"[ \t]*[\"'\u201c]?(?P<reply>[A-Za-z][^\n]*)"
)
"""A question on one line of a form and its answer on the next."""
_WHERE = re.compile(r"where\b.{0,30}\b(?:pain|hurts?)\s*(?:now|worst)?\Z", re.IGNORECASE)
_STATE = re.compile(
    r"(?P<state>gone|numb|dead|fine|normal|good|ok(?:ay)?|dry|swollen|weak|strong)\b\W*(?=[.!,\n]|$)", re.IGNORECASE
)
_MAY_ANSWER = re.compile(r"\?+[\"')]?[ \t]+[A-Za-z]")
_ASKED = re.compile(
    r"\b(?:(?:was |were |when |i |we |you )?asked|you ask) (?:(?:on|over) (?:the )?phone )?(?:(?:him|her|me"
    r"|them|pt|patient|specifically|directly|again"
    r"|the patient)\s+){0,2}"
    r"(?:about|re|regarding|if (?:he|she|they|i) (?:has|have|had)) (?P<asked>[^.?!\n;:,]{3,80})[.?:;,-]\s+"
    r"(?:and\s+)?(?:(?:he|she|they|patient|pt|i|answer|the answer|reply)\s+(?:said|says|answered|replied|was|is"
    r"|told (?:me|us))\s+)?"
    r"(?P<reply>(?:no|nope|none|never|nil|yes|yeah|negative|(?:he|she|i) (?:has|have|do|does|did|am"
    r"|is) not)\b[^.?!\n]{0,60}(?:[.!\n]|$))",
    re.IGNORECASE,
)

_ASKED_FINE = re.compile(
    r"\byou ask(?:ed)? (?:(?:me|us|on|over|the|phone) ){0,3}about (?:the |my |his "
    r"|her )?(?P<asked>[^.?!\n;:,]{3,60}?)"
    r"(?:,? (?:if )?(?:\w+ )?or not)?[.:,-]\s+(?:(?:it|that|this|he|she|they|i|all|both)(?:'s|'re|\s(?:is|are"
    r"|feels?))?\s)?"
    r"(?:all |both )?(?P<fine>normal|fine|ok(?:ay)?|good)\b",
    re.IGNORECASE,
)
"""What somebody was asked about and finds in order: "You ask about the bladder: it is normal"."""


def with_answers(text: str) -> str:
    """The text with questions and answers as statements. One look where it asks nothing."""
    if "sked " in text:
        text = _ASKED.sub(_told, text)
    if "ou ask" in text:
        text = _ASKED_FINE.sub(r"\g<asked>: \g<fine>", _ASKED.sub(_told, text))
    if "\nN" in text:
        text = _TITLED.sub(lambda found: f"No {found['asked'].lower().strip()}", text)
    if "?" not in text:
        return text
    lines = [turn for line in text.split("\n") for turn in _turns(line)]
    labels = [_LABEL.match(line) for line in lines]
    speakers = _speakers(labels, lines) or _pair(labels, lines)
    if speakers:
        return "\n".join(_dialogue(lines, labels, speakers))
    if "?\n" in text or "? \n" in text:
        text = _LINED.sub(_told_below, text)
    return _RUNNING.sub(_told, text) if _MAY_ANSWER.search(text) else text


def _speakers(labels: Sequence[re.Match[str] | None], lines: Sequence[str]) -> frozenset[str]:
    """Who speaks, where the lines are those of two or more who take turns, one of them asking; else nobody."""
    turns = Counter(label["who"] for label in labels if label is not None)
    often = {who for who, times in turns.items() if times > 1}
    asks = {label["who"] for label, line in zip(labels, lines, strict=True) if label and "?" in line}
    if len(often) < 2 or sum(turns[who] for who in often) < _FEWEST_TURNS or not asks & often:
        return frozenset()
    return frozenset(often)


def _turns(line: str) -> list[str]:
    """The turns of a line in which one asks and another answers ("Nurse: Any fever? Caller: No"); else the line."""
    label = _LABEL.match(line) if "? " in line else None
    return _INLINE_TURN.split(line) if label and _INLINE_ASKER.match(label["who"]) else [line]


def _pair(labels: Sequence[re.Match[str] | None], lines: Sequence[str]) -> frozenset[str]:
    """Who speaks, where all of the text is one who by the name is an asker, asking, and one who answers."""
    who = [label["who"] for label in labels if label is not None]
    if len(who) != len(labels) or len(set(who)) != 2 or not _INLINE_ASKER.match(who[0]) or "?" not in lines[0]:
        return frozenset()
    return frozenset(who)


def _dialogue(lines: Sequence[str], labels: Sequence[re.Match[str] | None], speakers: frozenset[str]) -> list[str]:
    asking: Counter[str] = Counter()
    for label, line in zip(labels, lines, strict=True):
        if label and label["who"] in speakers:
            asking[label["who"]] += (2 if "?" in line else 0) + (3 if _ASKERS.match(label["who"]) else 0) - 1
    asker = max(asking, key=lambda who: asking[who])
    out: list[str] = []
    open_questions: list[str] = []
    for label, line in zip(labels, lines, strict=True):
        if label is None or label["who"] not in speakers:
            out.append(line)
            continue
        words = line[label.end() :].strip()
        if label["who"] == asker:
            asked = [found[0].strip() for found in _QUESTION.finditer(words)]
            open_questions = asked or open_questions
            words = _QUESTION.sub(_kept, words).strip()
        elif open_questions:
            words = answered(open_questions, words, topics=True)
            open_questions = []
        if words:
            out.append(words if words[-1] in ".!?" else f"{words}.")
    return out


def _kept(question: re.Match[str]) -> str:
    """What a question tells while it asks ("Eight weeks, is it, since they did the decompression?")."""
    return question[0][:-1] + ". " if _TOLD_IN_ASKING.search(question[0]) else " "


def _told_below(found: re.Match[str]) -> str:
    asked, reply = found["asked"], found["reply"]
    state = _STATE.match(reply)
    if state and not _OPEN.match(asked):
        return f"{_item(asked)}: {state['state'].lower()}.\n{reply[state.end() :].strip(' .!')}"
    if _WHERE.match(asked):
        return f"Pain: {reply}"
    told = answered([f"{asked}?"], reply)
    return found[0] if told == reply else told


def _told(found: re.Match[str]) -> str:
    asked = found["asked"]
    if "?" in found[0] and not _ASKS_OF.match(asked) and len(asked.split()) > _TOPIC_WORDS:
        return found[0]
    told = answered([asked + "?"], found["reply"])
    return found[0] if told == found["reply"] else f"{told} "


def answered(questions: Sequence[str], reply: str, *, topics: bool = False) -> str:
    """What the reply says of the questions, and what else it says; with ``topics`` of a question of a few words too."""
    no, yes = NO.match(reply), YES.match(reply)
    closed = [question for question in questions if not _OPEN.match(question)]
    if no and closed:
        return " ".join([*(_denied(_item(question)) for question in closed), _rest(reply, no.end())]).strip()
    if yes and closed:
        return " ".join([f"{_item(closed[-1])}.", _rest(reply, yes.end())]).strip()
    after = _SO_NO.search(reply)
    if after and len(closed) == len(questions) == 1:
        told = _denied(_item(closed[0])) if after["what"].lower() == "no" else f"{_item(closed[0])}."
        return f"{told} {reply[: after.start()].strip()}"
    part, found = _ASKED_OF_PART.match(questions[-1]), _IT_IS.match(reply)
    if part and found:
        return f"The {part['part']} is {reply[found.end() :]}"
    last = _item(questions[-1])
    if (
        topics
        and not no
        and not yes
        and not _ASKS_OF.match(questions[-1])
        and len(questions) == len(closed) == 1
        and len(last.split()) <= _TOPIC_WORDS
        and len(reply) > 1
    ):
        return f"{last}: {reply[0].lower() if not reply[:2].isupper() else reply[0]}{reply[1:]}"
    return reply


def _item(question: str) -> str:
    bare = question.strip(" \t\"'?")
    lead = _LEAD.match(bare)
    return _YOURS.sub("", bare[lead.end() :] if lead else bare).strip(" ,:")


def _denied(item: str) -> str:
    """ "No numbness", and of what a body should do "cannot": "passing urine" that is answered with no is not passed."""
    if _ABLE.search(item) and not _TROUBLE.search(item):
        return f"Cannot {_FINE.sub('', _ABLE_TO.sub('', item))}."
    return f"{'Denies' if item.count(',') > 1 else 'No'} {_OR_HAVE.sub('or ', item)}."


def _rest(reply: str, at: int) -> str:
    rest = reply[at:].strip()
    return rest[:1].upper() + rest[1:]
