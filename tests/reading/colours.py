"""The colours that tell right from wrong, by day and by night: typed here, and nowhere else.

They are not read from the product's table: two of them exchanged there would pass.
"""

Shades = dict[str, str]

# Of arrows and dots.
BY_DAY: Shades = {"correct": "#0072b2", "buggy": "#d55e00", "book": "#666666"}
BY_NIGHT: Shades = {"correct": "#56b4e9", "buggy": "#e69f00", "book": "#b5b5b5"}

# Of marks and words, which need more contrast.
INK_BY_DAY: Shades = {"correct": "#005a8e", "buggy": "#9c4100", "quiet": "#5b5f66"}
INK_BY_NIGHT: Shades = {"correct": "#7cc4f0", "buggy": "#f0b445", "quiet": "#a6a8ab"}

ARROWS = {"light": BY_DAY, "dark": BY_NIGHT}
INKS = {"light": INK_BY_DAY, "dark": INK_BY_NIGHT}


def as_computed(colour: str) -> str:
    """A colour as a browser tells it: rgb(0, 114, 178) for #0072b2."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"rgb({red}, {green}, {blue})"
