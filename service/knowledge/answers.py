"""The accepted answers: answers.toml in; out, by question or finding and by code, what each answer says and denies."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from service.fhir.canonical import CANONICAL

QUESTIONNAIRE = f"{CANONICAL}/Questionnaire/backstory-questions"
QUESTIONS = f"{CANONICAL}/CodeSystem/questions"
ANSWERS = f"{CANONICAL}/CodeSystem/answers"
FINDINGS = f"{CANONICAL}/CodeSystem/findings"
WORDS = f"{CANONICAL}/CodeSystem/finding-words"
"""The words with which an Observation may answer a finding."""


@dataclass(frozen=True, slots=True)
class AcceptedAnswer:
    question: str
    code: str
    display: str
    says: tuple[str, ...] = ()
    denies: tuple[str, ...] = ()


@cache
def accepted_answers() -> Mapping[tuple[str, str], AcceptedAnswer]:
    """Every answer to a question by (question id, code), in the order of the file."""
    return {
        (row["question"], row["code"]): _answer(row["question"], row["code"], row["display"], row)
        for row in _file()["answer"]
    }


@cache
def accepted_words() -> Mapping[tuple[str, str], AcceptedAnswer]:
    """Every finding that an Observation may answer, by (finding, word), in the order of the file."""
    return {
        (name, word): _answer(name, word, f"{name.replace('_', ' ')}: {word}", row)
        for name, words in _file()["finding"].items()
        for word, row in words.items()
    }


@cache
def answerable() -> frozenset[str]:
    """The findings that an Observation may answer."""
    return frozenset(name for name, _ in accepted_words())


def _answer(asked: str, code: str, display: str, row: Mapping[str, Any]) -> AcceptedAnswer:
    return AcceptedAnswer(asked, code, display, tuple(row.get("says", ())), tuple(row.get("not", ())))


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files("rules").joinpath("answers.toml").read_text("utf-8"))
