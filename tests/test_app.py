"""The pages as AppTest draws them: what they say, in both languages, whatever the address asks."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.frame import today
from pages.parts.words import LOCALES, _rows, words

ROOT = Path(__file__).resolve().parent.parent
DAY = "2025-09-07"


def opened(page: str | None = None, **asked: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update(asked)
    app.run()
    if page:
        app.switch_page(page)
        app.query_params.update(asked)
        app.run()
    assert not app.exception, app.exception
    return app


def html(app: AppTest) -> str:
    bodies = [element.proto.body for element in app.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


def raw_keys(said: str) -> list[str]:
    """The keys of data/words.csv that stand where their words should."""
    return sorted({key for key in _rows() if "." in key}.intersection(re.findall(r"[\w.-]+", said)))


def whole(said: str) -> None:
    """Fails where a page shows a key of data/words.csv, a field that was not filled in, or Python's word for none."""
    assert not raw_keys(said)
    assert not re.search(r"[{}]|>(None|nan|<NA>|NaT)<", said)


def component(app: AppTest, name: str) -> dict[str, Any]:
    found = next(e.proto for e in app.get("bidi_component") if e.proto.component_name == name)
    return json.loads(found.json)


def countdown(app: AppTest) -> dict[str, Any]:
    return component(app, "countdown")


def deck(app: AppTest) -> dict[str, list[dict[str, Any]]]:
    return json.loads(app.get("deck_gl_json_chart")[0].proto.json)


def layer(app: AppTest, name: str) -> dict[str, Any]:
    return next(layer for layer in deck(app)["layers"] if layer["id"] == name)


def test_the_overview_of_a_past_day_counts_down_to_the_end_of_its_deadline() -> None:
    app = opened(lang="en", as_of=DAY)
    said = html(app)
    assert "On 7 September 2025, the coalition mission in Iraq is due to end by 30 September 2025." in said
    data = countdown(app)
    assert data["end"] == 1_759_266_000_000  # 1 October 2025, 00:00 in Baghdad
    assert data["end"] - 24 * 86_400_000 < data["now"] < data["end"] - 22 * 86_400_000
    assert data["units"]["days"] == {"one": "day", "other": "days"}
    # Kurdistan lies behind it, a year later.
    assert re.search(r"<time>(September )?2026</time><div><a [^>]*>[^<]*Kurdistan", said)


def test_today_says_what_became_of_the_last_deadline_when_none_lies_ahead() -> None:
    app = opened(lang="en", as_of="2026-11-20")
    data = countdown(app)
    assert data["end"] is None
    assert data["text"]["over"].startswith("All announced deadlines have passed")
    assert "30 September 2026" in data["text"]["until"]
    assert data["text"]["result"]
    assert "On 20 November 2026, " in html(app)


@pytest.mark.parametrize("lang", LOCALES)
@pytest.mark.parametrize("day", ["2019-01-19", "2020-03-19", "2024-09-27", DAY, "2026-01-18", "2026-09-30"])
def test_every_day_has_a_picture_in_every_language_without_raw_keys(lang: str, day: str) -> None:
    app = opened(lang=lang, as_of=day)
    said = html(app)
    assert f"lang='{lang}'" in said
    shown = said + json.dumps(countdown(app)["text"], ensure_ascii=False)
    assert not raw_keys(shown)
    assert "{" not in shown.replace(json.dumps(countdown(app)["text"], ensure_ascii=False), "")
    assert not re.search(r">(None|nan|<NA>|NaT)<", said)


@pytest.mark.parametrize("asked", ["x", "", "2025-13-40", "1900-01-01", "2999-12-31", "<script>", "20250907T00", "0"])
def test_a_bad_day_gives_another_one_and_a_notice(asked: str) -> None:
    app = opened(lang="en", as_of=asked)
    assert "class='notice'" in html(app)
    assert "<script>" not in html(app)
    day = component(app, "timebar")
    assert day["first"] == "2019-01-19" <= day["day"] <= day["last"] == today().isoformat()


def test_bad_language_and_bad_evidence_are_noticed() -> None:
    said = html(opened(lang="<b>", show="nation:<b>XX"))
    assert "This language is not available yet." in said
    assert "has no evidence on this day" in said


