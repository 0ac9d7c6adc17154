"""Taking a view along: its full link, a snippet that shows it inside another page, a citation; its line of source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from pages.parts import settings
from pages.parts.scripts import scripted
from pages.parts.words import Words

WIDTH, HEIGHT = 600, 800  # pixels of the frame in another page
HTML = """
<button class="share" popovertarget="share"><i></i><span></span></button>
<div popover id="share" role="dialog">
  <h2></h2>
  <div class="fields"></div>
  <p class="done" role="status"></p>
</div>
"""

_panel = scripted("share", HTML)


def share(word: Words, title: str, as_of: date, today: date, asked: Mapping[str, str]) -> None:
    """Draws the button and its panel; ``title`` is the page's, ``asked`` the parameters that lead to this view."""
    link, sites = full(asked), settings.frame_ancestors()
    texts = {"link": link, "citation": citation(word, title, as_of, today, link)}
    if sites != "'none'":
        texts["embed"] = snippet(asked, title)
    fields = [{"name": name, "label": word(f"share.{name}"), "text": text} for name, text in texts.items()]
    if sites not in ("'none'", "*"):
        fields[-1]["note"] = word("share.some")
    labels = {name: word(f"share.{name}") for name in ("title", "open", "copy", "copied", "selected")}
    _panel(key="share", width="content", data={"lang": word.lang, "labels": labels, "fields": fields})


def framed(word: Words) -> None:
    """In place of the button, for a view inside another page: its links lead out of the frame."""
    _panel(key="share", data={"lang": word.lang, "framed": True})


def full(asked: Mapping[str, str]) -> str:
    """The address of this page as the browser reaches it, with these parameters."""
    scheme, host, path, *_ = urlsplit(st.context.url or "")
    return urlunsplit((scheme, host, path or "/", urlencode(asked), ""))


def snippet(asked: Mapping[str, str], title: str) -> str:
    """HTML to paste: a frame with this view, without the evidence beside it, which would lie over a view so narrow.

    ``embed=true`` is Streamlit's own parameter.
    """
    address = full({name: value for name, value in asked.items() if name != "show"} | {"embed": "true"})
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{WIDTH}" height="{HEIGHT}" '
        'style="border:0;max-width:100%" loading="lazy"></iframe>'
    )


def citation(word: Words, title: str, as_of: date, today: date, link: str) -> str:
    """Title, day and the day it was looked at; below it the link, which so stays whole in every script."""
    return f"{word('share.cited', title=title, day=word.day(as_of), today=word.day(today))}\n{link}"


def source(word: Words, as_of: date, asked: Mapping[str, str]) -> str:
    """HTML: the line that a frame and a printed sheet carry: whose view it is, as of which day, and its address."""
    address = escape(full(asked))
    said = escape(word("share.source", day=word.day(as_of)))
    return f"<p class='origin'><a href='{address}'>{said}</a> <span class='address' dir='ltr'>{address}</span></p>"
