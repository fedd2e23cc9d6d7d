"""How a step tells how far it is. What is shown, and where, is decided by whoever runs the step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Progress(Protocol):
    """Told of the items of a step as they are done; the resource is called `progress`."""

    def advance(self, done: int, total: int, work: float | None = None) -> None:
        """`done` of `total` items of the step are done; `work` is their share of its work, where items differ."""


class SilentProgress:
    """Shows nothing: for runs that nobody watches."""

    def advance(self, done: int, total: int, work: float | None = None) -> None:
        """Nothing is shown."""


def counted(items: Iterable[Item], total: int, progress: Progress) -> Iterator[Item]:
    """The items, each reported once the consumer asks for the next."""
    for done, item in enumerate(items, 1):
        yield item
        progress.advance(done, total)
