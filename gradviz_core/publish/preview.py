"""Preview: show the site on this machine, and rebuild it when a source changes."""

import io
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, NoReturn

from gradviz_core.content.paths import file_at
from gradviz_core.publish.snapshots import file_states
from gradviz_core.publish.sources import CODE, WORDS

# How long it takes until a change is noticed: by the preview, and then by a page.
SECONDS_BETWEEN_LOOKS = 0.05
MILLISECONDS_BETWEEN_QUESTIONS = 50


# A build that has finished its imports, and those that only some pages need. It starts
# when it receives a line: the page that is looked at. It prints this as soon as it can.
WAITING = """
import sys
from gradviz_core.publish import command
command.set_up()
import build, gradviz_core.publish.steps
import numpy.ma, gradviz_core.numerics.gradient, gradviz_core.publish.listing_runner
if line := sys.stdin.readline():
    sys.exit(build.main([*sys.argv[1:], f"--first={line.strip()}"]))
"""
END_OF_PAGE = "</html>"

# A page asks here whether there is something newer than what it shows.
NEWS = "/.built"
SCRIPT = "/.built.js"

# The names of this machine, with any port.
OWN_HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?")


class Server(ThreadingHTTPServer):
    """A server that does not treat a closed connection as a fault."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report an error, unless the browser has closed the connection."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Preview(SimpleHTTPRequestHandler):
    """Serves the site; pages reload after a build, and show its faults."""

    faults = ""  # the output of the last build, if it failed
    looked_at = ""  # the page that was asked for last, by its path in the site
    # That page, rendered by the build that is running.
    early: Mapping[str, str] = MappingProxyType({})

    @classmethod
    def show(cls, build: "NextBuild") -> None:
        """Build; show the page that is looked at as soon as it is there, then all."""
        cls.early = build.early
        code, message = build.run(cls.looked_at)
        sys.stderr.write(message)
        cls.faults = message if code else ""
        cls.early = MappingProxyType({})

    def send_head(self) -> Any:
        """Answer a request for a page, its script, its news, or any other file."""
        if not OWN_HOST.fullmatch(self.headers.get("Host", "")):
            # A foreign page whose name resolves to this machine must not read it.
            self.send_error(HTTPStatus.FORBIDDEN)
            return None
        address, _, edition = self.path.partition("?")
        if address == NEWS:
            return self._answer("text/event-stream", self._news(edition))
        if address == SCRIPT:
            return self._answer("text/javascript", _script(edition))
        try:
            return self._file(address)
        except (OSError, ValueError):  # no file can have this name
            self.send_error(HTTPStatus.NOT_FOUND)
            return None

    def _file(self, address: str) -> Any:
        """Answer a request for a page, or for any other file of the site."""
        path = Path(self.translate_path(file_at(address)))
        if path.suffix == ".html" and (path.is_file() or self.faults):
            # Before the page is read, which may be replaced at any time.
            edition = self._edition()
            html = path.read_text(encoding="utf-8") if path.is_file() else "<body>"
            page = path.relative_to(self.directory).as_posix()
            Preview.looked_at = page
            html = self._page(self.early.get(page, html), edition)
            return self._answer("text/html; charset=utf-8", html)
        return super().send_head()

    def _edition(self) -> str:
        """Tell what is shown now from what was shown before."""
        try:
            site = Path(self.directory).stat().st_mtime_ns
        except FileNotFoundError:  # there is none, or it is being replaced
            site = 0
        return f"{hash((site, self.faults, *self.early.items())):x}"

    def list_directory(self, path: Any) -> None:
        """Do not list a folder that has no page."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def _news(self, edition: str) -> str:
        """Tell a page that shows an edition whether there is another. It asks again."""
        event = "data:\n\n" if self._edition() != edition else ""
        return f"retry: {MILLISECONDS_BETWEEN_QUESTIONS}\n\n{event}"

    def _page(self, html: str, edition: str) -> str:
        """Insert the faults of the last build, and the script, at the top of a page."""
        top = f'<script src="{SCRIPT}?{edition}"></script>'
        if self.faults:
            top = f'<pre role="alert">{escape(self.faults)}</pre>{top}'
        return re.sub("<body[^>]*>", lambda body: body[0] + top, html, count=1)

    def _answer(self, kind: str, text: str) -> io.BytesIO:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        return io.BytesIO(text.encode())

    def end_headers(self) -> None:
        """Keep browsers from showing earlier builds."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Do not log requests: the terminal is for faults."""


