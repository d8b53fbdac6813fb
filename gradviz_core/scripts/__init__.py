"""Scripts: a reader's own script, read and never run.

What is right in it, what is not, and which line to change. `reading.read` is the way
in; `check` is the command. It needs the numerics and the spelling language, and nothing
of the site.
"""
