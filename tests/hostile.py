"""Reports that try to run something wherever they are shown: for every page, and for every export.

Their facts are read like those of any other report, so that their words reach headline, evidence, troops, deadlines,
changes, lists and previews. What runs sets ``hit`` on the window.
"""

from __future__ import annotations

from datetime import date

from ledger.reports import Report

OVERRIDE = "\u202e"  # turns round what follows, up to the end of its paragraph or isolate
SCRIPT = "<script>window.hit='script'</script>"
IMAGE = "<img src=x onerror=\"window.hit='image'\">"
BREAK = "\"'><svg onload=\"window.hit='svg'\"><style>body{display:none}</style>"
MARKDOWN = "[press](javascript:window.hit='markdown') ![](https://evil.example.org/pixel) :material/home: :red[red]"
LATEX = r"$\href{javascript:window.hit='latex'}{x}$ $$\frac{1}{2}$$"
FORMULA = '=HYPERLINK("https://evil.example.org/","x")'
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", FORMULA)
WORDS = (SCRIPT, IMAGE, BREAK, MARKDOWN, LATEX, FORMULA)
DAY = date(2026, 11, 20)

TEXT = f"""About 2,600 US troops are in Iraq, {SCRIPT} {IMAGE} said {FORMULA} {MARKDOWN} {LATEX}.

US forces will leave Harir base by the end of September 2027, Major {BREAK} Smith said {OVERRIDE}on Friday.

Coalition forces left Ain al-Asad base {IMAGE} in January 2026. Italy has 300 soldiers {SCRIPT} in Erbil."""


def reports() -> list[Report]:
    """One report for each address that should not be led to, each with another of the words before all its fields."""
    addresses = (
        "javascript:window.hit='address'",
        "JaVaScRiPt:window.hit='address'",
        "data:text/html,<script>window.hit='data'</script>",
        f"https://example.org/{BREAK}",
        "https://example.org/\" onmouseover=\"window.hit='over'",
        " javascript:window.hit='blank'",
    )
    return [
        Report(
            id=f"hostile-{number}",
            url=address,
            publisher=f"{word} Paper {OVERRIDE}{number}",
            published=DAY,
            lang="en",
            title=f"{word} title {OVERRIDE}{number} {LATEX}",
            text=f"{TEXT}\n\nParagraph {number} is about {number + 1},200 French soldiers in Baghdad, {word} said.",
            note=f"{word} note {MARKDOWN} {IMAGE}",
        )
        for number, (address, word) in enumerate(zip(addresses, WORDS, strict=True))
    ]
