"""The page add as AppTest draws it: bring in, look, correct, keep, and review; every test in a ledger of its own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import insert
from streamlit import config
from streamlit.testing.v1 import AppTest

from extract.articles import Given
from ledger.folders import SHIPPED
from ledger.reviews import Review
from ledger.schema import reviews
from ledger.sources import Intake, Upload, drafts_of
from ledger.store import Ledger
from pages.parts import writing
from pages.parts.desk import Desk
from pages.parts.frame import today
from pages.parts.words import LOCALES, words
from tests.test_app import html, opened

TEXT = """Baghdad, November 20 (Example Agency) - The last American soldiers left Harir air base on 20 November 2026.

"About 1,234 US troops remain in Erbil province," a spokesman said."""
ARABIC = "قال متحدث عسكري إن نحو 1234 جندياً أمريكياً ما زالوا في أربيل، وإن القوات الأمريكية غادرت قاعدة حرير."


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the shipped reports in it, made once and copied for each test."""
    path = tmp_path_factory.mktemp("filled") / "ledger.db"
    ledger = Ledger(f"sqlite:///{path}")
    ledger.fill(*SHIPPED)
    ledger.close()
    return path


@pytest.fixture
def ledger(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """The test's own ledger, which the pages open too, at a server that only this machine reaches."""
    path = tmp_path / "ledger.db"
    shutil.copy(filled, path)
    monkeypatch.setenv("LEDGER_URL", f"sqlite:///{path}")
    monkeypatch.setattr(writing, "login", lambda: "Layla")
    before = config.get_option("server.address")
    config.set_option("server.address", "127.0.0.1")
    st.cache_resource.clear()
    own = Ledger()
    yield own
    own.close()
    config.set_option("server.address", before)
    st.cache_resource.clear()


def adding(**asked: str) -> AppTest:
    return opened("pages/add.py", **({"lang": "en"} | asked))


def drawn(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception, app.exception
    return app


def pasted(text: str, **asked: str) -> AppTest:
    app = adding(**asked)
    app.text_area(key="pasted").set_value(text)
    return pressed(app, "read-paste")


def pressed(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return drawn(app)


def complete(app: AppTest, number: int = 0) -> AppTest:
    """The draft with its publisher written and its day confirmed."""
    app.text_input(key=f"publisher-{number}").set_value("Example Agency")
    app.checkbox(key=f"sure-{number}").check()
    return drawn(app)


def ticks(app: AppTest) -> dict[str, str]:
    """The claims of the draft's facts, by the keys of their ticks."""
    return {str(box.key): box.label.replace("\\", "") for box in app.checkbox if str(box.key).startswith("right-")}


def tick(app: AppTest, words: str) -> str:
    return next(key for key, claim in ticks(app).items() if words in claim)


def test_a_pasted_text_shows_its_facts_and_what_they_would_change_and_is_kept(ledger: Ledger) -> None:
    before = ledger.picture(today())
    app = complete(pasted(TEXT))
    said = html(app)
    assert said.count("<mark ") >= 2
    assert any("about 1,234" in claim for claim in ticks(app).values())
    assert "What it would change" in said
    assert "United States: troops, Erbil" in said
    assert re.search(r"Harir Air Base</?\w*.*?Left or handed over</b>", said, re.S)
    assert not ledger.has("x") and len(ledger.listing()) == ledger.number(today()), "nothing is kept yet"
    assert ledger.picture(today()).troops.equals(before.troops)
    app = pressed(app, "keep")
    assert "1 report kept" in html(app)
    kept = ledger.listing()[0]
    assert (kept["publisher"], kept["published"], kept["added_by"]) == ("Example Agency", date(2026, 11, 20), "Layla")
    after = ledger.picture(today()).troops
    assert after[(after.place == "IQ-AR") & (after.force == "US")].count_min.tolist() == [1234]
    assert app.text_area(key="pasted").value == "", "the field is free for the next text"


def test_the_same_again_is_told_as_known(ledger: Ledger) -> None:
    pressed(complete(pasted(TEXT)), "keep")
    number = len(ledger.listing())
    app = pasted("The monitor's own header\n\n" + TEXT)
    assert "The ledger has this text already" in html(app)
    assert not [button for button in app.button if button.key == "keep"]
    app = pressed(app, "discard")
    assert "1 was in the ledger already" in html(app)
    assert len(ledger.listing()) == number


def test_a_near_copy_is_told_and_counts_as_one_voice(ledger: Ledger) -> None:
    report = ledger.report("2025-09-07-al-araby-al-jadeed")
    text = report.text.replace(report.text[:20], "بحسب وكالات ومصادر أخرى ", 1)
    app = pasted(text)
    assert "count as one voice" in html(app)
    pressed(complete(app), "keep")
    assert ledger.listing()[0]["origin"] == report.id
    said = html(opened("pages/reports.py", lang="en"))
    assert "2 reports, 1 origin" in said
    assert "origins: near copies" in said
    assert "1 near copy" in html(opened("pages/reports.py", lang="en", report=report.id))


def test_what_is_unticked_is_rejected_with_the_report_in_one_go(ledger: Ledger) -> None:
    app = complete(pasted(TEXT))
    app.checkbox(key=tick(app, "1,234")).uncheck()
    app = drawn(app)
    assert "United States: troops, Erbil" not in html(app), "it would not change the picture"
    assert "rejected" in html(app)
    pressed(app, "keep")
    report = ledger.listing()[0]["report"]
    assert {row["count_min"] for row in ledger.facts_in(report) if row["review"] == "rejected"} == {1234}
    said = html(opened("pages/reports.py", lang="en", report=report))
    assert re.search(r"<s>[^<]*about 1,234[^<]*</s>", said)
    assert "not yet reviewed" in said and "Added on" in said and "Layla" in said


def test_a_fact_is_corrected_before_it_is_kept_and_its_reading_stays(ledger: Ledger) -> None:
    app = complete(pasted(TEXT))
    key = tick(app, "1,234").removeprefix("right-")
    app = pressed(app, f"correct-{key}")
    form = f"use-{key}"
    assert "read as:" in html(app)
    app = pressed(app, form)
    assert "Nothing was changed yet" in html(app)
    app.number_input(key=f"{key}-count_max").set_value(1300)
    app = pressed(app, form)
    assert "about 1,234–1,300" in " ".join(ticks(app).values())
    pressed(app, "keep")
    rows = ledger.facts_in(ledger.listing()[0]["report"])
    corrected = next(row for row in rows if row["review"] == "corrected")
    assert (corrected["count_max"], corrected["read"]["count_max"]) == (1300, 1234)


@pytest.mark.usefixtures("ledger")
def test_a_value_that_cannot_be_is_told_and_the_form_stays() -> None:
    app = complete(pasted(TEXT))
    key = tick(app, "1,234").removeprefix("right-")
    app = pressed(app, f"correct-{key}")
    app.number_input(key=f"{key}-count_max").set_value(10)
    app = pressed(app, f"use-{key}")
    assert "turn them round" in html(app)
    assert app.number_input(key=f"{key}-count_max").value == 10
    app = pressed(app, f"leave-{key}")
    assert "about 1,234" in " ".join(ticks(app).values())


def test_a_discarded_draft_leaves_nothing_but_the_text_that_was_typed(ledger: Ledger) -> None:
    number = len(ledger.listing())
    app = pressed(complete(pasted(TEXT)), "discard")
    assert "1 discarded" in html(app)
    assert app.text_area(key="pasted").value == TEXT
    assert len(ledger.listing()) == number


def test_an_uncertain_day_has_to_be_confirmed_or_edited(ledger: Ledger) -> None:
    app = pasted("American troops have left Harir air base, officials said.")
    app.text_input(key="publisher-0").set_value("Example")
    app = drawn(app)
    assert app.button(key="keep").disabled
    assert "Confirm the day of publication first." in html(app)
    app.checkbox(key="sure-0").check()
    assert not drawn(app).button(key="keep").disabled
    app.checkbox(key="sure-0").uncheck()
    app = drawn(app)
    app.date_input(key="day-0").set_value(date(2026, 11, 2))
    app = drawn(app)
    assert not app.button(key="keep").disabled
    pressed(app, "keep")
    assert ledger.listing()[0]["published"] == date(2026, 11, 2)


@pytest.mark.usefixtures("ledger")
def test_a_publisher_and_a_name_are_needed() -> None:
    app = pasted(TEXT)
    assert "Write who published it." in html(app)
    app = complete(app)
    app.text_input(key="who").set_value("  ")
    app = drawn(app)
    assert app.button(key="keep").disabled
    assert "Write your name first" in html(app)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "is empty"),
        (" \n\t ", "is empty"),
        ("a" * 200_001, "has 200,001 characters"),
        ("a\0b " * 50_001, "characters"),
    ],
)
@pytest.mark.usefixtures("ledger")
def test_what_cannot_be_read_gives_one_line_and_keeps_what_was_typed(text: str, line: str) -> None:
    app = pasted(text)
    said = html(app)
    assert line in said and "1 could not be read" in said
    assert app.text_area(key="pasted").value == text


