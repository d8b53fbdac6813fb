"""Whichever operation on files goes wrong, the old site or the new one is there, and whole."""

import os
import shutil

import pytest
from faults import Builder
from project import copied

SOAK = bool(os.environ.get("SOAK"))
NEW = '+++\ntitle = "New"\n+++\n\nA new page.\n'
REFUSED = "no front matter"


def copy(source, target):
    """Files as links: what is written over in place would show, since the bytes are compared."""
    shutil.rmtree(target, ignore_errors=True)
    if source.exists():
        shutil.copytree(source, target, copy_function=os.link)


class Trial:
    """A project that is to become another, once and again from the same state."""

    def __init__(self, project, first):
        self.project, self.site, self.root = project, project.site, project.root
        self.kept = project.root / "kept"
        self.builder = Builder(self.root)
        self.built()
        if first:
            shutil.rmtree(self.site)
        self.old = self.project.files()
        self.project.write("content/new/page.md", NEW)
        for name in ("site", ".cache"):
            copy(self.root / name, self.kept / name)
        self.operations = self.built()
        self.new = self.project.files()
        assert self.new != self.old
        assert {**self.old, **self.new} == self.new

    def built(self):
        done = self.builder.build()
        assert done["code"] == 0, done["said"]
        return done["seen"]

    def reset(self):
        for name in ("site", ".cache"):
            copy(self.kept / name, self.root / name)
        for left in self.left():
            shutil.rmtree(left)

    def left(self):
        return [*self.root.glob(".site.gradviz-new"), *self.root.glob(".site.gradviz-old")]

    def next_start(self):
        """A build that changes nothing by itself, since it is refused."""
        self.project.write("content/refused.md", REFUSED)
        done = self.builder.build()
        (self.root / "content/refused.md").unlink()
        assert done["code"] == 1, done["said"]
        assert not self.left()

    def torn(self):
        files = self.project.files()
        return files not in (self.old, self.new)


@pytest.fixture(scope="module", params=[False, True], ids=["a site", "the first site"])
def trial(request, drawn, tmp_path_factory):
    project = copied(tmp_path_factory.mktemp("trial") / "tiny", drawn.root)
    trial = Trial(project, request.param)
    yield trial
    trial.builder.close()


def test_the_operations_counted_are_those_of_a_build(trial):
    kinds = {"open", "write", "fsync", "mkdir", "rename", "fcntl.flock"}
    assert kinds <= {*trial.operations}
    assert not trial.old or {"link", "remove", "rmdir"} <= {*trial.operations}


@pytest.mark.parametrize("what", ["error", "errors", "SIGINT", "SIGTERM", "SIGKILL"])
def test_whichever_operation_goes_wrong_the_old_or_the_new_site_is_there(trial, what):
    """`errors` are those of a disk that is gone: no operation succeeds any more."""
    expected = {"error": 3, "errors": 3, "SIGINT": 130, "SIGTERM": 130, "SIGKILL": -9}[what]
    # Errors and kills at every one, the others at every one where that is not slow.
    step = 1 if SOAK or what in {"error", "SIGKILL"} or (trial.old and what == "SIGINT") else 5
    ends = []
    for at in range(1, len(trial.operations) + 1, step):
        trial.reset()
        done = trial.builder.build(what, at)
        told = what, at, trial.operations[at - 1], done
        ends.append(done["code"])
        assert "Traceback" not in done["said"], told
        if what in {"errors", "SIGKILL"}:
            gone = not trial.site.exists() and (trial.root / ".site.gradviz-old").exists()
            assert gone or not trial.torn(), told
            trial.next_start()
            assert not trial.torn(), told
        elif done["code"] == 0:
            assert trial.project.files() == trial.new, told
        else:
            assert done["code"] == expected, told
            assert "Nothing of the site was changed" in done["said"], told
            assert trial.project.files() == trial.old, told
            assert not trial.left(), told
    assert {expected} <= {*ends} <= {expected, 0}
