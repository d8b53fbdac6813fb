"""The browser's reader of scripts beside Python's, on many more random and damaged scripts."""

from random import Random

import pytest

from tests.unit import script_readers, spelled_functions
from tests.unit.generated_scripts import damaged, function, script
from tests.unit.hostile_scripts import HOSTILE

BATCH = 500


@pytest.mark.parametrize("start", range(10_000, 12_000, BATCH))
def test_of_random_scripts_the_same_is_said(gradviz_js, start):
    texts = [script(seed) for seed in range(start, start + BATCH)]
    outcomes = script_readers.check_agreement(gradviz_js, texts)
    assert outcomes["read"] > 0.7 * BATCH
    assert outcomes["spelled"] > 0.2 * BATCH
    assert len(outcomes) > 15


@pytest.mark.parametrize("start", range(20_000, 22_000, BATCH))
def test_of_damaged_scripts_the_same_is_said(gradviz_js, start):
    texts = [
        damaged(Random(seed), script(seed)) for seed in range(start, start + BATCH)
    ]
    outcomes = script_readers.check_agreement(gradviz_js, texts)
    assert outcomes["read"] > 0.1 * BATCH


def test_of_a_script_cut_off_anywhere_the_same_is_said(gradviz_js):
    text = script(10_001)
    lines = text.splitlines(keepends=True)
    texts = ["".join(lines[:end]) for end in range(len(lines))]
    texts += ["".join(lines[start:]) for start in range(len(lines))]
    texts += [text[:end] for end in range(0, len(text), 7)]
    assert script_readers.check_agreement(gradviz_js, texts)["read"] > len(lines) / 2


@pytest.mark.parametrize("start", range(40_000, 44_000, BATCH))
def test_the_spelling_of_a_random_function_has_the_value_that_python_gives(
    gradviz_js, start
):
    texts = [function(Random(seed)) for seed in range(start, start + BATCH)]
    outcomes = spelled_functions.check_spellings(gradviz_js, texts, seed=start)
    assert outcomes["equal"] > 0.4 * BATCH


def test_trees_of_random_scripts_are_the_same():
    texts = [script(seed) for seed in range(30_000, 31_000)]
    plain = [text.replace("\r\n", "\n").replace("\r", "\n") for text in texts]
    script_readers.check_trees(plain)


def test_hostile_text_many_times_as_long_is_read_soon(gradviz_js):
    times = {"many lines": 8, "statements in one line": 5}
    texts = [times.get(name, 2) * text for name, text in HOSTILE.items()]
    for answer in script_readers.said_by_the_browser(gradviz_js, texts):
        assert "crash" not in answer, answer
        assert answer["seconds"] < 6
