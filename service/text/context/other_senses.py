"""Signs that the rest of their sentence means in another sense: readings in, those set aside that are none of now.

An ankle that swells after it was sprained has its own reason, a faint at the sight of a needle is of the needle, and a
pressure that rose again when the legs were raised was a dip. What goes on, comes back or is more than that stays.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from service.text.clauses.reading import Reading

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


def _is_of_a_thing(reading: Reading, text: str) -> bool:
    """Whether it is a part of the body or a figure that falls ("the trunk falls forwards", "CRP falls"), and not off
    or down something, as only a whole patient does."""
    before, rest = text[: reading.start], text[reading.start :]
    if _PART.search(before):
        return _ASIDE.match(rest) is not None
    return _THING.search(before) is not None and _OFF_SOMETHING.match(rest) is None


_BEHIND = 70
"""Characters around a sign in which its reason is told."""
_LOOKS = {
    "leg-swelling": _is_of_ankle,
    "syncope": _is_at_a_sight,
    "hypotension": _has_passed,
    "dyspnoea": _is_of_probe,
    "reflex-loss": _is_as_it_was,
    "leg-pain": _is_of_use,
    "fall-or-trauma": _is_of_a_thing,
    "bilateral-leg-pain": _is_of_use,
}
