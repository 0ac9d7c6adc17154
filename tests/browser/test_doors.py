"""Who may write, asked with a real provider of identities: editors; nobody else, whatever they send."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from ledger.store import Ledger
from tests.browser.test_add import TEXT, draft, still
from tests.browser.test_overview import up
from tests.doors import (
    EDITOR,
    SECOND,
    STRANGER,
    UNVERIFIED,
    cookies_of,
    drawn,
    guarded,
    line,
    opening,
    pressed,
    sent_by,
    sign_in,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("guarded")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch, guarded(folder, patch) as running:
        yield running


@pytest.fixture(scope="module")
def editor(browser: Browser, address: str) -> Iterator[BrowserContext]:
    context = sign_in(browser, address, EDITOR)
    yield context
    context.close()


@pytest.fixture
def ledger(address: str, folder: Path) -> Iterator[Ledger]:  # noqa: ARG001 - the server has filled it
    own = Ledger(f"sqlite:///{folder / 'ledger.db'}")
    yield own
    own.close()


def test_an_editor_adds_under_their_address_and_nobody_can_send_the_same_again(
    browser: Browser, address: str, editor: BrowserContext, ledger: Ledger
) -> None:
    page = editor.pages[0]
    expect(page.locator(".st-key-door")).to_contain_text(EDITOR)
    frames = sent_by(page)
    up(page, f"{address}/add?lang=en")
    draft(page, TEXT.format(n="1,357"))
    page.get_by_label("Publisher").fill("Example Agency")
    page.get_by_label("Publisher").press("Enter")
    page.locator(".st-key-draft-day label").click()
    page.locator(".st-key-keep button").click()
    expect(page.locator(".outcome")).to_contain_text("1 report kept")
    assert ledger.listing()[0]["added_by"] == EDITOR
    first, read, kept = opening(frames), pressed(frames, "read-paste"), pressed(frames, "keep")
    stamp = ledger.stamp()

    mine = cookies_of(editor)
    with line(address, mine) as again:  # the messages do work for whoever may send them
        again.say(first)
        assert "<mark" in drawn(again.say(read))
        session = again.session
    stranger = sign_in(browser, address, STRANGER)
    theirs = cookies_of(stranger)
    forged = create_signed_value("guessed", "_streamlit_user", f'{{"email": "{EDITOR}", "is_logged_in": true}}')
    cut = {name: value[:-6] for name, value in mine.items() if name == "_streamlit_user"}
    others = {
        "logged out": {},
        "stranger": theirs,
        "forged": {"_streamlit_user": forged.decode()},
        "bent": mine | cut,
        "a cookie of another name": mine | {"_streamlit_user": mine["_streamlit_user_tokens"]},
        "a cookie without its token": {"_streamlit_user": mine["_streamlit_user"], "_streamlit_xsrf": "2|0|0|0"},
    }
    for who, cookies in others.items():
        with line(address, cookies, session) as other:
            answers = [*other.say(first), *other.say(read), *other.say(kept)]
            assert other.session != session, f"{who} goes on with the editor's session"
            assert "<mark" not in drawn(answers), who
        assert ledger.stamp() == stamp, who
    stranger.close()


def test_files_are_taken_from_editors_only_and_up_to_five_megabytes(address: str, editor: BrowserContext) -> None:
    page = editor.pages[0]
    frames = sent_by(page)
    up(page, f"{address}/add?lang=en")
    first = opening(frames)
    for cookies, statuses in ((cookies_of(editor), [204, 413, 413]), ({}, [403, 403, 403])):
        with line(address, cookies) as one:
            one.say(first)
            for size, stated, status in zip((1_000, 5_400_000, 6_000_000), (True, True, False), statuses, strict=True):
                assert one.upload(b"x" * size, stated) == status, size


def test_what_a_proxy_on_this_machine_says_of_https_is_believed(address: str) -> None:
    for scheme, told in (("https", "max-age=31536000"), ("http", None)):
        with urlopen(Request(address, headers={"X-Forwarded-Proto": scheme})) as answer:  # noqa: S310 - our own server
            assert answer.headers["Strict-Transport-Security"] == told
            assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"].partition("style-src")[0]


def test_strangers_and_the_unverified_are_told_why_and_get_no_field(browser: Browser, address: str) -> None:
    for person, said in ((STRANGER, "not on the list of editors"), (UNVERIFIED, "does not confirm")):
        context = sign_in(browser, address, person)
        page = context.pages[0]
        expect(page.locator(".notice")).to_contain_text(said)
        expect(page.locator("main")).to_contain_text(person)
        assert page.locator("main :is([data-testid=stTextArea], input[type=file])").count() == 0
        context.close()


def test_looking_needs_no_sign_in_and_signing_out_ends_adding(browser: Browser, address: str) -> None:
    context = sign_in(browser, address, SECOND)
    page = context.pages[0]
    expect(page.locator(".st-key-pasted")).to_be_visible()
    still(page)
    page.locator(".st-key-sign-out button").click()
    page.get_by_role("button", name="End session").click()
    page.wait_for_url(f"{address}/add?lang=en")
    expect(page.locator(".st-key-sign-in")).to_be_visible()
    assert page.locator("main [data-testid=stTextArea]").count() == 0
    assert not [one for one in cookies_of(context) if one.startswith("_streamlit_user")]
    up(page, f"{address}/?lang=en&as_of=2025-09-07")
    context.close()


def test_a_draft_is_seen_by_nobody_else_and_nothing_pasted_is_kept_for_others(
    browser: Browser, address: str, editor: BrowserContext
) -> None:
    page = editor.pages[0]
    up(page, f"{address}/add?lang=en")
    secret = TEXT.format(n="7,654")
    draft(page, secret)
    other = sign_in(browser, address, SECOND)
    theirs = other.pages[0]
    up(theirs, f"{address}/add?lang=en")
    expect(theirs.locator(".st-key-pasted textarea")).to_have_value("")
    assert theirs.locator(".draft-head").count() == 0
    draft(theirs, secret + " More.")
    for told in ("/?lang=en", "/reports?lang=en", "/troops?lang=en&force=US&place=IQ-AR"):
        up(theirs, f"{address}{told}")
        assert "7,654" not in theirs.content(), told
    other.close()
