"""Reads foreign troop presence out of articles: ``extract(text, published, lang) -> list[Fact]``.

``version()`` names the reader that reads them, so that facts kept can be read anew when it has changed.
"""

from extract.facts import extract
from extract.fingerprint import version
from extract.model import Fact

__all__ = ["Fact", "extract", "version"]
