"""Interface words, names, numbers and days in the visitor's language; rows of data/words.csv and CLDR."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from extract.tables import rows

# Language of the interface -> CLDR locale. ar_IQ has the month names that readers in Iraq and Syria use.
LOCALES = {"en": "en", "ar": "ar_IQ", "ckb": "ckb_IQ"}
# CLDR numbering system -> its digits; ar_IQ and ckb_IQ write arab by default, en latn.
DIGITS = {"latn": "0123456789%,", "arab": "٠١٢٣٤٥٦٧٨٩٪٬"}
# A number in a text, but none of a Latin name (H2, K-1, Apache 2.0).
NUMBER = re.compile(r"(?<![A-Za-z\d.,٠-٩])(?<![A-Za-z][ -])[\d٠-٩]+(?:[.,٬٫][\d٠-٩]+)*[%٪]?")
# Kurdish without a dialect is Sorani where it is told to be written in Arabic script, or comes from Iraq or Iran.
KURDISH_IN_ARABIC_SCRIPT = {"Arab", "IQ", "IR"}
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


@lru_cache(maxsize=1)
def _own_names() -> dict[tuple[str, str, str], str]:
    """Names of months and countries that CLDR lacks or spells in two ways: (language, kind, id) to name."""
    return {(row["lang"], row["kind"], row["id"]): row["name"] for row in rows("display_names.csv")}


class Words:
    """The words of one language: ``words("key", day=...)`` is the row's text with its fields filled in.

    ``digits``, a key of ``DIGITS``, is how numbers are written everywhere; by default as CLDR has it for the language.
    """

    def __init__(self, lang: str, digits: str = "") -> None:
        self.lang = lang
        self.locale = Locale.parse(LOCALES[lang])
        self.digits = digits or self.usual_digits
        self._to_digits = str.maketrans("".join(DIGITS.values()), DIGITS[self.digits] * len(DIGITS))
        self.direction = "rtl" if lang in RIGHT_TO_LEFT else "ltr"

    def __call__(self, key: str, **values: object) -> str:
        try:
            text = _rows()[key][self.lang]
        except KeyError:
            raise UnknownWordError(f"data/words.csv has no {self.lang} word for {key!r}: add a row") from None
        text = self.written(text)
        return text.format(**values) if values else text

    @property
    def usual_digits(self) -> str:
        """The digits of the language where nobody chose others, a key of ``DIGITS``."""
        return str(self.locale.default_numbering_system)

    def written(self, text: str) -> str:
        """Our own text with its numbers in the chosen digits."""
        return NUMBER.sub(lambda number: number[0].translate(self._to_digits), text)

    def html(self, key: str, **values: object) -> str:
        """The word with its fields filled in, escaped for HTML."""
        return escape(self(key, **values))

    def rich(self, key: str, **inner: str) -> str:
        """The word escaped, with HTML in its fields."""
        return escape(self(key)).format(**inner)

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
        """A whole number with grouping."""
        # Babel takes the signs of the numbering system, not its digits.
        return format_decimal(value, locale=self.locale, numbering_system=self.digits).translate(self._to_digits)

    def percent(self, share: float) -> str:
        """A share of 1 as a whole percentage."""
        return format_percent(share, locale=self.locale, numbering_system=self.digits).translate(self._to_digits)

    def date(self, day: date, form: str) -> str:
        """A day in one of the forms of data/words.csv: day, short, month, month_short, month_alone, year."""
        pattern = self(f"date.{form}")
        if own := _own_names().get((self.lang, "month", str(day.month))):
            pattern = re.sub("MMMM?", f"'{own}'", pattern)
        return format_date(day, pattern, self.locale).translate(self._to_digits)

    def day(self, day: date) -> str:
        """A day in full: 30 September 2025."""
        return self.date(day, "day")

    def short(self, day: date) -> str:
        """A day for narrow columns: 30 Sep 2025."""
        return self.date(day, "short")

    def window(self, row: Mapping[str, Any]) -> str:
        """The window of a deadline as precisely as it was told: a day, a month, a year or two ends."""
        start, end, precision = row["date_start"], row["date_end"], row["precision"]
        if precision == "day" or start is None or start == end:
            return self.day(end)
        if precision == "month":
            return self.date(end, "month")
        if precision == "year":
            return self.date(end, "year")
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
        own = names.get((place, self.lang)) or self._country(place)
        return self.written(own or names.get((place, "en")) or place)

    def force(self, force: str) -> str:
        """The name of a force: an alliance's from data/words.csv, a nation's from CLDR."""
        key = f"force.{force}"
        return self(key) if key in _rows() else self._country(force) or force

    def _country(self, code: str) -> str | None:
        own = _own_names().get((self.lang, "territory", code))
        return own or self.locale.territories.get(code)

    def whose(self, force: str) -> str:
        """A force as sentences put it beside a noun: US, coalition, Estonian; in most languages its name."""
        key = f"whose.{force}"
        if key in _rows():
            return self(key)
        return _adjectives(self.lang).get(force) or self.force(force)


@lru_cache(maxsize=len(LOCALES) * (len(DIGITS) + 1))
def words(lang: str, digits: str = "") -> Words:
    """The words of one interface language (a key of ``LOCALES``) with the chosen digits (a key of ``DIGITS``)."""
    return Words(lang, digits)


def language_of(browser: str) -> str:
    """The interface language for a browser's locale such as ar-EG or ku-IQ; English where we have none."""
    lang, *subtags = browser.replace("_", "-").split("-")
    if lang.lower() == "ku" and "Latn" not in subtags and KURDISH_IN_ARABIC_SCRIPT & {*subtags}:
        return "ckb"
    return lang.lower() if lang.lower() in LOCALES else "en"
