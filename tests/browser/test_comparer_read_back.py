"""What comparing and enlarging show, against the pictures themselves and numbers of our own."""

import base64
import io

import numpy as np
import oracle
import pytest
from matplotlib.image import imread
from opened import opened
from reading import page as document
from reading.sentences import caption

COMPARED = ["sum_of_squares", "product", "mean_of_squares", "square_of_sum"]
SCALES = {"same": "Same scale", "autoscale": "As the script draws it"}
VIEWS = {
    "side": "Side by side",
    "swipe": "Swipe",
    "blend": "Blend",
    "difference": "Difference",
}
LABELS = {"correct": "✓ With both .T", "buggy": "✗ Without .T"}
CALLS = {
    "correct": "numerical_gradient(f, np.array([X, Y]).T).T",
    "buggy": "numerical_gradient(f, np.array([X, Y]) (here no .T) ) (here no .T)",
}
EQUAL = "Nothing remains: the two pictures are equal."
DIFFERENT = "What stands out is in one of the two pictures only: blue"


def are_drawn_equal(function, scale):
    """Whether both fields of a function look the same, each divided by its scale."""
    rows, columns = function.arrows("rows"), function.arrows("columns")
    if scale == "autoscale":
        rows, columns = (
            field / (np.hypot(*field.T).mean() or 1) for field in (rows, columns)
        )
    return bool(np.abs(rows - columns).max() < 1e-3 * np.abs(rows).max())


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("name", oracle.functions())
def test_a_difference_is_said_to_be_nothing_where_the_fields_are_equal(
    built, name, scale
):
    path = built.site / "functions" / name / "index.html"
    (section,) = document(path).xpath(f"//section[@data-scale='{scale}']")
    said = section.get("data-difference")
    is_equal = are_drawn_equal(oracle.functions()[name], scale)
    assert said.startswith(EQUAL if is_equal else DIFFERENT)


# Every view at both scales, and every picture enlarged

WALK = """() => {
  const words = element => element.textContent.replace(/\\s+/g, ' ').trim();
  const seen = element => element.checkVisibility() ? words(element) : '';
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const file = image => image.getAttribute('src').split('/').at(-1);
  const comparer = document.querySelector('.comparer');
  const section = () => all('section', comparer).find(section => section.checkVisibility());
  const pictures = () => all('.picture', section()).map(picture => ({
    ink: picture.classList[1],
    file: file(picture.querySelector('img')),
    link: picture.querySelector('a').getAttribute('href').split('/').at(-1),
    alt: picture.querySelector('img').alt,
    label: words(picture.querySelector('.label')),
    call: words(picture.querySelector('.call')),
    caption: words(picture.querySelector('figcaption')),
  }));
  const share = comparer.querySelector('.share');
  const radios = name => all(`[name=${name}]`, comparer);
  const states = {};
  radios('view').at(-1).click(); // what is chosen already would not be told again
  for (const scale of radios('scale')) {
    scale.click();
    for (const view of radios('view')) {
      view.click();
      states[`${scale.value} ${view.value}`] = {
        scaleLabel: words(scale.labels[0]),
        viewLabel: words(view.labels[0]),
        sections: all('section', comparer).filter(each => each.checkVisibility())
          .map(each => each.dataset.scale),
        heading: words(section().querySelector('h2')),
        together: words(section().querySelector('.together')),
        pictures: pictures(),
        note: seen(comparer.querySelector('.note')),
        share: seen(share),
        status: words(comparer.querySelector('[role=status]')),
      };
    }
    radios('view')[0].click();
    states[`${scale.value} enlarged`] = all('.picture > a', section()).map(link => {
      link.click();
      const dialog = document.querySelector('dialog[open]');
      const image = dialog.querySelector('img');
      const shown = {
        file: file(image), alt: image.alt, label: words(dialog.querySelector('.label')),
        caption: words(dialog.querySelector('figcaption')),
      };
      dialog.close();
      return shown;
    });
  }
  return states;
}"""


