"""Text as it comes to text as it was meant: forms of Unicode, markup entities and line breaks that hide words.

Plain ASCII without markup, which most text is, passes at the cost of one look.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from service.text.documents.not_then import with_absence_then
from service.text.documents.spoken_marks import written

_CONFUSABLE = str.maketrans(
    "АВЕКМНОРСТУХаеорсухіјѕԁɡ" + "ΑΒΕΗΙΚΜΝΟΡΤΥΧο",
    "ABEKMHOPCTYXaeopcyxijsdg" + "ABEHIKMNOPTYXo",
)
"""Cyrillic and Greek letters that look like Latin ones; folded only in words that hold a Latin letter too, or whose
letters are all of this kind."""
_NUMBERED = re.compile(r"(?<![:?] )\bno\. ?(?=\d+ (?!days?|weeks?|months?|years?|hours?))", re.IGNORECASE)
"""The "No." of a number: "No. 3 screw is loose" denies nothing."""
_COMMA = re.compile(r"(?<=(?<![\d.,])(?:3[5-9]|4[0-2])),(?=\d(?![\d,]|\.\d))")
"""The decimal comma of a temperature: "39,4"."""
_FOREIGN = re.compile(r"\b\w{0,40}?[Ͱ-ԯɡ]\w*")
_MARKS = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "ʼ": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": " - ",
        "−": "-",
        "‑": "-",
        "‐": "-",
        "•": "\n- ",
        "·": " ",
        "\u00a0": " ",
        "\u2028": "\n",
        "\u2029": "\n",
        "\u0085": "\n",
        "½": ".5",
        "¼": ".25",
        "¾": ".75",
        "°": " deg ",
        "º": " deg ",
        "≥": ">",
        "≤": "<",
        "→": " to ",
        "↓": " reduced ",
        "↑": " increased ",
        "☐": "[ ]",
        "□": "[ ]",
        "☑": "[x]",
        "☒": "[x]",
        "✓": "[x]",
        "✔": "[x]",
    }
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_BREAK = re.compile(r"<\s{0,3}/?\s{0,3}(?:br|p|div|li|tr|h[1-6]|table|ul|ol)\b[^<>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_LONE_BULLET = re.compile(r"(?:\A|\n)[ \t]*\n(?=- )")
_GLUED = re.compile(r"[BbTt](?:(?<=\b[Tt])(?=3[5-9]|4[01]\b|(?:9[5-9]|10[0-6])\.?\d?\b)|(?<=\b[Bb])[Pp](?=\d{2,3}/\d))")
"""A vital sign that its number touches: "T39.2", "BP78/40"."""
_ABBREVIATED = re.compile(r"(?<=[a-z])\s\((?!LT\)|RT\)|LLE\)|RLE\)|BLE\))[A-Z]{2,5}s?\)(?=\s[a-z])")
"""An abbreviation in brackets behind the words it stands for, in the middle of what they say."""
_SIGNED = re.compile(
    r"[(\[+-](?:(?<=[(\[])\s?(?P<sign>[+-])\s?[)\]]|(?<=(?<![\w-])-)(?P<nve>ve\b)|(?<=(?<![\w+])\+)ve\b)"
)
_PLUS_BEFORE = re.compile(r"(?:(?<=\s)|\A)[(\[]\+[)\]](?=[A-Za-z])")
"""A plus in front of its item ends what the minus before it denies."""
_MORE_PLUS = re.compile(r"(?<=\s)\+{2,3}(?=[\s.,;])")
_TEST_POSITIVE = re.compile(r"(?<=\s)(\+(?: (?:R|L|B|[Rr]ight|[Ll]eft|both|bilat\w*))?)\.(?= [A-Z][a-z])")
"""The end of one bedside test in a row of them: "Gaenslen + R. Sacral thrust +." is one list, not two sentences."""
_MINUS_ITEM = re.compile(r"(?<=[,.;:])(?: ?- ?)(?=[a-z])(?!ve\b)")
_PLUS_ITEM = re.compile(
    r"(?:ROS|[Rr]eview of systems|[Rr]ed flags?)[^\n]{0,40}?[:.] ?\+ ?(?!ve\b)[a-z]|[,;:] ?\+ ?(?!ve\b)[a-z]"
)
"""A list of what is there and what is not: "ROS: + burning feet. - weakness, - falls."."""
_NO_PAIN = re.compile(
    r"\b((?:left |right |[LR] )?(?:leg|back|buttock|groin|thigh|calf) pain) (?:is |now |of )?0 ?(?:/|out of) ?10\b"
    r"(?! (?:at rest|lying|sitting|when|if|in bed|with rest))"
)
_JOINT = r"(?:hip|knee|pain|groin|hip OA|knee OA|arthritis|TKR|THR|TKA|THA|bad hip|bad knee)"
_FROM_PAIN = re.compile(
    r"\b[0-4][+-]?(?:/5(?= (?:from|due to|limited by|secondary to|because of|owing to|with)"
    r" (?:pain|(?:the |his |her )?(?:hip|groin|knee))\b| \(?pain[- ](?:limited|inhibited))"
    rf"|(?:/5)?(?= \({_JOINT}\)))"
)
"""A grade that pain or a bad joint, not a nerve, brings about."""
_SAME = re.compile(r", (?:the )?same(?=\s?[.;)]|\Z)")
_ASIDE = re.compile(
    r", [^,.;:()]{3,60}, (?=(?:has|have|had|is|are|was|were)(?: (?:now|since|all|been|completely|fully|entirely))*"
    r" (?:absorbed|reabsorbed|resorbed|resolved|regressed|cleared|disappeared|gone|no longer)\b)"
)
"""What stands between two commas before the end that is told of what stands before them: "the collection, managed
without surgery, has resolved"."""
_ARROW = re.compile(r"(?<=[a-z])\s?[-=]{1,2}>\s?(?=[a-z]{3})")
"""How a pain goes down a leg: "buttock->shin->big toe"."""
_DOTTED = re.compile(r"\b(incl|excl|esp|resp|approx|assoc|occ|freq|neg|pos|bilat|prev|incont)\.(?=,?\s+[a-z])")
"""A shortened word whose dot ends nothing: "neg x 12 incl. fever, saddle anaesthesia"."""
_PLUS_WORD = re.compile(
    r"(?<=[a-z])(?i:(?<!faber)(?<!gaenslen)(?<!thrust)(?<!compression)(?<!distraction)(?<!tinel)(?<!clonus)"
    r"(?<!test)(?<!slr)(?<!raise)) \+ "
    r"(?=(?!right\b|left\b|both\b|bilat|and\b|with\b|for\b|the\b|then\b)[a-z]{3})"
)
"""A plus that joins two things: "SIJ block + pain clinic" is no positive block."""
_SENSORY_MOTOR = re.compile(r"\b([Ss])(?:ensory|ensori|enso)[-/ ]?(?=motor\b)")
"""Two things in one word: "no sensory-motor deficit" denies both."""
_AT_FIVE = re.compile(
    r"(?i:\b(?:psoas|iliopsoas|quad\w*|tibialis|hamstrings?|TA|EHL|FHL|triceps|gastroc\w*|glut\w*|peroneals?)) at 5"
    r"(?=\s?(?:[.,;)\n]|\Z| (?:on|in) both| both| bilat))"
)
"""Power out of five, its five left out: "TA, EHL, triceps at 5 on both sides"."""
_QUOTED_WORD = re.compile(r'(?<=\bsomething )"([a-z]{2,12})"(?=[ .,;])')
"""One word in quotation marks that only somebody else would say so: "felt something "go" in the back"."""
_HYPHENATED = re.compile(r"(?<=[a-z])-[ \t]{0,3}\r?\n[ \t]{0,3}(?=[a-z])")


