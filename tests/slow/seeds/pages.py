"""Faults of the pages: captions, alt texts, tables, links, dates and what goes with them.

Nearly all are seeded into the page once its template has been filled, so it does not
matter which template makes that part of a page, or how.
"""

from slow.seeds.seeding import (
    CONTENT,
    SOURCES_OF_FUNCTIONS,
    WORDS,
    Fault,
    around_call,
    rendered,
    swap_text,
    text,
)

PAIR = r'<figure class="pair".*?<figcaption class="together">'
PAIRS_NOTE = r'<figcaption class="together">.*?</figcaption>'
CARD = r'<li class="card">.*?</li>'
CAPTION = r"<figcaption>.*?</figcaption>"
ALT = r'alt="[^"]*"'
ARROWS = r'<div id="arrows".*?</table>'
NUMBERS = r'<thead><tr><th scope="col">Measure</th>.*?</table>'
RECORD = r'<section class="record".*?</section>'
NEIGHBOURS = r'<nav class="neighbours".*?</nav>'
ERRATA = r'<thead><tr><th scope="col">Erratum</th>.*?</table>'
TIMELINE = r'<svg[^>]*aria-label="Chart of the copies.*?</svg>'
SYMPTOMS = r'<ul class="symptoms".*?</ul>'
HEAD = r"<head>.*?</head>"
TRACE = r'<figure class="trace".*?<figcaption class="together">'
STEPS = r'<thead><tr><th scope="col">Step</th>.*?</table>'
MADE = r'<thead><tr><th scope="col">Point</th><th scope="col">x</th>.*?</table>'
FEED = r"^\s*<\?xml.*<feed"
SITEMAP = r"^\s*<\?xml.*<urlset"
SCRIPT = r'^\s*""".*import matplotlib'
FIELD = r'^"x₀","x₁"'
LINES = r'^"(?!x₀)[^\n]*",?[^\n]*\n-?\d'

CAPTIONS = [
    Fault(
        "longer-shorter",
        "captions",
        "exchanged longer and shorter in captions",
        rendered("swap", one="too long by", other="too short by", within=CAPTION),
    ),
    Fault(
        "longer-shorter-alt",
        "captions",
        "exchanged longer and shorter in alt texts",
        rendered("swap", one="too long by", other="too short by", within=ALT),
    ),
    Fault(
        "zeros-counted-wrong",
        "captions",
        "said in captions how many arrows remain, instead of how many are zero",
        rendered(
            "complement",
            pattern=r"([\d,]+) of ([\d,]+) arrows have length zero",
            within=CAPTION,
        ),
    ),
    Fault(
        "wrong-counted-wrong",
        "captions",
        "said in captions how many arrows are right, instead of wrong",
        rendered(
            "complement",
            pattern=r"([\d,]+) of ([\d,]+) arrows are wrong",
            within=CAPTION,
        ),
    ),
    Fault(
        "dots-counted-wrong",
        "captions",
        "counted one dot too few in alt texts",
        rendered("add", pattern=r"arrows and ([\d,]+) dots", number=-1, within=ALT),
    ),
    Fault(
        "alt-title",
        "captions",
        "named one function in the alt texts of all",
        rendered(
            "replace",
            pattern=r"(Quiver plot of a gradient[^:]*?\()[^():]+(\):)",
            new=r"\1product\2",
            within=ALT,
        ),
    ),
    Fault(
        "alt-of-the-other",
        "captions",
        "gave each picture of a pair the alt text of the other",
        rendered("exchange", pattern=r'<img [^>]*alt="([^"]*)"', within=PAIR),
    ),
    Fault(
        "alt-of-the-other-card",
        "captions",
        "gave each picture of a card the alt text of the other",
        rendered("exchange", pattern=r'<img [^>]*alt="([^"]*)"', within=CARD),
    ),
    Fault(
        "uphill-said-downhill",
        "captions",
        "said of pictures at the same scale, too, that they are drawn downhill",
        rendered(
            "replace",
            pattern=r'(src="[^"]*-(?:correct|buggy)\.svg" alt="[^"]*)"',
            new=r'\1 Drawn as the negative gradient (downhill) at automatic scale."',
        ),
    ),
    Fault(
        "downhill-unsaid",
        "captions",
        "forgot to say of pictures drawn downhill that they are",
        rendered("replace", pattern=r" Drawn as the negative gradient[^.]*\.", new=""),
    ),
    Fault(
        "notes-of-scale",
        "captions",
        "exchanged what is said of the same scale and of the script's",
        rendered(
            "swap",
            one="Both on one scale, set by the correct arrows.",
            other="As the script draws it: downhill, each plot at its own scale.",
            within=PAIRS_NOTE,
        ),
    ),
    Fault(
        "angle-unit",
        "captions",
        "gave angles in captions the unit radian",
        rendered("replace", pattern="°", new=" rad", within=CAPTION),
    ),
    Fault(
        "captions-swapped",
        "captions",
        "put each caption of a pair below the other picture",
        rendered("exchange", pattern=r"<figcaption>(.*?)</figcaption>", within=PAIR),
    ),
    Fault(
        "drawn-captions-swapped",
        "captions",
        "exchanged what is said of two pictures that a page itself draws",
        rendered(
            "exchange",
            pattern=r"<figcaption>([^<]*?) <a href=\"[^\"]*\.csv",
            within=r'<div class="pictures">.*?</div>',
        ),
    ),
    Fault(
        "curve-ends",
        "captions",
        "exchanged the left and the right end in alt texts of line plots",
        rendered("swap", one="at the left", other="at the right", within=ALT),
    ),
    Fault(
        "curve-axes",
        "captions",
        "exchanged the axes in alt texts of line plots",
        rendered(
            "replace",
            pattern=r"(Line plot of )(.*?)(, on an? \w+ scale, against )(.*?)(, on)",
            new=r"\1\4\3\2\5",
            within=ALT,
        ),
    ),
    Fault(
        "inward-outward",
        "captions",
        "exchanged arrows towards the middle and the others in alt texts",
        rendered(
            "swap", one="Towards the middle", other="Away from it", within=SYMPTOMS
        ),
    ),
    Fault(
        "all-inward",
        "captions",
        "exchanged fields of which all arrows point inward or outward in alt texts",
        rendered(
            "swap",
            one="point towards the middle",
            other="point away from the middle",
            within=SYMPTOMS,
        ),
    ),
    Fault(
        "specks-somewhere-else",
        "captions",
        "said of specks in the middle that they stand along a line, and the other way round",
        rendered(
            "swap",
            one="specks in the middle",
            other="specks along a horizontal line through the middle",
            within=SYMPTOMS,
        ),
    ),
    Fault(
        "verdict-names",
        "captions",
        "exchanged the names of two verdicts",
        rendered("swap", one="scaled</b>", other="plausible</b>"),
    ),
    Fault(
        "verdict-meanings",
        "captions",
        "exchanged the meanings of two verdicts",
        rendered(
            "swap",
            one="Most arrows have length zero. All that remains is a few single arrows",
            other="Every arrow has length zero or is not a number",
            within=r'<p class="outcome">.*?</p>',
        ),
    ),
    Fault(
        "longest-off",
        "captions",
        "typed a 1 in front of the length of the longest arrow",
        rendered("replace", pattern=r"(The longest is )(\d)", new=r"\g<1>1\2"),
    ),
]

