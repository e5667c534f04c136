"""Runs a command's work on an open hub."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from hub.settings import Settings
from hub.wiring import Hub, open_hub

T = TypeVar("T")


def on_hub(settings: Settings, work: Callable[[Hub], Awaitable[T]]) -> T:
    """What `work` returns; the hub is closed by then, also after Ctrl-C."""

    async def opened() -> T:
        async with open_hub(settings) as hub:
            return await work(hub)

    return asyncio.run(opened())
