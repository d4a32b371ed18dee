"""What the words of a wound's discharge say of it: more than the first ooze of every wound, or not."""

from __future__ import annotations

import re

from service.domain.statements import PLAIN, Attributes
from service.text.pain_attributes import MINIMAL

_MORE_THAN_OOZE = re.compile(
    r"\b(?:pus|purul\w*|foul|smell\w*|offensive|green\w*|yellow\w*|cloudy|infect\w*|dehisc\w*|gap\w*|burst|apart|opened?"
    r"|soak\w*|pour\w*|copious|profuse|heavy|heavily|large|persist\w*|constant\w*|clear|csf|spreading|increas\w*|more)\b"
)


def of_discharge(_: str, words: str) -> Attributes:
    """``severity`` is "minimal" where nothing calls it more than a spot on the dressing."""
    return PLAIN if _MORE_THAN_OOZE.search(words) else Attributes(severity=MINIMAL)
