"""Numerics: grids, gradients, the book's routine measured and traced.

Needs NumPy alone.
"""
