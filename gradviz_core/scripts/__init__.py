"""Scripts: a reader's own script, read and never run.

Reading says what is right in it, what is not, and which line to change.
`reading.read` is the entry point, and the command `gradviz_core.checker` prints what
it returns. Besides the standard library, this package needs only the vocabulary and
the English words of `gradviz_core.registry`.
"""
