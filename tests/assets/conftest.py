"""The scripted HTTP server as a fixture."""

from collections.abc import Iterator

import pytest

from tests.scripted_server import Reply, ScriptedServer


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    scripted = ScriptedServer()
    yield scripted
    scripted.stop()


@pytest.fixture
def reply() -> type[Reply]:
    return Reply
