"""What a tired developer might do wrong here, and how to seed it: the whole table.

Each fault has a name, an area, a sentence that says what the developer did, and a seed,
a function from seeding.py. A fault makes something that is published, printed or
computed wrong. Where the built site of this project is the same all the same, `unseen`
says where the fault shows: in what the build refuses, say, or after an edit.
"""

from slow.seeds.browser import BROWSER
from slow.seeds.drawing import DRAWING
from slow.seeds.languages import LANGUAGES
from slow.seeds.numerics import LAYOUT, MEASUREMENT, NUMERICS, SPELLING
from slow.seeds.pages import PAGES
from slow.seeds.scripts import READING
from slow.seeds.upkeep import UPKEEP

FAULTS = [
    *NUMERICS,
    *SPELLING,
    *MEASUREMENT,
    *LAYOUT,
    *DRAWING,
    *PAGES,
    *BROWSER,
    *READING,
    *UPKEEP,
    *LANGUAGES,
]
