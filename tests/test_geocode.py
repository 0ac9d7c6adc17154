"""``python -m extract.geocode`` against a Nominatim of our own on loopback."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from geopy.geocoders import Nominatim

from extract.geocode import SECONDS_BETWEEN, USER_AGENT, fill

ROOT = Path(__file__).resolve().parent.parent
PLACES = """id,kind,parent,country,latitude,longitude,source
IQ,country,,IQ,33.1,43.7,label point
harir,base,IQ,IQ,,,
taji,base,IQ,IQ,33.5239,44.2567,OurAirports ORTI
k1,base,IQ,IQ,,,
"""
NAMES = """id,lang,name,need
harir,en,Harir Air Base,
harir,ar,قاعدة حرير,
k1,en,K-1 base,
k1,ar,قاعدة كي 1,
"""
HARIR = {"lat": "36.53371", "lon": "44.33993", "display_name": "Harir Air Base, Iraq"}
K1 = {"lat": "35.51324", "lon": "44.28361", "display_name": "قاعدة كي 1، العراق"}


@dataclass
class Stand:
    """A small Nominatim: what it knows, and what it was asked."""

    known: dict[str, dict[str, str]]
    status: int = 200
    asked: list[tuple[str, str, str, float]] = field(default_factory=list)
    domain: str = ""

    @property
    def questions(self) -> list[str]:
        return [query for query, *_ in self.asked]

    def geocoder(self) -> Nominatim:
        return Nominatim(domain=self.domain, scheme="http", user_agent=USER_AGENT)


@pytest.fixture
def nominatim() -> Iterator[Stand]:
    stand = Stand({"Harir Air Base, Iraq": HARIR, "قاعدة كي 1, العراق": K1})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            agent = self.headers["User-Agent"]
            stand.asked.append((asked["q"], asked["countrycodes"], agent, time.monotonic()))
            found = stand.known.get(asked["q"])
            body = json.dumps([found] if found else []).encode()
            self.send_response(stand.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing on the test's stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stand.domain = f"127.0.0.1:{server.server_address[1]}"
    yield stand
    server.shutdown()
    server.server_close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "places.csv").write_text(PLACES, encoding="utf-8")
    (tmp_path / "names.csv").write_text(NAMES, encoding="utf-8")
    return tmp_path


def cache_of(folder: Path) -> Path:
    return folder / "local" / "geocode.json"


def points(folder: Path) -> dict[str, tuple[str, str, str]]:
    with (folder / "places.csv").open(encoding="utf-8", newline="") as table:
        return {r["id"]: (r["latitude"], r["longitude"], r["source"]) for r in csv.DictReader(table)}


def test_fills_what_is_missing_and_nothing_else(nominatim: Stand, folder: Path) -> None:
    assert fill(folder, cache_of(folder), nominatim.geocoder(), between=0) == 0
    assert points(folder) == {
        "IQ": ("33.1", "43.7", "label point"),
        "harir": ("36.5337", "44.3399", "OpenStreetMap (Nominatim)"),
        "taji": ("33.5239", "44.2567", "OurAirports ORTI"),
        "k1": ("35.5132", "44.2836", "OpenStreetMap (Nominatim)"),
    }
    assert nominatim.questions == ["Harir Air Base, Iraq", "K-1 base, Iraq", "قاعدة كي 1, العراق"]


def test_says_who_asks_and_stays_in_the_country(nominatim: Stand, folder: Path) -> None:
    fill(folder, cache_of(folder), nominatim.geocoder(), between=0)
    assert {(country, agent) for _, country, agent, _ in nominatim.asked} == {("iq", USER_AGENT)}
    assert "geopy" not in USER_AGENT


def test_one_request_a_second(nominatim: Stand, folder: Path) -> None:
    nominatim.known["K-1 base, Iraq"] = K1
    fill(folder, cache_of(folder), nominatim.geocoder())
    first, second = (at for *_, at in nominatim.asked)
    assert second - first >= SECONDS_BETWEEN - 0.05


def test_never_asks_twice(nominatim: Stand, folder: Path) -> None:
    fill(folder, cache_of(folder), nominatim.geocoder(), between=0)
    (folder / "places.csv").write_text(PLACES, encoding="utf-8")
    nominatim.asked.clear()
    assert fill(folder, cache_of(folder), nominatim.geocoder(), between=0) == 0
    assert nominatim.asked == []
    assert points(folder)["k1"][:2] == ("35.5132", "44.2836")


def test_unknown_place_stays_empty(nominatim: Stand, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del nominatim.known["قاعدة كي 1, العراق"]
    assert fill(folder, cache_of(folder), nominatim.geocoder(), between=0) == 1
    assert points(folder)["k1"] == ("", "", "")
    assert points(folder)["harir"][0] == "36.5337"
    assert "k1: not found" in capsys.readouterr().err


def test_without_a_network_nothing_is_lost(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nobody = Nominatim(domain="127.0.0.1:9", scheme="http", user_agent=USER_AGENT)
    assert fill(folder, cache_of(folder), nobody, between=0) == 1
    assert (folder / "places.csv").read_text(encoding="utf-8") == PLACES
    told = capsys.readouterr().err
    assert "run again when the network is back" in told
    assert "Traceback" not in told


def test_what_was_found_before_the_network_went_is_kept(nominatim: Stand, folder: Path) -> None:
    cache_of(folder).parent.mkdir()
    cache_of(folder).write_text('{"Harir Air Base, Iraq": [36.5337, 44.3399]}', encoding="utf-8")
    nominatim.status = 503
    assert fill(folder, cache_of(folder), nominatim.geocoder(), between=0) == 1
    assert points(folder)["harir"][0] == "36.5337"
    assert points(folder)["k1"] == ("", "", "")


def test_broken_cache_is_named(nominatim: Stand, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cache_of(folder).parent.mkdir()
    cache_of(folder).write_text("{", encoding="utf-8")
    assert fill(folder, cache_of(folder), nominatim.geocoder(), between=0) == 1
    assert "geocode.json: not JSON" in capsys.readouterr().err


def test_command_has_nothing_to_do_on_the_shipped_table() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "extract.geocode"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "0 of 0 missing coordinates filled\n")


def test_pages_do_not_geocode() -> None:
    for source in (ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "ledger").rglob("*.py")):
        assert "geocode" not in source.read_text(encoding="utf-8"), source
