"""First line of every page: language, as-of day, style and masthead, all taken from the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import streamlit as st

from pages.parts import marks
from pages.parts.data import Books, books
from pages.parts.words import LOCALES, Words, words

BAGHDAD = ZoneInfo("Asia/Baghdad")
PAGES = {
    "overview": "app.py",
    "troops": "pages/troops.py",
    "deadlines": "pages/deadlines.py",
    "reports": "pages/reports.py",
    "add": "pages/add.py",
    "about": "pages/about.py",
}
# What else of the address a change of language keeps: whose evidence is open, and what was chosen on a page.
KEPT = ("show", "report", "fact", "view", "from", "to", "force", "place", "state", "by")

# Streamlit's own date input would take a third of the time in which the page comes up.
_day_field = st.components.v2.component(
    "day",
    html="<label class='day'><span></span><i><b></b><input type='date'></i></label>",
    js=Path(__file__).with_name("day.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def today() -> date:
    """Today's date in Baghdad."""
    return datetime.now(BAGHDAD).date()


@dataclass(frozen=True)
class View:
    """How this visitor looks: words, as-of day, today in Baghdad, theme (light or dark), phone or not.

    ``books`` is the ledger that everything on the page comes from, ``page`` a key of ``PAGES``, ``chosen`` what
    the visitor chose on it, as parameters of its address.
    """

    page: str
    books: Books
    words: Words
    as_of: date
    today: date
    theme: str
    phone: bool
    chosen: Mapping[str, str] = field(default_factory=dict)

    def query(self, **more: str) -> dict[str, str]:
        """Address parameters that keep the language and, when it was chosen, the day."""
        kept = {"lang": self.words.lang}
        if self.as_of != self.today:
            kept["as_of"] = self.as_of.isoformat()
        return kept | more

    def link(self, page: str = "", **more: str) -> str:
        """A relative address of one of our pages, escaped for an HTML attribute."""
        return escape(f"{page or './'}?{urlencode(self.query(**more))}")

    def permalink(self, **more: str) -> str:
        """Like ``link`` to this page with its choices, the day written out even when it is today."""
        page = "" if self.page == "overview" else self.page
        return self.link(page, **{"as_of": self.as_of.isoformat(), **self.chosen, **more})

    def choosing(self, **chosen: str) -> View:
        """The same view with what was chosen on its page; an empty choice is none."""
        return replace(self, chosen={name: value for name, value in chosen.items() if value})


def frame(page: str) -> View:
    """Sets up the page (a key of ``PAGES``), draws its masthead and tells how the visitor looks at it."""
    lang, known_lang = _language(st.query_params.get("lang"))
    _keep(lang)
    word = words(lang)
    st.set_page_config(page_title=word(f"title.{page}"), page_icon=_icon(), layout="wide")
    now = today()
    opened = books(now)
    as_of, notice = _day(st.query_params.get("as_of"), opened.first, now)
    agent = st.context.headers.get("User-Agent", "")
    view = View(page, opened, word, as_of, now, st.context.theme.type or "light", "Mobi" in agent)
    st.html(f"<style>{_style()}{_direction(word)}{_here(page)}</style>")
    _masthead(view, page)
    messages = [] if known_lang else [word("notice.lang")]
    messages += [word(notice, day=word.day(as_of))] if notice else []
    if messages:
        notify(view, " ".join(messages))
    return view


def notify(view: View, message: str) -> None:
    """Draws a quiet notice."""
    st.html(f"<p class='notice' role='status' lang='{view.words.lang}'>{escape(message)}</p>")


def _language(asked: str | None) -> tuple[str, bool]:
    """The interface language and whether the address asked for one that we have (or for none)."""
    browser = (st.context.locale or "en").split("-")[0].lower()
    default = browser if browser in LOCALES else "en"
    return (asked, True) if asked in LOCALES else (default, asked is None)


def _keep(lang: str) -> None:
    """Writes a new language into the address: Streamlit's link to the page that is open leaves that as it was."""
    if st.session_state.get("lang", lang) != lang:
        st.query_params["lang"] = lang
    st.session_state["lang"] = lang


def _day(asked: str | None, first: date, last: date) -> tuple[date, str | None]:
    """The as-of day, from the first report to today, and the key of a notice when it is not the asked one."""
    if asked is None:
        return last, None
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return last, "notice.day"
    if not first <= day <= last:
        return min(max(day, first), last), "notice.range"
    return day, None


def _masthead(view: View, page: str) -> None:
    word = view.words
    other = next(lang for lang in LOCALES if lang != word.lang)
    with st.container(key="masthead", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(
            f"<a class='brand' href='{view.link()}' lang='{word.lang}'>"
            f"<span class='mark leaving'></span><b>{word.html('brand')}</b></a>",
            width="content",
        )
        for name, script in PAGES.items():
            st.page_link(script, label=word(f"nav.{name}"), query_params=view.query())
        _day_field(
            key="day",
            data={
                "label": word("as_of"),
                "lang": word.lang,
                "words": word.day(view.as_of),
                "day": view.as_of.isoformat(),
                "first": view.books.first.isoformat(),
                "last": view.today.isoformat(),
            },
            on_day_change=_day_chosen,
        )
        st.page_link(PAGES[page], label=words(other)("language"), query_params=_kept() | view.query(lang=other))


def _kept() -> dict[str, str]:
    """What else the address shows now and a change of language should keep."""
    return {key: st.query_params[key] for key in KEPT if key in st.query_params}


def _day_chosen() -> None:
    """The day chosen in the masthead becomes the address's; an emptied field means today."""
    if day := st.session_state["day"].day:
        st.query_params["as_of"] = day
    else:
        st.query_params.pop("as_of", None)


def _icon() -> str:
    return str(Path(__file__).resolve().parents[2] / "static" / "icon.png")


@lru_cache(maxsize=1)
def _style() -> str:
    return Path(__file__).with_name("style.css").read_text(encoding="utf-8") + marks.style()


def _direction(word: Words) -> str:
    """The one block that turns the app around for languages written from right to left."""
    return ".stApp{direction:rtl}.stDeckGlJsonChart{direction:ltr}" if word.direction == "rtl" else ""


def _here(page: str) -> str:
    """The link of this page stands out among the masthead's, of which the first is the brand."""
    place = list(PAGES).index(page) + 2
    return f".st-key-masthead>:nth-child({place}) p{{color:var(--ink)!important;font-weight:600}}"


def footer(view: View) -> None:
    """Draws what stands under every page: how to hear of what is new, what the figures are and whence the borders."""
    word = view.words
    st.html(f"<footer class='foot' lang='{word.lang}'>{_subscribe(view)}<p>{word.html('footer')}</p></footer>")


def _subscribe(view: View) -> str:
    """HTML: links to the feed and the calendar, which go on with each day."""
    word = view.words
    asked = escape(urlencode({"lang": word.lang}))
    return (
        f"<p class='take'><span>{word.html('take.subscribe')}</span> "
        f"<a rel='alternate' type='application/atom+xml' href='feed.atom?{asked}'>{word.html('take.feed')}</a> · "
        f"<a rel='alternate' type='text/calendar' href='export/deadlines.ics?{asked}'>"
        f"{word.html('take.calendar')}</a> · <a href='openapi.json?{asked}'>OpenAPI</a></p>"
    )
