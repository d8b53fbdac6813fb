"""Every picture of a function stands among the words that are true of it.

What a picture is, its file says: function, call and scale. What a reader is told of it (label,
call, caption, alternative text, heading and colour) is expected from the registry alone, in
the words of the language of the page.
"""

import re

import pytest
from oracle import functions, sources
from reading.pages import (
    caption_of,
    every_page,
    file_of,
    function_pictures,
    is_small_repeat,
    one,
    pages,
    squeezed,
    target,
    text,
    with_class,
)
from reading.records import (
    LANGUAGES,
    every_record,
    function_title,
    language_of,
    page_for,
)
from reading.sentences import (
    MARKS,
    ROLES,
    alt_text,
    call_in_words,
    caption,
    label_of,
    labels,
    names_of_calls,
    pair_caption,
    scale_headings,
    scale_notes,
)
from reading.words import said, word

PAIR_IN_SOURCE = re.compile(r'\{\{ pair\("(\w+)"(?:, "(\w+)")?\) \}\}')
ROLE_OF_MARK = {mark: role for role, mark in MARKS.items()}


@pytest.fixture(scope="module")
def site(built):
    return built.site


@pytest.fixture(scope="module")
def pictures(site):
    found = list(function_pictures(site))
    assert len(found) >= 4 * len(functions()) * len(LANGUAGES)
    return found


@pytest.fixture(scope="module")
def pairs(site):
    """Every pair of pictures of one function: its page and its element."""
    found = []
    for address, document in every_page(site).items():
        for pair in document.xpath("//figure[@data-function]"):
            found.append((address, pair))
    return found


def same(place, expected, found):
    """Fail with the page, what it must say and what it says."""
    assert found == expected, f"{place}\nmust say: {expected}\nsays:     {found}"


def test_the_alternative_text_is_that_of_the_function_the_call_and_the_scale(pictures):
    for picture in pictures:
        expected = alt_text(
            picture.function,
            picture.role,
            picture.automatic_scale,
            language_of(picture.address),
        )
        same(picture.place, expected, squeezed(picture.image.get("alt")))


def test_a_picture_stands_in_the_colour_of_its_call(pictures):
    for picture in pictures:
        classes = set(picture.panel.get("class").split())
        assert classes & set(ROLES) == {picture.role}, (
            f"{picture.place} stands in {classes}"
        )


def test_a_label_is_that_of_the_call_or_a_name_of_the_function(pictures):
    for picture in pictures:
        language = language_of(picture.address)
        title = function_title(picture.function, language)
        names = (title, picture.function.spelling)
        if picture.label and picture.label not in names:
            expected = label_of(picture.function, picture.role, language)
            same(picture.place, expected, picture.label)


def test_a_mark_and_the_name_of_a_call_stand_in_its_colour(site):
    """Also where a picture is drawn by a script, or by the session of a page."""
    for address, document in every_page(site).items():
        language = language_of(address)
        for label in with_class(document, "label"):
            mark, _, name = text(label).partition(" ")
            if mark not in ROLE_OF_MARK:
                continue
            (shown,) = with_class(label, "mark")
            same(f"{address}: {text(label)}", role_of(shown), ROLE_OF_MARK[mark])
            if name in names_of_calls(language).values():
                same(address, names_of_calls(language)[role_of(label)], name)


def role_of(element):
    """The role of what an element is, or stands in."""
    around = element.xpath(
        "ancestor-or-self::*[contains(@class, 'correct') or contains(@class, 'buggy')]"
    )
    (role,) = set(around[-1].get("class").split()) & set(ROLES)
    return role


def test_a_picture_leads_to_itself_or_to_the_page_of_its_function(site, pictures):
    for picture in pictures:
        links = picture.image.xpath("ancestor::a[1]")
        if links:
            leads_to = file_of(site, picture.address, links[0].get("href"))
            original = f"functions/{picture.function.name}/index.html"
            page_of_function = page_for(original, language_of(picture.address))
            assert leads_to in (picture.file, page_of_function.url), (
                f"{picture.place}: {leads_to}"
            )


def test_width_and_height_have_the_proportions_of_the_file(site):
    shapes = {}
    for address, document in every_page(site).items():
        for image in document.iter("img"):
            if is_small_repeat(image):
                continue
            file = file_of(site, address, image.get("src"))
            if file not in shapes:
                shapes[file] = proportions(site / file)
            said = int(image.get("width")) / int(image.get("height"))
            assert abs(said - shapes[file]) < 0.005, (
                f"{address}: {file} is {shapes[file]:.3f}"
            )


def proportions(path):
    """Width over height of an SVG, as its first lines tell."""
    with path.open(encoding="utf-8") as file:
        head = file.read(2000)
    _, _, width, height = re.search(r'viewBox="([^"]*)"', head)[1].split()
    return float(width) / float(height)


# Pairs: the same function with both .T and without.


def scale_of(address, pair):
    """The scale that the words below a pair tell of."""
    together = caption_of(pair)
    notes = scale_notes(language_of(address))
    (scale,) = (scale for scale, note in notes.items() if note in together)
    return scale


def test_the_caption_of_a_pair_names_its_function_and_how_it_is_drawn(pairs):
    for address, pair in pairs:
        function = functions()[pair.get("data-function")]
        together = one(pair, "./figcaption")
        language = language_of(address)
        expected = pair_caption(function, scale_of(address, pair), language)
        same(address, expected, caption_of(pair))
        title = function_title(function, language)
        same(address, title, text(one(together, "./b")))
        same(address, function.spelling, text(one(together, ".//code")))


