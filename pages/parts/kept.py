"""Who announced deadlines, and what became of them: a table of announcers, those with most promises first."""

from __future__ import annotations

from html import escape

from pages.parts.data import Row, snapshot
from pages.parts.frame import View

COLUMNS = ("promised", "met", "met_late", "moved", "passed", "open")
SHOWN = 8  # announcers


def kept(view: View) -> str:
    """HTML: how often those were met who announced a deadline; a word where nobody has announced one."""
    from ledger.keeping import announcers, promises  # noqa: PLC0415 - see data._opened
    from ledger.plain import rows_of  # noqa: PLC0415

    word = view.words
    rows = rows_of(announcers(promises(snapshot(view.books, view.as_of).picture)))
    if not rows:
        return f"<p>{word.html('kept.none')}</p>"
    head = "".join(f"<th scope='col'>{word.html(f'kept.{name}')}</th>" for name in ("announcer", *COLUMNS))
    body = "".join(_row(view, row) for row in rows[:SHOWN])
    return (
        f"<p>{word.html('kept.text', day=word.day(view.as_of))}</p>"
        f"<table class='rates kept'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(view: View, row: Row) -> str:
    cells = "".join(f"<td>{view.words.number(row[name])}</td>" for name in COLUMNS)
    return f"<tr><th scope='row'><bdi>{escape(row['announcer'])}</bdi></th>{cells}</tr>"
