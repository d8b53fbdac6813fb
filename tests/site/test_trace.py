"""What the pages that tell a trace load besides."""


def test_only_pages_with_a_trace_load_its_script(built):
    loading = set()
    for name, data in built.files().items():
        if name.endswith(".html") and b"trace.js" in data:
            loading.add(name)
            assert b'<figure class="trace"' in data
    assert {"tutorial/routine/index.html", "errata/layout/index.html"} <= loading
