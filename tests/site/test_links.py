"""The check of finished pages by itself: which HTML is let through, and where a fault was typed.

What is said of a fault, word by word, the tables of refusals/ hold.
"""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from project import HEAD

from gradviz_core.content.pages import Page
from gradviz_core.content.site import shared_addresses
from gradviz_core.publish.document import Document, Tag
from gradviz_core.publish.links import LinkChecker
from gradviz_core.publish.locating import Locator
from gradviz_core.publish.page_rules import page_faults
from gradviz_core.publish.relative_links import make_relative
from gradviz_core.toml_source import TomlSource

SITE = {
    "index.html": '<h1 id="top">Home</h1>',
    "notes/one/index.html": "",
    "notes/two/index.html": '<h1>Two</h1><h2 id="größe">Größe</h2>',
    "playground/index.html": '<input id="spelling">',
    "404.html": "",
}
FILES = ("static/a.svg", "static/a b.js", "data.json")
COMMIT = "0123456789abcdef" * 2 + "01234567"
GITHUB = "https://github.com/o/r"


def link_errors(pages, templates, documents, files, shared=()):
    """What is wrong with these pages, by themselves and in their links."""
    ids = {url: document.ids for url, document in documents.items()}
    checker = LinkChecker(dict.fromkeys(files) | ids, dict(shared))
    for page in pages:
        document = documents[page.url]
        locator = Locator(page, templates)
        yield from map(locator.error, page_faults(document))
        yield from checker.errors(page, document.links, locator)


def faults(html: str, text: str = "", url: str = "notes/one/index.html") -> list[str]:
    """What is wrong with a page that holds this, and in whose source stands that."""
    site = SITE | {url: html}
    documents = {
        address: Document.read(HEAD + content) for address, content in site.items()
    }
    texts = dict.fromkeys(site, "") | {url: text}
    pages = []
    for address in site:
        source = f"content/{address.removesuffix('.html')}.md"
        pages.append(Page(source, address, "page", text=texts[address]))
    return [str(error) for error in link_errors(pages, [], documents, FILES)]


FINE = [
    "", "words", "<p>a</p>", '<b aria-label="a" data-b="c">a</b>', "<code>a[0][1]</code>",
    '<img src="/static/a.svg" alt="A picture">', '<script src="/static/a%20b.js"></script>',
    '<script type="application/ld+json">{}</script>', "<pre>a[0](1) {: b }</pre>",
    "<h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2><h2>e</h2>", '<p id="a"></p><p id="b"></p>',
    '<a href="https://example.org:443/a?b#c">a</a>', '<a href="mailto:a@example.org">a</a>',
    f'<a href="{GITHUB}/blob/{COMMIT}/a.py#L3">a</a>', f'<a href="{GITHUB}/tree/{COMMIT}">a</a>',
    f'<a href="{GITHUB}/archive/{COMMIT}.tar.gz">a</a>', f'<a href="{GITHUB}">a</a>',
    f'<a href="{GITHUB}/issues/3">a</a>', '<link rel="canonical" href="http://other.example/">',
    '<a href="/">a</a>', '<a href="/index.html">a</a>', '<a href="../../">a</a>',
    '<a href="#">a</a>', '<a href="/notes/two/">a</a>', '<a href="../two/index.html">a</a>',
    '<a href="?a=b">a</a>', '<a href="/data.json#anything">a</a>', '<a href="./">a</a>',
    '<a href="/#top">a</a>', '<a id="here" href="#here">a</a>', '<a href="index.html">a</a>',
    '<a href="/notes/two/#größe">a</a>', '<a href="/notes/two/#gr%C3%B6%C3%9Fe">a</a>',
    '<a href="/static/a%20b.js">a</a>', '<a href="/playground/#f=x%5B0%5D&amp;grid=%28">a</a>',
    '<a href="/playground/#spelling">a</a>', "<ul><li>a<li>b</ul>",
    '<br><hr><img src="/static/a.svg" alt="a">', "<math><mi>a</mi><mo>](</mo></math>",
    '<a href="/"><img src="/static/a.svg" alt="a"></a>', '<script type="application/json">"[a](b"</script>',
]  # fmt: skip


@pytest.mark.parametrize("html", FINE)
def test_what_is_fine_is_let_through(html):
    assert faults(html) == []


# Beside what refusals/ has of each kind: what is like it, and is wrong as well.
WRONG = [
    '<script src="/data.json"></script>', '<link rel="stylesheet" href="https://a.org/a.css">',
    '<p id="a"></p><b id="a"></b><i id="a"></i>', "<h2>a</h2><p></p><h6>b</h6>",
    # Addresses.
    '<a href="/notes/a b/">a</a>', '<a href="https:/a">a</a>', '<a href="JavaScript:a">a</a>',
    '<a href="data:text/html,a">a</a>',
    # Places in a repository that move on.
    f'<a href="{GITHUB}/tree/v1?a">a</a>', f'<a href="{GITHUB}/raw/{COMMIT}0/a">a</a>',
    f'<a href="{GITHUB}/blame/{COMMIT[1:]}/a">a</a>',
    f'<a href="{GITHUB}/archive/refs/heads/main.zip">a</a>',
    # Within the site.
    '<a href="two/">a</a>', '<a href="/data.json/">a</a>', '<a href="#f=x%5B0%5D">a</a>',
    '<a href="/playground/#F=x">a</a>',
]  # fmt: skip


