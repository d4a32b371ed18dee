"""What tells of a step that was not done: a denial, a question, a condition, a day ahead, a put-off."""

from __future__ import annotations

import re

_NO = (
    r"(?:(?:recent|further|new|repeat|other|previous|prior|post ?-?op\w*|formal|lumbar|spinal|advanced|diagnostic|such"
    r"|any|an?|the|had|have|been|yet|need|needs?|indication|role|plans?|for|of|to|out|carried|record|of an?|on file"
    r"|left|right|bilateral|[lr]|[lts]\d+(?:[/-][ls]?\d)?|whole|full|entire|length|spine|standing|thin|slice|selective|hips?"
    r"|pelvi[sc]|sij?|joints?|sacroiliac|two|three|\d+|sets?|sessions?|ct|guided|dynamic|plain|nerve|root) )"
)
"""What may stand between a "no" and the name of the step that was not done."""
_RESULT_OF = (
    r"(?!(?:on|from|after|with|since|despite|following|because|as|so|than|until|and|but|help|helped|relie\w+|benefit\w*"
    r"|improv\w*|better|settl\w*|work\w*|touch\w*|chang\w*|worse|respond\w*|see|seen on|shown?|found) )"
)
"""What was not found or did not help, told before the name of what was done: "did not improve after TFESI"."""
DENIED = re.compile(
    rf"\b(?:no|without|none|nor) {_NO}{{0,7}}$"
    rf"|\b(?:never|not|hasn't|haven't|nor|yet to have) (?:{_RESULT_OF}[\w/'+-]+ ){{0,8}}$"
)
DENIED_AFTER = re.compile(
    r"^[^.;,]{0,40}?\b(?:not|never|hasn't|haven't|isn't|wasn't|weren't|none) (?:yet |been |currently |be )*(?:done|had|"
    r"performed|taken|undertaken|checked|needed|indicated|required|requested|ordered|available|arranged|booked|possible"
    r"|measured|tested|examined|assessed|recorded|documented|repeated|organi[sz]ed|necessary|on file|in the record)\b"
)
PUT_OFF = re.compile(
    r"\b(?:declin|refus)\w* (?:by|from) (?:the )?(?:radiolog|imaging|insur|payer|vetting|department|scanner)"
    r"|\b(?:until|till) (?:after )?(?:delivery|birth|term|postpartum|she delivers|the baby)|\?\?"
    r"|\bper (?:radiology|admin)",
    re.IGNORECASE,
)
"""A refusal that is not the patient's, or one that ends with the pregnancy."""
ASKS = re.compile(r"\W*(?:shall|should|could|would|can|do|does|did|is|has|have|any|what|whether|why|how)\b[^.]*\?\W*$")
AHEAD = re.compile(
    r"\b(?:tomorrow|next (?:mon|tue|wed|thu|fri|sat|sun)\w*|this coming \w+)\b"
    r"|^(?=.*\bha(?:s|ve) (?:\w+ ){0,3}#).*\b(?:next|in \w+ weeks?)\b"
)
"""That it has its day and has not been yet: "has an MRI next Thursday"."""
CONDITION = re.compile(r"(?:^|[.;:] ?)(?:if|unless|should|in case)\b[^.;]*,[^.;,]*$")
PATIENT_BEFORE = re.compile(r"\b(?:by|the|this|told|explained to|discussed with|with) $")
PATIENT_DOES = re.compile(
    r" (?:declin|refus|would|wants?|does|doesn|did not|is|was|says|said|has|had|asks?|feels?|reports?|aware|agree|keen"
    r"|not)"
)
"""What a patient does, for "pt" is the patient more often than physical therapy."""
MAY = re.compile(
    r"\bmay(?=,? ?(?:of )?(?:19|20)\d\d\b)|(?<=\d )may\b|(?<=\bin )may\b|(?<=\blast )may\b|(?<=\bsince )may\b"
)
"""The month, which is no modal verb: "MRI May 2025"."""
