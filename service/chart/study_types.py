"""What kind of study or test something is: the words and concepts of an order, study or report in, names of tests out.

The names are the findings of the case sheet that tell whether it was done: ``mri``, ``ct``, ``flexion_extension``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from service.chart.chart import is_lumbar
from service.text.documents import level_parser

_MODALITY = {"MR": "MR", "CT": "CT", "CR": "XR", "DX": "XR", "RG": "XR", "XR": "XR", "BMD": "BMD", "US": "US"}
_SAID = (
    ("MR", re.compile(r"\b(mri?|irm|rmn?|mrt|mr imaging|magnetic resonance|r[eéi]s+onan[cçz]\w+)\b")),
    ("CT", re.compile(r"\b(ct|tdm|tac|tc|cat scan|comput(?:ed|eri[sz]ed) tomograph\w*|tomograf\w+)\b")),
    (
        "XR",
        re.compile(
            r"\b(xr|rx(?=[\s.-]+(?:\w+ )?(?:lomb|lumb|rach|colu|th?ora|ls\b|baci|bass|pelv|sacr|anc|hip))|rtg|x-?rays?"
            r"|radiogra(?:ph|f)\w*|r[öo]e?ntgen\w*|radiologic examination|plain films?|films?)\b"
        ),
    ),
)
_PLACES = (
    (
        "lumbar",
        re.compile(
            r"lumb(?:ar|o|al)|lomb(?:a[ir]|o)|lendenwirbel|\blws\b|l[äa]ndrygg|korsrygg"
            r"|\bl-?spine\b|\bls-?spine\b|\bl/s[ -]spine\b|\btl-?spine\b"
        ),
    ),
    ("cervical", re.compile(r"cervic|\bc-?spine\b")),
    ("thoracic", re.compile(r"thoracic|\bdorsal spine\b|\bt-?spine\b")),
    (
        "whole",
        re.compile(r"(?:whole|entire|total|complete|full)[ -](?:length )?(?:spin|vertebral)|cervicothoracolumbar"),
    ),
    ("sacroiliac", re.compile(r"sacro-?iliac|\bsi[ -]joints?\b|\bsij\b")),
    ("pelvis", re.compile(r"pelvi[sc]|sciatic nerve|piriformis|plexus")),
    ("hip", re.compile(r"\bhips?\b")),
)
_PLACED = re.compile(
    r"lumb|lomb|lws|rygg|rach|colu|wirbel|spin|cervic|thorac|vertebra|sacr|\bsi|pelvi|sciatic|piriformis|plexus|\bhip|\d",
    re.IGNORECASE,
)
"""What any name of one of these places, or of a level, holds: a chest film needs no closer look."""
_SPINE = re.compile(
    r"\bspin(?:e|al)\b|vertebral column|vertebra|\brach(?:is|ide)\b|\bcolum?na\b|\bcoluna\b|wirbels|rygg"
)
_PLEXUS = re.compile(r"lumbo-?sacral plexus|lumbar plexus")
_FLEXION = re.compile(r"\bflexion|\bflex\b|\bdynamic\b|functional (?:views|films)")
_FULL_LENGTH = re.compile(r"scoliosis|full[ -]length|\beos\b|36[ -]inch|long[ -](?:cassette|film)|14[ -]?x[ -]?36")
_UPRIGHT = re.compile(r"standing|upright|weight[ -]?bearing")
"""Upright films of the lumbar spine alone show neither head nor hips: they measure no balance."""
_MYELOGRAM = re.compile(r"myelogra")
_DENSITY = re.compile(r"\bdxa\b|\bdexa\b|\bdmo\b|densitom|bone (?:mineral )?densit|densitometry|absorptiometry")
_DUPLEX = re.compile(r"duplex|doppler|compression ultraso|venous ultraso")
_LEG_VEINS = re.compile(r"vein|venous|venos|veineux|venen|\bdvt\b|\blegs?\b|lower (?:extremit|limb)|calf")
_ARTERIES = re.compile(r"ankle[ -]brachial|\babi\b|arterial (?:duplex|doppler|ultraso)|segmental pressure")
_NERVES = re.compile(
    r"electromyo|\ben?mn?g\b|\beneg\b|nerve conduction|\bncs\b|\bncv\b|electrodiagnos|ele[ck]?troneuro|elektromyo"
)
_ARMS = re.compile(r"\barms?\b|upper (?:extremit|limb)|carpal|median nerve|ulnar")
_LEGS = re.compile(r"\blegs?\b|lower (?:extremit|limb)|peroneal|tibial|lumb")
_NOT_A_STUDY = re.compile(
    r"guid(?:ed|ance)|biopsy|intra-?operative|during surgery|(?:steroid|epidural|facet|root) injection|discogra"
)
"""A picture taken to steer a needle or an operation answers no question about the pain."""
_TESTED = re.compile(
    r"densi|dxa|dexa|dmo|absorptio|ankle|abi\b|arterial|pressure|duplex|doppler|ultraso"
    r"|electro|elektro|eletro|emg|enmg|eneg|nerve|nc[sv]"
)
_HINT = re.compile(
    r"mr|rm|magnet|sonan|ct\b|tdm|tac|tc\b|cat |tomog|x-?r|rx|rtg|ntgen|radio|film"
    r"|dxa|dexa|dmo|densi|absorp|duplex|doppler|ultras|brachial|abi|arter|pressure"
    r"|electro|elektro|eletro|emg|enmg|eneg|nerve|nc[sv]",
    re.IGNORECASE,
)
"""What any name of a study holds: most procedures of a chart are none and need no closer look."""

_OF_CONCEPT: dict[str, frozenset[str]] = {
    "imaging-mr-lumbar": frozenset({"mri"}),
    "imaging-ct-lumbar": frozenset({"ct"}),
    "imaging-xr-lumbar": frozenset({"xray"}),
    "imaging-xr-flexion-extension": frozenset({"xray", "flexion_extension"}),
    "imaging-xr-standing-spine": frozenset({"xray", "standing_films"}),
    "imaging-mr-whole-spine": frozenset({"whole_spine_mri"}),
    "imaging-mr-sacroiliac": frozenset({"si_mri"}),
    "imaging-mr-pelvis": frozenset({"pelvis_mri"}),
    "imaging-xr-pelvis-hip": frozenset({"hip_xray"}),
    "imaging-ct-myelography": frozenset({"ct_myelogram"}),
    "imaging-bone-density": frozenset({"bone_density"}),
    "imaging-leg-duplex": frozenset({"leg_duplex"}),
    "emg-ncs-study": frozenset({"emg"}),
    "ankle-brachial-index": frozenset({"vascular_test"}),
}
ELSEWHERE = "elsewhere"
"""What a code without words tells of another or an unnamed part of the spine: no ground to call it lumbar."""
LUMBAR_KINDS = frozenset({"mri", "ct", "xray", "flexion_extension", "standing_films", "ct_myelogram"})
PICTURES = LUMBAR_KINDS | {"whole_spine_mri", "si_mri", "pelvis_mri", "hip_xray"}


class Sighting(Struct, frozen=True, gc=False):
    """What the entries about one study told: its modalities, the parts of the body, and the kinds they amount to."""

    modalities: frozenset[str]
    places: frozenset[str]
    kinds: frozenset[str]

    @property
    def lumbar(self) -> bool | None:
        """Whether it shows the lumbar spine; ``None`` when nobody says what it shows."""
        if self.kinds & LUMBAR_KINDS or self.places & {"lumbar", "whole", "spine"}:
            return True
        return False if self.places or self.kinds else None


def sight(
    concepts: Iterable[str],
    modality_codes: Iterable[str],
    words: Iterable[str],
    site_words: Iterable[str] = (),
    series_words: Iterable[str] = (),
) -> Sighting:
    """Read modality, part of the body and kind.

    Series descriptions tell posture, and the place only if nothing else does: many a lumbar MRI has a "whole spine"
    localiser among its series.
    """
    concepts = tuple(concepts)
    own = _plain((*words, *site_words))
    series = _plain(series_words)
    if _NOT_A_STUDY.search(own):
        return Sighting(frozenset(), frozenset(), frozenset())
    modalities = {_MODALITY[code] for code in modality_codes if code in _MODALITY}
    modalities |= {name for name, said in _SAID if said.search(own)} if not modalities else set()
    modalities |= {
        c.split("-")[1].upper() for c in concepts if c.startswith(("imaging-mr-", "imaging-ct-", "imaging-xr-"))
    }
    places = _places(own) or _places(series) - {"whole"}
    if not places and "imaging-other-spine" in concepts:
        places = {ELSEWHERE}
    kinds = frozenset().union(*(_OF_CONCEPT.get(c, frozenset()) for c in concepts))
    kinds |= _tests(own, modalities)
    if not kinds & {"bone_density", "leg_duplex", "vascular_test", "emg"}:
        kinds |= _pictures(modalities, places, f"{own} {series}")
    if "whole_spine_mri" in kinds and not (places and places <= {"cervical", "thoracic"}):
        kinds |= {"mri"}
    return Sighting(frozenset(modalities), frozenset(places), frozenset(kinds))


def may_be_study(words: str, concepts: Iterable[str]) -> bool:
    return bool(_HINT.search(words)) or any(concept in _OF_CONCEPT for concept in concepts)


def _plain(words: Iterable[str]) -> str:
    return " ; ".join(" ".join(w.replace("_", " ").split()) for w in words if w).lower()


def _places(text: str) -> set[str]:
    if not _PLACED.search(text):
        return set()
    found = {name for name, said in _PLACES if said.search(text)}
    if _PLEXUS.search(text) and not _SPINE.search(text):
        found.discard("lumbar")
    if not found & {"lumbar", "cervical", "thoracic", "whole"}:
        if is_lumbar(level_parser.place_in_text(text)):
            found.add("lumbar")
        elif _SPINE.search(text):
            found.add("spine")
    return found


def _pictures(modalities: set[str], places: set[str], text: str) -> set[str]:
    shows_lumbar = bool(places & {"lumbar", "spine", "whole"})
    kinds: set[str] = set()
    if "MR" in modalities:
        kinds |= {"mri"} if shows_lumbar else set()
        kinds |= {"whole_spine_mri"} if "whole" in places or {"cervical", "thoracic"} <= places else set()
        kinds |= {"si_mri"} if "sacroiliac" in places else set()
        kinds |= {"pelvis_mri"} if places & {"pelvis", "hip"} else set()
    if "CT" in modalities and shows_lumbar:
        kinds |= {"ct", "ct_myelogram"} if _MYELOGRAM.search(text) else {"ct"}
    if "XR" in modalities:
        kinds |= {"hip_xray"} if places & {"pelvis", "hip"} else set()
        if shows_lumbar:
            kinds |= {"xray"}
            kinds |= {"flexion_extension"} if _FLEXION.search(text) else set()
            kinds |= {"standing_films"} if _shows_balance(text, places) else set()
    return kinds


def _shows_balance(text: str, places: set[str]) -> bool:
    return bool(_FULL_LENGTH.search(text) or (_UPRIGHT.search(text) and places - {"lumbar"}))


def _tests(text: str, modalities: set[str]) -> set[str]:
    kinds: set[str] = set()
    if "BMD" in modalities or _DENSITY.search(text):
        kinds.add("bone_density")
    if not _TESTED.search(text):
        return kinds
    if _ARTERIES.search(text):
        kinds.add("vascular_test")
    elif _DUPLEX.search(text) and _LEG_VEINS.search(text):
        kinds.add("leg_duplex")
    if _NERVES.search(text) and not (_ARMS.search(text) and not _LEGS.search(text)):
        kinds.add("emg")
    return kinds
