"""What a note writes in shorthand, written out: its text in, the same with sentences in their place out.

Charts tell in rows, boxes, columns and grades what the reader reads in sentences. Each step of this chain knows one
such form; the order is from the smallest (one test) to the whole (a table).
"""

from __future__ import annotations

from service.text.shorthand.answers import with_answers
from service.text.shorthand.asked_lists import with_divided_lines
from service.text.shorthand.denied_heads import with_denied_heads
from service.text.shorthand.exam_rows import with_rows
from service.text.shorthand.fields import with_fields
from service.text.shorthand.letter_answers import with_letter_answers
from service.text.shorthand.news import with_news
from service.text.shorthand.power_before import with_known_grades
from service.text.shorthand.power_course import with_courses
from service.text.shorthand.questionnaires import with_questionnaires
from service.text.shorthand.shorthand import in_shorthand
from service.text.shorthand.si_tests import with_tests_counted
from service.text.shorthand.sides_told import with_sides
from service.text.shorthand.sign_lists import with_sign_lists
from service.text.shorthand.spoken_grades import with_spoken_grades
from service.text.shorthand.taught_lists import with_taught_lists
from service.text.shorthand.time_columns import with_time_columns

_STEPS = (
    with_taught_lists,
    with_denied_heads,
    with_questionnaires,
    with_letter_answers,
    with_news,
    in_shorthand,
    with_spoken_grades,
    with_known_grades,
    with_courses,
    with_sides,
    with_tests_counted,
    with_answers,
    with_sign_lists,
    with_divided_lines,
    with_fields,
    with_time_columns,
    with_rows,
)


def spelled_out(words: str) -> str:
    """The note with every form that one of the steps knows written out. Linear in its length, as each step is."""
    for step in _STEPS:
        words = step(words)
    return words