HOSTILE = (
    "<script>alert(1)</script> **bold** [link](javascript:alert(1)) ![x](http://x/y.png) :red[x] $x^2$ "
    "\u202eesrever\u202c </div><img src=x onerror=alert(1)> {word} %s '; DROP TABLE reports; -- "
)


@pytest.mark.parametrize("lang", LOCALES)
def test_hostile_text_is_shown_as_text(ledger: Ledger, lang: str) -> None:
    app = pasted(HOSTILE + TEXT, lang=lang)
    app.text_input(key="title-0").set_value(HOSTILE)
    app.text_input(key="publisher-0").set_value(HOSTILE)
    app.text_input(key="who").set_value(HOSTILE[:79])
    app.checkbox(key="sure-0").check()
    app = pressed(drawn(app), "keep")
    report = ledger.listing()[0]
    pages = [html(app), html(opened("pages/reports.py", lang=lang))]
    pages += [html(opened("pages/reports.py", lang=lang, report=report["report"]))]
    for said in pages:
        assert not re.search(r"<(script|img src=x)", said)
        assert "\u202e" not in said
        assert "&lt;script&gt;" in said
    assert "\u202e" not in report["title"] + report["publisher"] + report["added_by"]


@pytest.mark.parametrize("lang", LOCALES)
@pytest.mark.parametrize("text", [TEXT, ARABIC])
@pytest.mark.usefixtures("ledger")
def test_all_of_it_is_there_in_every_language(lang: str, text: str) -> None:
    app = pasted(text, lang=lang)
    said, word = html(app), words(lang)
    for key in ("draft.title", "draft.text", "draft.changes", "draft.publisher.first"):
        assert word.html(key) in said
    direction = "rtl" if text is ARABIC else "ltr"
    assert re.search(rf"<div class='text' tabindex='0' lang='\w+' dir='{direction}'>", said)
    assert ticks(app)


