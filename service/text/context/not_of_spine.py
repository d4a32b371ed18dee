"""Pain that is not of the patient's spine: the readings and their text in, those pains set aside.

"First-step heel pain, insoles", "gout in the big toe", "shingles on the left chest wall" name what hurts and why, and
"husband's back is so bad" whose it is. Only pain is meant, and only where its own part of the sentence names nothing
of the spine or of the whole leg: "gout in the toe, and pain down the leg" still tells of the leg.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from service.text.clauses.reading import Reading
from service.text.context.pain_over import PAINS

_RELATIVE = (
    r"(?:husband|wife|partner|spouse|mother|father|mum|mom|dad|son|daughter|brother|sister|neighbou?r|colleague"
    r"|friend"
    r"|boss|aunt|uncle|cousin|grand(?:son|daughter|mother|father)|(?:mother|father|brother|sister|son"
    r"|daughter)-in-law"
    r"|flatmate|workmate|dog|cat|horse)"
)
_THEIRS = re.compile(
    rf"\b{_RELATIVE}(?:'s|\u2019s|s')\s(?:\w+\s){{0,3}}?(?:back|legs?|sciatica|hips?|knees?|pains?|spine|discs?"
    rf"|calf|calves"
    r"|neck|stenosis|lumbago)\b(?! from| to | at | home| in (?:bed|time|the house))",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:(?:she|he|i|patient|pt)(?:'s|'m| (?:himself|herself|too))? (?:has|have|had|is|am|also|too"
    r"|gets?|complains?|reports?)|(?:his|her|my) own|hers|mine)\b", re.IGNORECASE)  # fmt: skip
_HIMSELF = re.compile(
    r"[;.,]\s*(?:but |and )?(?:(?:he|she|patient|the patient|pt) (?:him|her)self|(?:him|her)self he|patient (?:him"
    r"|her)self)"
    r" (?:is|has no|feels|remains|reports no|has none|keeps|does)\b",
    re.IGNORECASE,
)
_FOR_ANOTHER = re.compile(rf"\b(?:his|her|my|their|a|the) {_RELATIVE}\b", re.IGNORECASE)
_LOCAL = re.compile(
    r"\b(?:plantar fasci\w+|first[- ]step|fasciitis|heel spurs?|heel pad|(?:sore|painful) heels?|heel pain"
    r"|ingrow(?:n|ing)(?: toe ?nails?)?|toe ?nails?|bunions?|hallux|morton\w*|metatars\w+|gout\w*|podagra|corns?"
    r"|verruca"
    r"|chilblains?|blisters?|podiatr\w+|chiropod\w+|insoles?|sprain\w*|achilles|shin splints?|stress fracture of the"
    r"|(?:sprained|twisted|rolled|turned) (?:his |her |my |the |an? )?(?:left |right |l |r )?ankle|ankle (?:sprain"
    r"|fracture"
    r"|oa|arthritis)|hammer toes?|varicose|athlete's foot|cellulitis|tennis elbow|golfer's elbow|carpal tunnel"
    r"|frozen shoulder|rotator cuff|trigger finger|reflux|heartburn|gord|gerd|breast ?bone|indigestion|toothache"
    r"|dentist"
    r"|jaw|period pains?|migraine|sinusitis|(?:knee|ankle) (?:oa|osteoarthritis|arthritis)|(?:oa|osteoarthritis"
    r"|arthritis)"
    r" (?:of (?:the |his |her |both |my )?)?(?:right |left |l |r )?(?:knees?|ankles?|hands?|thumbs?|fingers)|tk[ra]\b"
    r"|menisc\w+|baker'?s? cyst|(?:hands?|wrists?|fingers?|thumbs?|elbows?|shoulders?|knees?|feet"
    r"|toes?) (?:that (?:hurts?"
    r"|aches?|(?:is|are) sore)|(?:is|are) (?:sore|painful|the problem))|shingles|zoster)\b",
    re.IGNORECASE,
)
"""Something that hurts by itself, away from the spine."""
_MUSCULAR = re.compile(
    r"\bmuscle (?:pains?|aches?|soreness|stiffness|ache\W)|\bmyalgia\b|\bdoms\b|\bleg[- ]day\b"
    r"|\b(?:ached?|aches|achy|aching|sore|stiff)\b[^.;]{0,30}\b(?:as |day |days |the day )?after (?:the |a "
    r"|some |my |his |her |her first )?"
    r"(?:sports?|gym|gardening|run(?:ning)?|match|training|football|hike|swim(?:ming)?|pool running|spin class"
    r"|squats|exercise|session|physio\w*|digging|mowing)\b"
    r"|\b(?:bad|dodgy|arthritic|worn) knees?\b|\bknees? (?:is |are )?(?:playing|acting) up\b",
    re.IGNORECASE,
)
"""Muscles after use, a worn knee: no pain of a root."""
_NERVE_HURT = re.compile(r"\bsciatic nerve (?:injury|palsy|lesion|damage|laceration)\b", re.IGNORECASE)
_OF_ROOT = re.compile(
    r"\b(?:sciatica|radicul\w+|nerve pain|radiat\w+|shoot\w*|down|back|again|return\w*|recur\w*|wors\w*|severe"
    r"|sever|numb\w*|tingl\w*"
    r"|weak\w*|claudicat\w*|since (?:the|his|her|my) op\w*|still|unchanged|pain(?! (?:on|after|when))s? (?:in"
    r"|of) (?:the|his|her|my) legs?)\b",
    re.IGNORECASE,
)
_OF_LIMB = re.compile(
    r"\b(?:legs?|thighs?|calf|calves|buttocks?|sciatic\w*|sciatica|radicul\w+|nerve pain|l[45]|s1|radiat\w+|shoot\w*"
    r"|down|back (?:pain|ache|is|hurts?|sore|aches|still|remains)|backache|low(?:er)? back|lumbago|lumbar pain"
    r"|claudicat\w*"
    r"|bilateral|both (?:feet|legs|heels)|numb\w*|tingl\w*|pins|weak\w*|walk(?:ing)? (?:more|further|beyond)|metres"
    r"|yards"
    r"|hip|groin)\b",
    re.IGNORECASE,
)
_RASH_ON_CHEST = re.compile(
    r"\b(?:shingles|(?:herpes )?zoster)\b[^.;]{0,30}\b(?:chest|ribs?|breast|thora\w+|flank|t\d{1,2})\b", re.IGNORECASE
)
_CHEST_ITSELF = re.compile(
    r"\b(?:chest pain|pain in (?:the|his|her|my) chest|tight\w*|crush\w*|breath\w*|pleuritic"
    r"|short of)\b",
    re.IGNORECASE,
)
_NAILS = re.compile(
    r"\b(?:toe|finger)?nails?\b[^.;]{0,40}\b(?:ridg\w*|brittle|grow\w*|hair\w*|skin|shiny|thick\w*|cut|trim\w*"
    r"|equal)\b"
    r"|\b(?:skin|hair|sweat\w*)\b[^.;]{0,40}\b(?:toe)?nails?\b",
    re.IGNORECASE,
)
"""Nails that grow: those of the toes, and none of metal."""
_OF_METAL = frozenset({
    "implant-infection", "implant-loose", "implant-broken", "implant-breach", "implant-contained", "screw-out",
    "instrumentation",
})  # fmt: skip
_PATTERNS = frozenset({"worse-extension", "worse-standing", "worse-flexion", "mechanical-pain"})
_JOINT = re.compile(
    r"\b(?:shoulders?|neck|cervical|elbows?|wrists?|hands?|thumbs?|knees?|ankles?|arms?)\b", re.IGNORECASE
)
_TRUNK = re.compile(
    r"\b(?:back|spine|spinal|lumbar|legs?|buttocks?|thighs?|calf|calves|feet|foot|facet\w*|hips?|sacr\w+|l[1-5]|s1"
    r"|lbp|walk\w*"
    r"|stand\w*|sit\w*|bend\w*|lean\w*)\b",
    re.IGNORECASE,
)
"""A pattern of pain that is told of a joint away from the trunk is a pattern of that joint."""
_PIECE = re.compile(r"[.;:]|,? (?:but|while|whereas|and (?:the|his|her|my|also|now|a|an)\b)", re.IGNORECASE)


def not_of_spine(readings: list[Reading], text: str) -> list[Reading]:
    """The readings; ``away`` where a pain is another person's, or of a part that hurts by itself."""
    if _NAILS.search(text):
        readings = [replace(r, away=True) if r.concept in _OF_METAL else r for r in readings]
    if any(r.concept in _PATTERNS for r in readings) and _JOINT.search(text) and not _TRUNK.search(text):
        readings = [replace(r, away=True) if r.concept in _PATTERNS else r for r in readings]
    if not any((r.concept in PAINS or r.concept == "chest-pain") and not r.away and not r.sign for r in readings):
        return readings
    rash = _RASH_ON_CHEST.search(text) is not None and _CHEST_ITSELF.search(text) is None
    return [replace(r, away=True) if _is_elsewhere(r, text, rash=rash) else r for r in readings]


