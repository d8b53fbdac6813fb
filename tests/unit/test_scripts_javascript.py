"""The browser's reader of scripts finds what Python's finds."""

import json
import shutil
import subprocess
import time
from random import Random

import oracle
import pytest
from unit import script_readers
from unit.generated_scripts import damaged, script
from unit.hostile_scripts import HOSTILE, TREES
from unit.rare_scripts import RARE
from unit.script_cases import CASES, DESCENT, ONE_POINT, ROUTINE
from unit.script_readers import check_agreement, check_trees

FORMULAS = {
    "x[0]**2": (["x[0]**2"], False),
    " x[0]**2\n": (["x[0]**2"], False),
    "x[0]*x[1]": (["x[0] * x[1]"], False),
    "sin(x[0])": (["np.sin(x[0])"], True),
    "x[0]^2 + 2x[1]": (["x[0]**2 + 2 * x[1]"], True),
    "e^(-x^2)": (["np.sum(np.exp(-x**2))", "np.exp(-np.sum(x**2))"], True),
    "ｘ［０］＊２": (["x[0] * 2"], True),
    "x[0] +\n  x[1]": (["x[0] + x[1]"], True),
}


def test_a_formula_is_a_function_without_a_name_for_each_of_its_meanings(gradviz_js):
    answers = script_readers.said_by_the_browser(gradviz_js, list(FORMULAS))
    for (text, (spellings, is_mended)), answer in zip(
        FORMULAS.items(), answers, strict=True
    ):
        result = answer["result"]
        found = [each["spelling"] for each in result["functions"]]
        assert (found, result["mended"]) == (spellings, is_mended), text
        assert {each["name"] for each in result["functions"]} == {None}
        assert result["unread"] == []


def test_what_is_neither_a_script_nor_a_formula_has_no_function(gradviz_js):
    texts = ["a*x + b*y", "1/2x", "x[2]", "import numpy as np", "勾配", ""]
    for answer in script_readers.said_by_the_browser(gradviz_js, texts):
        assert answer["result"]["functions"] == []


def test_of_rare_code_the_same_is_said(gradviz_js):
    outcomes = check_agreement(gradviz_js, RARE)
    assert outcomes["read"] == len(RARE)


def test_of_random_scripts_the_same_is_said(gradviz_js):
    outcomes = check_agreement(gradviz_js, [script(seed) for seed in range(60)])
    assert outcomes["read"] > 42
    assert outcomes["spelled"] > 14
    assert len(outcomes) > 12


def test_of_damaged_scripts_the_same_is_said(gradviz_js):
    texts = [damaged(Random(seed), script(seed)) for seed in range(1000, 1080)]
    assert check_agreement(gradviz_js, texts)["read"] > 8


