"""From measured functions and Markdown pages to a checked site: see ARCHITECTURE.md."""
