"""Visitors of a server at which editors sign in: a provider of identities on loopback, browsers, raw websockets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, BrowserContext, Page
from requests import Session
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from tests.servers import server

EDITOR, SECOND, STRANGER, UNVERIFIED = "Editor@Example.org", "second@example.org", "s@example.com", "third@example.org"
PEOPLE = {EDITOR: True, SECOND: True, STRANGER: True, UNVERIFIED: False}
EDITORS = f" editor@EXAMPLE.org,{SECOND}  {UNVERIFIED}"
SECRETS = """[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "{secret}"
client_id = "monitor"
client_secret = "not guessed"
server_metadata_url = "http://127.0.0.1:{port}/.well-known/openid-configuration"
"""
SECRET = "0123456789abcdef" * 4
AGAIN = ForwardMsg.FINISHED_EARLY_FOR_RERUN
WAIT = 30  # seconds for an answer


@contextmanager
def guarded(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server with a ledger of its own in ``folder`` (``ledger.db``) at which editors sign in."""
    patch.setenv("STREAMLIT_GLOBAL_MIN_CACHED_MESSAGE_SIZE", "1000000000")  # a raw line keeps no messages
    patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # the provider answers on loopback, without TLS
    people = [User(sub=name, claims={"email": name, "email_verified": sure}) for name, sure in PEOPLE.items()]
    with run_server_in_thread(user_claims=people) as provider:
        secrets = folder / "secrets.toml"
        secrets.write_text(SECRETS.format(secret=SECRET, port=provider.server_port), encoding="utf-8")
        patch.setenv("STREAMLIT_SECRETS_FILES", str(secrets))
        patch.setenv("LEDGER_URL", f"sqlite:///{folder / 'ledger.db'}")
        patch.setenv("EDITORS", EDITORS)
        with server() as running:
            yield running


def sign_in(browser: Browser, address: str, person: str) -> BrowserContext:
    """A browser in which the person has signed in by the button of the page add."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.goto(f"{address}/add?lang=en")
    page.locator(".st-key-sign-in button").click()
    page.get_by_role("button", name=person, exact=True).click()
    page.wait_for_url(f"{address}/add?lang=en")
    page.locator(".st-key-sign-out").wait_for()
    return context


def sent_by(page: Page) -> list[bytes]:
    """What the page will send over its websockets, in a list that grows."""
    frames: list[bytes] = []

    def took(payload: bytes | str) -> None:
        frames.append(payload if isinstance(payload, bytes) else payload.encode())

    page.on("websocket", lambda socket: socket.on("framesent", took))
    return frames


@dataclass
class Line:
    """A websocket to the server by somebody who speaks its protocol without a browser."""

    socket: ClientConnection
    address: str
    cookies: dict[str, str]
    session: str = ""

    def upload(self, content: bytes, stated: bool) -> int:
        """Uploads a file to this session; the status of the answer. Its size may be stated before it or not."""
        own = {"X-Xsrftoken": self.cookies["_streamlit_xsrf"], "Cookie": written(self.cookies)}
        head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        body = head + content + b"\r\n--b--\r\n"
        with Session() as session:
            answer = session.put(
                f"{self.address}/_stcore/upload_file/{self.session}/one",
                data=body if stated else iter([body]),
                headers=own | {"Content-Type": "multipart/form-data; boundary=b"},
                timeout=WAIT,
            )
            return answer.status_code

    def say(self, message: bytes) -> list[ForwardMsg]:
        """Sends the message and gives all that the server answers until its script has run."""
        self.socket.send(message)
        answers = []
        while True:
            answer = ForwardMsg.FromString(self.socket.recv(timeout=WAIT))
            answers.append(answer)
            if answer.WhichOneof("type") == "new_session":
                self.session = answer.new_session.initialize.session_id
            if answer.WhichOneof("type") == "script_finished" and answer.script_finished != AGAIN:
                return answers


@contextmanager
def line(address: str, cookies: dict[str, str], session: str = "") -> Iterator[Line]:
    """A websocket with these cookies; it would like to go on with ``session``."""
    with urlopen(f"{address}/_stcore/health") as answer:  # noqa: S310 - our own server
        fresh = dict(part.split(";")[0].split("=", 1) for part in answer.headers.get_all("Set-Cookie") or [])
    cookies = fresh | cookies
    protocols = ["streamlit", cookies.get("_streamlit_xsrf", "PLACEHOLDER"), session]
    with connect(
        f"ws://{urlsplit(address).netloc}/_stcore/stream",
        origin=address,
        subprotocols=[one for one in protocols if one],
        additional_headers={"Cookie": written(cookies)},
        max_size=None,
    ) as socket:
        yield Line(socket, address, cookies)


def written(cookies: dict[str, str]) -> str:
    """The header that sends them."""
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def cookies_of(context: BrowserContext) -> dict[str, str]:
    return {cookie["name"]: cookie["value"] for cookie in context.cookies()}


def pressed(frames: list[bytes], key: str) -> bytes:
    """The message that told the server of a click on the button with this key."""
    for frame in reversed(frames):
        states = BackMsg.FromString(frame).rerun_script.widget_states.widgets
        if any(state.trigger_value and f"-{key}" in state.id for state in states):
            return frame
    raise LookupError(f"no message pressed {key}")


def opening(frames: list[bytes]) -> bytes:
    """The message with which the browser asked for the page: the first that names a script."""
    return next(frame for frame in frames if BackMsg.FromString(frame).WhichOneof("type") == "rerun_script")


def drawn(answers: list[ForwardMsg]) -> str:
    """All that a page was told to draw, as text."""
    return json.dumps([str(answer) for answer in answers], ensure_ascii=False)
