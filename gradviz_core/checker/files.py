"""Files: which ones are read, and how their bytes become text."""

import io
import os
import subprocess
import tokenize
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from gradviz_core.registry.vocabulary import vocabulary

# What git is told before it is asked: it runs nothing that a repository names.
QUIET_GIT = ("git", "-c", "core.fsmonitor=false")


def files_to_read(paths: Iterable[Path], exclude: Sequence[str]) -> Iterator[Path]:
    """Yield the files that are named, and the scripts and notebooks in folders.

    Each file comes once, however often it is named or linked to.

    Parameters
    ----------
    paths : iterable of Path
        Files are read as they are named. Of a folder, what git ignores is left out.
    exclude : sequence of str
        Patterns of paths, or of names of files and folders, that are left out.
    """
    own_paths: set[str] = set()
    for path in paths:
        if path.is_dir():
            files = _files_in_folder(path, exclude)
        else:
            files = [path] if not is_excluded(path, exclude) else []
        for file in files:
            own_path = os.path.realpath(file)
            if own_path not in own_paths:
                own_paths.add(own_path)
                yield file


def _files_in_folder(folder: Path, exclude: Sequence[str]) -> list[Path]:
    """Return the scripts and notebooks of a folder, links to others of them last."""
    files = [*_scripts_below(folder, exclude)]
    ignored = ignored_by_git(folder, files)
    return sorted((file for file in files if file not in ignored), key=Path.is_symlink)


def _scripts_below(folder: Path, exclude: Sequence[str]) -> Iterator[Path]:
    suffixes = tuple(vocabulary("check")["suffixes"])
    skipped_folders = set(vocabulary("check")["skipped_folders"])
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if name not in skipped_folders
            and not is_excluded(Path(parent, name), exclude)
        )
        for name in sorted(names):
            path = Path(parent, name)
            if name.endswith(suffixes) and not is_excluded(path, exclude):
                yield path


def is_excluded(path: Path, patterns: Sequence[str]) -> bool:
    """Whether a pattern matches a path, or what stands at its end.

    Examples
    --------
    >>> is_excluded(Path("code/old/plot.py"), ["old/*"])
    True
    >>> is_excluded(Path("code/old"), ["old/"])
    True
    """
    whole = f"/{path.as_posix()}"
    ends = [pattern.removeprefix("./").strip("/") for pattern in patterns]
    return any(fnmatch(whole, f"*/{end}") for end in ends)


def ignored_by_git(folder: Path, files: Sequence[Path]) -> set[Path]:
    """Return those files below a folder that its .gitignore names.

    Without git, and in a folder of no repository, these are none. The index is not
    asked: in a repository with submodules git would stop at their files.
    """
    names = {os.fsencode(path.relative_to(folder)): path for path in files}
    if not names:
        return set()
    command = [*QUIET_GIT, "check-ignore", "--no-index", "-z", "--stdin"]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            input=b"\0".join(names),
            capture_output=True,
            check=False,
        )
    except OSError:  # there is no git
        return set()
    return {names[name] for name in done.stdout.split(b"\0") if name in names}


def name_for_git(path: Path) -> tuple[str, bool]:
    """Return a path as git and GitHub take it, and whether it is in a repository.

    There it starts at the top of the repository, elsewhere in the current folder. Git
    mends no file through a link, so the name is that of the file itself.
    """
    whole = Path(os.path.realpath(path))
    for folder in whole.parents:
        if (folder / ".git").exists():
            return whole.relative_to(folder).as_posix(), True
    here = os.path.realpath(os.curdir)
    return Path(os.path.relpath(whole, here)).as_posix(), False


def decode(content: bytes) -> tuple[str, str]:
    """Return the text of a file, and the encoding that it names or is found to have.

    That is what its cookie says, else UTF-8, else Latin-1, which takes any bytes.
    """
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        return content.decode(encoding), encoding
    except (SyntaxError, UnicodeError, LookupError):
        return content.decode("latin-1"), "latin-1"
