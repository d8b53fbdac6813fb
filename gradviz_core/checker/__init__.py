"""Checker: `gradviz check PATH…`, for owners of scripts and notebooks.

It reads files, runs none of them, and says which lines of a gradient plot are wrong.
It needs Python alone, so that it starts at once and goes where NumPy is not.
"""
