"""The headline in words and the key figures under it."""

from __future__ import annotations

from html import escape

from pages.parts.claims import show_key
from pages.parts.data import Row, Snapshot, find
from pages.parts.frame import View
from pages.parts.tables import evidence_link

# Whose numbers stand at the top: (force, country), the largest contingent in each country of the mission.
FIGURES = (("US", "IQ"), ("US", "SY"))
HELD = {"present", "arriving", "leaving", "overdue", "contested"}


def headline(view: View, shot: Snapshot) -> str:
    """HTML: one sentence on how long, one on how many and where, and what it rests on."""
    word = view.words
    row = shot.next or shot.last
    first = word("headline.none", day=word.day(view.as_of)) if row is None else _until_when(view, row)
    more = [_how_many(view, shot), _where(view, shot)]
    rests = word.plural("headline.rests", shot.reports, day=word.day(shot.newest)) if shot.newest else ""
    return (
        f"<header class='headline' lang='{word.lang}'><h1>{escape(first)}</h1>"
        f"<p>{escape(' '.join(more))} <span class='quiet'>{escape(rests)}</span></p></header>"
    )


def _until_when(view: View, row: Row) -> str:
    word = view.words
    state = "upcoming" if row["state"] == "due" else row["state"]
    said = word(
        f"headline.{state}.{row['event']}",
        force=word.whose(row["force"]),
        place=word.place(row["place"]),
        end=word.day(row["date_end"]),
        met=word.day(row["met_on"] or row["date_end"]),
        late=word.plural("days", row["days_late"] or 0),
    )
    return word("headline.on", day=word.day(view.as_of), said=said)


def _how_many(view: View, shot: Snapshot) -> str:
    word = view.words
    rows = [row for force, place in FIGURES if (row := find(shot.troops, force=force, place=place)) and _stated(row)]
    said = [
        word(
            "headline.number",
            force=word.whose(row["force"]),
            place=word.place(row["place"]),
            n=word.count(row),
            day=word.day(row["published"]),
        )
        for row in rows
    ]
    return word("headline.numbers", numbers=word("list.and").join(said)) if said else word("headline.numbers.none")


def _where(view: View, shot: Snapshot) -> str:
    sites = _sites(shot)
    held = sum(row["state"] in HELD for row in sites)
    left = sum(row["state"] == "left" for row in sites)
    word = view.words
    if not shot.bases:
        return word("headline.where.none")
    if not left:
        return word("headline.where.held", held=word.plural("sites", held))
    return word("headline.where", held=word.plural("sites", held), left=word.plural("sites_left", left))


def _sites(shot: Snapshot) -> list[Row]:
    """One row a place: where several forces were, of one that is there still, the headline's before others."""
    rows: dict[str, Row] = {}
    for row in sorted(shot.bases, key=lambda row: (row["state"] not in HELD, not row["headline"])):
        rows.setdefault(row["place"], row)
    return list(rows.values())


def _stated(row: Row) -> bool:
    return row["count_min"] is not None or row["count_max"] is not None


def figures(view: View, shot: Snapshot) -> str:
    """HTML: the strip of key figures; each number opens the sentence it was read from."""
    word = view.words
    cells = [_troops_figure(view, find(shot.troops, force=f, place=p), f, p) for f, p in FIGURES]
    cells += [_bases_figure(view, shot), _nations_figure(view, shot)]
    return f"<dl class='figures' lang='{word.lang}'>{''.join(cells)}</dl>"


def figure(label: str, value: str, note: str) -> str:
    """HTML: a cell of the strip; ``value`` is HTML, the others text."""
    return f"<div><dt>{escape(label)}</dt><dd><strong>{value}</strong><span>{escape(note)}</span></dd></div>"


def _troops_figure(view: View, row: Row | None, force: str, place: str) -> str:
    word = view.words
    label = word("figure.troops", force=word.whose(force), place=word.place(place))
    if row is None or not _stated(row):
        return figure(label, word.html("count.unknown"), word("figure.never"))
    value = evidence_link(view, show_key("troops", row), escape(word.count(row)))
    note = word("figure.stated", day=word.short(row["published"]))
    if row["age_days"]:
        note = word("figure.stated.ago", day=word.short(row["published"]), age=word.plural("days", row["age_days"]))
    return figure(label, value, note)


def _bases_figure(view: View, shot: Snapshot) -> str:
    word = view.words
    if not shot.bases:
        return figure(word("figure.sites"), word.html("count.unknown"), word("figure.sites.never"))
    sites = _sites(shot)
    held = [row for row in sites if row["state"] in HELD]
    value = word("figure.of", n=word.number(len(held)), all=word.number(len(sites)))
    doubtful = sum(row["state"] in {"overdue", "contested", "leaving"} for row in held)
    note = word.plural("figure.doubtful", doubtful) if doubtful else word("figure.sites.note")
    return figure(word("figure.sites"), f"<a href='#sites'>{escape(value)}</a>", note)


def _nations_figure(view: View, shot: Snapshot) -> str:
    word = view.words
    nations = [row for row in shot.nations if row["force"] != "nato"]
    gone = sum(bool(row["gone"]) for row in nations)
    value = word("figure.of", n=word.number(len(nations) - gone), all=word.number(len(nations)))
    note = word.plural("figure.gone", gone)
    if len(nations) < len(shot.nations):
        note = word("figure.alliance", gone=note)
    return figure(word("figure.nations"), f"<a href='#nations'>{escape(value)}</a>", note)
