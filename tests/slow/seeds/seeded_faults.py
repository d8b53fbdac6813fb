"""The faults: for each promise that the suite makes, one that breaks it.

A fault says in plain words what the suite promises, and does something else than the product.
Which tests keep the promise stands in tests/README.md. A fault is put into what a function does, into the text
of a published file, behind a script or a style sheet; see seeding.py.
"""

import re
import shutil
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

from seeding import (
    FAULTS,
    after_script,
    around,
    exchanged,
    in_figures,
    in_files,
    in_styles,
)

__all__ = ["FAULTS"]

# Numerics


@around(
    "gradviz_core.numerics.gradient:gradient",
    "gradient() is right to nine digits",
)
def gradient_off_by_a_millionth(real: Any, *arguments: Any, **named: Any) -> Any:
    return real(*arguments, **named) * (1 + 1e-6)


@around(
    "gradviz_core.book:numerical_gradient",
    "the exhibit has the faults of the book's routine and no others",
)
def exhibit_takes_whole_numbers_for_floats(
    real: Any, f: Any, X: Any, **named: Any
) -> Any:
    return real(f, X.astype(float), **named)


@around(
    "gradviz_core.numerics.grid:Layout.arrange",
    "the two layouts are what they are called",
)
def layouts_exchanged(real: Any, layout: Any, points: Any) -> Any:
    one, other = type(layout)
    return real(other if layout is one else one, points)


@around(
    "gradviz_core.numerics.measurement:right_entries",
    "an arrow is wrong from a millionth on",
)
def arrows_forgiven(real: Any, gradient: Any, truth: Any) -> Any:
    return real(truth + 0.01 * (gradient - truth), truth)


@around(
    "gradviz_core.numerics.measurement:measure",
    "the verdict is what kind of picture comes of a call",
)
def scaled_called_plausible(real: Any, *arguments: Any, **named: Any) -> Any:
    measurement = real(*arguments, **named)
    is_scaled = measurement.verdict == "scaled"
    return replace(measurement, verdict="plausible") if is_scaled else measurement


@around(
    "gradviz_core.spelling.parser:Spelling.gradient",
    "the truth is the exact gradient of the spelling",
)
def truth_exchanged(real: Any, *arguments: Any) -> Any:
    return real(*arguments)[:, ::-1]


# Spellings


@around(
    "gradviz_core.spelling.parser:parse",
    "a spelling means what it means in Python",
)
def minus_before_power(real: Any, text: str) -> Any:
    return real(re.sub(r"-(x\[\d\]) ?\*\*", r"(-\1)**", text))


@around(
    "gradviz_core.spelling.derivatives:differentiate",
    "where there is no gradient, none is told",
)
def kink_called_flat(real: Any, *arguments: Any) -> Any:
    import numpy as np

    return np.nan_to_num(real(*arguments), nan=0.0)


@around(
    "gradviz_core.spelling.parser:SpellingError.__init__",
    "what cannot be read is refused at its column",
)
def refusal_one_column_late(
    real: Any, error: Any, message: str, column: int = 1
) -> None:
    real(error, message, column + 1)


# Figures


@in_figures("figures/himmelblau-*.svg", "each arrow stands at its point")
def points_exchanged(field: Any) -> Any:
    return replace(field, points=field.points[:, ::-1])


@in_figures(
    "figures/plane-correct.svg",
    "each arrow points where its gradient does",
)
def one_arrow_turned(field: Any) -> Any:
    arrows = field.arrows.copy()
    arrows[7] = arrows[7][::-1]
    return replace(field, arrows=arrows)


@in_figures(
    "figures/himmelblau-buggy.svg",
    "both pictures of a pair are on one scale",
)
def scale_of_its_own(field: Any) -> Any:
    return replace(field, scale=2 * field.scale)


@around(
    "gradviz_core.figures.fields:signs",
    "what dots and specks mean is told where there are any",
    remade="page elements/*",
)
def key_left_out(real: Any, field: Any) -> set[str]:
    return set()


