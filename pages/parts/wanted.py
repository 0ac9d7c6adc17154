"""What an address of ours asks for: day, language and filters, checked; what is wrong with it is told in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.requests import Request

from ledger.filters import VALUES
from pages.parts.data import Books, Snapshot, snapshot
from pages.parts.frame import View, today
from pages.parts.words import LOCALES, words

ECHOED = 60  # characters of a wrong value that are said again


class WrongError(Exception):
    """An address that asks for what there is not: the status of the answer, and why in the words of ``lang``."""

    def __init__(self, status: HTTPStatus, lang: str, key: str, **values: object) -> None:
        self.status, self.lang = status, lang
        super().__init__(words(lang)(f"export.wrong.{key}", **values))


@dataclass(frozen=True)
class Wanted:
    """What is asked for: the picture of a day (``shot``), the language, the filters chosen, and on which server.

    ``base`` is where the pages are, with a slash at the end. ``dated`` tells whether the day was asked for, or is today
    because none was.
    """

    view: View
    chosen: Mapping[str, str]
    base: str
    dated: bool

    @property
    def shot(self) -> Snapshot:
        return snapshot(self.view.books, self.view.as_of)

    def page(self, name: str = "", **more: str) -> str:
        """The address of a page or route of ours, in this language and, where one was asked for, of this day."""
        day = {"as_of": self.view.as_of.isoformat()} if self.dated else {}
        return f"{self.base}{name}?{urlencode({'lang': self.view.words.lang} | day | more)}"


def wanted(request: Request, opened: Books, route: str, filters: Sequence[str], table: str = "") -> Wanted:
    """What a request to ``route`` asks of the ledger. Raises WrongError with status 400."""
    asked = _parameters(request, ("as_of", "lang", *filters))
    lang = asked.pop("lang", "en")
    now = today()
    day = _day(asked.pop("as_of", None), opened, now, lang)
    for name, value in asked.items():
        if (allowed := VALUES.get((table, name))) and value not in allowed:
            raise _wrong(lang, "value", name=name, value=value[:ECHOED], known=", ".join(allowed))
    view = View("overview", opened, words(lang), day or now, now, "light", False)
    base = str(request.url).partition("?")[0].removesuffix(route) + "/"
    return Wanted(view, dict(sorted(asked.items())), base, day is not None)


def _parameters(request: Request, known: Sequence[str]) -> dict[str, str]:
    """The parameters that have a value; ``lang`` is one of ours, and none is unknown or given twice."""
    pairs = [(name, value) for name, value in request.query_params.multi_items() if value]
    found = dict(pairs)
    lang = found.get("lang", "en")
    if lang not in LOCALES:
        raise _wrong("en", "value", name="lang", value=lang[:ECHOED], known=", ".join(LOCALES))
    if unknown := [name for name in found if name not in known]:
        raise _wrong(lang, "parameter", name=unknown[0][:ECHOED], known=", ".join(known))
    if len(found) < len(pairs):
        raise _wrong(lang, "twice")
    return found


def _day(asked: str | None, opened: Books, last: date, lang: str) -> date | None:
    if asked is None:
        return None
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        raise _wrong(lang, "day", value=asked[:ECHOED]) from None
    if not opened.first <= day <= last:
        raise _wrong(lang, "range", value=asked[:ECHOED], first=opened.first, last=last)
    return day


def _wrong(lang: str, key: str, **values: object) -> WrongError:
    return WrongError(HTTPStatus.BAD_REQUEST, lang, key, **values)
