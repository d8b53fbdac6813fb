"""A page made to hold what it must not, and a script in it that tries to do harm.

That is what its content policy is for, should all checks of the build have failed.
"""

import os
import shutil
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from browser_fixtures import PHONE

MARKUP = """
<script id="inline">harm("inline")</script>
<img id="handler" src="data:," alt="" onerror="harm('handler')">
<a id="link" href="javascript:harm('link')">link</a>
<p id="prey"></p>
<p id="styled" style="position: fixed"></p>
<style id="sheet">#ruled { position: fixed; }</style>
<p id="ruled"></p>
<script src="{foreign}src"></script>
<link rel="stylesheet" href="{foreign}stylesheet">
<img src="{foreign}img" alt="">
<iframe src="{foreign}iframe"></iframe>
<object data="{foreign}object"></object>
<form id="form" action="{foreign}form" target="_blank" method="post"></form>
<base id="base" href="{foreign}base">
</body>"""
# It runs before any script of the page, and keeps what is refused and what does harm.
EARLIER = """
Object.assign(window, {harmed: [], refused: [], harm: (name) => harmed.push(name)});
const FRAMES = {"frame-src": "iframe", "object-src": "object"};  // of these the host alone is told
const keep = ({target, blockedURI, effectiveDirective}) => refused.push([
  FRAMES[effectiveDirective] || target.id || blockedURI.split("/").pop(), effectiveDirective]);
addEventListener("securitypolicyviolation", keep, true);
"""
ATTACK = Path(__file__).with_name("attack.js").read_text(encoding="utf-8")
TYPES = "require-trusted-types-for"
# What refuses each attack.
GUARDS = {
    "inline": "script-src-elem",
    "handler": "script-src-attr",
    "innerHTML": TYPES,
    "insertAdjacentHTML": TYPES,
    "onclick": TYPES,
    "script": TYPES,
    "eval": TYPES,
    "Function": TYPES,
    "setTimeout": TYPES,
    "src": "script-src-elem",
    "import": "script-src-elem",
    "fetch": "connect-src",
    "sendBeacon": "connect-src",
    "img": "img-src",
    "Image": "img-src",
    "iframe": "frame-src",
    "object": "object-src",
    "form": "form-action",
    "base": "base-uri",
    "stylesheet": "style-src-elem",
    "sheet": "style-src-elem",
    "styled": "style-src-attr",
    "style": "style-src-attr",
}
LINK_GUARDS = {"script-src-elem", TYPES}  # the browsers differ


class Foreign(BaseHTTPRequestHandler):
    """Another host, which keeps what it is asked for."""

    def do_GET(self):
        self.server.asked.add(self.path[1:])
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_GET

    def log_message(self, *_):
        pass


class Attacker:
    """Puts pages under attack beside links to the rest of the site, and opens them."""

    def __init__(self, page, site, copy, host, foreign):
        self.page = page
        self.site = site
        self.copy = copy
        self.host = host
        self.foreign = foreign

    def attack(self, path, edit=lambda html: html, patience=5000):
        """Give what the policy refused, by name, and what harm was done all the same.

        An attack that is not refused is waited for as many milliseconds as there is patience.
        """
        foreign = f"http://127.0.0.1:{self.foreign.server_port}/"
        html = edit((self.site / path).read_text(encoding="utf-8"))
        html = html.replace("</body>", MARKUP.replace("{foreign}", foreign))
        (self.copy / path).unlink()  # a link to the file of the site, which stays
        (self.copy / path).write_text(html, encoding="utf-8")
        self.foreign.asked.clear()
        # What was edited has another address, so that the cache does not know it.
        self.page.goto(f"{self.host}repo/{path}?{hash(html)}")
        found = self.page.evaluate(ATTACK, [foreign, patience])
        return found["told"], {*found["harmed"]} | self.foreign.asked


@contextmanager
def attacker(browser, site, serve, folder):
    copy = folder / "repo"
    shutil.copytree(site.resolve(), copy, copy_function=os.symlink)
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), Foreign) as foreign,
        serve(folder) as host,
    ):
        foreign.asked = set()
        Thread(target=foreign.serve_forever, daemon=True).start()
        context = browser.new_context(PHONE)
        context.add_init_script(EARLIER)
        yield Attacker(context.new_page(), site, copy, host, foreign)
        context.close()
        foreign.shutdown()


def assert_all_refused(refused, harmed):
    assert harmed == set()
    assert refused.pop("link") in LINK_GUARDS
    assert refused == GUARDS
