"""What the code of a page does wrong is told once, at its line, and the rest of it still runs."""

from project import copied

from gradviz_core.publish import prose

PAGE = '+++\ntitle = "A"\n+++\n\n'


def test_a_session_that_cannot_be_read_is_told_and_the_next_one_runs():
    body = "\n```pycon\n>>>x = 1\n```\n\n```pycon\n>>> y = 2\n>>> y\n3\n```\n"
    names, errors = prose.run(body, "content/a.md")
    assert names["y"] == 2
    assert [str(error).partition(": ")[0] for error in errors] == [
        "content/a.md:3",
        "content/a.md:8",
    ]
    assert errors[0].what.startswith("the session cannot be read, ")
    assert "lacks blank after >>>: '>>>x = 1'" in errors[0].what
    assert errors[0].fix == "write it as Python prints it"


def test_a_block_that_an_emptied_line_has_left_open_is_no_fault_of_its_own(drawn, tmp_path):
    project = copied(tmp_path / "tiny", drawn.root)
    project.write("content/index.md", PAGE + "{% if nothing %}\na\n{% endif %}\n")
    done = project.build()
    assert done.returncode == 1
    assert done.stderr == "content/index.md:5: 'nothing' is undefined. Fix: correct the name\n"


def test_a_session_sets_what_is_its_own_and_compares_what_is_not():
    lines = [
        "class Own: pass", "book_of = Own()", "book_of.shape = (2,)", "ownbook = Own()",
        "ownbook.pages = 1", "np.pi == 3 and print()", "np.pi <= 3 and print()", "x = np.pi",
    ]  # fmt: skip
    body = "\n```pycon\n" + "".join(f">>> {line}\n" for line in lines) + "```\n"
    body = body.replace("print()\n", "print()\nFalse\n")
    assert prose.run(body, "content/a.md")[1] == []
    for line in ("np.pi = 3", "np.linalg.norm=np.hypot", "if x: np.sin = np.cos"):
        _, errors = prose.run(f"\n```pycon\n>>> x = 0\n>>> {line}\n```\n", "content/a.md")
        assert [error.line for error in errors] == [4], line
