"""One force's own view: what is told of it in words, figures, a history, places, sites, deadlines and claims."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from ledger.contingents import announced_end, contingents, sites_of
from ledger.nations import latest_number
from ledger.told import HEADLINE
from pages.parts import history, timeline
from pages.parts.claims import claim, deadline_title, show_key
from pages.parts.data import Row, Snapshot
from pages.parts.frame import View
from pages.parts.headline import figure
from pages.parts.nations import ending, entry, number, roles, value
from pages.parts.strength import NOWHERE
from pages.parts.tables import cell, evidence_link, head, time

KNOWN = 200  # claims in the history, the newest
SHOWN = 60  # of them in the list


@dataclass(frozen=True)
class Force:
    """All that a day's picture has of one force; ``nation`` is None for the coalition, ``all`` counts its claims."""

    force: str
    nation: Row | None
    numbers: list[Row]
    sites: list[Row]
    deadlines: list[Row]
    claims: list[Row]
    all: int


def force_of(view: View, shot: Snapshot, force: str) -> Force | None:
    """What is known of a force; None where no report tells of it."""
    claims, number_of_all = view.books.ledger.facts_of_force(force, view.as_of, KNOWN)
    nation = next(
        (row for row in contingents(shot.nations, shot.troops, shot.deadlines) if row["force"] == force), None
    )
    if not claims and nation is None:
        return None
    troops = [row for row in shot.troops if row["force"] == force]
    deadlines = sorted((row for row in shot.deadlines if row["force"] == force), key=timeline.nearest)
    sites = sites_of(force, shot.bases, [*troops, *deadlines])
    troops.sort(key=lambda row: (row["status"] != "present", -row["published"].toordinal()))
    return Force(force, nation, troops, sites, deadlines, claims, number_of_all)


def title(view: View, own: Force) -> str:
    """HTML: the force in one sentence, and what else there is to say in a few."""
    word = view.words
    return (
        f"<header class='headline' lang='{word.lang}'><h1>{escape(_said(view, own))}</h1>"
        f"<p>{escape(' '.join(_more(view, own)))}</p></header>"
    )


def _said(view: View, own: Force) -> str:
    word, name = view.words, view.words.force(own.force)
    if own.nation and own.nation["gone"]:
        return word("nation.said.gone", force=name, day=word.day(own.nation["gone_on"]))
    row = _latest(own)
    if row is None:
        return word("nation.said.none", force=name)
    place, day = word.place(row["place"]), word.day(row["published"])
    return word("nation.said.number", force=name, n=word.count(row), place=place, day=day)


def _latest(own: Force) -> Row | None:
    """The number that stands for the force: the nation's, else (of the coalition) of those not told gone since."""
    if own.nation:
        return own.nation["numbers"][0] if own.nation["numbers"] else None
    return latest_number([row for row in own.numbers if not row["left_on"]])


def _more(view: View, own: Force) -> list[str]:
    word = view.words
    end = announced_end(own.deadlines)
    said = word("nation.end.none")
    if end:
        said = word("nation.end", title=deadline_title(word, end), fate=timeline.fate(view, end))
    if own.nation is None:
        return [word("nation.whole"), said]
    told = [word("nation.role", roles=roles(view, own.nation))]
    if not own.nation["gone"]:
        told.append(said)
    return [*told, word("nation.last", day=word.day(own.nation["last_report"]))]


def figures(view: View, own: Force) -> str:
    """HTML: the strip of key figures: the last number, entry, exit, sites."""
    word = view.words
    row, left = _latest(own), sum(site["state"] == "left" for site in own.sites)
    latest = figure(word("strength.latest"), word.html("count.unknown"), word("strength.never"))
    if row:
        where = word("number.where", place=word.place(row["place"]), day=word.short(row["published"]))
        link = value(view, row, show_key("troops", row), word.count(row))
        latest = figure(word("strength.latest"), link, where)
    cells = [latest]
    if own.nation:
        cells += [_cell(view, "entry", entry(view, own.nation)), _cell(view, "exit", ending(view, own.nation))]
    many = f"<a href='#own-sites'>{word.number(len(own.sites))}</a>" if own.sites else word.number(0)
    note = word.plural("nation.sites.left", left) if left else ""
    cells.append(figure(word("nation.sites"), many, note))
    return f"<dl class='figures own' lang='{word.lang}'>{''.join(cells)}</dl>"


def _cell(view: View, column: str, inner: str) -> str:
    return f"<div><dt>{view.words.html(f'column.{column}')}</dt><dd>{inner}</dd></div>"


def chart(view: View, own: Force) -> str:
    """HTML: the history of the force."""
    return history.chart(view, own.nation, own.claims, own.numbers, own.deadlines)


