"""Files: which ones are read, and how their bytes become text."""

import codecs
import io
import os
import re
import subprocess
import tokenize
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.unread_reasons import Unreadable

STANDARD_INPUT = Path("-")

# Git with a setting that keeps it from running a program which a repository names.
QUIET_GIT = ("git", "-c", "core.fsmonitor=false")

# A comment that names the encoding, in one of the first two lines, as Python finds it.
COOKIE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n?|\n))??"
    rb"[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]{1,60})"
)

# Encodings of Python that nobody saves a script in. Decoding one of them takes minutes.
NO_ENCODINGS = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}


def files_to_read(paths: Iterable[Path], exclude: Sequence[str]) -> Iterator[Path]:
    """Yield the files that are named, and the scripts and notebooks in folders.

    Each file comes once, however often it is named or linked to.

    Parameters
    ----------
    paths : iterable of Path
        Files and folders. Of a folder, the files that git ignores are left out.
    exclude : sequence of str
        Patterns for paths, or for names of files and folders, to leave out.
    """
    own_paths: set[str] = set()
    for path in paths:
        for file in _files_of(path, exclude):
            own_path = "-" if file == STANDARD_INPUT else os.path.realpath(file)
            if own_path not in own_paths:
                own_paths.add(own_path)
                yield file


def _files_of(path: Path, exclude: Sequence[str]) -> list[Path]:
    if path == STANDARD_INPUT:
        return [path]
    if is_excluded(path, exclude):
        return []
    return _files_in_folder(path, exclude) if path.is_dir() else [path]


def _files_in_folder(folder: Path, exclude: Sequence[str]) -> list[Path]:
    """Return the scripts and notebooks below a folder, symbolic links last.

    A folder that cannot be read is returned itself, so that it is reported as unread.
    """
    unreadable: list[Path] = []
    files = [*_scripts_below(folder, exclude, unreadable)]
    ignored = ignored_by_git(folder, files)
    files = [file for file in files if file not in ignored]
    return [*unreadable, *sorted(files, key=Path.is_symlink)]


def _scripts_below(
    folder: Path, exclude: Sequence[str], unreadable: list[Path]
) -> Iterator[Path]:
    suffixes = tuple(vocabulary("check")["suffixes"])
    skipped_folders = set(vocabulary("check")["skipped_folders"])

    def note(error: OSError) -> None:
        unreadable.append(Path(error.filename))

    for parent, folders, names in os.walk(folder, onerror=note):
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
    """Whether a pattern matches a path, or a folder around it.

    A name matches wherever it stands; a pattern with a slash is a path from here.

    Examples
    --------
    >>> is_excluded(Path("code/old/plot.py"), ["old"])
    True
    >>> is_excluded(Path("code/old/plot.py"), ["./code/*.py"])
    True
    >>> is_excluded(Path("code/old/plot.py"), ["old/plot.py"])
    False
    """
    if not patterns:
        return False
    whole = Path(os.path.relpath(path))
    return any(
        _is_match(each, pattern)
        for pattern in patterns
        for each in (whole, *whole.parents)
    )


def _is_match(path: Path, pattern: str) -> bool:
    bare = pattern.rstrip("/")
    if "/" not in bare:
        return fnmatch(path.name, bare)
    return fnmatch(path.as_posix(), Path(os.path.relpath(bare)).as_posix())


def ignored_by_git(folder: Path, files: Sequence[Path]) -> set[Path]:
    """Return those files below a folder that its .gitignore names.

    Without git, or outside a repository, there are none. Nor are there any where git
    ignores the folder itself: whoever names it wants it read. The index is not
    consulted, since git would fail at the files of a submodule.
    """
    if not files:
        return set()
    names = {os.fsencode(path.relative_to(folder)): path for path in files}
    the_folder = b"."
    command = [*QUIET_GIT, "check-ignore", "--no-index", "-z", "--stdin"]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            input=b"\0".join([the_folder, *names]),
            capture_output=True,
            check=False,
        )
    except OSError:  # there is no git
        return set()
    ignored = done.stdout.split(b"\0")
    if the_folder in ignored:
        return set()
    return {names[name] for name in ignored if name in names}


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
    """Return the text of a file, and its encoding.

    A file that names no encoding is read as UTF-8, or else as Latin-1, which decodes
    any bytes.

    Raises
    ------
    Unreadable
        If the file cannot be decoded by the encoding that it names.
    """
    cookie = COOKIE.match(content)
    if cookie is None:
        return _decode_without_cookie(content)
    name = cookie[1].decode("ascii")
    try:
        encoding = _encoding_named(name, content.startswith(codecs.BOM_UTF8))
        return content.decode(encoding), encoding
    except (SyntaxError, UnicodeError, LookupError):
        line = 1 + len(re.findall(rb"\r\n?|\n", cookie[0]))
        raise Unreadable("encoding", line, name) from None


def _decode_without_cookie(content: bytes) -> tuple[str, str]:
    has_mark = content.startswith(codecs.BOM_UTF8)
    encoding = "utf-8-sig" if has_mark else "utf-8"
    try:
        return content.decode(encoding), encoding
    except UnicodeError:
        return content.decode("latin-1"), "latin-1"


def _encoding_named(name: str, has_mark: bool) -> str:
    """Return the encoding that Python uses for a file that names it so.

    Raises
    ------
    LookupError, SyntaxError
        If there is no such encoding, or it is not meant for files.
    """
    line = b"# coding: %s\n" % name.encode()
    if has_mark:
        line = codecs.BOM_UTF8 + line
    encoding, _ = tokenize.detect_encoding(io.BytesIO(line).readline)
    if codecs.lookup(encoding).name in NO_ENCODINGS:
        raise LookupError
    return encoding
