"""Pain told by what it keeps from, what it is like and how it compares: a sentence and its readings in, those added.

"No better than before", "hurts again from hip to ankle", "can't sleep for my leg", "both calves tighten after one bus
stop" name no pain that a class of words could hold. What is told with no part of the body at all is the course alone;
where the whole note places no pain, ``pains_of_note`` tells of one without a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from service.domain.statements import Polarity, Statement
from service.text.clauses.reading import Reading
from service.text.context.crps_signs import with_crps_signs
from service.text.context.pain_over import PAINS
from service.text.context.same_as_before import is_like_a_sign
from service.text.context.score_courses import with_score_courses
from service.text.context.then_and_now import then_and_now
from service.text.vocabulary.sections import Section

_LEG = r"(?:legs?|sciatica|calf|calves|thighs?|hamstrings?|shins?|[ls][1-5] pain)"
_BACK = r"(?:back(?!-up)(?! (?:to|at|in|from|on|again))|lumbago|lower back|spine)"
_SITE = re.compile(rf"\b(?:(?P<leg>{_LEG})|(?P<back>{_BACK}))\b", re.IGNORECASE)
_OPERATED = (
    r"(?:pre-?op\w*|(?:the )?(?:operation|surgery|op|procedure|fusion|discectomy|decompression|laminectomy)"
    r"|(?:he|she|i) (?:was|had|came)|it (?:was|had)|beforehand|before|ever|(?:the )?day (?:before|of)|how (?:it|he"
    r"|she|i)"
    r" (?:was|were)|(?:two|three|\d+) (?:years?|months?) ago|at the (?:start|outset|beginning)|prior|the pre\w+ one"
    r"|previously|a year ago|last year)"
)
_SAME = re.compile(
    r"\b(?:no (?:better|different|easier)(?: off)? (?:than|to|from)|(?:just |exactly |every bit |quite "
    r"|still )*as (?:bad"
    r"|painful|sore|severe|strong) as|(?:exactly |just |precisely |very much )?(?:the )?same as|(?:exactly "
    r"|just )?as (?:it"
    r" was|they were)|identical (?:to|with)|unchanged (?:from|since|throughout)|has not changed since) "
    rf"(?:the |his |her |my )?{_OPERATED}|\bunchanged throughout\b|\bexactly as it was\b"
    r"|\bas (?:if|though) (?:nobody|no one|no-one|they|nothing) (?:had|ha[sd] never|was|never)\b"
    r"|\b(?:op|operation|surgery|procedure|fusion|discectomy|decompression)\b[^.;]{0,20}\b(?:for nothing|(?:did|has"
    r"|had|ha)"
    r"(?: not|n't) (?:do|done|help|helped|change|changed|achieve|achieved)(?: him| her| me)?(?: anything| one bit"
    r"| at all)?"
    r"|made no difference|was a failure|changed nothing|brought (?:him |her |me )?nothing|gave (?:him |her |me )?no)\b"
    r"|\b(?:no|zero|nil|not any) (?:benefit|relief|gain|improvement|change for the better)\b(?=(?: (?:at all|whatsoever"
    r"|of any kind|to date|so far|from (?:the |this |his |her )?(?:op\w*|surgery|procedure|fusion|discectomy"
    r"|decompression)))*\s?(?:[.,;]|\W*$))|\bnothing (?:was )?gained\b|\bregrets (?:having|the (?:op|fusion|surgery))",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    rf"\b(?P<part>{_LEG}|{_BACK})\b[^.;]{{0,60}}?\b(?:hurt\w*|ach(?:es?|ing|y)|sore|pain\w*|play\w* up"
    rf"|giv\w+ (?:\w+ )?(?:gyp"
    r"|grief|trouble|jip)|let\w* \w+ down|acting up|(?:is|are) (?:there|bad)|gone|throb\w*|burn\w*"
    r"|kill\w*)\b(?: \w+){0,2}"
    rf"? again\b|\b(?:pain|sciatica|ache|trouble)\b[^.;]{{0,25}}\b(?:in|down) (?:the |his |her |my )?(?:\w+ )?{_LEG}\b"
    rf"[^.;]{{0,12}}\b(?:is|are|was|has come) (?:there |back )?again\b|\b(?:now|today|since)\b[^.;]{{0,20}}\bdown the"
    r" (?:\w+ )?(?:leg|thigh|calf) again\b|\bsame leg, same pain\b",
    re.IGNORECASE,
)
_KEPT = re.compile(
    r"\b(?:can ?n[o']t|can't|cant|could ?n[o']t|couldn't|unable to|not able to|does ?n[o']t|doesn't|hardly|barely"
    r"|won't|no)\b"
    r"[^.;]{0,30}\b(?:sleep|sit|drive|stand|walk|turn|rest|work|lie|bend|dress|travel|go out)\w*\b[^.;,]{0,30}?\b(?:for"
    r"|because of|due to|on account of|owing to|thanks to|with) (?:my|his|her|the|this|that)"
    rf" (?:right |left |bad |\w+ )?(?P<part>{_LEG}|{_BACK})\b"
    rf"|\b(?:my|his|her|the) (?:right |left )?(?P<part2>{_LEG}|{_BACK})\b (?:\w+ )?(?:keeps?|stops?|prevents?"
    rf"|kept) (?:me|him"
    r"|her|us)\b(?: (?:awake|up)|[^.;]{0,12}\b(?:sleep|sit|work|walk|driv|stand)\w*)"
    r"|\b(?:groan|winc|wail|cries|cry(?:ing)? out|moan|scream|yelp|flinch|swear|grimac)\w*\b[^.;]{0,40}\b(?:his|her"
    r"|my|the)"
    rf" (?:right |left )?(?P<part3>{_LEG}|{_BACK})\b"
    rf"|\b(?P<part4>{_LEG})\b[^.;]{{0,15}}\b(?:feels?|is|it's) like\b[^.;]{{0,20}}\b(?:tooth|teeth|knife|poker|wire"
    rf"|electric"
    r"|fire|vice|bolt|lightning|razor|glass|needles? being)\w*",
    re.IGNORECASE,
)
_GAIT = re.compile(
    r"\b(?:calf|calves|legs|thighs|hamstrings)\b (?:\w+ )?(?:tighten|seiz|cramp|stiffen|knot|burn|lock|ach"
    r"|turn to (?:lead"
    r"|wood)|go (?:dead|heavy|to lead)|get heavy|fill with lead)\w*(?: up)?[^.;]{0,12}\b(?:after|by|before|within"
    r"|at) (?:the |a |an"
    r" |one |two |three |\d+ |every |about |second |first |third |next |barely |only )*(?:bus stops?|m\b|met(?:re|er)s?"
    r"|lamp ?posts?|minutes?|yards?|gate|corner|aisles?|block|steps|bench|shop|end of the)"
    r"|\b(?:still|again|now) (?:has|have|needs?) to (?:sit|stop|rest|lean)\b[^.;]{0,15}\b(?:after|every) (?:about "
    r"|around )?"
    r"\d+ ?(?:m\b|met|yards?|minutes?)"
    r"|\b(?:can ?not|can't|cannot) walk (?:any )?(?:further|farther|longer|better) than before\b",
    re.IGNORECASE,
)
_ONGOING = re.compile(
    r"\b(?:ongoing|persist(?:ent|ing)|unremitting|relentless|constant|daily) (?:\w+ )?pain\b(?! (?:clinic|meds?"
    r"|medication"
    r"|diary|team|nurse))|\bpain (?:is |was |has been )?(?:daily|every day|constant(?:ly)?|ongoing|persists"
    r"|all (?:day|year"
    r"|the time))\b|\bstill (?:\w+ and )?(?:sore|in pain|hurts|hurting|painful)\b|\b(?:movement|weight-?bearing"
    r"|load\w*) pain\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:strong|strength|syndrome|radicul\w*|numb\w*|tingl\w*|asleep|dead|dull|pins|sensation|feeling"
    r"|weak\w*|power|foot ?drop|bladder|bowel\w*"
    r"|hearing|sight|cough|scar|wound|incision\w*"
    r"|tablets?"
    r"|gabapentin|pregabalin|physio\w*|injection|blocks?|hb|crp|bp|neck|knees?|shoulders?|arms?|hands?|chest"
    r"|abdom\w+|tumm\w+"
    r"|head\w*|throat|jaw|tooth|cataract|inhaler|cpap|x-?rays?|films?|mri|ct|scan|screws?|cage|no pain"
    r"|pain[- ]?free|painless"
    r"|weather|stiff\w*)\b",
    re.IGNORECASE,
)
_STUDY = re.compile(
    r"\b(?:x-?rays?|films?|mri|ct|scan|osteophyt\w*|bridging|alignment|lordosis|slip|cage|screws?|hardware"
    r"|implants?)\b",
    re.IGNORECASE,
)
_NOT_SAID = re.compile(
    r"\b(?:no|not|without|denies|denied|nor|neither|never|risks?|consent\w*|incl\w*|may|might|if|should|could|would"
    r"|chance"
    r"|possib\w+|discuss\w*|explain\w*|free of|less|until|before (?:the|her|his|my|surgery)|pre-?op\w*"
    r"|(?<!'s )(?<!has )(?<!have )had|was|were|used to"
    r"|in case)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:no|not|never|if|should|until|without|nor|were .* to|would|unless|in case)\b", re.IGNORECASE)
_ANALGESICS = re.compile(
    r"\bno (?:regular |further )?(?:pain[- ]?relief|pain killers?|painkillers?|relief needed)\b", re.IGNORECASE
)


def with_untold_pain(readings: Sequence[Reading], text: str) -> list[Reading]:
    """The readings with those of pain that scores over time tell, or that the sentence tells without a word for it."""
    told = with_score_courses(readings, text)
    if "?" in text or any(r.away for r in readings):
        return told
    for found, site, course in _pains(text):
        concepts = (f"{site}-pain" if site in {"leg", "back"} else site, course)
        held = {r.concept for r in told if not r.sign and not r.past}
        begin, end = found.span()
        told += [Reading(c, "", begin, end, begin, end) for c in concepts if c and c not in held]
    return told


def _pains(text: str) -> Iterator[tuple[re.Match[str], str, str]]:
    """Where each stands, of which site ("" for none), and the course it tells."""
    if (same := _SAME.search(text)) and not _OTHER.search(_part(text, same)) and not _of_a_sign(text, same):
        place = _SITE.search(text)
        yield same, (place.lastgroup or "") if place else "", "no-relief"
    if (again := _AGAIN.search(text)) and not _DENIED.search(again[0]) and not _OTHER.search(again[0]):
        yield again, "back" if re.match(_BACK, again["part"] or "", re.IGNORECASE) else "leg", "pain-returned"
    if kept := _KEPT.search(text):
        part = kept["part"] or kept["part2"] or kept["part3"] or kept["part4"]
        if not _OTHER.search(kept[0]):
            yield kept, "back" if re.match(_BACK, part, re.IGNORECASE) else "leg", ""
    if (gait := _GAIT.search(text)) and not _NOT_SAID.search(text[: gait.start()]):
        yield gait, "claudication", ""
    ongoing = _ONGOING.search(text)
    if ongoing and not _SITE.search(text) and not _NOT_SAID.search(text[: ongoing.start()]) and not _OTHER.search(text):
        yield ongoing, "chronic-pain", ""


def _of_a_sign(text: str, same: re.Match[str]) -> bool:
    return _STUDY.search(text) is not None or is_like_a_sign(text, same.start(), same.end())


def _part(text: str, found: re.Match[str]) -> str:
    """The part of the sentence between the marks around what was found."""
    edges = [m.start() for m in re.finditer(r"[,;:.]", text)]
    begin = max((e for e in edges if e < found.start()), default=0)
    return text[begin : min((e for e in edges if e >= found.end()), default=len(text))]


def _is_said(line: str) -> bool:
    """Whether the sentence tells of how the patient is as a whole: of no power, bladder or film, and under no
    condition."""
    unsaid = (_CONDITION, _ANALGESICS, _OTHER, _STUDY, _ELSE)
    return _SUFFERS.search(line) is not None and not any(words.search(line) for words in unsaid)


Said = list[tuple[Statement, Section]]
_CONDITION = re.compile(
    r"\b(?:if|unless|should|in case|in the event|were (?:the|his|her|any|pain|he|she)|would|only (?:when|with)"
    r"|(?:any|no"
    r"|without) (?:return|recurrence))\b",
    re.IGNORECASE,
)
_SUFFERS = re.compile(
    r"\b(?:pain\w*|sore|hurts?|hurting|ache\w*|symptoms?|complaints?|better|benefit|relief|gain(?:ed)?|worse"
    r"|nothing|helped"
    r"|regrets|result|difference|as if|as though|failed|failure)\b",
    re.IGNORECASE,
)
_ELSE = re.compile(
    r"/5\b|\b(?:ehl|flow|stream|urin\w+|urolog\w+|prostat\w+|luts|void\w*|erect\w*|sexual\w*|genital|iief|reflex\w*"
    r"|jerks?|sens\w+|feeling|gait|balance|memory|mood|vision|asthma|copd|diabet\w*)\b",
    re.IGNORECASE,
)
_COURSES = frozenset({"no-relief", "pain-returned", "pain-worse"})
_WELL = frozenset({"no-pain", "pain-relief", "partial-relief"})


def pains_of_note(said: Said, lines: Mapping[int, str]) -> Said:
    """The statements of one note: pains of before that are over closed, and with pain of no place where its course is
    told and no pain is named in the note.
    ``lines`` holds the sentence of each number."""
    said = with_crps_signs(then_and_now(said, lines), lines)
    named = any(s.concept in PAINS or s.concept in _WELL for s, _ in said)
    if named:
        return said
    courses = [
        (s, section)
        for s, section in said
        if s.concept in _COURSES and s.polarity is Polarity.YES and not s.closed and _is_said(lines.get(s.sentence, ""))
    ]
    return said + [(replace(s, concept="chronic-pain"), section) for s, section in courses[:1]]
