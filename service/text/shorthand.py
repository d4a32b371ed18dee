"""What notes write of bladder, saddle and sphincter in forms, charts and shorthand: a text in, sentences out."""

from __future__ import annotations

from service.text.asked_lists import with_asked_lists
from service.text.dated_parts import with_dated_parts
from service.text.met_conditions import with_met_conditions
from service.text.pelvic_exam import with_pelvic_exam
from service.text.unfelt import with_unfelt
from service.text.urine_chart import with_urine_chart
from service.text.worried_questions import with_worried_questions


def in_shorthand(text: str) -> str:
    """The text of a note with its forms, urine charts and pelvic examinations as sentences."""
    return with_unfelt(
        with_met_conditions(
            with_urine_chart(with_pelvic_exam(with_asked_lists(with_dated_parts(with_worried_questions(text)))))
        )
    )