def test_a_pair_leads_to_the_table_of_its_own_arrows(site, pairs):
    for address, pair in pairs:
        link = one(pair, "./figcaption//a")
        path, anchor = target(site / address, link.get("href"))
        original = f"functions/{pair.get('data-function')}/index.html"
        page = page_for(original, language_of(address))
        assert path == (site / page.url).resolve(), address
        assert anchor == "arrows", address


def test_under_each_label_of_a_pair_stand_its_call_its_picture_and_its_caption(
    site, pairs
):
    for address, pair in pairs:
        name, language = pair.get("data-function"), language_of(address)
        ending = "-autoscale" if scale_of(address, pair) == "autoscale" else ""
        panels = with_class(pair, "picture")
        assert len(panels) == 2, address
        for role, panel in zip(ROLES, panels, strict=True):
            place = f"{address}: {name}, {role}"
            label = text(one(panel, "./p[@class='label']"))
            same(place, label_of(functions()[name], role, language), label)
            call = text(one(panel, "./code[@class='call']"))
            same(place, call_in_words(role, language), call)
            expected = f"figures/{name}-{role}{ending}.svg"
            for reference in (
                one(panel, ".//img").get("src"),
                one(panel, ".//a").get("href"),
            ):
                same(place, expected, file_of(site, address, reference))
            is_automatic = ending == "-autoscale"
            expected = caption(functions()[name], role, is_automatic, language)
            same(place, expected, text(one(panel, "./figcaption")))


def test_a_call_shows_both_transposes_or_both_empty_places(site):
    """In the colour of the correct call `.T` is lit, in that of the other its place is empty."""
    for address, document in every_page(site).items():
        language = language_of(address)
        role_of_label = {label: role for role, label in labels(language).items()}
        for panel in document.xpath(
            "//*[code[@class='call'] and not(code[@class='call']/button)]"
        ):
            roles = [
                role_of_label.get(text(label)) for label in with_class(panel, "label")
            ]
            classes = set(panel.get("class", "").split()) & set(ROLES)
            (role,) = classes or {role for role in roles if role}
            call = one(panel, "./code[@class='call']")
            same(address, call_in_words(role, language), text(call))
            mark = "transpose" if role == "correct" else "missing"
            assert [part.get("class") for part in call.iter("b")] == [mark, mark], (
                address
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_call_to_switch_begins_with_both_transposes_in_its_button(site, language):
    correct = call_in_words("correct", language)
    transpose = word("pair.transpose", language)
    held = correct[correct.index(transpose) :]
    for original in ("index.html", "playground/index.html"):
        address = page_for(original, language).url
        calls = every_page(site)[address].xpath("//code[@class='call'][button]")
        assert calls
        for call in calls:
            same(address, correct, text(call))
            button = call.find("button")
            same(address, held, text(button))
            expected = said(
                "opening.transposes", language, transpose=transpose, call=held
            )
            same(address, expected, button.get("aria-label"))
            assert button.get("aria-pressed") == "false", address


@pytest.mark.parametrize("url", sorted(sources()))
def test_a_page_shows_the_pairs_that_its_text_asks_for(site, url):
    asked = []
    for name, scale in PAIR_IN_SOURCE.findall(sources()[url].text):
        asked.append((name, scale or "same"))
    shown = []
    for pair in pages(site)[url].xpath("//figure[@data-function]"):
        is_of_the_text = not pair.xpath(
            "ancestor::*[contains(@class, 'opening') or contains(@class, 'comparer')] "
            "| ancestor::noscript"
        )
        if is_of_the_text:
            shown.append((pair.get("data-function"), scale_of(url, pair)))
    assert shown == asked


def comparers(site):
    """Where two scales of a function can be compared: the page, the function, the element."""
    compared = {f"functions/{name}/index.html": name for name in functions()}
    compared["elements/index.html"] = "product"
    for address, document in every_page(site).items():
        name = compared.get(every_record()[address].original)
        if name:
            yield address, name, with_class(document, "comparer")[0]


def test_under_each_heading_of_a_function_stand_the_pictures_at_that_scale(site):
    for address, name, comparer in comparers(site):
        sections = comparer.xpath(".//section")
        assert len(sections) == 2, address
        headings = scale_headings(language_of(address))
        for scale, section in zip(headings, sections, strict=True):
            same(address, headings[scale], text(one(section, "./h2")).rstrip("#"))
            same(address, scale, section.get("data-scale"))
            pair = one(section, "./figure")
            found = (pair.get("data-function"), scale_of(address, pair))
            same(address, (name, scale), found)


def test_each_choice_of_a_comparer_says_what_it_chooses(site):
    for address, _, comparer in comparers(site):
        language = language_of(address)
        for name, labels_of_choices in (
            ("scale", scale_headings(language)),
            ("view", word("compare.views", language)),
        ):
            group = one(comparer, f"./div[.//input[@name='{name}']]")
            meaning = word(f"compare.{name}", language)
            same(address, meaning, text(one(group, "./span")))
            same(address, meaning, group.get("aria-label"))
            choices = {}
            for choice in comparer.xpath(f".//label[input[@name='{name}']]"):
                choices[choice.find("input").get("value")] = text(choice)
            same(address, labels_of_choices, choices)
        for view, moves in word("compare.range", language).items():
            same(
                address,
                moves,
                one(comparer, f".//input[@value='{view}']").get("data-range"),
            )


# The playground


def test_without_a_script_the_playground_shows_the_function_it_begins_with(site):
    document = pages(site)["playground/index.html"]
    begins_with = document.get_element_by_id("spelling").text
    first, *others = document.xpath("//noscript//figure[@data-function]")
    assert functions()[first.get("data-function")].spelling == begins_with
    assert others
