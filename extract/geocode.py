"""Fill the coordinates missing in ``data/places.csv`` through Nominatim: ``python -m extract.geocode``;
list the sites that it lacks: ``python -m extract.geocode --unknown [PATH...]``.

Run by hand by whoever adds a place, never while a page loads or an article is read. One request a second and
a user agent of our own, as Nominatim's usage policy asks; each answer is kept in ``data/local/geocode.json``
and not asked again. Without a network nothing is lost: what was found is written, the rest stays empty.
Answers come from OpenStreetMap contributors (ODbL): look at the map before committing them.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from babel import Locale
from geopy.exc import GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim

from extract.articles import Article, Given, articles_of, files_of
from extract.facts import extract
from extract.tables import DATA, Row, places, read_table

CACHE = DATA / "local" / "geocode.json"
USER_AGENT = "foreign-forces-monitor/1.0 (gazetteer upkeep, run by hand)"
# operations.osmfoundation.org/policies/nominatim: "an absolute maximum of 1 request per second".
SECONDS_BETWEEN = 1.0
SECONDS_TO_ANSWER = 10
SOURCE = "OpenStreetMap (Nominatim)"
Answers = dict[str, list[float] | None]


def queries(row: Row, names: list[Row]) -> list[str]:
    """What to ask for a place: its first English and Arabic names, each with the country's, best first."""
    asked = []
    for lang in ("en", "ar"):
        name = next((n["name"] for n in names if n["id"] == row["id"] and n["lang"] == lang), None)
        if name:
            asked.append(f"{name}, {Locale(lang).territories[row['country']]}")
    return asked


def _replace(path: Path, text: str) -> None:
    """Write beside and swap, so that a broken run leaves the old file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(path.suffix + ".new")
    beside.write_text(text, encoding="utf-8", newline="")
    beside.replace(path)


def _table(rows: list[Row]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _ask(row: Row, names: list[Row], answers: Answers, cache: Path, geocode: Callable[..., Any]) -> list[float] | None:
    """Latitude and longitude of a place, or None; a new answer, even an empty one, is kept at once."""
    for query in queries(row, names):
        if query not in answers:
            found = geocode(query, country_codes=row["country"].lower(), timeout=SECONDS_TO_ANSWER)
            answers[query] = [round(found.latitude, 4), round(found.longitude, 4)] if found else None
            _replace(cache, json.dumps(answers, ensure_ascii=False, indent=1) + "\n")
        if point := answers[query]:
            return point
    return None


def fill(folder: Path, cache: Path, geocoder: Nominatim, between: float = SECONDS_BETWEEN) -> int:
    """Fill the empty coordinates of ``folder``/places.csv; 0 when none is left empty, else 1.

    ``between`` is the least number of seconds from one request to the next. What happened is told on stderr.
    """
    listed, names = read_table(folder / "places.csv"), read_table(folder / "names.csv")
    missing = [row for row in listed if not (row["latitude"] and row["longitude"])]
    try:
        answers: Answers = dict(json.loads(cache.read_text(encoding="utf-8"))) if cache.exists() else {}
    except (ValueError, TypeError):
        print(f"{cache}: not JSON; remove the file and run again", file=sys.stderr)
        return 1
    ask = RateLimiter(
        geocoder.geocode,
        min_delay_seconds=between,
        max_retries=1,
        error_wait_seconds=2 * between,
        swallow_exceptions=False,
    )
    left = len(missing)
    for row in missing:
        try:
            point = _ask(row, names, answers, cache, ask)
        except GeopyError as error:
            print(f"Nominatim does not answer ({error}); run again when the network is back", file=sys.stderr)
            break
        if point is None:
            print(
                f"{row['id']}: not found; add its coordinates to {folder / 'places.csv'} by hand",
                file=sys.stderr,
            )
            continue
        row.update(latitude=str(point[0]), longitude=str(point[1]), source=SOURCE)
        left -= 1
    if left < len(missing):
        _replace(folder / "places.csv", _table(listed))
    print(f"{len(missing) - left} of {len(missing)} missing coordinates filled", file=sys.stderr)
    return 1 if left else 0


def unknown(paths: list[Path]) -> Iterator[str]:
    """A line for each site that the articles at ``paths`` name and the gazetteer lacks: its slug, how often, where."""
    found: dict[str, list[str]] = {}
    for article in (article for path in paths for file in files_of(path) for article in articles_of(file, Given())):
        if isinstance(article, Article):
            for fact in extract(article.text, article.published, article.lang):
                if fact.kind == "base" and fact.place not in places():
                    found.setdefault(str(fact.place), []).append(article.id)
    for slug, articles in sorted(found.items()):
        yield f"{slug}  {len(articles)}  {', '.join(articles[:3])}"


def main(argv: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m extract.geocode", description="Keeps the gazetteer.")
    parser.add_argument(
        "--unknown", nargs="*", type=Path, metavar="PATH",
        help="list the sites that articles (data/reports if none is given) name and the gazetteer lacks",
    )  # fmt: skip
    paths = parser.parse_args(argv).unknown
    if paths is None:
        return fill(DATA, CACHE, Nominatim(user_agent=USER_AGENT))
    for line in unknown(paths or [DATA / "reports"]):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
