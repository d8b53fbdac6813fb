"""Faults of what runs in the reader's browser: scripts, styles, and their data.

Patterns look for the operation and not for the names around it. Where the data that a
page holds for its script is at fault, the page is changed once it has been rendered.
"""

from slow.seeds.seeding import (
    SCRIPTS,
    STYLES,
    Fault,
    Seed,
    append,
    rendered,
    text,
)

LANGUAGE = ("templates/static/**/numerics.js",)
NUMBERS = r"Math\.asin\b"  # stands in the script that knows the spelling language
DRAWN = "viewBox"  # stands in the script that draws
TYPED = r"\bgolden\b"  # stands in the script of the playground
PICTURED = "matrixTransform"  # stands in the script that decides which fields are drawn
SAID = r"Intl\.NumberFormat"  # stands in the script that chooses sentences
NOTATION = "SUPERSCRIPTS"  # stands in the script that knows formulas from elsewhere
TRACE = r"\.trace\b"
COMPARER = r"\.comparer\b"
HOME = r"\.opening\b"
FILTER = r"\.filters\b"
THEME = "prefers-color-scheme"


def script(pattern: str, new: str, having: str, times: int = 1) -> Seed:
    """Another operation in the one script that a pattern tells from the others."""
    return text(pattern, new, SCRIPTS, times, having)


def style(pattern: str, new: str, times: int = 1) -> Seed:
    """Another rule in the style sheets."""
    return text(pattern, new, STYLES, times)


def spelled(pattern: str, new: str) -> Seed:
    """Another function than the one that is spelled: a regular expression of JavaScript."""
    return append(
        f"""
{{
  const {{ parse, measure }} = globalThis.gradviz;
  const other = (text) => `${{text}}`.replace({pattern}, "{new}");
  const meant = (text) => {{
    try {{
      return parse(other(text));
    }} catch {{
      return parse(text); // what is refused is refused at its own column
    }}
  }};
  globalThis.gradviz.parse = (text) => Object.assign(meant(text), {{ source: text }});
  globalThis.gradviz.measure = (text, grid) => measure(other(text), grid);
}}""",
        LANGUAGE,
    )


