"""Work that takes a while, done beside the event loop: other requests go on meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, TypeVar

import anyio.to_thread

if TYPE_CHECKING:
    from anyio import CapacityLimiter

Done = TypeVar("Done")
# Python runs one thread at a time, so that more of them only make the event loop wait longer for its turn
_AT_ONCE = 2


async def beside(work: Callable[[], Done]) -> Done:
    """What a function returns that is called in another thread, two of them at once at most.

    >>> import asyncio
    >>> asyncio.run(beside(lambda: sum(range(10))))
    45
    """
    return await anyio.to_thread.run_sync(work, limiter=_limiter())


@cache
def _limiter() -> CapacityLimiter:
    from anyio import CapacityLimiter

    return CapacityLimiter(_AT_ONCE)