def _is_elsewhere(reading: Reading, text: str, *, rash: bool) -> bool:
    if reading.sign or reading.away:
        return False
    if reading.concept == "chest-pain":
        return rash
    if reading.concept not in PAINS:
        return False
    begin, end = _piece(reading, text)
    words = text[begin:end]
    if (hurt := _NERVE_HURT.search(words)) and hurt.start() <= reading.start - begin < hurt.end():
        return True
    if (muscular := _MUSCULAR.search(words)) and not _OF_ROOT.search(words.replace(muscular[0], " ")):
        return True
    if _LOCAL.search(words) and not _OF_LIMB.search(words):
        return True
    if theirs := _THEIRS.search(text, begin, end):
        between = text[theirs.start() : reading.start] if reading.start > theirs.start() else ""
        return theirs.start() <= reading.end and _OURS.search(between) is None
    himself = _HIMSELF.search(text, reading.end)
    return himself is not None and _FOR_ANOTHER.search(text, 0, reading.start) is not None


def _piece(reading: Reading, text: str) -> tuple[int, int]:
    edges = [0, *(m.start() for m in _PIECE.finditer(text)), len(text)]
    begin = max(e for e in edges if e <= reading.start)
    return begin, min((e for e in edges if e >= reading.end), default=len(text))
