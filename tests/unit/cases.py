"""What Python and the browser make of spellings: tests/cases/spellings.json, as pytest takes it.

Node runs the same file, javascript/cases.js. There a text is a list where a piece of it
stands many times, and a number that JSON has not is a text that both languages read.
"""

import json

import oracle

TABLE = json.loads((oracle.ROOT / "tests/cases/spellings.json").read_text("utf-8"))


def text_of(case):
    """The text of a case: itself, or pieces of which some are repeated."""
    if isinstance(case, str):
        return case
    return "".join(
        piece if isinstance(piece, str) else piece[0] * piece[1] for piece in case
    )


def numbers_of(case):
    return [float(number) for number in case]


FUNCTIONS = TABLE["functions"]
REFUSED = [
    (text_of(text), column)
    for group in TABLE["refused at a column"].values()
    for text, column in group
]
ALLOWED = [text_of(text) for text in TABLE["at the edge and still allowed"]]
VALUES = [
    (text_of(text), float(value)) for text, value in TABLE["values at the point (3, 4)"]
]
SMOOTH = TABLE["each operator and function, smooth nearly everywhere"]
NOWHERE = TABLE["a step has no derivative at the point"]
AT_THE_EDGE = [
    (text, numbers_of(point), numbers_of(gradient))
    for text, point, gradient in TABLE[
        "gradients at points where they are easily got wrong"
    ]
]
