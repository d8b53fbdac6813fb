"""Playground page: what the page of the playground gives to its scripts."""

from collections.abc import Callable, Mapping
from typing import Any

from gradviz_core.content.site import Site
from gradviz_core.publish.captions import FORMS
from gradviz_core.registry.words import ENGLISH, Words, interface

# Of the words at the top, what is said of a script that was pasted.
OF_PASTED_SCRIPTS = ("finding", "severity", "unread")

# Fills the template of a name; the other arguments are what the template may name.
Fill = Callable[..., str]


def playground_texts(
    words: Words, default_parts: Mapping[str, str], fill: Fill
) -> dict[str, Any]:
    """Return what the scripts of the playground need for a formula, key by key.

    The page carries it as JSON. Where a text has holes, such as {count}, the browser
    fills them.

    Parameters
    ----------
    words : mapping
        The strings of a language.
    default_parts : mapping
        The parts of the script to download as they are if nothing is ticked.
    fill : callable
        Fills a template, in this language.

    Returns
    -------
    dict
        What the scripts say: `words`, what is said in the playground alone;
        `caption`, the sentence on each kind of field; `forms`, which
        form of a sentence holds; `names`, the name of each verdict; `meanings`, what
        it means in a few words. How they write it: `number`, `list` and `language`.
        What a reader can take away: `call`, the call of the book, mended; `script`,
        the parts of the script that draws the pictures with matplotlib; `file`, the
        picture to save.
    """
    return {
        "words": words["playground"],
        "caption": words["caption"],
        "forms": FORMS,
        "names": words["verdict"]["name"],
        "meanings": words["verdict"]["in_short"],
        "number": words["number"],
        "list": words["list"],
        "language": words["language"],
        "call": words["pair"]["call"],
        "script": _script_parts(words, default_parts, fill),
        "file": fill("_saved_picture.svg"),
    }


def texts_with_reader(
    words: Words, default_parts: Mapping[str, str], fill: Fill
) -> dict[str, Any]:
    """Return what `playground_texts` does, and what is said of a script that is pasted.

    It is loaded with the reader of scripts, since a formula does not need these words.
    They are, in `words`, what is said of findings and of what was not read; and
    `messages`, the error messages that a page explains, as it shows them, each with
    others of its kind.
    """
    for_formula = playground_texts(words, default_parts, fill)
    script_words = {name: words[name] for name in OF_PASTED_SCRIPTS}
    return {
        **for_formula,
        "words": for_formula["words"] | script_words,
        "messages": words["chosen"]["messages"],
    }


def _script_parts(
    words: Words, default_parts: Mapping[str, str], fill: Fill
) -> dict[str, str]:
    """Return the script to copy, and what fills those holes that the page fills.

    The other holes are filled with numbers, and with the function.
    """
    own = words["playground"]["script"]
    grid = {name: _hole(name) for name in ("start", "stop", "step")}
    function = {"title": own["title"], "note": own["note"], "spelling": _hole("f")}
    changing = (
        *("axis1", "gap", "wrong"),
        *("length", "sign", "arrow", "scale", "contours", "thinning"),
    )
    script = fill(
        "download.py.txt",
        entry={"function": function | {"grid": grid}},
        step=_hole("h"),
        holes={name: _hole(name) for name in changing},
    )
    return {
        **default_parts,
        "script": script,
        "axis1": "np.arange({start1}, {stop1}, {step1}, dtype=float)",
        "raises": f"np.full(right.shape, np.nan)  # {words['caption']['raises']}",
        "all": f"slice(None)  # {words['script']['automatic']}",
        "contours": fill("_script_contours.txt") + "\n",
        "thinning": fill("_script_thinning.txt") + "\n",
    }


def _hole(name: str) -> str:
    return f"{{{name}}}"


def finding_pages(site: Site) -> dict[str, str]:
    """The address that explains each finding in a script, by the finding's code.

    A site about another book need not have these pages: it leads to those it has.
    Elsewhere an address that leads nowhere is wrong, and the check of links says so.
    """
    addresses = {
        code: finding["url"] for code, finding in interface(ENGLISH)["finding"].items()
    }
    if not site.own_book:
        return addresses
    urls = {f"/{page.original.removesuffix('index.html')}" for page in site.pages}
    return {
        code: address
        for code, address in addresses.items()
        if address.partition("#")[0] in urls
    }
