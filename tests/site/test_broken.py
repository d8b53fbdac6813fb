"""Every kind of bad input is refused, with its place and how to mend it, and the old site stays.

A folder of broken/ holds the files of one fault, each at its path within a small project, and in
expected.txt all that the build has to say of them. To add a kind, add a folder. Several files in
one folder are several ways to one refusal; another refusal is another folder. Faults of machines
are in test_faults.py and test_operations.py.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import coverage
import pytest
from project import Project, copied

BROKEN = Path(__file__).parent / "broken"
EXPECTED = "expected.txt"
PAGE = '+++\ntitle = "A test"\n+++\n\nSome words.\n'
WITHIN_A_LINE = {"expression", "not-https", "wrong-type"}  # no branch is theirs alone
CASES = sorted(folder.name for folder in BROKEN.iterdir() if folder.is_dir())
ALL = [[]]  # the arguments of one build, in a list of builds


def page_too_large(project: Project) -> list[list[str]]:
    project.write("content/by-a-byte.md", PAGE + "[" * (40_001 - len(PAGE)))
    os.truncate(project.write("content/by-far.md", PAGE), 50_000_000)
    return ALL


def too_many_brackets(project: Project) -> list[list[str]]:
    for name, opening in {
        "link": "[a](",
        "picture": "![",
        "tag": "<a ",
        "expression": "{{",
        "heading": "a\n=\n",
        "code": "``a",
        "fence": "~~~ a\n",
    }.items():
        project.write(f"content/{name}.md", PAGE + opening * (35_000 // len(opening)))
    return ALL


def name_not_portable(project: Project) -> list[list[str]]:
    for name in ("About.md", "con.md", "dot./page.md", "dot.md.", "..md", "-a.md", "a b.md", "a\\b.md",
                 "a:b.md", "lpt1/page.md", "notes.txt", "pr\u043educt.md", "a.b.md",
                 "index/page.md", "deep/404/page.md",  # whose pictures would have the names of others
                 *(unicodedata.normalize(form, "caf\u00e9.md") for form in ("NFC", "NFD"))):  # fmt: skip
        project.write(f"content/{name}", PAGE)
    for name in ("CON.js", "con.js", "a b.css", "twin.js", "Twin.js", "dot.", "nul/a.css",
                 "caf\u00e9.svg", "cafe\u0301.svg", ".hidden", "page.html", 65 * "a" + ".js"):  # fmt: skip
        project.write(f"templates/static/{name}", "")
    return ALL


def not_a_plain_file(project: Project) -> list[list[str]]:
    content, static = project.root / "content", project.root / "templates/static"
    (content / "link.md").symlink_to("about.md")
    (content / "folder").symlink_to("errata")
    (content / "loop").symlink_to(".")
    (content / "itself.md").symlink_to("itself.md")
    (content / "nowhere.md").symlink_to("nowhere")
    (content / "memory.md").symlink_to("/proc/self/mem")  # which cannot be read
    (static / "link.css").symlink_to("/etc/hostname")
    (static / "folder").symlink_to("/etc")
    (static.parent / "part.html").symlink_to("/etc/hostname")  # for a page to include
    for folder in (content, static):
        os.mkfifo(folder / "pipe.md")
    return ALL


def out_not_ours(project: Project) -> list[list[str]]:
    for name in ("foreign/letter.txt", "checkout/.git/HEAD", "marked/letter.txt"):
        project.write(name, "dear")
    project.write("marked/.gradviz", "somebody else's")
    shutil.copytree(project.root / "site", project.root / "worktree")  # of a branch with the site
    project.write("worktree/.git", "gitdir: elsewhere")
    names = ("/", ".", "content", "foreign", "checkout", "marked", "worktree", "site/errata/new")
    return [["--out", name] for name in names]


def out_not_a_folder(project: Project) -> list[list[str]]:
    for name, target in {"link": "site", "nowhere": "none", "loop": "loop"}.items():
        (project.root / name).symlink_to(target)
    return [["--out", name] for name in ("link", "nowhere", "loop", "build.py", "new/..")]


def out_among_the_sources(project: Project) -> list[list[str]]:
    (project.root / "link").symlink_to("content")
    names = ("content/new", "templates/static/new", "content/x/../new", "link/new")
    return [["--out", name] for name in (*names, "gradviz_core/new", ".git/new")]


# What no folder can hold, or not in every clone.
MADE = {
    "page-too-large": page_too_large,  # bytes of nothing, as below
    "too-many-brackets": too_many_brackets,
    "name-not-portable": name_not_portable,  # Windows could not check them out
    "not-a-plain-file": not_a_plain_file,  # no pipe can be committed, nor on Windows a link
    "out-not-ours": out_not_ours,  # a fault of the command, as are these
    "out-not-a-folder": out_not_a_folder,
    "out-among-the-sources": out_among_the_sources,
}


def files_of(case: str) -> list[Path]:
    found = (path for path in sorted((BROKEN / case).rglob("*")) if path.is_file())
    return [path for path in found if path.name != EXPECTED]


def expected_of(case: str) -> str:
    path = BROKEN / case / EXPECTED
    assert path.is_file(), f"{case} does not say what is expected: write {path}"
    return path.read_text(encoding="utf-8")


def store(base: str, request: pytest.FixtureRequest) -> Path:
    """One for all cases, and not that of the base, which others copy: each adds to it."""
    folder: Path = request.getfixturevalue("tmp_path_factory").getbasetemp() / f"{base}-cache"
    if not folder.exists():
        shutil.copytree(request.getfixturevalue(base).root / ".cache", folder)
    return folder


def laid(case: str, request: pytest.FixtureRequest, folder: Path) -> Project:
    """A project with its good site, and the files of a case laid over it.

    A template or registry stands whole in its folder, so the project below it is the bare one.
    """
    bare = any((BROKEN / case / name).exists() for name in ("gradviz_core", "templates"))
    base = "drawn" if bare else "model"
    project, root = Project(folder / "gradviz"), request.getfixturevalue(base).root
    shutil.copytree(root, project.root, ignore=shutil.ignore_patterns(".cache"))
    (project.root / ".cache").symlink_to(store(base, request))
    ignored = shutil.ignore_patterns(EXPECTED)
    shutil.copytree(BROKEN / case, project.root, ignore=ignored, dirs_exist_ok=True)
    return project


def digests(project: Project) -> dict[str, str]:
    """All that stands in the folder of a project, its site among it."""
    files = Project(project.root, project.root).files()
    own = {name: text for name, text in files.items() if not name.startswith(".site.gradviz-lock")}
    sources = {name: text for name, text in own.items() if "__pycache__" not in name}
    return {name: hashlib.sha256(text).hexdigest() for name, text in sources.items()}


def said(done: subprocess.CompletedProcess[str]) -> str:
    """What was said, but for how a right command goes, and the ends that Python gives a sentence."""
    told = re.sub(r"\Ausage: (?s:.*?)(?=^build\.py: error: )", "", done.stderr, flags=re.MULTILINE)
    return re.sub(r"(?<=maximum recursion depth exceeded)[^.]*", "", told)


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_refused_where_it_is_and_the_old_site_stays(case, request, tmp_path):
    project = laid(case, request, tmp_path)
    expected = expected_of(case).replace("{root}", str(project.root))
    builds = MADE[case](project) if case in MADE else ALL
    before = digests(project)
    assert "site/index.html" in before
    done = [project.build(*arguments) for arguments in builds]
    assert "".join(map(said, done)) == expected
    assert {d.returncode for d in done} == {2 if builds is not ALL else 1}
    assert {d.stdout for d in done} == {""}
    assert digests(project) == before
    assert not [path for path in project.root.glob(".site.*") if path.is_dir()]


@pytest.mark.parametrize("case", CASES)
def test_a_refusal_says_where_what_and_how_to_mend_it_and_each_file_is_told_once_at_least(case):
    told = expected_of(case).splitlines()
    for line in told:
        where = r"build\.py: error" if case.startswith("out-") else r"\S[^:]*(:b\.md)?(:[1-9]\d*)?"
        assert re.fullmatch(rf"{where}: \S.*[^.]\. Fix: \S.*[^.]", line), line
    for path in files_of(case):
        name = path.relative_to(BROKEN / case).as_posix()
        scene = name.startswith(("templates/", "gradviz_core/words.ko.toml"))
        assert scene or any(line.startswith(f"{name}:") for line in told), f"{name} is not refused"


def branches(project: Project, *arguments: str) -> set[tuple[str, tuple[int, int]]]:
    """Each step from a line of the product to another that a build takes."""
    kept = project.root / "taken"
    only = "--include=*/gradviz_core/*,*/build.py"
    command = ["-m", "coverage", "run", "--branch", f"--data-file={kept}", only]
    subprocess.run(
        [sys.executable, *command, "build.py", "--jobs", "1", *arguments],
        cwd=project.root, capture_output=True, check=False,
    )  # fmt: skip
    data = coverage.CoverageData(str(kept))
    data.read()
    names = {
        Path(name).relative_to(project.root).as_posix(): name for name in data.measured_files()
    }
    return {(name, arc) for name, path in names.items() for arc in data.arcs(path) or ()}


@pytest.mark.skipif(not os.environ.get("SOAK"), reason="takes a minute: make soak")
def test_every_folder_reaches_a_branch_of_its_own(request, tmp_path):
    sound, reached = set(), {}
    for base in ("model", "drawn"):
        # What other tests have left in the store would spare a build some of its steps.
        shutil.rmtree(store(base, request))
        project = copied(tmp_path / base / "gradviz", request.getfixturevalue(base).root)
        project.write(
            "content/sound.md",
            PAGE + "[a](/) ![a](/figures/plane-correct.svg) [b](#x){: #x } `c`\n",
        )
        sound |= branches(project, "--no-cache")
    for case in CASES:
        project = laid(case, request, tmp_path / case)
        builds = MADE[case](project) if case in MADE else ALL
        reached[case] = set().union(*(branches(project, *a) for a in builds)) - sound
    for case in WITHIN_A_LINE:
        del reached[case]
    twins = {a: [b for b in reached if a != b and reached[a] <= reached[b]] for a in reached}
    twins = {case: others for case, others in twins.items() if others}
    assert not twins, "what refuses these refuses those, too: put each there"


def test_what_is_made_in_code_has_its_folder_too():
    assert {*MADE} <= {*CASES}
    assert {case for case in CASES if not files_of(case)} == {*MADE}


SOUND = r"""
A formula: $x^2$은 공식입니다. It costs $5 in all.