def test_arabic_is_written_from_right_to_left_with_its_own_words_and_plurals() -> None:
    app = opened(lang="ar", as_of=DAY)
    style = next(e.proto.body for e in app.get("html") if e.proto.body.startswith("<style>"))
    assert ".stApp{direction:rtl}" in style
    data = countdown(app)
    assert set(data["units"]["days"]) == {"zero", "one", "two", "few", "many", "other"}
    # WebGL cannot write Arabic: the names on the map are pictures that the browser sets.
    assert layer(app, "names")["@@type"] == "IconLayer"
    for row in layer(app, "names")["data"]:
        assert f">{row['label_map']}</text>" in unquote(row["icon"]["url"])
    assert not re.search(r"[\ufe70-\ufefc]", json.dumps(deck(app), ensure_ascii=False) + html(app))


def test_each_number_leads_to_its_sentence() -> None:
    said = html(opened(lang="en", as_of=DAY))
    keys = re.findall(r"data-show='([^']+)'", said)
    assert {key.partition(":")[0] for key in keys} == {"troops", "nation", "base", "deadline", "deadlines"}
    for key in sorted(set(keys) - {"deadlines"}):
        shown = html(opened(lang="en", as_of=DAY, show=key))
        panel = shown.partition("class='evidence'")[2]
        assert "<mark>" in panel, key
        assert "reports?" in panel, key


@pytest.mark.parametrize("lang", LOCALES)
def test_a_day_before_any_site_or_deadline_says_so_and_leaves_no_empty_lists(lang: str) -> None:
    said = html(opened(lang=lang, as_of="2019-01-19"))
    assert "<ul></ul>" not in said
    assert "<ol></ol>" not in said
    assert "0 of 0" not in said
    word = words(lang)
    assert said.count(word("figure.sites.never")) >= 1
    assert word("headline.where.none") in said
    assert word("sites.none") in said


def test_all_deadlines_can_be_listed() -> None:
    panel = html(opened(lang="en", as_of=DAY, show="deadlines")).partition("class='evidence")[2]
    assert panel.count("<li>") > 15
    assert "data-show='deadline:ain-al-asad:US:2025-09-" in panel


def test_the_map_shows_every_base_once_and_asks_nothing_of_other_hosts() -> None:
    app = opened(lang="en", as_of=DAY)
    points = layer(app, "bases")["data"]
    names = [point["show"].split(":")[1] for point in points]
    assert len(names) == len(set(names)) > 5
    said = html(app)
    assert all(f"data-show='{point['show']}'" in said for point in points)
    assert "http" not in re.sub(r"http://www.w3.org/2000/svg", "", json.dumps(deck(app)["layers"]))
    assert all(len(point["position"]) == 2 for point in points)


def test_a_report_shows_its_text_with_its_facts_marked_in_place() -> None:
    said = html(opened("pages/reports.py", lang="en", report="2025-09-07-al-araby-al-jadeed"))
    assert said.count("<mark ") >= 3
    text = json.loads((ROOT / "data/reports/2025-09-07-al-araby-al-jadeed.json").read_text("utf-8"))["text"]
    shown = re.search(r"<div class='text'[^>]*>(.*?)</div>", said, re.S)
    assert shown and re.sub(r"<a .*?</a>|</?mark[^>]*>", "", shown[1]) == text
    facts = re.findall(r"<li id='fact-(\w+)' class='fact'>", said)
    assert len(facts) == len(re.findall(r"class='number' href='#fact-", shown[1])) == said.count("<code ")
    assert set(facts) == {ident for idents in re.findall(r"data-facts='([^']+)'", shown[1]) for ident in idents.split()}
    assert said.count("class='review open'") == len(facts)
    again = html(opened("pages/reports.py", lang="en", report="2025-09-07-al-araby-al-jadeed", fact=facts[2]))
    assert again.count("class='fact picked'") == 1
    assert again.count("mark class='picked'") >= 1


