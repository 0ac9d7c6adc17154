"""``python -m ledger add`` and ``watch``: what is kept, what is asked, what is refused in one line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from ledger import __main__ as command
from ledger import bring
from ledger.fetch import Web
from ledger.sources import Intake
from ledger.store import Ledger
from tests.web import Site, item, page, rss, this_server_only, web

TEXT = "About 2,600 US troops are in Iraq. The coalition's mission in Iraq is to end by the end of September 2025."
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.db'}"


@pytest.fixture
def run(url: str, capsys: pytest.CaptureFixture[str]) -> Run:
    def go(*arguments: str) -> tuple[int, str, str]:
        code = command.main(["--ledger", url, *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return go


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a person at the terminal types, the first first."""
    typed: list[str] = []
    monkeypatch.setattr(bring.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _prompt: typed.pop(0))
    return typed


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A server on loopback that this test may ask, as no real run may."""
    monkeypatch.setattr(bring, "Intake", partial(Intake, web=Web(guard=this_server_only)))
    with web() as running:
        yield running


def article(folder: Path, name: str = "one", **values: str) -> Path:
    usual = {"id": name, "published": "2025-09-08", "lang": "en", "publisher": "A Paper", "title": "T", "text": TEXT}
    path = folder / f"{name}.json"
    path.write_text(json.dumps(usual | values), encoding="utf-8")
    return path


def kept(url: str, ident: str) -> bool:
    return bool(Ledger(url).stored([ident]))


def test_files_are_kept_once_and_what_fails_is_told(run: Run, url: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    code, out, err = run("add", str(article(tmp_path)), str(broken), str(tmp_path / "nowhere.txt"))
    assert (code, out) == (1, "kept one, 4 facts\n1 kept, 2 refused\n".replace("4", out.split()[2]))
    assert "broken.json: is not JSON" in err
    assert "nowhere.txt: no such file; check the path" in err
    report = Ledger(url).report("one")
    assert (report.publisher, report.text) == ("A Paper", TEXT)
    assert report.retrieved is not None
    code, out, err = run("add", str(tmp_path / "one.json"))
    assert (code, out, err) == (0, "known as one by its text\n1 known\n", "")


def test_an_uncertain_day_is_not_kept_until_it_is_given(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "dated.txt"
    path.write_text(f"Baghdad, 8 September 2025\n{TEXT}", encoding="utf-8")
    code, out, err = run("add", str(path))
    assert (code, out) == (1, "1 unconfirmed\n")
    assert "2025-09-08, is uncertain (dateline)" in err
    assert "--published 2025-09-08" in err
    assert run("add", str(path), "--published", "2025-09-08", "--publisher", "A Paper")[0] == 0


def test_a_person_sees_what_would_change_and_decides(run: Run, url: str, tmp_path: Path, answers: list[str]) -> None:
    path = str(article(tmp_path, published="2026-11-20", text="About 2,600 US troops are in Iraq."))
    answers.append("n")
    code, out, _ = run("add", path)
    assert (code, kept(url, "one")) == (0, False)
    assert "\x1b[1mAbout 2,600 US troops are in Iraq.\x1b[0m" in out
    assert "count_min 2600" in out
    assert out.endswith("1 discarded\n")
    answers.append("y")
    assert run("add", path)[1].endswith("1 kept\n")
    assert kept(url, "one")
    assert run("add", path)[1].endswith("known as one by its text\n1 known\n")
    assert answers == []


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("y y", "2025-09-08"),
        ("2025-09-09 y", "2025-09-09"),
        ("ninth y y", "2025-09-08"),
        ("y n", None),
        ("", None),
    ],
)
def test_an_uncertain_day_is_asked_for(
    run: Run, tmp_path: Path, answers: list[str], typed: str, day: str | None
) -> None:
    path = tmp_path / "dated.txt"
    path.write_text(f"Baghdad, 8 September 2025\n{TEXT}", encoding="utf-8")
    answers += typed.split(" ")
    out = run("add", str(path))[1]
    assert answers == []
    assert out.endswith("1 kept\n" if day else "1 discarded\n")
    added = [line for line in run("list")[1].splitlines() if line.startswith("text-")]
    assert [line.split()[1] for line in added] == ([day] if day else [])


def test_a_page_and_a_feed_are_fetched(run: Run, site: Site) -> None:
    one = site.answer("/one", page())
    site.answer("/feed", rss(item(one)), "application/rss+xml")
    code, out, err = run("add", one)
    assert (code, err, out.splitlines()[-1]) == (0, "", "1 kept")
    code, out, _ = run("add", f"{one.rsplit('/', 1)[0]}/feed")
    assert code == 0, out
    assert "kept" not in out


def test_addresses_of_this_machine_are_refused(run: Run) -> None:
    code, out, err = run("add", "http://127.0.0.1:9/secret")
    assert (code, out) == (1, "1 refused\n")
    assert err.count("\n") == 1
    assert "127.0.0.1" in err


def test_feeds_are_watched(run: Run, site: Site, tmp_path: Path) -> None:
    one = site.answer("/one", page())
    feed = site.answer("/feed", rss(item(one)), "application/rss+xml")
    path = tmp_path / "feeds.toml"
    path.write_text(f'[[feed]]\nurl = "{feed}"\n', encoding="utf-8")
    code, out, _ = run("watch", str(path))
    assert code == 0
    assert f"{feed}: 1 entry, 1 kept" in out
    assert "nothing new" in run("watch", str(path))[1]


def test_a_broken_list_of_feeds_is_named(run: Run, tmp_path: Path) -> None:
    code, _, err = run("watch", str(tmp_path / "none.toml"))
    assert code == 1
    assert "none.toml: cannot be opened" in err


def test_a_time_that_is_none_is_told(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("watch", "feeds.toml", "--every", "often")
    assert "'often' is no time to wait; write it as 45s, 30m or 2h" in capsys.readouterr().err
