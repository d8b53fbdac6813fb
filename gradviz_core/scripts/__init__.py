"""Scripts: a reader's own script, read and never run.

What is right in it, what is not, and which line to change. `reading.read` is the way
in; `check` is the command. It needs Python alone, and nothing of the site.
"""
