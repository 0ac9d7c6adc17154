"""The parts of the pages one by one: what is escaped, where names go, when a window ends."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import unquote
from xml.etree import ElementTree

import pandas as pd
import pytest

from ledger.plain import rows_of
from pages.parts import labels, marks
from pages.parts.countdown import window_end
from pages.parts.evidence import in_context, marked, safe_url
from pages.parts.map import mark_size, region_fills

HOSTILE = 'One <script>alert("1")</script> two. Three & four. Five.'


def test_a_quote_is_escaped_and_marked_with_whole_words_around_it() -> None:
    start = HOSTILE.index("Three")
    shown = in_context(HOSTILE, start, start + len("Three & four."), 8)
    assert shown == "… two. <mark>Three &amp; four.</mark> Five."
    assert in_context(HOSTILE, start, start + 5, 0) == "<mark>Three</mark>"


def test_a_whole_text_is_escaped_and_overlapping_facts_are_marked_once() -> None:
    facts = [
        {"fact": "a", "char_start": 0, "char_end": 30},
        {"fact": "b", "char_start": 20, "char_end": len(HOSTILE)},
    ]
    shown = marked(HOSTILE, facts, picked="b")
    assert "<script>" not in shown
    assert re.findall("data-facts='([^']+)'", shown) == ["a", "a b", "b"]
    plain = re.sub("</?mark[^>]*>", "", shown)
    assert plain == HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    assert shown.count("class='picked'") == 2


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&amp;c=2"),
        ("https://example.org/'onclick='x", "https://example.org/&#x27;onclick=&#x27;x"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(address: str | None, safe: str | None) -> None:
    assert safe_url(address) == safe


def test_a_window_ends_at_midnight_in_baghdad() -> None:
    # 30 September 2025, 24:00 in Baghdad (UTC+3, no summer time) is 21:00 UTC.
    assert window_end({"date_end": date(2025, 9, 30)}) == 1_759_266_000_000


def test_names_on_the_map_never_overlap_and_the_important_ones_come_first() -> None:
    points = [{"position": [44.0 + i / 50, 33.0], "label_map": f"Base {i}", "size": 20, "rank": i} for i in range(12)]
    wide = [{"position": [44.1, 33.0], "label_map": "IRAQ"}, {"position": [60.0, 33.0], "label_map": "FAR"}]
    window = labels.Window(33.0, 44.0, 5.3, width=400, height=300)
    labels.place(points, wide, window)
    assert "anchor" in points[0]
    assert any("anchor" not in point for point in points)
    assert "anchor" not in wide[1], "a name outside the window would be cut"
    boxes = [name["box"] for name in [*points, *wide] if "box" in name]
    assert not [(a, b) for a in boxes for b in boxes if a is not b and labels._meet(a, b)]


@pytest.mark.parametrize("anchor", ["start", "middle", "end"])
@pytest.mark.parametrize("name", ["عين الأسد", "بنکەی هەولێر", "قاعدة H2", "<&'>", "#%"])
def test_the_picture_of_a_name_is_whole_and_stands_at_its_place(name: str, anchor: str) -> None:
    icon = labels.picture(name, 12.5, [34, 38, 46, 255], anchor)
    kind, _, svg = icon["url"].partition(",")
    text = ElementTree.fromstring(unquote(svg))[0]  # noqa: S314 - our own drawing
    assert (kind, text.text) == ("data:image/svg+xml", name)
    assert text.get("fill") == "rgb(34,38,46)"
    assert int(text.get("x", "-1")) == icon["anchorX"]
    left = {"start": 0, "middle": icon["width"] // 2, "end": icon["width"]}
    assert icon["anchorX"] == left[anchor]


def test_marks_differ_in_shape_and_colour() -> None:
    shapes = [shape for _, _, shape in marks.BASES.values()]
    assert len(set(shapes)) == len(shapes)
    for theme in (0, 1):
        assert len({mark[theme] for mark in marks.BASES.values()}) == len(marks.BASES)
        assert len({mark[theme] for mark in marks.REGIONS.values()}) == len(marks.REGIONS)
    assert "<" not in marks.style(), "the browser's cleaner drops a style with a tag in it"


def test_a_mark_grows_with_the_stated_troops_and_unknown_is_small() -> None:
    assert mark_size(None, "present") < mark_size(500, "present") < mark_size(2500, "present") <= 46
    assert mark_size(2500, "left") == mark_size(None, "left")


def test_regions_are_coloured_by_an_expression_of_their_ids() -> None:
    fills = region_fills("light", {"IQ-BG": "due"})
    assert fills.startswith("properties.id === 'IQ-BG' ? [230, 159, 0, ")
    assert fills.endswith(" : [0, 0, 0, 0]")
    assert region_fills("light", {}) == "[0, 0, 0, 0]"


def test_missing_values_become_none() -> None:
    table = pd.DataFrame({"n": pd.array([1, None], dtype="Int64"), "f": pd.Series([["a"], []], dtype=object)})
    assert rows_of(table) == [{"n": 1, "f": ["a"]}, {"n": None, "f": []}]
