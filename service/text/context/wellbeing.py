"""Words of a note that its patient is well: a sentence in, the kinds of good news that it tells out.

Writers say in many ways that nothing is wrong: a result ("excellent outcome", "delighted"), what is done again ("back
at work", "walks 5 km"), that no tablets are needed, that nobody complains, that the next visit falls away, a score
next to none. No single list holds them; together they are told in nearly every note of an undisturbed course. What is
denied, hoped for, planned, over, or another person's is no good news, and a sentence that denies it tells of a patient
who is not well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.domain.statements import Attributes, Basis, Polarity, Statement
from service.text.documents.entries import Entry, Text
from service.text.documents.templates import is_advice, is_question

WELL = "doing-well"
RESULT, DOES, NEEDS_NOTHING, NO_COMPLAINT, CLOSED, SCORED = "result", "does", "needs nothing", "no complaint", "closed", "score"
"""The kinds of good news."""
NOT_WELL = "not well"

_VERY = (
    r"(?:(?:very|really|so|extremely|quite|absolutely|incredibly|exceptionally|remarkably|reasonably|most|all|just"
    r"|otherwise|too|much|truly|as|more than|completely|perfectly|feeling) ){0,2}"
)
_GOOD = (
    r"(?:well|great(?:ly)?|nicely|fantastic(?:ally)?|brilliant(?:ly)?|beautifully|splendid(?:ly)?|wonderful(?:ly)?|good|fine"
    r"|grand|excellent(?:ly)?|satisfactor(?:y|ily)|superb(?:ly)?|amazing(?:ly)?|swimmingly|perfect(?:ly)?|marvellous(?:ly)?"
    r"|marvelous(?:ly)?|like a dream|like new|to plan|as (?:expected|planned|hoped)|without (?:problems?|a hitch|issues?"
    r"|complications?)|ahead of schedule|on (?:track|course|schedule))"
)
_FINE_THING = (
    r"(?:excellent|very good|good|great|fantastic|brilliant|pleasing|satisfactory|superb|outstanding|marvell?ous|wonderful"
    r"|lovely|perfect|favou?rable|gratifying|first[- ]class|splendid|terrific|remarkable|complete|full|textbook|optimal"
    r"|undisturbed|uneventful|uncomplicated|smooth|straightforward|unremarkable|expected|normal|steady|encouraging"
    r"|amazing)"
)
_THING = (
    r"(?:results?|outcomes?|recovery|recuperation|progress|response|course|improvement|convalescence|rehab(?:ilitation)?"
    r"|success|status|evolution|healing process)"
)
_OF_WHAT = (
    r"(?:clinical|functional|early|overall|surgical|post-? ?op\w*|neurological|symptomatic|initial|very|subsequent|further"
    r"|general|physical|and|full|rapid|quick|inpatient|hospital|ward)"
)
_GLAD = (
    r"(?:delighted|thrilled|over the moon|tickled pink|chuffed|pleased|happy|satisfied|content(?:ed)?|grateful|ecstatic"
    r"|overjoyed|elated|impressed|glad)"
)
_WITH_WHAT = (
    r"(?:results?|outcomes?|op\b|operation|surgery|surgeon|progress|improvement|recovery|decompression|fusion|discectomy"
    r"|microdisc\w*|laminectomy|procedure|everything|it all|how\b|herself|himself|things|care|course|where|what|back)"
)
_RESULT = re.compile(
    rf"\b(?:do(?:ing|es|ne)|going|gone|goes|getting (?:on|along)|got on|progress(?:ing|ed|es)|recover(?:ing|ed|s)"
    rf"|coping|copes|feel(?:s|ing)?|felt|coming (?:on|along)|came on|faring|fares|keeping|mend(?:ing)?|mobilising"
    rf"|mobilizing|managing|manages|settling(?: in)?|settled in)"
    rf"(?: along| on| up| in| now| again| at home| with (?:him|her|me)){{0,2}} {_VERY}{_GOOD}\b(?! enough|,? (?:though|but)\b)"
    rf"|\b{_FINE_THING}(?: {_OF_WHAT}){{0,2}} {_THING}\b(?! was | had )"
    rf"|\b{_THING}(?: (?:so far|to date|from surgery|after surgery|overall))?(?: (?:is|was|has been|remains|continues|are|:|-|to be|going|on)){{1,3}}"
    rf" {_VERY}(?:{_FINE_THING}|{_GOOD}|on track)\b"
    rf"|\b(?:patient|pt|she|he|i|am|i'm|is|was|we|who is|client|claimant|employee|family|mum|dad|very|really|so|most"
    rf"|extremely|seems|remains|feels|also|and|declares? (?:himself|herself))"
    rf" (?:(?:is|was|am|are|feels|seems|reports|remains|being|both|all) )?{_VERY}{_GLAD}"
    rf" (?:with|about|at|by|he|she|i|that (?:he|she|i)) (?:(?:the|his|her|my|our|your|this|it|surgical|early|clinical|post-?op\w*) ){{0,3}}{_WITH_WHAT}"
    rf"|^\W*(?:(?:patient|pt|she|he|claimant|client|feels|is|very|really|extremely|so|most|quite|overall|says|reports) ){{1,4}}{_GLAD}\s*(?:[.;,!]|$|and\b)"
    rf"|\b(?:satisf\w+|happy)\b[^.;]{{0,30}}[?:=\-]\W{{0,3}}(?:very|extremely|completely|fully|highly|yes|10|9)\b"
    rf"|\b(?:very|extremely|highly|completely) satisfied\b"
    rf"|\b(?:different|new|changed) (?:wo)?(?:man|person)\b|\btransformed\b|\b(?:life|world) back\b|\bnew lease\b"
    rf"|\b(?:back|returned|close) to (?:(?:his|her|my|their|being|feeling) )?(?:normal|usual|old|former|pre-?\w+)(?: (?:self|life|ways|level|function|routine))\b"
    rf"|\blife (?:is|has been) (?:back to )?(?:normal|good|great)\b"
    rf"|\b(?:completely|fully|entirely|totally|practically|virtually|strongly|hugely|massively|greatly|vastly|markedly"
    rf"|significantly|dramatically|enormously|substantially|much|so much|a lot|lots|loads|far|(?:a )?hundred times|worlds?"
    rf"|infinitely|immeasurably|miles) (?:improved|recovered|better|happier|rehabilitated)\b(?! than (?:last|yesterday|the))"
    rf"|\b(?:made|makes|making) (?:an? )?(?:{_VERY})(?:{_FINE_THING}) (?:\w+ )?recovery\b"
    rf"|\b(?:[789]\d|100)\s?(?:%|per ?cent|percent) (?:improved|better|recovered|improvement|recovery|back|satisfied|of normal|normal)\b"
    rf"|\b(?:improved|better|recovered|improvement)(?: by| of)? (?:about |around |over |at least )?(?:[789]\d|100)\s?(?:%|per ?cent|percent)"
    rf"|\b(?:best (?:decision|thing)|worth (?:it|every)|(?:would|definitely)\b(?! not)[^.;]{{0,30}}\b(?:again|recommend|anyone)|could ?(?:n't| not) be (?:happier|better|more pleased)"
    rf"|surgery again\W{{1,4}}(?:definitely )?yes|been marvell?ous|been a (?:great )?(?:success|miracle)|looks? (?:very |really |so )?(?:well|great|a different))\b"
    rf"|\b(?:he|she|i|patient|pt|client|claimant|mum|dad|father|mother|they|all|everything|things|it|back) (?:(?:is|are|was|am|has been|'s|remains|keeps|feels) ){{1,2}}(?:now |all |still |otherwise |generally |clinically |very |quite |going |doing ){{0,2}}"
    rf"(?:fine|well|grand|great|brilliant|100%|good|as good as new|right as rain|excellent)(?: now)?(?=\s*(?:[.;,!\n]|$|and\b|now\b|in (?:him|her)self|after|following|since))"
    rf"|\b(?:well|fine|grand|stable|comfortable|bright|cheerful|in good (?:spirits|form)|chatty)\b(?: and (?:\w+ ){{0,2}}(?:comfortable|mobile|independent|self-caring|eating|walking|mobilising))"
    rf"|\bpain (?:is |was |remains |being )?{_VERY}(?:well|adequately|nicely|fully|easily)[- ]?(?:controlled|managed|tolerated|under control)\b"
    rf"|\bgoes (?:very |really )?well with (?:him|her)\b|\bIt goes (?:\w+ )?(?:well|better)\b",
    re.IGNORECASE,
)
_DISTANCE = (
    r"(?:(?:[1-9]\d?|[1-9][.,]\d|one|two|three|four|five|six|eight|ten|several|a few|many) ?(?:-\s?\d+ ?)?(?:km|k|kms|kilomet\w+|miles?|mi|hours?|hrs?|holes)"
    r"|(?:[2-9]\d|1[05]\d) ?(?:-\s?\d+ ?)?(?:mins?|minutes|m)\b|1?\d[,.]?\d{3} steps|[1-9]\d ?000 steps|half an hour|an hour)"
)
_WORKS = (
    r"(?:work|job|duty|duties|activit\w+|sports?|gym|running|golf|football|training|cycling|gardening|farm\w*|college"
    r"|school|classes|swimming|driving|routine|life|bowls|tennis|office|shifts?|dancing|hobbies|training|exercise|yoga"
    r"|pilates|play\w*|team|desk|hours|bike|allotment|garden|hours|housework|lifting)"
)
_DOES = re.compile(
    rf"\b(?:back (?:at|to|in|on)|return(?:ed|s|ing)? to|resum(?:ed|es|ing)|restarted|doing|manages|working)"
    rf"(?: (?:the|his|her|my|their|a|all|full|normal|usual|light|modified|regular|previous|pre-?\w+|most|every|part|of|own|heavy|full-?time|part-?time|gentle|unrestricted|active|desk|manual|social)){{0,3}} {_WORKS}\b"
    rf"|\b(?:works?|working|back) (?:full|part)[- ]?time\b|\bfull[- ]?(?:time )?(?:duty|duties|hours)\b"
    rf"|\bfit (?:for|to) (?:(?:full|normal|all|the|return|his|her|my|work|resume|a phased|phased|drive|unrestricted)\b)|\bfit [\u2611\u2713\u2714x\[]"
    rf"|\b(?:no|without(?: any)?) (?:further |work |activity |functional |physical )?(?:restrictions?|limitations?|limits?)\b|\bunrestricted\b"
    rf"|\b(?:released?|cleared) (?:to|for) (?:full|all|normal|unrestricted|sport|work|driving|return|gym|contact)\b"
    rf"|\b(?:walk|cycl|swim|run|hik|jog|rambl|stroll)\w*\b(?![^.;]{{0,40}}\b(?:only|max\w*|limit(?:ed)? to|before|after|then|until|stops?|less than|cannot|unable|used to|was)\b)[^.;]{{0,30}}?\b{_DISTANCE}"
    rf"|\b(?:walk|cycl|swim)\w*\b[^.;]{{0,20}}\b(?:unlimited|without (?:limit|stopping|pain|aid|a stick|difficulty|problems?)|freely|as far as (?:he|she|i) (?:like|want)|no (?:bother|problem|limit)|everywhere)\b"
    rf"|\b(?:able to|can|does) (?:do|everything)[^.;]{{0,12}}(?:everything|anything|all (?:he|she|i))\b"
    rf"|\b(?:cycles|gardens|swims|runs|drives|golfs|dances|works|plays \w+|climbs stairs) (?:again|now)\b|\b(?:swims|cycles|gardens)\b"
    rf"|\b(?:fully )?independent(?:ly)?\b[^.;]{{0,20}}\b(?:mobil\w+|walk\w*|ADLs?|stairs|transfers)\b|\b(?:mobil\w+|walk\w*|ADLs?|transfers|stairs)\b[^.;]{{0,14}}\b(?:independent\w*|\bI\b ?\(?indep)",
    re.IGNORECASE,
)
_TABLETS = (
    r"(?:pain ?killers?|analges(?:ia|ics?)|pain (?:tablets?|meds?|medications?|medicines?|pills?|relief)|opioids?|opiates?"
    r"|tablets? for (?:the )?pain|pain[- ]?pills?)"
)
_TABLET = re.compile(
    rf"\b(?:no|nil|off|without|not (?:taking|needing|requiring|using)|takes? no|needs? no|none of (?:his|her)|free of|stopped|finished|ceased|weaned off|came off)"
    rf"(?: (?:regular|longer|more|all|any|the|his|her|my|taking|needs?|requires?|further|strong|prescription|on|oral|daily|other)){{0,4}} {_TABLETS}\b"
    rf"|\b{_TABLETS}\W{{1,12}}(?:none|nil|no\b|not (?:needed|required|taken|used)|stopped|nothing|ceased|discontinued|0\b)"
    rf"|\bmed(?:ication|icine)s?(?: now| current)?\W{{1,6}}(?:none|nil)\b"
    rf"|\b(?:paracetamol|panadol(?: osteo)?|tylenol|acetaminophen|dolo(?: 650)?|panado)\b[^.;]{{0,12}}\bonly\b|\b(?:only|just|simple) (?:the )?(?:\d )?(?:occasional )?(?:paracetamol|panadol|tylenol|acetaminophen)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"(?:^|[.;\n]|,(?=\W*\w+ complaints)|\b(?:s|complaints?|subjective(?:ly)?|patient|pt|anamnesis|history|currently|now|today|status):|\b(?:has|have|with|reports?|voices?|offers?|expresses|currently|there (?:are|is)|is|and|raised|pt|patient|she|he)\b)\W{0,3}"
    r"(?:no|nil|zero|without) (?:(?:new|current|active|further|other|spinal|back|specific|particular|residual|real|significant|major|more|post-?op\w*|ongoing|any|subjective|physical) ){0,2}"
    r"(?:complaints?|concerns|issues|problems|worries|symptoms|needs|difficult\w+)\b(?! (?:with|of|passing|swallowing|in pass))"
    r"|\bnothing (?:is |was )?(?:wrong|to report|bothers|to complain|troubles|of note|much to report|new to report)\b"
    r"|\basymptomatic\b|\b(?:symptom|complaint)s?[- ]?free\b|\bfree (?:of|from) (?:all )?(?:symptoms|complaints)\b|\bonly complaint\b"
    r"|\b(?:complaints?|concerns|issues|problems)\W{1,4}(?:none|nil|no)\b|\bdoesn't complain\b|\bno spin(?:al|e) (?:concerns?|complaints?|symptoms)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"\bdischarg(?:ed?|ing)\b(?: (?:him|her|patient|pt|fully|back|today|now)){0,2} (?:from|to|back to) (?:(?:the|my|our|this|further|spinal|spine|routine|your|all|outpatient|physio\w*|regular|surgical|specialist|hospital) ){0,3}(?:clinic|follow|care|physio|service|case|caseload|gp|review|gym|independent|self|programme|program|treatment|therapy|opd|list|rehab|books)"
    r"|\b(?:follow[- ]?up|f/?u|rtc|review|return|control|rv|appointment|rto)\W{0,3}(?:is |only |as |on an? )?(?:prn|sos|pifu|as needed|if needed|open|as required|when required|only if|not needed|not required|by request)\b|\bpifu\b"
    r"|\b(?:no|nil|not?) (?:arranged |planned |scheduled )?(?:(?:further|routine|other|more|formal|additional|additional spinal|surgical|need for) ){0,2}(?:follow[- ]?up|f/?u|review|control|tests?|imaging|actions?|appointments?|recalls?|visits?|input|investigations?|treatment|intervention)s?(?: (?:is |are |was )?(?:needed|required|arranged|planned|scheduled|necessary|indicated|booked|by us|from us))?\s*(?:[.;,\n]|$)"
    r"|\bnot (?:arranged|booked|planned|scheduled) (?:a |any )?(?:further |routine )?(?:review|follow|appoint|control)"
    r"|\bonly (?:need|have) to (?:see|come)|\b(?:sign(?:ed|ing)|clos(?:ed?|ing)) (?:him |her |the |this )?(?:off|case|claim|episode|pathway|file)\b|\bclaim to close\b|\bpolicy: clos\w+"
    r"|\bgoals? (?:all )?(?:met|achieved|reached)\b|\blet (?:her|him) (?:loose|go|drive|off)\b|\bnil from (?:a )?(?:spin\w+|back|surg\w+)|\bmaximum medical improvement reached\b|\bmmi reached\b|\bat mmi\b",
    re.IGNORECASE,
)
_TINY = r"(?:[012](?:\.\d)?|zero|nil|none|one|two|a one|a two|0\s?-\s?[12]|1\s?-\s?2|one or two|one, maybe two)"
_SCORED = re.compile(
    rf"\b(?:pain|NRS|VAS|NPRS|discomfort|ache|back|soreness|tenderness|stiffness)\b[^.;\d\n]{{0,34}}?\b{_TINY}(?:\s?/\s?10\b| out of (?:10|ten)\b)"
    rf"|\b(?:NRS|VAS|NPRS)\W(?:(?:back|legs?|pain|rest|score|lumbar|now|today|at rest)\W{{1,4}}){{0,2}}{_TINY}\b(?![/\d.]|\s?-+>)"
    rf"|\b(?:back|leg) pain \(0-10\)\W{{1,3}}{_TINY}\b|\bpain (?:at present|now|today|currently|score|level)\W{{1,8}}(?:/10)?\W{{0,24}}{_TINY}\b(?![/\d.](?!10))"
    r"|\brated? (?:at |as )?(?:[01]\s?[-\u2013]\s?[12]|[012])\b(?! ?/ ?5)|\bno leg (?:pain|symptoms?|complaints?)\b|\bleg pain (?:is |now )?(?:0|nil|none|gone)\b"
    r"|\blegs? (?:(?:is|are|feels?|now|both|all|pain) ){0,2}(?:fine|grand|good|great|nothing|unbelievable|stronger|lighter|perfect|brilliant)\b(?! (?:until|till|but))"
    r"|\b(?:ODI|oswestry(?: \w+)?)\W{1,3}(?:score |now |today |is |was |of |: ?|now: ?){0,2}(?:1?\d|20)\s?(?:%|/100|\b)(?! ?->)"
    r"|\bpain\W{1,4}(?:is |was )?(?:hardly any|barely any|next to (?:nothing|none)|negligible|minimal|nothing much|nowt|trivial|very little|scarcely any)\b"
    r"|\bback (?:is|feels)\W{1,3}(?:nowt|nothing|great|fine|good)\b|\b(?:hardly any|barely any|next to no|negligible|minimal|no real) (?:back )?(?:pain|discomfort)\b",
    re.IGNORECASE,
)
_KINDS = (
    (RESULT, _RESULT),
    (DOES, _DOES),
    (NEEDS_NOTHING, _TABLET),
    (NO_COMPLAINT, _NOTHING),
    (CLOSED, _CLOSED),
    (SCORED, _SCORED),
)
_NOT = re.compile(
    r"(?:\b(?:not|never|isn't|aren't|wasn't|hasn't|haven't|don't|doesn't|didn't|can't|cannot|couldn't|unable to|un|dis|hardly"
    r"|far from|less than|nowhere near|neither|yet to|off|too \w+ to|without (?:a|an|any)|no longer|stopped|failed to)\b[\s-]?"
    r"(?:\w+ ){0,3}|\b(?:no|poor|lack of|without)\s(?:\w+ ){0,1})\Z",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    r"\b(?:if|unless|until|till|when|once|whether|should|would like|hop(?:es?|ed|ing)|wish(?:es|ed)?|aims?|goals?|targets?|plans?|planned"
    r"|expect(?:s|ed|ing)?|(?<!sent )to be|wants?|wanted|keen to|eager|looking forward|aiming|advised?|may|can|could|will|try|in order"
    r"|encouraged?|needs? to|must|ought|likely to|usually|most (?:people|patients)|patients|before (?:surgery|the op\w*)|pre-? ?op\w*"
    r"|used to|previously|initially|at first|first|was|were|had (?:been|done)|did|felt|(?:six|\d+) months? (?:of|after)|for (?:a|the first|\d+|two|three|six)"
    r"|after (?:the )?(?:first|previous|injection|block))\b[^.;:,]{0,60}\Z",
    re.IGNORECASE,
)
_HOPES = re.compile(r"\b(?:if|unless|should|hop(?:es?|ed|ing)|wish(?:es|ed)?|aims?|goals?|targets?|wants?|wanted|keen to|expect(?:s|ed|ing)? (?:to|that|the|a)|most (?:people|patients)|patients)\b[^.;]{0,60}\Z", re.IGNORECASE)
_THEN = re.compile(
    r"[^.;]{0,60}?\b(?:until|till|but|apart from|except|however|although|though|save for|other than|then|followed by|before (?:the|it|this|his|her)"
    r"|initially|at first|for (?:the first |about |around )?(?:a |\w+ )?(?:days?|weeks?|months?|years?|while)|with the exception)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:wife|husband|mother|father|mum|dad|brother|sister|son|daughter|partner|neighbou?r|friend|cousin|uncle|aunt|baby"
    r"|grandson|granddaughter|dog|cat|wound|incision|scar|dressing|graft|implant|fusion|films?|x-?rays?|screws?|cage|hardware|next (?:pt|patient)|bed \d+)"
    r"(?:'s)?\b[^.;,]{0,30}\Z",
    re.IGNORECASE,
)
_ILL = re.compile(
    r"\b(?:(?:not|n't|never|less than|far from|no longer|isn't|un|dis)[ -]?(?:\w+ ){0,2}(?:doing|going|coping|managing|happy|pleased|satisfied|content\w*|well|better"
    r"|recovered|fit for|improv\w+|comfortable|able to (?:work|return|walk|sit|stand|sleep))"
    r"|unhappy|dissatisf\w+|disappoint\w+|regrets?|fed up|in despair|miserable|desperate|struggl\w+|at (?:his|her|my) wits? end|bedbound"
    r"|poor (?:result|outcome|progress|recovery|response)|still off (?:work|sick)|signed off (?:work|sick)|cannot (?:work|sleep|walk|sit|stand)|can't (?:work|sleep|walk|sit|stand)"
    r"|unable to (?:work|sleep|walk|sit|stand|return)|poorly controlled|uncontrolled|in agony|no better|no improvement|had to stop|would not (?:have|do)[^.;]{0,20} again)\b",
    re.IGNORECASE,
)
"""What a patient who is not well says."""


def good_news(text: str, *, of_carer: bool = False) -> frozenset[str]:
    """The kinds of good news in a sentence, or ``NOT_WELL`` alone. ``of_carer``: a relative writes it for the patient."""
    told = {kind for kind, said in _KINDS for match in said.finditer(text) if _counts(text, match, kind, of_carer)}
    ill = any(not _of_others(text, match.start(), of_carer) and not _HOPES.search(text, 0, match.start()) for match in _ILL.finditer(text))
    return frozenset({NOT_WELL} if ill else told)


def _counts(text: str, match: re.Match[str], kind: str, of_carer: bool) -> bool:
    before = text[: match.start()]
    if kind in (RESULT, DOES) and _NOT.search(before):
        return False
    if _HOPES.search(before) or (kind in (RESULT, DOES, CLOSED) and _MAYBE.search(before)):
        return False
    return not _of_others(text, match.start(), of_carer) and not (kind != CLOSED and _THEN.match(text, match.end()))


def _of_others(text: str, at: int, of_carer: bool) -> bool:
    return not of_carer and _OTHERS.search(text[:at]) is not None


_LONGEST = 160


def well_told(text: str, entry: Entry, paper: Text, number: int, *, of_carer: bool) -> Iterator[Statement]:
    """The statements that a sentence of a note makes of its patient's being well: one a kind of good news; denied where
    the patient is told not to be well. ``number`` is that of the sentence in its text."""
    told = good_news(text, of_carer=of_carer)
    if not told or is_advice(text) or ("?" in text and is_question(text)):
        return
    for kind in sorted(told):
        yield Statement(
            WELL,
            entry.ref,
            Basis.NOTE,
            Polarity.NO if kind == NOT_WELL else Polarity.YES,
            stated=paper.stated,
            words=" ".join(text.split())[:_LONGEST],
            sentence=number,
            resource=entry.resource,
            attributes=Attributes(well=kind),
        )
