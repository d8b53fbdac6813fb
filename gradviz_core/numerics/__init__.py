"""Numerics: grids and gradients, and the book's routine, measured and traced.

Needs only NumPy.
"""