ARITHMETIC = [
    Fault(
        "js-minus-first",
        "playground",
        "let a minus bind more tightly than a power in the browser",
        spelled(
            r"/(^\s*|[-+*\/(,]\s*)-\s*(x\[-?\d\]|x\b|[\d.]+)\s*\*\*/g", "$1(-$2)**"
        ),
    ),
    Fault(
        "js-power-left",
        "playground",
        "let powers group from the left in the browser",
        spelled(r"/([\w.]+)\s*\*\*\s*([\w.]+)\s*\*\*\s*([\w.]+)/g", "($1**$2)**$3"),
    ),
    Fault(
        "js-index-from-the-end",
        "playground",
        "took x[-1] for x[0] in the browser",
        spelled(r"/x\[-1\]/g", "x[0]"),
    ),
    Fault(
        "js-length-two",
        "playground",
        "took len(x) for 2 in the browser",
        spelled(r"/len\(\s*x\s*\)/g", "2"),
    ),
    Fault(
        "js-derivative-of-cos",
        "playground",
        "lost the minus in the derivative of the cosine in the browser",
        script(r"-\s*(Math\.sin\(a\))", r"\1", NUMBERS),
    ),
    Fault(
        "js-derivative-of-log10",
        "playground",
        "took the logarithm of two for that of ten in the browser",
        script(r"Math\.LN10\b", "Math.LN2", NUMBERS),
    ),
    Fault(
        "js-derivative-of-tanh",
        "playground",
        "gave tanh the derivative of a tangent in the browser",
        script(r"Math\.cosh\((\w+)\)\s*\*\*\s*-2", r"Math.cosh(\1) ** 2", NUMBERS),
    ),
    Fault(
        "js-minimum",
        "playground",
        "let the browser take the larger of two for the smaller",
        script(r"\ba\s*<(\s*b\s*\?\s*a\s*:\s*b)", r"a >\1", NUMBERS),
    ),
    Fault(
        "js-mean",
        "playground",
        "let the browser take a sum for a mean",
        script(r"sum\(row\)\s*/\s*row\.length", "sum(row)", NUMBERS),
    ),
    Fault(
        "js-half-width",
        "playground",
        "divided by h instead of 2h in the browser",
        script(r"\(\s*2\s*\*\s*h\s*\)", "h", NUMBERS, times=2),  # of rows, of columns
    ),
    Fault(
        "js-grid-order",
        "playground",
        "let the second coordinate run fastest in the browser",
        script(
            r"(\w+)\[0\](\.set\((?:.|\n)*?)\1\[1\](\.fill)",
            r"\1[1]\2\1[0]\3",
            NUMBERS,
        ),
    ),
    Fault(
        "js-columns",
        "playground",
        "read the two rows of the result the wrong way round in the browser",
        script(r"(slopes)\[k\](\[i\])", r"\1[1 - k]\2", NUMBERS),
    ),
    Fault(
        "js-tolerance",
        "playground",
        "called an arrow wrong from a thousandth on in the browser",
        script(r"\b1e-6\b", "1e-3", NUMBERS),
    ),
    Fault(
        "js-sparse-later",
        "playground",
        "called a field sparse only below a tenth of its arrows in the browser",
        script(r"/\s*2(\)\s*return [\"']sparse)", r"/ 20\1", NUMBERS),
    ),
    Fault(
        "js-scaled-never",
        "playground",
        "asked for plausible before scaled in the browser",
        script(r"(return\s*)[\"']scaled[\"']", r'\1"plausible"', NUMBERS),
    ),
    Fault(
        "js-blank-first",
        "playground",
        "exchanged hidden and blank in the browser",
        script(r"\bwrong(\s*===\s*0\)\s*return\s*[\"']hidden)", r"nonzero\1", NUMBERS),
    ),
    Fault(
        "js-angle",
        "playground",
        "gave angles in radians in the browser",
        script(r"\s*\*\s*\(180\s*/\s*Math\.PI\)", "", NUMBERS),
    ),
    Fault(
        "js-calls",
        "playground",
        "counted two calls of f for each point instead of four in the browser",
        script(r"\b4(\s*\*\s*\w+\.length)", r"2\1", NUMBERS),
    ),
    Fault(
        "js-column",
        "playground",
        "named the column before the one where a spelling goes wrong in the browser",
        append(
            """
{
  const { parse } = globalThis.gradviz;
  globalThis.gradviz.parse = (text) => {
    try {
      return parse(text);
    } catch (error) {
      error.column -= 1;
      throw error;
    }
  };
}""",
            LANGUAGE,
        ),
    ),
]

