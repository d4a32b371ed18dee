"""What the words of a pain say of it beyond that it is there: how bad, how old, sore at a touch."""

from __future__ import annotations

import re

from msgspec.structs import replace

from service.domain.statements import PLAIN, Attributes
from service.text.context.long_known import tells_long
from service.text.context.score_courses import last_score

SEVERE = "severe"
_DEGREES = (
    (SEVERE, re.compile(r"(?<!not )(?<!no )(?<!without )\b(?:severe|excruciating|unbearable|agonising|agonizing)\b")),
    ("moderate", re.compile(r"\bmoderate(?:ly severe)?\b")),
    ("mild", re.compile(r"\b(?:mild|slight)\b")),
)


def severity_of(words: str) -> str:
    """Severe, moderate or mild: the worst that the words name without denying it; "" when they name none."""
    plain = words.lower()
    return next((degree for degree, said in _DEGREES if said.search(plain)), "")


_COVER = (
    r"(?:bed ?)?(?:sheets?|clothes)|socks?|shoes?|duvet|quilt|doona|blankets?|covers|trouser leg|touch|brush\w*"
    r"|cotton (?:wool|swab)"
)
_SORE = re.compile(
    rf"allodyn|hyperalges|hyperpath|hurts? to touch|(?:bear|stand|tolerate|have)\b[^.;]{{0,14}}\b(?:{_COVER})\b"
    rf"|\b(?:{_COVER})\b[^.;]{{0,24}}\b(?:unbearable|agony|agoni[sz]ing|excruciating|intolerable|torture|(?:8|9"
    rf"|10)/10)"
)
"""Allodynia: what only touches the skin hurts."""

MINIMAL = "minimal"
_BACK = r"(?:(?:low(?:er)? )?back(?: itself)?(?:[ -]?(?:pain|ache))?|lbp|lumbago)"
_LITTLE = (
    r"(?:minimal|negligible|trivial|next to no|hardly any|barely any|scarcely any|very little|little|not much"
    r"|no real)"
)
_LITTLE_BACK = re.compile(
    rf"\b{_LITTLE}(?: or no)?(?: in the way of)? (?:by way of )?{_BACK}\b"
    rf"|\b{_BACK}\W{{1,3}}(?:is |was |remains |only |now |just |pain ){{0,2}}(?:bothers? \w+ |troubles? \w+ )?"
    r"(?:very |so |only |but )?(?:little|minimal|negligible|trivial|nothing much|not much|not a problem)\b"
)
"""Back pain of which it is said that it is next to none: it decides nothing about where the pain is."""


def of_back(concept: str, words: str) -> Attributes:
    told = of_pain(concept, words)
    words = in_figures(words)
    if (score := last_score(words, "back")) is not None:
        told = replace(told, score=score)
    elif graded := _GRADED_BACK.search(words) or _SCALED_BACK.search(words) or _GRADED_BEFORE.search(words):
        told = replace(told, score=max(float(graded["n"]), _worst_beside(words, graded.end())))
    return replace(told, severity=MINIMAL) if _LITTLE_BACK.search(words) else told


_BESIDE = re.compile(r"[^.;:]*?(?<![\d/.])(?P<n>10|\d)\s?/\s?10\b")
_OTHER_GRADE = re.compile(r"\b(?:leg|sciatica|calf|thigh|foot|feet|was|were|from|before|pre-?op\w*|mood|sleep)\b")


def _worst_beside(words: str, at: int) -> float:
    """The worst further grade of the same pain: 9 of "2/10 at rest, 9/10 on standing"."""
    worst = 0.0
    while found := _BESIDE.match(words, at):
        if _OTHER_GRADE.search(found[0]):
            break
        worst, at = max(worst, float(found["n"])), found.end()
    return worst


_FIGURES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SPOKEN = re.compile(
    rf"\b(?P<n>{'|'.join(_FIGURES)}|10|\d)(?: (?:or|to) (?P<m>{'|'.join(_FIGURES)}|10|\d))?"
    r" (?:over|out of|of) (?:ten|10)\b",
    re.IGNORECASE,
)


def in_figures(words: str) -> str:
    """The words with each grade of ten in figures: "two over ten" is "2/10", "two or three out of ten" is "3/10"."""
    return _SPOKEN.sub(lambda m: f"{_figure(m['m'] or m['n'])}/10", words)


def _figure(word: str) -> str:
    return str(_FIGURES.index(word.lower())) if word.lower() in _FIGURES else word


_ONGOING = re.compile(
    r"\b(?:unchanged|ongoing|on-going|persist\w*|continu(?:es|ing|ed)|still|remains?|chronic|long[- ]?standing"
    r"|no (?:better|change|different)|as before|same as (?:before|last)|the same)\b"
)


