"""The forms of a word: how a word of the language data may stand in running text. Used when the data is compiled."""

from __future__ import annotations

from collections.abc import Iterator

_VOWELS = frozenset("aeiou")
_DOUBLED = frozenset("bdglmnprt")
_SPELLINGS = (
    ("aem", "em"),
    ("oed", "ed"),
    ("oesth", "esth"),
    ("aesth", "esth"),
    ("aec", "ec"),
    ("oea", "ea"),
    ("isch", "isch"),
    ("tumour", "tumor"),
    ("isation", "ization"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("our", "or"),
    ("centre", "center"),
    ("calibre", "caliber"),
    ("fibre", "fiber"),
    ("litre", "liter"),
    ("metre", "meter"),
    ("oeuvre", "euver"),
    ("disk", "disc"),
    ("grey", "gray"),
    ("oedema", "edema"),
    ("ae", "e"),
    ("oe", "e"),
)
"""British and American spellings of one word; the American one is the key."""

_KEPT = frozenset(
    {
        "our",
        "hour",
        "four",
        "your",
        "pour",
        "sour",
        "tour",
        "hours",
        "fours",
        "yours",
        "ours",
        "pours",
        "poured",
        "pouring",
        "tours",
        "flour",
        "does",
        "toe",
        "shoe",
        "goes",
        "poet",
        "rise",
        "wise",
        "noise",
        "raise",
        "exercise",
        "praise",
        "promise",
        "precise",
        "otherwise",
        "likewise",
        "advise",
        "arise",
        "disease",
        "bruise",
        "cruise",
        "poise",
        "concise",
        "expertise",
        "phoebe",
        "canoe",
        "toes",
        "shoes",
    }
)


def american(word: str) -> str:
    """One spelling for both sides of the Atlantic: ``haematoma`` and ``hematoma`` become the latter."""
    if word in _KEPT or len(word) < 4:
        return word
    for british, ours in _SPELLINGS:
        if british not in word:
            continue
        if british in {"ise", "yse"}:
            stem = next(
                (
                    word[: -len(end)]
                    for end in ("ised", "ises", "ising", "ise", "ysed", "yses", "ysing", "yse")
                    if word.endswith(end)
                ),
                None,
            )
            if (
                stem is None
                or len(stem) < 3
                or f"{stem}ise" in _KEPT
                or not word.endswith(("ise", "ised", "ises", "ising", "yse", "ysed"))
            ):
                continue
            word = f"{stem}{'iz' if british == 'ise' else 'yz'}{word[len(stem) + 2 :]}"
        elif british == "our":
            if len(word) > 4 and word.endswith(("our", "ours", "oured", "ouring", "oural")):
                word = word.replace("our", "or")
        else:
            word = word.replace(british, ours)
    return word


def forms(word: str) -> Iterator[str]:
    """The word and its plurals, tenses and adverb, made by rule; forms that English does not have do no harm."""
    yield word
    if len(word) < 3 or not word.isalpha():
        return
    last, before = word[-1], word[-2]
    if last == "y" and before not in _VOWELS:
        stem = word[:-1]
        yield from (f"{stem}ies", f"{stem}ied", f"{word}ing", f"{stem}ily", f"{stem}ier", f"{stem}iest")
    elif last == "e":
        yield from (f"{word}s", f"{word}d", f"{word[:-1]}ing", f"{word}ly")
        if word.endswith("ie"):
            yield f"{word[:-2]}ying"
        if word.endswith("le"):
            yield f"{word[:-1]}y"
    else:
        yield from (f"{word}s", f"{word}ed", f"{word}ing", f"{word}ly")
        if last in "sxz" or word.endswith(("ch", "sh")):
            yield f"{word}es"
        if last in _DOUBLED and before in _VOWELS and (len(word) < 4 or word[-3] not in _VOWELS):
            yield from (f"{word}{last}ed", f"{word}{last}ing")
        if word.endswith("is"):
            yield f"{word[:-2]}es"
        if word.endswith("ic"):
            yield f"{word}ally"
        if word.endswith("um"):
            yield f"{word[:-2]}a"
        if word.endswith("us"):
            yield f"{word[:-2]}i"
        if word.endswith("x"):
            yield f"{word[:-1]}ces"


_BRITISH = (
    ("em", "aem"),
    ("esth", "aesth"),
    ("esth", "oesth"),
    ("ec", "aec"),
    ("ed", "oed"),
    ("iz", "is"),
    ("yz", "ys"),
    ("or", "our"),
    ("ter", "tre"),
    ("ber", "bre"),
    ("nea", "noea"),
    ("disc", "disk"),
    ("gray", "grey"),
    ("eled", "elled"),
    ("eling", "elling"),
)


def british(form: str) -> Iterator[str]:
    """Spellings that `american` would turn into this form; those that nobody writes do no harm."""
    if len(form) < 4:
        return
    for ours, theirs in _BRITISH:
        at = form.find(ours)
        while at >= 0:
            yield form[:at] + theirs + form[at + len(ours) :]
            at = form.find(ours, at + 1)
    if form.endswith("ic") or "e" in form:
        yield form.replace("emi", "aemi").replace("edema", "oedema")