| a | b | c |
|:--|--:|:-:|
| x | y | z |

[One](/playground/#f=x%5B0%5D%2Fx%5B1%5D), [two](https://doi.org/10.1000%2F182), <a href='/'>three</a>.

$$|x| = \begin{cases} x & x \ge 0 \\ -x & \text{otherwise} \end{cases}$$

$$\begin{aligned} a &= b \\ c &= d \end{aligned} + \sum\limits_i x_i$$

Vraiment&#8239;?

{# It was 3.14, 50 % of it. #}

## One

## See [home](/)

## Three
"""
UNDEFINED = """
[root]
title = "Root"
tex = "\\\\sqrt{x_0} + x_1"
spelling = "np.sqrt(x[0]) + x[1]"
gradient = ["1 / 2 / np.sqrt(x[0])", "1"]
note = "It has no value at half of the points."
"""


def test_what_is_sound_is_not_refused(small):
    small.write("content/sound.md", PAGE + SOUND)
    registry = small.root / "gradviz_core/functions.toml"
    registry.write_text(registry.read_text(encoding="utf-8") + UNDEFINED, encoding="utf-8")
    done = small.build()
    assert done.returncode == 0, done.stderr
    files = {name: text.decode(errors="replace") for name, text in small.files().items()}
    assert "It costs $5 in all." in files["sound/index.html"]
    assert '<a href="../index.html">three</a>' in files["sound/index.html"]
    assert "3.14" not in files["sound/index.html"]
    assert re.findall('<mtd class="(.*?)"', files["sound/index.html"]) == [
        *["left"] * 4,
        *["right", "left"] * 2,
    ]
    sides = ["left", "right", "center"] * 2
    assert re.findall('<t[hd] class="(.*?)"', files["sound/index.html"]) == sides
    assert "–" in files["functions/root/index.html"]
    assert "nan" not in re.sub(r"<[^>]*>", "", files["functions/root/index.html"])
