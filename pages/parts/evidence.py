"""Evidence: which sentences a value rests on, and the same sentences highlighted in their report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from html import escape
from itertools import pairwise

from pages.parts.claims import claim, deadline_title, outcome, show_key
from pages.parts.data import Row, Snapshot
from pages.parts.frame import View
from pages.parts.words import RIGHT_TO_LEFT, Words

AROUND = 160  # characters of the report shown on either side of a quoted sentence
# What stands beside a fact that a person has judged or not yet, so that it is told without colour.
SIGNS = {"accepted": "✓", "corrected": "✎", "rejected": "✕", "open": "○"}
NEAR = timedelta(days=30)  # after a claim; whoever speaks later speaks of another time
BESIDE = 200  # claims until then, of which the nearest are shown beside one
SHOWN = 6  # sentences of one kind in the panel; the report pages have them all


def chosen(shot: Snapshot, key: str | None) -> tuple[str, Row] | None:
    """Kind and row of an evidence key such as ``base:harir:US``, or None when nothing has that key."""
    kind = (key or "").partition(":")[0]
    tables = {"base": shot.bases, "troops": shot.troops, "deadline": shot.deadlines, "nation": shot.nations}
    rows = tables.get(kind, [])
    row = next((row for row in rows if show_key(kind, row) == key), None)
    return None if row is None else (kind, row)


def panel_of(view: View, shot: Snapshot, key: str) -> str | None:
    """HTML of the evidence for a key, that of a row or ``fact:ID`` of one claim; None when there is none."""
    kind, _, ident = key.partition(":")
    if kind == "fact":
        return _claim_panel(view, ident)
    found = chosen(shot, key)
    return panel(view, *found) if found else None


def _claim_panel(view: View, ident: str) -> str | None:
    """One fact, with what others state of that kind, force and place, the nearest days first."""
    ledger = view.books.ledger
    told = ledger.facts([ident]).get(ident)
    if told is None:
        return None
    told = told | {"force": told["force"] or "coalition"}
    until = min(view.as_of, told["published"] + NEAR)
    rows = ledger.facts_about(told["kind"], told["force"], told["place"], until, BESIDE)
    if ident not in {row["fact"] for row in rows}:
        return None
    rows.sort(key=lambda row: abs(row["published"] - told["published"]))
    others = [row for row in rows if row["fact"] != ident]
    word = view.words
    state = claim(word, told)
    if told["kind"] == "troops":
        state = word("state.claim", n=word.count(told), status=word(f"troops.{told['status']}"))
    return (
        f"<div class='evidence' role='region' lang='{word.lang}'><h2>{escape(title_of(view, told['kind'], told))}</h2>"
        f"<p class='state'>{escape(state)}</p>{_card(view, told, first=True)}"
        f"{_list(view, 'evidence.beside', others)}</div>"
    )


def panel(view: View, kind: str, row: Row) -> str:
    """HTML of the evidence for one value: the deciding sentence, what else it rests on, what others say."""
    word = view.words
    known = view.books.ledger.facts([*row["facts"], *row["others"]])
    facts = [known[fact] for fact in row["facts"] if fact in known]
    others = [known[fact] for fact in row["others"] if fact in known]
    parts = [f"<h2>{escape(title_of(view, kind, row))}</h2><p class='state'>{escape(_state(view, kind, row))}</p>"]
    if kind == "nation":
        inner = word.html("nation.all", force=word.force(row["force"]))
        parts.append(f"<p><a href='{view.link('nations', nation=row['force'])}'>{inner}</a></p>")
    if facts:
        parts.append(_card(view, facts[0], first=True))
    parts.append(_list(view, "evidence.also", facts[1:]))
    parts.append(_list(view, "evidence.others", others))
    if kind == "base" and view.chosen.get("place") != row["place"]:
        link = view.link("bases", place=row["place"])
        parts.append(f"<p class='onward'><a href='{link}'>{word.html('site.all')}</a></p>")
    return f"<div class='evidence' role='region' lang='{word.lang}'>{''.join(parts)}</div>"


def title_of(view: View, kind: str, row: Row) -> str:
    """What a row of the picture, or a claim, is of: a site, a nation, troops at a place, an end of a presence."""
    word = view.words
    if kind == "base":
        return word.place(row["place"])
    if kind == "nation":
        return word.force(row["force"])
    if kind == "troops":
        return word("troops.title", force=word.force(row["force"]), place=word.place(row["place"]))
    return deadline_title(word, row)


def _state(view: View, kind: str, row: Row) -> str:
    word = view.words
    if kind == "base":
        state = word(f"base.{row['state']}")
        return word("state.base", state=state, force=word.force(row["force"]), since=word.day(row["since"]))
    if kind == "nation":
        return word("nation.gone") if row["gone"] else word("nation.there")
    if kind == "troops":
        if row["count_min"] is None and row["count_max"] is None:
            return word("count.unknown")
        return word("state.troops", n=word.count(row), day=word.day(row["published"]))
    return f"{word.window(row)} · {outcome(word, row)}"


def _list(view: View, key: str, facts: Sequence[Row]) -> str:
    seen: dict[tuple[str, int], Row] = {}
    for fact in facts:
        seen.setdefault((fact["report"], fact["char_start"]), fact)
    if not seen:
        return ""
    cards = "".join(_card(view, fact) for fact in list(seen.values())[:SHOWN])
    more = len(seen) - SHOWN
    rest = f"<p class='quiet'>{escape(view.words.plural('evidence.more', more))}</p>" if more > 0 else ""
    return f"<h3>{view.words.html(key)}</h3>{cards}{rest}"


def _card(view: View, fact: Row, first: bool = False) -> str:
    report = view.books.ledger.report(fact["report"])
    word = view.words
    quote = in_context(report.text, fact["char_start"], fact["char_end"], AROUND if first else 0)
    return (
        f"<article class='{'card first' if first else 'card'}'><h4>{escape(claim(word, fact))}</h4>"
        f"{mark_of(word, fact)}"
        f"<blockquote dir='auto' lang='{escape(report.lang)}'>{quote}</blockquote>"
        f"{source(view, fact, report.summary)}</article>"
    )


def source(view: View, fact: Row, summary: bool = False, aside: bool = False) -> str:
    """HTML: who says it where and when, with links; ``aside`` opens our own pages beside this one."""
    word = view.words
    speaker = f"<span class='speaker'><bdi>{escape(fact['speaker'])}</bdi></span> · " if fact["speaker"] else ""
    inside = view.link("reports", report=fact["report"], fact=fact["fact"])
    links = f"<a href='{inside}'{' target=_blank' if aside else ''}>"
    links += f"{word.html('evidence.summary' if summary else 'evidence.report')}</a>"
    if outside := safe_url(fact["url"]):
        links += f" · <a href='{outside}' target='_blank'>{word.html('evidence.article')} ↗</a>"
    return (
        f"<p class='source'>{speaker}<b><bdi>{escape(fact['publisher'])}</bdi></b> · "
        f"<time datetime='{fact['published']}'>{word.day(fact['published'])}</time> · {links}</p>"
    )


def mark_of(word: Words, fact: Row) -> str:
    """HTML: what people said of the fact, a sign and a word; of a corrected one also what had been read."""
    state = fact["review"] or "open"
    mark = (
        f"<span class='review {state}' title='{word.html(f'review.{state}.title')}'>"
        f"<i aria-hidden='true'>{SIGNS[state]}</i> {word.html(f'review.{state}')}</span>"
    )
    if "read" in fact:
        mark += f" <span class='review was'>{word.html('correct.read', claim=claim(word, read_as(fact)))}</span>"
    return mark


def read_as(fact: Row) -> Row:
    """The fact as the extractor read it, before anybody corrected it."""
    return fact | fact.get("read", {})


def written(lang: str) -> str:
    """The attributes of an element that holds text of this language."""
    return f"lang='{escape(lang)}' dir='{'rtl' if lang in RIGHT_TO_LEFT else 'ltr'}'"


def safe_url(url: str | None) -> str | None:
    """The address escaped for an attribute, when it is one of the web; None for any other."""
    return escape(url) if url and url.startswith(("https://", "http://")) else None


def in_context(text: str, start: int, end: int, around: int) -> str:
    """HTML: ``text[start:end]`` marked, with whole words of up to ``around`` characters on either side."""
    before, after = text[max(0, start - around) : start], text[end : end + around]
    if not around:
        return f"<mark>{escape(text[start:end])}</mark>"
    if start > around:
        before = "… " + before.partition(" ")[2]
    if end + around < len(text):
        after = after.rpartition(" ")[0] + " …"
    return f"{escape(before)}<mark>{escape(text[start:end])}</mark>{escape(after)}"


def marked(
    text: str, facts: Iterable[Row], picked: str | None = None, sign: Callable[[Row], str] = lambda _: ""
) -> str:
    """HTML: the whole text with every fact's sentence marked in place; the picked fact's stands out.

    ``sign`` gives the HTML that stands behind the sentence of a fact.
    """
    facts = list(facts)
    edges = sorted({0, len(text), *(f["char_start"] for f in facts), *(f["char_end"] for f in facts)})
    parts = []
    for start, end in pairwise(edges):
        here = [f for f in facts if f["char_start"] <= start and end <= f["char_end"]]
        piece = escape(text[start:end])
        if here:
            name = " class='picked'" if any(f["fact"] == picked for f in here) else ""
            idents = escape(" ".join(f["fact"] for f in here))
            piece = f"<mark{name} data-facts='{idents}'>{piece}</mark>"
        parts.append(piece + "".join(sign(f) for f in here if f["char_end"] == end))
    return "".join(parts)
