"""The page of bases as AppTest draws it: the list and one site, in every language, whatever the address asks."""

from __future__ import annotations

import re
from datetime import date

import pytest

from pages.parts import sites
from pages.parts.data import books, snapshot
from pages.parts.far import distance
from pages.parts.spells import stale
from pages.parts.words import LOCALES, words
from tests.rows import cases
from tests.test_app import deck, html, opened, whole

DAY = "2025-09-07"
LATER = "2026-11-20"


def page(**asked: str) -> str:
    return html(opened("pages/bases.py", **asked))


def keys(said: str) -> set[str]:
    return set(re.findall(r"data-show='([^']+)'", said))


def listed(said: str) -> list[str]:
    return re.findall(r"<th scope='row'><div class='beside'>.*?</a>", said)


@pytest.mark.parametrize("lang", LOCALES)
@pytest.mark.parametrize("asked", [{"as_of": "2019-01-19"}, {"as_of": LATER}, {"as_of": LATER, "place": "ain-al-asad"}])
def test_every_view_is_there_in_every_language_without_raw_keys(asked: dict[str, str], lang: str) -> None:
    said = page(lang=lang, **asked)
    assert f"lang='{lang}'" in said
    whole(said)


def test_the_list_has_every_site_of_the_picture_once_with_its_evidence() -> None:
    said = page(lang="en", as_of=DAY)
    bases = snapshot(books(date.fromisoformat(DAY)), date.fromisoformat(DAY)).bases
    assert len(listed(said)) == len({row["place"] for row in bases}) > 10
    assert {f"base:{row['place']}:{row['force']}" for row in bases} <= keys(said)
    assert max(re.findall(r"datetime='([\d-]+)'", said)) <= DAY
    assert re.search(r"1,600</a></span><small>United States, stated 3 Sep 2025", said)
    assert "Border with Syria <span>about 152 km</span>" in said


@pytest.mark.parametrize(
    ("asked", "there", "not_there"),
    cases(
        [
            ("a country", {"region": "SY"}, ["Conoco"], ["Harir"]),
            ("a region", {"region": "IQ-AN"}, ["Ain al-Asad", "H-2"], ["Harir", "Conoco"]),
            ("a region of regions", {"region": "IQ-KR"}, ["Harir"], ["Ain al-Asad"]),
            ("a state", {"state": "left"}, ["Conoco"], ["Harir"]),
            ("both", {"state": "left", "region": "IQ"}, ["Taji"], ["Conoco", "Harir"]),
        ]
    ),
)
def test_sites_are_chosen_by_where_they_lie_and_by_state(
    asked: dict[str, str], there: list[str], not_there: list[str]
) -> None:
    said = " ".join(listed(page(lang="en", as_of=DAY, **asked)))
    assert all(name in said for name in there)
    assert not any(name in said for name in not_there)


@pytest.mark.parametrize(
    "asked",
    [
        {"region": "<script>alert(1)</script>"},
        {"state": "'><u>"},
        {"region": "FR"},
        {"region": "SY", "state": "overdue"},
    ],
)
def test_unknown_and_hostile_choices_give_all_sites_and_a_notice(asked: dict[str, str]) -> None:
    said = page(lang="en", as_of=DAY, **asked)
    assert words("en")("notice.choice") in said
    assert "<script>" not in said and "'><u>" not in said
    assert len(listed(said)) > 10


@pytest.mark.parametrize("place", ["<b>", "atlantis", "IQ", "kharab-al-jir", "speicher"])
def test_a_site_nobody_tells_of_by_that_day_gives_a_notice_and_all_sites(place: str) -> None:
    said = page(lang="en", as_of=DAY, place=place)
    assert words("en")("notice.site") in said
    assert len(listed(said)) > 10
    assert "<b>atlantis" not in said


def test_one_site_has_its_states_forces_facts_deadlines_distances_and_neighbours() -> None:
    app = opened("pages/bases.py", lang="en", as_of=LATER, place="ain-al-asad")
    said = html(app)
    strip, table = said.split("<section id='states'")
    assert re.findall(r"class='spell (\w+)'", strip)[-3:] == ["overdue", "contested", "left"]
    spells = set(re.findall(r"class='spell [^>]*data-show='([^']+)'", strip))
    assert spells == keys(table.partition("</section>")[0])
    assert "about 130" in said and "Denmark" in said
    assert "stated 3 Sep 2025 · reported gone by 4 Nov 2025" in said
    assert all(name in said for name in ("id='facts'", "id='near'", "id='far'", "class='timetable'"))
    assert said.count("<tr><th scope='row'><div class='beside'><span class='mark") == 5
    shown = next(layer for layer in deck(app)["layers"] if layer["id"] == "picked")
    assert shown["data"][0]["show"] == "base:ain-al-asad:US"


def test_every_value_of_a_site_leads_to_its_sentence() -> None:
    said = page(lang="en", as_of=LATER, place="qasrak")
    for key in sorted(keys(said)):
        panel = page(lang="en", as_of=LATER, place="qasrak", show=key).partition("class='evidence'")[2]
        assert "<mark>" in panel, key


def test_the_evidence_of_a_base_leads_to_its_own_page_but_not_on_it() -> None:
    shown = {"lang": "en", "as_of": DAY, "show": "base:harir:US"}
    assert (
        "bases?lang=en&amp;as_of=2025-09-07&amp;place=harir" in html(opened(**shown)).partition("class='evidence'")[2]
    )
    own = page(**shown, place="harir").partition("class='evidence'")[2]
    assert "<mark>" in own and "onward" not in own


def test_a_site_with_approximate_coordinates_says_about() -> None:
    assert "<td class='num'>about 4 km</td>" in page(lang="en", as_of=DAY, place="union-iii")


@pytest.mark.parametrize(
    ("km", "rough", "english"),
    [(0.0, False, "under 1 km"), (0.9, True, "under 1 km"), (1.4, False, "1 km"), (99.6, True, "about 100 km")],
)
def test_distances_in_words(km: float, rough: bool, english: str) -> None:
    assert distance(words("en"), km, rough) == english


@pytest.mark.parametrize(
    ("told", "stretches"),
    cases(
        [
            ("one report", ["2020-01-01"], [("2020-12-31", "2023-01-01")]),
            ("told again in time", ["2020-01-01", "2020-12-01", "2021-11-01", "2022-10-01"], []),
            ("a gap between two", ["2020-01-01", "2022-06-01"], [("2020-12-31", "2022-06-01")]),
            ("old when it began", ["2018-01-01"], [("2020-01-01", "2023-01-01")]),
        ]
    ),
)
def test_a_state_pales_a_year_after_the_last_report(told: list[str], stretches: list[tuple[str, str]]) -> None:
    spell = {"start": date(2020, 1, 1), "told": [date.fromisoformat(day) for day in told]}
    found = [(f"{start}", f"{end}") for start, end in stale(spell, date(2023, 1, 1))]
    assert found == stretches


def test_a_site_keeps_the_deadline_of_the_place_that_it_lies_in() -> None:
    every = sites.sites_of(snapshot(books(date.fromisoformat(DAY)), date.fromisoformat(DAY)))
    found = {site.place: site.deadline and site.deadline["place"] for site in every}
    assert found["ain-al-asad"] == "ain-al-asad"
    assert found["al-omar"] is None
    assert found["erbil-air-base"] in ("IQ-AR", "IQ-KR")
