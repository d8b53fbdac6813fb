"""The plots that readers choose from, by name: what is written below each, and above its section."""

from reading.words import word

SYMPTOMS = word("symptoms")
# Two of them have one cause, and one section.
SECTION_OF = {name: "lines" if name == "specks" else name for name in SYMPTOMS}
WITHOUT_PLOT = {name: other["label"] for name, other in word("without_plot").items()}
HEADINGS = SYMPTOMS | WITHOUT_PLOT | {"lines": "Straight lines, or only specks"}
