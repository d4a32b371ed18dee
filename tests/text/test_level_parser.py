"""Levels and sides in words, and how places lie to each other."""

from __future__ import annotations

from itertools import combinations
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain import spine
from service.domain.places import NOWHERE, Place, Side
from service.domain.spine import SEGMENTS, VERTEBRAE
from service.text.documents import level_parser


def segments(*names: str) -> Place:
    return Place(segments=names)


def region(name: str) -> Place:
    return Place(region=name)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("L4-5", ["L4-L5"]),
        ("L4/5", ["L4-L5"]),
        ("L4-L5", ["L4-L5"]),
        ("L4 / L5", ["L4-L5"]),
        ("l4–5 disc", ["L4-L5"]),
        ("L4L5", ["L4-L5"]),
        ("L5-1", ["L5-S1"]),
        ("L5/S1.", ["L5-S1"]),
        ("T12-L1", ["T12-L1"]),
        ("Th12/L1", ["T12-L1"]),
        ("L5-L4", ["L4-L5"]),
        ("L3-4-5", ["L3-L4", "L4-L5"]),
        ("L4-5-S1 fusion", ["L4-L5", "L5-S1"]),
        ("L3-S1", ["L3-L4", "L4-L5", "L5-S1"]),
        ("L3 to S1 laminectomy", ["L3-L4", "L4-L5", "L5-S1"]),
        ("T10 to pelvis", list(SEGMENTS)),
        ("L2-ilium", ["L2-L3", "L3-L4", "L4-L5", "L5-S1"]),
        ("stenosis L2-3, herniation L5-S1", ["L2-L3", "L5-S1"]),
        ("lumbar spine: L4-5", ["L4-L5"]),
        ("retrolisthesis of L3 on L4", ["L3-L4"]),
        ("slip of L5 over S1", ["L5-S1"]),
    ],
)
def test_levels_are_read_as_surgeons_write_them(text, named):
    assert segments(*named) == level_parser.place_in_text(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("lumbar laminectomy", "lumbar"),
        ("lumbosacral fusion", "lumbosacral"),
        ("lumbo-sacral spine", "lumbosacral"),
        ("thoracolumbar junction", "thoracolumbar"),
        ("fracture of L4", "lumbar"),
        ("C5-6 discectomy", "cervical"),
        ("cervical spine", "cervical"),
        ("T8-9", "thoracic"),
        ("sacroiliac joint", "sacroiliac"),
        ("spinal fusion", "spine"),
        ("cervical fusion and lumbar laminectomy", "lumbar"),
    ],
)
def test_without_a_level_the_region_is_read(text, name):
    assert region(name) == level_parser.place_in_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hip pain",
        "T2-weighted images",
        "bright on T2 on 3 T",
        "T1/T2",
        "T3/T4 normal",
        "cervical cancer",
        "bowel at 12-14 h",
    ],
)
def test_words_that_look_like_levels_name_none(text):
    assert NOWHERE == level_parser.place_in_text(text)


@pytest.mark.parametrize("text", ["L5 radiculopathy", "L4-S1 dermatomes", "L5-S1 nerve roots", "L4 root"])
def test_a_root_or_dermatome_is_no_level(text):
    assert () == level_parser.place_in_text(text).segments


def test_a_sixth_lumbar_vertebra_leaves_the_level_open():
    assert region("lumbar") == level_parser.place_in_text("herniation L5-6")


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text):
    place = level_parser.place_in_text(text)

    assert set(place.segments) <= set(SEGMENTS)
    assert isinstance(level_parser.side_in_text(text), Side)


@given(
    st.lists(st.sampled_from(["L", "S", "T", "4", "5", "1", "12", "-", "/", " ", "to", ",", "left", "right", "and"]))
)
def test_scraps_of_levels_never_break_it_either(scraps):
    place = level_parser.place_in_text("".join(scraps))

    assert tuple(s for s in SEGMENTS if s in place.segments) == place.segments