@pytest.fixture(scope="module", params=COMPARED)
def page(request, chromium, host):
    """The page of a function, whose name it carries."""
    with opened(chromium, f"{host}functions/{request.param}/index.html") as page:
        page.function = request.param
        yield page


@pytest.fixture(scope="module")
def states(page):
    return page.evaluate(WALK)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("scale", SCALES)
def test_a_choice_shows_the_pair_that_it_names(page, states, scale, view):
    shown = states[f"{scale} {view}"]
    assert shown["scaleLabel"] == SCALES[scale]
    assert shown["viewLabel"] == VIEWS[view]
    assert shown["sections"] == [scale]
    assert shown["heading"].startswith(SCALES[scale])
    note = (
        "As the script draws it: downhill"
        if scale == "autoscale"
        else "Both uphill, on one scale"
    )
    assert note in shown["together"]
    ending = "-autoscale" if scale == "autoscale" else ""
    files = [picture["file"] for picture in shown["pictures"]]
    assert files == [f"{page.function}-{ink}{ending}.svg" for ink in LABELS]


@pytest.mark.parametrize("scale", SCALES)
def test_each_picture_has_its_own_name_call_caption_and_text(page, states, scale):
    function = oracle.functions()[page.function]
    for picture in states[f"{scale} side"]["pictures"]:
        ink = picture["ink"]
        assert picture["link"] == picture["file"]
        assert f"-{ink}" in picture["file"]
        assert picture["label"] == LABELS[ink]
        assert picture["call"] == CALLS[ink]
        assert picture["caption"] == caption(function, ink)
        assert ("the call without .T" in picture["alt"]) == (ink == "buggy")
        assert ("negative gradient" in picture["alt"]) == (scale == "autoscale")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("scale", SCALES)
def test_what_is_told_is_of_the_pictures_that_are_seen(page, states, scale, view):
    shown = states[f"{scale} {view}"]
    if view == "difference":
        is_equal = are_drawn_equal(oracle.functions()[page.function], scale)
        assert shown["note"].startswith(EQUAL if is_equal else DIFFERENT)
    else:
        assert shown["note"] == ""
    alts = [picture["alt"] for picture in shown["pictures"]]
    assert shown["status"] == " ".join([shown["note"], *alts]).strip()


@pytest.mark.parametrize("scale", SCALES)
def test_a_slider_is_there_where_there_is_something_to_move(states, scale):
    said = [states[f"{scale} {view}"]["share"] for view in VIEWS]
    assert said == [
        "",
        "Move the line between the two pictures",
        "From both .T to none",
        "",
    ]


@pytest.mark.parametrize("scale", SCALES)
def test_a_picture_that_is_pressed_is_enlarged_with_its_own_words(states, scale):
    pictures = states[f"{scale} side"]["pictures"]
    for picture, enlarged in zip(pictures, states[f"{scale} enlarged"], strict=True):
        for part in ("file", "alt", "label", "caption"):
            assert enlarged[part] == picture[part]


# What is seen, pixel by pixel

SHOW = """async ([scale, view, share]) => {
  const comparer = document.querySelector('.comparer');
  const set = (name, value) => comparer.querySelector(`[name=${name}][value=${value}]`).click();
  set('scale', scale);
  set('view', view);
  const range = comparer.querySelector('[type=range]');
  range.value = share;
  range.dispatchEvent(new Event('input', {bubbles: true}));
  const section = comparer.querySelector(`[data-scale=${scale}]`);
  const images = [...section.querySelectorAll('img')];
  await Promise.all(images.map(image => image.decode()));
  images[0].scrollIntoView({block: 'center'});
  const {x, y, width, height} = images[0].getBoundingClientRect();
  return {x, y, width, height};
}"""
DRAW = """async files => Promise.all(files.map(async ([file, width, height]) => {
  const image = new Image();
  image.src = file;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), {width, height});
  canvas.getContext('2d').drawImage(image, 0, 0, width, height);
  return canvas.toDataURL();
}))"""


