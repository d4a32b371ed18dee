"""Names of problems and procedures recur from chart to chart: each is read once; a sentence in, what it says out."""

from __future__ import annotations

from service.text.reader import Context, Sentence, read_sentence
from service.text.vocabulary.language import Language

_NAMES = frozenset({"condition", "procedure"})
_LONGEST_NAME = 100
_MOST_NAMES = 4_096
_START = Context()
_names: dict[tuple[int, str, str], tuple[Language, Sentence, Context]] = {}
"""What the names of problems and procedures say, which are the same in most charts: no patient is known by one."""


def read_once(text: str, language: Language, kind: str, context: Context) -> tuple[Sentence, Context]:
    """As ``read_sentence``; the names of problems and procedures are read once and remembered."""
    if kind not in _NAMES or context != _START or len(text) > _LONGEST_NAME:
        return read_sentence(text, language, kind, context)
    key = (id(language), kind, text)
    held = _names.get(key)
    if held is None or held[0] is not language:
        if len(_names) >= _MOST_NAMES:
            _names.clear()
        held = _names[key] = (language, *read_sentence(text, language, kind, context))
    return held[1], held[2]
