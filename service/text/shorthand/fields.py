"""Fields of forms and copied lines: a text in, what each field answers as a sentence out.

"Fever [ ] Yes [x] No", "Saddle numbness (Y/N): N" and "Weakness - none" deny; "1) Fever - none 2) Wound - dry" are two
lines. What a note says it copied from an earlier one is of that day, and the note of that day tells it.
"""

from __future__ import annotations

import re

from service.text.shorthand.sign_items import SIGN

_YES_NO = re.compile(
    r"\[(?P<yes>[ xX]?)\]\s{0,3}(?:Yes|YES|yes|Y)\b[\s,/|]{0,4}\[(?P<no>[ xX]?)\]\s{0,3}(?:No|NO|no|N)\b"
    r"|\[(?P<no_first>[ xX]?)\]\s{0,3}(?:No|NO|no|N)\b[\s,/|]{0,4}\[(?P<yes_last>[ xX]?)\]\s{0,3}(?:Yes|YES|yes|Y)\b"
    r"|\b(?:Yes|YES|Y)\s?\[(?P<yes_behind>[ xX]?)\]\s{0,3}(?:No|NO|N)\s?\[(?P<no_behind>[ xX]?)\]"
)
_CHOICE = re.compile(r"\s?\((?:Y/N|y/n|Yes/No|yes/no)\)(?=\s?[:=-])")
_FIELD = re.compile(
    r"(?P<lead>\A|\n|[.:;|]\s{1,3})(?P<bullet>[ \t>*#-]{0,4}(?:\d{1,2}[.)]\s)?)"
    r"(?P<item>(?!(?:caller|nurse|patient|pt|rn|dr|doctor|me|mum|mom|dad|wife|husband|answer|reply|plan"
    r"|other)\b[ :])[A-Z][A-Za-z/' -]{2,44}?(?:(?: in)? (?:the )?(?:past|last) \d+ \w+)?(?: \([a-z0-9 ,/]{2,30}\))?)"
    r"(?:[ \t]{0,8}\??[ \t]?[:=][ \t]{0,12}|[ \t]{1,3}-{1,2}[ \t]{1,3}|\.[ \t](?=resolved\b))"
    r"[\"']?(?P<answer>yes|no|y|n|none(?: of the time| at all)?|nil|denie[sd]|negative|neg|positive|pos"
    r"|absent|resolved|nope"
    r"|never(?: had (?:it|any|one|this))?|not (?:at all|once|ever|that i(?:'ve)? noticed))(?:(?P<comma>,)"
    r"|[\"']|(?=[.;|\n]|[ \t]*\n|[ \t]*\Z|[ \t]\(|[ \t]since\b))",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"(?P<lead>)(?P<bullet>)(?P<item>[A-Z][^.?!\n:;]{2,70})\?[ \t]{0,2}\(?(?P<answer>[NY])\)?(?:(?P<comma>,)"
    r"|(?=[.;]|[ \t]*(?:\n|\Z)|[ \t]-))"
)
_BOX = re.compile(r"[ \t]*\[[ _]?\][ \t]*")
_LEADERS = re.compile(r"[ \t]?\.{4,}[ \t]?(?=(?:yes|no)\b)", re.IGNORECASE)
_NONE_OF = re.compile(
    r"(?P<items>(?:\[[ _]?\][^\[\]\n]{2,60}){1,12})\[[xX]\][ \t]?none(?: of (?:the|these)\b[^.;\n]{0,20})?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:prior|previous|last|pre-?op\w*"
    r"|yesterday's) (?:neuro )?exam\w*(?: \([^()]{1,20}\))?:[^.\n]{0,200}\.(?=[^\n]{0,20}\b(?:current|today|now)\b)",
    re.IGNORECASE,
)
_NO_TROUBLE = re.compile(r"\b[Nn]o (?=(?:trouble|problems?|difficult(?:y|ies)|issues?)\b[^.;\n]{3,60}\b(?:or|and)\b)")
"""A trouble that is denied with what stands behind "or": "no trouble passing urine or accidents"."""
_NOT_FOUND = re.compile(
    r"\b(?:could|can|did) ?(?:not|n't) (?:find|detect|see|demonstrate|identify) (?:any |a )(?=\w)|\b(?:was|am"
    r"|were) unable to (?:find|detect|demonstrate) (?:any |a )",
    re.IGNORECASE,
)
_NO_SENSORY = re.compile(
    r"\b([Nn]o(?:r)?)(?: new| focal| gross| objective| further)? (?:(?:dermatomal"
    r"|radicular) )?(?:sensory (?:loss|deficits?|disturbance|changes?)|(?<=dermatomal )numbness)"
)
_ANSWERS = re.compile(
    r"[:=.-][ \t]{1,12}[\"']?(?:yes|no|y|n|none|nil|denie[sd]|neg(?:ative)?|pos(?:itive)?|absent|nope|never|not"
    r"|resolved)\b[.,;|\n ]?(?!\w)",
    re.IGNORECASE,
)
"""One look tells whether any field is answered."""
_SAYS = frozenset({"yes", "y", "positive", "pos"})
_NUMBERED = re.compile(r"(?:(?<=\s)|\A)\(?\d{1,2}[.)]\s+(?=[A-Z#])")
_COPIED = re.compile(
    r"[\[(]\s{0,3}(?:copied|copy|carried|pulled|imported)\b[^\]):]{0,30}:[^\])]{0,600}[\])]"
    r"|\[\s{0,3}(?:copied|carried)(?: forward)?(?: from)?[^\]:]{0,30}\][^.\n]{0,300}(?:\.(?=\s|\Z)|\n|\Z)"
    r"|(?:(?<=\n)|\A)\s{0,3}(?:copied|carried)(?: forward)? (?:from|on)[^\n:]{0,30}:[^.\n]{0,300}(?:\.(?=\s|\Z)"
    r"|\n|\Z)",
    re.IGNORECASE,
)


