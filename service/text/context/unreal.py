"""What a sentence tells of a course that was not taken: its text and readings in, those readings set aside.

"Had he lost power we would have scanned him" tells of no loss, "without surgery she would have been paralysed" of no
paralysis. A condition that itself denies ("had she not gone numb she would have stayed at home") tells what happened,
and so does one about knowing ("had I known that he could not pass urine").
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from service.text.clauses.reading import Reading

_WHO = (
    r"(?:he|she|they|it|we|i|you|there|the (?:patient|leg|foot|wound|bladder|power|pain|drain)|(?:his|her|my) \w+"
    r"|m(?:r|rs|s)\.? \w+)"
)
_HAD = re.compile(
    rf"\b(?:had {_WHO}|(?:even )?if {_WHO} had|were {_WHO} to)\s(?P<what>[^.;]*)",
    re.IGNORECASE,
)
_WOULD = re.compile(
    r"\b(?:would|could|might)(?: not|n't)?"
    r"(?: (?:well|easily|surely|probably|certainly|by now|simply|then|still|otherwise|never))*"
    r" have\b|\b(?:would|could|might)'ve\b",
    re.IGNORECASE,
)
_TREATED = r"(?:operation|surgery|op|drain\w*|treatment|antibiotics|decompression|scan)"
_ELSE = re.compile(
    rf"(?:^|[;,:.]\s|\b(?:and|but|that)\s)had\b|\bhad {_WHO}\b|\b(?:if|were {_WHO} to"
    rf"|without (?:the |that |this |her |his |my |an? )?{_TREATED}|otherwise|else|waited|waiting|left alone|untreated"
    r"|delay\w*)\b",
    re.IGNORECASE,
)
"""What names the course that was not taken; without it "might have" is only doubt."""
_DENIES = re.compile(r"\b(?:not|never|no|n't)\b|n't\b", re.IGNORECASE)
_KNOWS = re.compile(
    r"\b(?:known|realis\w+|realiz\w+|told|noticed|thought|said|asked|heard|understood|mentioned|warned|read)\b",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"[;.]|,? (?:but|however|instead|although|though|because|since|when|as|while)\b|, (?:and|so) (?:now|today)\b",
    re.IGNORECASE,
)
_MISFILED = re.compile(
    r"\b(?:in(?:to)? the wrong|wrong) (?:chart|patient|notes?|record|bed|file)\b"
    r"|\bbelongs? to (?:bed|another|the (?:other|next|patient in))|\bmis-?heard\b",
    re.IGNORECASE,
)
"""What stands in this chart and is not of this patient."""
_IN_ERROR = re.compile(
    r"\b(?:filed|recorded|entered|charted|documented|noted)(?: here)? in error\b(?! (?:as|on the|under)\b)",
    re.IGNORECASE,
)
"""A whole statement that is a mistake; "in error as right" puts only its side right."""
_MISTICKED = re.compile(
    r"\b(?:ticked|circled|entered|charted|recorded|documented|written|selected|clicked)\s(?P<what>[^.;,]{3,60}?)\s"
    r"(?:by mistake|in error|by accident)\b(?! as\b)",
    re.IGNORECASE,
)
"""A tick that was a mistake takes back what was ticked, and nothing else of its sentence."""
_PRESENT = re.compile(r"\b(?:again|now|today|still|is|are|has|cannot|can't|this morning|tonight)\b", re.IGNORECASE)


def unreal(readings: list[Reading], text: str) -> list[Reading]:
    """The readings; ``away`` where the sentence only supposes them, or tells that they were written down wrongly."""
    if readings and (wrong := _MISFILED.search(text)):
        readings = [replace(r, away=True) if r.start < wrong.end() else r for r in readings]
    if readings and (mistake := _IN_ERROR.search(text)):
        leads = mistake.start() < min(r.start for r in readings)
        readings = [replace(r, away=True) if leads or r.start < mistake.start() else r for r in readings]
    if readings and (tick := _MISTICKED.search(text)):
        begin, end = tick.span("what")
        readings = [replace(r, away=True) if begin <= r.start < end else r for r in readings]
    if " have" not in text and "'ve" not in text:
        return readings
    if not readings or not (would := _WOULD.search(text)) or not _ELSE.search(text):
        return readings
    begin, end, happened = _supposed(text, would.start())
    after = _followed(text, would)
    out: list[Reading] = []
    for reading in readings:
        if begin <= reading.start and reading.end <= end:
            reading = replace(reading, away=True) if not happened else _told(reading)
        elif after[0] <= reading.start and reading.end <= after[1]:
            reading = replace(reading, away=True)
        out.append(reading)
    return out


def _told(reading: Reading) -> Reading:
    """What only not to have it would have changed is there."""
    return replace(reading, sign=reading.sign.removeprefix("-"), away=False)


def _supposed(text: str, would: int) -> tuple[int, int, bool]:
    """The condition, from "had he" or "if she had" to the word that tells what would have come of it, or to its end;
    and whether it happened."""
    if not (found := _HAD.search(text)):
        return -1, -1, True
    begin, end = found.start("what"), found.end("what")
    if would > begin:
        end = min(end, would)
    words = text[begin:end]
    return (-1, -1, True) if _KNOWS.search(words) else (begin, end, _DENIES.search(words) is not None)


def _followed(text: str, would: re.Match[str]) -> tuple[int, int]:
    """What would have come of it, up to the turn to what came."""
    turn = _TURNS.search(text, would.end())
    end = turn.start() if turn else len(text)
    words = text[would.start() : end]
    if _DENIES.search(words):
        return -1, -1
    return (-1, -1) if _KNOWS.search(words) or _PRESENT.search(words) else (would.end(), end)
