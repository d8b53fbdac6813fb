"""What the opening of the home page shows for each choice, on a desk and on a phone."""

from urllib.parse import unquote

import oracle
import pytest
from opened import DESK, PHONE, opened
from reading.sentences import caption

SIZES = {"desk": DESK, "phone": PHONE}
LABELS = {"correct": "✓ With both .T", "buggy": "✗ Without .T"}
FIXED = "numerical_gradient(f, np.array([X, Y]).T).T"

# Every choice with the switch as it comes, pressed, and released.
WALK = """() => {
  const words = element => element.textContent.replace(/\\s+/g, ' ').trim();
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const isSeen = element => element.checkVisibility();
  const opening = document.querySelector('.opening');
  const button = opening.querySelector('.switch button');
  const followers = all('[data-follows]');
  const read = () => {
    const pair = all('.pair', opening).filter(isSeen);
    return {
      functions: pair.map(each => each.dataset.function),
      pictures: all('.picture', pair[0]).filter(isSeen).map(picture => ({
        file: picture.querySelector('img').getAttribute('src'),
        link: picture.querySelector('a').getAttribute('href'),
        alt: picture.querySelector('img').alt,
        label: words(picture.querySelector('.label')),
        caption: words(picture.querySelector('figcaption')),
      })),
      together: words(pair[0].querySelector('.together')),
      status: words(opening.querySelector('.choosing [role=status]')),
      hasSwitch: isSeen(button),
      switched: button.ariaPressed,
      call: opening.querySelector('.switch .call').innerText,
      address: location.hash,
      playground: followers.map(link => [words(link.querySelector('code')), link.hash]),
    };
  };
  return all('[type=radio]', opening).map(radio => {
    radio.click();
    const states = [read()];
    for (let press = 0; press < 2; press++) {
      button.click();
      states.push(read());
    }
    return {name: radio.value, spelling: words(radio.labels[0]), states};
  });
}"""
FIRST = """() => ({
  name: document.querySelector('.opening [type=radio]:checked').value,
  functions: [...document.querySelectorAll('.opening .pair')]
    .filter(pair => pair.checkVisibility()).map(pair => pair.dataset.function),
})"""


@pytest.fixture(scope="module", params=SIZES)
def walked(request, chromium, host):
    """What is shown at first, and what each choice shows."""
    with opened(chromium, host + "index.html", SIZES[request.param]) as page:
        yield page.evaluate(FIRST), page.evaluate(WALK)


def test_at_first_the_choice_that_is_ticked_is_shown(walked):
    first, choices = walked
    assert first["name"] == choices[0]["name"]
    assert first["functions"] == [first["name"]]


def test_each_choice_is_a_function_by_its_spelling(walked):
    _, choices = walked
    for choice in choices:
        assert choice["spelling"] == oracle.functions()[choice["name"]].spelling
    verdicts = [oracle.functions()[choice["name"]].verdict for choice in choices]
    assert set(verdicts) == {"hidden", "sparse", "scaled"}


def test_each_choice_shows_its_own_pair_and_no_other(walked):
    _, choices = walked
    for choice in choices:
        function = oracle.functions()[choice["name"]]
        for shown in choice["states"]:
            assert shown["functions"] == [function.name]
            assert shown["together"].startswith(
                f"{function.title}, {function.spelling}."
            )


def ink_to_see(state):
    """The picture that a reader sees is that of the call that is shown."""
    return "correct" if state["switched"] == "true" else "buggy"


def test_the_switch_decides_which_picture_is_shown(walked):
    _, choices = walked
    for choice in choices:
        assert [state["switched"] for state in choice["states"]] == [
            "false",
            "true",
            "false",
        ]
        for shown in choice["states"]:
            (picture,) = shown["pictures"]
            file = f"figures/{choice['name']}-{ink_to_see(shown)}-autoscale.svg"
            assert picture["file"] == picture["link"] == file


def test_each_picture_has_its_own_name_caption_and_text(walked):
    _, choices = walked
    for choice in choices:
        for shown in choice["states"]:
            (picture,) = shown["pictures"]
            ink = ink_to_see(shown)
            is_buggy = ink == "buggy"
            assert picture["label"] == LABELS[ink]
            function = oracle.functions()[choice["name"]]
            assert picture["caption"] == caption(function, ink)
            assert ("the call without .T" in picture["alt"]) == is_buggy


def test_a_switch_shows_the_call_of_the_picture(walked):
    _, choices = walked
    for choice in choices:
        for shown in choice["states"]:
            assert shown["hasSwitch"]
            call = FIXED if shown["switched"] == "true" else FIXED.replace(".T", "")
            assert shown["call"].replace(" ", "") == call.replace(" ", "")


def test_the_way_to_the_playground_follows_the_choice(walked):
    _, choices = walked
    for choice in choices:
        spelling = choice["spelling"]
        for shown in choice["states"]:
            ((words, fragment),) = shown["playground"]
            assert words == spelling
            assert unquote(fragment) == f"#f={spelling}"


def test_what_is_told_is_what_the_pictures_show(walked):
    _, choices = walked
    told = [state for choice in choices for state in choice["states"]]
    for shown in told[1:]:  # at first nothing was chosen
        alts = [picture["alt"] for picture in shown["pictures"]]
        assert shown["status"] == " ".join(alts)


def test_the_address_names_what_is_shown(walked):
    _, choices = walked
    told = [(choice["name"], state) for choice in choices for state in choice["states"]]
    for name, shown in told[1:]:
        ending = ".T" if shown["switched"] == "true" else ""
        assert shown["address"] == f"#show={name}{ending}"