TEMPLATES_OF_PAIRS = [
    Fault(
        "label-swapped",
        "templates",
        "put the label of each picture of a pair over the other",
        rendered("exchange", pattern=r'<p class="label">(.*?)</p>', within=PAIR),
    ),
    Fault(
        "card-label-swapped",
        "templates",
        "put the mark of each picture of a card on the other",
        rendered("exchange", pattern=r'<span class="mark"[^>]*>(.*?)<', within=CARD),
    ),
    Fault(
        "marks-swapped",
        "templates",
        "exchanged the tick and the cross",
        rendered("swap", one="✓", other="✗", within=PAIR),
    ),
    Fault(
        "call-swapped",
        "templates",
        "put the call of each picture of a pair over the other",
        rendered("exchange", pattern=r'<code class="call">(.*?)</code>', within=PAIR),
    ),
    Fault(
        "picture-swapped",
        "templates",
        "showed each picture of a pair in the place of the other",
        rendered("exchange", pattern=r'<img src="([^"]+)"', within=PAIR),
    ),
    Fault(
        "picture-swapped-card",
        "templates",
        "showed each picture of a card in the place of the other",
        rendered("exchange", pattern=r'<img src="([^"]+)"', within=CARD),
    ),
    Fault(
        "scale-of-the-other",
        "templates",
        "showed the pictures at the script's scale under the heading of the same scale",
        rendered(
            "swap",
            one=".svg",
            other="-autoscale.svg",
            within=r'<section class="same".*?</section>',
        ),
    ),
    Fault(
        "picture-link-swapped",
        "templates",
        "let each picture of a pair lead to the file of the other",
        rendered("exchange", pattern=r'<a href="([^"]+?\.svg)"', within=PAIR),
    ),
    Fault(
        "card-at-the-other-scale",
        "templates",
        "showed on each card the pictures that the script draws",
        rendered(
            "replace",
            pattern=r'(src="[^"]*)\.svg"',
            new=r'\1-autoscale.svg"',
            within=CARD,
        ),
    ),
    Fault(
        "card-of-the-next",
        "templates",
        "gave each card of a function the pictures of the one before it",
        rendered(
            "rotate",
            pattern=r'<div class="pictures">(.*?)</div>\s*(?=<p)',
            within=r'<ul class="cards">.*?</ul>',
        ),
    ),
    Fault(
        "card-number",
        "templates",
        "gave each card of a function the number of the one before it",
        rendered(
            "rotate",
            pattern=r"<p><b>(.*?)</b></p>",
            within=r'<ul class="cards">.*?</ul>',
        ),
    ),
    Fault(
        "card-verdict",
        "templates",
        "put the cards of each verdict under the next",
        rendered("rotate", pattern=r'<ul class="cards">(.*?)</ul>'),
    ),
    Fault(
        "functions-link",
        "templates",
        "let each card lead to the function of another",
        rendered(
            "exchange",
            pattern=r'<h3><a href="([^"]+)"',
            within=r'<ul class="cards">.*?</ul>',
        ),
    ),
    Fault(
        "drawn-label-swapped",
        "templates",
        "exchanged the labels of two pictures that a page itself draws",
        rendered(
            "exchange",
            pattern=r'<p class="label">.*?<span>([^<]*(?:<code>.*?</code>)?.*?)</span>',
            within=r'<div class="pictures">\s*<figure class="picture[^"]*">'
            r'(?:(?!class="call").)*?</div>',
        ),
    ),
    Fault(
        "drawn-csv",
        "templates",
        "let the numbers of a picture lead to those of the other",
        rendered(
            "exchange",
            pattern=r'<a href="([^"]+\.csv)"',
            within=r'<div class="pictures">.*?</div>',
        ),
    ),
    Fault(
        "symptom-picture",
        "templates",
        "showed the picture of another symptom",
        rendered("exchange", pattern=r'<img src="([^"]+)"', within=SYMPTOMS),
    ),
    Fault(
        "symptom-link",
        "templates",
        "let a symptom lead to another",
        rendered("exchange", pattern=r'<li><a href="([^"]+)"', within=SYMPTOMS),
    ),
]

