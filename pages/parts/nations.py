"""The nations in full: how many there are, and of each its roles, numbers by place, entry and exit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from ledger.contingents import AHEAD, NO_ROLE, contingents, fits, roles_of
from pages.parts.choice import Choice, asked, choices
from pages.parts.claims import outcome, show_key
from pages.parts.data import Row, Snapshot
from pages.parts.frame import View, notify
from pages.parts.headline import figure
from pages.parts.tables import evidence_link, flag, head

NATO = "nato"  # an alliance: a row of the table, but no nation
ROLES = ("coalition", "nato", "bilateral", NO_ROLE)
GONE = {"false": False, "true": True}  # as the address and the CSV write it
COLUMNS = ("nation", "role", "numbers", "entry", "exit", "last")


@dataclass(frozen=True)
class Asked:
    """Which nations are asked for, as ``contingents.fits`` takes it; None is any."""

    role: str | None = None
    gone: bool | None = None

    @property
    def presence(self) -> str:
        """``gone`` as the address has it; empty for any."""
        return "" if self.gone is None else str(self.gone).lower()

    def of(self, rows: Sequence[Row]) -> list[Row]:
        """Those of the nations that are asked for."""
        return [row for row in rows if fits(row, self.role, self.gone)]


def nations_of(shot: Snapshot) -> list[Row]:
    """The nations of a day and NATO's mission, each with its numbers and its announced end."""
    return contingents(shot.nations, shot.troops, shot.deadlines)


def figures(view: View, rows: Sequence[Row]) -> str:
    """HTML: the strip of key figures: how many nations are there, in which role, with a number, with an end ahead."""
    word = view.words
    nations = [row for row in rows if row["force"] != NATO]
    gone = sum(bool(row["gone"]) for row in nations)
    note = word.plural("figure.gone", gone)
    if len(nations) < len(rows):
        note = word("figure.alliance", gone=note)
    stated = sum(bool(row["numbers"]) for row in nations)
    cells = (
        figure(word("figure.nations"), _of(view, len(nations) - gone, len(nations)), note)
        + _by_role(view, nations)
        + figure(word("nations.stated"), _of(view, stated, len(nations)), word("nations.stated.note"))
        + _ends(view, nations)
    )
    return f"<dl class='figures' lang='{word.lang}'>{cells}</dl>"


def _of(view: View, part: int, whole: int) -> str:
    return view.words.html("figure.of", n=view.words.number(part), all=view.words.number(whole))


def _by_role(view: View, nations: Sequence[Row]) -> str:
    word = view.words
    count = {role: word.number(sum(role in roles_of(row) for row in nations)) for role in ROLES}
    note = word("nations.roles", nato=count["nato"], bilateral=count["bilateral"])
    return figure(word("nations.coalition"), count["coalition"], note)


def _ends(view: View, nations: Sequence[Row]) -> str:
    """The cell of ends that lie ahead; the next one opens its evidence."""
    word = view.words
    ahead = sorted((row["exit"] for row in nations if is_ahead(row)), key=lambda end: end["date_end"])
    if not ahead:
        return figure(word("nations.ends"), word.number(0), word("nations.ends.none"))
    said = word("nations.next", force=word.force(ahead[0]["force"]), day=word.window(ahead[0]))
    link = evidence_link(view, show_key("deadline", ahead[0]), escape(said))
    return (
        f"<div><dt>{word.html('nations.ends')}</dt><dd><strong>{word.number(len(ahead))}</strong>"
        f"<span>{link}</span></dd></div>"
    )


def is_ahead(row: Row) -> bool:
    """Whether the announced end of a nation that is not reported gone lies ahead."""
    return bool(row["exit"]) and not row["gone"] and row["exit"]["state"] in AHEAD


def table(view: View, rows: Sequence[Row]) -> str:
    """HTML: the nations in full; every value opens its evidence, each name leads to the nation's own view."""
    body = "".join(_nation(view, row) for row in rows)
    return (
        f"<section id='all-nations' lang='{view.words.lang}'><table class='ledger told'>{head(view, list(COLUMNS))}"
        f"<tbody>{body}</tbody></table></section>"
    )


