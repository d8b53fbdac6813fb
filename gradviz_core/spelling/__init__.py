"""Spelling: the text of a function, parsed, evaluated and differentiated.

Needs NumPy alone.
"""
