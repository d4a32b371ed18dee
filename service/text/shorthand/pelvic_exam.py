"""The examination of saddle and sphincter in shorthand: a text in, the same with each item told as a sentence says it.

"PR: tone N, squeeze 0/4, PP S3-5 sharp bilat" and "saddle LT 0/2 R, 0/2 L" grade what a finger and a pin find. A figure
of nothing is a loss, a full one normal, and what lies between is reduced; of two sides the worse one counts.
"""

from __future__ import annotations

import re

_MAY = re.compile(
    r"\b(?:PR|DRE|anus|anal|sphincter|tone|squeeze|VAC|DAP|wink|BCR|bulbocavern\w+|perianal\w*|perine\w+|saddle"
    r"|S[2-4][-/ to]{0,4}S?[345]"
    r"|(?:in)?sensate|sacral|genital\w*|rectal)\b",
    re.IGNORECASE,
)
_CONTEXT = re.compile(
    r"\b(?:PR|DRE|PR exam|rectal|anal|anus|perianal|VAC|DAP|wink|BCR|bulbocavern\w+|saddle|S[2-5]|sphincter"
    r"|perineum|perineal)\b",
    re.IGNORECASE,
)
_SPHINCTER = (
    r"(?P<sphincter>(?:(?:resting|anal|rectal|sphincter)\s)?(?P<tone>tone)|(?:(?:voluntary|anal"
    r"|vol\.?)\s)?(?P<squeeze>squeeze|VAC|EAS)"
    r"|(?P<reflex>anal (?:wink|reflex)|anocutaneous reflex|(?<!\w )wink|BCR|BC reflex|bulbo-?cavernos(?:us"
    r"|al)(?: reflex)?))"
)
_TEST = r"(?:LT|PP|light touch|soft touch|pin[- ]?prick|pin|touch|sens(?:ation|n|ibility)?|sharp/blunt|sharp/dull)"
_TESTS = rf"{_TEST}(?:\s?(?:[+&/,]|and)\s?{_TEST})*"
_ROOTS = r"(?:S[2-4]\s?(?:-|/|to|through)\s?S?[345](?: dermatomes?)?|S[345](?: dermatomes?)?)"
_SITE = rf"(?:(?:peri-?anal(?: skin)?|perineum|perineal|saddle(?: area)?|genitals?|sacral|DAP|{_ROOTS}))"
_SENSORY = (
    rf"(?P<sensory>{_SITE}(?:\s?[:=-]?\s?{_TESTS})?|{_TESTS}(?=\s(?:N|NAD|nl|normal|intact|absent"
    rf"|reduced)\s{_ROOTS})|{_TESTS}(?: (?:in|at|over|on|of|around|to))?(?: the)? {_SITE})"
)
_BARE = rf"(?P<bare>(?<=[,;/+]\s){_TESTS})"
_SIDE = (
    r"(?:\s?\(?(?:R ?[=+&/] ?L(?!\w)|L ?[=+&/] ?R(?!\w)|R|L|RT|LT|right|left|bilat\w*|b/l|both(?: sides)?"
    r"|all(?: (?:four|4))?)\)?(?![\w-]))?"
)
_FIGURE = r"\d{1,2}\s?(?:/|out of|of)\s?\d{1,2}"
_WORD = (
    r"(?:(?-i:N|NL|Nl)|nad|norm(?:al)?|nl|g(?:oo)?d|sharp|brisk|strong|equal|positive|present|intact|preserved"
    r"|felt(?=\s?[,;.]|\Z)|-ve|nil|none|zero|gone"
    r"|absent|negative|0(?!\s?[/.\d%])|unfelt|not felt|not present|insensate|sensate|not sensate|dull|lost"
    r"|\+{1,3}(?!\w))"
)
_VALUE = (
    rf"(?P<value>{_FIGURE}{_SIDE}(?:\s?(?:[,;/&]|and)\s?(?:[RL] )?{_FIGURE}{_SIDE})?|{_WORD})"
    rf"(?![\w/]|\s?/\s?\d)(?:\s(?:points|quad(?:rant)?s)\b)?{_SIDE}"
)
_JOIN = r"(?:\s?[:=]\s?|\s-{1,2}\s|\s(?:is |was |were |are |feels |on )?)"
_THEN_NOW = re.compile(
    rf"(?P<sensory>{_SITE}(?:\s{_TESTS})?)\s(?:was|were|had been|used to be|went from|from|improved from"
    rf"|up from)?\s?(?P<then>{_FIGURE})"
    rf"[^.;]{{0,60}}?(?P<now>{_FIGURE})(?:\s(?:now|today|currently|at present|this (?:morning|am|week))"
    rf"|(?=\s?[.,;]|\Z))",
    re.IGNORECASE,
)
_GRADED = re.compile(rf"(?<![\w-])(?:{_SPHINCTER}|{_SENSORY}|{_BARE}){_JOIN}{_SIDE}\s?{_VALUE}", re.IGNORECASE)
_QUARTERS = re.compile(
    rf"(?<![\w-])(?P<sensory>{_SITE}(?:\s{_TESTS})?)\s(?:lost|absent|reduced|dull|gone)\s(?:in\s)?\d (?:of"
    rf"|out of|/) ?\d"
    r"(?: quad(?:rant)?s)?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?P<site>\b{_SITE})\s?[:=-]\s?(?P<less>absent|no|nil|reduced|lost|diminished|dec|decreased"
    rf"|impaired) {_TEST}\b",
    re.IGNORECASE,
)
_DISCRIMINATES = re.compile(
    rf"(?:sharp/(?:dull|blunt)|sharp (?:and|from|vs|v) (?:dull|blunt)) (?:discriminat\w+|distinguish\w+"
    rf"|told apart|identified)"
    rf"(?: (?:at|in|over))? {_SITE}",
    re.IGNORECASE,
)
_FINGER = re.compile(
    r"\b(?:anus|anal sphincter|sphincter) (?:does|did|will|would|could|can)(?: ?n[o']t|not| not) (?:grip|close"
    r"|clench|contract|tighten|hold"
    r"|squeeze|respond)\b(?: (?:on|around|down on|to|round)(?: the| my| his| her)? (?:finger|command|glove"
    r"|thermometer))?",
    re.IGNORECASE,
)
_UNANSWERED = re.compile(
    r"\b(?:examining )?finger (?:is |was )?not gripped\b|\bno (?:cough )?(?:response|reflex|contraction"
    r"|reaction|movement|grip) (?:of|from|in|by)"
    r" (?:the )?(?:anal |external )?(?:sphincter|anus)\b",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s\[\s?(present|normal|absent|intact|preserved|reduced|lost)\s?\]", re.IGNORECASE)
_KEPT = re.compile(
    r"\b(?:no|nil|without|denies) (?:loss|reduction|lack) of (?:anal|rectal|sphincter) (?:tone|squeeze)\b",
    re.IGNORECASE,
)
_SOUND = re.compile(
    r"(?:N|NL|nad|norm(?:al)?|g(?:oo)?d|sharp|brisk|strong|equal|positive|present|intact|preserved|felt|sensate"
    r"|\++)\Z",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"(?:-ve|nil|none|zero|0|gone|absent|negative|unfelt|not felt|not present|insensate|not sensate|lost)\Z",
    re.IGNORECASE,
)
_ILL = re.compile(
    r"\b(?:numb\w*|dead|loss of|lost|reduced|altered|abnormal|tingl\w+|no|an[ae]+sth\w+)(?: (?:in|of|round"
    r"|around|the))*\s\Z",
    re.IGNORECASE,
)
_PIN = re.compile(r"\b(?:LT|PP|light touch|pin|pin ?prick)\b", re.IGNORECASE)
_NEARLY = 0.8
_ANSWERS = re.compile(r"(?:-ve|negative|positive|\+)", re.IGNORECASE)
_TWO = re.compile(r"(\d{1,2})\s?(?:/|out of|of)\s?(\d{1,2})", re.IGNORECASE)


def with_pelvic_exam(text: str) -> str:
    """The text with graded items of the examination in words. One look where there is none."""
    if not _MAY.search(text):
        return text
    return "\n".join(_line(line) if _MAY.search(line) else line for line in text.split("\n"))


def _line(line: str) -> str:
    if not _CONTEXT.search(line):
        return line
    line = _THEN_NOW.sub(_compared, line)
    line = _UNANSWERED.sub("anal squeeze absent", line)
    line = _KEPT.sub("anal tone normal", line)
    line = _DISCRIMINATES.sub("saddle sensation normal", line)
    line = _FINGER.sub("anal tone absent", line)
    line = _QUARTERS.sub("saddle sensation reduced", line)
    line = _BRACKETED.sub(r" \1", line)
    line = _BEFORE.sub("saddle sensation absent", line)
    return _GRADED.sub(lambda found: _told(found, line), line)


def _told(found: re.Match[str], line: str) -> str:
    value = found["value"].strip()
    state = _state(value)
    if _ILL.search(line[: found.start()]):
        return found[0]  # "numb perineum: N" denies a sign
    if value == "0" and found["sensory"] and not _PIN.search(found["sensory"]):
        return found[0]  # "saddle 0" answers too
    if found["sensory"] and not value[0].isdigit():
        tested = re.search(rf"\b(?:{_TEST}|DAP)\b", found["sensory"], re.IGNORECASE)
        marked = re.search(r"[:=]\s?\Z|-{1,2}\s\Z", line[: found.start("value")])
        if _ANSWERS.match(value) or (not tested and (not marked or state != "normal" or value.lower() == "present")):
            return found[0]  # "saddle: negative" answers a question about the sign
    if not state or (
        found["bare"] and not re.search(r"saddle|perian|perine|S[2-5]", line[: found.start()], re.IGNORECASE)
    ):
        return found[0]
    if found["sphincter"]:
        name = "tone" if found["tone"] else "squeeze" if found["squeeze"] else "reflex"
        return f"anal {name} {state}"
    return f"saddle sensation {state}"


def _compared(found: re.Match[str]) -> str:
    """What it was and what it is: only the figure of now counts, and one that rose to nearly full is no loss."""
    then, now = (int(a) / max(int(b), 1) for a, b in (_TWO.findall(found["then"])[0], _TWO.findall(found["now"])[0]))
    if not re.search(r"\b(?:now|today|currently|was|were|had been|from|used)\b", found[0], re.IGNORECASE):
        return found[0]
    return "saddle sensation normal" if now == 1 or (then < now and now >= _NEARLY) else "saddle sensation reduced"


def _state(value: str) -> str:
    figures = [(int(a), int(b)) for a, b in _TWO.findall(value)]
    if figures:
        if any(b not in {2, 4, 5, 8, 10, 12} or a > b for a, b in figures):
            return ""
        part = min(a / b for a, b in figures)
        return "absent" if part == 0 else "normal" if part == 1 else "reduced"
    word = value.split(" (")[0].strip()
    return "absent" if _NOTHING.match(word) else "normal" if _SOUND.match(word) else "reduced"
