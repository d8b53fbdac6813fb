"""Page pictures: the functions with which one page shows its pictures.

Each returns HTML, or an address, for the page that calls it. What is to be drawn for
that, a figure of the site, is added to the drawings of the page.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from gradviz_core.content.entries import Entry
from gradviz_core.content.pages import Page
from gradviz_core.content.paths import PORTABLE
from gradviz_core.figures.curves import Picture
from gradviz_core.figures.fields import SHOWN_ROLES, Field
from gradviz_core.publish import captions, prose_rules
from gradviz_core.publish.captions.page_pictures import PagePictureText
from gradviz_core.publish.drawings import Drawing, Drawings
from gradviz_core.publish.environment import ComputingError, Environment, UnknownName
from gradviz_core.registry.words import Words


class PagePictures:
    """The pictures of one page.

    Parameters
    ----------
    page : Page
        The page that shows them.
    words : Words
        What the interface says in its language.
    entries : mapping of str to Entry
        The functions of the site by name, as that language calls them.
    environment : Environment
        Where the templates of a picture stand.
    drawings : dict of str to Drawing
        To which each file is added that has to be drawn for the page, by its path.
    """

    def __init__(
        self,
        page: Page,
        words: Words,
        entries: Mapping[str, Entry],
        environment: Environment,
        drawings: Drawings,
    ) -> None:
        self.page = page
        self.words = words
        self.entries = entries
        self.environment = environment
        self.drawings = drawings
        # Of dots, specks and arrows cut off, what a key on the page explains already.
        self._explained = set[str]()

    def pair(self, name: str, scale: str = "same") -> Markup:
        """Show both pictures of a function, which every site has drawn."""
        entry = entry_named(name, self.entries)
        ending = "-autoscale" if scale == "autoscale" else ""
        fields = [entry.fields[f"{role}{ending}"] for role in SHOWN_ROLES]
        html = self.environment.get_template("_pair.html").render(
            entry=entry, words=self.words, scale=scale, signs=self._new_signs(fields)
        )
        return Markup(html.strip())

    def small_picture(self, name: str, field: Field) -> str:
        """Have a field drawn small, and give the address of its picture."""
        path = f"small/{name}.svg"
        self.drawings[path] = Drawing([field], is_small=True)
        return f"/{path}"

    def figure(
        self,
        name: str,
        *pictures: Picture,
        labels: Sequence[str] = (),
        small: bool = False,
        caller: Callable[[], str] | None = None,
    ) -> Markup:
        """Have pictures of the page's own drawn, and show them with its words below.

        They stand side by side, of two the wrong one first. Small ones have no axes,
        and stand up to four in a row.
        """
        if not re.fullmatch(PORTABLE, name):
            raise ComputingError(f"{name} can name no picture")
        if labels and len(labels) != len(pictures):
            what = f"{len(pictures)} pictures have {len(labels)} labels"
            raise ComputingError(what)
        labels = labels or [""] * len(pictures)
        paths = self._paths(name, len(pictures))
        texts = []
        for path, picture, label in zip(paths, pictures, labels, strict=True):
            if path in self.drawings:
                raise ComputingError(f"{name} names two pictures")
            self.drawings[path] = Drawing([picture], is_small=small)
            texts.append(captions.page_picture_text(picture, path, label, self.words))
        below = caller() if caller else ""
        self._check_words(below, labels)
        html = self.environment.get_template("_figure.html").render(
            page=self.page,
            words=self.words,
            pictures=_as_shown(texts),
            are_small=small,
            below=below,
            common_caption=captions.common_caption(texts),
            signs=self._new_signs(pictures),
        )
        return Markup(html.strip())

    def _paths(self, name: str, count: int) -> list[str]:
        """Return where pictures of one name stand in the site; several are numbered."""
        names = [f"{name}-{k}" for k in range(1, count + 1)] if count > 1 else [name]
        return [f"figures/{self.page.picture_path}/{each}.svg" for each in names]

    def _check_words(self, below: str, labels: Sequence[str]) -> None:
        """Raise ComputingError if words below pictures, or labels, cannot be shown."""
        if "\n\n" in below.strip():
            what = "the words below a picture are more than one paragraph"
            raise ComputingError(what)
        texts = "\n".join([below, *labels])
        errors = [*prose_rules.formula_errors(texts, self.page.source)]
        if errors:
            raise ComputingError(errors[0].what)

    def _new_signs(self, pictures: Sequence[Picture]) -> list[str]:
        """What a key has to explain of pictures, and no key before it on the page."""
        needed = captions.signs_in(pictures)
        new = [sign for sign in needed if sign not in self._explained]
        self._explained.update(new)
        return new


def _as_shown(pictures: Sequence[PagePictureText]) -> Sequence[PagePictureText]:
    """Return pictures in the order in which they are shown: of a pair, the wrong first.

    Pairs in a row, of which one may look like the other, stay as they are.
    """
    roles = {picture.role for picture in pictures}
    if len(pictures) == len(SHOWN_ROLES) and roles == {*SHOWN_ROLES}:
        return sorted(pictures, key=lambda picture: SHOWN_ROLES.index(picture.role))
    return pictures


def entry_named(name: str, entries: Mapping[str, Entry]) -> Entry:
    """Return a function by the name that a page calls it by.

    Raises
    ------
    UnknownName
        If there is no such function.
    """
    if name not in entries:
        raise UnknownName(f"no function is called {name!r}")
    return entries[name]
