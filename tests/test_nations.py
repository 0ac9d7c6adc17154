"""The page of nations as AppTest draws it: the table, one force's own view, whatever the address asks."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest

from extract.tables import forces
from ledger.folders import SHIPPED
from ledger.store import Ledger
from ledger.tables import csv_lines
from ledger.tidy import tidy
from pages.parts.words import LOCALES, words
from tests.test_app import html, opened, whole

DAY = "2025-09-07"
LATE = "2026-11-20"


def page(**asked: str) -> str:
    return html(opened("pages/nations.py", **{"lang": "en", "as_of": DAY} | asked))


def names(said: str) -> list[str]:
    return re.findall(r"<th scope='row'><img [^>]*><a [^>]*>([^<]+)</a>", said)


def row(said: str, name: str) -> str:
    return next(part for part in re.findall(r"<tr.*?</tr>", said, re.S) if f">{name}</a></th>" in part)


@pytest.mark.parametrize("lang", LOCALES)
@pytest.mark.parametrize("asked", [{}, {"nation": "US"}, {"nation": "FI"}, {"nation": "coalition"}, {"nation": "nato"}])
def test_both_views_are_drawn_in_every_language_without_raw_keys(asked: dict[str, str], lang: str) -> None:
    said = page(lang=lang, as_of=LATE, **asked)
    whole(said)
    assert "class='notice'" not in said
    links = re.findall(r"href='([^']+)'[^>]*aria-label='([^']+)'", said)
    assert len({name for _, name in links}) >= len({link for link, _ in links}) * 0.8


@pytest.mark.parametrize(
    ("asked", "there", "absent"),
    [
        ({}, {"United States", "Finland", "NATO", "France"}, set()),
        ({"gone": "true"}, {"Finland"}, {"United States", "NATO"}),
        ({"gone": "false"}, {"United States", "NATO"}, {"Finland"}),
        ({"role": "nato"}, {"NATO"}, {"United States"}),
        ({"role": "coalition", "gone": "false"}, {"France"}, {"NATO", "Finland"}),
    ],
)
def test_the_table_is_of_those_asked_for(asked: dict[str, str], there: set[str], absent: set[str]) -> None:
    said = page(**asked)
    found = set(names(said))
    assert there <= found and not absent & found
    assert "class='notice'" not in said
    permanent = re.findall(r"data-show='[^']+' href='nations\?([^']+)'", said)
    assert all(f"{key}={value}" in link for link in permanent for key, value in asked.items())


def test_table_and_csv_have_the_same_rows_in_the_same_order(tmp_path: object) -> None:
    ledger = Ledger(f"sqlite:///{tmp_path}/ledger.db")
    ledger.fill(*SHIPPED)
    for asked in ({}, {"role": "coalition", "gone": "false"}):
        found = tidy("nations", ledger.picture(date.fromisoformat(DAY)), asked, ledger.facts, words("en"))
        rows = list(csv.DictReader(io.StringIO(b"".join(csv_lines("nations", found)).decode("utf-8-sig"))))
        said = page(**asked)
        assert [line["force_name"] for line in rows] == names(said)
        for line in rows:
            shown = row(said, line["force_name"])
            for day in (line["entry"], line["gone_on"], line["last_report"]):
                assert not day or words("en").short(date.fromisoformat(day)) in shown
            assert shown.count("troops:") == len(list(filter(None, line["places"].split()))) or not line["places"]
    ledger.close()


def test_of_the_figures_nato_is_no_nation_and_nothing_is_added() -> None:
    said = page()
    rows = names(said)
    assert f"<strong>{len(rows) - 2} of {len(rows) - 1}</strong>" in said
    assert "1 reported gone; NATO is not counted" in said
    assert "1 reported gone; NATO is not counted" in html(opened(lang="en", as_of=DAY))


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("United States", ["about 2,500", "1,600", "about 2,000", "Ain al-Asad", "named as there"]),
        ("Denmark", ["about 130", "arrival reported", "17 Feb 2020", "none announced"]),
        ("Estonia", ["more than 80", "September 2025", "Iraq: due now"]),
        ("Finland", ["not stated", "29 Dec 2024", "reported gone"]),
    ],
)
def test_values_of_a_nation(name: str, wanted: list[str]) -> None:
    shown = row(page(), name)
    assert not [value for value in wanted if value not in shown]


def test_every_value_opens_its_sentence() -> None:
    said = page()
    keys = set(re.findall(r"data-show='([^']+)'", said))
    assert {key.partition(":")[0] for key in keys} == {"troops", "nation", "fact", "deadline"}
    for key in [next(key for key in sorted(keys) if key.startswith(kind)) for kind in ("fact:", "troops:", "nation:")]:
        panel = page(show=key).partition("class='evidence'")[2]
        assert "<mark>" in panel, key
        assert ("nations?" in panel and "Everything told of" in panel) is key.startswith("nation:")


@pytest.mark.parametrize(
    ("force", "wanted"),
    [
        ("US", ["United States: about 2,500 troops, Iraq, as stated on 7 September 2025", "troops?lang=en&amp;as_of="]),
        ("FI", ["Finland: reported gone, 29 December 2024", "70</a>", "earlier, 31 Dec 2024"]),
        ("EE", ["Withdrawal of Estonian forces from Iraq, September 2025: due now, ends in 23 days."]),
        ("coalition", ["It is no sum of nations.", "bases?lang=en&amp;as_of=2025-09-07&amp;place="]),
        ("FR", ["France: no report states a number as there", "No report tells of it at a site."]),
        ("nato", ["NATO: 500 troops, Iraq"]),
    ],
)
def test_a_force_s_own_view(force: str, wanted: list[str]) -> None:
    said = page(nation=force)
    assert not [value for value in wanted if value not in said]
    assert max(re.findall(r"datetime='([\d-]+)'", said)) <= DAY


def test_what_is_not_all_says_so() -> None:
    said = page(nation="US", as_of=LATE)
    assert said.count("<tr><th scope='row'><a class='ev'") == 60
    assert re.search(r"The newest 60 of 1\d\d\.", said)
    assert "The newest" not in page(nation="FR", as_of=LATE)


@pytest.mark.parametrize("name", ["xx", "<script>alert(1)</script>", "IT", "us"])
def test_an_unknown_nation_gives_a_notice_and_the_list(name: str) -> None:
    said = page(nation=name)
    assert "No report until this day tells of the nation in the address." in said
    assert "<script>" not in said
    assert len(names(said)) > 10


@pytest.mark.parametrize("asked", [{"role": "<u>"}, {"gone": "maybe"}, {"role": "bilateral"}])
def test_a_choice_that_nothing_fits_gives_all_and_a_notice(asked: dict[str, str]) -> None:
    said = page(**asked)
    assert words("en")("notice.choice") in said
    assert "<u>" not in said
    assert len(names(said)) > 10


def test_sentences_name_every_nation_as_english_does() -> None:
    english, arabic = words("en"), words("ar")
    assert [english.whose(force) for force in ("EE", "NL", "NZ", "US", "coalition", "nato")] == [
        "Estonian", "Dutch", "New Zealand", "US", "coalition", "NATO",
    ]  # fmt: skip
    assert arabic.whose("EE") == "إستونيا"
    nations = [force for force, kind in forces().items() if kind == "nation"]
    assert not [force for force in nations if english.whose(force) == english.force(force) and force != "NZ"]