DRAWING = [
    Fault(
        "js-upside-down",
        "playground",
        "drew the arrows of the playground upside down",
        script(r"\(-(\s*sign\s*\*\s*\w+\[k\])", r"(\1", DRAWN),
    ),
    Fault(
        "js-places",
        "playground",
        "drew the second coordinate downwards in the playground",
        script(r"SIDE\s*-\s*place\((\w+)\)", r"place(\1)", DRAWN),
    ),
    Fault(
        "js-scale",
        "playground",
        "exchanged the automatic scale and the shared one in the playground",
        script(r"if \(\s*(isAutomatic)\s*\)", r"if (!\1)", DRAWN),
    ),
    Fault(
        "js-scale-of-its-own",
        "playground",
        "gave each picture of the playground a scale of its own, where one is shared",
        script(r"\?\s*(gradient)\s*:\s*truth", r"? \1 : \1", PICTURED),
    ),
    Fault(
        "js-dots",
        "playground",
        "drew no dots for arrows of length zero in the playground",
        script(r"dots \+= ", "arrows += ", DRAWN),
    ),
    Fault(
        "js-contours",
        "playground",
        "drew contours on the wrong side of the points of their grid",
        script(r"\+(\s*share\s*\*)", r"-\1", DRAWN),
    ),
    Fault(
        "js-numbers-unsigned",
        "playground",
        "lost the minus of the numbers along the axes of the playground",
        script(
            r"replace\(\s*[\"']-[\"']\s*,\s*[\"'](?:\\u2212|−)[\"']\s*,?\s*\)",
            'replace("-", "")',
            DRAWN,
        ),
    ),
    Fault(
        "js-numbers-reversed",
        "playground",
        "wrote the numbers up the axis of the playground downwards",
        script(r"SIDE\s*-\s*at(\s*\+\s*\d+)", r"at\1", DRAWN),
    ),
    Fault(
        "js-axis-names",
        "playground",
        "exchanged the names of the axes of the playground",
        rendered(
            "exchange",
            pattern=r"<text [^>]*>(x[₀₁])</text>",
            within=r'<g class="numbers".*?</g>',
        ),
    ),
    Fault(
        "js-downhill",
        "playground",
        "exchanged uphill and downhill in the playground",
        script(r"-\s*unit\s*:\s*unit", "unit : -unit", PICTURED),
    ),
    Fault(
        "js-nearest",
        "playground",
        "read out the point mirrored up and down",
        script(r"\(\s*SIDE\s*-\s*y\s*\)", "(y)", DRAWN),
    ),
]

