"""Lists of what an operation may bring: a sentence in, whether it names dangers, and nothing that happened, out.

A consent has any opening or none ("Quoted:", "PARQ conference held", "the patient declares having understood:"), but no
tale of a patient names death, a wrong level, a nerve injury and a clot in one breath. Four kinds of danger in one list,
of which two are only ever talked of, are a talk before an operation, whoever wrote it.
"""

from __future__ import annotations

import re

_TALKED_OF = (
    r"death|dying|mortality",
    r"anaesthe\w+|anesthe\w+|\bga\b|sedation problems|positioning",
    r"recurrence|recurrent hernia\w*|(?:repeat|come back) (?:a )?\w+ time",
    r"wrong (?:level|site)",
    r"(?:nerve|root|cord|plexus|radicular)s?(?: root)? (?:\w+ )?(?:injur\w+|damage|lesions?)"
    r"|(?:injur\w+|damage|lesions?) (?:of|to) (?:the )?(?:nerve|cord|root)s?",
    r"(?:injur\w+|damage|lesions?|tear|wound|bleeding) (?:of|to|by|from) (?:the )?(?:large |big |great )?"
    r"(?:vessels?|veins?|arter\w+|ureters?|bowel|intestin\w+|vascular|organs?)"
    r"|(?:major |great )?(?:vessel|vascular|bowel|ureter\w*|visceral|intestinal)(?: or (?:\w+ ){1,2})? (?:injur\w+|lesions?|damage|tear|wound)",  # noqa: E501
    r"paraly\w+|parapleg\w+|lasting weakness|permanent (?:weakness|numbness)",
    r"stroke|\bcva\b|cerebral infarct\w*|heart attack|\bmi\b|cardiac events?|blindness|visual loss|vision loss"
    r"|delirium",
    r"transfusion|blood products|allerg\w+|anaphyla\w+",
    r"retrograde ejaculation|dry ejaculation|sexual (?:dys)?\w*function|eventration",
    r"(?:need (?:for|of)|later|further|eventual|second|repeat) (?:\w+ )?(?:surgery|op\w*|fusion|arthrodesis"
    r"|laminectomy|stiffening)"
    r"|re-?operation|re-?surgery|re-?op\b",
    r"(?:implant|hardware|cage|screw|rod|device|lead|prosthe\w+)s? (?:\w+ ){0,2}(?:fail\w*|fractur\w*|break\w*"
    r"|displace\w*"
    r"|malposition\w*|migrat\w*|wear|loosen\w*|back-?out|pull-?out|shift)"
    r"|(?:displacement|wear|breakage|migration|loosening) (?:or \w+ )?of",
    r"non-?union|pseud[oa]\w*arthros\w+|lacking healing|adjacent (?:segment|level)|junctional (?:kyphosis|failure)",
    r"(?:insufficient|no) (?:effect|benefit)|no better|not working|failure to (?:help|improve)|pain no better"
    r"|failed back"
    r"|persist\w+ (?:\w+ )?pain|persistence of pain|ongoing (?:back )?pain|may still hurt|loss of effect",
)
"""What is named before an operation far more often than it happens."""
_HAPPENS = (
    r"infection|sepsis|discitis|spondylodiscitis",
    r"bleed\w*|haemorrhag\w*|hemorrhag\w*|h(?:a)?ematoma|after-bleeding",
    r"(?:dural?|dura|membrane|sac|csf|liquor|lcr|spinal fluid)\W+(?:\w+ ){0,2}(?:tear|leak\w*|fistula|puncture)"
    r"|durotomy"
    r"|tear of (?:the )?(?:dura|sac)|(?:membrane|dura) (?:may )?tear",
    r"\bdvt\b|\bpe\b|thrombos[ie]s|embol\w+|clots?\b",
    r"cauda equina|caud\w+ syndrome|bladder|bowel|sphincters?|incontinence|urine|f(?:a)?eces",
    r"weakness|foot drop|drop foot|dropp?\w* foot|numbness|paresis|neuro(?:logic\w*)? deficits?|foot weak",
    r"cement leak\w*|rib (?:fracture|#)|new fracture|neighbouring",
    r"ileus|hernia|pneumonia|chest (?:infection|events?)",
)
_ABSTRACT = [re.compile(rf"(?<![\w-])(?:{one})", re.IGNORECASE) for one in _TALKED_OF]
_CONCRETE = [re.compile(rf"(?<![\w-])(?:{one})", re.IGNORECASE) for one in _HAPPENS]
_LISTED = re.compile(r"[,;/&]|\band\b|\bor\b|\[x\]")
_TALE = re.compile(
    r"\b(?:since|yesterday|today|tonight|overnight|last night|this morning|pod ?#?\d|c/b|complicated by|developed"
    r"|presents?|presented|presenting|admitted|reports?|complain\w*|c/o|treated (?:with|for)|diagnosed|confirmed"
    r"|underwent|s/p|post-?op day|readmi\w+|returned (?:to|with)|found to have|course was)\b",
    re.IGNORECASE,
)
"""What tells that some of it came."""
_ITEMS, _KINDS, _ONLY_TALKED = 3, 4, 2


_RARE = re.compile(
    r"\b(?:rare|rarely|uncommon|seldom|infrequent|unlikely|risks?|per cent|in (?:a |one )?(?:hundred|thousand)|1 in)\b"
    r"|%",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?<!\w)\(?\d\)\s?[A-Za-z]")


def lists_dangers(sentence: str) -> bool:
    """Whether the sentence lists four kinds of danger, two of them seldom told otherwise, and no tale; or numbers them
    and says how rare they are."""
    if len(_NUMBERED.findall(sentence)) > 1 and _RARE.search(sentence) and not _TALE.search(sentence):
        return True
    if len(_LISTED.findall(sentence)) < _ITEMS or _TALE.search(sentence):
        return False
    talked = sum(one.search(sentence) is not None for one in _ABSTRACT)
    return talked >= _ONLY_TALKED and talked + sum(one.search(sentence) is not None for one in _CONCRETE) >= _KINDS
