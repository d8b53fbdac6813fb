from sphinx_gallery.scrapers import matplotlib_scraper


def scraper(*arguments, **words):
    return matplotlib_scraper(*arguments, format="svg", **words)