@around(
    "gradviz_core.figures.curves:Curves.__init__",
    "a line plot is that of its numbers",
    remade="page *elements/*",
)
def curves_lifted(real: Any, curves: Any, x: Any, *lines: Any, **named: Any) -> None:
    import numpy as np

    real(curves, x, *(1.1 * np.array(line) for line in lines), **named)


@in_files("figures/*.svg", "axes are named after their coordinates")
def axes_exchanged(svg: str) -> str:
    return exchanged(svg, "x0", "x1")


@in_files("static/site.css", "a colour is that of the table")
def link_in_another_blue(text: str) -> str:
    return text.replace("#00588a", "#00588b")


@in_files("figures/*-correct.svg", "what is correct is blue")
def correct_in_orange(svg: str) -> str:
    return svg.replace("#0072b2", "#d55e00")


@in_files("figures/*.svg", "figures follow the theme")
def no_dark_figures(svg: str) -> str:
    return svg.replace("prefers-color-scheme: dark", "prefers-color-scheme: light")


@around(
    "gradviz_core.publish.drawings:card_drawings",
    "the card of a page names the page",
)
def cards_of_one_page(real: Any, *arguments: Any) -> Any:
    cards = real(*arguments)
    first = next(iter(cards.values()), None)
    return dict.fromkeys(cards, first)


# Captions and numbers


@around(
    "gradviz_core.publish.captions.forms:form_of",
    "longer is longer, and shorter is shorter",
    remade="page functions/*",
)
def longer_called_shorter(real: Any, *arguments: Any) -> Any:
    form = real(*arguments)
    return form | {"key": exchanged(form["key"], "longer", "shorter")}


@around(
    "gradviz_core.publish.captions.functions:picture_text",
    "a caption counts what its picture shows",
    remade="page functions/*",
)
def caption_of_the_other_call(real: Any, entry: Any, *arguments: Any) -> Any:
    other = replace(entry, columns=replace(entry.columns, wrong=entry.rows.wrong))
    return real(other, *arguments)


@around(
    "gradviz_core.publish.captions.functions:picture_text",
    "the alt text is that of the picture",
    remade="page functions/*",
)
def alt_of_the_other_picture(real: Any, entry: Any, ending: str, words: Any) -> Any:
    other = exchanged(ending, "correct", "buggy")
    return replace(real(entry, ending, words), alt=real(entry, other, words).alt)


@in_files("functions/*.html", "angles are in degrees")
def degrees_called_radians(html: str) -> str:
    return html.replace("°", " rad")


@around(
    "gradviz_core.registry.formats:fill",
    "one is not said in the plural",
)
def always_plural(real: Any, sentence: Any, words: Any, **terms: Any) -> str:
    plural = sentence if isinstance(sentence, str) else sentence["other"]
    return real(plural, words, **terms)


@around(
    "gradviz_core.registry.records:layout_records",
    "functions.json and --json give each layout its numbers",
)
def json_layouts_exchanged(real: Any, rows: Any, columns: Any) -> Any:
    return real(columns, rows)


@in_files(
    "functions/*.html",
    "a badge has the colour of its verdict",
)
def badge_in_another_colour(html: str) -> str:
    return html.replace('class="verdict sparse"', 'class="verdict hidden"')


@in_files("functions/*.html", "a formula is that of the function")
def minus_for_plus(html: str) -> str:
    return html.replace("<mo>−</mo>", "<mo>+</mo>")


# Pages


@in_files(
    "*.html",
    "each page has its title",
)
def title_of_the_site(html: str) -> str:
    return re.sub("<title>.*?</title>", "<title>gradviz</title>", html)


@around(
    "gradviz_core.publish.navigation:place_of",
    "Previous and Next lead there",
    remade="page tutorial/*",
)
def neighbours_exchanged(real: Any, *arguments: Any) -> Any:
    place = real(*arguments)
    return replace(place, previous=place.next, next=place.previous)


