"""How often the reading errs: the measured rates of data/accuracy.csv, by language."""

from __future__ import annotations

from datetime import date
from html import escape

from extract.tables import rows
from pages.parts.words import Words

COLUMNS = ("base", "troops", "deadline", "nation", "precision", "recall")
# Babel and CLDR call the languages of the articles so; no language: all articles.
ALL = ""


def rates(word: Words) -> str:
    """The table of error rates as HTML: a row a language, shares right of what is read and found of what is there."""
    measured = date.fromisoformat(rows("accuracy.csv")[0]["measured"])
    articles = next(int(row["articles"]) for row in rows("accuracy.csv") if row["lang"] == ALL)
    head = "".join(f"<th scope='col'>{word.html(f'rates.{name}')}</th>" for name in ("language", *COLUMNS))
    body = "".join(_row(row, word) for row in rows("accuracy.csv"))
    told = word.html("rates.text", day=word.day(measured), n=word.number(articles))
    return f"<p>{told}</p><table class='rates'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row(row: dict[str, str], word: Words) -> str:
    name = word.locale.languages[row["lang"]] if row["lang"] != ALL else word("rates.all")
    shares = (word.percent(float(row[column])) for column in COLUMNS)
    cells = "".join(f"<td>{escape(share)}</td>" for share in shares)
    return f"<tr><th scope='row'>{escape(name)}</th>{cells}</tr>"
