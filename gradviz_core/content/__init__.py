"""Content: the pages that people write, read and checked."""
