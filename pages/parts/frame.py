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
from pages.parts.data import Books, books, days_of_change
from pages.parts.returning import returning
from pages.parts.share import framed, share, source
from pages.parts.timebar import earlier, stops, time_bar, told
from pages.parts.words import DIGITS, LOCALES, Words, language_of, words

BAGHDAD = ZoneInfo("Asia/Baghdad")
PAGES = {
    "overview": "app.py",
    "bases": "pages/bases.py",
    "troops": "pages/troops.py",
    "deadlines": "pages/deadlines.py",
    "nations": "pages/nations.py",
    "reports": "pages/reports.py",
    "add": "pages/add.py",
    "about": "pages/about.py",
}
# What else of the address a change of language keeps: whose evidence is open, and what was chosen on a page.
KEPT = (
    "show", "report", "fact", "view", "from", "to", "force", "place", "region", "state", "by",
    "q", "publisher", "language", "kind", "n", "nation", "role", "gone",
)  # fmt: skip
# Those of them that are days; what is none is not handed on.
DAYS = ("from", "to")


def today() -> date:
    """Today's date in Baghdad."""
    return datetime.now(BAGHDAD).date()


def path(page: str) -> str:
    """The address of a page (a key of ``PAGES``) under that of the app."""
    return "" if page == "overview" else page


@dataclass(frozen=True)
class View:
    """How this visitor looks: words, as-of day, today in Baghdad, theme (light or dark), phone or not.

    ``books`` is the ledger that everything on the page comes from, ``page`` a key of ``PAGES``, ``chosen`` what
    the visitor chose on it, as parameters of its address; ``digits`` what numbers the visitor asked for, or "".
    """

    page: str
    books: Books
    words: Words
    as_of: date
    today: date
    theme: str
    phone: bool
    chosen: Mapping[str, str] = field(default_factory=dict)
    digits: str = ""

    def query(self, **more: str) -> dict[str, str]:
        """Address parameters that keep the language and, when they were chosen, the digits and the day."""
        kept = {"lang": self.words.lang}
        if self.digits:
            kept["digits"] = self.digits
        if self.as_of != self.today:
            kept["as_of"] = self.as_of.isoformat()
        return kept | more

    def link(self, page: str = "", **more: str) -> str:
        """A relative address of one of our pages, escaped for an HTML attribute."""
        return escape(f"{page or './'}?{urlencode(self.query(**more))}")

    def permalink(self, **more: str) -> str:
        """Like ``link`` to this page with its choices, the day written out even when it is today."""
        page = path(self.page)
        return self.link(page, **{"as_of": self.as_of.isoformat(), **self.chosen, **more})

    def choosing(self, **chosen: str) -> View:
        """The same view with what was chosen on its page; an empty choice is none."""
        return replace(self, chosen={name: value for name, value in chosen.items() if value})


def frame(page: str) -> View:
    """Sets up the page (a key of ``PAGES``), draws its masthead and tells how the visitor looks at it."""
    lang, known_lang = _language(st.query_params.get("lang"))
    _keep(lang)
    digits, known_digits = _digits(st.query_params.get("digits"))
    word = words(lang, digits)
    st.set_page_config(page_title=word(f"title.{page}"), page_icon=_icon(), layout="wide")
    now = today()
    opened = books(now)
    as_of, notice = _day(st.query_params.get("as_of"), opened.first, now)
    agent = st.context.headers.get("User-Agent", "")
    view = View(page, opened, word, as_of, now, st.context.theme.type or "light", "Mobi" in agent, digits=digits)
    inside = _framed_style() if st.context.is_embedded else ""
    st.html(f"<style>{_style()}{inside}{_direction(word)}{_here(page)}</style>")
    if st.context.is_embedded:
        framed(word)
    else:
        _masthead(view, page)
    _time(view, page)
    messages = [] if known_lang else [word("notice.lang")]
    messages += [] if known_digits else [word("notice.digits")]
    messages += [word(notice, day=word.day(as_of))] if notice else []
    if messages:
        notify(view, " ".join(messages))
    return view


