"""In how many ways writers say that a patient is well: the kinds of good news, each with the words that tell it."""

from __future__ import annotations

import re

RESULT, DOES, NEEDS_NOTHING, NO_COMPLAINT, CLOSED, SCORED = (
    "result",
    "does",
    "needs nothing",
    "no complaint",
    "closed",
    "score",
)
"""The kinds of good news."""

_VERY = (
    r"(?:(?:very|really|so|extremely|quite|absolutely|incredibly|exceptionally|remarkably|reasonably|most|all|just"
    r"|otherwise|too|much|truly|as|more than|completely|perfectly|feeling) ){0,2}"
)
_GOOD = (
    r"(?:well|great(?:ly)?|nicely|fantastic(?:ally)?|brilliant(?:ly)?|beautifully|splendid(?:ly)?"
    r"|wonderful(?:ly)?|good|fine"
    r"|grand|excellent(?:ly)?|satisfactor(?:y|ily)|superb(?:ly)?|amazing(?:ly)?|swimmingly|perfect(?:ly)?"
    r"|marvellous(?:ly)?"
    r"|marvelous(?:ly)?|like a dream|like new|to plan|as (?:expected|planned|hoped)|without (?:problems?|a hitch"
    r"|issues?"
    r"|complications?)|ahead of schedule|on (?:track|course|schedule))"
)
_FINE_THING = (
    r"(?:excellent|very good|good|great|fantastic|brilliant|pleasing|satisfactory|superb|outstanding|marvell?ous"
    r"|wonderful"
    r"|lovely|perfect|favou?rable|gratifying|first[- ]class|splendid|terrific|remarkable|complete|full|textbook"
    r"|optimal"
    r"|undisturbed|uneventful|uncomplicated|smooth|straightforward|unremarkable|expected|normal|steady|encouraging"
    r"|amazing)"
)
_THING = (
    r"(?:results?|outcomes?|recovery|recuperation|progress|response|course|improvement|convalescence"
    r"|rehab(?:ilitation)?"
    r"|success|status|evolution|healing process)"
)
_OF_WHAT = (
    r"(?:clinical|functional|early|overall|surgical|post-? ?op\w*|neurological|symptomatic|initial|very"
    r"|subsequent|further"
    r"|general|physical|and|full|rapid|quick|inpatient|hospital|ward)"
)
_GLAD = (
    r"(?:delighted|thrilled|over the moon|tickled pink|chuffed|pleased|happy|satisfied|content(?:ed)?|grateful"
    r"|ecstatic"
    r"|overjoyed|elated|impressed|glad)"
)
_WITH_WHAT = (
    r"(?:results?|outcomes?|op\b|operation|surgery|surgeon|progress|improvement|recovery|decompression|fusion"
    r"|discectomy"
    r"|microdisc\w*|laminectomy|procedure|everything|it all|how\b|herself|himself|things|care|course|where|what|back)"
)
_RESULT = re.compile(
    rf"\b(?:do(?:ing|es|ne)|going|gone|goes|getting (?:on|along)|got on|progress(?:ing|ed|es)|recover(?:ing|ed|s)"
    rf"|coping|copes|feel(?:s|ing)?|felt|coming (?:on|along)|came on|faring|fares|keeping|mend(?:ing)?|mobilising"
    rf"|mobilizing|managing|manages|settling(?: in)?|settled in)"
    rf"(?: along| on| up| in| now| again| at home| with (?:him|her|me)){{0,2}} {_VERY}{_GOOD}\b(?! enough"
    rf"|,? (?:though|but)\b)"
    rf"|\b{_FINE_THING}(?: {_OF_WHAT}){{0,2}} {_THING}\b(?! was | had )"
    rf"|\b{_THING}(?: (?:so far|to date|from surgery|after surgery|overall))?(?: (?:is|was|has been|remains"
    rf"|continues|are|:|-|to be|going|on)){{1,3}}"
    rf" {_VERY}(?:{_FINE_THING}|{_GOOD}|on track)\b"
    rf"|\b(?:patient|pt|she|he|i|am|i'm|is|was|we|who is|client|claimant|employee|family|mum|dad|very|really|so|most"
    rf"|extremely|seems|remains|feels|also|and|declares? (?:himself|herself))"
    rf" (?:(?:is|was|am|are|feels|seems|reports|remains|being|both|all) )?{_VERY}{_GLAD}"
    rf" (?:with|about|at|by|he|she|i|that (?:he|she|i)) (?:(?:the|his|her|my|our|your|this|it|surgical|early"
    rf"|clinical|post-?op\w*) ){{0,3}}{_WITH_WHAT}"
    rf"|^\W*(?:(?:patient|pt|she|he|claimant|client|feels|is|very|really|extremely|so|most|quite|overall|says"
    rf"|reports) ){{1,4}}{_GLAD}\s*(?:[.;,!]|$|and\b)"
    rf"|\b(?:satisf\w+|happy)\b[^.;]{{0,30}}[?:=\-]\W{{0,3}}(?:very|extremely|completely|fully|highly|yes|10|9)\b"
    rf"|\b(?:very|extremely|highly|completely) satisfied\b"
    rf"|\b(?:different|new|changed) (?:wo)?(?:man|person)\b|\btransformed\b|\b(?:life|world) back\b|\bnew lease\b"
    rf"|\b(?:back|returned|close) to (?:(?:his|her|my|their|being|feeling) )?(?:normal|usual|old|former"
    rf"|pre-?\w+)(?: (?:self|life|ways|level|function|routine))\b"
    rf"|\blife (?:is|has been) (?:back to )?(?:normal|good|great)\b"
    rf"|\b(?:completely|fully|entirely|totally|practically|virtually|strongly|hugely|massively|greatly|vastly"
    rf"|markedly"
    rf"|significantly|dramatically|enormously|substantially|much|so much|a lot|lots|loads|far"
    rf"|(?:a )?hundred times|worlds?"
    rf"|infinitely|immeasurably|miles) (?:improved|recovered|better|happier|rehabilitated)\b(?! than (?:last"
    rf"|yesterday|the))"
    rf"|\b(?:made|makes|making) (?:an? )?(?:{_VERY})(?:{_FINE_THING}) (?:\w+ )?recovery\b"
    rf"|\b(?:[789]\d|100)\s?(?:%|per ?cent|percent) (?:improved|better|recovered|improvement|recovery|back"
    rf"|satisfied|of normal|normal)\b"
    rf"|\b(?:improved|better|recovered|improvement)(?: by| of)? (?:about |around |over |at least )?(?:[789]\d"
    rf"|100)\s?(?:%|per ?cent|percent)"
    rf"|\b(?:best (?:decision|thing)|worth (?:it|every)|(?:would|definitely)\b(?! not)[^.;]{{0,30}}\b(?:again"
    rf"|recommend|anyone)|could ?(?:n't| not) be (?:happier|better|more pleased)"
    rf"|surgery again\W{{1,4}}(?:definitely )?yes|been marvell?ous|been a (?:great )?(?:success|miracle)"
    rf"|looks? (?:very |really |so )?(?:well|great|a different))\b"
    rf"|\b(?:he|she|i|patient|pt|client|claimant|mum|dad|father|mother|they|all|everything|things|it"
    rf"|back) (?:(?:is|are|was|am|has been|'s|remains|keeps|feels) ){{1,2}}(?:now |all |still |otherwise "
    rf"|generally |clinically |very |quite |going |doing ){{0,2}}"
    rf"(?:fine|well|grand|great|brilliant|100%|good|as good as new|right as rain"
    rf"|excellent)(?: now)?(?=\s*(?:[.;,!\n]|$|and\b|now\b|in (?:him|her)self|after|following|since))"
    rf"|\b(?:well|fine|grand|stable|comfortable|bright|cheerful|in good (?:spirits|form)"
    rf"|chatty)\b(?: and (?:\w+ ){{0,2}}(?:comfortable|mobile|independent|self-caring|eating|walking|mobilising))"
    rf"|\bpain (?:is |was |remains |being )?{_VERY}(?:well|adequately|nicely|fully|easily)[- ]?(?:controlled"
    rf"|managed|tolerated|under control)\b"
    rf"|\bgoes (?:very |really )?well with (?:him|her)\b|\bIt goes (?:\w+ )?(?:well|better)\b",
    re.IGNORECASE,
)
_DISTANCE = (
    r"(?:(?:[1-9]\d?|[1-9][.,]\d|one|two|three|four|five|six|eight|ten|several|a few|many) ?(?:-\s?\d+ ?)?(?:km"
    r"|k|kms|kilomet\w+|miles?|mi|hours?|hrs?|holes)"
    r"|(?:[2-9]\d|1[05]\d) ?(?:-\s?\d+ ?)?(?:mins?|minutes|m)\b|1?\d[,.]?\d{3} steps|[1-9]\d ?000 steps"
    r"|half an hour|an hour)"
)
_WORKS = (
    r"(?:work|job|duty|duties|activit\w+|sports?|gym|running|golf|football|training|cycling|gardening|farm\w*|college"
    r"|school|classes|swimming|driving|routine|life|bowls|tennis|office|shifts?|dancing|hobbies|training"
    r"|exercise|yoga"
    r"|pilates|play\w*|team|desk|hours|bike|allotment|garden|hours|housework|lifting)"
)
_DOES = re.compile(
    rf"\b(?:back (?:at|to|in|on)|return(?:ed|s|ing)? to|resum(?:ed|es|ing)|restarted|doing|manages|working)"
    rf"(?: (?:the|his|her|my|their|a|all|full|normal|usual|light|modified|regular|previous|pre-?\w+|most|every"
    rf"|part|of|own|heavy|full-?time|part-?time|gentle|unrestricted|active|desk|manual|social)){{0,3}} {_WORKS}\b"
    rf"|\b(?:works?|working|back) (?:full|part)[- ]?time\b|\bfull[- ]?(?:time )?(?:duty|duties|hours)\b"
    rf"|\bfit (?:for|to) (?:(?:full|normal|all|the|return|his|her|my|work|resume|a phased|phased|drive"
    rf"|unrestricted)\b)|\bfit [\u2611\u2713\u2714x\[]"
    rf"|\b(?:no|without(?: any)?) (?:further |work |activity |functional |physical )?(?:restrictions?"
    rf"|limitations?|limits?)\b|\bunrestricted\b"
    rf"|\b(?:released?|cleared) (?:to|for) (?:full|all|normal|unrestricted|sport|work|driving|return|gym|contact)\b"
    rf"|\b(?:walk|cycl|swim|run|hik|jog|rambl|stroll)\w*\b(?![^.;]{{0,40}}\b(?:only|max\w*|limit(?:ed)? to"
    rf"|before|after|then|until|stops?|less than|cannot|unable|used to|was)\b)[^.;]{{0,30}}?\b{_DISTANCE}"
    rf"|\b(?:walk|cycl|swim)\w*\b[^.;]{{0,20}}\b(?:unlimited|without (?:limit|stopping|pain|aid|a stick"
    rf"|difficulty|problems?)|freely|as far as (?:he|she|i) (?:like|want)|no (?:bother|problem|limit)|everywhere)\b"
    rf"|\b(?:able to|can|does) (?:do|everything)[^.;]{{0,12}}(?:everything|anything|all (?:he|she|i))\b"
    rf"|\b(?:cycles|gardens|swims|runs|drives|golfs|dances|works|plays \w+|climbs stairs) (?:again|now)\b"
    rf"|\b(?:swims|cycles|gardens)\b"
    rf"|\b(?:fully )?independent(?:ly)?\b[^.;]{{0,20}}\b(?:mobil\w+|walk\w*|ADLs?|stairs|transfers)\b"
    rf"|\b(?:mobil\w+|walk\w*|ADLs?|transfers|stairs)\b[^.;]{{0,14}}\b(?:independent\w*|\bI\b ?\(?indep)",
    re.IGNORECASE,
)
_TABLETS = (
    r"(?:pain ?killers?|analges(?:ia|ics?)|pain (?:tablets?|meds?|medications?|medicines?|pills?|relief)"
    r"|opioids?|opiates?"
    r"|tablets? for (?:the )?pain|pain[- ]?pills?)"
)
_TABLET = re.compile(
    rf"\b(?:no|nil|off|without|not (?:taking|needing|requiring|using)|takes? no|needs? no|none of (?:his|her)"
    rf"|free of|stopped|finished|ceased|weaned off|came off)"
    rf"(?: (?:regular|longer|more|all|any|the|his|her|my|taking|needs?|requires?|further|strong|prescription|on"
    rf"|oral|daily|other)){{0,4}} {_TABLETS}\b"
    rf"|\b{_TABLETS}\W{{1,12}}(?:none|nil|no\b|not (?:needed|required|taken|used)|stopped|nothing|ceased"
    rf"|discontinued|0\b)"
    rf"|\bmed(?:ication|icine)s?(?: now| current)?\W{{1,6}}(?:none|nil)\b"
    rf"|\b(?:paracetamol|panadol(?: osteo)?|tylenol|acetaminophen|dolo(?: 650)?|panado)\b[^.;]{{0,12}}\bonly\b"
    rf"|\b(?:only|just|simple) (?:the )?(?:\d )?(?:occasional )?(?:paracetamol|panadol|tylenol|acetaminophen)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"(?:^|[.;\n]|,(?=\W*\w+ complaints)|\b(?:s|complaints?|subjective(?:ly)?|patient|pt|anamnesis|history"
    r"|currently|now|today|status):|\b(?:has|have|with|reports?|voices?|offers?|expresses|currently|there (?:are"
    r"|is)|is|and|raised|pt|patient|she|he)\b)\W{0,3}"
    r"(?:no|nil|zero|without) (?:(?:new|current|active|further|other|spinal|back|specific|particular|residual"
    r"|real|significant|major|more|post-?op\w*|ongoing|any|subjective|physical) ){0,2}"
    r"(?:complaints?|concerns|issues|problems|worries|symptoms|needs|difficult\w+)\b(?! (?:with|of|passing"
    r"|swallowing|in pass))"
    r"|\bnothing (?:is |was )?(?:wrong|to report|bothers|to complain|troubles|of note|much to report|new to report)\b"
    r"|\basymptomatic\b|\b(?:symptom|complaint)s?[- ]?free\b|\bfree (?:of|from) (?:all )?(?:symptoms"
    r"|complaints)\b|\bonly complaint\b"
    r"|\b(?:complaints?|concerns|issues|problems)\W{1,4}(?:none|nil|no)\b|\bdoesn't complain\b|\bno spin(?:al"
    r"|e) (?:concerns?|complaints?|symptoms)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"\bdischarg(?:ed?|ing)\b(?: (?:him|her|patient|pt|fully|back|today|now)){0,2} (?:from|to|back to) (?:(?:the"
    r"|my|our|this|further|spinal|spine|routine|your|all|outpatient|physio\w*|regular|surgical|specialist"
    r"|hospital) ){0,3}(?:clinic|follow|care|physio|service|case|caseload|gp|review|gym|independent|self"
    r"|programme|program|treatment|therapy|opd|list|rehab|books)"
    r"|\b(?:follow[- ]?up|f/?u|rtc|review|return|control|rv|appointment|rto)\W{0,3}(?:is |only |as "
    r"|on an? )?(?:prn|sos|pifu|as needed|if needed|open|as required|when required|only if|not needed"
    r"|not required|by request)\b|\bpifu\b"
    r"|\b(?:no|nil|not?) (?:arranged |planned |scheduled )?(?:(?:further|routine|other|more|formal|additional"
    r"|additional spinal|surgical|need for) ){0,2}(?:follow[- ]?up|f/?u|review|control|tests?|imaging|actions?"
    r"|appointments?|recalls?|visits?|input|investigations?|treatment|intervention)s?(?: (?:is |are "
    r"|was )?(?:needed|required|arranged|planned|scheduled|necessary|indicated|booked|by us"
    r"|from us))?\s*(?:[.;,\n]|$)"
    r"|\bnot (?:arranged|booked|planned|scheduled) (?:a |any )?(?:further |routine )?(?:review|follow|appoint"
    r"|control)"
    r"|\bonly (?:need|have) to (?:see|come)|\b(?:sign(?:ed|ing)|clos(?:ed?|ing)) (?:him |her |the |this )?(?:off"
    r"|case|claim|episode|pathway|file)\b|\bclaim to close\b|\bpolicy: clos\w+"
    r"|\bgoals? (?:all )?(?:met|achieved|reached)\b|\blet (?:her|him) (?:loose|go|drive|off)\b"
    r"|\bnil from (?:a )?(?:spin\w+|back|surg\w+)|\bmaximum medical improvement reached\b|\bmmi reached\b|\bat mmi\b",
    re.IGNORECASE,
)
_TINY = r"(?:[012](?:\.\d)?|zero|nil|none|one|two|a one|a two|0\s?-\s?[12]|1\s?-\s?2|one or two|one, maybe two)"
_SCORED = re.compile(
    rf"\b(?:pain|NRS|VAS|NPRS|discomfort|ache|back|soreness|tenderness"
    rf"|stiffness)\b[^.;\d\n]{{0,34}}?\b{_TINY}(?:\s?/\s?10\b| out of (?:10|ten)\b)"
    rf"|\b(?:NRS|VAS|NPRS)\W(?:(?:back|legs?|pain|rest|score|lumbar|now|today"
    rf"|at rest)\W{{1,4}}){{0,2}}{_TINY}\b(?![/\d.]|\s?-+>)"
    rf"|\b(?:back|leg) pain \(0-10\)\W{{1,3}}{_TINY}\b|\bpain (?:at present|now|today|currently|score"
    rf"|level)\W{{1,8}}(?:/10)?\W{{0,24}}{_TINY}\b(?![/\d.](?!10))"
    r"|\brated? (?:at |as )?(?:[01]\s?[-\u2013]\s?[12]|[012])\b(?! ?/ ?5)|\bno leg (?:pain|symptoms?"
    r"|complaints?)\b|\bleg pain (?:is |now )?(?:0|nil|none|gone)\b"
    r"|\blegs? (?:(?:is|are|feels?|now|both|all|pain) ){0,2}(?:fine|grand|good|great|nothing|unbelievable"
    r"|stronger|lighter|perfect|brilliant)\b(?! (?:until|till|but))"
    r"|\b(?:ODI|oswestry(?: \w+)?)\W{1,3}(?:score |now |today |is |was |of |: ?|now: ?){0,2}(?:1?\d|20)\s?(?:%"
    r"|/100|\b)(?! ?->)"
    r"|\bpain\W{1,4}(?:is |was )?(?:hardly any|barely any|next to (?:nothing|none)|negligible|minimal"
    r"|nothing much|nowt|trivial|very little|scarcely any)\b"
    r"|\bback (?:is|feels)\W{1,3}(?:nowt|nothing|great|fine|good)\b|\b(?:hardly any|barely any|next to no"
    r"|negligible|minimal|no real) (?:back )?(?:pain|discomfort)\b",
    re.IGNORECASE,
)
HINTS = {
    RESULT: "well great nicely nice fanta brill beaut splen wonde good fine grand excel satis super"
    " amazi swimm perfe marve"
    " dream new plan expec hoped sched track cours resul outco recov recup progr respo impro conva"
    " rehab succe statu evolu"
    " heali delig thril moon pink chuff pleas happy conte grate ecsta overj elate impre glad diffe"
    " chang trans life"
    " world lease norma bette reha best worth again recom anyon happi brigh cheer comfo stabl contr"
    " manag toler hitch"
    " usual former self looks look without ok rain like",
    DOES: "back retur resum resta doing manag worki works work full fit restr limit unres relea"
    " clear walk walks walki"
    " walke cycle cycli swim swims swimm run runs runni hike hikes hikin jog jogs joggi rambl strol"
    " able can does"
    " garde drive golfs dance plays climb indep mobil adl adls stair trans",
    NEEDS_NOTHING: "pain analg opioi opiat table med meds medic parac panad tylen aceta dolo panad painki painkiller",
    NO_COMPLAINT: "compl conce issue probl worri sympt needs diffi nothi asymp compla free",
    CLOSED: "disch follo rtc revie retur contr rv appoi rto f pifu no nil arran not need have sign"
    " signe signi close"
    " closi goal goals let nil maxim mmi policy polic claim",
    SCORED: "pain nrs vas nprs disco ache back soren tende stiff odi oswes hardl barel next negli"
    " minim no rated"
    " rate leg legs",
}
"""First letters of words without which a kind is not told: most sentences hold none and cost no more than this look."""
_FIRST = 5
HINTED = {kind: frozenset(word[:_FIRST] for word in words.split()) for kind, words in HINTS.items()}


def openings(text: str) -> frozenset[str]:
    """The first letters of the words of a text, in lower case."""
    return frozenset(word[:_FIRST] for word in _WORDS.findall(text.lower()))


_WORDS = re.compile(r"[a-z]+")
KINDS = (
    (RESULT, _RESULT),
    (DOES, _DOES),
    (NEEDS_NOTHING, _TABLET),
    (NO_COMPLAINT, _NOTHING),
    (CLOSED, _CLOSED),
    (SCORED, _SCORED),
)
"""Each kind with what tells it."""
