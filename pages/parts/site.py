"""One site's own view: key figures, history, forces, facts, deadlines, distances and neighbours."""

from __future__ import annotations

from html import escape

import streamlit as st

from extract.tables import places
from ledger.told import side_of, wider
from pages.parts import sites, spells
from pages.parts.claims import claim, outcome, show_key
from pages.parts.data import Row, Snapshot, states
from pages.parts.far import distance_rows
from pages.parts.frame import View
from pages.parts.headline import figure
from pages.parts.sites import Site
from pages.parts.tables import cell, entry, evidence_link, head, time
from pages.parts.timeline import countdown, nearest

FACTS = 60  # facts in the list, the newest
DEADLINES = 6  # deadlines in the list, the next ones first


def own(view: View, shot: Snapshot, site: Site, every: list[Site]) -> None:
    """Draws the view of one site; ``every`` are all sites of the picture."""
    from pages.parts import near  # noqa: PLC0415 - the map and geopy, which the list does without

    key = show_key("base", site.row)
    told = states(view.books, site.place, site.row["force"], view.as_of)
    st.html(figures(view, site))
    st.html(spells.strip(view, told, key))
    with st.container(key="site", horizontal=True, gap="medium"):
        with st.container(key="site-told"):
            st.html(spells.table(view, told, key))
            st.html(sites.forces(view, site))
            st.html(facts(view, site))
        with st.container(key="site-side"):
            found = near.neighbours(site, every)
            if site.row["latitude"] is not None:
                near.draw(view, shot, site, found)
            st.html(near.table(view, site, found) + where(view, site) + deadlines(view, shot, site))


def title(view: View, site: Site) -> str:
    """HTML: the name of a site, and where it lies."""
    word = view.words
    above = [word.place(where) for where in (site.row["region"], site.row["country"]) if where]
    return (
        f"<section class='headline single' lang='{word.lang}'>"
        f"<p class='quiet'><a href='{view.link('bases')}'>{word.html('bases.all')}</a> · "
        f"{escape(' · '.join(above))}</p>"
        f"<h1>{escape(word.place(site.place))}</h1></section>"
    )


def figures(view: View, site: Site) -> str:
    """HTML: the strip of key figures: state, troops, deadline, distance."""
    word, row = view.words, site.row
    since = word("site.since", day=word.short(row["since"]), force=word.force(row["force"]))
    number, deadline = site.strength, site.deadline
    troops, told = word.html("count.unknown"), sites.before(view, site) or word("figure.never")
    if number:
        troops = evidence_link(view, show_key("troops", number), escape(word.count(number)))
        told = word("site.troops.stated", force=word.force(number["force"]), day=word.short(number["published"]))
    due, fate = word.html("site.deadline.none"), ""
    if deadline:
        due = evidence_link(view, show_key("deadline", deadline), escape(word.window(deadline)))
        fate = _fate(view, site, deadline)
    far = distance_rows(view, site.place)
    cells = [
        figure(word("site.state"), f"<i class='mark {row['state']}'></i>{sites.state(view, row)}", since),
        figure(word("site.troops"), troops, told),
        figure(word("site.deadline"), due, fate),
    ]
    if far:
        rest = " · ".join(f"{name} {km}" for name, km in far[1:])
        cells.append(
            figure(word("site.far"), f"{escape(far[0][0])} <span class='far'>{escape(far[0][1])}</span>", rest)
        )
    return f"<dl class='figures words' lang='{word.lang}'>{''.join(cells)}</dl>"


def _fate(view: View, site: Site, row: Row) -> str:
    """What became of a deadline, or how long it is to go; and of which place it is when it is a wider one's."""
    word = view.words
    said = countdown(view, row) or outcome(word, row)
    if row["place"] == site.place:
        return said
    return word("site.deadline.of", place=word.place(row["place"]), outcome=said)


def where(view: View, site: Site) -> str:
    """HTML: the distances, and where the coordinates come from."""
    word, row = view.words, site.row
    rows = "".join(
        f"<tr><th scope='row'>{escape(name)}</th><td class='num'>{escape(far)}</td></tr>"
        for name, far in distance_rows(view, site.place)
    )
    note = word("site.where.unknown")
    if row["latitude"] is not None:
        source = places()[site.place]["source"]
        point = f"{row['latitude']:.2f}, {row['longitude']:.2f}"
        note = word("site.where.note", point=f"\N{LEFT-TO-RIGHT ISOLATE}{point}\N{POP DIRECTIONAL ISOLATE}")
        note = f"{note} \N{FIRST STRONG ISOLATE}{source}\N{POP DIRECTIONAL ISOLATE}. {word('site.where.how')}"
    return (
        f"<section id='far' lang='{word.lang}'><h2>{word.html('site.where.title')}</h2>"
        f"<table class='ledger near'><tbody>{rows}</tbody></table><p class='quiet note'>{escape(note)}</p></section>"
    )


def deadlines(view: View, shot: Snapshot, site: Site) -> str:
    """HTML: the deadlines of a site and those of wider places that it falls under, the next ones first."""
    word = view.words
    sides = {side_of(row["force"]) for row in site.rows}
    rows = [
        row
        for row in shot.deadlines
        if row["place"] == site.place
        or (row["place"] in wider(site.place) and row["promised"] and side_of(row["force"]) in sides)
    ]
    rows.sort(key=lambda row: (row["place"] != site.place, *nearest(row)))
    said = f"<p class='quiet'>{word.html('site.deadline.none')}</p>"
    if rows:
        said = f"<ol>{''.join(entry(view, row) for row in rows[:DEADLINES])}</ol>"
    more = f"<p><a href='{view.link('deadlines')}'>{word.html('site.deadlines.all')}</a></p>"
    return f"<section class='timetable' lang='{word.lang}'><h2>{word.html('site.deadlines')}</h2>{said}{more}</section>"


def facts(view: View, site: Site) -> str:
    """HTML: everything that was told of a site, the newest first, ``FACTS`` at most."""
    word = view.words
    found = view.books.ledger.facts_at(site.place, view.as_of, FACTS + 1)
    cut = ""
    if len(found) > FACTS:
        cut = f"<p class='quiet'>{word.html('site.facts.cut', n=word.number(FACTS))}</p>"
    rows = "".join(
        f"<tr><th scope='row'>{escape(claim(word, fact))}</th>"
        + cell("publisher", f"<bdi>{escape(fact['publisher'])}</bdi>")
        + cell("published", time(view, fact["published"]))
        + cell("go", evidence_link(view, f"fact:{fact['fact']}", word.html("evidence.word")))
        + "</tr>"
        for fact in found[:FACTS]
    )
    return (
        f"<section id='facts' lang='{word.lang}'><h2>{word.html('site.facts')}</h2>{cut}"
        f"<table class='ledger told'>{head(view, ['claim', 'publisher', 'published', 'evidence'])}"
        f"<tbody>{rows}</tbody></table></section>"
    )
