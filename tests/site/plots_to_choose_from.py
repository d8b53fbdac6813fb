"""The plots that readers choose from, by name: what is written below each.

Typed here once more, so that the pages are held against a second writing.
"""

SYMPTOMS = {
    "lines": "Straight lines across the plot",
    "specks": "Only specks, or two arrows in a corner",
    "star": "A star, or a windmill, of lines",
    "nothing": "Nothing at all",
    "flat": "Every arrow points to the right",
    "upright": "Nearly all arrows vertical",
    "lengths": "Correct directions, wrong lengths",
    "exchanged": "With np.gradient: slopes swapped",
    "gap": "A gap, or specks, along an axis",
    "blocks": "Blocks of equal arrows",
    "downhill": "Arrows downhill, or uphill",
    "fine": "It looks fine",
}
# Two of them have one cause, and one section.
SECTION_OF = {name: "lines" if name == "specks" else name for name in SYMPTOMS}
HEADINGS = SYMPTOMS | {"lines": "Straight lines, or only specks"}
