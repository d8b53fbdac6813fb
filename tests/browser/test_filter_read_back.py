"""What the list of errata shows of its records for each choice, and how many it counts."""

import itertools

import oracle
import pytest
from opened import opened

RECORDS = oracle.errata()
FIELDS = {
    "kind": "Kind",
    "severity": "Severity",
    "visible": "Visible",
    "status": "Status",
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


@pytest.fixture(scope="module")
def page(chromium, host):
    with opened(chromium, f"{host}errata/index.html") as page:
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


def assert_shown(answer, slugs):
    assert answer["shown"] == slugs
    assert answer["said"] == f"Shown: {len(slugs)} of {len(RECORDS)} errata."


def test_every_value_of_a_field_is_offered_under_its_name(page):
    for offered in page.evaluate(OFFERED):
        assert offered["label"] == FIELDS[offered["name"]]
        assert offered["options"] == ["all", *values(offered["name"])]


def test_at_first_every_erratum_is_shown(page):
    assert_shown(page.evaluate(READ), list(RECORDS))


ONE = [{field: value} for field in FIELDS for value in values(field)]
TWO = [
    {first: a, second: b}
    for first, second in itertools.combinations(FIELDS, 2)
    for a in values(first)
    for b in values(second)
]


@pytest.mark.parametrize("chosen", ONE, ids=lambda chosen: "-".join(chosen.values()))
def test_a_choice_shows_the_errata_that_meet_it(page, chosen):
    assert len(meeting(chosen)) > 0
    assert_shown(page.evaluate(CHOOSE, chosen), meeting(chosen))


def test_two_choices_show_the_errata_that_meet_both(page):
    found = {len(meeting(chosen)) for chosen in TWO}
    assert {0, 1} < found
    for chosen in TWO:
        answer = page.evaluate(CHOOSE, chosen)
        assert_shown(answer, meeting(chosen))


def test_the_address_keeps_what_is_chosen(page):
    chosen = {"kind": values("kind")[0], "status": values("status")[0]}
    page.evaluate(CHOOSE, chosen)
    address = page.url
    page.evaluate(CHOOSE, {})
    page.goto("about:blank")
    page.goto(address)
    assert_shown(page.evaluate(READ), meeting(chosen))


def test_show_all_shows_all(page):
    page.evaluate(CHOOSE, ONE[0])
    answer = page.evaluate(RESET)
    assert_shown(answer, list(RECORDS))
    assert answer["address"] == ""
