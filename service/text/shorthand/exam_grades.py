"""Muscle power as examinations write it: a line in, the grade of each muscle and side out, and rows as sentences.

A row ("Motor R/L: IP 5/5, TA 5/3"), a table without "/5", or myotomes by level say the same as "left TA 3/5". The
grades are needed twice: as words for the reader, and one by one, for only a muscle that had more is newly weak.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from service.domain.places import Side

PLUS = 0.3
"""What the plus of "4+" adds to the figure, and the minus of "4-" takes: more than a 4, less than a full one."""
FULL = 5.0
SLIGHT = 4.25
"""From here on, 4+ and 5-, a grade is less than full and hardly weak."""
MUSCLES = {
    "hip flexion": r"(?:hip flex(?:ion|ors?)?|ilio-?psoas|psoas|IP|HF)",
    "knee extension": r"(?:knee ext(?:ension|ensors?)?|quad(?:ricep)?s?(?: femoris)?|KE|QF|Q)",
    "knee flexion": r"(?:knee flex(?:ion|ors?)?|hamstrings?|KF|HS|H)",
    "ankle dorsiflexion": r"(?:(?:ankle |foot )?dorsi-?flex(?:ion|ors?)?|tib(?:ialis)?\.? ?ant(?:erior)?"
    r"|ankle DF|ADF|DF|TA)",
    "great toe extension": r"(?:EHL|(?:great |big |1st )?toe (?:ext(?:ension|ensors?)?|dorsiflexion)"
    r"|hallux ext(?:ension)?|GTE)",
    "plantarflexion": r"(?:(?:ankle )?plantar-?flex(?:ion|ors?)?|gastroc(?:nemius|s)?(?:[-/ ]?soleus)?|ankle PF"
    r"|APF|PF|GSC|GS|GCS)",
    "eversion": r"(?:(?:ankle |foot )?eversion|evertors|perone(?:i|als?)|fibularis(?: longus)?)",
    "inversion": r"(?:(?:ankle |foot )?inversion|invertors|tib(?:ialis)?\.? ?post(?:erior)?)",
    "hip abduction": r"(?:hip abd(?:uction|uctors?)?|glut(?:eus)?\.? med(?:ius)?)",
    "hip extension": r"(?:hip ext(?:ension|ensors?)?|glut(?:eus)?\.? max(?:imus)?)",
}
"""The muscles of the legs by what they do, each with how notes write it."""
_OF_LEVEL = {
    "L2": "hip flexion",
    "L3": "knee extension",
    "L4": "ankle dorsiflexion",
    "L5": "great toe extension",
    "S1": "plantarflexion",
}
_NAMES = [(re.compile(rf"{pattern}\Z", re.IGNORECASE), name) for name, pattern in MUSCLES.items()]
_ANY = "|".join(
    part if not part.isupper() else f"(?-i:{part})"
    for pattern in MUSCLES.values()
    for part in re.split(r"\|(?![^(]*\))", pattern[3:-1])
)
MUSCLE = rf"(?:{_ANY})"
LEVEL = r"(?:L[2-5]|S1)"
_GRADE = r"(?P<grade>[0-5])(?P<sign>[+-](?!\d))?(?P<over>\s?/\s?5(?!\d)| out of (?:5|five))?"
TOKEN = re.compile(
    rf"(?<![\w/])(?:(?P<rest>throughout|except\w*|save for|apart from|other than|aside from|but|otherwise"
    rf"|others?|rest)(?!\w)"
    rf"|(?P<opposite>opposite side)(?!\w)|(?P<both>BLE|both(?: (?:sides|legs))?|bilat\w*|b/l|r ?= ?l"
    rf"|equal(?:ly)?)(?!\w)"
    rf"|(?P<right>right|rt|(?-i:RLE|R))(?![\w-])|(?P<left>left|lt|(?-i:LLE|L))(?![\w-])"
    rf"|(?P<base>pre-?op\w*|baseline|(?:last|prior|previous) (?:visit|time|month|clinic|exam)|before (?:surgery"
    rf"|(?:the )?op\w*))(?!\w)"
    rf"|(?P<was>was|were|previously|prior|before|from)(?!\w)"
    rf"|(?P<then>last week|admit|admission|yesterday|this morning)(?!\w)"
    rf"|(?P<now>now|today|currently|tonight|to(?=\s[0-5][+-]?\s?/))(?!\w))"
    rf"|(?<![\w-])(?P<muscle>{MUSCLE}|{LEVEL}(?!\s?[-/]))(?!\w)"
    rf"|(?<![\d./+-])(?<![\w])(?:(?P<one>[0-5][+-]?)\s?/\s?(?P<two>[0-5][+-]?)(?![\d/])|(?P<named>grade "
    rf"|M(?:RC|MT) (?:grade )?|\((?=5\)))?{_GRADE})(?![\d%]|\.\d)"
    rf"|(?P<full>full|normal|intact|nl)(?!\w)|(?P<mark>[;,|.:()\n])",
    re.IGNORECASE,
)
_KINDS = (
    "rest", "opposite", "both", "right", "left", "base", "was", "then", "now", "muscle", "one", "grade", "full", "mark",
)  # fmt: skip
_OPPOSITE = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
_SIDES = {"right": Side.RIGHT, "left": Side.LEFT, "both": Side.BILATERAL}
_ARM = re.compile(r"\b(?:arms?|uppers?|UEs?|[RLB]UE|biceps|triceps|deltoids?|grip|wrist|finger|C[5-8]|T1|shoulder)\b")
_AGAINST = re.compile(
    r"\b(?:vs|versus|than|from|since|to|with|against|on|cf|c/f|unlike)\.? (?:the |his |her |their )?\Z", re.IGNORECASE
)
"""What sets a time against now: "weaker than pre-op, TA 2" is of now."""
MAY_GRADE = re.compile(rf"(?<!\w)(?:{MUSCLE}|{LEVEL}|RLE|LLE|BLE)(?!\w)", re.IGNORECASE)


class Grade(NamedTuple):
    """The power of one muscle, or of all of a leg (""), on one side; ``earlier``: the words say that it was so before;
    ``baseline``: before the operation, or at an earlier visit."""

    muscle: str
    side: Side
    value: float
    earlier: bool = False
    baseline: bool = False


class Order(NamedTuple):
    """Which side a row writes first, and whether "5/4" are the two sides."""

    first: Side = Side.UNKNOWN
    pairs: bool = False

    @property
    def sides(self) -> tuple[Side, Side]:
        if self.first is Side.LEFT:
            return Side.LEFT, Side.RIGHT
        return (Side.RIGHT, Side.LEFT) if self.first is Side.RIGHT else (Side.UNKNOWN, Side.UNKNOWN)


ORDER = re.compile(
    r"(?<![\w/])[(\[]?(?:(?P<slashed>(?P<one>right|left|rt|lt|R|L)\s?/\s?(?P<other>right|left|rt|lt|R|L))"
    r"|(?P<first>right|left|R|L)(?:\s*[|,]\s*|\s+)(?:right|left|R|L))(?![\w/])[)\]]?",
    re.IGNORECASE,
)


def order_of(line: str) -> Order:
    """The order of sides that the line announces ("R/L", "Right  Left")."""
    for found in ORDER.finditer(line):
        first = found["one"] or found["first"]
        other = found["other"] or found[0].strip("()[] ")[-5:]
        if first[0].lower() != other.strip("()[] |,")[-1:].lower() and first[0].lower() in "rl":
            side = Side.RIGHT if first[0].lower() == "r" else Side.LEFT
            return Order(side, found["slashed"] is not None)
    return Order()


def muscle_of(words: str) -> str:
    if words.upper() in _OF_LEVEL:
        return _OF_LEVEL[words.upper()]
    return next((name for pattern, name in _NAMES if pattern.match(words)), "")


def value_of(figure: str) -> float:
    return float(figure[0]) + (PLUS if figure[1:2] == "+" else -PLUS if figure[1:2] == "-" else 0.0)


def grades(line: str, *, bare: bool = False, order: Order | None = None) -> list[Grade]:
    """The grades of a line. ``bare``: figures without "/5" are grades too; ``order``: of the sides of its columns."""
    if _ARM.search(line):
        return []
    reader = _Row(order or order_of(line), bare)
    for found in TOKEN.finditer(line):
        reader.take(found)
    return reader.done()


class _Row:
    """Reads a row from left to right: muscles wait for their grades, or a grade for the muscles behind it.

    ``part`` is where the part of the row between two stops begins; ``near`` is a side named since the last grade;
    ``opens``: the time opens its part and is of all muscles in it ("pre-op L EHL 4/5, TA 5/5").
    """

    def __init__(self, order: Order, bare: bool) -> None:
        self.order, self.bare = order, bare
        self.told: list[Grade] = []
        self.muscles: list[str] = []
        self.waiting: float | None = None
        self.tentative = 0
        self.given = 0
        self.side = self.near = Side.UNKNOWN
        self.earlier = self.baseline = self.timed = self.opens = self.others = False
        self.part = 0
        self.bracket = -1
        self.comma = 0

    def take(self, found: re.Match[str]) -> None:
        kind = next(name for name in _KINDS if found[name] is not None)
        if kind in _SIDES:
            self._side(_SIDES[kind])
        elif kind == "opposite":
            last = self.told[-1].side if self.told else Side.UNKNOWN
            self.near = self.side = _OPPOSITE.get(last, last)
        elif kind in {"was", "then", "base"}:
            self._was(behind=kind != "was", baseline=kind == "base")
            self.opens = self.opens and not _AGAINST.search(found.string[: found.start()])
        elif kind == "now":
            cut = self.comma if len(self.told) > self.comma else len(self.told)
            self.told[:cut] = [g._replace(earlier=g.earlier or g.muscle in self.muscles) for g in self.told[:cut]]
            self.earlier = self.baseline = self.opens = False
            self.timed = True
        elif kind == "muscle":
            self._muscle(found["muscle"])
        elif kind == "one" and (self.order.pairs or found["two"] != "5"):
            self._two(found["one"], found["two"])
        elif kind == "one":
            self._grade(value_of(found["one"]))
        elif kind == "grade" and (found["over"] or found["named"] or self.bare):
            self._grade(value_of(found["grade"] + (found["sign"] or "")))
        elif kind == "full" and self.bare and self.muscles and not self.given:
            self._grade(FULL)
        elif kind == "rest":
            self._whole()
            self.waiting, self.tentative = None, 0
            self.others = found[0].lower().startswith(("other", "rest"))
        elif kind == "mark":
            self._mark(found["mark"])

    def _side(self, side: Side) -> None:
        behind = self.told[self.part :]
        if self.given and behind and all(g.side is Side.UNKNOWN for g in behind):  # "TA 3/5, EHL 3/5 on the left"
            self.told[self.part :] = [g._replace(side=side) for g in behind]
        elif self.given and side is Side.BILATERAL:
            self.told[self.part :] = [g._replace(side=side) if g.side is Side.UNKNOWN else g for g in behind]
        elif self.given and self.told and self.told[-1].side is Side.UNKNOWN:
            self.told[-1] = self.told[-1]._replace(side=side)
        elif self.muscles and not self.given:
            self.near = side  # "EHL L 4/5"
        else:
            self.near = self.side = side

    def _was(self, *, behind: bool, baseline: bool) -> None:
        """``behind``: the word may date the figure before it ("3/5 last week")."""
        self.timed = True
        if behind and len(self.told) > self.comma:
            self.told[self.comma :] = [g._replace(earlier=True, baseline=baseline) for g in self.told[self.comma :]]
        elif self.bracket >= 0 and len(self.told) > self.bracket:  # "(2/5 pre-op)"
            self.told[self.bracket :] = [g._replace(earlier=True, baseline=baseline) for g in self.told[self.bracket :]]
        else:
            self.earlier, self.baseline = True, self.baseline or baseline
            self.opens = baseline and self.bracket < 0 and len(self.told) == self.part

    def _muscle(self, words: str) -> None:
        if not self.bare and words.upper() in _OF_LEVEL:
            return
        self.others = False
        muscle = muscle_of(words)
        if self.given or self.tentative:
            self.muscles, self.given = [], 0
            self.earlier = self.earlier and self.opens
            self.baseline = self.baseline and self.opens
        self.muscles.append(muscle)
        if self.waiting is not None:
            self._tell(muscle, self.waiting, 0)
            self.tentative = 1

    def _two(self, one: str, two: str) -> None:
        if self.order.first is not Side.UNKNOWN:
            for muscle in self.muscles:
                for side, value in zip(self.order.sides, (one, two), strict=True):
                    self.told.append(Grade(muscle, side, value_of(value)))
        self.given = 2

    def _grade(self, value: float) -> None:
        if self.others:  # "EHL 4/5, rest 5/5": of no muscle that is named
            return
        if self.tentative:  # "5/5, EHL 4/5": the first figure was not of this muscle
            self.told.pop()
            self.tentative, self.waiting = 0, None
        if not self.muscles:
            self.waiting = value
            return
        for muscle in self.muscles:
            self._tell(muscle, value, self.given)
        self.given += 1
        self.near = Side.UNKNOWN

    def _tell(self, muscle: str, value: float, given: int) -> None:
        side = self.near if self.near is not Side.UNKNOWN else self.side
        if side is Side.UNKNOWN and given < 2 and self.order.first is not Side.UNKNOWN:
            side = self.order.sides[given]
        if side is Side.UNKNOWN and self.earlier and self.told and self.told[-1].muscle == muscle:
            side = self.told[-1].side
        self.told.append(Grade(muscle, side, value, self.earlier, self.earlier and self.baseline))

    def _mark(self, mark: str) -> None:
        if mark in ",;(":
            self.comma = len(self.told)
        if mark == "(":
            self.bracket = len(self.told)
        elif mark == ")":
            if self.bracket >= 0:  # none that closes a side ("Preop L) EHL 4/5")
                self.earlier = self.baseline = False
            self.bracket = -1
        elif mark == ",":
            if self.tentative:
                self.muscles, self.tentative = [], 0
        elif mark != "|" and (mark != ":" or not self.muscles):
            if mark != ":":
                self._whole()
                self.side = Side.UNKNOWN
            self.near = Side.UNKNOWN
            if mark != ":":
                self.muscles, self.given, self.waiting, self.tentative = [], 0, None, 0
                self.part = len(self.told)
                self.earlier = self.baseline = self.opens = self.others = False

    def _whole(self) -> None:
        """ "RLE 5/5", "power 5/5": full power of which no muscle is named is that of all."""
        if self.waiting == FULL and not self.tentative and not self.given and not self.muscles:
            self.told.append(Grade("", self.near, FULL, self.earlier))
        self.waiting = None

    def done(self) -> list[Grade]:
        """Of several grades of one muscle and side the last is that of now where times are told, else the lowest."""
        self._whole()
        out: list[Grade] = []
        for grade in dict.fromkeys(self.told):
            same = [g for g in self.told if g[:2] == grade[:2] and not g.earlier]
            if len(same) > 1 and not grade.earlier:
                now = same[-1] if self.timed else min(same, key=lambda g: g.value)
                grade = grade._replace(earlier=grade.value != now.value)
            out.append(grade)
        return out
