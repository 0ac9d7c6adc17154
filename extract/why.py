"""Shows what a fact was read from: its sentence with the words marked, and the rule."""

from __future__ import annotations

from extract.articles import Article
from extract.model import Fact


def explained(article: Article, facts: list[Fact]) -> str:
    """For each fact of ``article`` its values, its rule and its sentence with the marked words in brackets."""
    return "".join(
        f"{article.id}  {_values(fact)}\n  rule: {fact.rule}\n  {_marked(article.text, fact)}\n\n" for fact in facts
    )


def _values(fact: Fact) -> str:
    told = fact.as_dict()
    shown = (
        f"{k}={v}"
        for k, v in told.items()
        if k not in ("kind", "quote", "char_start", "char_end", "rule") and v is not None
    )
    return f"{fact.kind}: " + " ".join(shown)


def _marked(text: str, fact: Fact) -> str:
    out, at = [], fact.char_start
    for start, end, kind in sorted(set(fact.marks)):
        if start < at:
            continue
        out += [text[at:start], "[", text[start:end], f"]({kind})"]
        at = end
    return "".join([*out, text[at : fact.char_end]]).replace("\n", " ")
