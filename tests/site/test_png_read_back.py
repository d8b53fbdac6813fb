"""Every PNG shows what the SVG beside it shows, which test_figures_read_back.py reads.

The SVG is painted here with Pillow and held against the PNG. Where they differ by more than
the soft edge of a shape, something else was drawn: such pixels lie scattered where the two
agree, one or two together, and a wrong figure alone makes a heap of twenty.
"""

import oracle

from tests.site.fields import ENDINGS
from tests.site.rasterising import fullest_block, painted, pixels, unlike
from tests.site.svg_reading import picture

SIZE = (720, 720)  # 4.8 inches of 150 pixels
FEW = 8  # pixels of a block that may be unlike


def test_a_png_shows_what_the_svg_of_the_same_name_shows(built):
    for name in oracle.functions():
        for ending in ENDINGS:
            file = built.site / f"figures/{name}-{ending}"
            found = pixels(file.with_suffix(".png"))
            assert found.shape == (*SIZE, 3), f"{file.name}.png has another size"
            expected = painted(picture(file.with_suffix(".svg")), SIZE)
            where, count = fullest_block(unlike(found, expected))
            assert count <= FEW, f"{file.name}.png shows something else around {where}"
