// Attacks made by a script within the page, one after the other, so that what is refused has a name.
// Each does harm that is seen: in the page, which keeps its names, or at the foreign host.
async ([foreign, patience]) => {
  const byId = (id) => document.getElementById(id);
  const fresh = (name, given) => Object.assign(document.createElement(name), given);
  const attacks = {
    innerHTML: (harm) => byId("prey").innerHTML = `<img alt="" src="data:," onerror="${harm}">`,
    insertAdjacentHTML: (harm) =>
      byId("prey").insertAdjacentHTML("beforeend", `<img alt="" src="data:," onerror="${harm}">`),
    onclick: (harm) => { byId("prey").setAttribute("onclick", harm); byId("prey").click(); },
    script: (harm) => document.head.append(fresh("script", { text: harm })),
    eval: (harm) => window.eval(harm),
    Function: (harm) => new Function(harm)(),
    setTimeout: (harm) => setTimeout(harm),
    link: () => byId("link").click(),
    form: () => byId("form").requestSubmit(),
    fetch: () => fetch(`${foreign}fetch`).catch(() => null),
    sendBeacon: () => navigator.sendBeacon(`${foreign}sendBeacon`),
    import: () => import(`${foreign}import`).catch(() => null),
    Image: () => new Image().src = `${foreign}Image`,
    style: () => byId("prey").setAttribute("style", "position: fixed"),
  };
  const told = Object.fromEntries(refused);
  for (const [name, attack] of Object.entries(attacks)) {
    const before = refused.length;
    const answer = new Promise((resolve) => {
      addEventListener("securitypolicyviolation", resolve, { once: true });
      setTimeout(resolve, patience);
    });
    try {
      attack(`harm('${name}')`);
    } catch (error) {
      if (!["TypeError", "EvalError"].includes(error.name)) throw error;
    }
    await answer;
    for (const [, directive] of refused.slice(before)) told[name] = directive;
  }
  const fixed = (id) => getComputedStyle(byId(id)).position === "fixed";
  for (const [name, id] of Object.entries({ style: "prey", styled: "styled", sheet: "ruled" }))
    if (fixed(id)) harm(name);
  if (document.baseURI !== location.href) harm("base");
  return { told, harmed };
}
