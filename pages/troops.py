"""Troops: how many of one force were stated at one place, by whom and when, over time."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import axis, strength
from pages.parts.choice import Choice, asked, choices
from pages.parts.claims import show_key
from pages.parts.data import Row, snapshot
from pages.parts.drawer import drawer
from pages.parts.frame import View, footer, frame, notify
from pages.parts.headline import figure
from pages.parts.tables import evidence_link
from pages.parts.take import take

ISOLATE = "\N{FIRST STRONG ISOLATE}{}\N{POP DIRECTIONAL ISOLATE}"  # a name in another script stays in its place


def picked(lines: list[Row]) -> tuple[Row, bool]:
    """The line of force and place that the address asks for, or the one most told of; whether it has what it asks."""
    force, place = asked("force"), asked("place")
    most = sorted(lines, key=lambda row: -number_of(row))
    fit = [row for row in most if force in (None, row["force"]) and place in (None, strength.slug(row))]
    return (fit or most)[0], bool(fit)


def number_of(row: Row) -> int:
    """How many claims a line of the picture names: of many the newest."""
    return len(row["facts"]) + len(row["others"])


def lists(view: View, lines: list[Row], line: Row) -> None:
    """The lists of forces and, for the chosen one, of places, those most told of first."""
    word = view.words
    most = sorted(lines, key=lambda row: -number_of(row))
    forces = dict.fromkeys(row["force"] for row in most)
    places = {strength.slug(row): word.place(row["place"]) for row in most if row["force"] == line["force"]}
    choices(
        view,
        Choice("force", line["force"], [(force, word.force(force)) for force in forces], drops=("place",)),
        Choice("place", strength.slug(line), list(places.items())),
    )


def title(view: View, line: Row) -> str:
    """HTML: whose troops, and where."""
    word = view.words
    said = word("strength.title", force=word.force(line["force"]), place=word.place(line["place"]))
    if line["place"] is None:
        said = word("strength.nowhere", force=word.force(line["force"]))
    return f"<section class='headline single' lang='{word.lang}'><h1>{escape(said)}</h1></section>"


def figures(view: View, line: Row, claims: list[Row], more: bool) -> str:
    """HTML: the strip of key figures of one force and place."""
    word = view.words
    voices = word.plural("publishers", len({row["publisher"] for row in claims}))
    cells = [latest(view, line, claims), year(view, claims), planned(view, claims)]
    number = word("count.more", n=word.number(len(claims))) if more else word.number(len(claims))
    cells.append(figure(word("strength.claims"), f"<a href='#claims'>{escape(number)}</a>", voices))
    return f"<dl class='figures' lang='{word.lang}'>{''.join(cells)}</dl>"


def latest(view: View, line: Row, claims: list[Row]) -> str:
    """HTML: the latest number told as there, by whom, how old it is, and whether they were reported gone since."""
    word = view.words
    if strength.stated(line) is None:
        return figure(word("strength.latest"), word.html("count.unknown"), word("strength.never"))
    note = told(view, line, next((row["publisher"] for row in claims if row["fact"] == line["facts"][0]), ""))
    if line["left_on"]:
        note += f" · {word('strength.gone', day=word.short(line['left_on']))}"
    return figure(
        word("strength.latest"), evidence_link(view, show_key("troops", line), escape(word.count(line))), note
    )


def told(view: View, row: Row, publisher: str) -> str:
    """When and by whom a number was stated."""
    word, age = view.words, (view.as_of - row["published"]).days
    day = word("figure.stated", day=word.short(row["published"]))
    if age:
        day = word("figure.stated.ago", day=word.short(row["published"]), age=word.plural("days", age))
    return f"{day} · {ISOLATE.format(publisher)}" if publisher else day


def year(view: View, claims: list[Row]) -> str:
    """HTML: the least and the greatest number told as there within a year."""
    word, since = view.words, view.as_of - strength.LASTS
    present = [row for row in claims if row["status"] == "present" and row["published"] >= since]
    ends = [(end, row) for row in present if (end := strength.stated(row))]
    if not ends:
        return figure(word("strength.year"), word.html("count.unknown"), word("strength.never"))
    low = word.count(min(ends, key=lambda one: one[0][0])[1])
    high = word.count(max(ends, key=lambda one: (one[0][1], one[1]["count_max"] is None))[1])
    value = low if low == high else word("range.numbers", low=low, high=high)
    return figure(word("strength.year"), escape(value), word.plural("claims", len(ends)))


def planned(view: View, claims: list[Row]) -> str:
    """HTML: the latest number told as planned."""
    word = view.words
    row = next((row for row in claims if row["status"] == "planned"), None)
    if row is None:
        return figure(word("strength.planned"), word.html("count.unknown"), "")
    value = evidence_link(view, f"fact:{row['fact']}", escape(word.count(row)))
    return figure(word("strength.planned"), value, told(view, row, row["publisher"]))


def draw(view: View) -> None:
    """Draws the page of the force and place in the address."""
    shot = snapshot(view.books, view.as_of)
    if not shot.troops:
        notify(view, view.words("headline.numbers.none"))
        return
    line, known = picked(shot.troops)
    if not known:
        notify(view, view.words("notice.choice"))
    view = view.choosing(force=line["force"], place=strength.slug(line))
    claims = view.books.ledger.facts_about("troops", line["force"], line["place"], view.as_of, strength.SHOWN + 1)
    more, claims = len(claims) > strength.SHOWN, claims[: strength.SHOWN]
    axis.style()
    st.html(title(view, line))
    lists(view, shot.troops, line)
    st.html(figures(view, line, claims, more))
    st.html(strength.chart(view, claims, line["left_on"]))
    st.html(strength.table(view, claims, more))
    st.html(take(view, "facts.csv", "facts.jsonl", "ledger.xlsx", kind="troops", **view.chosen))
    drawer(view, shot)


view = frame("troops")
draw(view)
footer(view)
