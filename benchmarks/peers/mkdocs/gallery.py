import sys
from pathlib import Path

from mkdocs_gallery.scrapers import matplotlib_scraper

sys.path.insert(0, str(Path(__file__).parent / "scripts"))


class Svg:
    def __repr__(self):
        return "Svg"

    def __call__(self, *arguments, **words):
        return matplotlib_scraper(*arguments, format="svg", **words)


conf = {"image_scrapers": (Svg(),)}