@pytest.mark.parametrize("html", WRONG)
def test_what_is_wrong_is_told_once(html):
    (told,) = faults(html)
    assert told.startswith("content/notes/one/index.md: ")


def test_all_faults_of_a_page_are_told():
    html = '<iframe onload=""></iframe><a href="/x/">a</a><p id="a"></p><p id="a"></p>'
    assert len(faults(html)) == 4


@pytest.mark.parametrize(
    ("policy", "other"),
    [
        ("script-src 'self'", "script-src * 'unsafe-inline'"),
        ("Policy", "Policy-Report-Only"),
        ("; require-trusted-types-for 'script'", ""),
        ("<head>\n", '<head>\n<script src="/static/a%20b.js"></script>'),
    ],
)
def test_a_page_begins_with_the_content_policy(policy, other):
    page = Page("content/a.md", "a/index.html", "page")
    assert policy in HEAD
    assert [*link_errors([page], [], {page.url: Document.read(HEAD)}, FILES)] == []
    assert [
        *link_errors(
            [page], [], {page.url: Document.read(HEAD.replace(policy, other))}, FILES
        )
    ]


def test_the_page_for_what_is_not_found_reaches_nothing_from_where_it_is():
    near = '<a href="notes/one/index.html">a</a>'
    assert len(faults(near, url="404.html")) == 1
    assert faults(near, url="index.html") == []
    rooted = '<a href="/notes/one/">a</a><a id="a" href="#a">b</a>'
    assert faults(rooted, url="404.html") == []


# --- where it stands -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text", "line"),
    [
        ('<a href="/x/">a</a>', "one\n[a](/x/)\n[b](/x/)", 2),
        ('<a href="/x/">a</a>', "one\n[a](/y/x/)\n/x/", 3),  # not a part of another
        ('<a href="/x/">a</a>', "one", None),
        ('<a href="">a</a>', "one\n\n[]()", 3),
        (
            '<a href="/x/">a</a>',
            "one\nsee /x/\n[a](/x/)",
            3,
        ),  # a link before the like in words
        ('<a href="../x/">a</a>', "one\n../x/y\n../x/", 3),
        ("<iframe></iframe>", "one\n<IFrame>", 2),
        ('<b id="a"></b><b id="a"></b>', "a\n## A {: #a }\n## B {: #a }", 3),
        ("<h1>a</h1><h3>b</h3>", "# a\n#### b\n### b", 3),
        ("<h1>a</h1><h1>b</h1>", "```\n# a\n```\n\n# b", 5),
        ('<img src="/static/a.svg">', "one\n![](/static/a.svg)", 2),
        ('<b onclick="a"></b>', "one\n<b OnClick=a>", 2),
        (f'<a href="{GITHUB}/blob/main/a">a</a>', 'title = "A"\ncommit = "main"', 2),
        (f'<a href="{GITHUB}/blob/main/a">a</a>', "maintain\nmain", 2),
        ("<style>p</style>", "a `<style>`\n<style>p", 2),  # not in code
        ("a [b](/", "one\na[b](/", 2),
        ("see [a][b]", "a\n`[a][b]`\nsee [a][b]", 3),
    ],
)
def test_a_fault_is_told_at_the_line_where_it_was_typed(html, text, line):
    (told,) = faults(html, text)
    assert told.startswith(f"content/notes/one/index.md{f':{line}' if line else ''}: ")


@pytest.mark.parametrize("times", [1, 2, 3, 4, 5])
def test_each_of_some_faults_that_are_alike_is_told_at_a_line_of_its_own(times):
    """More than there are lines, as where two stand in one, add none."""
    text = "[a](/x/)\n[b](/y/)\n[c](/x/)\n\n[d](/x/) [e](/x/)"
    found = faults('<a href="/x/">a</a>' * times, text)
    assert [told.split(":")[1] for told in found] == ["1", "3", "5", "5", "5"][:times]


def test_what_no_page_has_typed_is_told_of_a_template():
    template = Page("templates/a.html", text="{# <base> #}\n`<base>`\n<base>")
    page = Page("content/a.md", "a/index.html", text="<b> a </b>")
    places = {"<base>": "templates/a.html:3", "<embed>": "content/a.md"}
    for html, place in places.items():
        (error,) = link_errors(
            [page], [template], {page.url: Document.read(HEAD + html)}, []
        )
        assert str(error).startswith(f"{place}: ")


# --- anything at all -------------------------------------------------------------------------


@example("<![0")
@given(st.text() | st.text("<>/=\"' aihrefscp&#;:.-!\n", max_size=60))
def test_any_text_is_a_page_or_a_fault(html):
    for told in faults(html, html):
        assert ". Fix: " in told


