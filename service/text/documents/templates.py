"""Forms in running text: a line in, the sentences that its answers make out.

"Fever N  Chills N  Short of breath Y (since Tuesday)" tells of two denials and a complaint; an item that nobody
answered ("Fever Y/N", "Fever ___", "[ ] fever") tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.text.documents.conditional_advice import is_conditional_advice

_ANSWER = re.compile(r"(?<![\w/])[\[(]?(?:N|Y|NO|YES|No|Yes|neg|NEG|pos|POS)\b[\])]?(?![\w/]|\s?/\s?[NYny]| for\b)")
CIRCLED = re.compile(r"\((?P<said>Y)\)\s{0,3}N\b|\bY\s{0,3}\((?P<denied>N)\)")
"""Of "Y" and "N" the one in brackets is the answer."""
_DENIES = frozenset({"n", "no", "neg"})
_MOST_ITEM_WORDS = 7
_TAIL = re.compile(r"\s*\(([^()]{1,80})\)")
_SHORT_TAIL = 6


_ADVICE = re.compile(
    r"\W{0,4}(?:please |do |always |pt to |patient to |to |you should |you must |must |should )?"
    r"(?:go|come|return|call|ring|phone|attend|re-?present|seek|contact|dial|report to|report(?= any\b)"
    r"|speak to|tell us"
    r"|tell your|let us know|get help|get in touch|see your)\b(?! from| to clinic| came).{0,80}?"
    r"\b(?:if|for|when|with|should|any|about)\b"
    r"|\W{0,4}(?:call|ring|phone|contact)(?: (?:the|your|our|us|me|on-call|spine|spinal|surgical|ward|clinic|duty))*"
    r" (?:nurse|ward|clinic|doctor|team|office|surgeon|us|me|999|911|111)\b[^:.]{0,12}:"
    r"|\W{0,4}(?:when|why|reasons?|signs?|what) (?:you should |you need |you must )?to (?:get|seek|call"
    r"|ring|phone|come|return"
    r"|go|attend|contact|look out|watch)\b"
    r"|\W{0,4}(?:specific|general|common|less common|uncommon|rare|serious|material|other|main|frequent"
    r"|possible|late|early)"
    r"(?: (?:risks?|complications?|dangers?)(?: (?:of|to|with)\b[^:,]{1,40})?| (?:of|to"
    r"|for)\b[^:,]{1,40})?:(?=[^,:]+,)",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"\b(?:you (?:may|might|would|could|can|should|cannot|can't|lose|develop|notice|become|get|feel|have)\b"
    r"|(?:may|can|could|might) (?:cause|occur|happen|develop|arise|result|lead to|present)\b"
    r"|very rare|rarely(?! without)|rare but|is (?:a|an) (?:rare|serious)|uncommon|signs (?:may )?include"
    r"|symptoms (?:may )?include"
    r"|myth:|fact:|in general|patients who|people who|some people|some patients"
    r"|is (?:an )?(?:inflammation|infection|condition|complication) (?:of|in|that|where)|when it (?:does )?occur)",
    re.IGNORECASE,
)
_ODDS = re.compile(
    r"\b(?:\d+ in (?:\d{2,}|a hundred|a thousand)"
    r"|\d+ (?:%|per ?cent|percent) (?:risk|chance|odds|of (?:people|patients))"
    r"|(?:risk|chance|odds) of (?:\w+ ){1,4}(?:is|was|being|about) (?:about )?\d)",
    re.IGNORECASE,
)
"""How often something happens to people: of nobody here."""
_LATELY = re.compile(r"\b(?:since|began|started|now|today|yesterday|overnight|last night|this morning|ago)\b", re.I)
_LEADS_TO = re.compile(
    r"=\s?(?:straight (?:to )?|go to )?(?:same[- ]day|immediate|emergency|a&e|ed\b|er\b|999|911|call|urgent)"
    r"|\s-{1,2}\s(?:(?:call|ring|dial|go to) )?(?:999|112|911|a&e|ed\b|er\b)(?=[\s/.,]|\Z)"
    r"|^\W*(?:when to \w+(?: \w+){0,4}|(?:possible |potential )?complications? (?:named|told|listed|possible))\s?:"
    r"|[-=]>\s?(?:a&e|ed\b|er\b|casualty|999|911|112|111|000\b|call|ring|emergency)",
    re.IGNORECASE,
)
_DOOR = r"(?:a&e|a and e|ed|er|e\.d\.|emergency(?: room| dept| department| services)?|999|911|hospital|same[- ]day)"
_NEEDS_HELP = re.compile(
    r"\b(?:would|will|should|must|to|does|warrants?)\s(?:then\s)?"
    r"(?:need|require|mean|prompt|go to|attend|present to|call)\s"
    rf"(?:to\s|the\s|an?\s|urgent\s|immediate\s)*{_DOOR}\b|\A\W{{0,3}}(?:(?:straight |back "
    rf"|go )?to )?(?:the )?{_DOOR}"
    r"\b (?:(?:directly|at once|immediately|straight away|now) )?(?:for|if|when|with|should)\b(?! (?:he|she|pt|i)\b)",
    re.IGNORECASE,
)
"""What somebody should do if: "loss of bladder control would need A&E", "To ED for weakness"."""
_WOULD_GO = re.compile(
    r"\W{0,3}(?:and |but |so |obviously |of course )?(?:if|should|in case) .{3,160}?\b(?:i|he|she|we|they"
    r"|patient|pt|mum|dad)"
    r"(?:'ll|'d| will| would| shall| must| should| can| is to| are to| am to| knows? to| knows? (?:he|she"
    r"|i) (?:must|should))"
    r" (?:then )?(?:just |also |immediately |always )?(?:be )?(?:go|come|ring|call|phone|attend|head|dial"
    r"|contact|return|seek|back)\b",
    re.IGNORECASE,
)
"""What somebody would do if: "If I go numb underneath I'll go straight to A&E"."""
_TAUGHT = (
    r"(?:reviewed|discuss\w*|explain\w*|went over|gone (?:over|through)|covered|reiterat\w+|reinforc\w+|educat\w+"
    r"|taught|advis\w+|counsel\w+|warned|aware|recit\w+|repeated back|can (?:name|list|repeat)|understands?"
    r"|knows|verbali[sz]\w+|provided|handed|given|gave|issued)"
)
_SIGNS = (
    r"(?:red[- ]?flags?|warning (?:signs?|symptoms?)|danger signs?|return precautions?|safety[- ]?net\w*"
    r"|(?:emergency|alarm|worrying|concerning) (?:signs?|symptoms?|features)"
    r"|(?:signs?|symptoms?)(?: and symptoms?)? of|what to (?:watch|look) for|when to \w+)"
)
_TEACHES = re.compile(
    rf"\br/?b/?a\b.{{0,20}}(?:reviewed|discussed|explained)\b|\b{_TAUGHT}\b.{{0,30}}\b{_SIGNS}"
    rf"|\b{_SIGNS}\b(?: \w+){{0,3}}? {_TAUGHT}\b"
    r"|\b(?:explained|aware of|taught|warned of) (?:about |the |what )?(?:ces|cauda equina)(?: syndrome)?"
    r"(?= ?[:(]| is\b)",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:since|began|started|now|today|tonight|yesterday|overnight|last night|this morning|has|have|had|having"
    r"|reports?|complain\w*|c/o|presents?|presented|presenting|admitted|noticed|developed|developing"
    r"|positive|confirms?|endorses?"
    r"|worsening|\d{1,3}[- ]?(?:y/?o|year[- ]old|yo|m|f)|x ?\d|ago)\b",
    re.IGNORECASE,
)
"""What only a tale of this patient says."""
_TOLD_OF = re.compile(
    r"\b(?:told|warned|advised|informed|counselled|reminded) (?:(?:him|her|them|the patient|(?:mr|mrs|ms"
    r"|miss) \w+)(?: and )?){1,2}"
    r"(?:(?:his|her) \w+ )?(?:about|of|on) (?:the )?(?:(?:usual|possible|warning|early) )?(?:symptoms"
    r"|signs|risks?)\b",
    re.IGNORECASE,
)
_SUFFERS = re.compile(
    r"\b(?:i(?:'m| am| can'?t| cannot|'ve| keep| feel)|it hurts|he can'?t|she can'?t|he(?:'s| is)|she(?:'s| is))\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"[\"'(\u201c]?(?:have|do|are|did|does|is|can|could|has) (?:you|your|there|the patient|he|she)\b[^?]{3,}\?",
    re.IGNORECASE,
)

_PAPER = re.compile(
    r"\b(?:list|papers?|paperwork|sheet|leaflet|booklet|handout|instructions)\b.{0,40}\b(?:when to (?:call|come|ring"
    r"|go)|what to (?:watch|look)|warning signs|to call (?:(?:you|us) )?(?:if|for|about))\b"
    r"|\b(?:papers?|forms?|consent)\b(?: that)? (?:i|we|he|she) signed\b"
    r"|\b(?:checklist|website|web ?site|poster|video|leaflet|booklet|google|youtube)\b.{0,40}"
    r"\b(?:says?|said|tells?|lists?|warns?|warned|mentions?|dial)\b"
    r"|\b(?:dial|ring|call|phone) (?:999|111|911|112) (?:on|for|if|with|when|about)\b",
    re.IGNORECASE,
)
"""What a handed paper names: "the sheet has a list of when to call", "the form I signed had infection on it"."""
_HANDED = re.compile(
    r"\b(?:(?:has|have|had|now has) (?:the |a |our |an |\w+ ){0,2})?(?:hand-?outs?|leaflets?|booklets?|pamphlets?"
    r"|info(?:rmation)? sheets?|card with|safety[- ]?net\w*|(?:pre|post)-?op (?:talk|chat|teaching|class|instr\w*)"
    r"|reasons to (?:call|return|ring|re-?present|come back|attend)|SN re\b"
    r"|(?:worry|trigger|return) lists?|(?:verbal|written) (?:warnings?|advice)"
    r"|(?:contact|worsening|return|safety|red[- ]?flags?|ces|emergency) advice|(?:safety|emergency|discharge) cards?"
    r"|(?:warning|red[- ]?flags?|advice|ces|alert) (?:lists?|cards?|sheets?)"
    r"|(?:the|my|our|usual|standard|routine|full|whole|same|this) (?:(?:usual|standard|routine|full|warning) )?"
    r"(?:list|spiel|patter|blurb|warnings|talk|caveats)(?= of| \(|:| -| \w+ through| given| gone| re\b| incl|\Z)"
    r"|(?:gone|went|ran|run|talked|taken|took) (?:him |her |them |pt |patient )?(?:through|over)(?= \(|:|\Z))",
    re.IGNORECASE,
)
"""A paper or a talk that is the same for everybody: "the warning list I gave (foot drop, fever) is our hand-out"."""
_HANDS = (
    "hand-out", "handout", "leaflet", "booklet", "pamphlet", "sheet", "card", "safety", "-op", "op ", "reasons to",
    "sn re",
    "advice", "list", "spiel", "patter", "blurb", "warnings", "talk", "caveats", "through", "over (", "over:",
)  # fmt: skip
"""One of these is in each sentence that the pattern finds: looking for them is cheaper."""
_HAS_IT = re.compile(
    r"\b(?:i|he|she)(?:'ve|'m|'s)? (?:now |do |also )?(?:have|has|got|had|am|feel|am having|get)\b"
    r"(?! (?:some|any|one|a few|none|those|it|to)\b)",
    re.IGNORECASE,
)


def is_advice(sentence: str) -> bool:
    """Whether the sentence tells somebody what to do if something happens, or speaks of people in general: none of it
    has happened to this patient."""
    paper = _PAPER.search(sentence) and not _HAS_IT.search(sentence)
    odds = _ODDS.search(sentence) and not _LATELY.search(sentence)
    if paper or odds or is_conditional_advice(sentence) or _WOULD_GO.match(sentence) or _TOLD_OF.search(sentence):
        return True
    low = sentence.lower()
    handed = any(word in low for word in _HANDS) and _HANDED.search(sentence)
    if handed and not (
        has_happened(rest := _HANDED.sub(" ", sentence)) or _HAS_IT.search(rest) or _SUFFERS.search(rest)
    ):
        return True
    if _ADVICE.match(sentence) is not None or _LEADS_TO.search(sentence) is not None:
        return True
    if (_NEEDS_HELP.search(sentence) or _TEACHES.search(sentence)) and not (
        has_happened(sentence) or _SUFFERS.search(sentence)
    ):
        return True
    return _GENERAL.search(sentence) is not None and not _OF_SELF.search(sentence)


def has_happened(sentence: str) -> bool:
    """Whether it says of what it names that it happened: when, to whom, or that somebody reports it."""
    return _HAPPENED.search(sentence) is not None


def is_question(sentence: str) -> bool:
    """Whether it asks a patient something, in quotation marks or not."""
    return _ASKED.search(sentence) is not None


_ASKING = re.compile(
    r"(?:\b(?:when|on being|on)\s)?\b(?:asked|asking|questioned|quizzed|screened|direct questioning)"
    r"(?: (?:directly|specifically|again|him|her|pt|patient|the patient|twice)){0,2}"
    r" (?:about|re|regarding|on|for|whether|if)\b:? (?:there (?:is|was) )?(?P<item>[^.?!:;]{3,160}?)"
    r"(?:[.?!:;]|,| -{1,2}|,? (?:and )?(?:he|she|pt|patient|they|the patient)"
    r" (?:says?|said|answers?|answered|replies|replied|states?|stated))"
    r"[\s\"'\u201c]+(?:no|nil|none|denied|denies|negative|nothing|never)\b"
    r"(?: (?:of (?:these|those|them)|(?:to|on) (?:all|both)|x\d))?(?:[\"'\u201d]|(?=[.,;:]|\s*\Z))",
    re.IGNORECASE,
)


def no_answers(line: str) -> str:
    """The line with each question that somebody reports and its No as one denial: "Asked about leaks. No."."""
    if "sk" not in line and "uest" not in line and "screen" not in line.lower():
        return line
    return _ASKING.sub(lambda asked: f"No {asked['item'].strip()}", line)


_OF_SELF = re.compile(r"\b(?:i|my|me|i'm|i've|he|she|his|her|patient|pt)\b", re.IGNORECASE)


def answered(line: str) -> Iterator[str]:
    """The line as one sentence, or as one for each item of a list of answered questions."""
    line, circled = CIRCLED.subn(lambda answer: answer["said"] or answer["denied"], line)
    found = list(_ANSWER.finditer(line))
    if len(found) == 1 and _is_normal(line, found[0]):
        yield f"{line[: found[0].start()]}normal{line[found[0].end() :]}"
        return
    if len(found) < (1 if circled else 2) or not _is_list(line, found):
        yield line
        return
    start = 0
    for answer in found:
        item = line[start : answer.start()].strip(" \t:;,.-=|?")
        before, _, item = _own(item)
        if before:
            yield f"{before}."
        tail = _TAIL.match(line, answer.end())
        start = tail.end() if tail else answer.end()
        if not item:
            continue
        item = item.rpartition(": ")[2]
        if answer[0].strip("[]()").lower() in _DENIES:
            yield f"{item} normal." if answer[0] == "N" and _IS_SOUND.search(item) else f"No {item}."
        else:
            yield f"{item} {tail[1] if tail else ''}."
    if rest := line[start:].strip(" \t:;,.-=|"):
        yield rest


def _is_normal(line: str, answer: re.Match[str]) -> bool:
    """Whether a lone "N" stands behind what is normal: "PR tone N.", and behind no sign."""
    item = line[: answer.start()].rstrip(" \t:-=")
    return answer[0] == "N" and _IS_SOUND.search(item) is not None


_IS_SOUND = re.compile(
    r"\b(?:neuro\w*|tone|gait|refl\w*|power|strength|sens(?:ation|n)?|motor|sensory|bladder|bowels?"
    r"|saddle|sphincters?|pulses"
    r"|plantars?|exam\w*|function|coordination|skin|wound|calves|chest|abdo\w*|heart|lungs|CVS|CNS|bloods?|labs?|FBC"
    r"|UE|LE|legs|knee jerks?|ankle jerks?|voiding|urinating|urination|micturition|floor|continence|mobility|walking"
    r"|breathing|appetite|sleep|vision|speech|swallow\w*|scan|obs|ECG|BP|mood|hips?|feet|cord|urine)\Z",
    re.IGNORECASE,
)
"""What is normal where an N stands behind it, unlike a sign, which is not there."""
_STATE = re.compile(
    r"\d|\b(?:full|intact|ok|okay|fine|good|normal|down|flexor|clear|dry|soft|equal|reduced|absent|weak|well)\b",
    re.IGNORECASE,
)


def is_state(item: str) -> bool:
    """Whether the item of a list is normal where an N stands behind it: power, gait, a reflex, and no sign."""
    return _IS_SOUND.search(item) is not None


def _own(item: str) -> tuple[str, str, str]:
    """What the answer stands behind, parted from findings before it with a state of their own: "PVR 15 ml, tone N"."""
    parted = item.rpartition(", ")
    return parted if parted[1] and _STATE.search(parted[0]) else ("", "", item)


def _is_list(line: str, found: list[re.Match[str]]) -> bool:
    start = 0
    for answer in found:
        words = line[start : answer.start()].split()
        if not words or len(words) > _MOST_ITEM_WORDS or (start == 0 and not any(len(w) > 2 for w in words)):
            return False
        tail = _TAIL.match(line, answer.end())
        start = tail.end() if tail else answer.end()
    return len(line[start:].split()) <= _SHORT_TAIL
