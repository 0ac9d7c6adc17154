"""What goes over the wire: a relay before a server that counts the bytes of its websockets, packed as they are sent."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

AT_ONCE = 65_536


class Relay:
    """Carries bytes to and from a server on this machine; ``received`` are those that came over websockets."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.server = (parts.hostname, parts.port)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        self.received = 0

    def accept(self) -> None:
        """Takes connections until the relay is closed."""
        with suppress(OSError):
            while True:
                visitor, _ = self.listening.accept()
                threading.Thread(target=self._carry, args=(visitor,), daemon=True).start()

    def _carry(self, visitor: socket.socket) -> None:
        with visitor, socket.create_connection(self.server) as server, suppress(OSError):
            asked = visitor.recv(AT_ONCE)
            server.sendall(asked)
            counts = b"upgrade: websocket" in asked.lower()
            threading.Thread(target=self._up, args=(visitor, server), daemon=True).start()
            while answer := server.recv(AT_ONCE):
                self.received += len(answer) if counts else 0
                visitor.sendall(answer)

    def _up(self, visitor: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while asked := visitor.recv(AT_ONCE):
                server.sendall(asked)
            server.shutdown(socket.SHUT_RDWR)


@contextmanager
def relay(address: str) -> Iterator[Relay]:
    """A relay before the server at ``address``; its own address is ``Relay.address``."""
    running = Relay(address)
    threading.Thread(target=running.accept, daemon=True).start()
    try:
        yield running
    finally:
        running.listening.close()
