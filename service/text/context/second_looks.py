"""What the rest of a sentence does to its readings: the readings of a sentence in, the same weighed by it out.

A frame reads a sign where its words stand. Whether the sign is of now, of this patient, of the spine, and real, the
whole sentence says; each look knows one way in which it does.
"""

from __future__ import annotations

from service.text.clauses.reading import Reading
from service.text.context.incidental import incidental
from service.text.context.long_known import long_known
from service.text.context.not_of_spine import not_of_spine
from service.text.context.other_senses import other_senses
from service.text.context.pain_over import pain_over
from service.text.context.ruled_out import ruled_out
from service.text.context.told_causes import told_causes
from service.text.context.told_of_then import of_then
from service.text.context.unreal import unreal
from service.text.context.whose_relief import whose_relief
from service.text.vocabulary.language import Language


def weighed(readings: list[Reading], text: str, language: Language) -> list[Reading]:
    """The readings: long known, of then, unreal, of another relief, with a cause of their own, over, or elsewhere."""
    readings = long_known(readings, text, language)
    readings = of_then(readings, text, language)
    for look in (unreal, whose_relief, told_causes, ruled_out, incidental, pain_over, not_of_spine, other_senses):
        readings = look(readings, text)
    return readings
