"""HTTP on one connection, with an end to everything that a client could draw out.

uvicorn's parser waits for a head of any size for any time, and for a client that takes its answer never.
"""

from __future__ import annotations

from asyncio import TimerHandle, Transport
from collections import Counter
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from msqgraph.server.operations.request_limits import RequestLimits
from msqgraph.server.protocol.client_key import key_of_peer


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol with limits for the head, for connections and for clients that do not read."""

    limits = RequestLimits()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._head_is_open, self._head_bytes = True, 0
        self._head_timer: TimerHandle | None = None
        self._stalled_timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Starts the time for the first head.

        One connection too many takes the place of an idle one of whoever has more than the newcomer, so that nobody
        keeps the others out; where there is none, it is told so and closed.
        """
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections and not self._made_room():
            self._refuse(503, b"too many connections: try again later", b"retry-after: 5\r\n")
            return
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends all timers."""
        super().connection_lost(exc)
        self._head_arrived()
        self._reads_again()

    def data_received(self, data: bytes) -> None:
        """Parses what came; a head that is still open after it may not be too large, nor stay open for long."""
        if self.transport.is_closing():
            return
        super().data_received(data)
        # blank lines between two requests begin no head, but keep the connection
        awaits_head = self._head_is_open or (self.cycle is not None and self.cycle.response_complete)
        if awaits_head and not self.transport.is_closing():
            self._head_bytes += len(data)
            if self._head_bytes > self.limits.head_bytes:
                self._refuse(431, b"the head of the request is too large: send a long query by POST")
            elif self._head_timer is None:
                self._wait_for_head()

    def on_message_begin(self) -> None:
        """A head begins."""
        self._head_is_open, self._head_bytes = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is there."""
        self._head_is_open = False
        self._head_arrived()
        super().on_headers_complete()

    def pause_writing(self) -> None:
        """The client takes nothing at the moment: not for long."""
        super().pause_writing()
        if self._stalled_timer is None:
            self._stalled_timer = self.loop.call_later(self.limits.stalled_s, self.transport.abort)

    def resume_writing(self) -> None:
        """The client takes something again."""
        self._reads_again()
        super().resume_writing()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being answered."""
        return (self.cycle is None or self.cycle.response_complete) and not self.transport.is_closing()

    @property
    def _peer(self) -> str:
        return key_of_peer(self.client[0] if self.client else "")

    def _made_room(self) -> bool:
        """Closes an idle connection of the peer that has most of them, if that one has more than this one's peer."""
        all_here = cast("set[BoundedProtocol]", self.connections)
        held = Counter(other._peer for other in all_here)
        for peer, count in held.most_common():
            if count <= held[self._peer]:
                return False
            for other in all_here:
                if other._peer == peer and other.is_idle:
                    other.transport.close()
                    return True
        return False

    def _wait_for_head(self) -> None:
        self._head_timer = self.loop.call_later(self.limits.head_s, self._head_is_late)

    def _head_arrived(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _reads_again(self) -> None:
        if self._stalled_timer is not None:
            self._stalled_timer.cancel()
            self._stalled_timer = None

    def _head_is_late(self) -> None:
        self._head_timer = None
        if self.transport.is_closing():
            return
        if self._head_bytes:
            self._refuse(408, b"the head of the request did not arrive in time")
        else:
            self.transport.close()

    def _refuse(self, status: int, message: bytes, more: bytes = b"") -> None:
        """Answers without asking the application, and ends the connection."""
        self._head_arrived()
        head = [STATUS_LINE[status], b"content-type: text/plain; charset=utf-8\r\n", more, b"connection: close\r\n"]
        length = b"content-length: " + str(len(message)).encode() + b"\r\n\r\n"
        self.transport.write(b"".join([*head, length, message]))
        self.transport.close()


def bounded_protocol(limits: RequestLimits) -> type[BoundedProtocol]:
    """The protocol with other limits.

    >>> bounded_protocol(RequestLimits(head_s=1)).limits.head_s
    1
    """
    return type("BoundedProtocol", (BoundedProtocol,), {"limits": limits})
