"""Where the fetcher may go: public addresses of the internet alone, at the very number that was checked."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from queue import Empty, SimpleQueue
from threading import Thread

Address = IPv4Address | IPv6Address
Guard = Callable[[Address], bool]

# IPv6 addresses that stand for an IPv4 one behind a translator (RFC 6052), and the block for private use (RFC 8215).
NAT64, PRIVATE_NAT64 = ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48")


def public(address: Address) -> bool:
    """Whether an address is anybody's on the open internet: no private, local, shared, reserved or multicast one.

    An IPv6 address that carries an IPv4 one (mapped, 6to4, NAT64) is what it carries.
    """
    if isinstance(address, IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            carried = IPv4Address(address.packed[-4:])
        if carried:
            return public(carried)
        if address in PRIVATE_NAT64 or address.is_site_local:
            return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_loopback or address.is_link_local
    )


def resolved(host: str, port: int, end: float) -> list[str]:
    """The numbers a host name stands for, in the order in which to try them.

    Raises OSError for a name that has none, and TimeoutError (one too) at ``end`` of ``time.monotonic``:
    the system's own search for a name cannot be told how long it may take.
    """
    answers: SimpleQueue[list[str] | OSError] = SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(where[0]) for *_, where in found)))
        except UnicodeError:
            answers.put(OSError(f"{host!r} is no name of a host"))
        except OSError as problem:
            answers.put(problem)

    Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=max(0.0, end - time.monotonic()))
    except Empty:
        raise TimeoutError from None
    if isinstance(answer, OSError):
        raise answer
    return answer


def refused_of(numbers: list[str], guard: Guard) -> str | None:
    """The first of the numbers where the guard lets nobody go; one is enough to make the name suspect."""
    return next((number for number in numbers if not guard(ip_address(number))), None)