def test_several_drafts_come_one_after_the_other_or_all_complete_ones_at_once(ledger: Ledger) -> None:
    lines = [
        f'{{"text": "About {number} US troops are in Erbil.", "published": "2026-11-0{day}", "publisher": "P{day}"}}'
        for day, number in ((1, 1101), (2, 1202), (3, 1303))
    ]
    lines += ['{"text": "About 1,404 US troops are in Erbil."}', "{broken"]
    app = adding()
    mine = Desk()
    upload = Upload("four.jsonl", "\n".join(lines).encode())
    for found in drafts_of(upload, Intake(today(), Given(changed=today()))):
        mine.take(found)
    app.session_state["desk"] = mine
    app = drawn(app)
    assert "1 of 4" in html(app)
    assert "1 could not be read" in html(app) and "line 5" in html(app)
    app = pressed(app, "keep")
    assert "2 of 4" in html(app)
    app = pressed(app, "keep-all")
    assert "4 of 4" in html(app)
    assert app.button(key="keep").disabled, "its day is not certain"
    assert {row["publisher"] for row in ledger.listing()[:3]} == {"P1", "P2", "P3"}


@pytest.mark.parametrize("address", [None, "0.0.0.0", "monitor.example.org"])  # noqa: S104 - what it must refuse
def test_a_server_open_to_others_offers_nothing_and_writes_nothing(ledger: Ledger, address: str | None) -> None:
    config.set_option("server.address", address)
    for asked in ({}, {"view": "review"}):
        app = adding(**asked)
        assert "off on this server" in html(app)
        assert not list(app.button) and not list(app.text_area)
    stamp = ledger.stamp()
    report = ledger.report("2025-09-07-al-araby-al-jadeed")
    guarded = Ledger(guard=writing.check)
    with pytest.raises(writing.NotAllowedError):
        guarded.add(report, "x")
    with pytest.raises(writing.NotAllowedError):
        guarded.review(Review(report.id, None, "rejected", "x"))
    guarded.close()
    assert ledger.stamp() == stamp


