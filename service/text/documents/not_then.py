"""What an earlier picture did not show is new: a text in, "not present in March" as news out.

"Epidural collection, not present on the previous scan" tells of a collection that is there now.
"""

from __future__ import annotations

import re

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|march|mar|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
_DAY = (
    rf"(?:(?:\d{{1,2}} )?{_MONTH}(?: (?:19|20)\d\d)?|(?:19|20)\d\d(?:-\d\d-\d\d)?"
    r"|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?)"
)
_STUDY = r"(?:scan|mri?|ct|film|films|study|imaging|examination|exam|images|x-?rays?|radiographs?)"
_EARLIER = (
    rf"(?:the )?(?:(?:last|previous|prior|earlier|preceding|old|older|initial|first|pre-?op(?:erative)?|immediate"
    rf"|post-?op(?:erative)?)\b(?: [\w-]+){{0,2}}? {_STUDY}\b(?: (?:of|from) {_DAY})?|{_STUDY} (?:of|from|in) {_DAY})"
)
_WHICH = r"(?:(?:which|that|this|and|it|these) )?(?:(?:was|were|had been|is|are) )?not (?:yet )?"
_NOT_THEN = re.compile(
    rf"(?:(?P<mark>[,;(])\s{{0,2}}|\s{{1,2}}){_WHICH}(?:present|there|visible|seen|evident|shown|identified|noted|apparent)"
    rf"(?: (?:on|in|at|by) {_EARLIER}|(?(mark) (?:on|in|back in) {_DAY}|(?!)))(?![\w/]| either\b)",
    re.IGNORECASE,
)


def with_absence_then(text: str) -> str:
    """The text, with what was absent from an earlier picture told as new since."""
    return _NOT_THEN.sub(_news, text) if "not " in text else text


def _news(found: re.Match[str]) -> str:
    return f"{found['mark'] or ''} new since then"
