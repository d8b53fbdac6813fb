import sys
from pathlib import Path

from sphinx_gallery.scrapers import matplotlib_scraper

scripts = Path(__file__).parents[1] / "scripts"
sys.path.insert(0, str(scripts))


class Svg:
    def __repr__(self):
        return "Svg"  # the same in each build, else all is thought new

    def __call__(self, *arguments, **words):
        return matplotlib_scraper(*arguments, format="svg", **words)


project = "Arrows"
extensions = ["myst_parser", "sphinx_gallery.gen_gallery"]
root_doc = "product"
html_theme = "basic"
html_copy_source = False
html_use_index = False
sphinx_gallery_conf = {
    "examples_dirs": str(scripts),
    "gallery_dirs": "gallery",
    "image_scrapers": (Svg(),),
    "download_all_examples": False,
    "show_signature": False,
    "write_computation_times": False,
}
