"""The states of one site over time: a strip of them along a time line, and the same as a table of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from html import escape

from pages.parts.axis import ticks
from pages.parts.data import Row
from pages.parts.frame import View
from pages.parts.marks import BASES
from pages.parts.scale import Days, days_of
from pages.parts.sites import by_whom, named
from pages.parts.tables import cell, evidence_link, head, time

FRESH = timedelta(days=365)  # after the last report the strip pales, as the map's marks do
WIDE = 5.0  # percent of the strip; a narrower spell has no room for its mark


def stale(spell: Row, until: date) -> Iterator[tuple[date, date]]:
    """The stretches of a spell in which the last report on the site was older than ``FRESH``; ``until`` is its end."""
    for day, following in zip(spell["told"], [*spell["told"][1:], until], strict=True):
        begin = max(day + FRESH, spell["start"])
        if begin < following:
            yield begin, following


def strip(view: View, spells: Sequence[Row], key: str) -> str:
    """HTML: the spells along a time line; ``key`` opens the evidence of the last one."""
    word = view.words
    days = days_of((spell["start"] for spell in spells), view.as_of)
    bars = "".join(_bar(view, spell, days, _key(spells, at, key)) for at, spell in enumerate(spells))
    seen = {spell["state"] for spell in spells}
    states = "".join(f"<li><span class='mark {s}'></span>{word.html(f'base.{s}')}</li>" for s in BASES if s in seen)
    old = ""
    if "<s " in bars:
        old = f"<li><i class='old'></i>{word.html('spells.stale')}</li>"
    return (
        f"<figure class='plot spells' lang='{word.lang}'><figcaption>{word.html('spells.note')}</figcaption>"
        f"<div class='strip' role='group' aria-label='{word.html('spells.alt')}'>"
        f"<div class='lines' aria-hidden='true'>{ticks(view, days)}</div>{bars}</div>"
        f"<ul class='key'>{states}{old}<li><i class='now'></i>{escape(word.day(view.as_of))}</li></ul></figure>"
    )


def _key(spells: Sequence[Row], at: int, last: str) -> str:
    return last if at == len(spells) - 1 else f"fact:{spells[at]['facts'][0]}"


def _end(view: View, spell: Row) -> date:
    """Where a spell ends in the strip: the last one at the as-of day, others when their last day is over."""
    return min(spell["end"] + timedelta(days=1), view.as_of)


def _bar(view: View, spell: Row, days: Days, key: str) -> str:
    word, state = view.words, spell["state"]
    end = _end(view, spell)
    left, width = days.at(spell["start"]), days.at(end) - days.at(spell["start"])
    told = word("spells.spell", state=word(f"base.{state}"), start=word.day(spell["start"]), end=word.day(spell["end"]))
    mark = f"<span class='mark {state}'></span>" if width >= WIDE else ""
    old = "".join(
        f"<s style='left:{days.at(start)}%;width:{days.at(stop) - days.at(start):.2f}%'></s>"
        for start, stop in stale(spell, end)
    )
    return (
        f"<a class='spell {state}' style='left:{left}%;width:{width:.2f}%' data-show='{escape(key)}' "
        f"href='{view.permalink(show=key)}' title='{escape(told)}' aria-label='{escape(told)}'>{mark}</a>{old}"
    )


def table(view: View, spells: Sequence[Row], key: str) -> str:
    """HTML: every spell in words, the newest first."""
    word = view.words
    known = view.books.ledger.facts(spell["facts"][0] for spell in spells)
    rows = "".join(
        _told(view, spells, at, known.get(spells[at]["facts"][0]), key) for at in reversed(range(len(spells)))
    )
    sampled = ""
    if spells[0]["sampled"]:
        sampled = f"<p class='quiet'>{word.html('spells.sampled')}</p>"
    columns = head(view, ["state", "shown_from", "shown_until", "decided", "evidence"])
    return (
        f"<section id='states' lang='{word.lang}'><details{'' if view.phone else ' open'}>"
        f"<summary><h2>{word.html('spells.table')}</h2></summary>{sampled}"
        f"<table class='ledger told'>{columns}<tbody>{rows}</tbody></table></details></section>"
    )


def _told(view: View, spells: Sequence[Row], at: int, fact: Row | None, key: str) -> str:
    word, spell = view.words, spells[at]
    until = time(view, spell["end"])
    if at == len(spells) - 1:
        until = f"<span class='quiet'>{word.html('spells.now')}</span>"
    return (
        f"<tr><th scope='row'><span class='mark {spell['state']}'></span>{word.html('base.' + spell['state'])}</th>"
        + named(view, "shown_from", time(view, spell["start"]))
        + named(view, "shown_until", until)
        + named(view, "decided", by_whom(view, fact))
        + cell("go", evidence_link(view, _key(spells, at, key), word.html("evidence.word")))
        + "</tr>"
    )
