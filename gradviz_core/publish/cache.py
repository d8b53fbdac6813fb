"""Cache: values that are slow to make, each under a key of everything that decides it.

The folder, or any file in it, can be deleted at any time: unreadable values are made
again. Unpickling an entry runs code, so each is signed with a secret that is kept
outside the clone; entries that came with a clone are not read.
"""

import functools
import hashlib
import hmac
import json
import os
import pickle
import re
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path, PurePath
from typing import IO, Any, TypeVar

Value = TypeVar("Value")

# A build touches the entries it uses, and drops those unused for this long. Another
# build may be running at the time, but none takes an hour.
UNUSED_SECONDS = 3600

# Looking for unused entries is slow: of builds in quick succession, only one does it.
PRUNING_INTERVAL = 600

# A clone may contain a link in place of any file. Following it could overwrite a file
# of the user, or read from /dev/zero forever.
NO_LINK_AND_NO_WAITING = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)

# Only files with such names are dropped: the folder may hold other pickles, too.
NAME_OF_ENTRY = re.compile(r"[0-9a-f]{32}\.pickle")

SIGNED_WITH = "sha256"
SIGNATURE_BYTES = 32
SECRET_BYTES = 32


@functools.cache
def own_secret() -> bytes:
    """Return the secret that signs entries; empty if this machine cannot store one.

    It is kept in `~/.local/state`, unless `XDG_STATE_HOME` names another folder. Each
    must be an absolute path: below a relative one, the secret would be in the clone.
    """
    try:
        state = Path(os.environ.get("XDG_STATE_HOME", ""))
        if not state.is_absolute():
            state = Path.home() / ".local/state"
        if not state.is_absolute():
            return b""
        path = state / "gradviz" / "cache-secret"
        if path.is_file() and path.stat().st_size == SECRET_BYTES:
            return path.read_bytes()
        path.parent.mkdir(parents=True, exist_ok=True)
        secret = secrets.token_bytes(SECRET_BYTES)
        new = path.with_name(f"{path.name}.{os.getpid()}")
        new.touch(mode=0o600)
        new.write_bytes(secret)
        new.replace(path)
    except (OSError, RuntimeError):  # there is no home, or it is not writable
        return b""
    return secret


class Cache:
    """A folder of values, stored by key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.secret = own_secret()

    def get(
        self,
        key: str,
        make: Callable[[], Value],
        keep: Callable[[Value], bool] = lambda value: True,
    ) -> Value:
        """Return the value of a key; if there is none, make and keep it.

        Parameters
        ----------
        key : str
            The `key_of` everything that decides the value.
        make : callable
            Makes the value.
        keep : callable, optional
            Whether a value may be kept: one with errors may not.
        """
        value: Value | None = self.find(key)
        if value is None:
            value = make()
            if keep(value):
                self.put(key, value)
        return value

    def find(self, key: str) -> Any:
        """Return the value of a key, or None if there is none."""
        path = self._path(key)
        try:
            with _opened(path, "rb") as file:
                entry = file.read()
            signature, content = entry[:SIGNATURE_BYTES], entry[SIGNATURE_BYTES:]
            if not self.secret or signature != self._signature(key, content):
                return None
            value = pickle.loads(content)
        except Exception:  # there is no such file, or other code pickled it
            return None
        with suppress(OSError):  # at worst it is dropped too early, and made again
            os.utime(path)
        return value

    def put(self, key: str, value: Any) -> None:
        """Keep a value, which is not None."""
        if not self.secret:
            return
        content = pickle.dumps(value)
        with suppress(OSError):  # a value that is not stored, or cut off, is made again
            if not self.folder.is_dir():
                self.folder.mkdir(parents=True)
                (self.folder / ".gitignore").write_text("*\n", encoding="utf-8")
            with _opened(self._path(key), "wb") as file:
                file.write(self._signature(key, content) + content)

    def _path(self, key: str) -> str:
        # Joined as text: creating paths would take a tenth of an edit's time.
        return f"{self.folder}/{key}.pickle"

    def _signature(self, key: str, content: bytes) -> bytes:
        """Return a signature that only this machine can compute for this content."""
        return hmac.digest(self.secret, key.encode() + content, SIGNED_WITH)

    def prune_sometimes(self) -> None:
        """Drop long unused entries, unless that was done a short while ago."""
        last = self.folder / "pruned"
        with suppress(OSError):
            if time.time() - last.stat().st_mtime < PRUNING_INTERVAL:
                return
        self.prune()
        with suppress(OSError):
            last.touch()

    def prune(self, seconds: float = UNUSED_SECONDS) -> None:
        """Drop entries that have not been used for this many seconds."""
        oldest = time.time() - seconds
        with suppress(OSError):  # there is no folder
            for entry in os.scandir(self.folder):
                with suppress(OSError):  # another build may be dropping it as well
                    is_entry = NAME_OF_ENTRY.fullmatch(entry.name)
                    if is_entry and entry.stat().st_mtime < oldest:
                        Path(entry).unlink()


def _opened(path: str, mode: str) -> IO[bytes]:
    """Open an entry, but do not follow a link in its place."""

    def plainly(path: str, flags: int) -> int:
        return os.open(path, flags | NO_LINK_AND_NO_WAITING, 0o666)

    return open(path, mode, opener=plainly)


@dataclass(frozen=True)
class Recall:
    """Calls a function, unless the same code has called it with the same arguments."""

    cache: Cache
    code: str  # a `key_of` the code that decides what functions return

    def __call__(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Return the value of a function that depends on its arguments alone."""
        name = f"{function.__module__}.{function.__qualname__}"
        key = key_of(self.code, name, arguments)
        return self.cache.get(key, partial(function, *arguments))


def key_of(*deciding: Any) -> str:
    """Return a key for all that decides a value: numbers, texts, arrays, records.

    Raises
    ------
    TypeError
        If something, such as a function, cannot be told from another of its kind.
    """
    # Escaping every letter that is not ASCII would take as long as all the rest.
    exact = json.dumps(deciding, default=_exact, ensure_ascii=False)
    bits = exact.encode(errors="surrogatepass")  # a text may not be UTF-8
    return hashlib.sha256(bits).hexdigest()[:32]


def _exact(value: Any) -> Any:
    kind = f"{type(value).__module__}.{type(value).__qualname__}"
    if hasattr(value, "tobytes"):  # an array, to its last bit
        bits = hashlib.sha256(value.tobytes()).hexdigest()
        return [kind, value.dtype.str, value.shape, bits]
    if isinstance(value, bytes):
        return [kind, hashlib.sha256(value).hexdigest()]
    if isinstance(value, date | PurePath):
        return [kind, str(value)]
    if hasattr(value, "__dict__") and not callable(value):
        return [kind, vars(value)]
    raise TypeError(f"no key can tell one {kind} from another")
