"""The source attributes that the rule set states about itself: source_attributes.toml in, name and value pairs out."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def source_attributes() -> tuple[tuple[str, str], ...]:
    told = tomllib.loads(files("rules").joinpath("source_attributes.toml").read_text("utf-8"))
    return tuple((each["name"], each["value"]) for each in told["attribute"])
