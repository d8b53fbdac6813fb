"""What is published, read as a visitor reads it: pages, pictures, scripts, words and records."""

from reading.pages import page, target, text

__all__ = ["page", "target", "text"]
