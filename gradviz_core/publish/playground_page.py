"""Playground page: what the page of the playground gives to its scripts."""

from typing import Any

from gradviz_core.content.paths import path_to
from gradviz_core.content.site import Site
from gradviz_core.publish.captions import FORMS
from gradviz_core.publish.script_parts import Fill, playground_parts
from gradviz_core.registry.words import ENGLISH, Words, interface

# Of the words at the top, what is said of a script that was pasted.
OF_PASTED_SCRIPTS = ("finding", "severity", "unread")


def playground_texts(words: Words, fill: Fill) -> dict[str, Any]:
    """Return what the scripts of the playground need for a formula, key by key.

    The page carries it as JSON. Where a text has holes, such as {count}, the browser
    fills them.

    Parameters
    ----------
    words : mapping
        The strings of a language.
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
        "script": playground_parts(words, fill),
        "file": fill("_saved_picture.svg"),
    }


def texts_with_reader(words: Words, fill: Fill) -> dict[str, Any]:
    """Return what `playground_texts` does, and what is said of a script that is pasted.

    It is loaded with the reader of scripts, since a formula does not need these words.
    They are, in `words`, what is said of findings and of what was not read; and
    `messages`, the error messages that a page explains, as it shows them, each with
    others of its kind.
    """
    for_formula = playground_texts(words, fill)
    script_words = {name: words[name] for name in OF_PASTED_SCRIPTS}
    return {
        **for_formula,
        "words": for_formula["words"] | script_words,
        "messages": words["chosen"]["messages"],
    }


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
    urls = {f"/{path_to(page.original)}" for page in site.pages}
    return {
        code: address
        for code, address in addresses.items()
        if address.partition("#")[0] in urls
    }
