"""The plots that readers choose from, by name: what is written below each, and above its section."""

from reading.words import word

SYMPTOMS = word("symptoms")
WITHOUT_PLOT = {name: other["label"] for name, other in word("without_plot").items()}
HEADINGS = SYMPTOMS | WITHOUT_PLOT