_OF_TEN = r"(?P<n>10|\d)(?:\.\d)?(?:\s?(?:/|out of)\s?10\b|(?=\s?(?:[.,;)]|\Z)))"
_FELL_TO = r"(?:10|\d)(?:/10)?\s?(?:-+>|\u2192|=>)\s?"
_GRADED_LEG = re.compile(
    r"\b(?:legs?|sciatica|calf|calves|thighs?|buttocks?|shins?|foot|feet)\b(?: pains?| aches?| ache| discomfort"
    r"| symptoms)?(?: is"
    r"| was| now| vas| nrs| score){0,2}"
    rf"[ :=(-]{{1,3}}(?:{_FELL_TO}|\d\s?-\s?(?=\d\b))?{_OF_TEN}"
)
_GRADED_BACK = re.compile(
    r"\b(?:backache|back|lbp|wound|lumbar|lumbago)\b(?: pains?| aches?| achy| sore| tenderness| stiffness| tightness"
    r"| soreness| discomfort)?(?:[:=]?(?: is| was| now| at| to| about| around| only| just| barely| hardly"
    r"| maybe| perhaps| max| up to| per (?:pt|patient)| rated| vas| nrs| nprs| score[sd]?)){0,3}"
    rf"[ :=(-]{{1,3}}(?:{_FELL_TO}|\d\s?-\s?(?=\d\b))?{_OF_TEN}"
)
_GRADED_BEFORE = re.compile(
    r"(?<![\d/.])(?:\d\s?(?:-|to)\s?)?(?P<n>10|\d)(?:\s?/\s?10)? (?:in |of |for )?(?:the |her |his |my )?"
    r"(?:(?:low(?:er)? )?back\b(?! (?:to|at|in|on|from))|lbp\b)(?! ?[:=]? ?\d)"
)
"""The grade before its place: "Pain: 2-3 back, no leg pain"."""
_SCALED_BACK = re.compile(r"\b(?:back|lbp|lumbar)\b[^.;\d]{0,20}\b(?:nrs|vas|nprs)\W{1,3}(?P<n>10|\d)\b(?![/\d.-])")
"""How strong a pain is that its words grade out of ten: "leg 1/10", "L leg pain 8->2", "back pain 1."."""
_FROM_NONE = re.compile(r"(?<![\d/.])0\s?-\s?([12])/10\b")
"""A range that begins with no pain at all: "0-1/10"."""


def of_leg(concept: str, words: str) -> Attributes:
    told = of_pain(concept, words)
    words = in_figures(words)
    if (score := last_score(words, "leg")) is not None:
        return replace(told, score=score)
    if graded := _GRADED_LEG.search(words):
        return replace(told, score=float(graded["n"]))
    return replace(told, score=1.0) if _TWINGE.search(words) and not _MORE.search(words) else told


_TWINGE = re.compile(
    r"\b(?:odd|occasional|single|slight|one|a|the odd|rare|mild|few|momentary|brief|fleeting"
    r"|small) (?:\w+ )?(?:twinges?|niggles?|jabs?)"
    r"\b|\b(?:twinge|niggle|jab)s?\b[^.;]{0,20}(?:\bx ?1\b|\bonce\b|lasted seconds|\bseconds\b)"
)
_MORE = re.compile(
    r"\b(?:wors\w*|increas\w*|more|new|every (?:day|step)|constant|severe|returned|back again|spread\w*)\b"
)
"""A pain of a moment: "a twinge in the calf once getting out of the bath"."""


_TURNED = re.compile(
    r"\b(?:gone|free|no (?:leg |back )?pain|relief|relieved|resolved|cured|settled|disappeared|vanished"
    r"|without (?:any )?pain|symptom-?free|sx-?free|fine|well|good|better|asymptomatic)\b[^.;]*"
    r"(?:\b(?:then|now|since then|since when|but|thereafter|afterwards|followed by|returned|came back|has come)\b"
    r"|->|\u2192)[^.;]*\b(?:pain|ache|aches|aching|sciatica|hurts?|burn\w*|lbp|soreness|cramps?)\b"
    r"(?![^.;]*\b(?:gone|resolved|settled|cured|free|nil|mild|slight|little|minimal|bearable|tolerable|manageable|odd"
    r"|occasional\w*)\b)"
)
"""Relief first, and then this pain: the sentence complains."""


def of_pain(_: str, words: str) -> Attributes:
    severity, sore = severity_of(words), bool(_SORE.search(words))
    ongoing = bool(_ONGOING.search(words))
    from_none = _FROM_NONE.search(words)
    turned = bool(_TURNED.search(words))
    score = float(from_none[1]) if from_none else None
    long = tells_long(words)
    if not (severity or sore or ongoing or from_none or turned or long):
        return PLAIN
    return Attributes(severity=severity, sore=sore, old=ongoing, score=score, turned=turned, long=long)


_NAMES_BACK = re.compile(r"\bback ?(?:pain|ache)|\bpain in (?:the|her|his|my) back\b|\blbp\b|\blumbar pain\b")


def of_a_pattern(_: str, words: str) -> Attributes:
    """Whether a pattern of pain ("worse at night") is told of a pain of the back by name."""
    return Attributes(sites=frozenset({"back"})) if _NAMES_BACK.search(words) else PLAIN