def test_the_queue_begins_with_what_contradicts_and_four_buttons_answer(ledger: Ledger) -> None:
    app = adding(view="review")
    said = html(app)
    assert "Contradicted" in said and "Others say" in said
    first = ledger.queue(today(), 3)
    names = [str(button.key) for button in app.button if str(button.key).endswith(first[0].fact["fact"])]
    assert [name.partition("-")[0] for name in names] == ["accepted", "rejected", "correct", "skip"]
    app.text_input(key=f"why-{first[0].fact['fact']}").set_value("says so")
    app = pressed(drawn(app), names[0])
    (fact,) = ledger.facts([first[0].fact["fact"]]).values()
    assert fact["review"] == "accepted"
    assert ledger.history(1)[0].who == "Layla" and ledger.history(1)[0].note == "says so"
    app = pressed(app, f"skip-{first[1].fact['fact']}")
    assert "1 skipped fact again" in " ".join(button.label for button in app.button)
    app = pressed(app, "undo")
    assert ledger.facts([first[0].fact["fact"]])[first[0].fact["fact"]]["review"] is None


def test_a_correction_in_the_review_keeps_the_reading_and_marks_the_value(ledger: Ledger) -> None:
    app = adding(view="review")
    fact = ledger.queue(today(), 1)[0].fact
    assert fact["kind"] == "base"
    app = pressed(app, f"correct-{fact['fact']}")
    app.selectbox(key=f"{fact['fact']}-status").set_value("present")
    app = pressed(app, f"use-{fact['fact']}")
    (row,) = ledger.facts([fact["fact"]]).values()
    assert (row["status"], row["read"]) == ("present", {"status": fact["status"]})
    shown = html(opened(lang="en", show=f"base:{fact['place']}:{fact['force']}"))
    assert "✎" in shown and "corrected" in shown and "read as:" in shown


def test_nothing_is_said_without_a_name(ledger: Ledger) -> None:
    app = adding(view="review")
    app.text_input(key="who").set_value("")
    fact = ledger.queue(today(), 1)[0].fact["fact"]
    app = pressed(drawn(app), f"rejected-{fact}")
    assert "Write your name first" in html(app)
    assert ledger.facts([fact])[fact]["review"] is None


def test_reviews_that_lost_their_fact_are_listed(ledger: Ledger) -> None:
    fact = ledger.queue(today(), 1)[0].fact
    ledger.review(Review(fact["report"], fact["fact"], "rejected", "Omar", why="a <slip>"))
    row = {"report": fact["report"], "fact": "0" * 16, "verdict": "rejected", "who": "Omar", "why": "a <slip>"}
    with ledger.engine.begin() as connection:
        connection.execute(insert(reviews).values(row | {"at": ledger.history(1)[0].at}))
    said = html(adding(view="review"))
    assert "Reviews that lost their fact" in said
    assert "Omar" in said and "a &lt;slip&gt;" in said


def test_when_all_is_judged_the_page_says_so(ledger: Ledger) -> None:
    first = ledger.first_day()
    assert first
    for one in ledger.queue(first, 99):
        ledger.review(Review(one.fact["report"], one.fact["fact"], "accepted", "Omar"))
    assert "Nothing waits for a review on this day." in html(adding(view="review", as_of=first.isoformat()))


@pytest.mark.parametrize("lang", LOCALES)
def test_changes_between_two_days_are_told_in_words(lang: str) -> None:
    said = html(opened("pages/about.py", lang=lang, view="changes", **{"from": "2026-09-01", "to": "2026-10-05"}))
    word = words(lang)
    for key in ("change.met", "change.late", "change.changed"):
        assert word.html(key) in said
    assert "show=deadline%3AIQ%3Acoalition%3A2026-09-30" in said and "as_of=2026-10-05" in said


@pytest.mark.parametrize(
    ("start", "end", "notice"),
    [
        ("2026-10-05", "2026-09-01", "turned round"),
        ("x", "2026-09-01", "no date"),
        ("1900-01-01", "2999-01-01", "outside"),
        ("<b>", "%00", "no date"),
    ],
)
def test_bad_days_give_others_and_a_notice(start: str, end: str, notice: str) -> None:
    said = html(opened("pages/about.py", lang="en", view="changes", **{"from": start, "to": end}))
    assert "class='notice'" in said and notice in said
    assert "value='<b>" not in said and "from=%3Cb" not in said


def test_days_without_a_change_say_so() -> None:
    said = html(opened("pages/about.py", lang="en", view="changes", **{"from": "2019-01-19", "to": "2019-01-19"}))
    assert "Nothing changed from 19 January 2019 to 19 January 2019." in said
