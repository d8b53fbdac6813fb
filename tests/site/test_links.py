"""The output checker by itself: what it says of one page's HTML, to the last word."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from project import HEAD

from gradviz_core.content.pages import Page
from gradviz_core.publish.links import Document, link_errors, relative

SITE = {
    "index.html": '<h1 id="top">Home</h1>',
    "notes/one/index.html": "",
    "notes/two/index.html": '<h1>Two</h1><h2 id="größe">Größe</h2>',
    "playground/index.html": '<input id="spelling">',
    "404.html": "",
}
FILES = ("static/a.svg", "static/a b.js", "data.json")
COMMIT = "0123456789abcdef" * 2 + "01234567"


def told(html, text="", url="notes/one/index.html", torn=False):
    """What is wrong with a page that holds this, and in whose source stands that.

    What is torn by how a case is written is told only to who asks.
    """
    site = SITE | {url: html}
    documents = {u: Document(HEAD + h) for u, h in site.items()}
    if not torn:
        for document in documents.values():
            document.torn = []
    texts = dict.fromkeys(site, "") | {url: text}
    pages = [
        Page(f"content/{u[:-5]}.md", u, "page", (), {}, text=texts[u]) for u in site
    ]
    return [*map(str, link_errors(pages, documents, FILES))]


def only(what, fix, line=None, source="content/notes/one/index.md"):
    return [f"{source}{f':{line}' * (line is not None)}: {what}. Fix: {fix}"]


# --- what a page may hold --------------------------------------------------------------------

FINE = [
    "", "words", "<p>a</p>", "<td><tr><mi><mn><mo><mrow><span>", '<b aria-label="a" data-b="c">a</b>',
    '<img src="/static/a.svg" alt="A picture">', '<script src="/static/a%20b.js"></script>',
    '<script type="application/ld+json">{}</script>', '<script type="application/json">{}</script>',
    '<meta http-equiv="Content-Security-Policy" content="a">', '<a href="/" href="/nowhere/">a</a>', "<input>",
    "<h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2><h2>e</h2>", "<h2>a</h2><h3>b</h3><h1>c</h1>",
    "<hr><h2>a</h2><header></header>", '<p id="a"></p><p id="b"></p>',
    '<a href="https://example.org">a</a>', '<a href="https://example.org:443/a?b#c">a</a>',
    '<a href="mailto:a@example.org">a</a>',
    f'<a href="https://github.com/o/r/blob/{COMMIT}/a.py#L3">a</a>',
    f'<a href="https://github.com/o/r/archive/{COMMIT}.tar.gz">a</a>', f'<a href="https://github.com/o/r/tree/{COMMIT}">a</a>', '<a href="https://github.com/o/r">a</a>',
    '<a href="https://github.com/o/r/issues/3">a</a>', '<a href="https://github.com/blob/r">a</a>',
    '<link rel="canonical" href="http://other.example/">', '<link rel="alternate" href="/nowhere/">',
    '<a href="/">a</a>', '<a href="/index.html">a</a>', '<a href="../../">a</a>', '<a href="#">a</a>',
    '<a href="/notes/two/">a</a>', '<a href="../two/index.html">a</a>', '<a href="?a=b">a</a>',
    '<a href="/notes/../data.json">a</a>', '<a href="/data.json#anything">a</a>', '<a href="./">a</a>',
    '<a href="/#top">a</a>', '<a id="here" href="#here">a</a>', '<a href="index.html">a</a>',
    '<a href="/notes/two/#größe">a</a>', '<a href="/notes/two/#gr%C3%B6%C3%9Fe">a</a>',
    '<a href="/static/a%20b.js">a</a>', '<a href="/playground/#f=x%5B0%5D">a</a>',
    '<a href="/playground/#f=x%5B0%5D&amp;grid=%28&amp;b">a</a>', '<a href="/playground/#spelling">a</a>',
]  # fmt: skip


@pytest.mark.parametrize("html", FINE)
def test_what_is_fine_is_fine(html):
    assert told(html) == []


MARKDOWN = "say it in Markdown"
ABSENT = "name a page or file of the site"
UNKNOWN = "name an id that is there"
ADDRESS = "use an https address"
PICTURE = "name the file of a picture"
OWN = "put the file into templates/static"
PLACE = "name a commit, by its 40 digits"
BROKEN = {
    # elements and attributes
    "<iframe></iframe>": ("a page may not hold iframe", MARKDOWN),
    "<IFRAME></IFRAME>": ("a page may not hold iframe", MARKDOWN),
    "<style>p {}</style>": ("a page may not hold style", MARKDOWN),
    "<script></script>": ("a page may not hold script", MARKDOWN),
    '<script type="module"></script>': ("a page may not hold script", MARKDOWN),
    '<script type="APPLICATION/JSON"></script>': ("a page may not hold script", MARKDOWN),
    '<script src="/data.json"></script>': ("a page may not hold script", MARKDOWN),
    '<script src="https://a.org/static/a.js"></script>': ("a page may not hold script", MARKDOWN),
    '<script src="x/static/a.js"></script>': ("a page may not hold script", MARKDOWN),
    '<script src="/static/../a.js"></script>': ("a page may not hold script", MARKDOWN),
    '<script src="/static/a/.%2E/../a.js"></script>': ("a page may not hold script", MARKDOWN),
    '<script src="/static/\n../a.js"></script>': ("a page may not hold script", MARKDOWN),
    '<b onclick="a">a</b>': ("b may not have the attribute onclick", "leave it out"),
    "<b style>a</b>": ("b may not have the attribute style", "leave it out"),
    '<b aria="a">a</b>': ("b may not have the attribute aria", "leave it out"),
    '<b x-data-a="a">a</b>': ("b may not have the attribute x-data-a", "leave it out"),
    '<meta http-equiv="refresh">': ("a page may not speak for its server", "leave it out"),
    "<meta http-equiv>": ("a page may not speak for its server", "leave it out"),
    '<img src="/static/a.svg">': ("the image /static/a.svg has no alt text", "describe it"),
    '<img src="/static/a.svg" alt=" ">': ("the image /static/a.svg has no alt text", "describe it"),
    "<img>": ("the image has no alt text", "describe it"),
    '<img alt="a">': ("the image is no picture", PICTURE),
    '<img src="" alt="a">': ("the image is no picture", PICTURE),
    '<img src="/notes/two/" alt="a">': ("the image /notes/two/ is no picture", PICTURE),
    '<img src="/data.json" alt="a">': ("the image /data.json is no picture", PICTURE),
    # ids and headings
    '<p id="a"></p><b id="a"></b><i id="a"></i>': ("the id a stands twice", "rename one heading"),
    "<h1>a</h1><h2>b</h2><h1>c</h1>": ("the page has a second title", "use level 2"),
    "<h1>a</h1><h3>b</h3>": ("a heading of level 3 follows one of level 1", "use level 2"),
    "<h2>a</h2><p></p><h6>b</h6>": ("a heading of level 6 follows one of level 2", "use level 3"),
    # addresses
    '<a href="">a</a>': ("a link is empty", "say where it leads"),
    '<script src=""></script>': ("a page may not hold script", MARKDOWN),
    '<b src="">a</b>': ("a link is empty", "say where it leads"),
    '<a href="https://[::1">a</a>': ("the link https://[::1 is no address", "correct it"),
    '<a href="https://a:99999/">a</a>': ("the link https://a:99999/ is no address", "correct it"),
    '<a href="https://a..org/">a</a>': ("the link https://a..org/ is no address", "correct it"),
    '<a href="/notes/a b/">a</a>': ("the link /notes/a b/ is no address", "correct it"),
    '<a href="/notes/a&nbsp;b/">a</a>': ("the link /notes/a b/ is no address", "correct it"),
    '<p align="URL(a)">a</p>': ("p may not have the attribute align", "leave it out"),
    '<a href="/notes%2Ftwo/">a</a>': ("the link /notes%2Ftwo/ leads nowhere", ABSENT),
    '<a href="http://a.org/">a</a>': ("the link http://a.org/ is not https", ADDRESS),
    '<a href="//a.org/">a</a>': ("the link //a.org/ is not https", ADDRESS),
    '<a href="https:/a">a</a>': ("the link https:/a is not https", ADDRESS),
    '<a href="https:">a</a>': ("the link https: is not https", ADDRESS),
    '<a href="JavaScript:a">a</a>': ("the link JavaScript:a is not https", ADDRESS),
    '<a href="java&#9;script:a">a</a>': ("the link java script:a is not https", ADDRESS),
    '<a href="data:text/html,a">a</a>': ("the link data:text/html,a is not https", ADDRESS),
    '<a href="mailto.:a">a</a>': ("the link mailto.:a is not https", ADDRESS),
    '<img src="https://a.org/a.png" alt="a">': ("https://a.org/a.png would be fetched from elsewhere", OWN),
    '<img src="//a.org/a.png" alt="a">': ("//a.org/a.png would be fetched from elsewhere", OWN),
    '<img src="data:,a.png" alt="a">': ("data:,a.png would be fetched from elsewhere", OWN),
    # places in a repository
    '<a href="https://github.com/o/r/blob/main/a">a</a>': ("the link https://github.com/o/r/blob/main/a may show something else one day", PLACE),
    '<a href="https://github.com/o/r/tree/v1?a">a</a>': ("the link https://github.com/o/r/tree/v1?a may show something else one day", PLACE),
    f'<a href="https://github.com/o/r/raw/{COMMIT}0/a">a</a>': (f"the link https://github.com/o/r/raw/{COMMIT}0/a may show something else one day", PLACE),
    f'<a href="https://github.com/o/r/blame/{COMMIT[1:]}/a">a</a>': (f"the link https://github.com/o/r/blame/{COMMIT[1:]}/a may show something else one day", PLACE),
    f'<a href="https://github.com/o/r/blob/{COMMIT.upper()}/a">a</a>': (f"the link https://github.com/o/r/blob/{COMMIT.upper()}/a may show something else one day", PLACE),
    '<a href="https://github.com/o/r/commits/main/a">a</a>': ("the link https://github.com/o/r/commits/main/a may show something else one day", PLACE),
    '<a href="https://github.com/o/r/archive/refs/heads/main.zip">a</a>': ("the link https://github.com/o/r/archive/refs/heads/main.zip may show something else one day", PLACE),
    '<a href="https://github.com/o/r/archive/main.zip">a</a>': ("the link https://github.com/o/r/archive/main.zip may show something else one day", PLACE),
    # within the site
    '<a href="/nowhere/">a</a>': ("the link /nowhere/ leads nowhere", ABSENT),
    '<a href="/notes/two">a</a>': ("the link /notes/two leads nowhere", ABSENT),
    '<a href="/Notes/two/">a</a>': ("the link /Notes/two/ leads nowhere", ABSENT),
    '<a href="two/">a</a>': ("the link two/ leads nowhere", ABSENT),
    '<a href="/data.json/">a</a>': ("the link /data.json/ leads nowhere", ABSENT),
    '<a href="/a%20b.js">a</a>': ("the link /a%20b.js leads nowhere", ABSENT),
    '<a href="/notes/two/#grosse">a</a>': ("the page of /notes/two/#grosse has no place called grosse", UNKNOWN),
    '<a href="#f=x%5B0%5D">a</a>': ("the page of #f=x%5B0%5D has no place called f=x[0]", UNKNOWN),
    '<a id="a" href="#b">a</a>': ("the page of #b has no place called b", UNKNOWN),
    '<a href="/playground/#F=x">a</a>': ("the page of /playground/#F=x has no place called F=x", UNKNOWN),
    '<a href="/playground/#f=x%5B2%5D&amp;a">a</a>': ("the playground cannot read x[2], column 3: '2' cannot stand here; allowed: 0, 1, -1 or -2, because a point has two coordinates, x[0] and x[1]", "correct the spelling"),
    # what stands twice: the first counts
    '<a href="javascript:a" href="/">a</a>': ("the link javascript:a is not https", ADDRESS),
    '<img src="//a.org/a.png" src="/static/a.svg" alt="a">': ("//a.org/a.png would be fetched from elsewhere", OWN),
    '<script type="module" type="application/json"></script>': ("a page may not hold script", MARKDOWN),
    # what names an address of this page, and what fetches
    '<a rel="alternate" href="javascript:a">a</a>': ("the link javascript:a is not https", ADDRESS),
    '<img rel="canonical" src="https://a.org/a.png" alt="a">': ("https://a.org/a.png would be fetched from elsewhere", OWN),
    '<link rel="canonical" href="javascript:a"><link rel="preconnect" href="https://a.org/">': ("https://a.org/ would be fetched from elsewhere", OWN),
    '<link rel="alternate stylesheet" href="https://a.org/a.css">': ("https://a.org/a.css would be fetched from elsewhere", OWN),
    '<link href="//a.org/a.css">': ("//a.org/a.css would be fetched from elsewhere", OWN),
    # what is refused is not followed as well
    '<iframe src="https://a.org/"></iframe>': ("a page may not hold iframe", MARKDOWN),
}  # fmt: skip


@pytest.mark.parametrize("html", BROKEN)
def test_what_is_wrong_is_told_to_the_last_word(html):
    assert told(html) == only(*BROKEN[html])


# One parser ends a comment, a tag or a text where another does not: what stands between is a tag
# to one of them.
HIDDEN = [
    "<!--><{}></{}>-->", "<!---><{}></{}>-->", "<!-- a --!><{}></{}>-->", "<!-- <{}> -->",
    "<title><!-- </title><{}></{}> --></title>", '<title><b title="</title><{}>"></b></title>',
    '<noscript><b title="</noscript><{}>"></b></noscript>', "<b <{}>></b>",
    '<script type="application/json"></script x><{}></{}></script>', "<b title='a<td>' id='<{}>'></b>",
    '<script type="application/json"></script/><{}></{}></script>', "<{}",
    '<script type="application/json"><!-- <script> <{}></{}></script>',
]  # fmt: skip


@pytest.mark.parametrize("html", HIDDEN)
@pytest.mark.parametrize("tag", ["iframe", "IFrame", "b"])
def test_a_tag_that_only_some_parsers_see_is_refused(html, tag):
    html = html.replace("{}", tag)
    expected = (
        f"not every browser sees that {tag.lower()} is no tag",
        "write &lt; for its <",
    )
    assert only(*expected, line=2)[0] in told(html, f"one\n{html}")


BARE = ["td", "tr", "mi", "mn", "mo", "mrow", "span"]


@pytest.mark.parametrize(
    "bare", [f"<{tag}>{text}</{tag}>" for tag in BARE for text in ("a", " b ")]
)
@pytest.mark.parametrize(
    "html",
    [
        "<!-BARE- <iframe></iframe> -->", "<!-<BARE- <iframe></iframe> -->", "<!xBARE<iframe></iframe>",
        "<![CDATA[BARE<iframe></iframe>]]>", "<![x]BARE<iframe></iframe>]]>", "<?xBARE<iframe></iframe>",
        "<!-- -BARE- --><iframe></iframe>", "aBAREb-->BARE<iframe></iframe>", "BARE'BARE\"<iframe></iframe>",
    ],
)  # fmt: skip
def test_no_bare_tag_that_is_left_out_hides_another(html, bare):
    expected = only("a page may not hold iframe", MARKDOWN)
    assert told(html.replace("BARE", bare)) == expected


@pytest.mark.parametrize(
    ("attribute", "what"),
    [
        ("href=/notes/two/<td>b</td>a", "the link /notes/two/< leads nowhere"),
        ('href="/notes/two/<td>b</td>a"', "the link /notes/two/<>a leads nowhere"),
        ('href="/notes/t<td>b</td>wo/"', "the link /notes/t<>wo/ leads nowhere"),
    ],
)
def test_no_bare_tag_in_an_address_mends_it(attribute, what):
    assert told(f"<a {attribute}>a</a>")[0] == only(what, ABSENT)[0]


def test_an_honest_comment_is_none_of_our_business():
    assert (
        told("<!-- to do --><!doctype html><!x><![y]><?z?><!-- a > b, c < d --> a < b")
        == []
    )


@pytest.mark.parametrize(
    ("kept", "made"),
    [
        (HEAD, ""), ("script-src 'self'", "script-src * 'unsafe-inline'"), ("Policy", "Policy-Report-Only"),
        ("; require-trusted-types-for 'script'", ""), ("<head>\n", '<head>\n<script src="/a.js"></script>'),
    ],
)  # fmt: skip
def test_a_page_begins_with_the_content_policy(kept, made):
    assert kept in HEAD
    pages = [Page("content/a.md", "a/index.html", "page", (), {})]
    document = Document(HEAD.replace(kept, made))
    errors = link_errors(pages, {"a/index.html": document}, ["a.js"])
    assert "the page lacks its content policy" in [error.what for error in errors]
    assert [*link_errors(pages, {"a/index.html": Document(HEAD)}, [])] == []


def test_an_empty_page_has_no_places_and_one_outside_the_check_may_have_any():
    assert told('<a href="/notes/one/#a">a</a>', url="index.html") == only(
        "the page of /notes/one/#a has no place called a",
        UNKNOWN,
        source="content/index.md",
    )
    pages = [
        Page(f"content/{u}", u, "page", (), {})
        for u in ("a/index.html", "b/index.html")
    ]
    document = Document(f'{HEAD}<a href="/b/#anything">b</a><a href="/c/">c</a>')
    (error,) = link_errors(pages, {"a/index.html": document}, [])
    assert error.what == "the link /c/ leads nowhere"


def test_all_faults_of_a_tag_and_of_a_page_are_told_and_others_are_still_checked():
    html = '<iframe style="" onload=""></iframe><a href="/x/">a</a><p id="a"></p><p id="a"></p>'
    assert [error.partition(": ")[2].partition(". Fix")[0] for error in told(html)] == [
        "the id a stands twice", "a page may not hold iframe",
        "iframe may not have the attribute onload", "iframe may not have the attribute style",
        "the link /x/ leads nowhere",
    ]  # fmt: skip


# --- what is torn ---------------------------------------------------------------------------

LATE = "close first what was opened last"
TYPED = "complete it, or set it as code"
TORN = {
    "<div><p>a</p>": [("div is not closed, or too late", LATE)],
    "<div/>": [("div is not closed, or too late", LATE)],
    "<b><i>a</i>": [("b is not closed, or too late", LATE)],
    "<main><div>a</main>": [("div is not closed, or too late", LATE)],
    "<b><i>a</b></i>": [("i is not closed, or too late", LATE), ("i is closed and not open", "leave it out")],
    "<td>a<span>b</td>": [("span is not closed, or too late", LATE)],
    "a</b>": [("b is closed and not open", "leave it out")],
    "<p>a</p></p>": [("p is closed and not open", "leave it out")],
    "a</br>": [("br is closed and not open", "leave it out")],
    "see [a][b]": [("][b] is left as typed", TYPED)],
    "see [<b>a</b>][]": [("][] is left as typed", TYPED)],
    "see [a](/": [("]( is left as typed", TYPED)],
    "see[^1]": [("[^ is left as typed", TYPED)],
    "a {: #b }": [("{: is left as typed", TYPED)],
    "<a>b<a>c</a></a>": [("a may not stand in a", "move it out of a")],
    "<h2>a<h3>b</h3></h2>": [("h3 may not stand in h2", "move it out of h2")],
}  # fmt: skip
WHOLE = [
    "<html><body><ul><li>a<li>b</ul><dl><dt>a<dd>b</dl><p>a", "<table><tr><td>a<td>b<tr><td>c</table>",
    '<br><hr/><img src="/static/a.svg" alt="a"><meta><link rel="canonical" href="/">', "<b>a</b >",
    '<svg viewBox="0 0 1 1"><path d=""/><g><circle r="1"></g></svg>', "<mi>a</mi><mo>+</mo>",
    '<a href="/"><img src="/static/a.svg" alt="a"></a>', '<a href="/" aria-label="a"></a>', '<a href="/" title="a">#</a>',
    '<a href="/"><svg aria-label="a"></svg></a>', "<h2><math><mi>x</mi></math></h2>", "<h2>a<b></b></h2>",
    "<code>a[0][1]</code>", "<pre>a[0](1) {: b }</pre>", "[0, 1], [2]", "<title>a</title>",
    '<script type="application/json">"[a](b"</script>', "<math><mo>](</mo></math>",
]  # fmt: skip


@pytest.mark.parametrize("html", TORN)
def test_what_is_torn_is_told(html):
    assert told(html, torn=True) == [
        line for fault in TORN[html] for line in only(*fault)
    ]


@pytest.mark.parametrize("html", WHOLE)
def test_what_is_whole_is_fine(html):
    assert told(html, torn=True) == []


@pytest.mark.parametrize(
    ("html", "text", "line"),
    [
        ("<b>a", "<br> <body>\n<b>a", 2),
        (
            "<b>a</b> <i><b>b</i>",
            "<b>a</b>\n<b>b</i>",
            2,
        ),  # that very one, if it is there
        ('<b>a</b> <b class="c">d', '<b>a</b>\n<b>\n<b class="c"> d', 3),
        ("<p>a <b>c</p>", "a `<b>c`\n<b>c</p>\n<b>", 2),
        (
            f"<b>{120 * 'c'}",
            f"<b>c</b>\n<b>{130 * 'c'}",
            2,
        ),  # by how a long line begins
        ("a</i>", "a\na</i>", 2),
        ("see [a][b]", "a\n`[a][b]`\nsee [a][b]", 3),
        ("see [a][b] c\nd", "a [b][c]\nsee [a][b] c\nd", 2),
        ("<a>b<a>c</a></a>", "a\n<a>b</a><a>", 2),
        ("<h1>a</h1><h1>b</h1>", "```\n# a\n```\n\n# b", 5),
        ("<h1>a</h1><h1>b</h1>", "a\n<h1>b</h1>", 2),
        ('<p id="a">b</p><p id="a">c</p>', 'a\n<p id="a">b</p>', 2),
        ('<img alt="a">', 'a\n<img alt="a">', 2),
        ("<img>", "a\n<img>", 2),
    ],
)
def test_what_is_torn_is_told_at_its_line(html, text, line):
    (error,) = told(html, text, torn=True)
    assert error.startswith(f"content/notes/one/index.md:{line}: ")


def test_what_no_page_has_typed_is_told_of_a_template():
    template = Page("templates/a.html", text="{# <b>c #}\n`<b>c`\n<b>c")
    page = Page("content/a.md", "a/index.html", text="<b> a </b>")
    for html, place in {"<b>c": "templates/a.html:3", "<u>d": "content/a.md"}.items():
        (error,) = link_errors([page, template], {page.url: Document(HEAD + html)}, [])
        assert str(error).startswith(f"{place}: ")


# --- where it stands -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text", "line"),
    [
        ('<a href="/x/">a</a>', "one\n[a](/x/)\n[b](/x/)", 2),
        ('<a href="/x/">a</a>', "one\n[a](/y/x/)\n/x/", 3),  # not a part of another
        (
            '<a href="/x/">a</a>',
            "one\n./x/ a/x/ -/x/ #/x/",
            2,
        ),  # unless nothing else is there
        ('<a href="/x.y/">a</a>', "/x-y/\n/x.y/", 2),
        ('<a href="/x/">a</a>', "one", None),
        ('<a href="">a</a>', "one\n\n[]()", 3),
        (
            '<a href="/x/">a</a>',
            "one\nsee /x/\n[a](/x/)",
            3,
        ),  # a link before the like in words
        ('<a href="../x/">a</a>', "one\n../x/y\n../x/", 3),
        ('<img src="">', "one\n<img src=''>\n![]()", 3),
        ('<a href="/x/\ny/">a</a>', "one\n<a href='/x/\ny/'>a</a>", 2),
        ("<iframe>", "one\n<IFrame>", 2),
        ('<a href="javascript:a">a</a>', "one\n[a](java&#115;cript:a)", 2),
        ('<a href="javascript:a">a</a>', "java&#115;cript:a\njavascript:a", 2),
        ('<b id="a"><b id="a">', "a\n## A {: #a }\n## B {: #a }", 2),
        ("<h1>a</h1><h3>b</h3>", "# a\n### b", 2),
        ("<h1>a</h1><h3>b</h3>", "# a\n#### b\n### b", 3),
        ('<meta http-equiv="refresh">', 'one\n<meta HTTP-EQUIV="refresh">', 2),
        ('<meta http-equiv="refresh">', 'HTTP-EQUIV\n<meta http-equiv="refresh">', 2),
        ('<img src="/static/a.svg">', "one\n![](/static/a.svg)", 2),
        ('<b onclick="a">', "one\n<b OnClick=a>", 2),
        (
            '<a href="https://github.com/o/r/blob/main/a">a</a>',
            'title = "A"\ncommit = "main"',
            2,
        ),
        ('<a href="https://github.com/o/r/blob/main/a">a</a>', "maintain\nmain", 2),
        ('<a href="https://github.com/o/r/blob/main/a">a</a>', "one", None),
    ],
)
def test_a_fault_is_told_at_the_line_where_it_was_typed(html, text, line):
    (error,) = told(html, text)
    assert error.startswith(f"content/notes/one/index.md{f':{line}' if line else ''}: ")


@pytest.mark.parametrize("times", [1, 2, 3, 4, 5])
def test_each_of_some_faults_that_are_alike_is_told_at_a_line_of_its_own(times):
    """More than there are lines, as where two stand in one, add none."""
    found = told(
        '<a href="/x/">a</a>' * times,
        "[a](/x/)\n[b](/y/)\n[c](/x/)\n\n[d](/x/) [e](/x/)",
    )
    assert [error.split(":")[1] for error in found] == ["1", "3", "5", "5", "5"][:times]


# --- any tags --------------------------------------------------------------------------------


@given(st.text() | st.text("<>/=\"' aihrefscp&#;:.-!\n", max_size=60))
def test_any_text_is_a_page_or_a_fault(html):
    for error in told(html, html):
        assert ". Fix: " in error


@example("href", "//")
@example("src", "///index.html")
@given(
    st.sampled_from(["href", "src"]),
    st.text() | st.text("/.:#?%@[]htps0x\\\t ", max_size=30),
)
def test_no_address_that_a_browser_would_follow_elsewhere_is_let_through(name, address):
    """As browsers do, take tabs and line ends away, and a backslash for a slash."""
    document = Document(HEAD)
    document.tags.append(("a", {name: address}, ""))
    pages = [Page("content/a.md", "a/index.html", "page", (), {})]
    refused = [*link_errors(pages, {"a/index.html": document}, FILES)]
    plain = "".join(c for c in address if c not in "\t\n\r").strip(
        "".join(map(chr, range(33)))
    )
    if plain.replace("\\", "/").startswith("//") or plain.lower().startswith(
        "javascript:"
    ):
        assert refused


def test_a_link_beside_words_with_an_angle_is_made_relative():
    typed = '<img src="/static/favicon.svg" alt="0 < x"><a href="/about/?a=1&amp;b=2" title="x > y">a</a>'
    made = typed.replace("/static", "../static").replace(
        "/about/", "../about/index.html"
    )
    assert relative(typed, "notes/index.html", "") == made


def test_the_page_for_what_is_not_found_reaches_nothing_from_where_it_is():
    near = '<a href="notes/one/index.html">a</a>'
    (error,) = told(near, url="404.html")
    assert (
        error
        == "content/404.md: the link notes/one/index.html leads nowhere. Fix: " + ABSENT
    )
    assert told(near, url="index.html") == []
    assert (
        told('<a href="/notes/one/">a</a><a id="a" href="#a">b</a>', url="404.html")
        == []
    )


# --- what is made relative --------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        '<a href="/about/#one">a</a>', "<a href='/about/#one'>a</a>", "<a href=/about/#one>a</a>",
        '<a href="&#47;about/#one">a</a>', "<a href='&#x2F;about/#one'>a</a>",
        '<a href="&#1;&sol;about/#one">a</a>', '<a href="/about&#47;#one">a</a>', '<a HREF="/about/#one">a</a>', '<a href = "/about/#one">a</a>', '<a\nhref="/about/#one">a</a>',
    ],
)  # fmt: skip
def test_a_link_to_the_site_is_made_relative_however_it_is_typed(typed):
    made = relative(typed, "notes/one/index.html", "")
    made = made.replace("HREF", "href").replace("<a\n", "<a ")
    assert made == '<a href="../../about/index.html#one">a</a>'
    assert 'href="/repo/about/index.html#one"' in relative(
        typed.lower(), "404.html", "https://example.org/repo/"
    )


@pytest.mark.parametrize(
    "typed",
    [
        '<a class="x"href="/about/">', "<a class='x'href=/about/>", "<a/href='/about/'>",
        '<a title=it\'s href="/about/">', '<a title=a"b href=/about/ id="c">',
        '<img alt="a = b"src="/about/">', '<a title="=" href="/about/">',
        '<a title= "x" href= "/about/">', "<a hidden href=/about/><b title='>'>",
    ],
)  # fmt: skip
def test_a_link_is_made_relative_where_a_browser_sees_one(typed):
    """Without a blank before it, or after a value with a quotation mark in it."""
    made = relative(typed, "notes/one/index.html", "")
    assert '="../../about/index.html"' in made
    assert "/about/" not in made.replace("../../about/index.html", "")
    seen = [Document(html).tags[0][1] for html in (typed, made)]
    assert {*seen[0]} == {*seen[1]}


def test_what_only_looks_like_a_link_stays():
    for typed in (
        '<p title=" href=/about/">', "<p title=/href=/about/>", '<p data-href="/about/">',
        "<p title='\"'>href=/about/</p>", "<p>src=/about/</p>",
    ):  # fmt: skip
        assert relative(typed, "notes/one/index.html", "") == typed


def test_a_link_of_home_begins_beside_it():
    made = relative('<a href="/about/">a</a> <a href="/">b</a>', "index.html", "")
    assert made == '<a href="about/index.html">a</a> <a href="index.html">b</a>'


@pytest.mark.parametrize(
    "base", ["https://example.org/repo", "https://example.org/repo/"]
)
def test_a_link_within_the_site_says_its_whole_address_where_the_site_has_one(base):
    typed = '<a\nhref="/?a&amp;b">a</a> <a href="/notes/two/index.html#&quot;">b</a> <a href="/a.svg">c</a>'
    typed += '<a href="/playground/#f=x%5B0%5D">d</a> <a href="/notes/one/#e">this very page</a>'
    told = re.findall(
        'data-url="([^"]*)"', relative(typed, "notes/one/index.html", base)
    )
    places = ("?a&amp;b", "notes/two/#&quot;", "a.svg", "playground/")
    assert told == [f"https://example.org/repo/{place}" for place in places]
    others = '<img src="/a.svg" alt="a"><link rel="icon" href="/a.svg"><a href="https://a.org/">a</a>'
    assert "data-url" not in relative(others, "notes/one/index.html", base)
    assert "data-url" not in relative(typed, "notes/one/index.html", "")


@pytest.mark.parametrize(
    "shown",
    ['<code>a src="/about/x"</code>', '<code>&lt;a href="/about/"&gt;</code>', "<b>src=/x</b>",
     '<a href="//example.org/">a</a>', '<a data-href="/about/">a</a>', '<a href="/\\example.org/">a</a>',
     '<img alt="a src=/ onerror=alert(1) b" src="a.png">', "<b title='a href=&#47; style=x b'>b</b>",
     '<p>Say href="/about/" > here</p>', '<a data-x=" href=/about/" href="about/">a</a>'],
)  # fmt: skip
def test_what_is_no_link_to_the_site_is_left_as_it_is(shown):
    assert relative(shown, "notes/one/index.html", "") == shown
