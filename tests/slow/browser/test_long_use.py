"""A thousand functions typed one after the other leave nothing behind."""

from browser_fixtures import PHONE, Chromium

TYPE_ALL = """async count => {
  const texts = ['x[0] * x[1]', 'np.sum(x**2)', 'np.sin(x[0] *', 'np.sin(x[0]) * x[1]'];
  const field = document.querySelector('#spelling');
  for (let k = 0; k < count; k++) {
    field.value = texts[k % texts.length];
    field.dispatchEvent(new InputEvent('input', {bubbles: true}));
    while (field.form.dataset.state.endsWith('busy')) await new Promise(next => setTimeout(next));
  }
}"""


def test_many_keystrokes_leave_nothing_behind(chromium, host):
    context = Chromium(chromium).new_context(PHONE)
    page = context.new_page()
    page.goto(host + "playground/")
    page.wait_for_timeout(1500)
    devtools = context.new_cdp_session(page)

    def use(count):
        """Give the nodes and bytes that are in use after so many keystrokes."""
        page.evaluate(TYPE_ALL, count)
        for _ in range(3):
            devtools.send("HeapProfiler.collectGarbage")
        nodes = devtools.send("Memory.getDOMCounters")["nodes"]
        return nodes, devtools.send("Runtime.getHeapUsage")["usedSize"]

    nodes, heap = use(100)
    more_nodes, more_heap = use(1000)
    context.close()
    assert more_nodes - nodes < 50
    assert more_heap - heap < 400_000