ELSEWHERE = {
    "a mark of the byte order": "\ufeff" + CASES["without both"][0],
    "prompts": "".join(f">>> {line}\n" for line in ["a = 1", "f = lambda x: x[0]"]),
    "prompts of IPython": "In [1]: f = lambda x: (\n   ...:   x[0])\nOut[1]: 3\n",
    "commands": "%timeit f\n!ls\n$ pip install\nf = lambda x: x[1]\n?f\n",
    "prompts and commands": ">>> %cd\n>>> f = lambda x: x[1]\n... \n",
    "old line ends": CASES["without both"][0].replace("\n", "\r"),
    "blanks before all of it": "\t def f(x):\n\t  return x[0]\n\n \t\n\t print(1)\n",
    "a body alone": "  a, b = x\n  return a * b\n",
    "form feeds": "\f\nif 1:\n    \f  f = lambda x: x[0]\n",
    "names of another width": "ｆ = lambda ｘ: x[0]\n",
    "names that objects have": "constructor = __proto__ = lambda toString: toString[0]\n"
    "from hasOwnProperty import constructor\nnp.constructor(valueOf)\nx.__proto__.T\n",
    "deep elifs": "def f(x):\n    if x.ndim == 2: return 1\n"
    + "    elif x.ndim == 3: return 2\n" * 200,
    "huge numbers": f"def f(x):\n    for i in range({10**30}): pass\nh = 1{'0' * 400}\n"
    "X = np.array([[1]]).T[1e999]\nt = (1, 2)[1e400]\ng = lambda x: x[0] + 1e400\n",
    "several targets": CASES["np.gradient"][0].replace("dx, dy =", "slopes = dx, dy =")
    + CASES["the tangent plane"][0].replace("d =", "d = e ="),
    "fewer arguments": "def g(k, f, x):\n    return (f(x + h) - f(x)) / h\n"
    "def main(f, x):\n    return g(f, x)\n",
    "only by place": "def g(a=1, /, b=2):\n    return a\ndef f(x, /):\n    return g(x[0])\n",
    "within a text": CASES["without both"][0]
    .replace("grad = numerical", "f'😀{1}{numerical")
    .replace("[X, Y]))", "[X, Y]))=:{w}}' ''"),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_of_what_comes_from_elsewhere_the_same_is_said(gradviz_js, name):
    assert check_agreement(gradviz_js, [ELSEWHERE[name]])["read"] == 1


def test_the_grid_the_step_and_the_direction_of_a_plot_are_read(gradviz_js):
    text, _ = CASES["without both"]
    texts = [text, text.replace("-grad", "grad"), text.replace("-grad[0]", "grad[-2]")]
    texts.append(text.replace("np.arange(-2, 2.5, 0.25)", "np.linspace(-1, 1, 5)"))
    answers = script_readers.said_by_the_browser(gradviz_js, texts)
    drawn, uphill, from_the_end, spaced = [answer["result"] for answer in answers]
    axis = {"start": -2, "stop": 2.5, "step": 0.25}
    assert drawn["grid"] == {"x0": axis, "x1": axis}
    assert (drawn["h"], drawn["downhill"]) == (1e-4, True)
    assert uphill["downhill"] is False
    assert from_the_end["downhill"] is False
    axis = {"start": -1, "stop": 1.25, "step": 0.5}
    assert spaced["grid"] == {"x0": axis, "x1": axis}


def test_a_rectangular_grid_is_read_axis_by_axis(gradviz_js):
    text, _ = CASES["without both"]
    meshgrid = "np.meshgrid(axis, axis)"
    assert meshgrid in text
    text = text.replace(meshgrid, "np.meshgrid(np.arange(0, 4, 0.5), axis)")
    [answer] = script_readers.said_by_the_browser(gradviz_js, [text])
    assert answer["result"]["grid"] == {
        "x0": {"start": 0, "stop": 4, "step": 0.5},
        "x1": {"start": -2, "stop": 2.5, "step": 0.25},
    }


@pytest.fixture(scope="module")
def hostile_answers(gradviz_js):
    """What the browser's reader says of hostile texts, and how long it took."""
    answers = script_readers.said_by_the_browser(gradviz_js, HOSTILE.values())
    return dict(zip(HOSTILE, answers, strict=True))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_soon_and_with_the_same_result(hostile_answers, name):
    answer = hostile_answers[name]
    assert "crash" not in answer, answer
    assert answer["seconds"] < 3
    begun = time.process_time()
    findings = script_readers.said_by_python(HOSTILE[name])
    assert time.process_time() - begun < 9
    assert findings is None or findings == answer["result"]["findings"]


def test_what_walks_downhill_leaves_steps_for_the_trials_of_what_follows(gradviz_js):
    name = "gradient_descent"
    descents = [DESCENT.replace(name, f"{name}_{k}") for k in range(20)]
    doubled = ONE_POINT.replace("_one", "slopes").replace("(2*h)", "h")
    text = "".join([ROUTINE, *descents, doubled])
    assert check_agreement(gradviz_js, [text])["formula"] == 1


# Syntax trees


def test_of_the_code_of_this_project_both_trees_are_the_same():
    """Every third file: what is rare in them is asked for by itself."""
    paths = sorted((oracle.ROOT / "gradviz_core").rglob("*.py"))[::3]
    assert len(paths) > 20
    check_trees([path.read_text(encoding="utf-8") for path in paths])


def test_of_rare_syntax_both_trees_are_the_same():
    check_trees(TREES)


def test_of_random_scripts_both_trees_are_the_same():
    texts = [
        script(seed).replace("\r\n", "\n").replace("\r", "\n") for seed in range(60)
    ]
    check_trees(texts)


# The published script


def test_node_and_a_browser_load_one_script_and_get_one_global(gradviz_js):
    code = """
    const vm = require("node:vm"), fs = require("node:fs");
    const context = vm.createContext({});
    const names = () => Object.getOwnPropertyNames(vm.runInContext("globalThis", context));
    const before = new Set(names());
    vm.runInContext(fs.readFileSync(process.argv[1], "utf8"), context);
    const added = names().filter((name) => !before.has(name));
    const text = "def f(x):\\n    return x[0] * x[1]\\n";
    const { functions } = vm.runInContext("gradviz.read", context)(text);
    const { columns } = vm.runInContext("gradviz.measure", context)(functions[0].spelling);
    const value = vm.runInContext("gradviz.parse", context)("x @ x").evaluate([3, 4]);
    console.log(JSON.stringify([added, functions, columns.verdict, value]));
    """
    done = subprocess.run(
        [shutil.which("node"), "-e", code, gradviz_js], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    added, functions, verdict, value = json.loads(done.stdout)
    assert added == ["gradviz"]
    assert functions == [{"line": 1, "name": "f", "spelling": "x[0] * x[1]"}]
    assert (verdict, value) == ("sparse", 25)