def _nation(view: View, row: Row) -> str:
    force = view.words.force(row["force"])
    key = show_key("nation", row)
    cells = {
        "role": value(view, row, key, roles(view, row)),
        "numbers": "".join(number(view, one, view.words.place(one["place"])) for one in row["numbers"])
        or _quiet(view, "count.unknown"),
        "entry": entry(view, row),
        "exit": ending(view, row),
        "last": value(view, row, key, view.words.short(row["last_report"])),
    }
    link = f"<a href='{view.link('nations', nation=row['force'])}'>{escape(force)}</a>"
    told = "".join(
        f"<td class='{name}' data-name='{view.words.html(f'column.{name}')}'><div>{inner}</div></td>"
        for name, inner in cells.items()
    )
    return f"<tr{' class=gone' if row['gone'] else ''}><th scope='row'>{flag(row['force'])}{link}</th>{told}</tr>"


def value(view: View, row: Row, key: str, said: str) -> str:
    """HTML: a value of a nation as a link to its evidence, whose name says of whom it is."""
    name = view.words("evidence.of", value=said, of=view.words.force(row["force"]))
    return evidence_link(view, key, escape(said), name)


def roles(view: View, row: Row) -> str:
    """The roles of a nation in words, the latest told first."""
    return view.words("list.comma").join(view.words(f"role.{role}") for role in roles_of(row))


def number(view: View, row: Row, place: str = "") -> str:
    """HTML: a number as it was stated, where (unless that is plain) and when, and whether they were told gone since."""
    word = view.words
    where = word.short(row["published"])
    if place:
        where = word("number.where", place=place, day=where)
    left = f"<i>{word.html('strength.gone', day=word.short(row['left_on']))}</i>" if row["left_on"] else ""
    link = value(view, row, show_key("troops", row), word.count(row))
    return f"<p><b class='num'>{link}</b> <small>{escape(where)}{left}</small></p>"


def entry(view: View, row: Row) -> str:
    """HTML: the day of the first report that tells of a nation's forces there, and whether of their arrival."""
    word = view.words
    if not row["entry_fact"]:
        return _quiet(view, "count.unknown")
    how = word.html("entry.arrival" if row["arrival"] else "entry.named")
    return f"{value(view, row, 'fact:' + row['entry_fact'], word.short(row['entry']))}<small>{how}</small>"


def ending(view: View, row: Row) -> str:
    """HTML: the day by which a nation was reported gone, else its announced end and what became of it."""
    word, end = view.words, row["exit"]
    if row["gone"]:
        said = word.short(row["gone_on"])
        return f"{value(view, row, show_key('nation', row), said)}<small>{word.html('exit.gone')}</small>"
    if end is None:
        return _quiet(view, "exit.none")
    what = word("exit.what", place=word.place(end["place"]), outcome=outcome(word, end))
    return f"{value(view, row, show_key('deadline', end), word.window(end))}<small>{escape(what)}</small>"


def _quiet(view: View, key: str) -> str:
    return f"<span class='quiet'>{view.words.html(key)}</span>"


def wanted(view: View, rows: Sequence[Row]) -> Asked:
    """What the address asks for; all nations, and a notice, where none fits it."""
    role, gone = asked("role"), asked("gone")
    found = Asked(role, GONE.get(gone or ""))
    if (gone and gone not in GONE) or not found.of(rows):
        notify(view, view.words("notice.choice"))
        return Asked()
    return found


def lists(view: View, rows: Sequence[Row], own: str = "", fit: Asked | None = None) -> None:
    """The list of forces and, among all nations, those of roles and of presence."""
    word = view.words
    every = ("", word("choice.all"))
    forces = sorted({row["force"] for row in rows}, key=word.force)
    forces = ["coalition", *forces]
    found = [Choice("nation", own, [("", word("nations.all")), *((force, word.force(force)) for force in forces)])]
    if fit:
        there = [role for role in ROLES if any(role in roles_of(row) for row in rows)]
        found.append(Choice("role", fit.role or "", [every, *((role, word(f"role.{role}")) for role in there)]))
        gone = [("false", word("nation.there")), ("true", word("nation.gone"))]
        found.append(Choice("gone", fit.presence, [every, *gone]))
    choices(view, *found)