@in_files(
    "*.html",
    "an entry of the menu leads where it says",
)
def menu_leads_elsewhere(html: str) -> str:
    head, menu, rest = html.partition('<nav aria-label="Sections">')
    menu_links, end, rest = rest.partition("</nav>")
    return head + menu + exchanged(menu_links, "tutorial/", "symptoms/") + end + rest


@in_files(
    "sitemap.xml",
    "the map of the site names every page",
)
def page_left_off_the_map(xml: str) -> str:
    return re.sub(r"<url><loc>[^<]*/check/</loc>.*?</url>\n", "", xml, count=1)


@around(
    "gradviz_core.registry.formats:day",
    "a date is the day of the record",
    remade="page errata/*",
)
def the_day_after(real: Any, date: Any, words: Any) -> str:
    return real(date + timedelta(days=1), words)


@around(
    "gradviz_core.publish.erratum_view:code_change",
    "the record shows the line in question, and the one instead",
    remade="page errata/*",
)
def lines_exchanged(real: Any, *arguments: Any) -> Any:
    change = real(*arguments)
    roles = [(side.role, side.mark, side.label) for side in change.sides]
    sides = [
        replace(side, role=role, mark=mark, label=label)
        for side, (role, mark, label) in zip(change.sides, roles[::-1], strict=True)
    ]
    return replace(change, sides=sides)


@in_files(
    "errata.json",
    "programs get the errata as they are",
)
def errata_of_another(text: str) -> str:
    return exchanged(text, '"wrong":', '"right":')


@around(
    "gradviz_core.publish.feed:feed_entries",
    "the feed tells what has changed, under its title",
    remade="text *feed.xml",
)
def feed_with_titles_of_others(real: Any, *arguments: Any) -> Any:
    entries = real(*arguments)
    titles = [entry.title for entry in entries]
    shifted = [*titles[1:], *titles[:1]]
    return [replace(e, title=title) for e, title in zip(entries, shifted, strict=True)]


@in_files(
    "figures/*.csv",
    "the numbers of a picture are those it shows",
)
def columns_exchanged(csv: str) -> str:
    head, *rows = csv.splitlines()
    cells = [row.split(",") for row in rows]
    return "\n".join([head, *(",".join([*c[:-2], c[-1], c[-2]]) for c in cells), ""])


@in_files(
    "downloads/*.py",
    "the script to take away draws what the page shows",
)
def script_with_another_step(script: str) -> str:
    return script.replace("h=0.0001", "h=0.01")


@around(
    "gradviz_core.publish.timeline:Timeline.count",
    "the timeline counts its copies",
    remade="page travel/*",
)
def one_copy_more(real: Any, *arguments: Any) -> int:
    return real(*arguments) + 1


@around(
    "gradviz_core.numerics.grid_slips:shown_by",
    "the table of slips shows what would have shown them",
)
def seen_where_hidden(real: Any, *arguments: Any) -> str:
    found = real(*arguments)
    return "eye" if found == "nothing" else found


@around(
    "gradviz_core.figures.heights:Heights.runs",
    "a height has its shade in a picture",
    remade="drawing of Heights",
)
def shades_upside_down(real: Any, heights: Any, shade: int) -> Any:
    last_row = len(heights.values) - 1
    for row, start, end in real(heights, shade):
        yield last_row - row, start, end


@in_files("symmetry/*/index.html", "a case says what its record says")
def handed_over_for_taken(html: str) -> str:
    return exchanged(html, "Handed over", "Taken as")


@in_files("speed/index.html", "times have their unit")
def microseconds_for_milliseconds(html: str) -> str:
    return exchanged(html, "µs", "ms")


@around(
    "gradviz_core.numerics.trace:Run.frame",
    "the trace shows what stands there after each step",
    remade="page *elements/*",
)
def trace_one_step_late(real: Any, run: Any, number: int) -> Any:
    return real(run, max(number - 1, 0))


@in_files("symptoms/index.html", "a symptom is shown by its plot")
def symptoms_exchanged(html: str) -> str:
    pictures = [*dict.fromkeys(re.findall(r"figures/[\w/-]+\.svg", html))]
    for one, other in [*pairwise(pictures)][:1]:
        html = exchanged(html, one, other)
    return html