def test_reports_are_listed_and_an_unknown_one_is_noticed() -> None:
    said = html(opened("pages/reports.py", lang="en", report="<no>"))
    assert "There is no report with this name" in said
    assert re.search(r"\b\d+ reports until", said)
    assert said.count("<li><time") == 50
    part = re.search(r"<span>1–50 of (\d+)</span>", said)
    rest = html(opened("pages/reports.py", lang="en", n="2"))
    assert part and rest.count("<li><time") == int(part[1]) - 50 > 0
    assert "rel='next' href='reports?lang=en&amp;n=2'" in said
    assert "rel='prev' href='reports?lang=en'" in rest


def listed(**asked: str) -> tuple[list[str], str]:
    """The reports in the list, and all that the page says."""
    said = html(opened("pages/reports.py", lang="en", **asked))
    return re.findall(r"<li><time.*?report=([\w-]+)'", said), said


def test_reports_are_searched_and_chosen_by_the_address() -> None:
    found, said = listed(q="اخلا", publisher="")
    assert found and "أُخلي" not in found
    assert all(f"report={ident}" in said for ident in found)
    assert re.search(r"<p class='snippet' lang='ar' dir='rtl'>.*?<mark>[إا]خلاء?</mark>", said)
    assert re.search(r"<p class='found' role='status'>\d+ reports found\. <a href='reports\?lang=en'>", said)
    both, said = listed(q="اخلا", language="ar", kind="deadline", place="harir")
    assert 0 < len(both) <= len(found)
    assert f"q=%D8%A7%D8%AE%D9%84%D8%A7&amp;language=ar&amp;kind=deadline&amp;place=harir&amp;report={both[0]}'" in said
    none, said = listed(q="zzzz")
    assert not none and "Try fewer or other words" in said and "class='empty'" not in said


@pytest.mark.parametrize(
    ("asked", "notice"),
    [
        ({"q": "(.*%_[\\"}, "no letter and no digit"),
        ({"q": "a" * 5000}, "Only the first 100 characters"),
        ({"q": "<script>alert(1)</script>"}, "No report has all of this"),
        ({"q": "\x00\u202e"}, "no letter and no digit"),
        ({"publisher": "<b>"}, "so you see the usual choice"),
        ({"language": "xx", "kind": "x' or 1=1", "place": "nowhere"}, "so you see the usual choice"),
        ({"n": "0"}, "no such page"),
        ({"n": "-1"}, "no such page"),
        ({"n": "٢"}, "no such page"),
        ({"n": "9" * 5000}, "no such page"),
        ({"n": "<b>"}, "no such page"),
        ({"report": "\x00"}, "There is no report with this name"),
        ({"report": "x" * 5000}, "There is no report with this name"),
    ],
)
def test_whatever_the_list_is_asked_for_gives_a_list_or_a_notice(asked: dict[str, str], notice: str) -> None:
    _, said = listed(**asked)
    assert notice in said
    assert "<script>" not in said and "<b>" not in said.replace("<b>Foreign Forces Monitor</b>", "")


def test_a_report_leads_back_to_its_place_in_the_list_and_to_its_neighbours() -> None:
    found, _ = listed(q="troops")
    said = html(opened("pages/reports.py", lang="en", q="troops", report=found[1]))
    assert "<a href='reports?lang=en&amp;q=troops'>Back to the reports found</a>" in said
    assert re.search(r"rel='prev' href='reports\?lang=en&amp;q=troops&amp;report=[\w-]+'>Newer", said)
    assert re.search(r"rel='next' href='reports\?lang=en&amp;q=troops&amp;report=[\w-]+'>Older", said)


def test_reports_published_later_are_not_listed() -> None:
    said = html(opened("pages/reports.py", lang="en", as_of="2020-03-27"))
    assert "2020-03-27" in said
    assert "2025-09-07" not in said.replace("as_of", "")


@pytest.mark.parametrize("lang", LOCALES)
def test_about_is_whole_in_every_language(lang: str) -> None:
    page = html(opened("pages/about.py", lang=lang))
    assert page.count("<h2>") == 7
    assert re.findall(r"<th scope='row'>.*?<td>(\d+)[%٪]", page)  # the error rates, a row a language
