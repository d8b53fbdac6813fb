"""Tab, pressed as a reader does who has no mouse."""

import pytest


def tab_to(page, target, presses=60):
    """Press Tab until a control has the focus."""
    target = target.element_handle()  # to find it anew each time takes longer than the press
    for _ in range(presses):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("Tab does not reach it")