PLAYGROUND = [
    Fault(
        "js-readout-field",
        "playground",
        "read out the arrow without .T for the one with",
        script(r"\brows(\.gradient\))", r"columns\1", SAID),
    ),
    Fault(
        "js-readout-sign",
        "playground",
        "read out arrows uphill where they are drawn downhill",
        script(r"-\s*entry\s*:\s*entry", "entry : entry", SAID),
    ),
    Fault(
        "js-longer",
        "playground",
        "exchanged longer and shorter in the playground",
        script(r'"_shorter"(\s*:\s*)"_longer"', r'"_longer"\1"_shorter"', SAID),
    ),
    Fault(
        "js-factor",
        "playground",
        "gave the ratio of lengths for its inverse in the playground",
        script(r"(1\s*/\s*(\w+))(\s*:\s*)\2\b", r"\2\3\1", SAID),
    ),
    Fault(
        "js-zeros",
        "playground",
        "counted arrows with a length as those without in the playground",
        script(r"[\w.]*arrows\s*-\s*([\w.]*nonzero)", r"\1", SAID),
    ),
    Fault(
        "js-caption-key",
        "playground",
        "exchanged two sentences about verdicts in the playground",
        rendered("data_exchange", one="sparse", other="blank", having="f gets"),
    ),
    Fault(
        "js-names",
        "playground",
        "exchanged the names of two verdicts in the playground",
        rendered(
            "data_exchange", one="scaled", other="plausible", having="^plausible$"
        ),
    ),
    Fault(
        "js-factors-of-data",
        "playground",
        "handed the playground the words for longer as those for shorter",
        rendered(
            "data_exchange",
            one="scaled_longer",
            other="scaled_shorter",
            having="too long",
        ),
    ),
    Fault(
        "js-call",
        "playground",
        "copied the call without .T as the fixed one",
        rendered(
            "data_replace",
            pattern=r"^numerical_gradient\(f, np\.array\(\[X, Y\]\)\.T\)\.T$",
            new="numerical_gradient(f, np.array([X, Y]))",
        ),
    ),
    Fault(
        "js-saved-titles",
        "playground",
        "exchanged the titles in the saved picture",
        rendered(
            "data_swap", one=">With both .T<", other=">Without .T<", having="<svg"
        ),
    ),
    Fault(
        "js-saved-colours",
        "playground",
        "exchanged the colours in the saved picture",
        rendered("data_swap", one="#0072b2", other="#d55e00", having="<svg"),
    ),
    Fault(
        "js-saved-fields",
        "playground",
        "exchanged the fields in the saved picture",
        rendered("data_swap", one="{0}", other="{1}", having="<svg"),
    ),
    Fault(
        "js-saved-function",
        "playground",
        "wrote one function under every saved picture",
        rendered(
            "data_replace", pattern=r"\{source\}", new="x[0] * x[1]", having="<svg"
        ),
    ),
    Fault(
        "js-script-grid",
        "playground",
        "gave the script of the playground the default grid",
        rendered(
            "data_replace",
            pattern=r"np\.arange\(\{start\}, \{stop\}, \{step\}",
            new="np.arange(-2, 2.5, 0.25",
        ),
    ),
    Fault(
        "js-script-step",
        "playground",
        "left the reader's h out of the script of the playground",
        rendered("data_replace", pattern=r"h=\{h\}", new="h=0.0001"),
    ),
    Fault(
        "js-link-grid",
        "playground",
        "left the grid out of the link of the playground",
        script(r"value\s*!==\s*defaultValue", "false", TYPED),
    ),
    Fault(
        "js-link-checks",
        "playground",
        "ticked what a link does not ask for",
        script(r"([\"']checkbox[\"']\s*\?\s*)(asked\.has)", r"\1!\2", TYPED),
    ),
    Fault(
        "js-checks",
        "playground",
        "left the first check of the browser's arithmetic out",
        script(r"check\(\s*k\s*=\s*0", "check(k = 1", TYPED),
    ),
    Fault(
        "js-checks-always",
        "playground",
        "said that all checks agree whether or not they do",
        script(r"right\s*===\s*all\s*\?", "all > 0 ?", SAID),
    ),
    Fault(
        "js-checked-with-others",
        "playground",
        "compared the browser's arithmetic with that of the other layout",
        rendered(
            "swap",
            one='["rows", "wrong"',
            other='["columns", "wrong"',
            within=r'<script type="application/json">.*?</script>',
        ),
    ),
    Fault(
        "js-starters",
        "playground",
        "let a function to start from give another",
        rendered("exchange", pattern=r'name="starter" value="([^"]*)"'),
    ),
    Fault(
        "js-fields",
        "playground",
        "exchanged the first and the last number of the grid in its fields",
        rendered(
            "exchange",
            pattern=r'type="number"[^>]*name="(?:start|stop)" value="([^"]*)"',
        ),
    ),
    Fault(
        "js-views",
        "playground",
        "exchanged two ways to draw in the playground",
        rendered("exchange", pattern=r'<input type="checkbox" name="(\w+)"'),
    ),
    Fault(
        "js-labels",
        "playground",
        "exchanged the heads of what is read out",
        rendered(
            "exchange",
            pattern=r'<th scope="col">(.*?)</th>',
            within=r'<table class="readout">.*?</table>',
        ),
    ),
    Fault(
        "js-takes",
        "playground",
        "exchanged the buttons that save SVG and PNG",
        rendered(
            "swap",
            one='<button type="button" name="svg"',
            other='<button type="button" name="png"',
        ),
    ),
    Fault(
        "js-mend",
        "playground",
        "offered a division where a product is likely meant",
        script(r'" \* "(,\s*this\.power)', r'" / "\1', NOTATION),
    ),
]

