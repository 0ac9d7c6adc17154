"""The sites of the picture as a table: state, since when, deadline, troops, nations, distances, with their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from extract.tables import places
from ledger.told import side_of, wider
from pages.parts.claims import outcome, show_key
from pages.parts.data import Row, Snapshot
from pages.parts.far import distance_lines
from pages.parts.frame import View
from pages.parts.marks import BASES
from pages.parts.strength import stated
from pages.parts.tables import cell, evidence_link, flag, head, time

COLUMNS = ("site", "state", "since", "deadline_of", "troops", "nations", "distances")


@dataclass(frozen=True)
class Site:
    """What the picture says of one place.

    ``row`` is the one that the map shows, ``rows`` has it and those of other forces there, ``troops`` the numbers
    stated of the place itself, ``deadlines`` those told of it, ``deadline`` the next or last one that it falls under
    (its own, or that of a wider place).
    """

    row: Row
    rows: list[Row]
    troops: list[Row]
    deadlines: list[Row]
    deadline: Row | None

    @property
    def place(self) -> str:
        return str(self.row["place"])

    @property
    def strength(self) -> Row | None:
        """The latest number stated as there of the side of ``row`` since it last left, as its row of troops."""
        ends = (self.row["troops_min"], self.row["troops_max"])
        found = [
            row for row in self.troops if _same_side(row, self.row) and (row["count_min"], row["count_max"]) == ends
        ]
        return max(found, key=lambda row: row["published"], default=None) if ends != (None, None) else None

    def forces(self) -> dict[str, str]:
        """The forces told of at this very place, each with the key of its evidence."""
        found: dict[str, str] = {}
        for kind, rows in (("base", self.rows), ("troops", self.troops), ("deadline", self.deadlines)):
            for row in rows:
                found.setdefault(row["force"], show_key(kind, row))
        return found

    def within(self, where: str | None) -> bool:
        """Whether the site lies in a country or region; None is any."""
        return where in (None, self.row["country"], *wider(self.place))


def sites_of(shot: Snapshot) -> list[Site]:
    """The sites of the picture, one a place, those that matter most first."""
    rows = _by_place(shot.bases)
    troops, deadlines = _by_place(shot.troops), _by_place(shot.deadlines)
    found = []
    for place, own in rows.items():
        own.sort(key=lambda row: not row["headline"])
        lines = troops.get(place, [])
        found.append(Site(own[0], own, lines, deadlines.get(place, []), _deadline(own[0], deadlines)))
    return sorted(found, key=lambda site: (list(BASES).index(site.row["state"]), -site.row["published"].toordinal()))


def _by_place(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row["place"]:
            found.setdefault(row["place"], []).append(row)
    return found


def _deadline(base: Row, deadlines: Mapping[str, list[Row]]) -> Row | None:
    """The deadline whose end the row of a base tells: that of the nearest place that has it."""
    for where in (base["place"], *wider(base["place"])):
        for row in deadlines.get(where, []):
            if row["promised"] and _same_side(row, base) and row["date_end"] == base["deadline_end"]:
                return row
    return None


def _same_side(row: Row, other: Row) -> bool:
    return side_of(row["force"]) == side_of(other["force"])


def table(view: View, sites: list[Site]) -> str:
    """HTML: the sites, country by country."""
    deciding = view.books.ledger.facts(site.row["facts"][0] for site in sites)
    groups: dict[str, list[Site]] = {}
    for site in sites:
        groups.setdefault(site.row["country"] or "", []).append(site)
    bodies = "".join(
        _country(view, country, found, deciding)
        for country, found in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    )
    columns = head(view, list(COLUMNS))
    table = f"<table class='ledger sitelist'>{columns}{bodies}</table>"
    return f"<section id='sites' lang='{view.words.lang}'>{table}</section>"


def _country(view: View, country: str, sites: list[Site], deciding: dict[str, Row]) -> str:
    word = view.words
    name = escape(word.place(country))
    number = f"<span class='quiet num'>{word.number(len(sites))}</span>"
    title = f"<tr class='group'><th colspan='{len(COLUMNS)}' scope='rowgroup'>{name} {number}</th></tr>"
    return f"<tbody>{title}{''.join(_line(view, site, deciding) for site in sites)}</tbody>"


def _line(view: View, site: Site, deciding: dict[str, Row]) -> str:
    word, row = view.words, site.row
    link = view.link("bases", place=site.place)
    region = word.place(row["region"]) if row["region"] else ""
    name = f"<a href='{link}'>{escape(word.place(site.place))}</a><small>{escape(region)}</small>"
    cells = {
        "state": state(view, row) + by_whom(view, deciding.get(row["facts"][0])),
        "since": time(view, row["since"]),
        "deadline_of": deadline(view, site),
        "troops": troops(view, site),
        "nations": nations(view, site),
        "distances": distance_lines(view, site.place),
    }
    inner = "".join(named(view, column, f"<div>{told}</div>") for column, told in cells.items())
    title = beside(f"<span class='mark {row['state']}'></span>", name)
    return f"<tr><th scope='row'>{title}</th>{inner}</tr>"


def beside(sign: str, inner: str) -> str:
    """HTML: a mark or a flag with what it belongs to, all lines of it beside the mark."""
    return f"<div class='beside'>{sign}<div>{inner}</div></div>"


def named(view: View, column: str, inner: str) -> str:
    """HTML: a cell that knows the name of its column: on a phone it stands before it."""
    return f"<td class='{column}' data-name='{view.words.html(f'column.{column}')}'>{inner}</td>"


def state(view: View, row: Row) -> str:
    """HTML: the state of a row of bases, with its evidence."""
    return evidence_link(view, show_key("base", row), view.words.html(f"base.{row['state']}"))


def by_whom(view: View, fact: Row | None) -> str:
    """HTML: who published the fact and when."""
    if fact is None:
        return ""
    return f"<small><bdi>{escape(fact['publisher'])}</bdi> · {time(view, fact['published'])}</small>"


def deadline(view: View, site: Site) -> str:
    """HTML: the next or last deadline of a site, of which place it is, and what became of it."""
    word, row = view.words, site.deadline
    if row is None:
        return f"<span class='quiet'>{word.html('site.deadline.none')}</span>"
    said = evidence_link(view, show_key("deadline", row), escape(word.window(row)))
    fate = outcome(word, row)
    if row["place"] != site.place:
        fate = word("site.deadline.of", place=word.place(row["place"]), outcome=fate)
    return f"{said}<small>{escape(fate)}</small>"


def troops(view: View, site: Site) -> str:
    """HTML: the latest number of troops stated of a site."""
    word, row = view.words, site.strength
    if row is None:
        return f"<span class='quiet'>{word.html('count.unknown')}</span><small>{escape(before(view, site))}</small>"
    number = evidence_link(view, show_key("troops", row), escape(word.count(row)))
    day = word("site.troops.stated", force=word.force(row["force"]), day=word.short(row["published"]))
    return f"<span class='num'>{number}</span><small>{escape(day)}</small>"


def before(view: View, site: Site) -> str:
    """The latest number that was stated before the forces were reported gone, in words; nothing without one."""
    told = [row for row in site.troops if stated(row) and row["left_on"] and _same_side(row, site.row)]
    if not told:
        return ""
    row = max(told, key=lambda row: row["published"])
    return view.words("site.troops.before", n=view.words.count(row), day=view.words.short(row["published"]))


def nations(view: View, site: Site) -> str:
    """HTML: the forces told of at a site."""
    word = view.words
    items = "".join(
        f"<li>{_flag(force)}{evidence_link(view, key, escape(word.force(force)))}</li>"
        for force, key in site.forces().items()
    )
    return f"<ul class='forces'>{items}</ul>"


def _flag(force: str) -> str:
    """HTML: the flag of a nation; room for one beside the name of an alliance."""
    return flag(force) if len(force) == 2 else "<i class='noflag'></i>"


def forces(view: View, site: Site) -> str:
    """HTML: each force told of at a site, with its state there and the number stated of it, the latest first."""
    word = view.words
    base = {row["force"]: row for row in site.rows}
    number = {row["force"]: row for row in site.troops}
    rows = ""
    for force, key in site.forces().items():
        there, told = base.get(force), number.get(force)
        none = f"<span class='quiet'>{word.html('count.unknown')}</span>"
        said = f"<span class='mark {there['state']}'></span>{state(view, there)}" if there else none
        count = _number(view, told) if told and stated(told) else none
        rows += (
            f"<tr><th scope='row'>{beside(_flag(force), escape(word.force(force)))}</th>"
            + named(view, "state", said)
            + named(view, "since", time(view, there["since"]) if there else none)
            + named(view, "troops", count)
            + cell("go", evidence_link(view, key, word.html("evidence.word")))
            + "</tr>"
        )
    return (
        f"<section id='forces' lang='{word.lang}'><h2>{word.html('site.forces')}</h2>"
        f"<table class='ledger told'>{head(view, ['nation', 'state', 'since', 'troops', 'evidence'])}"
        f"<tbody>{rows}</tbody></table></section>"
    )


def _number(view: View, row: Row) -> str:
    word = view.words
    note = word("figure.stated", day=word.short(row["published"]))
    if row["left_on"]:
        note += f" · {word('strength.gone', day=word.short(row['left_on']))}"
    more = f"<a href='{view.link('troops', force=row['force'], place=row['place'])}'>{word.html('site.overtime')}</a>"
    number = evidence_link(view, show_key("troops", row), escape(word.count(row)))
    return f"<div><span class='num'>{number}</span><small>{escape(note)} · {more}</small></div>"


def wheres(view: View, sites: list[Site]) -> list[tuple[str, str]]:
    """The countries in which there are sites, each followed by its regions, with their names."""
    found: dict[str, set[str]] = {}
    for site in sites:
        above = [where for where in wider(site.place) if places()[where]["kind"] == "region"]
        found.setdefault(site.row["country"] or "", set()).update(above)
    return [
        (where, view.words.place(where))
        for country, regions in sorted(found.items())
        for where in (country, *sorted(regions, key=view.words.place))
        if where
    ]
