"""Three invented documents, each as long as its kind is: a clinic letter, an MRI report, a long radiology report."""

from __future__ import annotations

from typing import Any

_LETTER = """\
The patient is a 54 year old man who had a microdiscectomy at L4-5 on the left in March 2024. He was completely free
of leg pain for eight months. In November he bent to lift a box and had sudden left leg pain down to the foot. He
denies bladder or bowel symptoms. There is no fever or weight loss. Pain is worse sitting and eased by lying down. He
takes ibuprofen and gabapentin. He works as a warehouse clerk and has been off work for three weeks.

On examination he walks normally and stands on heels and toes. Straight leg raise is positive on the left at 40
degrees. Power is normal. Sensation is reduced over the lateral calf. Reflexes are present and symmetrical. The scar
is well healed. Hips move freely and pulses are palpable. I explained to him that most attacks of this kind settle
with time, and that an operation is seldom needed in the first weeks. He would like to go back to work as soon as he
can. We agreed that he stays active and avoids lifting.

Plan: MRI and review in two weeks. He knows that he should come back at once if he loses power or control of the
bladder.
"""
_MRI = """\
HISTORY: Low back and left leg pain, status post L4-5 microdiscectomy.
TECHNIQUE: Sagittal and axial T1 and T2 weighted sequences were obtained before and after intravenous gadolinium.
COMPARISON: MRI of March 2024.
FINDINGS: Vertebral body heights are maintained. Alignment is normal. The conus terminates at L1 and is unremarkable.
L1-2: No disc herniation or stenosis.
L2-3: Mild disc bulge without canal stenosis.
L3-4: Mild facet arthrosis; no foraminal narrowing.
L4-5: Postsurgical changes of left hemilaminotomy. There is a left paracentral disc extrusion measuring 7 mm that
displaces the traversing left L5 root. Mild peripheral enhancement is consistent with granulation tissue. There is
moderate left foraminal stenosis.
L5-S1: Disc desiccation with a broad based bulge, no root compression.
No abnormal epidural collection is seen. Paraspinal soft tissues are unremarkable.
IMPRESSION:
1. Recurrent left paracentral disc extrusion at L4-5 with compression of the left L5 root.
2. Moderate left foraminal stenosis at L4-5.
3. No evidence of discitis or epidural abscess.
"""
_LONG = """\
EXAM: CT of the lumbar spine with sagittal and coronal reformations.
HISTORY: Persistent low back pain, status post posterior fusion L3 to L5 in 2021, question of nonunion.
TECHNIQUE: Axial images of 1 mm were acquired from T11 to the sacrum without contrast. Metal artifact reduction was
used.
COMPARISON: Radiographs of January 2022 and CT of June 2022.
FINDINGS:
There are five lumbar type vertebrae. The patient has had a posterior fusion with pedicle screws and rods from L3 to L5
and interbody cages at L3-4 and L4-5. Overall alignment is unchanged since the last study. Vertebral body heights are
maintained and no acute fracture is seen. The bones are mildly demineralized.

Hardware: The rods and the connectors are intact. The screws at L3 and L4 are well contained within the pedicles and
without surrounding lucency. There is a lucent halo of 2 mm around both L5 screws, more on the right, which has
increased since the last study. The right L5 screw breaches the medial cortex by 2 mm. The cage at L3-4 is in good
position. The cage at L4-5 has subsided by 3 mm into the superior endplate of L5.

Fusion: Mature bridging bone is present across the disc space at L3-4 and within the left lateral gutter. No bridging
bone is seen across L4-5, neither within the cage nor in the gutters, and there is a vacuum cleft next to the cage.

T12-L1 and L1-2: Mild anterior osteophytes. No disc herniation. The canal and the foramina are patent.
L2-3: The level above the fusion shows loss of disc height, a broad based bulge and hypertrophy of the facets with
moderate narrowing of the central canal and mild bilateral foraminal narrowing. There is a retrolisthesis of 3 mm.
L3-4: Status after laminectomy. The canal is widely decompressed. No foraminal stenosis.
L4-5: Status after laminectomy. Moderate right foraminal stenosis from endplate spurs.
L5-S1: Mild facet arthrosis. Small central protrusion without contact with the S1 roots.

The sacroiliac joints show mild degenerative changes without erosion or ankylosis. There is no paraspinal collection.
Atherosclerotic calcification of the aorta without aneurysm. A simple cyst of 12 mm is seen in the left kidney. The
visualized bowel is unremarkable.

IMPRESSION:
1. Findings of pseudarthrosis at L4-5 with loosening of the L5 screws and subsidence of the cage.
2. Solid fusion at L3-4.
3. Moderate stenosis at L2-3 above the fusion, slightly progressed.
4. Moderate right foraminal stenosis at L4-5.
5. No fracture and no collection.
"""


def documents(day: str) -> dict[str, tuple[str, dict[str, Any]]]:
    """By kind: the words, and the resource that holds them."""
    return {
        "clinic letter": (_LETTER, _report("Consultation letter", _LETTER, day)),
        "MRI report": (_MRI, _report("MRI lumbar spine", _MRI, day)),
        "long radiology report": (_LONG, _report("CT lumbar spine", _LONG, day)),
    }


def _report(title: str, words: str, day: str) -> dict[str, Any]:
    return {
        "resourceType": "DiagnosticReport",
        "id": "text",
        "status": "final",
        "code": {"text": title},
        "effectiveDateTime": day,
        "conclusion": words,
    }