TRACES = [
    Fault(
        "js-trace-next",
        "trace",
        "let the button for the next step go back",
        script(r"(\bnext\b[^\n]*?goTo\([^\n]*?\.step\s*)\+(\s*1)", r"\1-\2", TRACE),
    ),
    Fault(
        "js-trace-previous",
        "trace",
        "let the button for the previous step go two steps back",
        script(r"(\bprevious\b[^\n]*?goTo\([^\n]*?\.step\s*-\s*)1", r"\g<1>2", TRACE),
    ),
    Fault(
        "js-trace-at",
        "trace",
        "counted the steps of the slider from zero",
        script(r"(range\.value\s*=\s*state\.step)\s*\+\s*1", r"\1", TRACE),
    ),
    Fault(
        "js-trace-later",
        "trace",
        "showed a slope of the trace one step late",
        script(r"([\"']later[\"'],\s*\w+\s*)>", r"\1>=", TRACE),
    ),
    Fault(
        "js-trace-moved",
        "trace",
        "marked the number of the trace that is moved next",
        script(r"(===\s*step)\b", r"\1 + 1", TRACE),
    ),
    Fault(
        "js-trace-sentence",
        "trace",
        "told the sentence of the first step at each step",
        script(r"\bstep(,\s*point\)\.lastElementChild)", r"0\1", TRACE),
    ),
    Fault(
        "js-trace-arrows",
        "trace",
        "drew each arrow of the trace whole when half of it is known",
        script(r"\bwhole(\s*<=\s*step)", r"part\1", TRACE),
    ),
    Fault(
        "js-trace-play",
        "trace",
        "let the trace play on from its end instead of from its beginning",
        script(
            r"(state\.step\s*<\s*\w+\s*\?\s*state\.step\s*\+\s*1\s*:\s*)0",
            r"\1state.step",
            TRACE,
        ),
    ),
    Fault(
        "css-trace-layouts",
        "trace",
        "hid the run of the trace that is chosen",
        style(r'(\[data-layout="columns"\]\s*>\s*)\.rows\b', r"\1.columns"),
    ),
    Fault(
        "css-trace-read",
        "trace",
        "underlined what f does not read in the trace",
        style(r"\.hand \.read > span", ".hand .cell:not(.read) > span"),
    ),
]

COMPARING = [
    Fault(
        "css-swipe",
        "comparer",
        "cut off the wrong picture in swipe",
        style(r'(\[data-view="swipe"\]\s+)\.buggy(\s*>\s*a)', r"\1.correct\2"),
    ),
    Fault(
        "css-swipe-line",
        "comparer",
        "let the line of swipe move against its picture",
        style(
            r'(\[data-view="swipe"\][^{}]*\{[^}]*margin-left:\s*)var\(--share\)',
            r"\1calc(100% - var(--share))",
        ),
    ),
    Fault(
        "css-blend",
        "comparer",
        "let blend begin at its end",
        style(r'(\[data-view="blend"\]\s+)\.buggy(\s+img)', r"\1.correct\2"),
    ),
    Fault(
        "css-scales",
        "comparer",
        "hid the pictures of the scale that is chosen",
        style(
            r'(\[data-chosen-scale="same"\]\s*>\s*)\.autoscale(\s*,\s*[^{]*'
            r'\[data-chosen-scale="autoscale"\]\s*>\s*)\.same',
            r"\1.same\2.autoscale",
        ),
    ),
    Fault(
        "js-compare-address",
        "comparer",
        "wrote scale and view the wrong way round into the address",
        script(
            r'(chosen\("view"\)\.value),\s*(chosen\("scale"\)\.value)',
            r"\2, \1",
            COMPARER,
        ),
    ),
    Fault(
        "js-compare-pair",
        "comparer",
        "told the alt texts of the pair that is not shown",
        script(
            r"(`\[data-scale)(=\$\{[^}]*scale[^}]*\})\]`",
            r"\1]:not([data-scale\2])`",
            COMPARER,
        ),
    ),
    Fault(
        "js-enlarged",
        "comparer",
        "enlarged the first picture of the page whichever is pressed",
        script(r"link\.parentElement", 'document.querySelector(".picture")', COMPARER),
    ),
]

