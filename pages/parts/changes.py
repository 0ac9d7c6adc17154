"""What changed in the picture, before and after, in words: between two days, or by a report that is not kept yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.claims import outcome, show_key
from pages.parts.data import Row, snapshot
from pages.parts.evidence import chosen, title_of
from pages.parts.frame import View
from pages.parts.timebar import LATELY

if TYPE_CHECKING:
    from ledger.changes import Change
    from ledger.preview import Preview

SHOWN = 6  # changes on the page about; the view of changes has them all
# What happened to a row, in the order of the groups, with the sign that stands before it.
SIGNS = {"new": "+", "changed": "⇄", "contradicted": "◆", "met": "✓", "moved": "↷", "late": "!"}


def consequences(view: View, ahead: Preview) -> None:
    """Draws what keeping the draft would change in the picture of the day looked at."""
    from ledger.changes import changes  # noqa: PLC0415 - see data._opened

    word = view.words
    found = changes(ahead.before, ahead.after)
    day = word.html("draft.changes.day", day=word.day(view.as_of))
    published = max((row["published"] for row in ahead.facts), default=view.as_of)
    none = "draft.changes.later" if published > view.as_of else "draft.changes.none"
    body = groups(view, found) if found else f"<p>{word.html(none)}</p>"
    st.html(
        f"<section class='changes' lang='{word.lang}'><h2>{word.html('draft.changes')}</h2>"
        f"<p class='quiet'>{day}</p>{body}</section>"
    )


def groups(view: View, found: Iterable[Change], day: date | None = None) -> str:
    """HTML: the changes by what happened; each leads to the evidence of its row on ``day``, if one is given."""
    found, parts = list(found), []
    for what, sign in SIGNS.items():
        rows = "".join(_change(view, change, day) for change in found if change.what == what)
        if rows:
            head = f"<h3><i aria-hidden='true'>{sign}</i> {view.words.html(f'change.{what}')}</h3>"
            parts.append(f"<section class='{what}'>{head}<ul>{rows}</ul></section>")
    return "".join(parts)


def _change(view: View, change: Change, day: date | None) -> str:
    """One change as a line: whose or what, before and after, and since when."""
    title = _title(view, change)
    if day:
        key = show_key(change.kind, change.after)
        if chosen(snapshot(view.books, day), key):
            title = f"<a href='{view.link(as_of=day.isoformat(), show=key)}'>{title}</a>"
    before, after = (row and said(view, change, row) for row in (change.before, change.after))
    was = f"{escape(before)} <i aria-hidden='true'>{_arrow(view)}</i> " if before else ""
    since = f"<time datetime='{change.day}'>{escape(view.words.short(change.day))}</time>" if day else ""
    return f"<li><div>{title}</div><span>{was}<b>{escape(after or '')}</b></span>{since}</li>"


def _title(view: View, change: Change) -> str:
    """What the row is of; of a deadline with its window, where that is not what changed."""
    title = escape(title_of(view, change.kind, change.after))
    if change.kind == "deadline" and not _window_differs(change):
        title += f" <small>{escape(view.words.window(change.after))}</small>"
    return title


def _window_differs(change: Change) -> bool:
    """Whether a deadline has another window than before."""
    return change.before is not None and change.before["date_end"] != change.after["date_end"]


def _arrow(view: View) -> str:
    return "←" if view.words.direction == "rtl" else "→"


def said(view: View, change: Change, row: Row) -> str:
    """What the row says, before or after."""
    word = view.words
    if change.kind == "base":
        return word(f"base.{row['state']}")
    if change.kind == "troops":
        left = word("nation.gone_on", day=word.short(row["left_on"])) if row["left_on"] else ""
        return left or word("change.troops", n=word.count(row), status=word(f"troops.{row['status']}"))
    if change.kind == "deadline":
        if change.what == "moved":
            return word.window(row)
        said = outcome(word, row)
        return f"{word.window(row)} · {said}" if _window_differs(change) else said
    role = word(f"role.{row['role']}") if row["role"] else word("role.unknown")
    return f"{role} · {word('nation.gone') if row['gone'] else word('nation.there')}"


def between(view: View, start: date, end: date) -> list[Change]:
    """What is otherwise in the picture of ``end`` than in that of ``start``, an earlier day."""
    from ledger.changes import changes  # noqa: PLC0415 - see data._opened

    return changes(snapshot(view.books, start).picture, snapshot(view.books, end).picture)


def days_asked(view: View) -> tuple[date, date, str | None]:
    """The two days in the address, by default 30 days up to the as-of day, and the key of a notice if they are bad."""
    end, bad_end = _asked(view, "to", view.as_of)
    start, bad_start = _asked(view, "from", max(end - LATELY, view.books.first))
    if start > end:
        return end, start, "changes.turned"
    return start, end, "changes.bad" if bad_start or bad_end else None


def _asked(view: View, name: str, default: date) -> tuple[date, bool]:
    asked = st.query_params.get(name)
    try:
        day = date.fromisoformat(asked) if asked else default
    except ValueError:
        return default, True
    return min(max(day, view.books.first), view.today), not view.books.first <= day <= view.today


def two_days(view: View) -> None:
    """Draws the view of changes: two days to choose, and all that changed between them."""
    word = view.words
    start, end, notice = days_asked(view)
    st.html(
        f"<header class='prose' lang='{word.lang}'><p><a href='{view.link('about')}'>"
        f"{word.html('changes.back')}</a></p><h1>{word.html('changes.title')}</h1></header>"
    )
    if notice:
        st.html(f"<p class='notice' role='status' lang='{word.lang}'>{word.html(notice)}</p>")
    with st.container(key="two-days", horizontal=True, vertical_alignment="bottom", gap="small"):
        for name, day in (("from", start), ("to", end)):
            st.session_state[f"changes-{name}"] = day
            label = word("changes.from") if name == "from" else word("changes.to")
            st.date_input(
                label, min_value=view.books.first, max_value=view.today, key=f"changes-{name}",
                format="YYYY-MM-DD", width=180, on_change=_chosen, args=(name,),
            )  # fmt: skip
    found = between(view, start, end)
    title = _number(view, len(found), start, end)
    body = groups(view, found, end)
    st.html(f"<section class='changes wide' lang='{word.lang}'><h2>{escape(title)}</h2>{body}</section>")


def _number(view: View, number: int, start: date, end: date) -> str:
    days = {"start": view.words.day(start), "end": view.words.day(end)}
    return view.words.plural("changes.number", number, **days) if number else view.words("changes.none", **days)


def _chosen(name: str) -> None:
    if day := st.session_state[f"changes-{name}"]:
        st.query_params[name] = day.isoformat()
    else:
        st.query_params.pop(name, None)


def lately(view: View) -> str:
    """HTML: what changed in the last 30 days in short, with a link to all of it."""
    word, start = view.words, max(view.as_of - LATELY, view.books.first)
    found = between(view, start, view.as_of)
    title = _number(view, len(found), start, view.as_of)
    link = f"<p><a href='{view.link('about', view='changes')}'>{word.html('changes.all')}</a></p>"
    body = groups(view, found[-SHOWN:], view.as_of)
    return f"<p>{escape(title)}</p><div class='changes'>{body}</div>{link}"
