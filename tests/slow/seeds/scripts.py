"""Faults of what reads a script or a formula: in both languages, on the page, on the command line.

There are two readers of scripts, and a test holds each to the other. So a fault of the
reader is put into both, as by a developer who keeps them alike: what the script says has
to be known, too.
"""

from slow.seeds.browser import DRAWN, NOTATION, TYPED, script
from slow.seeds.seeding import (
    PYTHON,
    Fault,
    Seed,
    around_function,
    both,
    expression,
    text,
)

ELSEWHERE = "only in a script that somebody brings"
PASTED = "ScriptView"  # stands in the script that shows what is found
TAKEN = "pngUrl"  # stands in the script that hands out what is taken away


def judged(python: Seed, pattern: str, new: str) -> Seed:
    """A fault of the reader in Python, and the same one in the browser's."""
    return both(python, script(pattern, new, having=r"scripts\b"))


READER = [
    Fault(
        "finding-line",
        "scripts",
        "named the line below the one where something is wrong",
        judged(
            around_function(
                "Judge._finding",
                """
                import dataclasses
                finding = call(*args, **named)
                return dataclasses.replace(finding, line=finding.line + 1)
                """,
            ),
            r"(line: start\.line)(,\s*column: this\.source)",
            r"\1 + 1\2",
        ),
    ),
    Fault(
        "luck-is-wrong",
        "scripts",
        "called wrong what is right by luck",
        judged(
            expression('"luck" if A_ in ("luck", "unread") else "wrong"', '"wrong"'),
            r'"luck"(\s*:\s*"wrong")',
            r'"wrong"\1',
        ),
    ),
    Fault(
        "half-fix-untold",
        "scripts",
        "took one of the two .T for enough",
        judged(
            around_function("Judge._half_fix_outside", "return iter(())"),
            r'isOnly\(call\.uses, "rows"\)(\s*&&\s*!isTurnedAtOnce)',
            r"false\1",
        ),
    ),
    Fault(
        "mend-with-one-transpose",
        "scripts",
        "mended the call with one .T of two",
        judged(
            around_function("Judge._transposed_edits", "return call(*args)[:-1]"),
            r',\s*this\.insertion\(call\.node, "\.T"\)(\];\s*\})',
            r"\1",
        ),
    ),
    Fault(
        "whole-numbers-by-name",
        "scripts",
        "forgot that an array is of whole numbers once it has a name",
        judged(
            around_function(
                "Walker._assign",
                """
                import ast, dataclasses
                walker, target, value, names = args
                is_whole = getattr(value, "kind", "") == "whole"
                if isinstance(target, ast.Name) and is_whole:
                    value = dataclasses.replace(value, kind="")
                return call(walker, target, value, names)
                """,
            ),
            r"(names\.set\(target\.id,\s*)value\)",
            r'\1value.kind === "whole" ? { ...value, kind: "" } : value)',
        ),
    ),
    Fault(
        "ignore-unheeded",
        "scripts",
        "took no notice of a comment that asks for silence about one finding",
        judged(
            expression("A_ is None or B_ in re.split(C_, A_)", "A_ is None"),
            r"(codes === undefined)\s*\|\|\s*codes\.split\([^;]*",
            r"\1",
        ),
        unseen=ELSEWHERE,
    ),
    Fault(
        "ignore-everything",
        "scripts",
        "took a comment about one finding for one about all",
        judged(
            expression("A_ is None or B_ in re.split(C_, A_)", "True"),
            r"codes === undefined\s*\|\|\s*codes\.split\([^;]*",
            "true",
        ),
        unseen=ELSEWHERE,
    ),
]

CHECK = [
    Fault(
        "check-column",
        "scripts",
        "counted the columns of --json from zero",
        text(r'("column": finding\.column)', r"\1 - 1", PYTHON),
        unseen="only on the command line",
    ),
    Fault(
        "check-luck",
        "scripts",
        "ended with 0 where all that is found is right by luck",
        expression('A_.severity != "note"', 'A_.severity == "wrong"'),
        unseen="only on the command line",
    ),
]

FORMULAS = [
    Fault(
        "notation-minus-first",
        "playground",
        "read -x^2 as the square of -x",
        script(
            r"return negative\(this\.signed\(\)\);",
            "{ const base = negative(this.postfix());"
            ' return this.accept("**") ? raised(base, this.exponent()) : base; }',
            NOTATION,
        ),
    ),
    Fault(
        "notation-guessed-quotient",
        "playground",
        "let a product without a sign bind more loosely than a division",
        script(r"if \(isQuotient\) unclear\(\);", "", NOTATION),
    ),
    Fault(
        "notation-sums",
        "playground",
        "said of each way to sum what is so of the other",
        script(
            r'sum: "outside"((?:.|\n)*?)sum: "inside"',
            r'sum: "inside"\1sum: "outside"',
            NOTATION,
        ),
    ),
    Fault(
        "mend-while-composing",
        "playground",
        "took a mend by a key that ends the composing of a character",
        script(r"(!isAsked)\s*\|\|\s*isComposed", r"\1", TYPED),
    ),
]

DRAWN_FROM_SCRIPTS = [
    Fault(
        "script-on-default-grid",
        "playground",
        "drew a function of a script on the grid of the page",
        script(r"\{\s*\.\.\.grid,(\s*autoscale)", r"{\1", PASTED),
    ),
    Fault(
        "script-uphill",
        "playground",
        "drew uphill what a script draws downhill",
        script(r"downhill: Boolean\(downhill\)", "downhill: false", PASTED),
    ),
    Fault(
        "script-first-function",
        "playground",
        "drew the first function of a script and not the one that it draws",
        script(r"\[call\.reading, \.\.\.readings\]", "readings", PASTED),
    ),
    Fault(
        "taken-without-scale",
        "playground",
        "left the automatic scale out of the script that is copied",
        script(r'isAutomatic\s*\?\s*"None"\s*:\s*', "", TAKEN),
    ),
    Fault(
        "arrow-not-finite",
        "playground",
        "drew an arrow where the gradient is infinite",
        script(r"!isFinite\(size\)", "Number.isNaN(size)", DRAWN),
    ),
]

READING = [*READER, *CHECK, *FORMULAS, *DRAWN_FROM_SCRIPTS]
