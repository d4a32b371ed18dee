"""Lists of signs, each with its answer: a text in, the same with each answered sign as a sentence of its own out.

"Red flags: ca 0 / fever 0 / saddle +" denies two and tells one; a table with a column of answers, "all neg" at the end
and a sign in front of a sound part ("nil fever / saddle normal") are the same list written otherwise. An item that got
no answer stands for itself. What a reader of sentences understands anyway stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from service.text.templates import CIRCLED, is_blank, is_state

SIGN = re.compile(
    r"\b(?:fevers?|febrile|pyrexia\w*|temps?|chills?|rigors?|sweats?|(?:unintended |unexplained )?(?:wt|weight) loss"
    r"|trauma|falls?|injury|ca|cancer\w*|malignanc\w+|tumou?rs?|steroids?|ivdu|immun\w+|tb"
    r"|numb\w*|ana?esthesia|paraesthesia\w*|pins and needles|weak\w*|foot ?drop|drop ?foot|deficit|incont\w*"
    r"|(?:sphincter|bladder|bowels?|b/b|sensory|urinary|sexual|bladder/bowel) (?:disturbances?|dysfunction|changes?|symptoms?"
    r"|problems?|upset|sx|issues)|retention|leak\w*|accidents|hesitancy|discharge|ooze|oozing|drainage|redness|pus|swell\w*|sob|dyspn\w+"
    r"|breathless\w*|cp|chest pain|dvt|pe|clots?|haemoptysis|hemoptysis|syncope|headaches?|ces|cauda equina|neck stiffness|photophobia"
    r"|confusion|(?:night|noct\w*|rest) pain|soiling|palpitations|trouble|difficulty|loss of|lost|unable)\b",
    re.IGNORECASE,
)
"""What alarms as a bare noun."""
PART = re.compile(
    r"(?:bladder|bowels?|b\s?[/&+]\s?b|(?:bladder|bowels?)\s?(?:[/&+,]|and)\s?(?:bladder|bowels?)|(?:anal )?sphincters?"
    r"|saddle|perine(?:um|al)|perianal|(?:bladder|bowel|sexual|sphincter) function|sexual|continence|urinary)\Z",
    re.IGNORECASE,
)
"""What is asked of by the name of the part: "saddle 0", "bladder ok", "sphincters +"."""
_SOUND_OF = (
    ("saddle", "Saddle sensation normal", "Saddle numbness"),
    ("perin", "Saddle sensation normal", "Saddle numbness"),
    ("perianal", "Saddle sensation normal", "Saddle numbness"),
    ("sexual", "Sexual function normal", "Sexual dysfunction"),
    ("sphincter", "No sphincter disturbance", "Sphincter disturbance"),
    ("anal", "No sphincter disturbance", "Sphincter disturbance"),
    ("continence", "No incontinence", "Incontinence"),
    ("urinary", "Bladder normal", "Bladder dysfunction"),
)
_DENIES = r"0|nil|neg(?:ative)?(?: for)?|none|nope|no|n|absent|denie[sd]|-{1,2}|nad|excluded"
_SOUND = r"normal|nl|intact|ok(?:ay)?|fine|clear|wnl|unremarkable|good|unaffected|preserved"
_SAYS = r"1|\+{1,3}|pos(?:itive)?(?: for)?|yes|y|present"
_ANSWER = rf"(?:(?P<no>{_DENIES})|(?P<sound>{_SOUND})|(?P<yes>{_SAYS}))"
_JOIN = r"(?:\s*[:=?]{1,2}\s*|\s+-{1,2}\s+|\s+|(?=[-+]))"
_ALL = r"(?:(?:all|both|each|everything)\s)"
_BEHIND = re.compile(
    rf"(?P<item>[A-Za-z][\w &/+'()-]{{0,44}}?)(?P<join>{_JOIN})(?P<all>{_ALL})?(?:is |are |was |were )?{_ANSWER}"
    r"(?P<tail>\s*\([^()]{1,60}\)|\s+(?:since|for|x ?\d|over|yesterday|today|from|after"
    r"|to (?:all|each|every)|throughout)\b.{0,50})?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:(?P<no>(?:nil|no|neg(?:ative)? for|denies|0)\s|-)|(?P<yes>pos(?:itive)? for\s|\+))\s*(?:new |recent |any )?"
    r"(?P<item>[A-Za-z][\w &/+'()-]{1,44})",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\b(?:bladder|bowels?|sphincters?|saddle|perine\w+|b/b)\b", re.IGNORECASE)
_CHOICE = re.compile(r"[ \t]*[(\[]?\b(?:Y|y|Yes|yes)[ ]?/[ ]?(?:N|n|No|no)\b[)\]]?[ \t]*[:=-][ \t]*(?=\w)")
_LISTED = re.compile(
    r"\s\((?P<items>[^()]{5,200}[,;/][^()]{2,100})\)\s?[:=-]?\s(?:all\s)?(?P<no>nil|none|no|neg(?:ative)?|denied)\b(?=[.;,]|\Z)",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"(?P<head>\b(?:red[- ]?flags?|warning|safety(?:[- ]net\w*)?|return|ces|emergency|discharge|worsening) "
    r"(?:signs?|advice|symptoms?|lists?|talk|precautions|features|leaflet|card|info\w*)(?: \w+){0,2}) -{1,2} "
    r"(?P<items>[^.;:]{5,200}?)(?: -{1,2} (?=(?:all )?(?:given|understood|discussed|explained|covered)\b)|(?=[.;]|\Z))",
    re.IGNORECASE,
)
"""An advice with its signs between dashes, which end a sentence elsewhere."""
_GOES_ON = re.compile(r"\b(?:since|for|now|new|x ?\d|today|yesterday|last|worse\w*|but|\d)\b", re.IGNORECASE)
"""What an item brings that is told, and not denied by the "no" in front of the list."""
_OTHERS = re.compile(r"(?:all )?(?:the )?(?:others?|rest|remainder|else|above|remaining)\b", re.IGNORECASE)
_CUT = re.compile(
    r"\s*[|;]+\s*|\s+/+\s+|,\s+|\t+|\s{2,}|(?<=[a-z])\s+[+&]\s+(?=[a-z])(?!bowels?\b|bladder\b)", re.IGNORECASE
)
_TIGHT = re.compile(r"\s*/\s*(?!b\b)")
_HEAD = re.compile(
    r"(?P<head>(?:[^:|;/.]|(?<=\w)/(?=\w)){0,60}?\b(?:flags?|screen\w*|symptoms?|ROS|RFs?|CES|sx|signs?|systems?|history|review|questions?|hx"
    r"|neuro|constitutional|GU|GI)(?:[^:|;/.]|(?<=\w)/(?=\w)){0,20}?(?::| -{1,2}|\.)\s+)(?=\S)",
    re.IGNORECASE,
)
_NAMES_SIGNS = re.compile(
    r"(?!.*\b(?:warn\w*|advice|return|watch|report|call|if)\b).*\b(?:cauda|CES|RFs?|flags?|symptoms?|sx|signs?|screen\w*"
    r"|questions?)\b",
    re.IGNORECASE,
)
"""In what stands above a list: it is no heading of a part, and says nothing by itself."""
_STRETCH = re.compile(r"(?<=[.!])\s+(?=[A-Z(])|(?<=\?)\s+(?=[A-Z(])(?!(?:N|Y|No|Yes|NO|YES|Nil|Neg|Pos)\b)")
_RUN = re.compile(
    r"(?<=[\w)])(?P<answer>\s*[:=?]?\s*(?:(?<=[?:=]\s)[NY](?=\s)|\b(?:negative for|positive for|negative|positive|neg|pos|nil|0|no)(?!\w)"
    r"|-(?=\s)|\+(?=\s)))\s+(?=[A-Z])(?!(?i:yes|no|nil|none|y|n|neg|pos|absent|present|denied)\b)"
)
_MAY = re.compile(
    r"(?<![\w.])(?:0|1|nil|neg(?:ative)?|none|no|n|y|yes|pos(?:itive)?|denied|absent|normal|intact|ok)(?![\w%]"
    r"|\.\d)|[-+](?=\s*(?:[,;|/.\n]|\Z))|\+\s",
    re.IGNORECASE,
)
_ROW = re.compile(
    r"[ \t>*|-]*(?P<item>[A-Za-z][\w &/'()-]{1,44}?)"
    r"(?:[ \t]*[|\t:=?][ \t|:]*(?:-[ \t]+)?|[ \t]+[-=:][ \t]+|[ \t]+|(?=[-+]))"
    rf"{_ANSWER}(?P<tail>,? [a-z0-9(][^.;|]{{1,50}})?[ \t|.]*",
    re.IGNORECASE,
)
_COLUMNS = re.compile(
    r"[\s|]*[^\n|]*\|?[\s|]*(?P<first>yes|no|y|n)[ \t]*[|\t ]+[ \t]*(?:yes|no|y|n)[\s|]*", re.IGNORECASE
)
_CELLS = re.compile(
    r"[ \t>*|-]*(?P<item>[A-Za-z][\w &/'()-]{1,44}?)[ \t]*[|\t][ \t]*(?P<one>\[?[xX/ *]{0,3}\]?)[ \t]*[|\t][ \t]*"
    r"(?P<two>\[?[xX/ *]{0,3}\]?)[ \t|]*"
)
_CANCER = re.compile(r"(?i:\bca)(?=\Z)")
_TIMES = re.compile(r"x ?\d{1,2}|to (?:all|each|every\w*).{0,20}|throughout", re.IGNORECASE)
_HEAD_ALONE = re.compile(
    r"(?:CES|RFs?|red flags?|screen\w*|symptoms?|sx|questions?|cauda equina|[ /&+])+[\s:.-]*", re.IGNORECASE
)
_ALONE = re.compile(r"\s(?:0|nil|neg(?:ative)?)\Z", re.IGNORECASE)
_DENIED = re.compile(r"\W{0,3}No [a-z ]{3,40}\W*\Z")
_TESTED = re.compile(r"(?:neg(?:ative)?|normal|nl|intact|ok|fine|clear|wnl|-)\Z", re.IGNORECASE)
_LONG_ROW = 60
_SYSTEM = re.compile(
    r"\A(?:neuro\w*|GU|GI|const\w*|general|resp\w*|CVS?|MSK|skin|systemic\w*|CES|infection|vascular|red flags?)(?:: | - )",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s/+\s|[|;\t]")
_WIDE = re.compile(r"\s{2,}(?=(?:negative|positive)\b)|(?<=negative)\s{2,}(?=for\b)")
_MOST_WORDS = 6


class _Item(NamedTuple):
    """``said`` is whether it is there; None where it got no answer. ``every`` answers the items before it too; ``leads``: its
    "no" stands in front of it; ``closes``: it stands behind a colon or a dash."""

    words: str
    said: bool | None
    raw: str = ""
    tail: str = ""
    every: bool = False
    sound: bool = False
    leads: bool = False
    closes: bool = False


def with_sign_lists(text: str) -> str:
    """The text with each answered sign of a list as a sentence. One look where no sign is named."""
    if " - " in text:
        text = _TALK.sub(lambda found: f"{found['head']}: {found['items']}, ", text)
    if not _MAY.search(text) or not (SIGN.search(text) or _PARTS.search(text)):
        return text
    lines = CIRCLED.sub(lambda found: found["said"] or found["denied"], _CHOICE.sub(": ", text)).split("\n")
    return "\n".join(_stretches(line) for line in _rows(_columns(lines)))


def _columns(lines: list[str]) -> list[str]:
    """Rows below a line of "Yes | No" with the cell of their cross as the answer."""
    first = ""
    out = []
    for line in lines:
        if (head := _COLUMNS.fullmatch(line)) and ("|" in line or "\t" in line):
            first = head["first"].lower()[0]
            out.append("")
            continue
        row = _CELLS.fullmatch(line) if first else None
        one, two = (row["one"].strip("[] "), row["two"].strip("[] ")) if row else ("", "")
        if row and bool(one) != bool(two):
            out.append(f"{row['item']} | {'yes' if bool(one) is (first == 'y') else 'no'}")
        elif row:
            out.append("")  # neither is crossed: nobody answered
        else:
            first = "" if line.strip(" |-+") else first
            out.append(line)
    return out


def _rows(lines: list[str]) -> list[str]:
    """Lines of one sign and its answer, two or more in a row, as sentences."""
    found = [_ROW.fullmatch(line) if line.strip() else None for line in lines]
    asked = [
        at
        for at, row in enumerate(found)
        if (row is not None and _is_asked(row["item"])) or (row is None and _DENIED.match(lines[at]))
    ]
    if len(asked) < 2:
        return lines
    beside = {at for one, two in pairwise(asked) for at in (one, two) if not any(_stands(lines, one, two))}
    out = list(lines)
    for at in beside:
        row = found[at]
        if row is not None:
            said, tail = row["yes"] is not None, row["tail"] or ""
            item = _Item(row["item"].strip(), said, lines[at], tail, sound=row["sound"] is not None)
            out[at] = f"- {_told(item)}"
            above = next((i for i in range(at - 1, -1, -1) if lines[i].strip()), -1)
            if above >= 0 and above not in beside and _HEAD_ALONE.fullmatch(lines[above].strip()):
                out[above] = ""
    return out


def _stands(lines: Sequence[str], one: int, two: int) -> Iterator[bool]:
    """Of each line between the two, whether it is more than blank or one other row."""
    return (bool(line.strip()) and len(line) > _LONG_ROW for line in lines[one + 1 : two])


def _stretches(line: str) -> str:
    if not _MAY.search(line) or not (SIGN.search(line) or _PARTS.search(line)):
        return line
    line = _LISTED.sub(lambda found: f" {found['no']} {found['items'].replace(';', ',')}", line)
    return " ".join(_listed(stretch) for stretch in _STRETCH.split(line))


def _listed(stretch: str) -> str:
    """A stretch of a line as its items, where it is a list of signs and most are answered."""
    head = _HEAD.match(stretch)
    if head and SIGN.search(head["head"].rpartition("flag")[0]):
        head = None
    opening = head["head"] if head else ""
    body = _WIDE.sub(" ", stretch[len(opening) :].rstrip(" .|"))
    body = _RUN.sub(r"\g<answer>, ", body)
    parts = [part.strip() for part in _CUT.split(body) if part.strip()]
    if len(parts) < 2 or (len(parts) == 2 and "/" in parts[0] + parts[1]):
        parts = [part.strip() for part in _TIGHT.split(body) if part.strip()]
    items = [_item(part) for part in parts]
    if len(items) == 1 and items[0].said is False and _is_asked(body) and _ALONE.search(body):
        return f"{opening}{_told(items[0])}"
    if items and (items[-1].every or _is_closed(items)):
        items = [i._replace(said=items[-1].said) if i.said is None and _is_asked(i.words) else i for i in items]
    behind = sum(i.said is not None and not i.leads for i in items)
    own = any(i.said is None and _GOES_ON.search(i.words) for i in items)
    loose = behind < 2 and not (own or _PARTED.search(body))
    if loose or _is_carried(items) or is_blank(stretch) or any(p.count("(") != p.count(")") for p in parts):
        return stretch
    answered = [i for i in items if i.said is not None]
    asked = [i for i in answered if _is_asked(i.words)]
    short = all(len(i.words.split()) <= _MOST_WORDS for i in answered)
    if len(asked) < 2 or len(answered) * 2 < len(items) or not short:
        return stretch
    told = " ".join(said for said in map(_told, items) if said)
    return told if _NAMES_SIGNS.match(opening) else f"{opening}{told}"


def _is_closed(items: Sequence[_Item]) -> bool:
    """Whether the one answer at the end is that of all: "fever; rigors; foot drop: nil"."""
    return (
        len(items) > 2
        and items[-1].closes
        and all(i.said is None and _is_asked(i.words) and not _GOES_ON.search(i.words) for i in items[:-1])
        and all(len(i.words.split()) < _MOST_WORDS for i in items)
    )


def _is_carried(items: Sequence[_Item]) -> bool:
    """Whether a "no" in front goes on over what follows it: "negative for fever, chills" is one denial."""
    return any(
        one.leads and two.said is None and _is_asked(two.words) and not _GOES_ON.search(two.words)
        for one, two in pairwise(items)
    )


def _is_asked(words: str) -> bool:
    return SIGN.search(words) is not None or PART.match(words.strip()) is not None


def _item(part: str) -> _Item:
    part = _SYSTEM.sub("", part)
    if found := _BEFORE.fullmatch(part):
        inner = _BEHIND.fullmatch(found["item"])
        if not (inner and inner["sound"]):
            return _Item(found["item"].strip(), found["yes"] is not None, part, leads=True)
    if found := _BEHIND.fullmatch(part):
        words, tail = found["item"].strip(" :-="), (found["tail"] or "").strip()
        every = bool(found["all"]) or _TIMES.fullmatch(tail) is not None
        closes = found["no"] is not None and bool(found["join"].strip())
        return _Item(words, found["yes"] is not None, part, tail, every, found["sound"] is not None, closes=closes)
    return _Item(part, None, part)


def _told(item: _Item) -> str:
    words = item.words
    if item.said is None:
        return f"{words}."
    if _OTHERS.match(words):
        return ""
    if PART.match(words):
        low = words.lower()
        sound, ill = next(
            (pair[1:] for pair in _SOUND_OF if low.startswith(pair[0])), (f"{words} normal", f"{words} dysfunction")
        )
        return f"{ill if item.said else sound} {item.tail}".strip() + "."
    if not SIGN.search(words) and (is_state(words) or item.said or _TESTED.search(item.raw)):
        return f"{words} normal." if item.raw[-2:] == " N" else f"{item.raw}."
    if item.said:
        return f"{words} {item.tail}".strip() + "."
    words = _CANCER.sub("cancer", words)  # "ca." would not end a sentence
    return f"No {words if words[:2].isupper() else words[0].lower() + words[1:]}."


__all__: Sequence[str] = ("PART", "SIGN", "with_sign_lists")