TABLES = [
    Fault(
        "numbers-heads",
        "tables",
        "exchanged the heads of the two layouts over the measurements",
        rendered(
            "swap",
            one="With both .T",
            other="Without .T",
            within=r'<thead><tr><th scope="col">Measure</th>.*?</thead>',
        ),
    ),
    Fault(
        "numbers-cells",
        "tables",
        "exchanged the cells of one measurement",
        rendered(
            "exchange",
            pattern=r"<td>(.*?)</td>",
            within=r'<tr><th scope="row">Wrong arrows</th>.*?</tr>',
        ),
    ),
    Fault(
        "numbers-names",
        "tables",
        "exchanged the names of two measurements",
        rendered(
            "swap",
            one="Wrong arrows",
            other="Arrows of nonzero length, however small",
            within=NUMBERS,
        ),
    ),
    Fault(
        "arrows-heads",
        "tables",
        "exchanged the heads of the two slopes over all arrows",
        rendered(
            "swap",
            one="∂f/∂x₀",
            other="∂f/∂x₁",
            within=ARROWS.replace("table", "thead"),
        ),
    ),
    Fault(
        "arrows-cells",
        "tables",
        "wrote the slopes of each arrow the wrong way round",
        rendered(
            "exchange",
            pattern=r"<td>(.*?)</td>",
            within=ARROWS,
        ),
    ),
    Fault(
        "arrows-groups",
        "tables",
        "exchanged the heads of the two layouts over all arrows",
        rendered("swap", one="With both .T", other="Without .T", within=ARROWS),
    ),
    Fault(
        "arrows-unsigned",
        "tables",
        "lost the minus of the slopes of all arrows",
        rendered("replace", pattern="<td>−", new="<td>", within=ARROWS),
    ),
    Fault(
        "arrows-rows",
        "tables",
        "wrote each arrow in the row of the next point",
        rendered(
            "rotate",
            pattern=r'<tr><th scope="row">(\[[^<]*)</th>',
            within=ARROWS,
        ),
    ),
    Fault(
        "errata-heads",
        "tables",
        "exchanged the heads of two fields over the errata",
        rendered(
            "swap",
            one="Kind",
            other="Severity",
            within=r'<thead><tr><th scope="col">Erratum.*?</thead>',
        ),
    ),
    Fault(
        "errata-cells",
        "tables",
        "wrote the fields of an erratum in another order than their heads",
        rendered(
            "exchange", pattern=r'<td data-field="[^"]*">(.*?)</td>', within=ERRATA
        ),
    ),
    Fault(
        "errata-links",
        "tables",
        "let an erratum in the list lead to another",
        rendered(
            "exchange", pattern=r'<th scope="row"><a href="([^"]+)"', within=ERRATA
        ),
    ),
    Fault(
        "errata-count",
        "tables",
        "counted one erratum too many",
        rendered("add", pattern=r"It has (\d+) entries", number=1),
    ),
    Fault(
        "wrong-results-count",
        "tables",
        "said of all errata that they report a wrong result",
        rendered(
            "replace",
            pattern=r"(It has (\d+) entries[^.]*\. )\w+( of them report)",
            new=r"\1\2\3",
        ),
    ),
    Fault(
        "functions-count",
        "tables",
        "counted one function too few",
        rendered("add", pattern=r"Here are (\d+) functions", number=-1),
    ),
    Fault(
        "facts-grid",
        "tables",
        "gave the end of the grid as its last point",
        rendered("replace", pattern=r"points, −2 to 2\.25", new="points, −2 to 2.5"),
    ),
    Fault(
        "facts-gradient",
        "tables",
        "exchanged the two partial derivatives of a function",
        rendered(
            "exchange",
            pattern=r"= <code>(.*?)</code>",
            within=r"<dt>Gradient</dt>.*?</ul>",
        ),
    ),
    Fault(
        "record-labels",
        "tables",
        "wrote two fields of a record under each other's label",
        rendered("swap", one="<dt>Kind<", other="<dt>Severity<", within=RECORD),
    ),
    Fault(
        "record-change",
        "tables",
        "exchanged the line in question and the one instead",
        rendered(
            "exchange",
            pattern=r"<dd>(.*?)</dd>",
            within=r'<dl class="change">.*?</dl>',
        ),
    ),
    Fault(
        "record-dates",
        "tables",
        "exchanged when a mistake came and when it went",
        rendered(
            "exchange",
            pattern=r"<dt>(?:Introduced|Fixed)</dt><dd>(<time.*?</time>)",
            within=RECORD,
        ),
    ),
    Fault(
        "record-reporters",
        "tables",
        "exchanged the days of two reports",
        rendered(
            "exchange",
            pattern=r"<li>.*?(<time.*?</time>)",
            within=r"<dt>Reported by</dt>.*?</ul>",
        ),
    ),
]

