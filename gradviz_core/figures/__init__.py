"""Figures: what a picture shows, and how it is drawn."""
