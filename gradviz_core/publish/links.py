"""Links: made relative, and checked in the rendered site as a reader's browser follows them."""

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from html import escape, unescape
from html.parser import HTMLParser
from itertools import pairwise, product
from urllib.parse import unquote, urlsplit

from gradviz_core.content.listings import CODE, UNSAID, blank
from gradviz_core.content.pages import ALLOWED, Page
from gradviz_core.errors import ContentError
from gradviz_core.spelling.parser import SpellingError, parse_spelling

# A place in a repository, and the name of its commit, or of what may move on.
FILE = r"github\.com[^/]*(?:/[^/]+){2}/(?:blob|tree|commits|blame|raw|edit|archive)"
PLACE = re.compile(
    rf"(?i)https://(?:[^/]*[.@])?(?:{FILE}|raw\.github[^/]*/[^/]+/[^/]+)/([^/?#]+)"
)
LEFT = re.compile("|".join(ALLOWED.get("left", "")), re.MULTILINE)
SET = r"""=\s*+("[^"]*+"|'[^']*+'|[^\s>]*+)"""  # only after = a quotation mark is one
TAG = re.compile(rf"<[a-zA-Z](?:[^=>]++|{SET})*+>")
LINK = re.compile(rf"""(?i)(?<=[\s/"'])(href|src)\s*{SET}|{SET}""")
Fault = tuple[str, str, str]  # what stands at its place, what is wrong, what to do
Places = dict[
    str, Collection[str] | None
]  # pages and files, with their ids where these are known
# The most common tags, bare and in pairs, have no fault: <> ends what they end, and is fast.
BARE = re.compile(r"""(?:<(t[dr]|m[ino]|mrow|span)>[^]<>"'$`*~|&[{+-]+</\1>)+""")
HOST = re.compile(
    r"[\x00- ]*[/\\][\t\r\n]*[/\\]"
)  # begins an address with one, to a browser
SELF = [("link", "canonical"), ("link", "alternate")]  # whatever the scheme of the site


class Document(HTMLParser):
    """The tags of a page with their attributes, how often each id stands, and what is torn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[
            tuple[str, dict[str, str], str]
        ] = []  # each with its line from there
        self.open = [("", "")]  # the tags around a place, each with its line from there
        self.torn: list[Fault] = []
        text = BARE.sub("<>", html).replace("<![", "<!")  # which are one to a browser
        self.lines = text.split("\n")
        self.feed(text)
        self.close()
        self.handle_endtag("")
        # What this parser takes for a part of a comment or tag, a browser may take for a tag.
        opened = Counter(
            map(str.lower, re.findall(r"<([a-zA-Z][^\t\n\r\f />]*)", text))
        )
        self.hidden = opened - Counter(tag for tag, *_ in self.tags)
        self.ids = Counter(
            attributes["id"] for _, attributes, _ in self.tags if "id" in attributes
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag that opens; of an attribute that stands twice a browser takes the first."""
        line, column = self.getpos()
        typed = self.lines[line - 1][column : column + 99]  # a page may be one line
        self.tags.append(
            (tag, {name: value or "" for name, value in reversed(attrs)}, typed)
        )
        for outer, around in self.open:
            if tag in ALLOWED["ended"].get(outer, ()):
                what, fix = f"{tag} may not stand in {outer}", f"move it out of {outer}"
                first = (
                    around if outer == tag == "p" else typed
                )  # which has been left open
                self.torn.append((f"{first}\n{typed.partition('>')[0]}", what, fix))
        self.open += [] if tag in ALLOWED["void"] else [(tag, typed)]

    handle_startendtag = handle_starttag  # a browser heeds no slash

    def handle_endtag(self, tag: str) -> None:
        """Close a tag, and tell what it leaves open."""
        if tag not in dict(self.open):
            self.torn.append(
                (f"\n</{tag}", f"{tag} is closed and not open", "leave it out")
            )
            return
        while (last := self.open.pop())[0] != tag:
            name, typed = last
            if name in ALLOWED["elements"]:
                what, fix = (
                    f"{name} is not closed, or too late",
                    "close first what was opened last",
                )
                self.torn.append(
                    (f"{typed}\n{typed.partition('>')[0]}\n<{name}", what, fix)
                )

    def handle_data(self, data: str) -> None:
        """See that no Markdown is left."""
        if (left := LEFT.search(data)) and not {*ALLOWED["verbatim"]} & {
            *dict(self.open)
        }:
            place = left.string[left.start() :].strip().split("\n")[0] + f"\n{left[0]}"
            what, fix = f"{left[0]} is left as typed", "complete it, or set it as code"
            self.torn.append((place, what, fix))


