"""Mapping over processes: order, laziness, and what is left when an item raises or kills its process."""

import os
import signal
import subprocess
import sys
import time
from itertools import count, islice
from pathlib import Path

import pytest

from assets import parallel
from assets.parallel import Failure, map_in_processes


def square(number: int) -> int:
    return number * number


def process_id(_: int) -> int:
    return os.getpid()


def slow_first(number: int) -> int:
    if number == 0:
        time.sleep(0.3)
    return number


def choosy(number: int) -> int:
    if number % 10 == 3:
        raise ValueError(f"not {number}")
    return number


def deadly(number: int) -> int:
    if number == 25:
        os._exit(1)
    return number


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("size", [0, 1, 5, 50])
def test_results_come_in_the_order_of_the_items(workers, size):
    results = map_in_processes(square, range(size), workers=workers, chunk_size=7, inline_items=10)
    assert list(results) == [n * n for n in range(size)]


def test_a_slow_item_does_not_lose_its_place():
    assert list(map_in_processes(slow_first, range(40), workers=2, chunk_size=3, inline_items=0)) == list(range(40))


def test_one_worker_or_few_items_start_no_process():
    own = os.getpid()
    assert set(map_in_processes(process_id, range(100), workers=1)) == {own}
    assert set(map_in_processes(process_id, range(10), workers=4)) == {own}


def test_many_items_are_worked_on_elsewhere():
    assert os.getpid() not in set(map_in_processes(process_id, range(40), workers=2, chunk_size=5, inline_items=10))


@pytest.mark.parametrize("workers", [1, 2])
def test_an_exception_costs_only_its_item(workers):
    results = list(map_in_processes(choosy, range(40), workers=workers, chunk_size=8, inline_items=0))
    assert [r for r in results if not isinstance(r, Failure)] == [n for n in range(40) if n % 10 != 3]
    assert results[13] == Failure(13, "ValueError", "not 13")


def test_a_process_that_dies_costs_only_its_item():
    results = list(map_in_processes(deadly, range(60), workers=2, chunk_size=4, inline_items=0))
    assert [n for n, r in enumerate(results) if isinstance(r, Failure)] == [25]
    assert isinstance(results[25], Failure)
    assert results[25].index == 25
    assert [r for r in results if not isinstance(r, Failure)] == [n for n in range(60) if n != 25]


@pytest.mark.parametrize("workers", [1, 2])
def test_items_are_taken_only_as_results_are(workers):
    taken: list[int] = []

    def items():
        for number in count():
            taken.append(number)
            yield number

    results = map_in_processes(square, items(), workers=workers, chunk_size=5, inline_items=10)
    assert list(islice(results, 3)) == [0, 1, 4]
    results.close()
    assert len(taken) < 100


def test_processes_stay_for_the_next_call():
    first = set(map_in_processes(process_id, range(40), workers=2, inline_items=0))
    second = set(map_in_processes(process_id, range(40), workers=2, inline_items=0))
    assert len(first | second) <= 2


def test_work_goes_on_after_the_pool_was_lost_between_calls():
    list(map_in_processes(square, range(10), workers=2, inline_items=0))
    for process in parallel._pools[2]._processes.values():
        process.kill()
        process.join()
    assert list(map_in_processes(square, range(10), workers=2, inline_items=0)) == [n * n for n in range(10)]


KILLED = """
import time
from assets.parallel import map_in_processes

if __name__ == "__main__":
    results = map_in_processes(ord, iter("abcdefgh"), workers=2, chunk_size=1, inline_items=0)
    next(results)
    from assets import parallel
    print(*parallel._pools[2]._processes, flush=True)
    time.sleep(600)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux for processes")
def test_workers_end_when_their_parent_is_killed():
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    )
    assert process.stdout is not None
    workers = [int(number) for number in process.stdout.readline().split()]
    assert workers
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    deadline = time.monotonic() + 20
    while any(is_running(worker) for worker in workers):
        assert time.monotonic() < deadline, "a worker outlived its parent"
        time.sleep(0.05)


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
