"""The words by which a note sets what it tells before the operation, and those that end such a frame.

Labels, openings, and what stands behind them as evidence; how far each reaches is for who reads them.
"""

from __future__ import annotations

import re

OWN = r"(?:the |his |her |my |their |this |that |any )?"
OPERATION = (
    r"(?:surg\w+|ops?\b|operati\w+|intervention|procedure|fusion|laminectomy|\w*discectomy|decompression|theatre)"
)
SURE = (
    r"(?:\bpra?e-?\s?(?:op|surg|operati|admission|admit|adm\b|assess|procedur|intervention)\w*"
    rf"|\b(?:before|prior to|preceding) {OWN}(?:{OPERATION}|admission)|\boriginally\b"
    r"|\boriginal (?:\w+ )?(?:claim|complaints?|symptoms?|presentation|problems?|referral|history|deficits?|injury|form"
    r"|letter|diagnosis)\b"
    r"|\b(?:carried|copied|brought|imported|pulled|pasted)(?: (?:over|forward|across|in))? from (?:the |pre\w*[- ]?)*"
    r"(?:clinic|out-?patients?|opd|referral|assess\w*|clerking|waiting list|admission))"
)
"""Before the operation, beyond doubt."""
ADMITTED = (
    r"(?:\b(?:at|on|upon|of) (?:the )?(?:adm|admission|admittance|presentation|intake|hospitali[sz]ation)\b"
    r"|\b(?:on|at) arrival\b|\bclerking\b|\bpresentation\b|\bpresenting illness\b"
    r"|\b(?:admission|admitting|adm|presenting|intake) (?:exam\w*|status|findings?|complaints?|history|symptoms?"
    r"|neuro\w*"
    r"|signs|power|diagnos\w+|problems?|state|deficits?)|\b(?:reason|indication|cause)s? (?:for |of )?(?:the )?"
    r"(?:hospital )?(?:admission|hospitali[sz]ation|stay)\b)"
)
FIRST = (
    r"(?:\bPTA\b|\bprior level\b|\bPLOF\b|\bwhat brought (?:him|her|them|me|pt)\b"
    r"|\b(?:first|initial|1st|index)(?:ly)? (?:out-?patient |clinic |opd )?(?:consult\w*|presentation|complaints?"
    r"|symptoms?|problems?|exam\w*|findings?|referral|admission|clinic|opd|status)\b)"
)
STUDY = (
    r"mri|ct|x-?rays?|imaging|films?|scans?|bloods?|labs?|crp|hb|plan|advice|checklist|weight|compar\w+|versus|vs|than"
    r"|since|changed?|different|new|unlike|relative|wors\w+|weaker|no|not|none|nil|without|loss|lost|fall"
)
"""A label of these sets then against now, or holds no signs."""
LABEL = re.compile(
    rf"(?:^|(?<=[.;:!\"])[ \t])[ \t#*>\"\[(-]*(?:\d{{1,2}}[.)][ \t]*)?"
    rf"(?P<name>(?=[^\n:]{{0,70}}?(?:{SURE}|{ADMITTED}|{FIRST}))"
    rf"(?![^\n:]{{0,70}}\b(?:{STUDY})\b)[A-Z][^\n:;.!?]{{1,70}}?)\s?:(?!\d)",
    re.IGNORECASE | re.MULTILINE,
)
SURELY = re.compile(SURE, re.IGNORECASE)
OF_ADMISSION = re.compile(ADMITTED, re.IGNORECASE)
HEADLINE = re.compile(
    rf"^[ \t#*_]*(?P<name>(?=[^\n]{{0,40}}?(?i:{SURE}|{ADMITTED}|{FIRST}))"
    r"[A-Z][A-Z /()&-]{5,40}?)[ \t*_]*$",
    re.MULTILINE,
)
"""A heading in capitals, alone in its line."""
BEHIND_NOW = (
    r"(?![^.\n]{0,80}(?:\b(?:ago|last|previous\w*|prior|earlier|elsewhere|back|was|were|pending|tonight|tomorrow"
    r"|planned|await\w*|listed"
    r"|none|nil|tbc|revision|re-?explor\w*|re-?do)\b|\d[./-]\d{1,2}[./-]\d))"
)
"""An operation of some time ago is no part of this stay: who comes in after it has the sign of now."""
LATER = re.compile(
    r"(?:^|[.;]\s)[\s>#*-]*(?:\d{1,2}[.)]\s*)?(?:procedure|operation|surgery|op(?: note| report|eration note)?"
    r"|post-?\s?op"
    r"(?:erative(?:ly)?)?(?: course| period)?|(?:hospital |post\w* )?course|intervention"
    r"|(?:final |condition |status |state |exam\w* |findings )?(?:at|on|upon) discharge"
    r"|discharge (?:status|condition|state|exam\w*|findings|medication))"
    rf"(?: (?:performed|done|date|report short))?\s?[:-]{BEHIND_NOW}"
    rf"|\b(?:at|on|upon) discharge\b{BEHIND_NOW}|\bdischarge (?:status|condition|state|exam\w*|findings)\b"
    rf"|\bunderwent\b{BEHIND_NOW}",
    re.IGNORECASE | re.MULTILINE,
)
"""What comes after an admission to be operated on."""
SENT_HOME = re.compile(r"\bdischarge (?:summary|letter|report|note)\b", re.IGNORECASE)
AT_PRESENT = re.compile(
    r"(?:^|[.;]\s)[\s>#*-]*(?:\w+ )?(?:today|now|current(?:ly)?|at present|present (?:status|state)|follow-?up|review"
    r"|what (?:she|he|i|pt) (?:has|have) now|discharge)\b[^\n]{0,120}?"
    r"\b(?:[45]\+?/5|normal\w*|full|strong|well|fine"
    r"|better"
    r"|improv\w*|recover\w*|resolv\w*|gone|continent|dry|walks?|voids?|intact|complete\w*|able|independent)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""The state of now, where it tells of something well: a plan or a request beside it proves nothing."""
RECOVERED = re.compile(
    r"(?<!not )(?<!n't )(?<!partly )(?<!partially )\b(?:(?:resolved|recovered|regained|disappeared|normali[sz]ed)\b"
    r"|(?:improved|up|back|returned|now)\W+(?:\w+\W+){0,3}?(?:5/5|normal|full))",
    re.IGNORECASE,
)
SOON = 160
"""Characters behind a sentence in which its recovery is told."""
AGAIN = re.compile(
    r"\bre-?(?:admi|presen|attend|explor|operat|hospitali)\w+|\brevision\b|\breturned (?:to|via|with)\b|\bback in\b"
    r"|\b(?:recovery|pacu|hdu|itu|icu|theatre)\b|\bto (?:the )?ward\b|\bpost-?\s?op\w*|\bpod\b"
    r"|\b(?:since|after"
    r"|following|s/p|status post) (?:\w+ ){0,3}?"
    rf"{OPERATION}|\b(?:today|yesterday|last night|this (?:morning|week|am)|overnight)\b",
    re.IGNORECASE,
)
"""With these what brought somebody in came after the operation."""
PLANNED = re.compile(r"\b(?:revision|re-?do|listed|awaiting|planned|scheduled|booked|tomorrow)\b", re.IGNORECASE)
"""Who waits for another operation has what stands before it now."""
TURN = re.compile(
    r"(?:(?<=[.;,:(!])|(?<=\s-)|\b(?:and|but|then|with)\b)\s*(?:(?:and|but|then)\s)?(?:she |he |it |pt |all |is |are "
    r"|has |have )*"
    r"(?:now|today|tonight|current(?:ly)?|at present|nowadays|post-?\s?op\w*|since (?:the |his |her )?(?:op|surgery"
    r"|operation|then|yesterday|last|this|mon|tue|wed|thu|fri|sat|sun)|after (?:the |his |her )?(?:surgery|op\b"
    r"|operation)"
    r"|(?:at|on|upon) discharge|discharge|this (?:morning|am|evening|afternoon|week)|yesterday|last night|overnight"
    r"|d(?:ay)? ?\d|pod|o/e|on exam\w*|exam\w*|new(?:ly)?|wors\w+|recovery|still|persist\w*|unchanged"
    r"|remain\w*)\b|\b(?:now|yesterday|today|since waking|on waking|woke|from theatre|from recovery|in recovery"
    r"|since (?:mon|tue|wed|thu|fri|sat|sun|yesterday)\w*)\b",
    re.IGNORECASE,
)
NEXT_LABEL = re.compile(r"[.;!\"]\s+(?!(?:MRI|CT|EMG|X-?rays?|Imaging)\b)(?P<name>[A-Z][\w /()&'-]{1,40}):")
WRITTEN_OUT = "Motor exam"
"""The label under which shorthand writes out grades: where nobody else wrote it, it opens nothing of its own."""
OPENS = re.compile(r"[ \t#*>-]*[A-Z][^\n:]{0,60}:")

RECALL = re.compile(
    r"\b(?:(?:you|we)(?: will| may| might|'ll)?(?: no doubt| well| perhaps| also| surely| both)? (?:recall|remember)"
    r"|as you (?:(?:may|will|well|no doubt) )*(?:know|recall|remember|are aware)|to (?:remind|refresh) (?:you"
    r"|your memory)"
    r"|(?:by way of|as a) (?:reminder|recap)|in recap(?:itulation)?|to recap(?:itulate)?)\b",
    re.IGNORECASE,
)
BROUGHT_IN = re.compile(
    rf"(?<![\w-])(?:(?:at|on|upon) {OWN}(?:first |initial |index )?(?:adm\b|admission|presentation)\b|(?:was |were "
    rf"|had been )?"
    r"(?:admitted|rushed in|brought in|hospitali[sz]ed)\b|\bon the day of admission\b|\bturned up\b"
    r"|(?:had )?(?:originally |initially |first )?presented\b)",
    re.IGNORECASE,
)
WENT_IN = re.compile(r"\b(?:i|we) (?:went|came) in(?:to hospital)? with\b", re.IGNORECASE)
CAME_OUT = re.compile(r"\b(?:came|come|walked|went) (?:out|home)\b|\bwoke up\b", re.IGNORECASE)
OF_PAST = re.compile(
    r"\b(?:was|were|had|came|went|woke|woken|lost|could ?n[o']t|could not|couldn't|presented|developed|suffered|arrived"
    r"|became|rushed|admitted|brought|referred)\b",
    re.IGNORECASE,
)
IN_TIME = re.compile(
    rf"\b(?:now|today|tonight|yesterday|last (?:night|week)|this (?:morning|week|evening|afternoon)|overnight|since"
    rf"|has|have"
    r"|is|are|still|remains?|cannot|can't|currently|afterwards?|after|following|then|later|post-?\s?op\w*|complicated"
    rf"|until|again|re-?(?:admi|presen)\w+|new|underwent|(?:came|come|woke) (?:out|home|up|round)"
    rf"|{OPERATION}(?!(?: \w+){{0,5}}? (?:because|for|as|owing|with)\b))\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:\d+|two|three|four|few) ?(?:hours?|hrs?|days?|/7) ago\b",
    re.IGNORECASE,
)
"""What ends a story of then, or sets it into these days."""
OF_THESE_DAYS = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:yesterday|last (?:night|week)|this (?:morning|week))\b"
    r"|\b(?:\d+|two|three|four|few) ?(?:hours?|hrs?|days?|/7) ago\b",
    re.IGNORECASE,
)
AFTER_ALL = re.compile(
    r"\b(?:discharg\w+|post-?\s?op\w*|after\w*|since|following|anaesthetic|recovery|left with|dural|complicat\w+"
    r"|woke (?:up )?"
    r"(?:from|after|in))\b",
    re.IGNORECASE,
)
"""What a letter recalls with these came with the operation or after it."""
MOST, LONGEST = 40, 1_000
"""Frames of one form that are looked at, and characters of one: what lies beyond is read as of now."""
SENTENCE_END = re.compile(r"[.!?](?=\s|\Z)|\n")
ROW = re.compile(
    r"^[^\n:]{3,60}?[ \t]{2,}(?:Y|Yes|\[x\])[ \t]+(?P<told>[^\n.;]{3,100}?)\b(?:before|prior to) "
    rf"{OWN}{OPERATION}",
    re.IGNORECASE | re.MULTILINE,
)
"""A row of a form that says yes to what was before: "Weakness of a limb   Y   left foot x 3 wks BEFORE op"."""
OPERATED = re.compile(
    rf"^[ \t#*>-]*(?P<told>(?:(?:main |principal |primary )?diagnos[ie]s|dx"
    rf"|problem)\s?:[^\n]{{5,160}}?)[-,;(]\s{{0,2}}(?:operated"
    rf"|treated (?:surgically|operatively|with|by)|now operated|(?:had |underwent |s/p "
    rf"|status post )?(?:\w+ )?{OPERATION}"
    r"[^\n]{0,30}\b(?:ago|done|back|earlier|(?:19|20)\d\d)\b)",
    re.IGNORECASE | re.MULTILINE,
)
"""What the head of a letter says was operated on: "Diagnosis: disc prolapse, foot drop - operated 6 weeks ago"."""
BETTER_NOT = re.compile(r"\b(?:no|not|never|normal|worse|new|than|as)\b|n't\b", re.IGNORECASE)
LIVELY = re.compile(
    r"admi|adm\b|pre|prae|pta\b|arrival|clerking|plof|turned up"
    r"|before|prior|original|recall|remember|as you|remind"
    r"|recap|first|initial|index|carried|copied"
    r"|brought|operat|s/p|status post|treated|present|intake|hospital|went in|came in|rushed|reason",
    re.IGNORECASE,
)
"""Without one of these a text holds no such frame."""
RETURN = re.compile(r"\bre-?(?:admi|presen|attend)\w+", re.IGNORECASE)
NO_RETURN = re.compile(r"(?:\b(?:no|without|nil|any|or)|/) ?\Z", re.IGNORECASE)
UNDERWENT = re.compile(
    rf"\b(?:underwent|had|was taken (?:for|to)|went (?:to|for)|operated|proceeded to)\b{BEHIND_NOW}"
    rf"[^.\n]{{0,50}}?\b{OPERATION}"
    rf"|\bwas operated\b{BEHIND_NOW}|\b(?:we took|was taken) (?:\w+ )?straight to theatre\b",
    re.IGNORECASE,
)