LINKS = [
    Fault(
        "downloads-kind",
        "links",
        "let SVG lead to the PNG, and PNG to the SVG",
        rendered(
            "exchange",
            pattern=r'<a href="([^"]+\.(?:svg|png))"[^>]*>(?:SVG|PNG)<',
            within=r'<ul class="downloads">.*?</ul>',
        ),
    ),
    Fault(
        "downloads-layout",
        "links",
        "exchanged the names of two pictures to take away",
        rendered(
            "swap",
            one="<li>With both .T, same",
            other="<li>Without .T, same",
            within=r'<ul class="downloads">.*?</ul>',
        ),
    ),
    Fault(
        "downloads-script",
        "links",
        "let the script of every function lead to that of one",
        rendered(
            "replace",
            pattern=r'(downloads/)\w+(\.py")',
            new=r"\1product\2",
            within=r'<ul class="downloads">.*?</ul>',
        ),
    ),
    Fault(
        "playground-link",
        "links",
        "let every function open the playground with the same one",
        rendered(
            "replace",
            pattern=r'(<a href="[^"]*playground/[^"#]*#f=)[^"&]*("|&)',
            new=r"\1np.sum%28x%2A%2A2%29\2",
        ),
    ),
    Fault(
        "playground-link-grid",
        "links",
        "left the grid of a function out of its link to the playground",
        rendered("replace", pattern=r'(#f=[^"&]*)&amp;start=[^"]*', new=r"\1"),
    ),
    Fault(
        "neighbours-swapped",
        "links",
        "let Previous lead to the next page, and Next to the previous one",
        rendered("exchange", pattern=r'href="([^"]+)"', within=NEIGHBOURS),
    ),
    Fault(
        "neighbours-titles",
        "links",
        "wrote the title of the next page beside Previous",
        rendered("exchange", pattern=r"</span> (.*?)</a>", within=NEIGHBOURS),
    ),
    Fault(
        "step-count",
        "links",
        "counted the steps of the tutorial from two on",
        rendered("add", pattern=r"Tutorial</a> · Step (\d+) of", number=1),
    ),
    Fault(
        "menu",
        "links",
        "exchanged where two entries of the menu lead",
        rendered(
            "exchange",
            pattern=r'<li><a href="([^"]+)"',
            within=r'<nav aria-label="Sections">.*?</nav>',
        ),
    ),
    Fault(
        "menu-current",
        "links",
        "marked the wrong entry of the menu as the current one",
        rendered(
            "rotate",
            pattern=r'<li><a href="[^"]*"((?: aria-current="\w+")?)',
            within=r'<nav aria-label="Sections">.*?</nav>',
        ),
    ),
    Fault(
        "contents",
        "links",
        "let two entries of the list of contents lead to each other's section",
        rendered(
            "exchange",
            pattern=r'<li><a href="#([^"]+)"',
            within=r'<nav class="contents.*?</nav>',
        ),
    ),
    Fault(
        "card-of-another",
        "links",
        "named the card of the home page for every page",
        rendered(
            "replace",
            pattern=r"/cards/[^\"]*\.png",
            new="/cards/index.png",
            within=HEAD,
        ),
    ),
    Fault(
        "canonical",
        "links",
        "gave the address of the folder above for that of every page",
        rendered(
            "replace",
            pattern=r'(<link rel="canonical" href="https://[^"]*/)[^"/]+/"',
            new=r'\1"',
        ),
    ),
    Fault(
        "relative-links",
        "links",
        "left out one level of the way from a page to another",
        around_call(
            "relpath",
            """
            way = call(*args, **named)
            return way[3:] if way.startswith("../../") else way
            """,
        ),
    ),
    Fault(
        "copies-links",
        "links",
        "let each copy of the code lead to another",
        rendered(
            "exchange",
            pattern=r'<a href="(https://github\.com/[^"]*#L\d+)"',
            within=r'<h3 id="copies">.*?</ul>',
        ),
    ),
]

