"""What the site says of each erratum is what the front matter of its page records.

The fields are read from `content/errata/*.md`, the labels by their keys: a field below the
label of another is then seen.
"""

import datetime
import json
import re

import oracle
import pytest
from lxml.html import HtmlElement
from project import BASE_URL
from reading.pages import json_ld, page, squeezed, text
from reading.records import (
    ENGLISH,
    day,
    every_record,
    latest,
    line_at_commit,
    links,
    plain,
    short_commit,
)
from reading.words import said, word

ERRATA = oracle.errata()
MEANING = word("erratum.meaning")
COLUMNS = {
    field: word(f"errata.{field}")
    for field in ("kind", "severity", "visible", "status")
}
FIELDS = (
    *("where", "kind", "severity", "visible", "status", "resolution"),
    *("introduced", "fixed", "reporters"),
)
LABELS = {field: word(f"erratum.{field}") for field in FIELDS}
EVENTS = ("introduced", "fixed")
MISSING_TRANSPOSE = said("pair.no_transpose", transpose=word("pair.transpose"))


@pytest.fixture(scope="module")
def index(built):
    return page(built.site / "errata/index.html")


@pytest.fixture(scope="module")
def errata_pages(built):
    """The page of each erratum, by its slug."""
    return {slug: page(built.site / f"errata/{slug}/index.html") for slug in ERRATA}


def one(element: HtmlElement, css: str) -> HtmlElement:
    """The only element below another that a selector finds."""
    (found,) = element.cssselect(css)
    return found


def texts(elements: list[HtmlElement]) -> list[str]:
    return [text(element) for element in elements]


def links_of(element: HtmlElement, site_address: str) -> list[tuple[str, str]]:
    """The links of an element: their words, and where they lead, from the root of the site."""
    found = []
    for link in element.iter("a"):
        address = link.get("data-url", link.get("href"))
        found.append((text(link), address.replace(site_address, "/")))
    return found


def mark_in_question(record: dict) -> str:
    """The mark of a line: a doubt, where the severity is not a plain wrong result."""
    return "?" if record["severity"] in MEANING else "✗"


def rows(index: HtmlElement) -> list[HtmlElement]:
    return one(index, "main table tbody").findall("tr")


# The list of all errata


def test_the_list_has_the_errata_in_their_order_each_under_its_title(index):
    entries = []
    for row in rows(index):
        link = one(row, "th a")
        entries.append((text(link), link.get("href")))
    assert entries == [
        (record["title"], f"{slug}/index.html") for slug, record in ERRATA.items()
    ]


def test_below_a_title_of_the_list_stand_the_line_in_question_and_the_one_instead(
    index,
):
    for row, record in zip(rows(index), ERRATA.values(), strict=True):
        wrong, right = row.cssselect("th p")
        assert wrong.get("class") == "buggy"
        assert right.get("class") == "correct"
        assert text(one(wrong, ".mark")) == mark_in_question(record)
        assert text(one(right, ".mark")) == "✓"
        assert code_lines(wrong) == record["wrong"].split("\n"), record["title"]
        assert code_lines(right) == record["right"].split("\n"), record["title"]


def test_beside_an_erratum_stand_small_pictures_of_its_page_by_their_marks(
    built, index
):
    for row, (slug, record) in zip(rows(index), ERRATA.items(), strict=True):
        marks = {"buggy": mark_in_question(record), "correct": "✓", "book": ""}
        shown = {}
        for frame in row.cssselect("td.pictured .small > span"):
            source = one(frame, "img").get("src")
            shown[frame.get("class")] = (source, text(frame))
        assert shown == {
            role: (f"../small/{name}.svg", marks[role])
            for role, name in record["picture"].items()
        }, slug
        assert [*shown] == sorted(shown), slug  # as in every pair
        page_of_it = (built.site / f"errata/{slug}/index.html").read_text("utf-8")
        for role, name in record["picture"].items():
            function = name.partition("-")[0]
            is_of_function = function in oracle.functions()
            shown_there = f"{function}-{role}" if is_of_function else f"{name}.svg"
            assert f"figures/{shown_there}" in page_of_it, (slug, name)
            assert not is_of_function or f"-{role}" in name, (slug, name)


