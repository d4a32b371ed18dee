"""Signs that the rest of their sentence means in another sense: readings in, those set aside that are none of now.

An ankle that swells after it was sprained has its own reason, a faint at the sight of a needle is of the needle, and a
pressure that rose again when the legs were raised was a dip. What goes on, comes back or is more than that stays.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from service.text.clauses.reading import Reading
from service.text.context.same_as_before import is_like_a_sign

_ANKLE_HURT = re.compile(
    r"\b(?:sprain\w*|rolled|twist\w*|inver(?:ted|sion)|turned|went over on)\b[^;.]{0,40}?\b(?:ankles?|foot)\b"
    r"|\bankle (?:sprain|inversion)\b|\bottawa\b|\b(?:wasp|bee|insect|tick|mosquito|horsefly) (?:sting|bite)\b"
    r"|\b(?:stung|bitten)\b|\bgout\w*|\bpodagra\b|\bingrow\w+",
    re.IGNORECASE,
)
_CALF = re.compile(r"\b(?:calf|calves|thighs?|leg|legs|shins?|knees?|groin|homans?|dvt|clot\w*|both)\b", re.IGNORECASE)
_AT_THE_SIGHT = re.compile(
    r"\b(?:at|on|from|with) (?:the )?sight of\b|\b(?:during|with|at|after|on) (?:the |his |her |a )?"
    r"(?:venepuncture|venipuncture|cannulation|blood (?:test|draw)|phlebotomy|blood[- ]?taking|bloods being taken)\b",
    re.IGNORECASE,
)
_ARTEFACT = re.compile(
    r"\b(?:probe|poor (?:trace|signal|waveform)|art[ei]facts?|cold (?:hands?|fingers?)|nail (?:varnish|polish)"
    r"|off (?:his|her|the) finger|gel nails?)\b",
    re.IGNORECASE,
)
_WELL_OXYGENATED = re.compile(r"\b(?:9[4-9]|100)\b(?:\s?%)?(?!\s?/)")
_PROBE_OFF = re.compile(
    r"\b(?:probe|sensor)\b(?: (?:was|had|has|is|been|come|came|fallen|fell|slipped|hanging|half|knocked|found))* off\b",
    re.IGNORECASE,
)
_LOW_FIGURE = re.compile(r"\b(?:[5-8]\d|9[0-2])\b(?!\s?/)(?!\s?(?:min|bpm))")
_LAGS = re.compile(
    r"\b(?:remains?|remained|remaining|still|stays?|residual|persistently|continues|persists)\b", re.IGNORECASE
)
_AFTER_USE = re.compile(
    r"\b(?:ache[sd]?|aching|achy|sore|soreness|stiff|doms|tired)\b[^.;]{0,50}?"
    r"\b(?:the )?(?:day |morning )?(?:after|following|from)"
    r" (?:the |a |her |his |my |all (?:the |that )?|long |first |pool |leg )*"
    r"(?:garden\w*|gym|run(?:ning)?|swim\w*|pool|leg day|squats?|cycl\w*|bik\w*|physio|workout"
    r"|training|digging|lawn|mowing|dancing|football|golf)\b|\b(?:leg day|doms)\b",
    re.IGNORECASE,
)
"""Muscles that ache as they do after use."""
_MORE_THAN_ACHE = re.compile(
    r"\b(?:shoot\w*|sciatic\w*|radiat\w*|down (?:the|his|her|my|both)|numb\w*|tingl\w*|pins|weak\w*|electric\w*"
    r"|swell\w*|swollen|warm|hot|red|burn\w*|severe|unable|can ?not|wors\w*|back pain)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:no|not|nor|without|denies|neither)\b[^.;,]{0,30}", re.IGNORECASE)
_PRESSURE = re.compile(r"\b(\d{2,3})\s?/\s?(\d{2,3})\b")
_LOW = 90
_LAID = re.compile(
    r"\b(?:recover\w*|legs? (?:up|raised|elevated)|(?:lying|laid|lay|lie) (?:down|flat|back)?|supine|head down|feet up"
    r"|on standing|when (?:she|he) (?:stood|sat)|sat (?:back )?down|settled)\b",
    re.IGNORECASE,
)
_TREATED = re.compile(
    r"\b(?:fluids?|bolus\w*|lit(?:re|er)s?|\d ?l|saline|hartmann\w*|ringer\w*|blood|units?|transfus\w*|met[ae]raminol"
    r"|ephedrine|phenylephrine|norad\w*|pressors?|bleed\w*|again|belly|abdom\w*|flank|tachy\w*|clammy)\b",
    re.IGNORECASE,
)

_THING = re.compile(
    r"\b(?:crp|c[- ]reactive protein|esr|wcc|wbc|white (?:cells?|count)|cells?|counts?"
    r"|platelets?|ha?emoglobin|hb|temp(?:erature)?|fever|pyrexia|levels?"
    r"|values?|markers?|inflammation|saturations?|sats|egfr|creatinine)"
    r"\b(?: \d+(?:\.\d+)?,?)?"
    r"(?: (?:has|have|had|is|are|was|were|then|now|just|still|slow|slowly|slightly|steadily|further|keeps?|kept|also"
    r"|again"
    r"|started to|begins? to|to|nicely|quickly|soon|since|been|not|should|will|would|may|might))*[ -]*$",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:the|her|his|my) (?:trunk|torso|upper body|body|head|chin|pelvis|arm|arch)[ -]*$", re.IGNORECASE
)
_ASIDE = re.compile(
    r"^\W*\w+ (?:slightly |further |right )?(?:forwards?|to (?:the|one) side|sideways|on the|in front)\b", re.I
)
_OFF_SOMETHING = re.compile(
    r"^\W*\w*\W+(?:(?:and|then) )*(?:off|down|from (?!\d)|out"
    r"|over|onto|into|backwards?|against|through|hard|heavily|at home)\b",
    re.IGNORECASE,
)
"""Where somebody falls, as against a thing or a figure that does."""


def other_senses(readings: list[Reading], text: str) -> list[Reading]:
    """The readings; ``away`` where the sentence tells the small reason of a sign in the same breath."""
    if not any(not r.sign and not r.away and r.concept in _LOOKS for r in readings):
        return readings
    return [
        replace(r, away=True) if not r.sign and not r.away and r.concept in _LOOKS and _LOOKS[r.concept](r, text) else r
        for r in readings
    ]


def _is_of_ankle(reading: Reading, text: str) -> bool:
    """Whether an ankle or foot swells that was hurt, stung or has gout, and no more of the leg is named."""
    begin = max(text.rfind(mark, 0, reading.first) for mark in ";.") + 1
    piece = text[begin : reading.last + _BEHIND]
    return _ANKLE_HURT.search(piece) is not None and _CALF.search(piece) is None


def _is_at_a_sight(reading: Reading, text: str) -> bool:
    return _AT_THE_SIGHT.search(text, max(0, reading.start - _BEHIND), reading.end + _BEHIND) is not None


def _has_passed(reading: Reading, text: str) -> bool:
    """Whether the last pressure told is a good one, come back by lying down and with nothing given for it."""
    told = list(_PRESSURE.finditer(text))
    if not told or int(told[-1][1]) <= _LOW or reading.start >= told[-1].start():
        return False
    around = text[reading.start :]
    return _LAID.search(around) is not None and _TREATED.search(text) is None


def _is_of_probe(reading: Reading, text: str) -> bool:
    """Whether the low figure is of a probe that had slipped, and a good one is told behind it."""
    if _ARTEFACT.search(text) is None or _LOW_FIGURE.search(text, reading.end):
        return False
    return _PROBE_OFF.search(text) is not None or _WELL_OXYGENATED.search(text, reading.end) is not None


def _is_as_it_was(_: Reading, text: str) -> bool:
    """Whether a reflex is told to be still what it was: it comes back last, and often never."""
    return _LAGS.search(text) is not None


def _is_of_use(_: Reading, text: str) -> bool:
    """Whether muscles ache after they were used, and nothing beside it is of a nerve or a vein."""
    return _AFTER_USE.search(text) is not None and _MORE_THAN_ACHE.search(_DENIED.sub(" ", text)) is None


_OWN_WATER = re.compile(
    r"\burinat(?:es|ing|ed) (?:by )?(?:him|her|my|them)sel(?:f|ves)\b(?![^.;]{0,60}\b(?:bed|chair"
    r"|pants|trousers|clothes"
    r"|sheets?|floor|without|unaware|notic\w*|feel\w*|know\w*|accident\w*|pads?|asleep|sleep|cough\w*|laugh\w*|wet|soak\w*"
    r"|twice|times|again|since)\b)",
    re.IGNORECASE,
)
"""Water passed by himself, as the words of other tongues have it; who wets himself does so somewhere, or unawares."""
_DEVICE_THERE = re.compile(
    r"(?:\A|[.;,:|/]\s?)\W*(?:urinary |bladder |foley |indwelling )?(?:catheter|foley|idc|iduc)\b(?: (?:is|was|still))?"
    r" (?:in(?: overnight| tonight)?|drain(?:ing|s|ed))(?: (?:well|clear\w*|freely|urine"
    r"|on free drainage))?(?=\s?(?:[.;,|]|\Z))",
    re.IGNORECASE,
)
_HELD_BACK = re.compile(
    r"\b(?:reten\w*|residual\w*|unable|can ?not|can't|could ?n[o']t|failed|fails|re-?insert\w*"
    r"|re-?cath\w*|again|back in"
    r"|needed|no urge|not void\w*|[4-9]\d\d ?(?:mls?|cc)?|1\d{3} ?(?:mls?|cc)?|lit(?:re|er)s?)\b",
    re.IGNORECASE,
)
_ACCIDENT_FREE = re.compile(r"\baccident[- ]free\b", re.IGNORECASE)
_FELL = re.compile(
    r"\b(?:fell|falls?|fallen|slipp\w*|trip\w*|crash\w*|landed|knocked|collision|rta|mva|rtc|tumbl\w*)\b", re.IGNORECASE
)
_TEST_STANCE = re.compile(r"\b(?:heels?|toes?|tip-?toe|slr|squats?|single[- ]leg)\b", re.IGNORECASE)
_EASES = re.compile(
    r"\b(?:eas\w*|reliev\w*|better|settl\w*|has to|have to|had to|needs? to|must|wors\w*|pain\w*|ach\w*|hurts?)\b",
    re.IGNORECASE,
)
_TUBES = re.compile(
    r"\b(?:both|two|2|three|3|all|the) drains\b|[,;/&+] ?(?:\w+ )?drains(?= ?(?:[.;,x(]|\Z))"
    r"|\bdrains (?:are|were|have|out|removed|in situ|pulled|x ?\d)\b",
    re.IGNORECASE,
)
_WET = re.compile(
    r"\b(?:ooz\w*|leak\w*|soak\w*|weep\w*|pus|wet|damp|moist|stain\w*|discharg\w*|drainage|fluid|smell\w*|strike-?through"
    r"|seep\w*|runn?ing)\b",
    re.IGNORECASE,
)
_NAMES_LOW = re.compile(
    r"\bhypot\w*|\blow\w*\b|\bdrop\w*|\bfell\b|\bfall\w*|\bshock\w*|\bsystolic\b|\bsbp\b|\bsyst\b|->|\u2192",
    re.IGNORECASE,
)


def _is_of_pulse(_: Reading, text: str) -> bool:
    """Whether every pressure told is a good one, no word calls it low, and what other figure there is is the pulse."""
    told = [int(m[1]) for m in _PRESSURE.finditer(text)]
    if not told or min(told) < _GOOD or _NAMES_LOW.search(text):
        return False
    return _FIGURE.search(_PULSE.sub(" ", _PRESSURE.sub(" ", text))) is None


_GOOD = 100
_PULSE = re.compile(r"\b(?:p|pr|hr|pulse|heart rate|rate)\W{0,2}\d{2,3}\b", re.IGNORECASE)
_FIGURE = re.compile(r"\b\d{2,3}\b")


def _is_low_in_passing(reading: Reading, text: str) -> bool:
    return _is_of_pulse(reading, text) or _has_passed(reading, text)


def _is_own_water(_: Reading, text: str) -> bool:
    return _OWN_WATER.search(text) is not None


def _is_device(_: Reading, text: str) -> bool:
    """Whether a catheter is there or works, and nothing says that water was held back."""
    return _DEVICE_THERE.search(text) is not None and _HELD_BACK.search(text) is None


def _is_no_fall(_: Reading, text: str) -> bool:
    return _ACCIDENT_FREE.search(text) is not None and _FELL.search(text) is None


def _is_test_stance(_: Reading, text: str) -> bool:
    """Whether somebody stands on heels or toes, or squats, to be examined: nothing is told to ease or to hurt."""
    return _TEST_STANCE.search(text) is not None and _EASES.search(text) is None


def _is_of_tubes(_: Reading, text: str) -> bool:
    """Whether the drains are what was laid into the wound, and nothing is told to run out of it."""
    return _TUBES.search(text) is not None and _WET.search(text) is None


def _is_of_a_sign(reading: Reading, text: str) -> bool:
    """Whether what is told to be the same as before is a sign or a habit, and the sentence complains of no pain."""
    return is_like_a_sign(text, reading.first, reading.last)


_GONE = re.compile(
    r"\b(?:is|are|was|has|have)(?: now| all| quite| completely)? (?:finished|away|gone|vanished|over and done)\b"
    r"|\b(?:has|have) not been (?:there|seen|felt) since\b|\bnot a trace\b|\b(?:leg|le|legs) (?:at "
    r"|is )?0(?: ?/ ?10)?(?=\W*\Z)",
    re.IGNORECASE,
)
_STAYS = re.compile(
    r"\b(?:but|again|return\w*|back (?:now|since)|came back|except|instead|still|now (?:the|his|her"
    r"|it)|until|till|nearly|almost"
    r"|never|replaced|other (?:leg|side)|new|wors\w*|when|if|while|after)\b",
    re.IGNORECASE,
)


def _is_gone(reading: Reading, text: str) -> bool:
    """Whether the sentence says of the pain that it is away, finished, without a trace, and of nothing that stays."""
    return (_GONE.search(text) is not None and _STAYS.search(text) is None) or _is_of_use(reading, text)


def _is_of_a_thing(reading: Reading, text: str) -> bool:
    """Whether it is a part of the body or a figure that falls ("the trunk falls forwards", "CRP falls"), and not off
    or down something, as only a whole patient does."""
    before, rest = text[: reading.start], text[reading.start :]
    if _PART.search(before):
        return _ASIDE.match(rest) is not None
    return _THING.search(before) is not None and _OFF_SOMETHING.match(rest) is None


def _is_no_fall_of_his(reading: Reading, text: str) -> bool:
    return _is_no_fall(reading, text) or _is_of_a_thing(reading, text)


_BEHIND = 70
"""Characters around a sign in which its reason is told."""
_LOOKS = {
    "leg-swelling": _is_of_ankle,
    "syncope": _is_at_a_sight,
    "no-relief": _is_of_a_sign,
    "hypotension": _is_low_in_passing,
    "urinary-incontinence": _is_own_water,
    "urinary-retention": _is_device,
    "fall-or-trauma": _is_no_fall_of_his,
    "worse-standing": _is_test_stance,
    "wound-drainage": _is_of_tubes,
    "dyspnoea": _is_of_probe,
    "reflex-loss": _is_as_it_was,
    "leg-pain": _is_gone,
    "bilateral-leg-pain": _is_gone,
    "claudication": _is_gone,
    "burning-pain": _is_gone,
}