def notify(view: View, message: str) -> None:
    """Draws a quiet notice."""
    st.html(f"<p class='notice' role='status' lang='{view.words.lang}'>{escape(message)}</p>")


def _language(asked: str | None) -> tuple[str, bool]:
    """The interface language and whether the address asked for one that we have (or for none)."""
    return (asked, True) if asked in LOCALES else (language_of(st.context.locale or "en"), asked is None)


def _digits(asked: str | None) -> tuple[str, bool]:
    """The digits that the address asks for, "" for the language's own, and whether we have them."""
    return (asked, True) if asked in DIGITS else ("", asked is None)


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
    with st.container(key="masthead", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(
            f"<a class='brand' href='{view.link()}' lang='{word.lang}'>"
            f"<span class='mark leaving'></span><b>{word.html('brand')}</b></a>",
            width="content",
        )
        with st.container(key="nav", horizontal=True, gap="small", width="content"):
            for name, script in PAGES.items():
                st.page_link(script, label=word(f"nav.{name}"), query_params=view.query())
        with st.container(key="languages", horizontal=True, gap="small", width="content"):
            for lang in LOCALES:
                if lang != word.lang:
                    asked = _kept() | view.query(lang=lang)
                    st.page_link(PAGES[page], label=words(lang)("language"), query_params=asked)
            share(word, word(f"title.{page}"), view.as_of, view.today, _shared(view))


def _time(view: View, page: str) -> None:
    """Draws the time bar, which leads to what changed from an earlier day to the one looked at."""
    opened, as_of = view.books, view.as_of
    days = days_of_change(opened, view.today)
    since = earlier(days, opened.first, as_of)
    data = told(view.words, as_of, opened.ledger.newest(as_of)) | stops(days, opened.first, view.today)
    changes = {"view": "changes", "from": since.isoformat()}
    time_bar(data | {"page": list(PAGES).index(page), "href": f"about?{urlencode(view.query(**changes))}"})


def _kept() -> dict[str, str]:
    """What else the address shows now and a change of language should keep."""
    there = {key: st.query_params[key] for key in KEPT if key in st.query_params}
    return {key: value for key, value in there.items() if key not in DAYS or _is_day(value)}


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _shared(view: View) -> dict[str, str]:
    """The parameters that lead to just this view on any later day."""
    return view.query(as_of=view.as_of.isoformat(), **_kept())


def _icon() -> str:
    return str(Path(__file__).resolve().parents[2] / "static" / "icon.png")


@lru_cache(maxsize=1)
def _style() -> str:
    here = Path(__file__)
    names = ("style", "masthead", "share", "print")
    return "".join(here.with_name(f"{name}.css").read_text("utf-8") for name in names) + marks.style()


@lru_cache(maxsize=1)
def _framed_style() -> str:
    """What a view inside another page leaves out."""
    return Path(__file__).with_name("embed.css").read_text("utf-8")


def _direction(word: Words) -> str:
    """The one block that turns the app around for languages written from right to left."""
    return (
        ".stApp{direction:rtl}.stDeckGlJsonChart,.stDateInput [role=group]{direction:ltr}"
        if word.direction == "rtl"
        else ""
    )


def _here(page: str) -> str:
    """The link of this page stands out among those of the masthead."""
    place = list(PAGES).index(page) + 1
    return f".st-key-nav>:nth-child({place}) p{{color:var(--ink)!important;font-weight:600}}"


def footer(view: View) -> None:
    """Draws what stands under every page: how to hear of what is new, what the figures are, other digits."""
    word = view.words
    origin = source(word, view.as_of, _shared(view))
    inside = f"{_subscribe(view)}<p>{word.html('footer')}</p>{_other_digits(view)}{origin}"
    st.html(f"<footer class='foot' lang='{word.lang}'>{inside}</footer>")
    returning()


def _other_digits(view: View) -> str:
    """HTML: a link to the same view with other digits, where the language is written with both."""
    word = view.words
    if word.usual_digits == "latn":
        return ""
    other = next(digits for digits in DIGITS if digits != word.digits)
    address = view.link(path(view.page), **_kept(), digits=other)
    return f"<p><a href='{address}'>{words(word.lang, other).html(f'digits.{other}')}</a></p>"


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
