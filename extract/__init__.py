"""Reads foreign troop presence out of articles: ``extract(text, published, lang) -> list[Fact]``."""

from extract.facts import extract
from extract.model import Fact

__all__ = ["Fact", "extract"]
