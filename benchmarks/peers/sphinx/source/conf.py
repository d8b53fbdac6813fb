import svg

project = "Arrows"
extensions = ["myst_parser", "sphinx_gallery.gen_gallery"]
root_doc = "product"
html_theme = "basic"
html_copy_source = False
html_use_index = False
sphinx_gallery_conf = {
    "examples_dirs": "../figures",
    "gallery_dirs": "gallery",
    "image_scrapers": (svg.scraper,),
    "download_all_examples": False,
    "show_signature": False,
    "write_computation_times": False,
}
