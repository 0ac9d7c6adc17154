"""Marks of the map: one shape and one colour a state, the same on the map, in the legend and in tables.

Colours are Okabe and Ito's set for colour-blind readers (jfly.uni-koeln.de/color), darkened on light paper;
no two states share a shape, so the map also reads without colour.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

THEMES = ("light", "dark")
BOX = 64  # side of one mark, in pixels of the atlas

# State of a base -> (colour on light, colour on dark, shape). Order = importance, also the legend's.
BASES: dict[str, tuple[str, str, str]] = {
    "present": ("#0068a5", "#56b4e9", "<circle cx='32' cy='32' r='20'/>"),
    "arriving": ("#007a58", "#2fc79a", "<path d='M32 10 54 49H10z'/>"),
    "leaving": (
        "#b86e00",
        "#f0ae2e",
        "<path d='M32 12a20 20 0 0 1 0 40z'/><circle cx='32' cy='32' r='18' fill='none' stroke-width='5'/>",
    ),
    "overdue": ("#c74400", "#ff7d45", "<rect x='14' y='14' width='36' height='36' rx='2'/>"),
    "contested": ("#a03d7c", "#e59cc6", "<path d='M32 8 56 32 32 56 8 32z'/>"),
    "left": ("#5f6672", "#9aa2ae", "<circle cx='32' cy='32' r='17' fill='none' stroke-width='6'/>"),
}

# What a number of troops was told as -> the same. Drawn full for a number told exactly, hollow for "about".
CLAIMS: dict[str, tuple[str, str, str]] = {
    "present": ("#0068a5", "#56b4e9", "<circle cx='32' cy='32' r='23'/>"),
    "arriving": ("#007a58", "#2fc79a", "<path d='M32 8 59 54H5z'/>"),
    "planned": ("#a03d7c", "#e59cc6", "<path d='M32 5 59 32 32 59 5 32z'/>"),
    "leaving": ("#b86e00", "#f0ae2e", "<path d='M32 56 5 10H59z'/>"),
    "left": ("#5f6672", "#9aa2ae", "<path d='M32 42 8 6H56z'/><path d='M8 49H56V57H8z'/>"),
    "past": ("#6b5d4a", "#c0ad90", "<path d='M11 11H53V53H11z'/>"),
}

# State of a deadline -> the same; "done" was done without having been announced.
DEADLINES: dict[str, tuple[str, str, str]] = {
    "upcoming": ("#0068a5", "#56b4e9", BASES["left"][2]),
    "due": ("#b86e00", "#f0ae2e", BASES["leaving"][2]),
    "passed": ("#c74400", "#ff7d45", BASES["overdue"][2]),
    "met": ("#007a58", "#2fc79a", BASES["present"][2]),
    "met_late": ("#a03d7c", "#e59cc6", BASES["contested"][2]),
    "done": ("#5f6672", "#9aa2ae", "<path d='M32 52 9 14H55z'/>"),
}

# State of a region's deadline -> (colour on light, colour on dark).
REGIONS: dict[str, tuple[str, str]] = {
    "upcoming": ("#56b4e9", "#2f7fb0"),
    "due": ("#e69f00", "#c98a00"),
    "passed": ("#d55e00", "#c55a14"),
    "met": ("#009e73", "#158a68"),
    "met_late": ("#cc79a7", "#a85c88"),
}


def colour(hexadecimal: str, alpha: int = 255) -> list[int]:
    """Red, green, blue and alpha (0 to 255) of ``#rrggbb``, as deck.gl wants them."""
    return [int(hexadecimal[i : i + 2], 16) for i in (1, 3, 5)] + [alpha]


def _shape(state: str, paint: str, among: dict[str, tuple[str, str, str]] = BASES) -> str:
    return f"<g fill='{paint}' stroke='{paint}'>{among[state][2]}</g>"


def _svg(width: int, body: str) -> str:
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{BOX}'>{body}</svg>"
    return "data:image/svg+xml," + quote(drawing, safe="/:='()., ")


@lru_cache(maxsize=2)
def atlas(theme: str) -> str:
    """All marks side by side with a halo of the paper's colour, as a data URI for deck.gl's IconLayer."""
    halo = "#ffffff" if theme == "light" else "#0e1116"
    parts = []
    for index, state in enumerate(BASES):
        shape = BASES[state][2].replace("stroke-width='5'", "").replace("stroke-width='6'", "")
        around = f"<g fill='{halo}' stroke='{halo}' stroke-width='13' fill-opacity='.75'>{shape}</g>"
        paint = BASES[state][THEMES.index(theme)]
        parts.append(f"<g transform='translate({index * BOX},0)'>{around}{_shape(state, paint)}</g>")
    return _svg(BOX * len(BASES), "".join(parts))


def atlas_mapping() -> dict[str, dict[str, int]]:
    """Where each mark stands in the atlas, in pixels."""
    return {s: {"x": i * BOX, "y": 0, "width": BOX, "height": BOX} for i, s in enumerate(BASES)}


@lru_cache(maxsize=1)
def style() -> str:
    """CSS: ``.mark.STATE`` draws a base's mark, ``.swatch.STATE`` a region's colour, in both themes."""
    rules = []
    for state, (light, dark, _) in BASES.items():
        mask = _svg(BOX, _shape(state, "#000"))
        rules.append(f'.mark.{state}{{--paint:light-dark({light},{dark});--shape:url("{mask}")}}')
    for state, (light, dark) in REGIONS.items():
        rules.append(f".swatch.{state},.chip.{state}{{--paint:light-dark({light},{dark})}}")
    return "".join(rules)


@lru_cache(maxsize=1)
def chart_style() -> str:
    """CSS of charts: marks ``.claim.STATUS``, hollow with ``.about``, ``.deadline`` on ``.track``, ``.spell.STATE``."""
    rules = []
    for status, (light, dark, shape) in CLAIMS.items():
        hollow = f"<g fill='none' stroke='#000' stroke-width='9' stroke-linejoin='round'>{shape}</g>"
        full, open_ = _svg(BOX, _shape(status, "#000", CLAIMS)), _inset(hollow)
        rules.append(f'.claim.{status}{{--paint:light-dark({light},{dark});--shape:url("{full}")}}')
        rules.append(f'.claim.{status}.about{{--shape:url("{open_}")}}')
    rules += [f".spell.{state}{{--paint:light-dark({light},{dark})}}" for state, (light, dark, _) in BASES.items()]
    for state, (light, dark, _) in DEADLINES.items():
        mask = _svg(BOX, _shape(state, "#000", DEADLINES))
        rules.append(f".deadline.{state},.track.{state}{{--paint:light-dark({light},{dark})}}")
        rules.append(f'.deadline.{state}{{--shape:url("{mask}")}}')
    return "".join(rules)


def _inset(drawing: str) -> str:
    """A mark whose outline reaches no farther than the full mark."""
    return _svg(BOX, f"<g transform='translate(5,5) scale(.84)'>{drawing}</g>")
