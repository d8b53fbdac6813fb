"""Tasks are shared out among processes, each done once; what happens to one is seen."""

import os
import select
import signal
import time

import pytest

from gradviz_core.publish import workers

NAMES = "abcdefg"


def logging(name, log):
    """A task that gives its name, and writes into a log which process did it."""

    def task():
        with log.open("a") as file:
            file.write(f"{name} {os.getpid()}\n")
        return name

    return task


@pytest.mark.parametrize("jobs", [1, 2, 3, 9])
@pytest.mark.parametrize("count", [0, 1, 5, 16, 40])
def test_tasks_are_done_once_each_and_given_in_order(tmp_path, jobs, count):
    log = tmp_path / "log"
    log.touch()
    names = [str(k) for k in range(count)]
    tasks = {name: logging(name, log) for name in names}
    assert list(workers.run(tasks, jobs)) == [(name, name) for name in names]
    done = [line.split()[0] for line in log.read_text().splitlines()]
    assert sorted(done) == sorted(names)


def processes_of(log):
    return {line.split()[1] for line in log.read_text().splitlines()}


def test_few_tasks_and_those_of_one_job_are_done_here(tmp_path):
    log = tmp_path / "log"
    list(workers.run({name: logging(name, log) for name in NAMES}, 4))
    list(workers.run({str(k): logging(str(k), log) for k in range(40)}, 1))
    assert processes_of(log) == {str(os.getpid())}


def test_many_are_done_by_others(tmp_path):
    log = tmp_path / "log"
    list(workers.run({str(k): logging(str(k), log) for k in range(40)}, 2))
    assert str(os.getpid()) not in processes_of(log)


def lose_all_files():
    """Close what is open, that to which the value is sent, too."""
    os.closerange(3, 256)


def test_a_worker_that_cannot_send_goes_no_further(tmp_path):
    log = tmp_path / "log"
    ended = []
    try:
        tasks = {"a": lose_all_files}
        list(workers.run_apart(tasks, 1, lambda *how: ended.append(how)))
    finally:
        with log.open("a") as file:
            file.write(f"a {os.getpid()}\n")
    assert ended == [("a", "ended with code 1")]
    assert processes_of(log) == {str(os.getpid())}


def fail():
    raise ValueError("a bug of ours")


@pytest.mark.parametrize("count", [1, 40])
def test_what_a_task_raises_is_raised_here(count):
    with pytest.raises(ValueError, match="a bug of ours") as raised:
        list(workers.run({str(k): fail for k in range(count)}, 2))
    # Which line that was is seen, and of which task, though another process was there.
    frames = [entry.name for entry in raised.traceback]
    notes = getattr(raised.value, "__notes__", [""])
    assert "fail" in [*frames, *notes[0].split()]
    # Whichever of the processes ends first tells its error.
    assert count == 1 or "what worked on" in notes[-1]


def kill():
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_is_ended_from_outside_is_the_fault_of_no_content():
    with pytest.raises(OSError, match=r"on \d+ was ended by SIGKILL"):
        list(workers.run({str(k): kill for k in range(40)}, 2))


def apart(tasks, jobs=2, patience=60):
    """What tasks give that are run apart, or what is said of those that end."""
    done = workers.run_apart(tasks, jobs, lambda name, how: f"{name} {how}", patience)
    return dict(done)


def interrupt():
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("task", "how"),
    [
        (kill, "was ended by SIGKILL"),
        (lambda: os._exit(0), "ended with code 0"),
        (lambda: os._exit(7), "ended with code 7"),
        (interrupt, "was ended by KeyboardInterrupt"),
        (lambda: signal.raise_signal(signal.SIGINT), "was ended by SIGINT"),
        (lambda: time.sleep(60), "does not end in time"),
    ],
    ids=["kill", "exit", "exit 7", "KeyboardInterrupt", "SIGINT", "sleep"],
)
def test_a_task_that_ends_its_process_ends_no_other(task, how):
    tasks = {"a": str, "b": task, "c": str, "d": task, "e": str}
    patience = 1 if "time" in how else 60
    assert apart(tasks, patience=patience) == {
        "a": "",
        "b": f"b {how}",
        "c": "",
        "d": f"d {how}",
        "e": "",
    }


def leave_a_process():
    """Start a process that outlives its worker, and has all its files open."""
    process = os.fork()
    if not process:
        time.sleep(60)
        os._exit(0)
    return process


def test_a_process_that_a_task_has_left_holds_nothing_up():
    started = time.monotonic()
    left = apart({"a": leave_a_process, "b": str})
    os.kill(left["a"], signal.SIGKILL)
    assert left["b"] == ""
    assert time.monotonic() - started < 30


def come_back_twice():
    """Fork as if it were nothing: both processes go on."""
    os.fork()
    return "x" * 1_000_000


def test_a_task_that_forks_gives_one_value():
    for _ in range(5):
        assert apart({"a": come_back_twice}) == {"a": "x" * 1_000_000}


def test_each_has_a_process_of_its_own(tmp_path):
    log = tmp_path / "log"
    changed = []

    def change():
        changed.append(1)
        return len(changed)

    assert set(apart(dict.fromkeys(NAMES, change)).values()) == {1}
    apart({name: logging(name, log) for name in NAMES})
    assert len(processes_of(log)) == len(NAMES)


def test_no_process_is_left(tmp_path):
    log = tmp_path / "log"
    log.touch()

    def linger():
        logging("linger", log)()
        time.sleep(60)

    def fail_beside_another():
        while not processes_of(log):
            time.sleep(0.01)
        fail()

    with pytest.raises(ValueError, match="bug"):
        apart({"a": fail_beside_another} | dict.fromkeys("bcd", linger))
    [process] = processes_of(log)
    with pytest.raises(ChildProcessError):
        os.waitpid(int(process), os.WNOHANG)


def build_whose_workers_linger(pipe):
    """Start a build that never ends, and whose workers write into a pipe when they begin."""

    def linger():
        os.write(pipe, b".")
        time.sleep(60)

    build = os.fork()
    if not build:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        list(workers.run_apart({"a": linger, "b": linger}, 2, str))
        os._exit(0)
    return build


@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_workers_end_with_their_build_however_it_is_ended(how):
    begun, pipe = os.pipe()
    build = build_whose_workers_linger(pipe)
    os.close(pipe)
    assert [os.read(begun, 1), os.read(begun, 1)] == [b".", b"."]
    os.kill(build, signal.Signals[how])
    os.waitpid(build, 0)
    # It can be read to its end when nobody has it open any more.
    ended, _, _ = select.select([begun], [], [], 20)
    assert ended
    assert os.read(begun, 1) == b""
    os.close(begun)


def test_where_processes_cannot_fork_all_is_done_here(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "CAN_FORK", False)
    log = tmp_path / "log"
    tasks = {str(k): logging(str(k), log) for k in range(40)}
    assert list(workers.run(tasks, 4)) == [(name, name) for name in tasks]
    assert apart(tasks) == {name: name for name in tasks}
    assert processes_of(log) == {str(os.getpid())}