def test_below_pictures_of_a_function_stands_its_number_as_on_its_card(built, index):
    cards = page(built.site / "functions/index.html")
    numbers = {
        link.get("href").split("/")[0]: text(one(card, "p b"))
        for card in cards.cssselect("li.card")
        for link in card.cssselect("h3 a")
    }
    shown = {}
    for row, record in zip(rows(index), ERRATA.values(), strict=True):
        function = record["picture"].get("buggy", "").partition("-")[0]
        said_below = texts(row.cssselect("td.pictured > p"))
        assert said_below == ([numbers[function]] if function in numbers else [])
        shown[record["title"]] = said_below
    assert sum(map(bool, shown.values())) >= 2


def test_below_a_plot_of_lines_stand_their_names(index):
    for row, record in zip(rows(index), ERRATA.values(), strict=True):
        names = [line["name"] for line in record.get("lines", [])]
        assert texts(row.cssselect("td.pictured .key li")) == names, record["title"]


def test_above_the_list_stands_what_its_marks_and_colours_mean(index):
    key = one(index, "main > .key")
    meanings = word("errata.key")
    marks = zip("✗?✓", meanings["marks"], strict=True)
    colours = [meanings[role] for role in ("correct", "buggy", "book")]
    assert texts(key) == [*(f"{mark} {meaning}" for mark, meaning in marks), *colours]
    assert key.getnext().get("class") == "scroll"


def test_each_head_of_the_list_stands_over_the_field_that_it_names(index):
    heads = texts(index.cssselect("main thead th"))
    assert heads == [
        word("erratum.number"),
        word("errata.pictures"),
        *COLUMNS.values(),
    ]
    for row, record in zip(rows(index), ERRATA.values(), strict=True):
        cells = row.findall("td")[1:]
        assert texts(cells) == [record[field] for field in COLUMNS], record["title"]


def test_a_cell_names_its_head_where_a_narrow_screen_leaves_the_heads_out(index):
    heads = texts(index.cssselect("main thead th"))[2:]
    for row, record in zip(rows(index), ERRATA.values(), strict=True):
        named = [cell.get("data-field") for cell in row.findall("td")[1:]]
        assert named == heads, record["title"]


def test_a_row_can_be_chosen_by_each_of_its_own_fields(index):
    for row, record in zip(rows(index), ERRATA.values(), strict=True):
        given = {field: row.get(f"data-{field}") for field in COLUMNS}
        assert given == {field: record[field] for field in COLUMNS}, record["title"]


def test_each_choice_is_labelled_by_its_field_and_offers_all_its_values(index):
    form = one(index, "form.filters")
    assert [select.get("name") for select in form.iter("select")] == list(COLUMNS)
    for label in form.iter("label"):
        select = label.find("select")
        values = list(dict.fromkeys(r[select.get("name")] for r in ERRATA.values()))
        assert label.text.strip() == COLUMNS[select.get("name")]
        assert texts(select.findall("option")) == [word("errata.all"), *values]
        assert [option.get("value") for option in select] == ["", *values]


def test_the_choices_say_what_they_do(index):
    form = one(index, "form.filters")
    assert form.get("aria-label") == word("errata.filters")
    assert text(one(form, "button[type=reset]")) == word("errata.reset")
    assert one(form, "[role=status]").get("data-count") == word("errata.count")


def test_the_list_explains_its_severities_each_by_its_own_meaning(index):
    words = text(index.find(".//main"))
    for severity, meaning in MEANING.items():
        assert re.search(rf"(,| or) {severity} \({re.escape(meaning)}\)[,. ]", words)


def test_every_value_of_the_list_is_explained_below_it(index):
    explained = one(index, "main h2#what-the-words-of-the-list-mean + ul").findall("li")
    for item, field in zip(explained, COLUMNS, strict=True):
        assert texts(item.findall("em"))[:1] == [COLUMNS[field]]
        if field != "visible":
            values = {record[field] for record in ERRATA.values()}
            assert values <= set(texts(item.findall("em"))), field


# The page of each erratum


def facts(document: HtmlElement) -> list[tuple[str, HtmlElement]]:
    """The fields of a record as its page lists them: labels, and what stands beside them."""
    listed = one(document, ".record dl.facts").findall("div")
    return [(text(field.find("dt")), field.find("dd")) for field in listed]


def test_a_page_ends_with_its_record_which_is_folded(errata_pages):
    for slug, document in errata_pages.items():
        record = document.find(".//main").getchildren()[-1]
        assert record.get("class") == "record", slug
        assert text(one(record, "h2#record")) == f"{word('erratum.record')}#", slug
        fold = record.find("details")
        assert fold.get("open") is None, slug
        assert text(fold.find("summary")) == word("erratum.folded"), slug
        for name in ("changes", "cite"):
            assert len(fold.cssselect(f"#{name}")) == 1, (slug, name)


