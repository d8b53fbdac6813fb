"""A script to take away can be read by Python, whatever the note of its function says.

What the scripts of the site compute and draw, `test_scripts_read_back.py` holds.
"""

import ast


def test_a_script_is_read_whatever_its_note_says(small):
    note = 'Of $\\\\upsilon$ and `\\"\\"\\"`, said twice: \\"yes\\".'
    small.replace(
        "gradviz_core/registry/functions.toml",
        'note = "Each partial',
        f'note = "{note}"\n#',
    )
    assert small.build().returncode == 0
    script = small.site / "downloads" / "product.py"
    assert r"Of $\upsilon$" in ast.get_docstring(
        ast.parse(script.read_text(encoding="utf-8"))
    )
