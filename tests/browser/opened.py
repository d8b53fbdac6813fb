"""A page opened once for many tests, which set its state and read it."""

from contextlib import contextmanager

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 664}


@contextmanager
def opened(chromium, address, viewport=DESK, permissions=()):
    """A page without motion, in light colours; whatever it says on its console is a fault."""
    context = chromium.new_context(
        viewport=viewport,
        reduced_motion="reduce",
        color_scheme="light",
        permissions=list(permissions),
    )
    said = []
    context.on("console", lambda message: said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()
    assert not said
