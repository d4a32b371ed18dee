"""The accepted answers: answers.toml in; out, by question and code, what each answer says and denies."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class AcceptedAnswer:
    question: str
    code: str
    display: str
    says: tuple[str, ...] = ()
    denies: tuple[str, ...] = ()


@cache
def accepted_answers() -> Mapping[tuple[str, str], AcceptedAnswer]:
    """Every answer by (question id, code), in the order of the file."""
    told = tomllib.loads(files("rules").joinpath("answers.toml").read_text("utf-8"))
    return {
        (row["question"], row["code"]): AcceptedAnswer(
            row["question"], row["code"], row["display"], tuple(row.get("says", ())), tuple(row.get("not", ()))
        )
        for row in told["answer"]
    }
