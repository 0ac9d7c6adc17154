"""Interface words, names, numbers and days in the visitor's language; rows of data/words.csv and CLDR."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from extract.tables import rows

# Language of the interface -> CLDR locale. ar_IQ has the month names that readers in Iraq and Syria use.
LOCALES = {"en": "en", "ar": "ar_IQ"}
# Languages whose sentences put a nation's adjective before the noun (Estonian forces); the others take its name.
ADJECTIVES = {"en"}
RIGHT_TO_LEFT = {"ar", "ckb", "fa", "ur", "he"}


class UnknownWordError(KeyError):
    """A page asks for an interface word that has no row in data/words.csv."""


@lru_cache(maxsize=1)
def _rows() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in rows("words.csv")}


@lru_cache(maxsize=1)
def _place_names() -> dict[tuple[str, str], str]:
    """Display names: the first row of data/names.csv for each place and language."""
    names: dict[tuple[str, str], str] = {}
    for row in rows("names.csv"):
        names.setdefault((row["id"], row["lang"]), row["name"])
    return names


@lru_cache(maxsize=len(LOCALES))
def _adjectives(lang: str) -> dict[str, str]:
    """Of each nation the first adjective in data/force_names.csv, in the languages that put it before a noun."""
    found = [row for row in rows("force_names.csv") if row["lang"] == lang and row["kind"] == "adjective"]
    return {row["id"]: row["name"] for row in reversed(found)} if lang in ADJECTIVES else {}


class Words:
    """The words of one language: ``words("key", day=...)`` is the row's text with its fields filled in."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.locale = Locale.parse(LOCALES[lang])
        self.direction = "rtl" if lang in RIGHT_TO_LEFT else "ltr"

    def __call__(self, key: str, **values: object) -> str:
        try:
            text = _rows()[key][self.lang]
        except KeyError:
            raise UnknownWordError(f"data/words.csv has no {self.lang} word for {key!r}: add a row") from None
        return text.format(**values) if values else text

    def html(self, key: str, **values: object) -> str:
        """The word with its fields filled in, escaped for HTML."""
        return escape(self(key, **values))

    def plural(self, key: str, count: int, **values: object) -> str:
        """The row ``key.FORM`` for ``count`` (CLDR plural forms), ``key.other`` where a form has no row."""
        form = f"{key}.{self.locale.plural_form(count)}"
        if not _rows().get(form, {}).get(self.lang):
            form = f"{key}.other"
        return self(form, n=self.number(count), **values)

    def forms(self, key: str) -> dict[str, str]:
        """All plural forms of ``key`` that this language has, for counting in the browser."""
        forms = {k.rpartition(".")[2]: row[self.lang] for k, row in _rows().items() if k.startswith(f"{key}.")}
        return {form: text for form, text in forms.items() if text}

    def number(self, value: int) -> str:
        """A whole number with grouping, in Latin digits as the reports themselves print them."""
        return format_decimal(value, locale=self.locale, numbering_system="latn")

    def day(self, day: date) -> str:
        """A day in full: 30 September 2025."""
        return format_date(day, "d MMMM y", self.locale)

    def short(self, day: date) -> str:
        """A day for narrow columns: 30 Sep 2025."""
        return format_date(day, "d MMM y", self.locale)

    def window(self, row: Mapping[str, Any]) -> str:
        """The window of a deadline as precisely as it was told: a day, a month, a year or two ends."""
        start, end, precision = row["date_start"], row["date_end"], row["precision"]
        if precision == "day" or start is None or start == end:
            return self.day(end)
        if precision == "month":
            return format_date(end, "MMMM y", self.locale)
        if precision == "year":
            return format_date(end, "y", self.locale)
        return self("range.days", start=self.short(start), end=self.short(end))

    def count(self, row: Mapping[str, Any]) -> str:
        """A number of troops as it was stated: exact, about, a range, or with one end open."""
        low, high = row["count_min"], row["count_max"]
        if low is None and high is None:
            return self("count.unknown")
        if low is None:
            text = self("count.fewer", n=self.number(high))
        elif high is None:
            text = self("count.more", n=self.number(low))
        elif low != high:
            text = self("range.numbers", low=self.number(low), high=self.number(high))
        else:
            text = self.number(low)
        return self("count.about", n=text) if row["approximate"] else text

    def language(self, lang: str) -> str:
        """The name of a language: Arabic, Central Kurdish."""
        return self.locale.languages.get(lang, lang)

    def place(self, place: str | None) -> str:
        """The display name of a place id: the gazetteer's in this language, else CLDR's, else English."""
        if not place:
            return self("place.unknown")
        names = _place_names()
        own = names.get((place, self.lang)) or self.locale.territories.get(place)
        return own or names.get((place, "en")) or place

    def force(self, force: str) -> str:
        """The name of a force: an alliance's from data/words.csv, a nation's from CLDR."""
        key = f"force.{force}"
        return self(key) if key in _rows() else self.locale.territories.get(force, force)

    def whose(self, force: str) -> str:
        """A force as sentences put it beside a noun: US, coalition, Estonian; in most languages its name."""
        key = f"whose.{force}"
        if key in _rows():
            return self(key)
        return _adjectives(self.lang).get(force) or self.force(force)


@lru_cache(maxsize=len(LOCALES))
def words(lang: str) -> Words:
    """The words of one interface language (a key of ``LOCALES``)."""
    return Words(lang)
