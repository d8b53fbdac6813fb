"""Scripts: a reader's own script, read and never run.

What is right in it, what is not, and which line to change. `reading.read` is the way
in, and `gradviz_core.checker` the command that prints what it gives. Beside Python
itself this needs the vocabulary and the English words of `gradviz_core.registry`.
"""
