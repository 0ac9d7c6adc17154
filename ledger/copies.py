"""The same report twice, and near copies of one agency text: keys and sketches to tell them by.

Nothing here knows a language: a header, a dateline and an agency's tag are told by their form, so that a key stays
the same for years, whatever words are added to ``data``. Keys and sketches are made of folded text (``extract.fold``):
where ``data/letters.csv`` changes, those kept must be made anew.
"""

from __future__ import annotations

import re
from hashlib import sha256
from operator import eq
from urllib.parse import parse_qsl, urlencode, urlsplit

from w3lib.url import canonicalize_url

from extract.fold import fold

# Parameters that tell where a reader came from and not what is read: of campaigns, of the lists of ClearURLs and
# Firefox, of news sites. Whole names only: courlan's patterns, say, also take "cid" and "gallery", which name articles.
TRACKERS = {
    "amp", "cmp", "cmpid", "dclid", "fbclid", "_ga", "gad_source", "gbraid", "gclid", "gclsrc", "_gl", "igsh",
    "igshid", "li_fat_id", "mc_cid", "mc_eid", "mkt_tok", "msclkid", "ocid", "oly_anon_id", "oly_enc_id", "ref",
    "ref_src", "ref_url", "referer", "referrer", "s_cid", "smid", "spm", "traffic_source", "ttclid", "twclid",
    "__twitter_impression", "vero_id", "wbraid", "xtor", "yclid", "ysclid",
}  # fmt: skip
TRACKER_PREFIXES = ("utm_", "mtm_", "pk_", "hsa_", "at_", "ns_")
# A site's other forms, which lead to the same articles; "m.com" itself is a site.
FORM = re.compile(r"^(?:(?:www|m|mobile|amp)\.)+(?=[^.]+\.)")

WORD = re.compile(r"\w+")
# A full stop ends a sentence where no initial stands before it ("U.S.") and no figure follows ("Jan. 5").
STOP = re.compile(r"(?<!\.)(?<![\s.(]\w)\.++[\"')\]]*+(?=\s*+$|\s++\D)")
# "Erbil, March 26 (Agency) - " or "Agency/ " before the first sentence.
DATELINE = re.compile(r"(?:[^\n.!?\"]|\.(?=\s?\d)){0,60}?\([^()\n]{1,40}\)\s*[-—/]+\s+")
BARE_DATELINE = re.compile(r"(?:[^-—/\n.!?:()\"]|\.(?=\s?\d)|-(?=\w)){2,40}(?:/|\s[-—]+)\s+")
DASH = re.compile(r"\s[-—]\s")
# "(Agency)" after the last sentence.
TAG = re.compile(r"(?<=\.)[\"']?\s*\([^()\d]{2,40}\)$")
# A figure that can be no day, year or time of day.
FIGURE = re.compile(r"(?<![\w:])(?!(?:[012]?\d|3[01]|(?:19|20)\d\d)\b)\d+(?![\w:])")
# "21:10 The last lorry leaves": an entry of a live blog.
ENTRY = re.compile(r"\W*\d{1,2}[:.]\d\d(?:\W+\w+){4}")
# Words: no title has more, no tag has more, the first line of a list has more, and an article without its header too.
LONGEST_TITLE, LONGEST_TAG, OPENING, FEWEST = 20, 5, 8, 20

# A sketch: words a shingle, and shingles kept of a text (the standard error of a measured likeness is 0.04 at most).
# A text of fewer shingles has none: so few words agree by chance.
SHINGLE, KEPT, LEAST_SHINGLES = 3, 128, 8
# Bands of two hashes: 99 % of the articles cut to half share one with the whole, 86 % of those cut to a third, and of
# two articles on the same subject one pair in 2,700 (python -m tests.bench.copies).
BANDS = 32
# Near copies: at least half of the shorter text stands in the other, and is a fifth of it or more; less than that is
# a quotation. Of two reports by different authors at most 0.31 of the shorter and 0.1 of the longer are common
# (533 articles, half of them on the same few events); a copy in which every tenth word is changed keeps 0.57.
COPY, QUOTATION = 0.5, 0.2