DATES = [
    Fault(
        "months",
        "dates",
        "counted months from zero",
        rendered("next_month"),
    ),
    Fault(
        "days",
        "dates",
        "named the day after each date",
        rendered("add", pattern=r"<time[^>]*>(\d+) ", number=1),
    ),
    Fault(
        "machine-dates",
        "dates",
        "gave programs the day before each date",
        rendered("add", pattern=r'<time datetime="\d{4}-\d\d-([12]\d)"', number=-1),
    ),
    Fault(
        "days-between",
        "dates",
        "counted both the first and the last day",
        rendered("add", pattern=r"That is ([\d,]+) days", number=1),
    ),
    Fault(
        "travel-days",
        "dates",
        "counted the days to the fix from another event",
        rendered("add", pattern=r"repository for ([\d,]+) days", number=-118),
    ),
    Fault(
        "travel-groups",
        "dates",
        "exchanged the words over two groups of the timeline",
        rendered(
            "swap",
            one=">before the fix<",
            other=">with the history of<",
            within=TIMELINE,
        ),
    ),
    Fault(
        "travel-rings",
        "dates",
        "drew copies with the newer call below the line of the book",
        rendered("replace", pattern=r' cy="-', new=' cy="', within=TIMELINE),
    ),
    Fault(
        "travel-counts",
        "dates",
        "exchanged how many copies of the timeline have the older and the newer call",
        rendered("exchange", pattern=r">\S (\d+) (?:older|newer)<", within=TIMELINE),
    ),
    Fault(
        "travel-years",
        "dates",
        "wrote each year of the timeline one line too late",
        rendered(
            "rotate",
            pattern=r'text-anchor="middle">(\d{4})<',
            within=TIMELINE,
        ),
    ),
    Fault(
        "travel-rows",
        "dates",
        "gave each copy in the table the last change of another",
        rendered(
            "rotate",
            pattern=r"</time></td>\n<td><time[^>]*>([^<]*)<",
            within=r'<h2 id="the-copies-that-were-read">.*?</table>',
        ),
    ),
    Fault(
        "cited-year",
        "dates",
        "gave the year after in the entry for a list of references",
        rendered(
            "replace",
            pattern=r"year = \{2026\}",
            new="year = {2027}",
            within=r"@misc.*?<",
        ),
    ),
    Fault(
        "cited-title",
        "dates",
        "cited every erratum under the name of the site",
        rendered(
            "replace",
            pattern=r"(  title = \{\{)[^}]*",
            new=r"\1Errata",
            within=r"@misc.*?<",
        ),
    ),
    Fault(
        "catalogue-dates",
        "dates",
        "exchanged when a page was published and changed, for catalogues",
        rendered(
            "swap",
            one='"datePublished"',
            other='"dateModified"',
            within=r'<script type="application/ld\+json">.*?"about"',
        ),
    ),
    Fault(
        "catalogue-texts",
        "dates",
        "exchanged the line in question and the one instead, for catalogues",
        rendered(
            "exchange",
            pattern=r'"text": ("[^\n]*")',
            within=r'<script type="application/ld\+json">.*?</script>',
        ),
    ),
]

MATHS = [
    Fault(
        "formula-index",
        "maths",
        "wrote x with the index 0 where 1 is meant",
        rendered(
            "replace",
            pattern=r"(<msub><mi>x</mi><mn>)1(</mn></msub>)",
            new=r"\g<1>0\2",
            within=r'<div class="formula".*?</div>',
        ),
    ),
    Fault(
        "formula-minus",
        "maths",
        "wrote plus for minus in formulas",
        rendered(
            "replace",
            pattern="<mo>−</mo>",
            new="<mo>+</mo>",
            within=r'<div class="formula".*?</div>',
        ),
    ),
    Fault(
        "formula-of-another",
        "maths",
        "copied the formula of a function from the table above it",
        text(
            r"(\[saddle\][^\[]*tex = )\"[^\"]*\"",
            r'\1"x_0^2 + x_1^2"',
            SOURCES_OF_FUNCTIONS,
        ),
    ),
    Fault(
        "formula-product",
        "maths",
        "wrote a sum where a product is meant",
        text(r"(tex = ')\\prod_i x_i'", r"\1\\sum_i x_i'", SOURCES_OF_FUNCTIONS),
    ),
    Fault(
        "spelling-of-another",
        "maths",
        "typed a wrong coefficient into a function and its gradient alike",
        text(
            r'spelling = "x\[0\] \+ 2 \* x\[1\]"(\s+gradient = \["1", )"2"',
            r'spelling = "x[0] + 3 * x[1]"\1"3"',
            SOURCES_OF_FUNCTIONS,
        ),
    ),
    Fault(
        "formula-fraction",
        "maths",
        "turned fractions of formulas over",
        rendered(
            "replace",
            pattern=r"<mfrac>(<mn>\d+</mn>)(<mn>\d+</mn>|<mi>\w+</mi>)</mfrac>",
            new=r"<mfrac>\2\1</mfrac>",
            within=r'<div class="formula".*?</div>',
        ),
    ),
]