_SCORED = re.compile(
    r"(?m)^(?P<bullet>[ \t>*#-]{0,4})(?P<item>[A-Z][A-Za-z/' -]{2,50}?)(?: \(0-\d{1,2}\))?"
    r"[ \t]?[:=][ \t]*0(?:/\d{1,2})?(?=[ \t]*[.;]?$)"
)
"""A sign that is scored as not there: "Numbness in private area: 0/4"."""


def with_fields(text: str) -> str:
    """The text with its fields as sentences, each numbered item on a line of its own, and without what is copied."""
    if "opied" in text or "arried" in text or "OPIED" in text or "ARRIED" in text:
        text = _COPIED.sub(" ", text)
    if "[" in text:
        text = _NONE_OF.sub(lambda found: "No " + ", ".join(_BOX.split(found["items"])[1:]).replace(" ,", ","), text)
        text = _YES_NO.sub(_chosen, text)
    if "/" in text:
        text = _CHOICE.sub("", text)
    if "2." in text or "2)" in text:
        text = "\n".join(_items(line) if "2." in line or "2)" in line else line for line in text.split("\n"))
    if "..." in text:
        text = _LEADERS.sub(": ", text)
    if " exam" in text or "Prior" in text:
        text = _BEFORE.sub(" ", text)
    if "ensory" in text or "dermatomal" in text:
        text = _NO_SENSORY.sub(r"\1 numbness", text)
    if " find" in text or " detect" in text or "identify" in text or "demonstrate" in text:
        text = _NOT_FOUND.sub("found no ", text)
    if "? N" in text or "?N" in text:
        text = _LETTER.sub(_told, text)
    if _ANSWERS.search(text):
        text = "\n".join(_FIELD.sub(_told, line) if _ANSWERS.search(line) else line for line in text.split("\n"))
    if "0" in text:
        text = _SCORED.sub(
            lambda found: f"{found['bullet']}No {found['item'].lower()}." if SIGN.search(found["item"]) else found[0],
            text,
        )
    return _NO_TROUBLE.sub("denies ", text) if "rouble" in text or "roblem" in text or "iffic" in text else text


def _chosen(found: re.Match[str]) -> str:
    """The answer that is ticked; of none or both nothing is known."""
    yes = next((found[n] for n in ("yes", "yes_last", "yes_behind") if found[n] is not None), "")
    no = next((found[n] for n in ("no", "no_first", "no_behind") if found[n] is not None), "")
    if bool(yes.strip()) == bool(no.strip()):
        return found[0]
    return ": Yes" if yes.strip() else ": No"


def _items(line: str) -> str:
    marks = list(_NUMBERED.finditer(line))
    if len(marks) < 2 or marks[0].start() > 40:
        return line
    ends = [*(mark.start() for mark in marks[1:]), len(line)]
    return "\n".join(
        [
            line[: marks[0].start()].rstrip(),
            *(line[m.start() : end].rstrip() for m, end in zip(marks, ends, strict=True)),
        ]
    ).lstrip("\n")


def _told(found: re.Match[str]) -> str:
    item = found["item"].strip()
    if found["answer"].lower() in _SAYS:
        said = item + (found["comma"] or "")
    else:
        said = f"No {item if item[:2].isupper() else item[0].lower() + item[1:]}" + ("." if found["comma"] else "")
    return f"{found['lead']}{found['bullet']}{said}"
