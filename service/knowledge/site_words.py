"""Words of a site's own: what its [language] adds to the language data, checked; nothing can be taken away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.knowledge.messages import unknown, wrong
from service.knowledge.tables import Table

_KEYS = ("words", "abbreviations")


def add_words(language: Mapping[str, Any], table: Table, file: str, problems: list[str]) -> tuple[dict[str, Any], str]:
    """The language data with the site's words in its classes and its abbreviations; and what was added, in words.

    ``table`` is ``{"words": {class: [phrase, ...]}, "abbreviations": {short: "long form"}}``. A class that does not
    exist and a value of the wrong kind are appended to ``problems``.
    """
    problems.extend(unknown(file, "key of [language]", key, _KEYS) for key in table if key not in _KEYS)
    merged = dict(language)
    classes = {name: dict(entry) for name, entry in language.get("atom", {}).items()}
    added = 0
    for name, phrases in table.get("words", {}).items():
        if name not in classes:
            problems.append(unknown(file, "class in [language.words]", name, classes))
        elif not isinstance(phrases, list) or not all(isinstance(p, str) and p.strip() for p in phrases):
            problems.append(wrong(file, f"words of '{name}' in [language.words]", "must be a list of phrases"))
        else:
            classes[name]["words"] = [*classes[name]["words"], *phrases]
            added += len(phrases)
    short = table.get("abbreviations", {})
    for spelt, meant in short.items():
        if not isinstance(meant, str) or not meant.strip():
            problems.append(wrong(file, f"'{spelt}' in [language.abbreviations]", "must be the words it stands for"))
            return dict(language), ""
    merged["atom"] = classes
    merged["short"] = {**language.get("short", {}), **short}
    told = f"language: {added} words, {len(short)} abbreviations" if added or short else ""
    return merged, told