_PORTION = 50_000
"""Characters that are put right at a time: one look at millions lets nobody else of this process work meanwhile."""


def normalise(text: str) -> str:
    """The text with the letters, marks and line breaks that a reader would see. Linear in its length."""
    return _put_right(text) if len(text) <= _PORTION else "".join(_put_right(part) for part in portions(text))


def portions(text: str, longest: int = _PORTION) -> Iterator[str]:
    """The whole text in parts of at most so many characters, divided behind a sentence, a line or a word."""
    at = 0
    while len(text) - at > longest:
        middle, end = at + longest // 2, at + longest
        found = (text.rfind(mark, middle, end) + len(mark) for mark in (".\n", "\n", " "))
        cut = next((cut for cut in found if cut > middle), end)
        yield text[at:cut]
        at = cut
    yield text[at:]


def _put_right(text: str) -> str:
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    text = plain(text)
    if not text.isascii():
        text = _folded(text)
    text = _GLUED.sub(r"\g<0> ", text)
    text = written(text)
    if "," in text:
        text = _COMMA.sub(".", text)
    if "o." in text:
        text = _NUMBERED.sub("number ", text)
    if "(" in text:
        text = _ABBREVIATED.sub("", text)
    if "10" in text:
        text = _NO_PAIN.sub(r"no \1", text)
    if "/5" in text or "(hip" in text or "(knee" in text:
        text = _FROM_PAIN.sub("", text)
    if ">" in text:
        text = _ARROW.sub(" to ", text)
    if ". " in text or ".," in text:
        text = _DOTTED.sub(r"\1", text)
    if ", " in text:
        text = _ASIDE.sub(" ", text)
    if "otor" in text:
        text = _SENSORY_MOTOR.sub(r"\1ensory or ", text)
    if " at 5" in text:
        text = _AT_FIVE.sub(lambda found: found[0].replace(" at 5", " 5/5"), text)
    text = _QUOTED_WORD.sub(r"\1", with_absence_then(text))
    if " same" in text:
        text = _SAME.sub(", unchanged", text)
    if "- " in text and "+" in text:
        text = "\n".join(_signed(line) for line in text.split("\n"))
    if " +" in text:
        text = _TEST_POSITIVE.sub(r"\1,", _MORE_PLUS.sub("+", text))
    if "(+)" in text or "[+]" in text:
        text = _PLUS_BEFORE.sub("; positive for ", text)
    if " + " in text:
        text = _PLUS_WORD.sub(" and ", text)
    if "-" in text or "+" in text:
        text = _SIGNED.sub(_sign_in_words, _HYPHENATED.sub("", text))
    return text


def plain(text: str) -> str:
    """The text without the marks of XHTML, each of its blocks in a line of its own."""
    return _TAG.sub(" ", _BREAK.sub("\n", text)) if "<" in text else text


def _signed(line: str) -> str:
    return _MINUS_ITEM.sub(" no ", line) if _PLUS_ITEM.search(line) else line


def _sign_in_words(found: re.Match[str]) -> str:
    """ "(-) fever" and "-ve" deny, "(+) fever" and "+ve" tell."""
    return " negative for " if found["sign"] == "-" else " negative " if found["nve"] else " positive "


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.translate(_MARKS)).translate(_MARKS)
    text = _LONE_BULLET.sub("\n", text)
    if not text.isascii():
        text = "".join(c for c in text if c.isascii() or unicodedata.category(c) not in {"Cf", "Mn", "Me"})
        if not text.isascii():
            text = _FOREIGN.sub(_latin, text)
    return text


def _latin(found: re.Match[str]) -> str:
    folded = found[0].translate(_CONFUSABLE)
    return folded if folded.isascii() else found[0]
