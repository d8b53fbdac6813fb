"""The list of errata filtered: what each choice shows and counts, by keyboard, in the address."""

import itertools

import oracle
import pytest
from browser_fixtures import DESK, PHONE, TABLET, viewport
from playwright.sync_api import expect
from reading.words import said, word

from tests.browser.opened import opened

RECORDS = oracle.errata()
FIELDS = {
    name: word(f"errata.{name}") for name in ("kind", "severity", "visible", "status")
}
READ = """() => ({
  shown: [...document.querySelectorAll('tbody tr')].filter(row => row.checkVisibility())
    .map(row => row.querySelector('a').getAttribute('href').split('/').at(-2)),
  said: document.querySelector('.filters [role=status]').textContent,
  address: location.hash.slice(1),
})"""
CHOOSE = f"""chosen => {{
  const form = document.querySelector('.filters');
  for (const select of form.querySelectorAll('select')) {{
    select.value = chosen[select.name] ?? '';
    select.dispatchEvent(new Event('change', {{bubbles: true}}));
  }}
  return ({READ})();
}}"""
RESET = f"""() => new Promise(done => {{
  document.querySelector('.filters [type=reset]').click();
  setTimeout(() => done(({READ})()), 50);
}})"""
OFFERED = """() => [...document.querySelectorAll('.filters select')].map(select => ({
  name: select.name,
  label: select.labels[0].firstChild.textContent.trim(),
  options: [...select.options].map(option => option.text),
}))"""


# Each value of a select that is wider than the select itself, without its arrow.
CUT_OFF = """() => [...document.querySelectorAll('select')].flatMap(select => {
  const {font, paddingLeft, paddingRight} = getComputedStyle(select);
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = font;
  const padding = parseFloat(paddingLeft) + parseFloat(paddingRight);
  const room = select.clientWidth - padding - 16;
  return [...select.options].map(option => option.text)
    .filter(text => pen.measureText(text).width > room);
})"""


@pytest.fixture(scope="module")
def page(chromium, host):
    address = f"{host}errata/index.html"
    with opened(chromium, address) as page:
        page.list_of_errata = address
        yield page


def values(field):
    """The values that a field has, in the order of the errata."""
    return list(
        dict.fromkeys(record[field] for record in RECORDS.values() if field in record)
    )


def meeting(chosen):
    """The errata that have all of these values."""
    return [
        slug
        for slug, record in RECORDS.items()
        if all(record.get(field) == value for field, value in chosen.items())
    ]


def count_of(slugs):
    return said("errata.count", shown=len(slugs), all=len(RECORDS))


def assert_shown(answer, slugs):
    assert answer["shown"] == slugs
    assert answer["said"] == count_of(slugs)


def test_every_value_of_a_field_is_offered_under_its_name(page):
    for offered in page.evaluate(OFFERED):
        assert offered["label"] == FIELDS[offered["name"]]
        words = word(f"erratum.values.{offered['name']}")
        expected = [words[value] for value in values(offered["name"])]
        assert offered["options"] == [word("errata.all"), *expected]


def test_at_first_every_erratum_is_shown(page):
    page.goto("about:blank")  # what other tests chose is forgotten
    page.goto(page.list_of_errata)
    assert_shown(page.evaluate(READ), list(RECORDS))


ONE = [{field: value} for field in FIELDS for value in values(field)]
TWO = [
    {first: a, second: b}
    for first, second in itertools.combinations(FIELDS, 2)
    for a in values(first)
    for b in values(second)
]


def test_choices_show_the_errata_that_meet_them_all(page):
    for chosen in [*ONE, *TWO]:
        assert_shown(page.evaluate(CHOOSE, chosen), meeting(chosen))
    counts = {len(meeting(chosen)) for chosen in TWO}
    assert {0, 1} < counts


def test_where_no_erratum_is_left_there_is_no_table(page):
    expect(page.locator("thead")).to_be_visible()
    page.evaluate(CHOOSE, next(chosen for chosen in TWO if not meeting(chosen)))
    expect(page.locator("thead")).to_be_hidden()


def test_show_all_shows_all(page):
    page.evaluate(CHOOSE, ONE[0])
    answer = page.evaluate(RESET)
    assert_shown(answer, list(RECORDS))
    assert answer["address"] == ""


def test_an_address_is_followed_as_far_as_it_can_be(page):
    kind, status = values("kind")[0], values("status")[0]
    addresses = {
        f"kind={kind}&status={status}": {"kind": kind, "status": status},
        f"kind={kind}&status=nonsense&x=1": {"kind": kind},
    }
    for fragment, chosen in addresses.items():
        page.goto("about:blank")
        page.goto(f"{page.list_of_errata}#{fragment}")
        assert_shown(page.evaluate(READ), meeting(chosen))


def test_a_reader_filters_by_keyboard_and_the_address_keeps_it(visit, host):
    page = visit("errata/")
    count = page.locator(".filters [role=status]")
    page.focus(".filtering summary")
    page.keyboard.press("Enter")
    page.focus("[name=kind]")
    page.keyboard.press("ArrowDown")
    kind = page.input_value("[name=kind]")
    expect(count).to_have_text(count_of(meeting({"kind": kind})))
    assert page.url == f"{host}errata/#kind={kind}"
    page.focus("[type=reset]")
    page.keyboard.press("Enter")
    expect(count).to_have_text(count_of(RECORDS))


def test_on_a_phone_the_choices_are_folded_until_one_is_asked_for(visit):
    page = visit("errata/", PHONE)
    kind = page.locator("[name=kind]")
    expect(kind).to_be_hidden()
    page.locator(".filtering summary").click()
    expect(kind).to_be_visible()
    asked = visit(f"errata/#kind={values('kind')[0]}", PHONE)
    expect(asked.locator("[name=kind]")).to_be_visible()


def test_no_choice_is_cut_off(visit):
    page = visit("errata/")
    for size in (PHONE, TABLET, DESK):
        page.set_viewport_size(viewport(size))
        assert page.evaluate(CUT_OFF) == [], size


def test_without_script_the_whole_table_is_there_and_no_filter(visit):
    page = visit("errata/", java_script_enabled=False)
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator("tbody tr:visible")).to_have_count(len(RECORDS))
