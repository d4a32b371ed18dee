"""Lists of signs in the formats of many hands: everything denied or handed out, and the same with one sign there.

Each text comes with the concept that it tells, or with "" where it tells none.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, product

SIGNS = {
    "fever": ("fever", "pyrexia", "temps"),
    "chills": ("rigors", "chills"),
    "weight-loss": ("wt loss", "weight loss", "unintentional wt loss"),
    "fall-or-trauma": ("trauma", "recent trauma", "fall"),
    "saddle-numbness": ("saddle numbness", "saddle", "perianal numbness", "numb perineum"),
    "urinary-retention": ("retention", "urinary retention"),
    "urinary-incontinence": ("incontinence", "bladder incontinence"),
    "bowel-incontinence": ("faecal incontinence", "bowel incontinence"),
    "foot-drop": ("foot drop",),
    "leg-weakness": ("leg weakness", "LE weakness"),
    "leg-swelling": ("calf swelling",),
    "dyspnoea": ("SOB", "breathlessness"),
    "wound-drainage": ("wound discharge", "wound ooze"),
}
"""What alarms, in the words of several clinicians."""
DENIALS = ("0", "nil", "neg", "no", "N", "-ve", "(-)", "negative", "none", "denied", "-")
CLAIMS = ("+", "pos", "YES", "+ve", "(+)", "1", "present")
ROWS = ("{} / {} / {} / {}", "{}, {}, {}, {}", "{}; {}; {}; {}", "{} | {} | {} | {}")
HEADS = ("", "Red flags: ", "RF: ", "CES/RF screen: ", "Red flags - ")
JOINS = (" ", ": ", " = ")
LINES = ("- {}: {}", "{}: {}", "{}\t{}", "| {} | {} |", "* {} {}", "{}   {}")
TAUGHT = (
    "Pt warned re {}.", "Safety-netted for {}.", "Advised to return if {}.", "Leaflet covers {}.",
    "Told to watch for {}.", "Risks discussed incl {}.", "Call if {}.", "Red flag advice given ({}).",
    "Handout given - {}.", "Usual list gone through ({}).", "Wife told about {}.", "Info sheet on {} provided.",
    "Pt note the warning list I gave ({}) is our routine hand-out.", "Verbal + written advice re {}.",
    "I went over {} as reasons to come back.", "Reasons to call: {}.", "Pre-op talk: {}.",
)  # fmt: skip
CLOSED = (
    "{}: all neg.", "{} - all negative.", "{}: none.", "Red flags ({}): nil.", "None of: {}.", "No: {}.", "Denies {}.",
    "{} = no to all.", "Screened for {} - all clear.", "{}: negative x4.", "({}) all answered no.",
)  # fmt: skip


def _fours() -> Iterator[list[tuple[str, str]]]:
    """Four signs of four concepts, each time others."""
    names = list(SIGNS)
    at = 0
    while True:
        chosen = [names[(at * 5 + step * 3) % len(names)] for step in range(4)]
        yield [(name, SIGNS[name][at % len(SIGNS[name])]) for name in chosen]
        at += 1


def answered() -> Iterator[tuple[str, str]]:
    """Lists in one line with an answer for each sign: all denied, then one of them there."""
    fours, claims, places = _fours(), cycle(CLAIMS), cycle(range(4))
    for denial, row, join, head in product(DENIALS, ROWS, JOINS, HEADS):
        signs, there = next(fours), next(places)
        plain = [f"{words}{join}{denial}" for _, words in signs]
        yield "", f"{head}{row.format(*plain)}."
        plain[there] = f"{signs[there][1]}{join}{next(claims)}"
        yield signs[there][0], f"{head}{row.format(*plain)}."


def lined() -> Iterator[tuple[str, str]]:
    """Lists of one sign a line: all denied, then one of them there."""
    fours, places = _fours(), cycle(range(4))
    for denial, line in product(("0", "no", "N", "nil", "neg", "absent"), LINES):
        signs, there = next(fours), next(places)
        rows = [line.format(words.capitalize() if words.islower() else words, denial) for _, words in signs]
        yield "", "\n".join(["Red flags:", *rows])
        rows[there] = line.format(signs[there][1], "yes")
        yield signs[there][0], "\n".join(["Red flags:", *rows])


def boxed() -> Iterator[tuple[str, str]]:
    """Forms with boxes and columns: all denied, then one of them there."""
    forms = (
        ("{}: [ ] Yes [x] No", "{}: [x] Yes [ ] No", ""),
        ("[ ] {}", "[x] {}", ""),
        ("| {} |  | x |", "| {} | x |  |", "| Symptom | Yes | No |\n"),
        ("{} Y/N: N", "{} Y/N: Y", ""),
        ("{} Y (N)", "{} (Y) N", "Since surgery (circle):\n"),
    )
    fours, places = _fours(), cycle(range(4))
    for (no, yes, head), _ in product(forms, range(4)):
        signs, there = next(fours), next(places)
        rows = [no.format(words) for _, words in signs]
        yield "", head + "\n".join(rows)
        rows[there] = yes.format(signs[there][1])
        yield signs[there][0], head + "\n".join(rows)


def handed_out() -> Iterator[tuple[str, str]]:
    """What is taught, consented to, or denied by one word for all."""
    fours = _fours()
    for form, link in product((*TAUGHT, *CLOSED), (", ", "/", " / ")):
        yield "", form.format(link.join(words for _, words in next(fours)))
