"""Tasks are shared out among processes, each done once; a failure anywhere is seen."""

import os
import signal
from concurrent.futures.process import BrokenProcessPool

import pytest

from gradviz_core.publish import workers
from gradviz_core.publish.cache import Cache


@pytest.fixture(autouse=True)
def small_shares(monkeypatch):
    """Let a few tasks be enough to share."""
    monkeypatch.setattr(workers, "SMALLEST_SHARE", 1)


def keeping(cache, name, log, make=lambda: None):
    """A task that keeps its name, and writes into a log which process did it."""

    def value():
        make()
        with log.open("a") as file:
            file.write(f"{name} {os.getpid()}\n")
        return name

    return lambda: cache.get(name, value)


@pytest.mark.parametrize(
    ("jobs", "names", "processes"),
    [
        (1, "abcdefg", 1),
        (2, "", 0),
        (2, "a", 1),
        (2, "abcdefg", 2),
        (3, "abcdefg", 3),
        (9, "abcdefg", 7),
    ],
)
def test_tasks_are_done_once_each_and_given_in_order(tmp_path, jobs, names, processes):
    cache = Cache(tmp_path / "cache")
    log = tmp_path / "log"
    log.touch()
    tasks = {name: keeping(cache, name, log) for name in names}
    assert list(workers.run(tasks, jobs)) == [(name, name) for name in names]
    done = [line.split() for line in log.read_text().splitlines()]
    assert sorted(name for name, _ in done) == sorted(names)
    assert len({process for _, process in done}) <= processes


def test_few_tasks_are_done_here(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "SMALLEST_SHARE", 9)
    cache = Cache(tmp_path / "cache")
    log = tmp_path / "log"
    tasks = {name: keeping(cache, name, log) for name in "abcdefg"}
    list(workers.run(tasks, 4))
    processes = {line.split()[1] for line in log.read_text().splitlines()}
    assert processes == {str(os.getpid())}


def test_what_a_task_raises_in_another_process_is_raised_here(tmp_path):
    cache = Cache(tmp_path / "cache")

    def fail():
        raise ValueError("a bug of ours")

    log = tmp_path / "log"
    tasks = {name: keeping(cache, name, log) for name in "abc"}
    tasks["d"] = keeping(cache, "d", log, make=fail)
    with pytest.raises(ValueError, match="a bug of ours"):
        list(workers.run(tasks, 2))


def test_a_process_that_is_ended_from_outside_is_seen(tmp_path):
    here = os.getpid()
    cache = Cache(tmp_path / "cache")

    def end():
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)

    log = tmp_path / "log"
    tasks = {name: keeping(cache, name, log, make=end) for name in "abcd"}
    with pytest.raises(BrokenProcessPool):
        list(workers.run(tasks, 2))