@pytest.mark.parametrize("scrap", ["L4-", "L4-5", "L4 -   ", "L", " ", "left and ", "L4 to ", "lumbo", "was left "])
def test_long_texts_are_read_in_linear_time(scrap):
    def seconds(size: int) -> float:
        text = scrap * (size // len(scrap))
        start = perf_counter()
        level_parser.place_in_text(text)
        level_parser.side_in_text(text)
        return perf_counter() - start

    assert seconds(80_000) < 1


def test_a_text_is_read_only_so_far():
    assert NOWHERE == level_parser.place_in_text(" " * 200_000 + "L4-5")


@given(st.sampled_from(list(combinations(VERTEBRAE, 2))))
def test_a_range_names_every_disc_between(pair):
    upper, lower = pair
    between = spine.segments_between(upper, lower)

    assert len(between) == VERTEBRAE.index(lower) - VERTEBRAE.index(upper)
    assert between == spine.segments_between(lower, upper)
    assert segments(*between) == level_parser.place_in_text(f"{upper}-{lower}")


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("left L5 radiculopathy", Side.LEFT),
        ("pain on the left with numbness", Side.LEFT),
        ("rt leg", Side.RIGHT),
        ("RLE weakness", Side.RIGHT),
        ("right-handed man with left leg pain", Side.LEFT),
        ("bilateral sciatica", Side.BILATERAL),
        ("both legs", Side.BILATERAL),
        ("right and left", Side.BILATERAL),
        ("left > right leg pain", Side.BILATERAL),
        ("left leg worse; right normal", Side.UNKNOWN),
        ("right now no pain", Side.UNKNOWN),
        ("she was left with pain", Side.UNKNOWN),
        ("he left the hospital", Side.UNKNOWN),
        ("", Side.UNKNOWN),
    ],
)
def test_sides_are_read_and_other_lefts_and_rights_are_not(text, side):
    assert side is level_parser.side_in_text(text)


@pytest.mark.parametrize(
    ("fused", "beside"),
    [
        (("L4-L5",), ("L3-L4", "L5-S1")),
        (("L4-L5", "L5-S1"), ("L3-L4",)),
        (("L2-L3", "L4-L5"), ("L1-L2", "L3-L4", "L5-S1")),
        (("T10-T11",), ("T11-T12",)),
        ((), ()),
    ],
)
def test_adjacent_segments_lie_right_above_and_below_each_block(fused, beside):
    assert beside == spine.adjacent_segments(fused)


@given(st.sets(st.sampled_from(SEGMENTS)))
def test_a_fused_segment_is_never_adjacent(fused):
    ordered = tuple(s for s in SEGMENTS if s in fused)

    assert not set(spine.adjacent_segments(ordered)) & fused


@pytest.mark.parametrize(
    ("finding", "operated", "expected"),
    [
        (segments("L4-L5"), segments("L4-L5"), "same level"),
        (segments("L3-L4", "L4-L5"), segments("L4-L5"), "same level"),
        (segments("L3-L4"), segments("L4-L5"), "adjacent"),
        (segments("L1-L2"), segments("L4-L5"), "remote"),
        (region("lumbar"), segments("L4-L5"), "same region"),
        (segments("L4-L5"), region("lumbar"), "same region"),
        (region("lumbosacral"), region("lumbar"), "same region"),
        (region("thoracolumbar"), segments("L5-S1"), "unknown level"),
        (region("cervical"), segments("L4-L5"), "unknown level"),
        (region("spine"), region("lumbar"), "unknown level"),
        (NOWHERE, segments("L4-L5"), "unknown level"),
        (segments("L4-L5"), NOWHERE, "unknown level"),
        (segments("L4-L5"), Place(segments=("L5-S1",), region="lumbar"), "same region"),
        (segments("L5-S1"), Place(segments=("L5-S1",), region="lumbar"), "same level"),
    ],
)
def test_levels_are_compared_only_when_both_are_named(finding, operated, expected):
    assert expected == spine.relation(finding, operated)


PLACES = st.one_of(
    st.sets(st.sampled_from(SEGMENTS), min_size=1).map(lambda s: segments(*[x for x in SEGMENTS if x in s])),
    st.sampled_from(["", *spine.REGIONS]).map(region),
)


@given(PLACES, PLACES)
def test_a_region_never_proves_the_same_or_another_level(finding, operated):
    relation = spine.relation(finding, operated)

    if not (finding.segments and operated.segments):
        assert relation in {"same region", "unknown level"}
    assert (relation == "same level") == bool(set(finding.segments) & set(operated.segments))


@given(st.lists(PLACES, max_size=5))
@settings(max_examples=50)
def test_joining_keeps_every_segment_and_the_order_does_not_matter(places):
    joined = spine.join(places)

    assert {s for p in places for s in p.segments} == set(joined.segments)
    assert joined == spine.join(reversed(places))


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([region("lumbar"), segments("L4-L5")], segments("L4-L5")),
        ([region("lumbar"), region("sacral")], region("lumbosacral")),
        ([region("spine"), region("lumbar")], region("lumbar")),
        ([], NOWHERE),
    ],
)
def test_the_finest_telling_of_one_place_wins(places, expected):
    assert expected == spine.join(places)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (segments("L5-S1"), True),
        (segments("T12-L1"), True),
        (segments("T10-T11"), False),
        (region("lumbosacral"), True),
        (region("cervical"), False),
        (region("sacroiliac"), False),
        (region("spine"), None),
        (NOWHERE, None),
    ],
)
def test_the_lumbar_spine_reaches_from_t12_l1_to_l5_s1(place, expected):
    assert spine.is_lumbar(place) is expected