def link_errors(
    pages: Collection[Page], documents: Mapping[str, Document], files: Collection[str]
) -> Iterator[ContentError]:
    """Follow every link of every page, within the site's pages and files; some are templates."""
    templates = [page for page in pages if not page.url]
    places: Places = dict.fromkeys([*files, *(page.url for page in pages)])
    places |= {url: document.ids for url, document in documents.items()}
    for page in (page for page in pages if page.url in documents):
        told = Counter[
            str
        ]()  # the second of two faults that are alike has a line of its own
        for needles, what, fix in _faults(page.url, documents[page.url], places):
            yield ContentError(
                *_place([page, *templates], needles, told[needles]), what, fix
            )
            told[needles] += 1


def _place(pages: Sequence[Page], needles: str, before: int) -> tuple[str, int | None]:
    """Where the first of these that there is was typed once more, maybe in disguise."""
    texts = [(page.source, page.text) for page in pages]
    said = [(source, blank(UNSAID, blank(CODE, text))) for source, text in texts]
    first, *others = needles.split("\n")  # which is exact, or empty
    tries = product((said[:1], texts[:1], said[1:]), (first, *others))
    for (places, needle), start in product(
        [(said, first), *tries], (r"(?<![\w/.#-])", "(?i)")
    ):
        # What goes on is another tag, or another address; where a line was cut off, the rest of it.
        end = r"(?!\w)" if needle[:1] == "<" else r"(?:(?<![\w/])|(?![\w/#-]))"
        pattern = start + re.escape(needle) + end * (len(needle) < 99)
        for source, text in places if needle else ():
            read = unescape(text) if start == "(?i)" else text
            if found := [*re.finditer(pattern, read)]:
                return source, read.count(
                    "\n", 0, found[min(before, len(found) - 1)].start()
                ) + 1
    return texts[0][0], None


def _faults(url: str, document: Document, places: Places) -> Iterator[Fault]:
    yield from document.torn
    if [of for _, of, _ in document.tags[1:4]] != [{}, *ALLOWED["policy"]]:
        yield "\nhttp-equiv", "the page lacks its content policy", "mend its template"
    for name in (name for name, times in document.ids.items() if times > 1):
        yield (
            f'\nid="{name}\n#{name}',
            f"the id {name} stands twice",
            "rename one heading",
        )
    heads = [
        (int(tag[1]), typed)
        for tag, _, typed in document.tags
        if re.match("h[1-6]$", tag)
    ]
    for (above, _), (level, typed) in pairwise(heads):
        marks, words = "#" * level, re.sub("^[^>]*>|(?<=.)<.*", "", typed)
        needle = f"{marks} {words}\n{marks}{words}\n{marks} \n{words}\n<h{level}"
        if level == 1 and dict(heads[::-1])[1] is not typed:
            yield needle, "the page has a second title", "use level 2"
        if level > above + 1:
            what = f"a heading of level {level} follows one of level {above}"
            yield needle, what, f"use level {above + 1}"
    for tag in document.hidden:
        yield (
            f"\n<{tag}",
            f"not every browser sees that {tag} is no tag",
            "write &lt; for its <",
        )
    for tag, attributes, typed in document.tags:
        refused = [*_element_faults(tag, attributes, typed)]
        yield from refused
        if not refused and (tag, attributes.get("rel")) not in SELF:
            for link in (
                attributes[name] for name in ("href", "src") if name in attributes
            ):
                if fault := _link_fault(
                    url, link, places, tag == "link" or "src" in attributes
                ):
                    head = link.partition("\n")[0]
                    needles = (
                        f"]({head or ')'}",
                        f'"{head}"',
                        link,
                        *PLACE.findall(link),
                    )
                    yield "\n".join(needles), *fault