# Languages


@in_files(
    "ja/*.html",
    "every language says it in its words",
)
def words_of_another_language(html: str) -> str:
    return html.replace(">関数<", ">함수<")


@around(
    "gradviz_core.publish.versions:redirect_links",
    "a link leads to the page in the reader's language",
    remade="page ja/tutorial/*",
)
def links_left_in_english(real: Any, html: str, *arguments: Any) -> str:
    return html


@in_files("ko/*.html", "a date is written as its language does")
def dates_of_another_language(html: str) -> str:
    return re.sub(r"(>\d{4})년 (\d+)월 (\d+)일", r"\1年\2月\3日", html)


@in_files("*.html", "a page names its versions")
def version_unnamed(html: str) -> str:
    return re.sub(r'<link rel="alternate" hreflang="ko"[^>]*>\n', "", html)


@around(
    "gradviz_core.publish.prose_rules:translated_listing_errors",
    "code in a translation is that of the original",
)
def listings_uncompared(real: Any, *arguments: Any) -> Any:
    return iter(())


# Sessions and claims


@around(
    "gradviz_core.publish.sessions:run",
    "a session prints what its page shows",
)
def drift_let_through(real: Any, *arguments: Any) -> Any:
    namespace, _ = real(*arguments)
    return namespace, []


@around(
    "gradviz_core.publish.sessions:run",
    "a claim of words alone is asserted",
)
def asserts_ignored(real: Any, body: str, *arguments: Any) -> Any:
    return real(body.replace(">>> assert ", ">>> _ = "), *arguments)


@around(
    "gradviz_core.registry.functions:read_functions",
    "a verdict that is stated is the one that is found",
)
def stated_verdicts_forgotten(real: Any, source: Any) -> Any:
    registry = real(source)
    functions = registry.functions
    silent = {name: replace(f, verdict="") for name, f in functions.items()}
    return replace(registry, functions=silent)


# What the build refuses


@around(
    "gradviz_core.publish.prose_rules:record_errors",
    "no measured number is typed into a record",
)
def typed_numbers_accepted(real: Any, *arguments: Any) -> Any:
    return iter(())


@around(
    "gradviz_core.publish.links:LinkChecker.errors",
    "no link leads nowhere",
)
def dead_links_accepted(real: Any, *arguments: Any) -> Any:
    return iter(())


@around(
    "gradviz_core.publish.page_rules:page_faults",
    "no page trips a reader",
)
def page_rules_ignored(real: Any, *arguments: Any) -> Any:
    return iter(())


@around(
    "gradviz_core.schema:value_errors",
    "front matter that is not known is refused",
)
def any_field_accepted(real: Any, *arguments: Any) -> Any:
    return iter(())


@around(
    "gradviz_core.content.record_rules:contradictions",
    "a record does not contradict itself",
)
def contradictions_accepted(real: Any, *arguments: Any) -> Any:
    return iter(())


@around(
    "gradviz_core.content.site_choices:choice_errors",
    "a site.toml has the fields that it may have, and names what there is",
)
def any_choice_accepted(real: Any, *arguments: Any) -> Any:
    return iter(())


@around(
    "gradviz_core.texts:hidden_characters",
    "no text hides a character",
)
def hidden_characters_accepted(real: Any, *arguments: Any) -> Any:
    return []


# Cache and swap


@around(
    "gradviz_core.publish.cache:key_of",
    "a page is made again when its text has changed",
)
def page_key_lacks_texts(real: Any, *deciding: Any) -> str:
    if isinstance(deciding[0], str) and deciding[0] == "page":
        kind, key, texts, listings = deciding
        deciding = kind, key, [address for address, _ in texts], listings
    return real(*deciding)


@around(
    "gradviz_core.publish.contents:Contents.shown_by",
    "a page is made again when one that it shows has changed",
)
def shown_pages_forgotten(real: Any, contents: Any, page: Any) -> Any:
    shown = real(contents, page)
    return [replace(other, text="") if other is not page else other for other in shown]