SPEED = [
    Fault(
        "speed-inverse",
        "speed",
        "turned the ratios to bare calls over",
        text(r"\(1 / (row\[name\]\[bare\]\.ratio)\)", r"(\1)", CONTENT),
    ),
    Fault(
        "speed-unit",
        "speed",
        "gave milliseconds as microseconds",
        text(r"\(seconds \* 1e3\)", "(seconds * 1e6)", CONTENT),
    ),
    Fault(
        "speed-stages",
        "speed",
        "exchanged the heads of two stages of a build",
        swap_text("From nothing", "Nothing changed", CONTENT, having="benchmarks"),
    ),
    Fault(
        "speed-winners",
        "speed",
        "counted the cases of one peer as those of another",
        text(r'summary\["JAX"\]\.faster', 'summary["naive NumPy"].faster', CONTENT),
    ),
    Fault(
        "speed-bold",
        "speed",
        "set in bold where a method is slower",
        text(r"ratio < 1 \}\}", "ratio > 1 }}", CONTENT, times=2),
    ),
    Fault(
        "speed-places",
        "speed",
        "showed the errors at random points as those on the grid",
        text(r"benchmarks\.errors\[place\]", "benchmarks.errors.random", CONTENT),
    ),
    Fault(
        "speed-peers",
        "speed",
        "wrote the rows of two peers under each other's name",
        rendered("swap", one="<td>SciPy</td>", other="<td>numdifftools</td>"),
    ),
]

EXPORTS = [
    Fault(
        "json-layouts",
        "exports",
        "wrote each layout under the name of the other into functions.json",
        around_call(
            "dumps",
            """
            record = args[0]
            for each in record.get("functions", []) if isinstance(record, dict) else []:
                layouts = each["layouts"]
                each["layouts"] = {"rows": layouts["columns"], "columns": layouts["rows"]}
            return call(record, *args[1:], **named)
            """,
            times=None,
        ),
    ),
    Fault(
        "json-figures",
        "exports",
        "wrote wrong arrows as those with a length into functions.json",
        around_call(
            "dumps",
            """
            record = args[0]
            for each in record.get("functions", []) if isinstance(record, dict) else []:
                for figures in each["layouts"].values():
                    nonzero, wrong = figures["nonzero"], figures["wrong"]
                    figures |= {"nonzero": wrong, "wrong": nonzero}
            return call(record, *args[1:], **named)
            """,
            times=None,
        ),
    ),
    Fault(
        "json-gradient",
        "exports",
        "wrote the partial derivatives the wrong way round into functions.json",
        around_call(
            "dumps",
            """
            record = args[0]
            for each in record.get("functions", []) if isinstance(record, dict) else []:
                each["gradient"] = each["gradient"][::-1]
            return call(record, *args[1:], **named)
            """,
            times=None,
        ),
    ),
    Fault(
        "json-grids",
        "exports",
        "left grids of their own out of functions.json",
        around_call(
            "dumps",
            """
            record = args[0]
            for each in record.get("functions", []) if isinstance(record, dict) else []:
                each.pop("grid", None)
            return call(record, *args[1:], **named)
            """,
            times=None,
        ),
    ),
    Fault(
        "json-errata",
        "exports",
        "exchanged the line in question and the one instead in errata.json",
        around_call(
            "dumps",
            """
            record = args[0]
            for each in record.get("errata", []) if isinstance(record, dict) else []:
                wrong, right = each.get("wrong"), each.get("right")
                each |= {"wrong": right, "right": wrong}
            return call(record, *args[1:], **named)
            """,
            times=None,
        ),
    ),
    Fault(
        "json-addresses",
        "exports",
        "gave each erratum in errata.json the address of the one before it",
        around_call(
            "dumps",
            """
            record = args[0]
            errata = record.get("errata", []) if isinstance(record, dict) else []
            urls = [each["url"] for each in errata]
            for each, url in zip(errata, urls[-1:] + urls[:-1]):
                each["url"] = url
            return call(record, *args[1:], **named)
            """,
            times=None,
        ),
    ),
    Fault(
        "csv-cells",
        "exports",
        "wrote the parts of arrows the wrong way round into CSV",
        rendered("swap_cells", sign=FIELD, first=2, second=3, head='"x₀"'),
    ),
    Fault(
        "csv-places",
        "exports",
        "wrote the places of arrows the wrong way round into CSV",
        rendered("swap_cells", sign=FIELD, first=0, second=1, head='"x₀"'),
    ),
    Fault(
        "csv-unsigned",
        "exports",
        "lost the minus of the parts of arrows in CSV",
        rendered(
            "replace",
            sign=FIELD,
            pattern=r"(?m)^([^,\n]*,[^,\n]*),-?([^,\n]*),-?",
            new=r"\1,\2,",
        ),
    ),
    Fault(
        "csv-names",
        "exports",
        "exchanged the names of two lines in CSV",
        rendered(
            "replace",
            sign=LINES,
            pattern=r'^("[^"\n]*"),("[^"\n]*"),("[^"\n]*")',
            new=r"\1,\3,\2",
        ),
    ),
    Fault(
        "feed-titles",
        "exports",
        "gave two entries of the feed each other's title",
        rendered("rotate", sign=FEED, pattern=r"<entry>.*?<title>(.*?)</title>"),
    ),
    Fault(
        "feed-dates",
        "exports",
        "gave every entry of the feed the day of the newest",
        rendered(
            "replace",
            sign=FEED,
            pattern=r"(<entry>.*?<updated>)[^<]*",
            new=r"\g<1>2026-11-26T00:00:00Z",
        ),
    ),
    Fault(
        "feed-links",
        "exports",
        "let entries of the feed lead to the page of another",
        rendered("rotate", sign=FEED, pattern=r'<entry>.*?<link [^>]*href="([^"]*)"'),
    ),
    Fault(
        "feed-changes",
        "exports",
        "left the corrections of the site out of the feed",
        rendered(
            "replace",
            sign=FEED,
            pattern=r"<entry>\s*<id>[^<]*#corrections-.*?</entry>\s*",
            new="",
        ),
    ),
    Fault(
        "sitemap",
        "exports",
        "left the functions out of the map of the site",
        rendered(
            "replace",
            sign=SITEMAP,
            pattern=r"<url><loc>[^<]*/functions/\w+/</loc>.*?</url>\s*",
            new="",
        ),
    ),
    Fault(
        "sitemap-missing-page",
        "exports",
        "put the page for what is not found into the map of the site",
        rendered(
            "replace",
            sign=SITEMAP,
            pattern=r"(<url><loc>)([^<]*/)(about/)",
            new=r"\1\g<2>404.html</loc></url>\n\1\2\3",
        ),
    ),
]

