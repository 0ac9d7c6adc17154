"""Documents that were made, kept for whoever asks for the same again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Document:
    """The bytes of an answer and their entity tag: another one when a byte is other, on whatever server."""

    body: bytes
    tag: str

    @classmethod
    def of(cls, body: bytes) -> Document:
        return cls(body, f'"{sha256(body).hexdigest()[:32]}"')


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
            self._size += len(document.body) - (len(old.body) if old else 0)
            while self._size > self.most:
                _, gone = self._documents.popitem(last=False)
                self._size -= len(gone.body)