def _script(edition: str) -> str:
    source = f"new EventSource('{NEWS}?{edition}')"
    return f"{source}.onmessage = () => location.reload();"


class NextBuild:
    """The build after the next change: a process that has finished its imports."""

    def __init__(self, root: Path, arguments: Sequence[str]) -> None:
        self.early: dict[str, str] = {}  # the page that is looked at, once it is there
        self._process = subprocess.Popen(
            [sys.executable, "-c", WAITING, *arguments],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        )

    def run(self, looked_at: str) -> tuple[int, str]:
        """Build; return the exit code and the output.

        Parameters
        ----------
        looked_at : str
            The page to be rendered before all others, by its path in the site.
        """
        process = self._process
        assert process.stdin
        assert process.stdout
        assert process.stderr
        # It may have ended already, if the code is wrong.
        with suppress(BrokenPipeError), process.stdin as request:
            request.write(f"{looked_at}\n")
        reading = partial(self._read_page, looked_at, process.stdout)
        threading.Thread(target=reading, daemon=True).start()
        message = process.stderr.read()
        return process.wait(), message

    def _read_page(self, page: str, printed: IO[str]) -> None:
        """Read the page that the build prints, if it prints one."""
        lines: list[str] = []
        for line in printed:
            lines.append(line)
            if line.rstrip().endswith(END_OF_PAGE):
                self.early[page] = "".join(lines)

    def give_up(self) -> None:
        """End the process: it has imported code that has changed since."""
        self._process.kill()
        self._process.communicate()


def serve(
    root: Path, sources: Sequence[str], out: Path, port: int, *arguments: str
) -> int:
    """Build, serve the site to this machine only, and rebuild after every change.

    Raises
    ------
    OSError
        If the port is in use.
    """
    handler = partial(Preview, directory=str(out))
    try:
        server = Server(("127.0.0.1", port), handler)
    except OSError as error:
        fix = f"Fix: name another, --serve {port + 1}"
        raise OSError(f"port {port} cannot be used, {error.strerror}. {fix}") from error
    new_build = partial(NextBuild, root, ["--out", str(out), *arguments])
    # The server is never closed: its thread may only just be starting.
    with suppress(KeyboardInterrupt):
        # Taken before the build, so that no change during it is missed.
        before = file_states(root, *sources)
        Preview.show(new_build())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        print(f"{address} shows {out}; Ctrl-C ends", file=sys.stderr)
        _build_after_changes(root, sources, before, new_build)
    return 0


def _build_after_changes(
    root: Path,
    sources: Sequence[str],
    before: Mapping[str, Any],
    new_build: Callable[[], NextBuild],
) -> NoReturn:
    """Rebuild whenever the sources differ from their state before."""
    next_build = new_build()
    while True:
        time.sleep(SECONDS_BETWEEN_LOOKS)
        with suppress(OSError):  # an editor has removed a file of its own
            now = file_states(root, *sources)
            if now == before:
                continue
            if any(map(_is_code, _changed(before, now))):
                next_build.give_up()
                next_build = new_build()
            before = now
            Preview.show(next_build)
            next_build = new_build()


def _changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of files that are new, removed or changed."""
    for name in before.keys() | now.keys():
        if before.get(name) != now.get(name):
            yield name


def _is_code(name: str) -> bool:
    """Whether a process that has imported this file keeps running the old version."""
    is_imported = name == "build.py" or name.startswith(f"{CODE}/")
    return is_imported and not name.startswith(f"{WORDS}/")
