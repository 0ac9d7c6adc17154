"""Who may write, how much, and what the server turns away: settings, standings, paces and headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit import config

from ledger.reports import Report
from ledger.reviews import Review
from ledger.settings import problems
from ledger.sources import Intake, pasted
from ledger.store import Ledger
from pages.parts import limits, server, settings, writing
from tests.databases import new_sqlite

EMAIL = "editor@example.org"


@pytest.fixture
def options() -> Iterator[Any]:
    """Sets options of Streamlit's and puts them back."""
    names = ("server.address", "server.allowedHosts")
    before = {name: config.get_option(name) for name in names}
    yield config.set_option
    for name, value in before.items():
        config.set_option(name, value)


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Has somebody look at the page with these claims at a server where editors sign in."""

    class User(dict[str, Any]):
        to_dict = dict.copy

    def looks(**claims: object) -> None:
        monkeypatch.setattr(settings, "signs_in", lambda: True)
        monkeypatch.setenv("EDITORS", f"{EMAIL}, Other@Example.org")
        monkeypatch.setattr(st, "user", User(claims))

    return looks


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("", set()),
        ("a@b.org", {"a@b.org"}),
        (" A@B.org ,c@D.org\n e@f.org,", {"a@b.org", "c@d.org", "e@f.org"}),
        ("ſam@b.org", {"ſam@b.org"}),  # no s: capitals of letters beyond ASCII are left alone
    ],
)
def test_editors_are_listed(monkeypatch: pytest.MonkeyPatch, given: str, meant: set[str]) -> None:
    monkeypatch.setenv("EDITORS", given)
    assert settings.editors() == meant


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("EDITORS", "layla", "'layla', which is no e-mail address"),
        ("EDITORS", "a@b.org; c@d.org", "'a@b.org;', which is no"),
        ("ADDS_PER_MINUTE", "0", "no number of one or more"),
        ("ADDS_PER_MINUTE", "many", "no number"),
        ("FRAME_ANCESTORS", "example.org", "which is no origin"),
        ("FRAME_ANCESTORS", "https://a.org; script-src *", "which is no origin"),
        ("FRAME_ANCESTORS", "https://a.org none", "which is no origin"),
    ],
)
def test_bad_settings_are_told_at_the_start(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    monkeypatch.setenv(name, value)
    (line,) = problems()
    assert re.match(f"{name} .*{re.escape(said)}", line)


@pytest.mark.parametrize(
    ("address", "given", "meant"),
    [
        ("localhost", "", "'self'"),
        (None, "", "*"),
        (None, "none", "'none'"),
        ("localhost", "*", "*"),
        (None, "https://paper.org, https://*.agency.org:8443", "'self' https://paper.org https://*.agency.org:8443"),
    ],
)
def test_who_may_show_the_pages_in_a_frame(
    monkeypatch: pytest.MonkeyPatch, options: Any, address: str | None, given: str, meant: str
) -> None:
    options("server.address", address)
    monkeypatch.setenv("FRAME_ANCESTORS", given)
    assert settings.frame_ancestors() == meant
    assert server.policy().endswith(f"frame-ancestors {meant}")


def test_a_short_cookie_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "signs_in", lambda: True)
    monkeypatch.setattr(st, "secrets", {"auth": {"cookie_secret": "short"}})
    (line,) = settings.problems()
    assert re.match(r"cookie_secret .* has less than 32", line)


@pytest.mark.parametrize(
    ("claims", "standing"),
    [
        ({"is_logged_in": True, "email": EMAIL, "email_verified": True}, writing.EDITOR),
        ({"is_logged_in": True, "email": f" {EMAIL.upper()} ", "email_verified": True}, writing.EDITOR),
        ({"is_logged_in": True, "email": "other@example.org", "email_verified": "true"}, writing.EDITOR),
        ({"is_logged_in": True, "email": EMAIL, "email_verified": False}, writing.UNVERIFIED),
        ({"is_logged_in": True, "email": EMAIL, "email_verified": "false"}, writing.UNVERIFIED),
        ({"is_logged_in": True, "email": EMAIL}, writing.UNVERIFIED),
        ({"is_logged_in": True, "email": f"x{EMAIL}", "email_verified": True}, writing.STRANGER),
        ({"is_logged_in": True, "email": f"{EMAIL}.evil.org", "email_verified": True}, writing.STRANGER),
        ({"is_logged_in": True, "email": f"{EMAIL},other@example.org", "email_verified": True}, writing.STRANGER),
        ({"is_logged_in": True, "email": "", "email_verified": True}, writing.OUT),
        ({"is_logged_in": True, "email_verified": True}, writing.OUT),
        ({"is_logged_in": False, "email": EMAIL, "email_verified": True}, writing.OUT),
        ({"email": EMAIL, "email_verified": True}, writing.OUT),
        ({"is_logged_in": "true", "email": EMAIL, "email_verified": True}, writing.OUT),
        ({}, writing.OUT),
    ],
)
def test_only_editors_who_signed_in_write_and_under_their_own_address(
    person: Any, options: Any, tmp_path: Any, claims: dict[str, object], standing: str
) -> None:
    options("server.address", "localhost")  # where sign-in is set up it is asked for there too
    person(**claims)
    assert writing.visitor().standing == standing
    ledger = Ledger(new_sqlite(tmp_path), guard=writing.check)
    report = Report("r", None, "P", date(2025, 9, 7), "en", "T", "About 2,500 US troops are in Iraq.")
    stamp = ledger.stamp()
    refused = [lambda: ledger.add(report, "x"), lambda: ledger.review(Review("r", None, "rejected", "x"))]
    if standing == writing.EDITOR:
        name = writing.visitor().email
        assert ledger.add(report, name).new
        with pytest.raises(writing.NotAllowedError, match="own address"):
            ledger.add(report, name, [Review("r", "f", "rejected", "another")])
        stamp = ledger.stamp()
    else:
        refused.append(lambda: writing.drafts("https://example.org/", Intake()))
    for write in refused:
        with pytest.raises(writing.NotAllowedError):
            write()
    assert ledger.stamp() == stamp
    ledger.close()


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({}, True),
        ({"Host": "localhost:8501"}, True),
        ({"Host": "127.0.0.1"}, True),
        ({"Host": "[::1]:8501"}, True),
        ({"Host": "rebound.example.org:8501"}, False),
        ({"Host": "localhost.example.org"}, False),
        ({"Host": "localhost@example.org"}, False),
        ({"Host": ""}, False),
        ({"Host": "localhost", "X-Forwarded-For": "203.0.113.1"}, False),
        ({"Host": "localhost", "Forwarded": "for=203.0.113.1"}, False),
        ({"Host": "localhost", "X-Real-Ip": "203.0.113.1"}, False),
    ],
)
def test_only_a_connection_from_this_machine_by_its_own_name_is_open(
    monkeypatch: pytest.MonkeyPatch, options: Any, headers: dict[str, str], own: bool
) -> None:
    options("server.address", "localhost")
    monkeypatch.setattr(st, "context", SimpleNamespace(headers=headers))
    assert writing.visitor().standing == (writing.OWN if own else writing.OFF)
    options("server.address", "0.0.0.0")  # noqa: S104 - what it must refuse
    assert writing.visitor().standing == writing.OFF


def test_a_pace_lets_so_many_through_in_any_minute() -> None:
    now = [0.0]
    pace = limits.Pace(3, lambda: now[0])
    for now[0] in (0.0, 10.0, 20.0):
        assert pace.wait("a") == 0
    assert pace.wait("a") == 40 and pace.wait("b") == 0
    now[0] = 59.9
    assert pace.wait("a") == pytest.approx(0.1)
    now[0] = 60.0
    assert pace.wait("a") == 0, "the first is a minute old; being turned away has cost nothing"
    assert pace.wait("a") == 10


def test_only_so_many_visitors_and_sessions_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REMEMBERED", 2)
    pace, guests = limits.Pace(1, lambda: 0.0), limits.Guests()
    for who in "abc":
        assert pace.wait(who) == 0
        guests.let_in(who)
    assert pace.wait("c") > 0 and pace.wait("a") == 0
    assert [who in guests for who in "abc"] == [False, True, True]


def test_an_editor_who_asks_for_too_much_is_told_when_to_come_back(
    person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(is_logged_in=True, email=EMAIL, email_verified=True)
    pace = limits.Pace(2, lambda: 0.0)
    monkeypatch.setattr(limits, "readings", lambda: pace)
    for _ in range(2):
        assert next(writing.drafts(pasted("About 2,500 US troops are in Iraq."), Intake()))
    with pytest.raises(writing.TooManyError) as problem:
        writing.drafts(pasted("One more."), Intake())
    assert problem.value.seconds == 60


async def _took(request: Any) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


async def _socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


def client(address: str = "http://monitor.example.org") -> TestClient:
    """A client of a small server behind our middleware."""
    routes = [
        Route("/", lambda _: PlainTextResponse("here")),
        Route("/_stcore/upload_file/{session}/{file}", _took, methods=["PUT"]),
        Route("/base/oauth2callback", lambda _: RedirectResponse("/base/", 302)),
        Route("/auth/logout", lambda _: RedirectResponse("https://provider.example.org/", 302)),
        WebSocketRoute("/_stcore/stream", _socket),
    ]
    return TestClient(Starlette(routes=routes, middleware=server.middleware()), address, follow_redirects=False)


def test_every_answer_has_the_headers_of_security() -> None:
    answer = client().get("/")
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert "'unsafe-inline'" not in policy["script-src"] and "'unsafe-eval'" not in policy["script-src"]
    assert policy["script-src"].count("'sha256-") == 1
    assert policy["connect-src"] == "'self' data: blob:"
    assert policy["object-src"] == "'none'" and policy["base-uri"] == "'self'"
    assert not [value for value in policy.values() if "://" in value], "no host but our own"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "Strict-Transport-Security" not in answer.headers
    assert client("https://monitor.example.org").get("/").headers["Strict-Transport-Security"] == "max-age=31536000"
    assert client().get("/missing").headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("monitor.example.org", 200),
        ("MONITOR.example.org:8501", 200),
        ("a.agency.org", 200),
        ("localhost", 200),
        ("127.0.0.1:8501", 200),
        ("agency.org", 400),
        ("evil.org", 400),
        ("monitor.example.org.evil.org", 400),
        ("xagency.org", 400),
    ],
)
def test_only_allowed_hosts_are_answered_websockets_too(options: Any, host: str, status: int) -> None:
    options("server.allowedHosts", ["monitor.example.org", "*.agency.org"])
    asking = client()
    assert asking.get("/", headers={"Host": host}).status_code == status
    if status == 200:
        with asking.websocket_connect("/_stcore/stream", headers={"Host": host}):
            return
    with pytest.raises(Exception) as problem, asking.websocket_connect("/_stcore/stream", headers={"Host": host}):
        pass
    assert isinstance(problem.value, WebSocketDisconnect) or "400" in str(problem.value)


def test_files_are_taken_from_guests_only_and_at_a_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    pace, guests = limits.Pace(2, lambda: 0.0), limits.Guests()
    monkeypatch.setattr(limits, "uploads", lambda: pace)
    monkeypatch.setattr(limits, "guests", lambda: guests)
    asking, there = client(), "/_stcore/upload_file/mine/file"
    assert asking.put(there, content=b"123").status_code == 403
    guests.let_in("mine")
    assert [asking.put(there, content=b"123").text for _ in range(2)] == ["3", "3"]
    late = asking.put(there, content=b"123")
    assert late.status_code == 429 and late.headers["Retry-After"] == "60" and "try again" in late.text
    assert late.headers["X-Content-Type-Options"] == "nosniff"
    assert asking.put("/_stcore/upload_file/other/file", content=b"1").status_code == 403


def test_who_signs_in_comes_back_to_the_page_add() -> None:
    asking = client()
    assert asking.get("/base/oauth2callback").headers["Location"] == "/base/add"
    assert asking.get("/auth/logout").headers["Location"] == "https://provider.example.org/"


@pytest.mark.parametrize(("left", "back"), [("lang=ckb&as_of=2025-09-07", "?lang=ckb"), ("lang=xx", ""), ("", "")])
def test_who_signs_in_comes_back_in_the_language_they_left_in(left: str, back: str) -> None:
    asking = client()
    gone = asking.get("/auth/logout", headers={"Referer": f"http://monitor.example.org/add?{left}"})
    assert gone.headers["Location"] == "https://provider.example.org/"
    assert asking.get("/base/oauth2callback").headers["Location"] == f"/base/add{back}"


def test_only_what_the_ledger_holds_is_cached_for_all_visitors() -> None:
    kept = {path.name: path.read_text("utf-8") for path in Path(server.__file__).parents[1].rglob("*.py")}
    assert {name for name, text in kept.items() if "cache_data" in text or "cache_resource" in text} == {"data.py"}
    for line in re.findall(r"@st\.cache_\w+\(.*?\)\ndef (\w+\(.*?\))", kept["data.py"], re.S):
        assert re.fullmatch(r"\w+\((stamp: tuple\[int, int\](, \w+: (date|str|Wanted))*)?\)", line), line