def event_words(event: dict) -> str:
    words = day(event["date"])
    if "commit" in event:
        words += f" ({short_commit(event['commit'])})"
    return f"{words}, {plain(event['by'])}"


def reporter_words(reporter: dict) -> str:
    words = reporter["name"]
    if "date" in reporter:
        words += f", {day(reporter['date'])}"
    return f"{words}: {plain(reporter['what'])}"


def test_every_field_of_a_record_stands_under_its_own_label_in_order(errata_pages):
    for slug, document in errata_pages.items():
        recorded = [label for field, label in LABELS.items() if field in ERRATA[slug]]
        assert [label for label, _ in facts(document)] == recorded, slug


def test_every_field_reads_as_it_is_recorded(errata_pages):
    for slug, document in errata_pages.items():
        record = ERRATA[slug]
        shown = dict(facts(document))
        for field in ("where", "kind", "visible", "status", "resolution"):
            assert text(shown[LABELS[field]]) == plain(record[field]), (slug, field)


def test_a_severity_that_may_be_mistaken_is_followed_by_its_meaning(errata_pages):
    for slug, document in errata_pages.items():
        severity = ERRATA[slug]["severity"]
        meaning = f": {MEANING[severity]}" if severity in MEANING else ""
        assert text(dict(facts(document))[LABELS["severity"]]) == severity + meaning, (
            slug
        )


def test_what_introduced_and_what_fixed_it_is_told_with_day_commit_and_by_whom(
    errata_pages,
):
    for slug, document in errata_pages.items():
        shown = dict(facts(document))
        for field in EVENTS:
            if field in ERRATA[slug]:
                words = event_words(ERRATA[slug][field])
                assert text(shown[LABELS[field]]) == words, slug


def test_an_event_is_linked_from_the_short_form_of_its_commit_or_from_its_day(
    errata_pages,
):
    for slug, document in errata_pages.items():
        shown = dict(facts(document))
        for field in EVENTS:
            event = ERRATA[slug].get(field, {})
            linked = day(event["date"]) if event else ""
            if "commit" in event:
                linked = short_commit(event["commit"])
                assert event["link"].endswith(f"/commit/{event['commit']}"), slug
            if "link" in event:
                found = shown[LABELS[field]].find("a")
                assert text(found) == linked, slug
                assert found.get("href") == event["link"], slug


def test_every_reporter_is_named_with_day_and_words_in_order(errata_pages):
    for slug, document in errata_pages.items():
        shown = dict(facts(document))[LABELS["reporters"]]
        recorded = [reporter_words(reporter) for reporter in ERRATA[slug]["reporters"]]
        assert texts(shown.findall("ul/li")) == recorded, slug


def test_the_name_of_a_reporter_leads_to_the_report(errata_pages):
    for slug, document in errata_pages.items():
        items = dict(facts(document))[LABELS["reporters"]].findall("ul/li")
        for item, reporter in zip(items, ERRATA[slug]["reporters"], strict=True):
            recorded = links(reporter["what"])
            if "link" in reporter:
                recorded.insert(0, (reporter["name"], reporter["link"]))
            assert links_of(item, BASE_URL) == recorded, (slug, reporter["name"])


def test_the_links_of_a_field_are_those_of_its_record(errata_pages):
    for slug, document in errata_pages.items():
        shown = dict(facts(document))
        for field in ("where", "resolution"):
            recorded = links(ERRATA[slug][field])
            assert links_of(shown[LABELS[field]], BASE_URL) == recorded, (slug, field)


def code_lines(shown: HtmlElement) -> list[str]:
    """The lines of code as they can be typed: without the words for what is missing."""
    lines = []
    for code in shown.iter("code"):
        for unseen in code.cssselect(".unseen"):
            assert unseen.text_content() == MISSING_TRANSPOSE
        lines.append(code.text_content().replace(MISSING_TRANSPOSE, ""))
    return lines


def test_the_line_in_question_and_the_one_instead_stand_under_their_labels(
    errata_pages,
):
    for slug, document in errata_pages.items():
        record = ERRATA[slug]
        prefix = "wording_" if record["kind"] == "wording" else ""
        before = word(f"erratum.{prefix}wrong")
        after = word(f"erratum.{prefix}right")
        mark = mark_in_question(record)
        wrong, right = one(document, "main dl.change").findall("div")
        assert (wrong.get("class"), text(wrong.find("dt"))) == (
            "buggy",
            f"{mark} {before}",
        ), slug
        assert (right.get("class"), text(right.find("dt"))) == (
            "correct",
            f"✓ {after}",
        ), slug
        assert code_lines(wrong) == record["wrong"].split("\n"), slug
        assert code_lines(right) == record["right"].split("\n"), slug


