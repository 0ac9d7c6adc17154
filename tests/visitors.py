"""Visitors without a browser: each opens the overview over a real websocket and changes the day, as a page does.

    python -m tests.visitors NUMBER ADDRESS SECONDS EVERY

They speak Streamlit's own protocol (BackMsg, ForwardMsg), read all that is sent, and take an error that a page shows
for an error.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

FIRST, LAST = date(2025, 6, 1), date(2026, 11, 1)
PATIENCE = 60  # seconds after which an answer will not come


@dataclass
class Crowd:
    """What visitors have met with: seconds that each first view and each change of day took, and what went wrong."""

    opened: list[float] = field(default_factory=list)
    changed: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    received: int = 0


async def answered(page: ClientConnection, crowd: Crowd, query: str) -> float:
    """Asks for the page with this address and returns, after how many seconds it had been drawn."""
    asked = BackMsg()
    asked.rerun_script.query_string = query
    asked.rerun_script.context_info.timezone = "Asia/Baghdad"
    asked.rerun_script.context_info.locale = "en-GB"
    begin = time.perf_counter()
    await page.send(asked.SerializeToString())
    while True:
        data = await asyncio.wait_for(page.recv(), PATIENCE)
        assert isinstance(data, bytes)
        crowd.received += len(data)
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if kind == "delta" and (shown := _error(message)):
            crowd.errors.append(shown)
        if kind == "script_finished":
            if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                crowd.errors.append(ForwardMsg.ScriptFinishedStatus.Name(message.script_finished))
            return time.perf_counter() - begin


def _error(message: ForwardMsg) -> str:
    """What an element of a page says that it should not: an exception, or our own notice of a failed page."""
    element = message.delta.new_element
    body = element.html.body if element.WhichOneof("type") == "html" else ""
    return element.exception.message or (body if "role='alert'" in body else "")


async def visit(address: str, crowd: Crowd, until: float, every: float, seed: int) -> None:
    """One visitor: comes at some moment of the first ``every`` seconds, then changes the day each ``every`` seconds."""
    chance = random.Random(seed)  # noqa: S311 - days to look at
    await asyncio.sleep(every * chance.random())
    stream = address.replace("http://", "ws://") + "/_stcore/stream"
    try:
        async with connect(
            stream, subprotocols=[Subprotocol("streamlit")], origin=None, max_size=None, compression="deflate"
        ) as page:
            crowd.opened.append(await answered(page, crowd, "lang=en"))
            while time.monotonic() < until - every:
                await asyncio.sleep(every)
                day = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))
                query = urlencode({"lang": "en", "as_of": day.isoformat()})
                crowd.changed.append(await answered(page, crowd, query))
    except (OSError, TimeoutError, ConnectionClosed) as problem:
        crowd.errors.append(f"{type(problem).__name__}: {problem}")


async def crowd_of(number: int, address: str, seconds: float, every: float) -> Crowd:
    """So many visitors at once for so many seconds; what they met with."""
    crowd, until = Crowd(), time.monotonic() + seconds
    await asyncio.gather(*(visit(address, crowd, until, every, seed) for seed in range(number)))
    return crowd


def main(number: str, address: str, seconds: str, every: str) -> None:
    """Runs a crowd in this process and prints what it met with as JSON."""
    print(json.dumps(asdict(asyncio.run(crowd_of(int(number), address, float(seconds), float(every))))))


if __name__ == "__main__":
    main(*sys.argv[1:])