def tables(view: View, own: Force) -> str:
    """HTML: its numbers by place, its sites, its deadlines, and all its claims."""
    return (
        f"<div class='own' lang='{view.words.lang}'><div>{_numbers(view, own)}{_deadlines(view, own)}</div>"
        f"{_sites(view, own)}</div>{_claims(view, own)}"
    )


def _section(view: View, name: str, body: str, note: str = "") -> str:
    """A section with its title; without a body it says that there is nothing."""
    word = view.words
    told = f"<p class='quiet'>{escape(note)}</p>" if note and body else ""
    body = body or f"<p class='quiet'>{word.html(f'nation.{name}.none')}</p>"
    return f"<section id='own-{name}'><h2>{word.html(f'nation.{name}')}</h2>{told}{body}</section>"


def _numbers(view: View, own: Force) -> str:
    rows = "".join(_number(view, row) for row in own.numbers)
    return _section(view, "numbers", rows and f"<table class='ledger'><tbody>{rows}</tbody></table>")


def _number(view: View, row: Row) -> str:
    word = view.words
    address = view.link("troops", force=row["force"], place=row["place"] or NOWHERE)
    place = f"<th scope='row'><a href='{address}'>{escape(word.place(row['place']))}</a></th>"
    if row["status"] == "present":
        return f"<tr>{place}{cell('number', number(view, row))}</tr>"
    told = view.books.ledger.facts(row["facts"][:1])[row["facts"][0]]
    return f"<tr>{place}{cell('number', _otherwise(view, told))}</tr>"


def _otherwise(view: View, told: Row) -> str:
    """HTML: the newest number of a place where none was told as there, and what it was told as."""
    word = view.words
    name = word("evidence.of", value=word.count(told), of=word.place(told["place"]))
    link = evidence_link(view, f"fact:{told['fact']}", escape(word.count(told)), name)
    note = word("claims.told", status=word(f"troops.{told['status']}"), day=word.short(told["published"]))
    return f"<p>{link} <small>{escape(note)}</small></p>"


def _sites(view: View, own: Force) -> str:
    rows = "".join(_site(view, row) for row in sorted(own.sites, key=lambda row: row["published"], reverse=True))
    note = view.words("nation.sites.shared") if own.force in HEADLINE else ""
    return _section(view, "sites", rows and f"<table class='ledger sites'><tbody>{rows}</tbody></table>", note)


def _site(view: View, row: Row) -> str:
    word = view.words
    name, state = word.place(row["place"]), word(f"base.{row['state']}")
    label = word("evidence.of", value=state, of=name)
    link = evidence_link(view, show_key("base", row), escape(state), label)
    return (
        f"<tr><th scope='row'><a href='{view.link('bases', place=row['place'])}'>{escape(name)}</a></th>"
        f"<td class='state'><span class='mark {row['state']}'></span>{link}</td>"
        f"<td>{time(view, row['published'])}</td></tr>"
    )


def _deadlines(view: View, own: Force) -> str:
    rows = "".join(_deadline(view, row) for row in own.deadlines)
    return _section(view, "deadlines", rows and f"<ol class='ends'>{rows}</ol>")


def _deadline(view: View, row: Row) -> str:
    name = evidence_link(view, show_key("deadline", row), escape(deadline_title(view.words, row)))
    state = timeline.standing(row)
    return f"<li>{name}<small><i class='deadline {state}'></i>{escape(timeline.fate(view, row))}</small></li>"


def _claims(view: View, own: Force) -> str:
    word = view.words
    shown = own.claims[:SHOWN]
    note = ""
    if len(shown) < own.all:
        note = word("nation.claims.cut", n=word.number(len(shown)), all=word.number(own.all))
    rows = "".join(_claim(view, row) for row in shown)
    columns = head(view, ["claim", "publisher", "published", "speaker"])
    body = f"<table class='ledger told'>{columns}<tbody>{rows}</tbody></table>"
    return f"<div lang='{word.lang}'>{_section(view, 'claims', body, note)}</div>"


def _claim(view: View, row: Row) -> str:
    word = view.words
    said = claim(word, row | {"force": row["force"] or "coalition"})
    label = word("strength.mark", claim=said, publisher=row["publisher"], day=word.day(row["published"]))
    link = evidence_link(view, f"fact:{row['fact']}", escape(said), label)
    speaker = f"<bdi>{escape(row['speaker'])}</bdi>" if row["speaker"] else ""
    return (
        f"<tr><th scope='row'>{link}</th>"
        + cell("publisher", f"<bdi>{escape(row['publisher'])}</bdi>")
        + cell("published", time(view, row["published"]))
        + cell("speaker", speaker)
        + "</tr>"
    )
