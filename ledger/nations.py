"""Nations as of a day: role, last stated number, first and last report, and whether they have gone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from extract.tables import places
from ledger.claims import Claims
from ledger.deeds import View
from ledger.tellings import NONE, Telling, Tellings, before, first_of, until
from ledger.told import WIDTH, Row, kind_of, unique

# A number for a whole country is preferred to a newer one for a part of it as long as it is not older.
WHOLE = timedelta(days=365)


def nation_lines(claims: Claims, numbers: list[Row], view: View) -> list[Row]:
    """One row a nation (and NATO) that any fact tells of, the coalition itself excepted.

    ``numbers`` are the rows of troops. The columns are those of ``Picture.nations``.
    """
    mine: dict[str, list[Row]] = {}
    for row in numbers:
        mine.setdefault(row["force"], []).append(row)
    return [
        _line(claims, force, known, mine.get(force, []), view)
        for force in sorted(claims.told)
        if force != "coalition" and (known := _known(claims, force, view))
    ]


def newest_day(claims: Claims, view: View) -> date | None:
    """The day of the newest report of any force that counts; None without any."""
    known = (_known(claims, force, view) for force in claims.told)
    return max((newest.published for _, newest in filter(None, known)), default=None)


def _known(claims: Claims, force: str, view: View) -> tuple[Telling, Telling] | None:
    """The first and the newest telling of a force that count, or None."""
    told = claims.told[force]
    count = until(told, view.until)
    found = [told[0], told[count - 1]] if count else []
    if view.as_of < view.known:
        for deed in claims.deeds.by(force):
            found += deed.tellings[until(deed.tellings, view.as_of) : view.count(deed)]
    return (min(found), max(found)) if found else None


def _line(claims: Claims, force: str, known: tuple[Telling, Telling], numbers: list[Row], view: View) -> Row:
    first, newest = known
    number, gone = latest_number(numbers), _gone(claims, force, view)
    told = [
        (roles[count - 1], role) for role, roles in claims.roles[force].items() if (count := until(roles, view.until))
    ]
    roles = sorted(told, key=lambda last: last[0], reverse=True)
    rests = [gone.telling] if gone else []
    rests += [number["deciding"]] if number else []
    rests += [telling for telling, _ in roles[:1]]
    facts = unique(telling.fact for telling in [*rests, newest])
    source = (rests[0] if rests else newest).source
    entry = _entry(claims, force, gone, view)
    return {
        "force": force,
        "role": roles[0][1] if roles else None,
        "roles": [role for _, role in roles],
        "count_min": number["count_min"] if number else None,
        "count_max": number["count_max"] if number else None,
        "approximate": number["approximate"] if number else None,
        "count_place": number["place"] if number else None,
        "count_day": number["published"] if number else None,
        "first_report": first.published,
        "last_report": newest.published,
        "entry": entry.published if entry else None,
        "entry_fact": entry.fact if entry else None,
        "arrival": entry.claim.status == "arriving" if entry else None,
        "gone": gone is not None,
        "gone_on": gone.day if gone else None,
        "publisher": source.publisher,
        "url": source.url,
        "facts": facts,
        "others": [row["facts"][0] for row in numbers if row["facts"][0] not in facts],
    }


def latest_number(numbers: list[Row]) -> Row | None:
    """The newest number told as present, but a country's before that of a part of it, if not a year older."""
    stated = [row for row in numbers if row["status"] == "present"]
    if not stated:
        return None
    newest = max(row["published"] for row in stated)
    fresh = [row for row in stated if newest - row["published"] <= WHOLE]
    return min(fresh, key=lambda row: (WIDTH[kind_of(row["place"])], newest - row["published"]))


def _entry(claims: Claims, force: str, gone: End | None, view: View) -> Telling | None:
    """The first telling that the nation has forces there; of those of one day a place or number before a mere name.

    None where none did before it was told gone: a report of its end names it as one that was there.
    """
    there = [*claims.there[force].values(), claims.present.get((force, None), NONE)]
    named = claims.roles[force].values()
    firsts = [(told[0].published, False, told[0]) for told in there if until(told, view.until)]
    firsts += [(told[0].published, True, told[0]) for told in named if until(told, view.until)]
    first = min(firsts, default=None)
    if first is None or (gone and (first[2].report == gone.telling.report or first[2] > gone.telling)):
        return None
    return first[2]


class End(NamedTuple):
    """A nation's end in a country: a deed of its own, or that all who were there had left (``counted``)."""

    day: date
    counted: bool
    telling: Telling


def _gone(claims: Claims, force: str, view: View) -> End | None:
    """The report that the nation left the last country it was reported in; else None.

    Only its own end of mission or withdrawal in a whole country counts, or that at least as many left it
    as were last said to be there, and only while no report tells of its forces there afterwards. Some
    who left, a base or a region left do not make a nation gone.
    """
    there = {country for country, told in claims.there[force].items() if until(told, view.until)}
    countries = sorted(place for place in places() if kind_of(place) == "country")
    ends = {country: end for country in countries if (end := _end(claims, force, country, view))}
    if not ends or not there <= ends.keys():
        return None
    return max(sorted(ends.values()), key=lambda end: end.day)


def _end(claims: Claims, force: str, country: str, view: View) -> End | None:
    """The first end of the nation's presence in a country after which, or beside which, none was told."""
    there = claims.there[force].get(country, NONE)
    count = until(there, view.until)
    last = there[count - 1].published if count else date.min
    deeds = [deed for deed in claims.deeds.of(country, force) if deed.event is not None]
    ends = [
        next((End(deed.day(told), False, told) for told in deed.tellings[start:stop] if not _beside(told, there)), None)
        for deed, start, stop in view.acts(deeds, last, date.max)
    ]
    numbers = claims.numbers.get((force, country), NONE)
    left = numbers[before(numbers, last) : until(numbers, view.until)]
    ends.append(next((End(t.published, True, t) for t in left if not _beside(t, there) and _all(t, there)), None))
    return min((end for end in ends if end), default=None)


def _beside(telling: Telling, there: Tellings) -> bool:
    """Whether the same report tells of forces that are there."""
    at = first_of(there, telling)
    return at < len(there) and there[at].report == telling.report


def _all(telling: Telling, there: Tellings) -> bool:
    """Whether the number told as left is at least the one last told as there in the same country."""
    claim = telling.claim
    if claim.status != "left" or claim.count_min is None:
        return False
    for at in reversed(range(before(there, telling.published))):
        other = there[at].claim
        if other.place == claim.place and other.count_max:
            return claim.count_min >= other.count_max
    return False