def pixels(png):
    return imread(io.BytesIO(png))[..., :3] * 255


def shown(page, scale, view, share):
    """What is seen where the two pictures lie on each other."""
    return pixels(page.screenshot(clip=page.evaluate(SHOW, [scale, view, share])))


@pytest.fixture(scope="module", params=SCALES)
def pair(request, page):
    """Both pictures of a scale by themselves, drawn as large as they are seen."""
    box = page.evaluate(SHOW, [request.param, "swipe", 50])
    size = round(box["width"]), round(box["height"])
    ending = "-autoscale" if request.param == "autoscale" else ""
    address = f"../../figures/{page.function}-"
    files = [[f"{address}{ink}{ending}.svg", *size] for ink in LABELS]
    drawn = page.evaluate(DRAW, files)
    correct, buggy = (pixels(base64.b64decode(url.partition(",")[2])) for url in drawn)
    return request.param, correct, buggy


def distance(a, b):
    high, wide = (min(sizes) for sizes in zip(a.shape[:2], b.shape[:2], strict=True))
    return np.abs(a[:high, :wide] - b[:high, :wide]).mean()


def assert_nearer(seen, own, other):
    """What is seen is the one picture, and not the other, unless they are equal."""
    apart = distance(own, other)
    assert distance(seen, own) <= max(0.25 * apart, 0.5)


def test_a_swipe_shows_the_right_picture_before_the_line_and_the_other_after_it(
    page, pair
):
    scale, correct, buggy = pair
    seen = shown(page, scale, "swipe", 30)
    width = seen.shape[1]
    before, after = slice(0, int(0.29 * width)), slice(int(0.31 * width), width)
    assert_nearer(seen[:, before], correct[:, before], buggy[:, before])
    assert_nearer(seen[:, after], buggy[:, after], correct[:, after])


def test_a_blend_goes_from_the_right_picture_to_the_other(page, pair):
    scale, correct, buggy = pair
    assert_nearer(shown(page, scale, "blend", 0), correct, buggy)
    assert_nearer(shown(page, scale, "blend", 100), buggy, correct)
    middle = (correct + buggy) / 2
    half = shown(page, scale, "blend", 50)
    assert_nearer(half, middle, correct)
    assert_nearer(half, middle, buggy)


def test_a_difference_leaves_nothing_where_the_pictures_are_equal(page, pair):
    scale, correct, buggy = pair
    seen = shown(page, scale, "difference", 50)
    high, wide = np.minimum(seen.shape, correct.shape)[:2]
    apart = np.abs(correct - buggy).max(axis=-1)[:high, :wide]
    # From the ground, which is white.
    stands_out = np.abs(seen - 255).max(axis=-1)[:high, :wide]
    if are_drawn_equal(oracle.functions()[page.function], scale):
        assert stands_out.max() == 0
    else:
        assert stands_out[apart < 2].mean() < 1
        assert stands_out[apart > 120].mean() > 60


def is_ink(picture):
    """Where a picture is far from its ground, which is white."""
    return np.abs(picture - 255).max(axis=-1) > 150


def test_a_difference_says_by_its_ink_in_which_picture_something_is(page, pair):
    scale, correct, buggy = pair
    seen = shown(page, scale, "difference", 50)
    red, _, blue = np.moveaxis(seen, -1, 0)
    high, wide = np.minimum(seen.shape, correct.shape)[:2]
    excess_of_blue = (blue - red)[:high, :wide]
    in_correct, in_buggy = (is_ink(each)[:high, :wide] for each in (correct, buggy))
    for ink, sign in ((in_correct & ~in_buggy, 1), (in_buggy & ~in_correct, -1)):
        if ink.sum() > 100:  # and not merely an edge or two
            assert (sign * excess_of_blue)[ink].mean() > 60
