"""Signs of bladder, saddle and sex that a sentence explains: readings in, those that are none of the spine set aside.

Numb from the block, until the spinal wore off; a stricture known for years; tea mistaken for incontinence; the disease
named in a lecture or on a card, or by the name under which somebody was operated long ago. Only the sign so explained
is set aside: what is told to go on, to come back or to be new stays.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from service.text.clauses.reading import Reading
from service.text.context.long_known import says_no_change

CAUDA = "cauda-equina-code"
_BLOCKED = frozenset({
    "saddle-numbness", "urinary-retention", "sensory-loss", "bilateral-leg-weakness", "leg-weakness", "lax-sphincter",
    "bilateral-leg-numbness",
})  # fmt: skip
_BLOCK = (
    r"(?:spinal(?: (?:anaesth\w+|anesth\w+|block|an[ae]sthetic))?|caudal(?: (?:block|anaesth\w+))?"
    r"|epidural|(?:nerve )?block|intrathecal \w+)"
)
_FROM_BLOCK = re.compile(
    rf"\b(?:from|due to|because of|after|with|by|of|under) (?:the |her |his |my |that )?{_BLOCK}(?!\w| (?:surg"
    rf"|op\b|stenos|fus|decomp|injur|abscess"
    r"|haemat|hemat|cord|canal))",
    re.IGNORECASE,
)
_WEARS = re.compile(
    r"\b(?:wear(?:s|ing)?|wore|worn) off\b|\bexpected until\b|\buntil (?:tea|lunch|dinner|bed|mid|noon|evening"
    r"|the (?:evening|afternoon)|next morning|\d)|\buntil (?:it|the (?:block|spinal)) ",
    re.IGNORECASE,
)
_BLOCK_NAMED = re.compile(rf"\b{_BLOCK}\b", re.IGNORECASE)
_BLOCK_LEVEL = re.compile(rf"\b{_BLOCK}\s?(?:level|height|to|at|=|:)?\s?(?:th|t|l|s)\s?\d{{1,2}}\b", re.IGNORECASE)
"""How high a block stands, as it is looked at until it is gone: "14:00 block T10, legs do not move"."""
_STAYS = re.compile(
    r"\b(?:though|although|despite|ago|should|not|longer|again|beyond|however|but|yet|more than|h after"
    r"|hours after)\b",
    re.IGNORECASE,
)
_NEAR = 45
_MISTAKEN = re.compile(
    r"\b(?:mistaken|taken|confused|misread|misinterpreted|mislabelled|misrecorded) (?:for|as|with)\s", re.IGNORECASE
)
_SAT = re.compile(
    r"\b(?:after|from|during|on) (?:(?:the|a|an|my|her|his|long|hard|hours|three|two|four|of) )*(?:\w+ )?"
    r"(?:ride|drive|sitting|flight|journey|bench|seat|chair|commode|toilet|bike|cycling|ice(?: pack)?|tractor"
    r"|saddle)\b[^;]{0,30}?"
    r"\b(?:gone|went|wore off|passed|passes|settled|eased|back|returned|normal|fine|recovered)\b"
    r"(?= (?:when|after|once|on|within|in|as soon|again|since|by|away|off)\b|\s?[.,]|\Z)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\s?(?:residents?|clients?|relatives?|mother|father|mum|mom|dad|husband|wife|dog|cat|parents?|grandm\w+"
    r"|grandf\w+|aunt|uncle|lady|neighbour"
    r"|son|daughter|child|children|toddler|patients in)\b",
    re.IGNORECASE,
)
_CARES = re.compile(
    r"\b(?:looking after|look(?:s|ed)? after|car(?:es|ed|ing) for|nurs(?:es|ed|ing)|lift(?:s|ed|ing)) (?:(?:her"
    r"|his|my|their|a|an|the|elderly|old) ){0,2}"
    r"(?:husband|wife|mother|father|mum|mom|dad|parents?|brother|sister|son|daughter|partner|neighbour|client"
    r"|residents?|patients?|aunt|uncle)"
    r" (?:with|who|on)\b(?P<of>[^.;,]{0,80})",
    re.IGNORECASE,
)
_SPILLED = re.compile(
    r"\b(?:was|were|is|turned out to be|because of|because|from|due to) (?:(?:from|the|a|an|his|her|my|only"
    r"|just|spilled|spilt) )*"
    r"(?:cat|dog|rain|sweat|perspiration|ice|cold pack|hot[- ]water bottle|tea|coffee|water (?:jug|glass"
    r"|bottle)|vase|lucozade|juice|shower|bath)\b",
    re.IGNORECASE,
)
_LEAKS = frozenset({"urinary-incontinence", "bowel-incontinence", "urge-incontinence"})
_NOT = re.compile(r"\b(?:not|n't|never)\b|n't\b|\bbut\b", re.IGNORECASE)
_DRUG = re.compile(
    r"\b(?:since|due to|from|with|on|because of|after|started|side effect of)\b(?: \w+){0,2}? ?\b(?:sertraline"
    r"|fluoxetine|citalopram|escitalopram"
    r"|paroxetine|venlafaxine|duloxetine|mirtazapine|SSRIs?|SNRIs?|finasteride|bisoprolol|atenolol"
    r"|beta[- ]?blockers?|antidepressants?)\b",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile(
    r"\bno (?:intimacy|sex\w*|intercourse|(?:marital |sexual )?relations)\b(?: (?:for|until|till|x))?"
    r" ?(?:\d|two|three|four|six|eight|twelve|until|till|first)",
    re.IGNORECASE,
)
"""What is not allowed for some weeks is not lost."""
_DEPENDENT = re.compile(
    r"\b(?:ankles?|feet|both legs)\b(?=.{0,60}\b(?:mild\w*|slight\w*|trace|puffy|little|bit)\b)"
    r"(?=.{0,80}\b(?:both|equal\w*|symmetric\w*|bilateral\w*|evening|day's end"
    r"|end of (?:the )?day|standing|elevat\w+|heat)\b)"
    r"|\b(?:mild\w*|slight\w*|trace)\b.{0,30}\b(?:bilateral|both|symmetric\w*)\b.{0,20}\b(?:ankles?|feet|pedal)\b",
    re.IGNORECASE,
)
_ONE_CALF = re.compile(
    r"\b(?:cal(?:f|ves)|unilateral|thighs?|one (?:leg|ankle|foot)|more than the (?:left|right))\b", re.IGNORECASE
)
_NUMB = re.compile(r"\b(?:numb\w*|dead|feel\w*|sens\w+|an[ae]+sth\w+)\b", re.IGNORECASE)
_OUTLET = re.compile(
    r"\b(?:from|due to|because of|with|secondary to) (?:(?:his|a|the|known|old|documented|urethral|bulbar) ){0,3}"
    r"(?:strictures?|prostat\w+|bph|meatal stenosis|cystocele|prolapse)\b",
    re.IGNORECASE,
)
_DISEASE = r"(?:CES[- ]?[IRS]?|CE|cauda ?equina(?: syndrome)?)"
_TALK = re.compile(
    rf"\b(?:teaching|lectures?|seminar|tutorial|leaflets?|cards?|booklet|video|tv programme|documentary|audit"
    rf"|study day"
    rf"|website|forum)\b[^.;]{{0,25}}?\b(?:on|about|of|re|regarding|for)\b[^.;]{{0,15}}?\b{_DISEASE}\b"
    rf"|\b(?:read|reading|heard|googled|looked up|searched)(?: (?:online|a lot|up|something|things|stories"
    rf"|on the internet)){{0,2}}"
    rf" (?:about|up on|for) (?:the )?{_DISEASE}\b|\b(?:googled|looked up) (?:the )?{_DISEASE}\b"
    rf"|\b{_DISEASE}\b(?: (?:subjective|safety|symptom|sx))? (?:leaflets?|cards?|booklet|screen\w*|questions?|qs"
    rf"|questionnaire|checklist|teaching|lecture|awareness|education|info\w*|forum|video|precautions)\b",
    re.IGNORECASE,
)
_SCREEN_ILL = re.compile(r"\b(?:positive|fail\w*|\+ve|abnormal|triggered|concerning|suspicious)\b", re.IGNORECASE)
_TREATED = re.compile(
    rf"\b(?:decompressed|post|after|following|since|from|treated|previous|prior|old|past|resolved|recovered"
    rf"|survived|went in with|came in with|history of|hx of|h/o|had)"
    rf"(?: (?:emergency|urgent|surgery|decompression|discectomy|microdiscectomy|laminectomy|the|her|his|my"
    rf"|acute|incomplete|complete|op|operation"
    rf"|treatment|treated|decompressed|for|of|in|with)){{0,6}} {_DISEASE}\b"
    rf"|\b(?:operated(?: on)?|decompress(?:ed|ion)|discectomy|surgery|microdiscectomy"
    rf"|laminectomy) (?:\w+ )?for (?:\w+ )?{_DISEASE}\b"
    rf"|\b{_DISEASE} (?:at|on) (?:presentation|admission|the time|onset)\b|\b{_DISEASE} (?:pre-?op\w*"
    rf"|before (?:surgery|the op\w*))\b"
    rf"|\b(?:pre-?op\w*) (?:\w+ )?{_DISEASE}\b"
    rf"|\b{_DISEASE} (?:patient|survivor|pt)\b|\b{_DISEASE},? (?:now )?(?:fully |completely )?(?:recovered"
    rf"|resolved|decompressed|treated|operated)\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:again|recurr\w*|recur|new(?:ly)?|now ces|query|possible|suspect\w*|likely|urgent(?!ly)|needs?"
    r"|for emergency|planned?|list(?:ed)? for|to theatre|transfer"
    r"|today|tonight|this morning|mri now|further|second|repeat|\?|concern\w*|worr\w+|signs of|picture of"
    r"|features of|developed|developing|had developed"
    r"|incomplete recovery|persist\w*|ongoing)\b",
    re.IGNORECASE,
)


_ENDED = re.compile(
    r"\b(?:back|returned|gone|since then|ever since|recovered|fine|normal|expected|in recovery|fully|later"
    r"|settled|resolved)\b",
    re.IGNORECASE,
)
_OLD = re.compile(r"\b(?:known|old|documented|long\w*|unchanged|years|usual|same)\b", re.IGNORECASE)


def told_causes(readings: list[Reading], text: str) -> list[Reading]:
    """The readings; ``away`` where the sentence tells another cause of the sign, ``known`` where an old one."""
    if not readings:
        return readings
    return [_explained(r, text) if not r.sign and not r.away else r for r in readings]


def _explained(reading: Reading, text: str) -> Reading:
    concept = reading.concept
    if concept == CAUDA:
        told_of = _TALK.search(text) is not None and not _SCREEN_ILL.search(text)
        return replace(reading, away=True) if told_of or (_TREATED.search(text) and not _NOW.search(text)) else reading
    if concept in _BLOCKED and _is_of_block(reading, text):
        return replace(reading, away=True)
    if any(0 <= reading.first - m.end() <= 12 for m in _MISTAKEN.finditer(text)):
        return replace(reading, away=True)
    if _is_of_others(reading, text):
        return replace(reading, away=True)
    if concept in _LEAKS and (spilled := _SPILLED.search(text, reading.end)) and not _NOT.search(text[reading.end :]):
        return replace(reading, away=spilled is not None)
    if concept == "saddle-numbness" and _SAT.search(text, reading.end) and not _STAYS.search(text[reading.end :]):
        return replace(reading, away=True)
    if concept == "sexual-loss" and _FORBIDDEN.search(text):
        return replace(reading, away=True)
    if concept == "leg-swelling" and _DEPENDENT.search(text) and not _ONE_CALF.search(text):
        return replace(reading, away=True)
    if concept == "sexual-loss" and _DRUG.search(text) and not _NUMB.search(text[reading.first : reading.last]):
        return replace(reading, away=True)
    if (
        concept == "urinary-retention"
        and not reading.known
        and _OUTLET.search(text, reading.start)
        and says_no_change(text)
    ):
        return replace(reading, known=True)
    return reading


def _is_of_others(reading: Reading, text: str) -> bool:
    """Whether the word stands before other people ("incontinent residents"), or the patient looks after who has it."""
    if reading.concept not in _LEAKS and reading.concept != "urinary-retention":
        return False
    if _OTHERS.match(text, reading.end) is not None:
        return True
    return any(found.start("of") <= reading.start < found.end("of") for found in _CARES.finditer(text))


def _is_of_block(reading: Reading, text: str) -> bool:
    """Whether the sign is told to come from a block, or to last until it wears off, and not to outlast it."""
    if not _BLOCK_NAMED.search(text):
        return False
    part = text[reading.first :]
    if _STAYS.search(re.sub(r"\b(?:could|did) not\b", " ", part)):
        return False
    if _BLOCK_LEVEL.search(text, 0, reading.start):
        return True
    near = _FROM_BLOCK.search(text, reading.start)
    wears = _WEARS.search(text, reading.start)
    attributed = near is not None and near.start() - reading.end <= _NEAR
    return wears is not None or (attributed and _ENDED.search(part) is not None)