def _element_faults(
    tag: str, attributes: dict[str, str], typed: str
) -> Iterator[Fault]:
    source, kind = attributes.get("src", ""), attributes.get("type")
    fine = kind in ALLOWED["data"] or re.match(
        r"(?is)/static/(?!.*(\.|%2e){2})", source
    )
    known = (
        tag in ALLOWED["elements"]
        or tag in ALLOWED["unclosed"]
        or tag in ALLOWED["void"]
    )
    if not known or (tag == "script" and not fine):
        yield f"{typed}\n<{tag}", f"a page may not hold {tag}", "say it in Markdown"
    for name in attributes:
        known = name in ALLOWED["attributes"] or name.startswith(("aria-", "data-"))
        if not known or re.search(r"(?i)url\(|\\[\da-f].*\(", attributes[name]):
            what = f"{tag} may not have the attribute {name}"
            yield f"{typed}\n{name}=\n{name}", what, "leave it out"
    if attributes.get("http-equiv") not in (None, "Content-Security-Policy"):
        yield "\nhttp-equiv", "a page may not speak for its server", "leave it out"
    needle = f"![]({source}\n{source or ']()'}\n<img"
    if tag == "img" and not attributes.get("alt", "").strip():
        yield needle, f"the image {source} has no alt text", "describe it"
    elif tag == "img" and not re.split("[?#]", source.lower())[0].endswith(
        (*ALLOWED["pictures"],)
    ):
        yield needle, f"the image {source} is no picture", "name the file of a picture"


def _link_fault(
    url: str, link: str, places: Places, fetched: bool
) -> tuple[str, str] | None:
    try:
        parts = urlsplit(link)
        foreign = parts.port or parts.scheme or parts.netloc or HOST.match(link)
    except ValueError:
        return f"the link {link} is no address", "correct it"
    if not link:
        return "a link is empty", "say where it leads"
    if (place := PLACE.match(link)) and not re.fullmatch(
        r"[0-9a-f]{40}(\.\D+)?", place[1]
    ):
        return (
            f"the link {link} may show something else one day",
            "name a commit, by its 40 digits",
        )
    if foreign and fetched:
        return (
            f"{link} would be fetched from elsewhere",
            "put the file into templates/static",
        )
    fine = (
        parts.netloc
        if parts.scheme == "https"
        else parts.scheme == "mailto" and parts.path
    )
    if foreign and not fine:
        return f"the link {link} is not https", "use an https address"
    if " " in link or not link.isprintable() or ".." in parts.netloc:
        return f"the link {link} is no address", "correct it"
    if foreign:
        return None
    path, anchor = unquote(re.sub("(?i)%2f", "?", parts.path)), unquote(parts.fragment)
    # A path that ends in a slash is that of a page, and no path at all is this one.
    path = (
        f"{path}index.html" if path.endswith("/") else path or posixpath.basename(url)
    )
    folder = posixpath.dirname(url) if url != "404.html" or not parts.path else ".."
    near = "" if path.startswith("/") else folder
    target = posixpath.normpath(posixpath.join(near, path.lstrip("/")))
    if target not in places:
        return f"the link {link} leads nowhere", "name a page or file of the site"
    ids = places[target]
    if (
        ids and anchor.startswith("f=") and "spelling" in ids
    ):  # what the playground is to show
        spelling = unquote(parts.fragment.partition("&")[0].removeprefix("f="))
        try:
            parse_spelling(spelling)
        except SpellingError as error:
            return (
                f"the playground cannot read {spelling}, {error}",
                "correct the spelling",
            )
    elif anchor and ids is not None and anchor not in ids:
        return (
            f"the page of {link} has no place called {anchor}",
            "name an id that is there",
        )
    return None


def relative(html: str, url: str, base_url: str) -> str:
    """Turn links that begin at the root of the site into links that work anywhere."""
    # The page for what is not found is shown at any depth: it alone starts from there.
    root = re.sub(r"^https?://[^/]*", "", base_url).rstrip("/") + "/"

    def rewritten(link: re.Match[str]) -> str:
        typed = unescape((link[2] or "").strip("\"'"))  # of another attribute nothing
        if not (own := re.fullmatch(r"(?s)/(?![/\\])([^?#]*)(.*)", typed)):
            return link[0]
        path = f"{own[1]}index.html" if own[1].endswith("/") or not own[1] else own[1]
        near = posixpath.relpath(path, posixpath.dirname(url) or ".")
        made = f'{link[1]}="{escape((root + path if url == "404.html" else near) + own[2])}"'
        if (
            base_url and path != url and link.string.split()[0] == "<a"
        ):  # paper spells it out,
            address = posixpath.join(base_url, path.removesuffix("index.html")) + own[2]
            made += f' data-url="{escape(address.partition("#f=")[0])}"'  # if people can type it
        return made

    return TAG.sub(lambda tag: LINK.sub(rewritten, tag[0]), html)
