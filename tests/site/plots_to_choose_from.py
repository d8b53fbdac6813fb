"""The plots that readers choose from, by name: what is written below each.

Typed here once more, so that the pages are held against a second writing.
"""

SYMPTOMS = {
    "lines": "Straight lines, or two arrows in a corner",
    "star": "A star, or a windmill, of lines",
    "nothing": "Nothing at all",
    "flat": "Every arrow points to the right",
    "upright": "Nearly all arrows upright",
    "lengths": "Directions right, lengths wrong",
    "exchanged": "With np.gradient: slopes exchanged",
    "gap": "Dots, or a gap, along an axis",
    "blocks": "Blocks of equal arrows",
    "downhill": "The arrows point downhill",
    "fine": "It looks fine …",
    "healthy": "… and so does this one",
}
