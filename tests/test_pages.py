"""The pages of troops and deadlines as AppTest draws them, in both languages, whatever the address asks."""

from __future__ import annotations

import re

import pytest

from pages.parts.words import LOCALES, words
from tests.test_app import component, html, opened, whole

DAYS = ["2019-01-19", "2025-09-07", "2026-11-20"]
PAGES = ["troops", "deadlines"]


def page(name: str, **asked: str) -> str:
    return html(opened(f"pages/{name}.py", **asked))


def keys(said: str) -> list[str]:
    return re.findall(r"data-show='([^']+)'", said)


def rows(said: str) -> list[str]:
    return re.findall(r"<tr><th scope='row'.*?</tr>", said, re.S)


@pytest.mark.parametrize("lang", LOCALES)
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", PAGES)
def test_every_day_has_its_page_in_every_language_without_raw_keys(name: str, day: str, lang: str) -> None:
    said = page(name, lang=lang, as_of=day)
    assert f"lang='{lang}'" in said
    whole(said)
    assert not [day for day in re.findall(r"datetime='([\d-]+)'", said) if day > "2027-12-31"]


@pytest.mark.parametrize("day", DAYS[1:])
@pytest.mark.parametrize("name", PAGES)
def test_chart_and_table_say_the_same_and_stay_on_their_page(name: str, day: str) -> None:
    said = page(name, lang="en", as_of=day)
    chart, table = said.split("<section id='")[:2]
    assert set(keys(table)) == set(re.findall(r"class='(?:claim|deadline) [^']*'[^>]*data-show='([^']+)'", chart))
    assert len(rows(table)) == len(keys(table)) > 10
    links = re.findall(r"class='[^']*'[^>]*href='([^']+)'[^>]*data-show|data-show='[^']+'[^>]*href='([^']+)'", said)
    assert all(f"{name}?" in (one or other) for one, other in links)


def test_nothing_published_later_is_shown() -> None:
    said = page("troops", lang="en", as_of="2025-09-07")
    assert max(re.findall(r"datetime='([\d-]+)'", said)) == "2025-09-07"
    early = page("troops", lang="en", as_of="2019-01-19")
    assert len(rows(early)) == 1
    assert "more than 6,000" in early


@pytest.mark.parametrize(
    "asked",
    [
        {"force": "<script>alert(1)</script>"},
        {"place": "'><u>"},
        {"force": "US", "place": "atlantis"},
        {"force": "FR", "place": "SY"},
        {"state": "x"},
        {"by": "x"},
    ],
)
@pytest.mark.parametrize("name", PAGES)
def test_hostile_and_unknown_choices_give_the_usual_view_and_a_notice(name: str, asked: dict[str, str]) -> None:
    said = page(name, lang="en", as_of="2025-09-07", **asked)
    assert "<script>" not in said
    assert "'><u>" not in said
    unknown = name == "deadlines" or not {"state", "by"} & {*asked}
    assert (words("en")("notice.choice") in said) is unknown
    assert len(rows(said)) > 10


@pytest.mark.parametrize("key", ["fact:0", "fact:", "fact:<b>", "fact:0123456789abcdef", "troops:XX:IQ", "x"])
@pytest.mark.parametrize("name", PAGES)
def test_evidence_that_is_not_there_is_noticed(name: str, key: str) -> None:
    assert words("en")("notice.show") in page(name, lang="en", as_of="2025-09-07", show=key)


@pytest.mark.parametrize("name", PAGES)
def test_each_mark_leads_to_its_sentence(name: str) -> None:
    said = page(name, lang="en", as_of="2025-09-07")
    for key in sorted(set(keys(said))):
        panel = page(name, lang="en", as_of="2025-09-07", show=key).partition("class='evidence'")[2]
        assert "<mark>" in panel, key


def test_a_claim_of_a_later_day_has_no_evidence_yet() -> None:
    said = page("troops", lang="en", as_of="2026-11-20")
    late = re.search(r"2025-10-20.*?data-show='(fact:[0-9a-f]+)'", said, re.S)
    assert late
    assert words("en")("notice.show") in page("troops", lang="en", as_of="2025-09-07", show=late[1])


def test_force_and_place_are_chosen_by_the_address() -> None:
    app = opened("pages/troops.py", lang="en", as_of="2026-11-20", force="US", place="SY")
    assert "<h1>Troops in Syria: United States</h1>" in html(app)
    fields = {field["name"]: field for field in component(app, "choice")["fields"]}
    assert (fields["force"]["value"], fields["place"]["value"]) == ("US", "SY")
    assert {"IQ", "SY", "ain-al-asad"} <= {value for value, _ in fields["place"]["options"]}
    unstated = page("troops", lang="en", as_of="2026-11-20", force="AU", place="unstated")
    assert "Troops, place not stated: Australia" in unstated


def test_hedges_ranges_and_open_ends_are_told_apart_without_colour() -> None:
    said = page("troops", lang="en", as_of="2026-11-20", force="US", place="IQ")
    looks = set(re.findall(r"<a class='(claim [^']*)'", said))
    assert {"claim present", "claim present about", "claim planned down", "claim past up"} <= looks
    assert "claim planned about range" in looks
    assert "class='step open'" in said


def test_a_deadline_counts_down_in_days_and_their_plurals() -> None:
    english = page("deadlines", lang="en", as_of="2025-09-07", place="IQ")
    assert "September 2025: due now, ends in 23 days" in english
    assert "ينتهي بعد ٢٣ يوماً" in page("deadlines", lang="ar", as_of="2025-09-07")
    assert "ends today" in page("deadlines", lang="en", as_of="2025-09-30")
    assert "ends in 1 day<" in page("deadlines", lang="en", as_of="2025-09-29")
    assert "110 days late" in page("deadlines", lang="en", as_of="2026-11-20")


def test_deadlines_are_filtered_and_grouped() -> None:
    late = page("deadlines", lang="en", as_of="2026-11-20", state="met_late")
    assert set(re.findall(r"<div class='track (\w+)'", late)) == {"met_late"}
    syria = page("deadlines", lang="en", as_of="2026-11-20", place="SY")
    assert {"deadline:al-tanf:US", "deadline:SY:US"} <= {key.rpartition(":")[0] for key in keys(syria)}
    assert not [key for key in keys(syria) if ":IQ:" in key]
    who = page("deadlines", lang="en", as_of="2026-11-20", by="who")
    assert "<h3><bdi>Shafaq News</bdi></h3>" in who
    assert "<h3><bdi>Iraq</bdi></h3>" not in who


def test_a_day_without_any_deadline_says_so() -> None:
    for lang in LOCALES:
        assert words(lang)("countdown.none") in page("deadlines", lang=lang, as_of="2019-01-19")
