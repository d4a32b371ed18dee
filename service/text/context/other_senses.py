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
    r"\b(?:at|on|from|with) (?:the )?sight of\b|\b(?:during|with|at|after|on) (?:the |his |her |a )?(?:venepuncture|venipuncture|cannulation|blood (?:test|draw)"
    r"|phlebotomy|blood[- ]?taking|bloods being taken)\b",
    re.IGNORECASE,
)
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


def other_senses(readings: list[Reading], text: str) -> list[Reading]:
    """The readings; ``away`` where the sentence tells of a hurt ankle, of a faint at a sight, or of a dip that passed."""
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


_BEHIND = 70
"""Characters around a sign in which its reason is told."""
_LOOKS = {"leg-swelling": _is_of_ankle, "syncope": _is_at_a_sight, "hypotension": _has_passed}