SCRIPT_TO_TAKE_AWAY = [
    Fault(
        "script-titles",
        "script",
        "exchanged the titles of the plots in the script to take away",
        rendered("swap", sign=SCRIPT, one='"With both .T"', other='"Without .T"'),
    ),
    Fault(
        "script-step",
        "script",
        "typed another step into the script to take away",
        rendered("replace", sign=SCRIPT, pattern=r"\bh=[\d.e-]+", new="h=0.01"),
    ),
    Fault(
        "script-grid",
        "script",
        "gave every script to take away the default grid",
        rendered(
            "replace",
            sign=SCRIPT,
            pattern=r"np\.arange\([^)]*?(, dtype=float)?\)",
            new=r"np.arange(-2, 2.5, 0.25, dtype=float)",
        ),
    ),
    Fault(
        "script-sign",
        "script",
        "let the script to take away draw downhill",
        rendered("replace", sign=SCRIPT, pattern=r"\*field\[", new="*-field["),
    ),
    Fault(
        "script-scale",
        "script",
        "let the script to take away draw each plot at its own scale",
        rendered("replace", sign=SCRIPT, pattern=r"scale=width_of_axes, ", new=""),
    ),
    Fault(
        "script-axes",
        "script",
        "exchanged the labels of the axes in the script to take away",
        rendered("swap", sign=SCRIPT, one='"x₀"', other='"x₁"'),
    ),
    Fault(
        "script-function",
        "script",
        "put one function into all scripts to take away",
        rendered(
            "replace",
            sign=SCRIPT,
            pattern=r"(def f\(x\):.*?return )[^\n]*",
            new=r"\1np.sum(x**2)",
        ),
    ),
    Fault(
        "script-calls",
        "script",
        "called the routine with both .T twice in the script to take away",
        rendered(
            "replace",
            sign=SCRIPT,
            pattern=r"(numerical_gradient\(f, np\.array\(\[X, Y\]\))\)\n",
            new=r"\1.T).T\n",
        ),
    ),
    Fault(
        "script-dots",
        "script",
        "left the dots out of the script to take away",
        rendered("replace", sign=SCRIPT, pattern=r"\n *axes\.plot\([^\n]*", new=""),
    ),
]

