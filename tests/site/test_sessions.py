"""What the code of a page does wrong is told once."""

from project import copied

PAGE = '+++\ntitle = "A"\n+++\n\n{% if nothing %}\na\n{% endif %}\n'


def test_a_block_that_an_emptied_line_has_left_open_is_no_fault_of_its_own(
    drawn, tmp_path
):
    project = copied(tmp_path / "tiny", drawn.root)
    project.write("content/index.md", PAGE)
    done = project.build()
    assert done.returncode == 1
    fault = "content/index.md:5: 'nothing' is undefined. Fix: correct the name\n"
    assert done.stderr == fault
