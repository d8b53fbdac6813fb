"""Spelling: the text of a function, parsed, evaluated and differentiated.

Needs only NumPy.
"""
