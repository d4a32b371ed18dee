"""What somebody is to do if something comes: a sentence in, whether it only tells that out.

"Should the pain in the leg come back, please ring the spine nurse" tells of no pain of now.
"""

from __future__ import annotations

import re

_IF = re.compile(
    r"\W{0,4}(?:should|in (?:the event|case) of|if|with any|were) (?:the|any|his|her|your|there|he|she|you|sciatica"
    r"|(?:leg|back) pain|pain|new|renewed|further|symptoms?)\b[^.;]{0,90}?[,\s](?:(?:please|he|she|you|they|pt"
    r"|patient|is"
    r"|are|will|would|can|may|should|must|knows?|has|asked|told|to) )*(?:ring|call|phone|contact|get in touch|come back"
    r"|re-?present|come in)\b (?:us|the|our|me|\w+ (?:nurse|ward|clinic|team|line)|at once|straight|in touch|early"
    r"|sooner"
    r"|again|back)",
    re.IGNORECASE,
)


def is_conditional_advice(text: str) -> bool:
    return _IF.match(text) is not None
