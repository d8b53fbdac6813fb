"""Registry: the functions of the site, and the words of its interface."""