@example("//")
@example("///index.html")
@given(st.text() | st.text("/.:#?%@[]htps0x\\\t ", max_size=30))
def test_no_address_that_a_browser_would_follow_elsewhere_is_let_through(address):
    """As browsers do, take tabs and line ends away, and a backslash for a slash."""
    document = Document.read(HEAD)
    document.tags.append(Tag("a", {"href": address}, ""))
    page = Page("content/a.md", "a/index.html", "page")
    refused = [*link_errors([page], [], {page.url: document}, FILES)]
    plain = re.sub(r"[\t\n\r]", "", address).strip("".join(map(chr, range(33))))
    if plain.replace("\\", "/").startswith("//") or plain.lower().startswith(
        "javascript:"
    ):
        assert refused


# --- what is made relative -------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        '<a href="/about/#one">a</a>', "<a href='/about/#one'>a</a>", "<a href=/about/#one>a</a>",
        '<a HREF="/about/#one">a</a>', '<a href = "/about/#one">a</a>',
        '<a\nhref="/about/#one">a</a>',
    ],
)  # fmt: skip
def test_a_link_to_the_site_is_made_relative_however_it_is_typed(typed):
    made = make_relative(typed, "notes/one/index.html", "")
    made = made.replace("HREF", "href").replace("<a\n", "<a ")
    assert made == '<a href="../../about/index.html#one">a</a>'


@pytest.mark.parametrize(
    ("url", "about", "home"),
    [
        ("index.html", "about/index.html", "index.html"),
        ("notes/index.html", "../about/index.html", "../index.html"),
        ("404.html", "/repo/about/index.html", "/repo/index.html"),
    ],
)
def test_a_link_works_from_where_its_page_is_shown(url, about, home):
    made = make_relative(
        '<a href="/about/">a</a> <a href="/">b</a>', url, "https://example.org/repo/"
    )
    assert re.findall(' href="(.*?)"', made) == [about, home]


@pytest.mark.parametrize("url", ["notes/index.html", "404.html"])
def test_a_link_to_a_place_of_its_own_page_does_not_load_it_again(url):
    """A host shows the page under its folder, and not under the name of its file."""
    typed = '<a href="/notes/#one">a</a> <a href="/notes/">b</a>'
    made = make_relative(typed, url, "https://example.org/repo/")
    own = ["#one", "index.html"]
    from_root = ["/repo/notes/index.html#one", "/repo/notes/index.html"]
    expected = own if url == "notes/index.html" else from_root
    assert re.findall(' href="(.*?)"', made) == expected


def test_what_stands_beside_a_link_stays():
    typed = '<img src="/static/a.svg" alt="0 < x"><a href="/about/?a=1&amp;b=2" title="x > y">a</a>'
    made = typed.replace("/static", "../static").replace(
        "/about/", "../about/index.html"
    )
    assert make_relative(typed, "notes/index.html", "") == made


@pytest.mark.parametrize(
    "typed",
    [
        '<p title=" href=/about/">', '<p data-href="/about/">', "<p>src=/about/</p>",
        '<code>a src="/about/x"</code>', '<a href="//example.org/">a</a>', '<a href="about/">a</a>',
        '<p>Say href="/about/" > here</p>', '<a href="#about">a</a>',
    ],
)  # fmt: skip
def test_what_is_no_link_to_the_site_is_left_as_it_is(typed):
    assert make_relative(typed, "notes/one/index.html", "") == typed


@pytest.mark.parametrize(
    "base", ["https://example.org/repo", "https://example.org/repo/"]
)
def test_a_link_within_the_site_says_its_whole_address_where_the_site_has_one(base):
    """Paper spells it out."""
    typed = (
        '<a href="/?a&amp;b">a</a> <a href="/notes/two/index.html#c">b</a> <a href="/a.svg">c</a>'
        '<a href="/playground/#f=x%5B0%5D">d</a> <a href="/notes/one/#e">this very page</a>'
        '<img src="/a.svg" alt="a"><link rel="icon" href="/a.svg"><a href="https://a.org/">a</a>'
    )
    told = re.findall(
        'data-url="([^"]*)"', make_relative(typed, "notes/one/index.html", base)
    )
    places = ("?a&amp;b", "notes/two/#c", "a.svg", "playground/")
    assert told == [f"https://example.org/repo/{place}" for place in places]
    assert "data-url" not in make_relative(typed, "notes/one/index.html", "")


def test_an_address_that_pages_share_is_told_once_where_it_was_typed():
    source = TomlSource(
        '[[menu]]\nlabel = "x"\nurl = "/nowhere/"\n', "content/site.toml"
    )
    shared = shared_addresses([source])
    urls = ["a/index.html", "b/index.html", "ko/a/index.html"]
    pages = [
        Page(f"{url}.md", url, language=url[:2] if url[2] == "/" else "en")
        for url in urls
    ]
    documents = {url: Document.read(f'{HEAD}<a href="/nowhere/">x</a>') for url in urls}
    (error,) = (
        e
        for e in link_errors(pages, [], documents, FILES, shared)
        if "nowhere" in e.what
    )
    assert str(error).startswith(
        "content/site.toml:3: the link /nowhere/ leads nowhere. "
    )
