"""Killed at any moment or out of room on a disk, a build leaves a site that is whole."""

import contextlib
import os
import random
import shlex
import shutil
import subprocess
import sys
import time

import pytest
from project import Project, copied

KILLS = 40
REFUSED = "no front matter"


class Edited:
    """A project to be built as a command, which goes from a site to another and back."""

    def __init__(self, project):
        self.project = project
        self.command = [sys.executable, "build.py"]
        self.sites = []
        for text in ("A few words", "Other words"):
            self.write(text)
            assert self.project.build().returncode == 0
            self.sites.append(self.project.files())
        assert self.sites[0] != self.sites[1]

    def write(self, text):
        """Another sentence on every page, so that all of them are written again."""
        for page in (self.project.root / "content").rglob("*.md"):
            record = page.read_text(encoding="utf-8").split("+++\n")[1]
            page.write_text(f"+++\n{record}+++\n\n{text}.\n", encoding="utf-8")

    def start(self):
        return subprocess.Popen(
            self.command, cwd=self.project.root, text=True, stderr=subprocess.PIPE
        )


@pytest.fixture
def edited(drawn, tmp_path):
    return Edited(copied(tmp_path / "tiny", drawn.root))


@pytest.mark.parametrize("seed", range(KILLS // 10))
def test_killed_at_any_moment_it_leaves_a_site_that_is_whole(edited, seed):
    chance = random.Random(seed)
    project = edited.project
    started = time.monotonic()
    edited.write("Some words")
    assert project.build().returncode == 0
    lasts = time.monotonic() - started
    old = project.files()
    for n in range(10):
        edited.write(f"Words of the {seed}-{n}th kind")
        build = edited.start()
        with contextlib.suppress(subprocess.TimeoutExpired):
            build.communicate(timeout=chance.uniform(0, lasts))
        build.kill()
        build.communicate()
        after = project.files()
        page = project.write("content/refused.md", REFUSED)
        assert project.build().returncode == 1
        page.unlink()
        now = project.files()
        done = project.build()
        assert done.returncode == 0, done.stderr
        new = project.files()
        assert after in (old, new, {})
        assert now in (old, new)
        assert not [path for path in project.root.glob(".site.*") if path.is_dir()]
        old = new


def test_many_builds_at_once_leave_a_whole_site(edited):
    for n in range(5):
        edited.write(f"Words of the {n}th kind")
        builds = [edited.start() for _ in range(3)]
        said = [build.communicate()[1] for build in builds]
        codes = [build.returncode for build in builds]
        assert {*codes} <= {0, 3}
        assert 0 in codes
        for code, words in zip(codes, said, strict=True):
            assert code == 0 or "another build is writing" in words
        assert edited.project.build("--check").returncode == 0


def namespace():
    """The beginning of a command that sees mounts of its own, which end with it."""
    own = ["unshare", "--mount"]
    tried = [own, [*own, "--map-root-user"], ["sudo", "--non-interactive", *own]]
    for command in tried:
        with contextlib.suppress(FileNotFoundError):
            mount = [*command, "mount", "-t", "tmpfs", "none", "/mnt"]
            if subprocess.run(mount, check=False, capture_output=True).returncode == 0:
                return command
    pytest.fail(
        "no file system can be mounted. Fix: run as root, or allow user namespaces"
    )


def on_a_disk(project, *mounts):
    """Build a site that stands on a file system of its own; how that ended, and its files then."""
    build = shlex.join([sys.executable, "build.py", "--out", "disk/site"])
    script = " && ".join(["mkdir -p disk/site seen", *mounts, f"{{ {build}; code=$?"])
    script += (
        "; cp -R disk/site/. seen && chmod -R a+rwX seen || exit 99; exit $code; }"
    )
    done = subprocess.run(
        [*namespace(), "sh", "-c", script],
        cwd=project.root, text=True, capture_output=True, check=False,
    )  # fmt: skip
    files = Project(project.root, project.root / "seen").files()
    shutil.rmtree(project.root / "seen")
    return done, files


TMPFS = "mount -t tmpfs -o size=4M none disk && cp -R site disk/"
FILL = "{ head -c 9M /dev/zero > disk/filler 2> /dev/null || truncate -s -%dK disk/filler; }"


def refused(done, words):
    assert done.returncode == 3, done
    assert "Traceback" not in done.stderr
    assert words in done.stderr
    assert "Nothing of the site was changed" in done.stderr


@pytest.mark.parametrize(
    "cache",
    [[], ["cp -R .cache disk/", "mount --bind disk/.cache .cache"]],
    ids=["site", "cache"],
)
def test_on_a_full_disk_the_old_site_stays(edited, cache):
    """The more room is left, the later there is none: for the first page, or only for the last."""
    words = "More words than there is room for. " * 400
    codes = []
    for room in range(0, 200, 8):
        edited.write(f"{room} {words}")
        done, files = on_a_disk(edited.project, TMPFS, *cache, FILL % room)
        codes.append(done.returncode)
        if done.returncode == 0:
            break
        refused(done, "No space left on device")
        assert files == edited.sites[1], room
    assert codes[-1] == 0, "no room was enough"
    assert len(codes) > 4
    assert files.keys() == edited.sites[1].keys()
    pages = [page for page in files.values() if words.strip().encode() in page]
    assert len(pages) == 2


def test_without_another_inode_the_old_site_stays(edited):
    edited.write("A few words")
    for more in range(0, 20, 4):
        limit = f"mount -o remount,nr_inodes=$(($(df --output=iused disk | tail -1) + {more})) disk"
        done, files = on_a_disk(edited.project, TMPFS, limit)
        refused(done, "No space left on device")
        assert files == edited.sites[1]


def test_on_a_read_only_disk_the_old_site_stays(edited):
    edited.write("A few words")
    done, files = on_a_disk(edited.project, TMPFS, "mount -o remount,ro disk")
    refused(done, "Read-only file system")
    assert files == edited.sites[1]


def test_a_site_that_cannot_be_moved_stays(edited):
    edited.write("A few words")
    mount = "mount -t tmpfs none disk/site && cp -R site disk/"
    done, files = on_a_disk(edited.project, mount)
    refused(done, "busy")
    assert files == edited.sites[1]


@pytest.mark.parametrize(("folder", "mode"), [(".", 0o555), ("content/notes", 0o000)])
def test_where_nobody_may_write_or_read_the_old_site_stays(edited, folder, mode):
    """Mode bits bind root, too, once it has put down its right to override them."""
    edited.write("A few words")
    humble = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    closed = edited.project.root / folder
    closed.mkdir(exist_ok=True)
    closed.chmod(mode)
    done = subprocess.run(
        [*(humble if os.getuid() == 0 else []), *edited.command],
        cwd=edited.project.root, text=True, capture_output=True, check=False,
    )  # fmt: skip
    closed.chmod(0o755)
    refused(done, "Permission denied")
    assert edited.project.files() == edited.sites[1]
