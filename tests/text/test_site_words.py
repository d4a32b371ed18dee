"""A site's own words and abbreviations are read; what names no class is refused with a hint."""

from __future__ import annotations

import pytest

from service.findings.case_sheet import compiled
from service.knowledge import RuleError, load
from service.text.labels import labels, read_alone


def said(text: str, site: str, folder, kind: str = "note") -> tuple[str, ...]:
    path = folder / "site.toml"
    path.write_text(site, "utf-8")
    language = compiled(load(path).language)
    return labels(read_alone(text, kind, language).statements, language, kind)


def test_words_of_a_site_are_read_as_the_class_they_join(tmp_path):
    site = '[language.words]\nloose = ["wobbles in its track"]\n'

    assert "implant-loose" in said("The S1 screw wobbles in its track.", site, tmp_path, "report")


def test_an_abbreviation_of_a_site_is_written_out(tmp_path):
    site = '[language.abbreviations]\n"ZLQ" = "saddle numbness"\n'

    assert ("saddle-numbness",) == said("ZLQ since last night.", site, tmp_path)


def test_a_class_that_does_not_exist_is_refused_with_a_hint(tmp_path):
    path = tmp_path / "site.toml"
    path.write_text('[language.words]\nlose = ["wobbles"]\n', "utf-8")

    with pytest.raises(RuleError, match=r"class in \[language.words\] 'lose' is not known. Did you mean"):
        load(path)


def test_what_a_site_added_is_told(tmp_path):
    path = tmp_path / "site.toml"
    path.write_text('[language.words]\nloose = ["wobbles in its track"]\n', "utf-8")

    assert "language: 1 words, 0 abbreviations" in load(path).overrides
