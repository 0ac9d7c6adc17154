"""Shows what a fact was read from: its sentence with the words marked, its rule, and the signs that spoke for it."""

from __future__ import annotations

from collections.abc import Hashable

from extract.articles import Article
from extract.facts import extract
from extract.judge import Asked, Signs, Weigher, weights
from extract.model import Fact, Number

QUESTIONS = {"troops": "count", "deadline": "date", "base": "base", "nation": "nation"}
# So many of the signs that spoke for a fact are shown, the weightiest first.
SHOWN = 5


class Witness(Weigher):
    """A judge who keeps what spoke for each yes: by question and sentence, the key and its weightiest signs."""

    def __init__(self) -> None:
        super().__init__(weights())
        self.heard: dict[tuple[str, int], list[tuple[Hashable, list[str]]]] = {}

    def holds(self, question: str, signs: Signs, asked: Asked, /) -> bool:
        """Like a weigher's, and kept if it is a yes."""
        yes = super().holds(question, signs, asked)
        if yes:
            weight_of = self.alone[question]
            told = {sign: weight_of[sign] * value for sign, value in signs.items() if value and sign in weight_of}
            best = sorted(told, key=lambda sign: -told[sign])[:SHOWN]
            shown = [f"{sign} {told[sign]:+.1f}" for sign in best if told[sign] > 0]
            self.heard.setdefault((question, asked.quote.start), []).append((asked.key, shown))
        return yes

    def reasons(self, fact: Fact) -> list[str]:
        """The weightiest signs that spoke for a fact, each with what it weighed."""
        heard = self.heard.get((QUESTIONS[fact.kind], fact.char_start), [])
        return next((signs for key, signs in heard if _is_of(fact, key)), [])


def _is_of(fact: Fact, key: Hashable) -> bool:
    """Whether the key of a question is that of a fact."""
    if fact.kind == "troops":
        return isinstance(key, Number) and (key.low, key.high) == (fact.count_min, fact.count_max)
    if fact.kind == "deadline":
        return isinstance(key, frozenset) and any(window.end == fact.date_end for window in key)
    return key == (fact.place if fact.kind == "base" else fact.force)


def explained(article: Article) -> str:
    """For each fact of ``article`` its values, rule, signs, and its sentence with the marked words in brackets."""
    witness = Witness()
    facts = extract(article.text, article.published, article.lang, witness)
    return "".join(
        f"{article.id}  {_values(fact)}\n  rule: {fact.rule}\n  because: {', '.join(witness.reasons(fact))}\n"
        f"  {_marked(article.text, fact)}\n\n"
        for fact in facts
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
