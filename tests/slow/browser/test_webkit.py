"""Pages in WebKitGTK, by its WebDriver: each opens, shows its pictures, and has no complaint."""

import html
import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

# The driver keeps no console, so this script stands before all others of a page.
PROBE = """
const complaints = [];
const complain = (event) => complaints.push(
  event.message ?? event.violatedDirective ?? event.target.src ?? event.target.href);
for (const kind of ["error", "securitypolicyviolation"]) addEventListener(kind, complain, true);
for (const kind of ["error", "warn"]) console[kind] = (...words) => complaints.push(words.join(" "));
"""
LOOK = """
const done = arguments[0], images = [...document.images];
for (const image of images) image.loading = "eager";
Promise.all(images.map((image) => image.decode().catch(() => null))).then(() => done({
  title: document.title,
  broken: images.filter((image) => !image.naturalWidth).map((image) => image.src),
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  complaints,
}));
"""
SEED = """
document.body.append(new Image());
document.body.lastChild.src = "nowhere.svg";
document.body.setAttribute("style", "color: red");
setTimeout(() => { throw new Error("boo"); });
"""


@pytest.fixture(scope="module")
def probed(built, serve, tmp_path_factory):
    """The address of a host whose pages all begin with the probe."""
    folder = tmp_path_factory.mktemp("probed") / "repo"
    shutil.copytree(built.site, folder)
    (folder.parent / "probe.js").write_text(PROBE, encoding="utf-8")
    for path in folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        probe = '<script src="/probe.js"></script>\n<title>'
        path.write_text(text.replace("<title>", probe, 1), encoding="utf-8")
    with serve(folder.parent) as address:
        yield f"{address}repo/"


DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Driver:
    """A session of WebKitWebDriver."""

    def __init__(self, port):
        self.address = f"http://127.0.0.1:{port}/session"
        (browser,) = sorted(Path("/usr/lib").glob("*/webkit*/MiniBrowser"))[:1]
        options = {"binary": str(browser), "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        self.address += "/" + self.send("", capabilities=wanted)["sessionId"]

    def send(self, command, **values):
        request = urllib.request.Request(
            self.address + command,
            json.dumps(values).encode(),
            {"Content-Type": "application/json"},
        )
        with DIRECT.open(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def look(self):
        return self.send("/execute/async", script=LOOK, args=[])


@contextmanager
def running(*command, **options):
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, **options
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def wait_for(port):
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("WebKitWebDriver does not answer")


@pytest.fixture(scope="module")
def webkit():
    port = free_port()
    with running("Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24") as screen:
        display = os.environ | {"DISPLAY": f":{screen.stdout.readline().strip()}"}
        with running("WebKitWebDriver", f"--port={port}", env=display):
            wait_for(port)
            yield Driver(port)


def test_every_page_that_is_not_alike_in_webkit(webkit, probed, distinct, built):
    for path in distinct:
        webkit.send("/url", url=probed + path)
        (title,) = re.findall("<title>(.*?)</title>", built.page(path))
        assert webkit.look() == {
            "title": html.unescape(title), "broken": [], "wide": 0, "complaints": [],
        }, path  # fmt: skip


def test_a_fault_is_found_in_webkit(webkit, probed):
    webkit.send("/url", url=probed)
    webkit.send("/execute/sync", script=SEED, args=[])
    for _ in range(50):  # what does not come is told when the host has answered
        found = webkit.look()
        if len(found["complaints"]) == 3:
            break
    assert found["broken"] == [probed + "nowhere.svg"]
    assert sorted(found["complaints"]) == [
        "Error: boo",
        probed + "nowhere.svg",
        "style-src-attr",
    ]
