/* Window: how a script shows its field, as far as that decides where the arrows are.
   Only the page that draws the same field asks for it. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { number } = scripts;

  const LIMITS = { xlim: 0, set_xlim: 0, ylim: 1, set_ylim: 1 };

  // Keywords of quiver, and of matplotlib's figure, that leave all arrows where they are.
  const HARMLESS = ["angles", "color", "alpha", "label", "zorder", "num"];

  // Calls that give the axes, or their limits, other values than those read here.
  const UNREAD = [
    "axis",
    "set_aspect",
    "margins",
    "xscale",
    "yscale",
    "set_xscale",
    "set_yscale",
    "subplot",
    "add_subplot",
    "add_axes",
    "axes",
    "subplots_adjust",
    "tight_layout",
    "plot",
    "scatter",
    "contour",
    "contourf",
    "imshow",
    "pcolormesh",
    "plot_surface",
    "invert_xaxis",
    "invert_yaxis",
    "use",
    "rc",
    "update",
  ];

  /** The `limits` of both axes, null where matplotlib chooses them; the `angles` of the arrows,
      "xy" or "uv"; and whether that is all there is to know (`isWhole`). */
  function windowOf(nodes, quivers) {
    const limits = [null, null];
    let isWhole = quivers.length === 1;
    for (const node of nodes) {
      if (node.type !== "Call") continue;
      const name = node.func.attr ?? node.func.id;
      if (name in LIMITS) {
        const ends = endsOf(node);
        limits[LIMITS[name]] = ends;
        isWhole &&= ends !== null;
      }
      isWhole &&= !UNREAD.includes(name) && !changesFigure(node, name);
    }
    const angles = quivers.length ? anglesOf(quivers[0].node) : null;
    return { limits, angles, isWhole: isWhole && angles !== null };
  }

  /** Both ends of `xlim([-2, 2])` or `xlim(-2, 2)`; null if they are not plain numbers. */
  function endsOf({ args, keywords }) {
    const [first] = args;
    const isList = first?.type === "List" || first?.type === "Tuple";
    const ends = (isList ? first.elts : args).map(number);
    const arePlain = ends.length === 2 && !ends.includes(null) && !keywords.length;
    return arePlain && ends[0] < ends[1] ? ends : null;
  }

  function changesFigure({ args, keywords }, name) {
    const isOther = ({ arg }) => !HARMLESS.includes(arg);
    if (name === "quiver") return keywords.some(isOther);
    if (name === "figure") return keywords.some(isOther);
    return name === "subplots" && (args.length > 0 || keywords.length > 0);
  }

  /** How quiver is told to turn its arrows: by the axes, or by the screen. */
  function anglesOf({ keywords }) {
    const angles = keywords.find(({ arg }) => arg === "angles");
    if (!angles) return "uv"; // the default of matplotlib
    const { type, value } = angles.value;
    return type === "Constant" && ["xy", "uv"].includes(value) ? value : null;
  }

  Object.assign(scripts, { windowOf });
}
