"""A paragraph carried on from another year tells of then; what stands behind it, and one of this week, of now."""

from __future__ import annotations

from tests.text.reading import labels

_GRAVE = frozenset({"saddle-numbness", "urinary-retention", "cauda-equina-code"})
_OLD = "BACKGROUND (copied forward from 2014): CES in March 2014, numb saddle, could not pass urine; decompressed."


def test_signs_of_a_paragraph_of_another_year_are_over():
    assert not _GRAVE & labels(f"{_OLD}\n\nTODAY: backache on long drives. Power 5/5.")


def test_the_operation_of_such_a_paragraph_counts():
    assert "decompression" in labels(f"{_OLD}\n\nTODAY: backache on long drives.")


def test_a_sign_behind_such_a_paragraph_is_of_now():
    assert "saddle-numbness" in labels(f"{_OLD}\n\nTODAY: numb in the saddle since last night.")


def test_a_line_that_opens_with_today_ends_such_a_paragraph():
    assert "urinary-retention" in labels(f"{_OLD}\nToday: cannot pass urine since Monday.")


def test_a_background_without_a_year_is_of_now():
    assert {"saddle-numbness", "urinary-retention"} <= labels(
        "Background: numb saddle and cannot pass urine since Monday."
    )
