"""What notes write of bladder, saddle and sphincter in forms, charts and shorthand: a text in, sentences out."""

from __future__ import annotations

from service.text.shorthand.asked_lists import with_asked_lists
from service.text.shorthand.dated_parts import with_dated_parts
from service.text.shorthand.met_conditions import with_met_conditions
from service.text.shorthand.pelvic_exam import with_pelvic_exam
from service.text.shorthand.unfelt import with_unfelt
from service.text.shorthand.urine_chart import with_urine_chart
from service.text.shorthand.worried_questions import with_worried_questions


def in_shorthand(text: str) -> str:
    """The text of a note with its forms, urine charts and pelvic examinations as sentences."""
    return with_unfelt(
        with_met_conditions(
            with_urine_chart(with_pelvic_exam(with_asked_lists(with_dated_parts(with_worried_questions(text)))))
        )
    )
