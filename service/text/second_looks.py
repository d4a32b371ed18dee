"""What the rest of a sentence does to its readings: the readings of a sentence in, the same weighed by it out.

A frame reads a sign where its words stand. Whether the sign is of now, of this patient, of the spine, and real, the
whole sentence says; each look knows one way in which it does.
"""

from __future__ import annotations

from service.text.incidental import incidental
from service.text.language import Language
from service.text.long_known import long_known
from service.text.not_of_spine import not_of_spine
from service.text.pain_over import pain_over
from service.text.reading import Reading
from service.text.ruled_out import ruled_out
from service.text.told_causes import told_causes
from service.text.told_of_then import of_then
from service.text.unreal import unreal
from service.text.whose_relief import whose_relief


def weighed(readings: list[Reading], text: str, language: Language) -> list[Reading]:
    """The readings: long known, of then, unreal, of another relief, with a cause of their own, over, or elsewhere."""
    readings = long_known(readings, text, language)
    readings = of_then(readings, text, language)
    for look in (unreal, whose_relief, told_causes, ruled_out, incidental, pain_over, not_of_spine):
        readings = look(readings, text)
    return readings