def test_the_lines_stand_above_the_text_or_where_that_is_the_fix_in_the_record(
    errata_pages,
):
    for slug, document in errata_pages.items():
        lines = one(document, "main dl.change")
        around = lines.getparent().tag
        first = one(document, "main > h2:first-of-type")
        begins_with_fix = first.get("id") == "the-fix" and not [
            each
            for each in first.itersiblings("p", preceding=True)
            if each.get("class") not in ("summary", "place")
        ]
        assert around == ("details" if begins_with_fix else "main"), slug
        assert begins_with_fix == (slug == "layout"), slug


def test_a_missing_transpose_is_said_where_the_line_would_have_it(errata_pages):
    """Exactly where `.T` stands in the right line, and for readers who cannot see the gap."""
    record = ERRATA["layout"]
    wrong, right = one(errata_pages["layout"], "main dl.change").findall("div")
    spoken = wrong.find("dd").text_content().replace(MISSING_TRANSPOSE, ".T")
    assert spoken == record["right"]
    assert texts(right.cssselect("b")) == [".T", ".T"]
    for slug, document in errata_pages.items():
        missing = document.cssselect("dl.change .missing")
        assert len(missing) == (2 if slug == "layout" else 0), slug


def test_lines_that_are_not_the_books_own_say_so(errata_pages):
    note = word("erratum.names")
    for slug, document in errata_pages.items():
        record = ERRATA[slug]
        names_something = "(" in record["wrong"] + record["right"] and slug != "layout"
        notes = [note] if names_something else []
        assert texts(document.cssselect("dl.change + p.together")) == notes, slug


def test_copies_with_the_older_code_are_listed_as_they_are_recorded(errata_pages):
    for slug, document in errata_pages.items():
        copies = ERRATA[slug].get("affected", [])
        items = document.cssselect("#copies + ul > li")
        assert texts(items) == [
            f"{copy['name']}: {plain(copy['what'])} "
            f"({copy['path']}, {short_commit(copy['commit'])})"
            for copy in copies
        ]
        assert [links_of(item, BASE_URL)[0] for item in items] == [
            (copy["name"], line_at_commit(copy)) for copy in copies
        ]
        if copies:
            assert text(one(document, "h3#copies")) == f"{word('erratum.affected')}#"
            sample = one(document, "#copies + ul + p")
            assert text(sample) == plain(ERRATA[slug]["sample"])
            assert links_of(sample, BASE_URL) == links(ERRATA[slug]["sample"])


def test_the_changes_of_a_page_are_listed_by_their_days(errata_pages):
    for slug, document in errata_pages.items():
        recorded = sorted(ERRATA[slug]["changes"], key=lambda change: change["date"])
        assert text(one(document, "h3#changes")) == f"{word('erratum.changes')}#"
        assert texts(document.cssselect("#changes + ul > li")) == [
            f"{day(change['date'])}: {plain(change['what'])}" for change in recorded
        ], slug


def test_the_entry_for_a_list_of_references_names_this_page_and_its_last_change(
    errata_pages,
):
    for slug, document in errata_pages.items():
        section = one(document, "#cite + .cite")
        changed = latest(ERRATA[slug]["changes"])["date"]
        assert text(one(document, "h3#cite")) == f"{word('erratum.cite')}#"
        assert text(one(section, "p")) == word("erratum.cite_note")
        assert one(section, "pre code").text_content().splitlines() == [
            f"@misc{{gradviz-{slug},",
            "  author = {{gradviz}},",
            f"  title = {{{{{ERRATA[slug]['title']}}}}},",
            f"  year = {{{changed.year}}},",
            f"  note = {{{said('erratum.cited', date=changed.isoformat())}}},",
            f"  url = {{{BASE_URL}errata/{slug}/}},",
            "}",
        ]


def test_what_a_page_says_to_catalogues_is_its_record(errata_pages):
    for slug, document in errata_pages.items():
        record = ERRATA[slug]
        (article,) = json_ld(document)
        days = sorted(change["date"] for change in record["changes"])
        about = {
            "@type": "SoftwareSourceCode",
            "name": plain(record["where"]),
            "text": record["wrong"],
        }
        if "fixed" in record:
            about["correction"] = {
                "@type": "CorrectionComment",
                "datePublished": record["fixed"]["date"].isoformat(),
                "text": record["right"],
            }
        assert article == {
            "@context": "https://schema.org",
            "@type": "TechArticle",
            "headline": record["title"],
            "description": plain(record["summary"]),
            "url": f"{BASE_URL}errata/{slug}/",
            "image": f"{BASE_URL}cards/errata/{slug}.png",
            "datePublished": days[0].isoformat(),
            "dateModified": days[-1].isoformat(),
            "about": about,
            "inLanguage": "en",
        }