HOME_AND_FILTER = [
    Fault(
        "js-home-switch",
        "home",
        "let the switch of the home page say the opposite",
        script(r'("aria-pressed",\s*)(state\.transposed)', r"\1!\2", HOME),
    ),
    Fault(
        "js-home-pairs",
        "home",
        "hid the function that is chosen on the home page, and showed the others",
        script(r"(dataset\.function\s*)!==", r"\1===", HOME),
    ),
    Fault(
        "js-home-address",
        "home",
        "lost the .T of an address of the home page",
        script(r"transposed:\s*Boolean\(transposed\)", "transposed: false", HOME),
    ),
    Fault(
        "css-home-switch",
        "home",
        "showed the picture without .T on the home page where both are pressed",
        style(
            r'(\.home\s+\[data-transposed=")false("\]\s+\.correct)',
            r"\1true\2",
        ),
    ),
    Fault(
        "js-home-copy",
        "home",
        "copied the line to replace in place of those to paste",
        script(r'"pre > code"', '"code"', HOME),
    ),
    Fault(
        "js-home-follows",
        "home",
        "left the way to the playground at the first function",
        script(r"(link\.hash = ).*;", r"\1link.hash;", HOME),
    ),
    Fault(
        "js-filter-some",
        "filter",
        "showed errata that meet one of the conditions instead of all",
        script(r"\.every\(", ".some(", FILTER),
    ),
    Fault(
        "js-filter-count",
        "filter",
        "counted the errata that are not shown",
        script(r"=>\s*!\s*(row\.hidden)", r"=> \1", FILTER),
    ),
    Fault(
        "js-filter-order",
        "filter",
        "wrote how many errata there are for how many are shown",
        script(
            r'replace\("\{shown\}",\s*(\w+)\)\s*\.replace\("\{all\}",\s*([\w.]+)\)',
            r'replace("{shown}", \2).replace("{all}", \1)',
            FILTER,
        ),
    ),
    Fault(
        "js-filter-address",
        "filter",
        "forgot what an address of the errata asks for",
        script(r"(option\.value === )\w+", r'\1""', FILTER),
    ),
]

THEMES = [
    Fault(
        "js-theme-toggle",
        "theme",
        "let the button of the theme choose the one that is there",
        script(
            r'(isDark\(\)\s*\?\s*)"light"\s*:\s*"dark"', r'\1"dark" : "light"', THEME
        ),
    ),
    Fault(
        "js-theme-pressed",
        "theme",
        "told that the dark theme is off where it is on",
        script(r'("aria-pressed",\s*)(isDark\(\))', r"\1!\2", THEME),
    ),
    Fault(
        "js-theme-forgotten",
        "theme",
        "forgot the theme that was chosen on another page",
        script(
            r"(applyTheme\()attempt\(\(\) => localStorage\[KEY\]\)", r"\1null", THEME
        ),
    ),
    Fault(
        "css-colours-dark",
        "theme",
        "exchanged the colours of correct and buggy in the dark theme of pages",
        style(
            r"(--correct:\s*light-dark\(\s*#0072b2,\s*)#56b4e9((?:.|\n)*?"
            r"--buggy:\s*light-dark\(\s*#d55e00,\s*)#e69f00",
            r"\1#e69f00\2#56b4e9",
        ),
    ),
    Fault(
        "css-colours-light",
        "theme",
        "exchanged the colours of correct and buggy in the light theme of pages",
        style(
            r"(--correct:\s*light-dark\(\s*)#0072b2((?:.|\n)*?--buggy:\s*light-dark\(\s*)#d55e00",
            r"\1#d55e00\2#0072b2",
        ),
    ),
    Fault(
        "css-ink-dark",
        "theme",
        "wrote in dark ink on the dark theme",
        style(r"(--ink:\s*light-dark\(\s*)#1f2124,\s*#e4e2dd", r"\1#1f2124, #1f2124"),
    ),
    Fault(
        "css-roles",
        "theme",
        "coloured what is buggy as what is correct",
        style(r"--hue:\s*var\(--buggy-ink\)", "--hue: var(--correct-ink)"),
    ),
    Fault(
        "css-theme-forced",
        "theme",
        "exchanged the two themes that can be chosen",
        style(
            r'(\[data-theme="light"\][^{]*\{[^}]*color-scheme:\s*)light',
            r"\1dark",
        ),
    ),
]

BROWSER = [
    *ARITHMETIC,
    *DRAWING,
    *PLAYGROUND,
    *TRACES,
    *COMPARING,
    *HOME_AND_FILTER,
    *THEMES,
]