def url_key(url: str) -> str | None:
    """What in the address ``url`` names the article: the same for the site's telephone form, with http or https, with
    a fragment or trackers, however it is spelled.

    None for what names no article: no web address, or only that of a site.
    """
    try:
        parts = urlsplit(canonicalize_url(url.strip().replace("&amp;", "&")))
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(pair[0].lower())]
    steps = parts.path.split("/")
    while steps and steps[-1].rstrip(";") in ("", "amp"):
        steps.pop()
    if parts.scheme not in ("http", "https") or not host or not (steps or query):
        return None
    place = FORM.sub("", host) + (f":{port}" if port not in (None, 80, 443) else "")
    return place + "/".join(steps).rstrip(";") + ("?" + urlencode(query) if query else "")


def _tracks(name: str) -> bool:
    return name in TRACKERS or name.startswith(TRACKER_PREFIXES)


def content_key(text: str) -> str:
    """64 hexadecimal digits: the same for the same words under another header, in another layout or spelling."""
    return sha256(" ".join(_body(text)).encode()).hexdigest()


def _body(text: str) -> list[str]:
    """The folded words of a text without its header and tag.

    All its words where what is left would be too short to tell two articles apart, or would lack a figure that was
    taken off: a correction must never look like the same report.
    """
    lines = [line for line in map(str.strip, fold(text).split("\n")) if line]
    prose = [at for at, line in enumerate(lines) if _is_prose(line)]
    whole = "\n".join(lines)
    if not prose:
        return WORD.findall(whole)
    last = prose[-1] + 1
    end = last if _is_tag(lines[last:]) else len(lines)
    body = TAG.sub("", _undated("\n".join(lines[prose[0] : end])))
    words = WORD.findall(body)
    lost = set(FIGURE.findall(whole)) - set(FIGURE.findall(body))
    return WORD.findall(whole) if lost or len(words) < FEWEST else words


def _is_prose(line: str) -> bool:
    words = len(WORD.findall(line))
    opens = line[-1] == ":" and words > OPENING
    return opens or words > LONGEST_TITLE or bool(STOP.search(line) or ENTRY.match(line))


def _is_tag(lines: list[str]) -> bool:
    """Whether what stands after the last sentence tells no more than who wrote or spread the text."""
    return [len(WORD.findall(line)) <= LONGEST_TAG and not re.search(r"\d", line) for line in lines] == [True]


def _undated(body: str) -> str:
    """``body`` without the dateline before its first sentence; a dash that another one follows is an insertion's."""
    if match := DATELINE.match(body):
        return body[match.end() :]
    match = BARE_DATELINE.match(body)
    if not match or DASH.search(STOP.split(body[match.end() :], maxsplit=1)[0]):
        return body
    return body[match.end() :]


def sketch(text: str) -> tuple[int, ...]:
    """How many different shingles the body of a text has, then ``KEPT`` hashes of them (unsigned, 32 bit).

    The same in every process and on every machine. Empty for a text too short to tell who copied.
    """
    from datasketch import MinHash  # noqa: PLC0415 - takes half a second, and who only looks needs it never

    words = _body(text)
    shingles = {" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
    if len(shingles) < LEAST_SHINGLES:
        return ()
    hashes = MinHash(KEPT, scheme="affine32")
    hashes.update_batch([shingle.encode() for shingle in shingles])
    return len(shingles), *hashes.hashvalues.tolist()


def bands(sketch: tuple[int, ...]) -> list[int]:
    """``BANDS`` numbers (signed, 64 bit): two near copies have the same number at the same place at least once."""
    hashes = sketch[1 : 1 + 2 * BANDS]
    return [(one << 32 | other) - 2**63 for one, other in zip(hashes[::2], hashes[1::2], strict=True)]


def alike(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    """Which part of the shorter text stands in the other, measured by their sketches: 0 to 1, from ``COPY`` on they
    are near copies. 0 where the common part is no more than a quotation in the longer text."""
    if not a or not b:
        return 0.0
    jaccard = sum(map(eq, a[1:], b[1:])) / KEPT
    common = jaccard * (a[0] + b[0]) / (1 + jaccard)
    return min(1.0, common / min(a[0], b[0])) if common >= QUOTATION * max(a[0], b[0]) else 0.0
