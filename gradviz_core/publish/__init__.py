"""From measured functions and Markdown pages to a checked site, swapped in whole.

`entries` measures the registry, `pages` loads what people wrote, `render` turns both into
HTML in memory, `links` checks it, `exports` adds what programs read, `store` keeps drawn
figures, `swap` replaces the old site by the new one.
"""
