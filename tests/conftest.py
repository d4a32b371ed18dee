"""What holds for every test: the shipped rules are loaded once in a process."""

from __future__ import annotations

from tests import rule_sets

rule_sets.share()