@around(
    "gradviz_core.publish.cache:key_of",
    "a figure is drawn again when its scale has changed",
)
def figure_key_lacks_scale(real: Any, *deciding: Any) -> str:
    return real(*(without_scale(each) for each in deciding))


def without_scale(each: Any) -> Any:
    pictures = getattr(each, "pictures", None)
    if not pictures or not hasattr(pictures[0], "scale"):
        return each
    return replace(each, pictures=[replace(p, scale=None) for p in pictures])


@around(
    "gradviz_core.publish.stamp:Stamp.is_current",
    "a site that was changed by hand is built again",
)
def any_site_is_current(real: Any, stamp: Any) -> bool:
    return stamp.out.is_dir() or real(stamp)


@around(
    "gradviz_core.publish.render:time_limit",
    "a page whose code does not end is refused",
)
def pages_run_for_ever(real: Any, seconds: float) -> Any:
    return real(10 * seconds)


@around(
    "gradviz_core.publish.swap:publish",
    "every file of a site is written",
)
def last_file_lost(real: Any, files: Any, out: Any) -> None:
    real([*files][:-1], out)


@around(
    "gradviz_core.publish.swap:publish",
    "the old site stands until the new one is whole",
)
def old_site_removed_first(real: Any, files: Any, out: Any) -> None:
    shutil.rmtree(out, ignore_errors=True)
    real(files, out)


@around(
    "gradviz_core.publish.swap:is_same",
    "--check tells a site that is out of date",
)
def check_is_content(real: Any, *arguments: Any) -> bool:
    return True


# The command


@around(
    "gradviz_core.checker.command:main",
    "check ends with 1 if a script is wrong",
)
def check_always_content(real: Any, *arguments: Any) -> int:
    real(*arguments)
    return 0


@around(
    "gradviz_core.scripts.reading:findings_of",
    "check finds every slip",
)
def a_finding_lost(real: Any, script: Any) -> Any:
    return real(script)[:-1]


@around(
    "gradviz_core.scripts.reading:findings_of",
    "a finding is at its line and column",
)
def columns_counted_from_zero(real: Any, script: Any) -> Any:
    return [replace(finding, column=finding.column - 1) for finding in real(script)]


@around(
    "gradviz_core.scripts.source:Source.mended",
    "a mend is whole",
)
def mend_with_one_transpose(real: Any, *arguments: Any) -> str:
    return real(*arguments).replace(".T).T", ".T)")


# What the browser computes


@after_script(
    "numerics/parser",
    "the browser reads a spelling as Python does",
)
def browser_minus_before_power() -> str:
    return r"""
const { parse } = globalThis.gradviz;
globalThis.gradviz.parse = (text) =>
  parse(text.replace(/-(x\[\d\]) ?\*\*/g, "(-$1)**"));
"""


@after_script(
    "numerics/measurement",
    "the browser measures what Python does",
)
def browser_counts_one_less() -> str:
    return """
const { measuring } = globalThis.gradviz;
globalThis.gradviz.measuring = function* (...input) {
  const measured = yield* measuring(...input);
  const { measurement } = measured.columns;
  if (measurement.wrong) measurement.wrong -= 1;
  return measured;
};
"""


@after_script(
    "reader/rules/checking",
    "the browser finds in a script what check finds",
)
def browser_loses_a_finding() -> str:
    return """
const { rules } = globalThis.gradviz.scripts;
const { findingsOf } = rules;
rules.findingsOf = (script) => findingsOf(script).slice(1);
"""


# The playground


@after_script(
    "playground/quiver/arrows",
    "the playground draws arrows as they point",
)
def playground_upside_down() -> str:
    return """
const { quiver } = globalThis.gradviz;
const { arrowsOf } = quiver;
quiver.arrowsOf = (frame, points, [u, v], unit) =>
  arrowsOf(frame, points, [u, v.map((slope) => -slope)], unit);
"""


