"""Documents that were made, kept for whoever asks for the same again."""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Document:
    """The bytes of an answer and their entity tag: another one when a byte is other, on whatever server.

    ``packed`` are the same bytes by gzip, so that they are packed once and not at every request.
    """

    body: bytes
    tag: str
    packed: bytes

    @classmethod
    def of(cls, body: bytes) -> Document:
        return cls(body, f'"{sha256(body).hexdigest()[:32]}"', gzip.compress(body, mtime=0))

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return len(self.body) + len(self.packed)


class Kept:
    """The documents asked for last, so many bytes at most; may be used by several threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._size = 0
        self._documents: OrderedDict[Hashable, Document] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Document | None:
        with self._lock:
            if key in self._documents:
                self._documents.move_to_end(key)
            return self._documents.get(key)

    def put(self, key: Hashable, document: Document) -> None:
        with self._lock:
            old = self._documents.pop(key, None)
            self._documents[key] = document
            self._size += document.size - (old.size if old else 0)
            while self._size > self.most:
                _, gone = self._documents.popitem(last=False)
                self._size -= gone.size
