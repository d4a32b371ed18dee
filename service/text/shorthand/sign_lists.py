"""Lists of signs, each with its answer: a text in, the same with each answered sign as a sentence of its own out.

"Red flags: ca 0 / fever 0 / saddle +" denies two and tells one; a table with a column of answers, "all neg" at the end
and a sign in front of a sound part ("nil fever / saddle normal") are the same list written otherwise. An item that got
no answer stands for itself. What a reader of sentences understands anyway stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from service.text.documents.blank_forms import is_blank
from service.text.documents.templates import CIRCLED, is_advice
from service.text.shorthand.sign_items import SIGN, Item, is_asked, item_of, told
from service.text.shorthand.sign_tables import told_rows, with_columns

_PARTS = re.compile(r"\b(?:bladder|bowels?|sphincters?|saddle|perine\w+|b/b)\b", re.IGNORECASE)
_CHOICE = re.compile(r"[ \t]*[(\[]?\b(?:Y|y|Yes|yes)[ ]?/[ ]?(?:N|n|No|no)\b[)\]]?[ \t]*[:=-][ \t]*(?=\w)")
_LISTED = re.compile(
    r"(?:\s|\A)\((?P<items>[^()]{5,200}[,;/?][^()]{2,100})\)\s?[:=-]?\s(?:all\s)?(?:answered\s)?"
    r"(?P<no>nil|none|no|neg(?:ative)?|denied)\b(?=[.;,]|\Z)",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"(?P<head>\b(?:red[- ]?flags?|warning|safety(?:[- ]net\w*)?|return|ces|emergency|discharge|worsening|verbal"
    r"|written|spoken) "
    r"(?:signs?|warnings?|advice|symptoms?|lists?|talk|precautions|features|leaflet|card|info\w*)(?: \w+){0,2}"
    r"|\b(?:risks?|complications) (?:explained|discussed|reviewed|covered|outlined|mentioned|given|gone through)"
    r"|\b(?:hand-?out|leaflet|booklet|card|info\w*) (?:given|issued|provided)) -{1,2} "
    r"(?P<items>[^.;:]{5,200}?)(?: -{1,2} (?=(?:all )?(?:given|understood|discussed|explained|covered)\b)|(?=[.;]|\Z))",
    re.IGNORECASE,
)
"""An advice with its signs between dashes, which end a sentence elsewhere."""
_GOES_ON = re.compile(r"\b(?:since|for|now|new|x ?\d|today|yesterday|last|worse\w*|but|\d)\b", re.IGNORECASE)
"""What an item brings that is told, and not denied by the "no" in front of the list."""
_CUT = re.compile(
    r"\s*[|;]+\s*|\s+/+\s+|,\s+|\t+|\s{2,}|(?<=[a-z])\s+[+&]\s+(?=[a-z])(?!bowels?\b|bladder\b)", re.IGNORECASE
)
_TIGHT = re.compile(r"\s*/\s*(?!b\b)")
_HEAD = re.compile(
    r"(?P<head>(?:[^:|;/.]|(?<=\w)/(?=\w)){0,60}?\b(?:flags?|screen\w*|symptoms?|ROS|RFs?|CES|CE|cauda equina|sx"
    r"|signs?|systems?|history|review|questions?|hx"
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
_AFTER_ADVICE = re.compile(r";\s+(?=[^;]*\b(?:now|today|since|[0-5]/5|reports?|has|c/o|yesterday|last night)\b)")
"""Before a tale of the patient behind an advice, which is none of it."""
_TITLE = re.compile(r"[A-Z][^:,;|/.]{1,30}:\s+(?=\S)")
_EXCEPT = re.compile(
    r"\b(?P<none>neg(?:ative)?|nil|none|clear|unremarkable) (?:apart from|except(?:ing)?(?: for)?|bar|other than"
    r"|save for|aside from)\s(?=[^.;\n]{3,80})",
    re.IGNORECASE,
)
_DENIED_ONES = re.compile(r"\b(?:denie[sd]|negative for|none of|no|nil)\b:?\s\(?1[.)]\s[^.\n]{4,200}", re.IGNORECASE)
_ONE = re.compile(r":?\s\(?\d{1,2}[.)]\s(?=[a-z])")
_RUN = re.compile(
    r"(?<=[\w)])(?P<answer>\s*[:=?]?\s*(?:(?<=[?:=]\s)[NY](?=\s)"
    r"|\b(?:negative for|positive for|negative|positive|neg|pos|nil|0|no)(?!\w)"
    r"|-(?=\s)|\+(?=\s)))\s+(?=[A-Z])(?!(?i:yes|no|nil|none|y|n|neg|pos|absent|present|denied)\b)"
)
_MAY = re.compile(
    r"(?<![\w.])(?:0|1|nil|neg(?:ative)?|none|no|n|y|yes|pos(?:itive)?|denied|absent|normal|intact|ok|fine)(?![\w%]"
    r"|\.\d)|[-+](?=\s*(?:[,;|/.\n]|\Z))|\+\s",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\s(?:0|nil|neg(?:ative)?)\Z", re.IGNORECASE)
_PARTED = re.compile(r"\s/+\s|[|;\t]")
_WIDE = re.compile(r"\s{2,}(?=(?:negative|positive)\b)|(?<=negative)\s{2,}(?=for\b)")
_TAUGHT = (
    "advice",
    "arning",
    "flag",
    "isk",
    "omplication",
    "given -",
    "issued -",
    "provided -",
    "symptoms",
    "precaution",
)
_EXCEPTING = (" bar ", " except", "apart from", "other than", "save for", "aside from")
_DAILY = re.compile(
    r"\b(?:bowels?|stools?|bo)\s?[:=]?\s?yes\b[^a-z]{1,4}(?:urine|bladder|pu|wees?|waterworks)\s?[:=]?\s?yes\b"
    r"|\b(?:urine|bladder|pu|wees?|waterworks)\s?[:=]?\s?yes\b[^a-z]{1,4}(?:bowels?|stools?|bo)\s?[:=]?\s?yes\b",
    re.IGNORECASE,
)
"""Functions that somebody asks after beside what is fine: "wound ok / bowel yes / urine yes / legs ok"."""
_WORKS = re.compile(r"(?:bowels?|bladder|urinary)\Z", re.IGNORECASE)
_LAST = 24
"""Characters from the one answer of a list to its end."""
_MOST_WORDS = 6


def with_sign_lists(text: str) -> str:
    """The text with each answered sign of a list as a sentence. A few looks where nothing is answered."""
    if " - " in text and any(word in text for word in _TAUGHT):
        text = _TALK.sub(lambda found: f"{found['head']}: {found['items']}, ", text)
    if ";" in text and _AFTER_ADVICE.search(text):
        text = "\n".join(_own_tale(line) for line in text.split("\n"))
    if any(word in text for word in _EXCEPTING):
        text = _EXCEPT.sub(r"\g<none>. ", text)
    if "2)" in text:
        text = _DENIED_ONES.sub(lambda found: _ONE.sub(", ", found[0]).replace(",", "", 1), text)
    if not _MAY.search(text):
        return text
    if "/N" in text or "/n" in text or "/ N" in text:
        text = _CHOICE.sub(": ", text)
    if "(N)" in text or "(Y)" in text:
        text = CIRCLED.sub(lambda found: found["said"] or found["denied"], text)
    lines = text.split("\n")
    lines = with_columns(lines) if "|" in text or "\t" in text else lines
    return "\n".join(_stretches(line) for line in (told_rows(lines) if len(lines) > 1 else lines))


def _own_tale(line: str) -> str:
    return _AFTER_ADVICE.sub(". ", line) if is_advice(line.partition(";")[0]) else line


def _stretches(line: str) -> str:
    if not _MAY.search(line):
        return line
    if "(" in line:
        line = _LISTED.sub(
            lambda found: f" {found['no']} {found['items'].replace(';', ',').replace('?', ',').strip(' ,')}", line
        )
    return " ".join(_listed(stretch) if _may_list(stretch) else stretch for stretch in _STRETCH.split(line))


def _may_list(stretch: str) -> bool:
    """Whether it holds two answers, or one at its end, and names a sign: most stretches of most notes do not."""
    first = _MAY.search(stretch)
    if first is None or not (_MAY.search(stretch, first.end()) or len(stretch) - first.end() < _LAST):
        return False
    return SIGN.search(stretch) is not None or _PARTS.search(stretch) is not None


def _listed(stretch: str) -> str:
    """A stretch of a line as its items, where it is a list of signs and most are answered."""
    head = _HEAD.match(stretch)
    if head and SIGN.search(head["head"].rpartition("flag")[0]):
        head = None
    opening = head["head"] if head else _titled(stretch)
    body = _WIDE.sub(" ", stretch[len(opening) :].rstrip(" .|"))
    body = _RUN.sub(r"\g<answer>, ", body)
    parts = [part.strip() for part in _CUT.split(body) if part.strip()]
    if len(parts) < 2 or (len(parts) == 2 and "/" in parts[0] + parts[1]):
        parts = [part.strip() for part in _TIGHT.split(body) if part.strip()]
    items = [item_of(part) for part in parts]
    if len(items) == 1 and items[0].said is False and is_asked(body) and _ALONE.search(body):
        return f"{opening}{told(items[0])}"
    if items and (items[-1].every or _is_closed(items)):
        items = [i._replace(said=items[-1].said) if i.said is None and is_asked(i.words) else i for i in items]
    behind = sum(i.said is not None and not i.leads for i in items)
    own = any(i.said is None and _GOES_ON.search(i.words) for i in items)
    loose = behind < 2 and not (own or _PARTED.search(body))
    if loose or _is_carried(items) or is_blank(stretch) or any(p.count("(") != p.count(")") for p in parts):
        return stretch
    answered = [i for i in items if i.said is not None]
    asked = [i for i in answered if is_asked(i.words)]
    if any(i.sound for i in items) and _DAILY.search(body):
        asked = [i._replace(said=False) if i.said and _WORKS.match(i.words) else i for i in asked]
        items = [i._replace(said=False) if i.said and _WORKS.match(i.words) else i for i in items]
    short = all(len(i.words.split()) <= _MOST_WORDS for i in answered)
    if len(asked) < 2 or len(answered) * 2 < len(items) or not short:
        return stretch
    sentences = " ".join(said for said in map(told, items) if said)
    return sentences if _NAMES_SIGNS.match(opening) else f"{opening}{sentences}"


def _titled(stretch: str) -> str:
    """A title of a few words with its colon, where what follows it is an item with its answer; else ""."""
    title = _TITLE.match(stretch)
    if title is None or is_asked(title[0].strip(" :")):
        return ""
    first = item_of(_CUT.split(stretch[title.end() :], maxsplit=1)[0].strip())
    return title[0] if first.said is not None and is_asked(first.words) else ""


def _is_closed(items: Sequence[Item]) -> bool:
    """Whether the one answer at the end is that of all: "fever; rigors; foot drop: nil"."""
    return (
        len(items) > 2
        and items[-1].closes
        and all(i.said is None and is_asked(i.words) and not _GOES_ON.search(i.words) for i in items[:-1])
        and all(len(i.words.split()) < _MOST_WORDS for i in items)
    )


def _is_carried(items: Sequence[Item]) -> bool:
    """Whether a "no" in front goes on over what follows it: "negative for fever, chills" is one denial."""
    return any(
        one.leads and two.said is None and is_asked(two.words) and not _GOES_ON.search(two.words)
        for one, two in pairwise(items)
    )