@after_script(
    "playground/quiver/contours",
    "contours are those of f",
)
def contours_with_arguments_exchanged() -> str:
    return """
const { quiver } = globalThis.gradviz;
const { drawContours } = quiver;
quiver.drawContours = (svgs, frame, points, values) => {
  const n = Math.sqrt(values.length);
  const turned = values.map((_, k) => values[(k % n) * n + Math.floor(k / n)]);
  return drawContours(svgs, frame, points, turned);
};
"""


@after_script(
    "playground/captions",
    "the playground says of a function what Python says",
)
def playground_longer_for_shorter() -> str:
    return """
const { Captions } = globalThis.gradviz;
globalThis.gradviz.Captions = class extends Captions {
  constructor(data) {
    const { plausible_longer, plausible_shorter } = data.caption;
    const exchanged = {
      plausible_longer: plausible_shorter,
      plausible_shorter: plausible_longer,
    };
    super({ ...data, caption: { ...data.caption, ...exchanged } });
  }
};
"""


@after_script(
    "playground/pictures",
    "the playground reads out the point that is ringed",
)
def readout_of_another_point() -> str:
    return """
const { prototype } = globalThis.gradviz.Pictures;
const { read } = prototype;
prototype.read = function (k) {
  read.call(this, k);
  this.onRead(k === 0 ? 1 : k - 1);
};
"""


@after_script(
    "playground/taking",
    "the script that is copied draws what is shown",
)
def copied_script_uphill() -> str:
    return """
const { taking } = globalThis.gradviz;
const { scriptOf } = taking;
taking.scriptOf = (texts, shown, settings) => {
  const { values } = settings;
  const isTicked = (name) => name !== "downhill" && settings.isTicked(name);
  return scriptOf(texts, shown, { values, isTicked });
};
"""


# Widgets


@after_script(
    "widgets/compare",
    "the comparer moves as its slider does",
)
def comparer_moves_against_its_slider() -> str:
    return """
for (const comparer of document.querySelectorAll(".comparer")) {
  const range = comparer.querySelector("[type=range]");
  comparer.addEventListener("input", () =>
    comparer.style.setProperty("--share", `${100 - range.value}%`),
  );
}
"""


@after_script("widgets/trace", "the player goes on by one step")
def player_skips_a_step() -> str:
    return """
for (const form of document.querySelectorAll(".trace form")) {
  const { next, step } = form.elements;
  next.addEventListener("click", () => {
    step.stepUp();
    step.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
"""


@after_script(
    "widgets/filter",
    "the list shows what meets every condition",
)
def filter_shows_the_first_row() -> str:
    return """
const form = document.querySelector(".filters");
form.addEventListener("change", () => {
  document.querySelector("tbody tr").hidden = false;
});
"""


@after_script("widgets/home", "the switch shows the picture it names")
def switch_the_other_way() -> str:
    return """
const opening = document.querySelector(".opening");
opening.querySelector(".shown > .switch button").addEventListener("click", () => {
  opening.dataset.transposed = opening.dataset.transposed !== "true";
});
"""


@after_script(
    "home/answer-plot",
    "home draws the plot of the script that was pasted",
)
def home_answers_as_if_mended() -> str:
    return """
const { prototype } = globalThis.gradviz.AnswerPlot;
const { show } = prototype;
prototype.show = function ({ rows, ...result }) {
  show.call(this, { ...result, rows, columns: rows });
};
"""


@after_script(
    "widgets/site",
    "an address brings back what was chosen",
)
def address_not_kept() -> str:
    return "globalThis.gradvizPage.storeAddress = () => {};"


@after_script("widgets/site", "a theme that was chosen is kept")
def theme_forgotten() -> str:
    return """
addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector(".theme");
  button.addEventListener("click", () => localStorage.clear());
});
"""


@in_styles("text can be read on its ground")
def pale_text() -> str:
    return "main p { color: #aaa }"


@in_styles("nothing runs off a phone's screen")
def page_wider_than_a_phone() -> str:
    return "main { min-width: 40rem }"


# Security


@in_files(
    "*.html",
    "a page runs the site's own scripts alone",
)
def policy_loosened(html: str) -> str:
    return html.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
