"""Every page under attack in both browsers: its content policy refuses all, and nothing happens."""

import re
import shutil
from collections import Counter
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import Thread

import pytest
from project import ROOT

from gradviz_core.publish.links import Document

# What a page might be made to hold, should all checks of the build fail.
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
EARLIER = """
Object.assign(window, {harmed: [], refused: [], harm: (name) => harmed.push(name)});
const FRAMES = {"frame-src": "iframe", "object-src": "object"};  // of which only the host is told
const keep = ({target, blockedURI, effectiveDirective}) => refused.push([
  FRAMES[effectiveDirective] || target.id || blockedURI.split("/").pop(), effectiveDirective]);
addEventListener("securitypolicyviolation", keep, true);
"""
ATTACK = (ROOT / "tests/browser/attack.js").read_text(encoding="utf-8")
TYPES = "require-trusted-types-for"
GUARDS = {  # what refuses each attack, but a link, of which the browsers differ
    "inline": "script-src-elem", "handler": "script-src-attr",
    "innerHTML": TYPES, "insertAdjacentHTML": TYPES, "onclick": TYPES, "script": TYPES,
    "eval": TYPES, "Function": TYPES, "setTimeout": TYPES,
    "src": "script-src-elem", "import": "script-src-elem", "fetch": "connect-src",
    "sendBeacon": "connect-src", "img": "img-src", "Image": "img-src", "iframe": "frame-src",
    "object": "object-src", "form": "form-action", "base": "base-uri",
    "stylesheet": "style-src-elem", "sheet": "style-src-elem", "styled": "style-src-attr",
    "style": "style-src-attr",
}  # fmt: skip


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


@pytest.fixture(scope="module")
def foreign():
    with ThreadingHTTPServer(("127.0.0.1", 0), Foreign) as server:
        server.asked = set()
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def attacked(browser, foreign, built, serve, tmp_path_factory):
    """What tells of each page what its policy refuses, and the harm that is done all the same."""
    address = f"http://127.0.0.1:{foreign.server_port}/"
    site = tmp_path_factory.mktemp("attacked") / "repo"
    shutil.copytree(built.site, site)

    def attack(page, path, edit, patience):
        file = built.site / path
        text = edit(file.read_text(encoding="utf-8")).replace("</body>", MARKUP)
        (site / path).write_text(text.replace("{foreign}", address), encoding="utf-8")
        foreign.asked.clear()
        page.goto(f"{host}repo/{path}?{hash(text)}")  # an edited page is another to the cache
        found = page.evaluate(ATTACK, [address, patience])
        return found["told"], {*found["harmed"]} | foreign.asked

    with serve(site.parent) as host, browser((390, 664)) as context:
        context.add_init_script(EARLIER)
        page = context.new_page()
        yield lambda *given: attack(page, *given)


def test_every_attack_on_every_page_is_refused(attacked, paths):
    for path in paths:
        told, harmed = attacked(path, lambda text: text, 5000)
        assert not harmed, path
        assert told.pop("link") in ("script-src-elem", TYPES), path
        assert told == GUARDS, path


def test_without_its_policy_a_page_is_harmed_by_each(attacked):
    told, harmed = attacked("index.html", lambda text: re.sub("<meta http-equiv.*>", "", text), 100)
    assert not told
    assert harmed >= {*GUARDS, "link"}


class Tags(HTMLParser):
    """The tags of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def test_the_policy_comes_first_and_nothing_stands_inline(built, paths):
    policies = set()
    for path in paths:
        tags = Tags((built.site / path).read_text(encoding="utf-8")).tags
        assert [tag for tag, _ in tags[:4]] == ["html", "head", "meta", "meta"], path
        assert tags[2][1] == {"charset": "utf-8"}
        assert tags[3][1]["http-equiv"] == "Content-Security-Policy"
        policies.add(tags[3][1]["content"])
        for tag, attributes in tags:
            assert tag != "style", path
            assert not [name for name in attributes if name == "style" or name.startswith("on")]
            if tag == "script" and attributes.get("type") not in (
                "application/ld+json",
                "application/json",
            ):
                assert "src" in attributes, path
    assert len(policies) == 1


# Of these texts are put together, for a browser to read otherwise than the checker does.
PIECES = [
    "<", ">", "/", "!", "-", "--", '"', "'", "=", " ", "&", "a", "<td>", "</td>", "<span>", "<!--", "-->",
    "--!>", "<![CDATA[", "]]>", "<!", "<?", "</", "<iframe>", "</iframe>", "<IFRAME/", "<title>", "</title>",
    '<b title="', "<b title='", "<noscript>", "</noscript>", '<script type="application/json">',
    "</script>", "</script ", "<svg>", "</svg>", "<math>", "<mtext>", "<desc>", "<p>", "</p>", "<table>",
    "<select>", "<option>", "</b>", " onclick=", "<b/onclick=", '/>', "&lt;", "<br>", "<a ", "<b a=b", "=>",
    '"<', "'<", "<annotation-xml>", "<template>", "</template>", "<textarea>", "<style>", "</style>",
]  # fmt: skip
READ = """(texts) => texts.map((text) => {
  const frame = document.body.appendChild(document.createElement("iframe"));
  frame.contentDocument.write(text);
  frame.contentDocument.close();
  const parsed = new DOMParser().parseFromString(text, "text/html");  // as if there were no script
  const found = ["iframe", "[onclick]"].filter((what) =>
    [frame.contentDocument, parsed].some((page) => page.querySelector(what)));
  frame.remove();
  return found;
})"""


def test_what_a_browser_takes_for_a_tag_the_checker_has_seen(chromium):
    random, seen = Random(7), Counter()
    texts = ["".join(random.choices(PIECES, k=random.randint(2, 14))) for _ in range(1000)]
    page = chromium.new_page()
    read = page.evaluate(READ, [f"<!doctype html>{text}" for text in texts])
    page.close()
    for text, found in zip(texts, read, strict=True):
        document = Document(text)
        known = {tag for tag, *_ in document.tags} | {*document.hidden}
        known |= {f"[{name}]" for _, attributes, _ in document.tags for name in attributes}
        assert {*found} <= known or (document.hidden and found == ["[onclick]"]), text
        seen.update(found)
    assert min(seen["iframe"], seen["[onclick]"]) > 30