def test_the_first_erratum_tells_its_history_by_its_own_days(errata_pages):
    record = ERRATA["layout"]
    first = record["introduced"]["date"]
    reported, again = [reporter["date"] for reporter in record["reporters"][:2]]
    fixed = record["fixed"]["date"]
    items = one(errata_pages["layout"], "#history + ul").findall("li")
    assert [item.find("time").get("datetime") for item in items] == [
        moment.isoformat() for moment in (first, reported, again, fixed)
    ]
    words = text(errata_pages["layout"].find(".//main"))
    for days in (fixed - first, fixed - reported):
        assert f" {days.days} days " in words


# What programs read, and what other pages say of errata


def as_json(value: object) -> object:
    """A value of front matter as JSON can hold it: a date by its ISO form."""
    if isinstance(value, dict):
        return {key: as_json(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_json(each) for each in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def test_errata_json_is_the_front_matter_of_every_erratum_with_its_address(built):
    published = json.loads((built.site / "errata.json").read_text(encoding="utf-8"))
    assert set(published) == {"errata"}
    assert published["errata"] == [
        {"id": slug, "url": f"errata/{slug}/index.html"} | as_json(record)
        for slug, record in ERRATA.items()
    ]


def test_each_correction_stands_by_itself_below_its_day_the_latest_first(built):
    document = page(built.site / "corrections/index.html")
    record = oracle.sources()["corrections/index.html"].record
    recorded = [
        (correction["date"], what)
        for correction in reversed(record["corrections"])
        for what in correction["what"].splitlines()
    ]
    lists = [head.getnext() for head in document.cssselect("main h3:has(time)")]
    days = [text(each.getprevious()) for each in lists]
    dated = [(of, item) for of, each in zip(days, lists, strict=True) for item in each]
    assert len(days) == len(set(days))
    assert [(of, text(item)) for of, item in dated] == [
        (day(date), plain(what)) for date, what in recorded
    ]
    listed = [item for _, item in dated]
    for item, (_, what) in zip(listed, recorded, strict=True):
        assert links_of(item, BASE_URL) == links(what)


def test_the_corrections_name_the_latest_change_of_every_erratum_that_was_changed(
    built,
):
    document = page(built.site / "corrections/index.html")
    listed = document.findall(".//main/ul")[-1].findall("li")
    expected = []
    for slug, record in ERRATA.items():
        if len(record["changes"]) > 1:
            change = latest(record["changes"])
            words = f"{record['title']}, {day(change['date'])}: {plain(change['what'])}"
            expected.append((words, (record["title"], f"/errata/{slug}/")))
    assert [(text(item), links_of(item, BASE_URL)[0]) for item in listed] == expected


def test_the_first_page_says_since_when_the_book_has_been_right(built):
    document = page(built.site / "index.html")
    fixed = ERRATA["layout"]["fixed"]["date"].isoformat()
    assert document.xpath("//time/@datetime") == [fixed]


# In another language


@pytest.fixture(scope="module")
def translations(built):
    """Every erratum that is translated: its language, record and page."""
    found = []
    for record in every_record().values():
        if record.section == "errata" and record.language != ENGLISH:
            slug = record.original.split("/")[1]
            found.append((record.language, slug, page(built.site / record.url)))
    return found


def test_a_field_stands_under_the_label_of_its_language(translations):
    assert len(translations) > 10
    for language, slug, document in translations:
        recorded = [
            squeezed(word(f"erratum.{field}", language))
            for field in FIELDS
            if field in ERRATA[slug]
        ]
        assert [label for label, _ in facts(document)] == recorded, (language, slug)


def test_a_value_is_said_by_the_word_of_its_language(translations):
    for language, slug, document in translations:
        shown = dict(facts(document))
        values = word("erratum.values", language)
        for field in ("kind", "visible", "status", "severity"):
            value = ERRATA[slug][field]
            expected = values[field][value]
            meaning = word("erratum.meaning", language).get(value)
            if field == "severity" and meaning:
                expected = said("join.label", language, label=expected, text=meaning)
            label = squeezed(word(f"erratum.{field}", language))
            assert text(shown[label]) == squeezed(expected), (language, slug, field)