TRACES = [
    Fault(
        "trace-count",
        "trace",
        "counted the steps of the trace from two on",
        rendered("add", pattern=r"Step (\d+) of 12:", number=1),
    ),
    Fault(
        "trace-captions",
        "trace",
        "put what is said of a frame of the trace below another",
        rendered(
            "rotate",
            pattern=r"<figcaption>(.*?)</figcaption>",
            within=r'<div class="strip">.*?<details>',
        ),
    ),
    Fault(
        "trace-row",
        "trace",
        "framed the row of the array that f does not get",
        rendered("swap", one='class="row hand"', other='class="row"', within=TRACE),
    ),
    Fault(
        "trace-read",
        "trace",
        "underlined the numbers next to those that f reads",
        rendered(
            "rotate",
            pattern=r'class="cell[^"]*?((?: read)?)"',
            within=r'<div class="row.*?</div>',
        ),
    ),
    Fault(
        "trace-right",
        "trace",
        "said of wrong slopes that they are as they should be",
        rendered(
            "replace",
            pattern=r"(gives the slope [^<.]*?)\. It should be [^<\s]+",
            new=r"\1, as it should be.",
        ),
    ),
    Fault(
        "trace-unchanged",
        "trace",
        "said of slopes that are zero that moving changes them",
        rendered(
            "replace",
            pattern=r"changes nothing: the slope is 0",
            new="gives the slope 1",
        ),
    ),
    Fault(
        "trace-heads",
        "trace",
        "exchanged f(x + h) and f(x − h) over the steps of the trace",
        rendered(
            "swap",
            one="f(x + h)",
            other="f(x − h)",
            within=STEPS.replace("table", "thead"),
        ),
    ),
    Fault(
        "trace-values",
        "trace",
        "exchanged f(x + h) and f(x − h) in the frames of the trace",
        rendered(
            "exchange",
            pattern=r"<dd[^>]*>([^<]* = [^<]*)</dd>",
            within=r"<dt>f\(x \+ h\)</dt>.*?<dt>slope",
        ),
    ),
    Fault(
        "trace-exact",
        "trace",
        "exchanged the arrow and the correct arrow in the table of the trace",
        rendered(
            "swap",
            one='<th scope="col">Arrow<',
            other='<th scope="col">Correct arrow<',
            within=MADE,
        ),
    ),
    Fault(
        "trace-layouts",
        "trace",
        "exchanged the names of the two calls of the trace",
        rendered(
            "exchange",
            pattern=r'name="layout" value="(\w+)"',
        ),
    ),
    Fault(
        "trace-arrows",
        "trace",
        "drew the arrows of the trace upside down",
        rendered(
            "replace",
            pattern=r'(class="full"[^>]*d="M[\d.]+ [\d.]+l-?[\d.]+ )-([\d.]+)m',
            new=r"\1\2m",
            within=TRACE,
        ),
    ),
    Fault(
        "trace-places",
        "trace",
        "named the cells of the trace by column and row",
        rendered(
            "replace",
            pattern=r"Row (\d+), entry (\d+):",
            new=r"Row \2, entry \1:",
        ),
    ),
    Fault(
        "trace-end",
        "trace",
        "counted the arrows that are zero as those that are right",
        rendered(
            "add", pattern=r"No arrow is right, and (\d+) have length zero", number=2
        ),
    ),
]

HOME_AND_COMPARER = [
    Fault(
        "comparer-scales",
        "comparer",
        "exchanged the values of the two scales to choose from",
        rendered("exchange", pattern=r'name="scale" value="(\w+)"'),
    ),
    Fault(
        "comparer-views",
        "comparer",
        "exchanged the values of two views to choose from",
        rendered(
            "swap", one='name="view" value="swipe"', other='name="view" value="blend"'
        ),
    ),
    Fault(
        "comparer-equal",
        "comparer",
        "said of equal pictures that they differ, and the other way round",
        rendered(
            "swap",
            one="Nothing remains: the two pictures are equal.",
            other="What stands out is in one of the two pictures only: blue in the one with both"
            " .T, orange in the one without. Where both have ink, nothing is left.",
        ),
    ),
    Fault(
        "home-functions",
        "home",
        "let the home page show one function where another is chosen",
        rendered("rotate", pattern=r'name="function" value="(\w+)"'),
    ),
    Fault(
        "home-pairs",
        "home",
        "put another function's pictures below the first choice",
        rendered("exchange", pattern=r'<figure class="pair" data-function="(\w+)"'),
    ),
    Fault(
        "filter-fields",
        "filter",
        "filtered the errata by kind where severity is chosen",
        rendered(
            "swap",
            one="data-kind",
            other="data-severity",
            within=r"<tr data-[^>]*>",
        ),
    ),
    Fault(
        "filter-values",
        "filter",
        "left the last value of each field out of the choices",
        rendered(
            "replace",
            pattern=r"<option[^>]*>[^<]*</option></select>",
            new="</select>",
            within=r'<form class="filters".*?</form>',
        ),
    ),
    Fault(
        "filter-labels",
        "filter",
        "exchanged the labels of two fields to filter by",
        rendered(
            "exchange",
            pattern=r"<label>(\w+) <select",
            within=r'<form class="filters".*?</form>',
        ),
    ),
]

WORDING = [
    Fault(
        "both-and-none",
        "words",
        "exchanged the names of the two calls",
        swap_text('"With both .T"', '"Without .T"', WORDS),
    ),
    Fault(
        "bracket-words",
        "words",
        "asked for the wrong closing bracket in the playground",
        text(r"a closing \]", "a closing )", WORDS),
    ),
]

PAGES = [
    *CAPTIONS,
    *TEMPLATES_OF_PAIRS,
    *TABLES,
    *LINKS,
    *DATES,
    *MATHS,
    *SPEED,
    *EXPORTS,
    *SCRIPT_TO_TAKE_AWAY,
    *TRACES,
    *HOME_AND_COMPARER,
    *WORDING,
]
