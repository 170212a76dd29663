/* The page: switches, months, the sentence, figures by unit, two languages. Every word and number is set as text. */
(function () {
  const data = JSON.parse(document.getElementById("living-data").textContent);
  const MONTHS = 12, SMALL = 0.0005, ROOM_ABOVE = 1.28, WHOLE_FROM = 0.0995, LEAST = 0.0005;
  const languages = Object.fromEntries(data.languages.map((each) => [each.code, each]));
  const at = (id) => document.getElementById(id);
  const kept = new Map();
  // Where a number cannot be read nothing is shown, rather than what it could have been.
  window.addEventListener("error", () => at("sentence").replaceChildren(words.fixed.damaged));
  let words = languages[data.language], month = data.month - 1, state = data.switches.map(() => true);

  const reckoned = reckoner(data, at("living-numbers").textContent);

  function element(name, className, text) {
    const one = document.createElement(name);
    if (className) one.className = className;
    if (text !== undefined) one.textContent = text;
    return one;
  }

  /* ---- numbers in words ------------------------------------------------------------------------------------------ */

  const NBSP = "\u00a0";
  const number = (value, digits) => (Math.round(value * 10 ** digits) / 10 ** digits + 0).toFixed(digits).replace(".", words.decimal);
  const percent = (share) => (Number.isNaN(share) ? words.say.unknown : `${number(100 * share, data.digits)}${NBSP}%`);
  const short = (share) => (Number.isNaN(share) ? "?" : data.digits && share > 0 && share < LEAST ? `<${number(0.1, 1)}` : number(100 * share, share === 0 || share >= WHOLE_FROM ? 0 : data.digits));
  const points = (change) => `${change > 0 ? "+" : ""}${number(100 * change, data.digits)}${NBSP}pt`;

  /* Put parts into the places of a sentence, each as an element of its own. */
  function filled(template, parts) {
    return template.split(/(\{\w+\})/).map((piece) => {
      const name = piece.startsWith("{") && piece.slice(1, -1), part = name && parts[name];
      if (part === undefined || part === false) return document.createTextNode(piece);
      return part instanceof Node ? part : document.createTextNode(part);
    });
  }
  const plain = (template, parts) => filled(template, parts).map((node) => node.textContent).join("");

  /* ---- figures --------------------------------------------------------------------------------------------------- */

  function figuresOf(of) {
    const key = of.map(Number).join("");
    if (!kept.has(key)) {
      if (kept.size > 64) kept.clear();
      kept.set(key, reckoned.figures(of));
    }
    return kept.get(key);
  }

  const today = reckoned.figures(state.map(() => false));

  /* Whether a figure is all there is; what is there at least stands in where changes are told. */
  const isKnown = (figures, kind, unit, at_month) => (kind === "force" ? data.force_known : figures.known[unit][at_month]);

  /* Both footprints of what is looked at in a month, weighed by need: at least, and as far as known. */
  function looked(figures, at_month) {
    const sums = { need: 0, force: 0, mission: 0 };
    let known = true;
    for (const unit of data.focus) {
      const need = data.units[unit].need[at_month];
      if (!(need > 0)) continue;
      sums.need += need;
      sums.force += need * figures.force[unit][at_month];
      sums.mission += need * figures.mission[unit][at_month];
      known = known && figures.known[unit][at_month];
    }
    const least = sums.need > 0 ? { force: sums.force / sums.need, mission: sums.mission / sums.need } : { force: NaN, mission: NaN };
    return { least, force: data.force_known ? least.force : NaN, mission: known ? least.mission : NaN };
  }

  /* ---- the sentence ---------------------------------------------------------------------------------------------- */

  const part = (kind, text) => element(kind === "where" || kind === "name" ? "b" : "span", `part-${kind}`, text);

  function changeOf(kind, now, before) {
    const change = now.least[kind] - before.least[kind], same = !(Math.abs(change) >= SMALL), known = !Number.isNaN(now[kind]);
    const form = known ? (same ? `${kind}_same` : kind) : same ? `${kind}_unknown` : `${kind}_least`;
    return part(kind, plain(words.say[form], { change: points(change) }));
  }

  function sentence(figures) {
    const now = looked(figures, month), before = looked(today, month), { say } = words;
    if (data.focus.every((unit) => data.units[unit].outside)) {
      at("sentence").replaceChildren(...filled(say.outside, { where: part("where", words.where), month: words.long[month] }));
      document.title = at("sentence").textContent;
      return;
    }
    const value = (kind) => part(Number.isNaN(now[kind]) ? "unknown" : kind, percent(now[kind]));
    const parts = { where: part("where", words.where), month: words.long[month], force: value("force"), mission: value("mission") };
    const said = Number.isNaN(now.mission) && words.missing ? filled(say.missing, { ...parts, missing: part("name", words.missing) }) : filled(say.plain, parts);
    const on = state.filter(Boolean).length;
    if (on) {
      const all = state.length, plan = on === all ? words.plan : `${plain(say.some, { n: String(on), all: String(all) })} (${words.plan})`;
      said.push(" ", ...filled(say.changed, { plan: part("plan", plan), mission: changeOf("mission", now, before), force: changeOf("force", now, before) }));
    } else {
      const gap = (unit) => data.units[unit].need[month] * (figures.force[unit][month] - figures.mission[unit][month]);
      const open = data.inside.filter((unit) => data.force_known && figures.known[unit][month]).sort((a, b) => gap(b) - gap(a));
      if (open.length > 1 && gap(open[1]) > 0) said.push(" ", ...filled(say.widest, { first: part("name", data.units[open[0]].name), second: part("name", data.units[open[1]].name) }));
    }
    at("sentence").replaceChildren(...said);
    document.title = at("sentence").textContent.split(". ")[0];
  }

  /* ---- months ---------------------------------------------------------------------------------------------------- */

  const strip = at("strip");
  const months = Array.from({ length: MONTHS }, (_, i) => {
    const button = element("button", "month");
    button.type = "button";
    button.addEventListener("click", () => choose(i));
    button.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], end = { Home: 0, End: MONTHS - 1 }[event.key];
      if (step === undefined && end === undefined) return;
      event.preventDefault();
      choose(step === undefined ? end : (i + step + MONTHS) % MONTHS);
      months[month].focus();
    });
    strip.append(button);
    return button;
  });

  function choose(next) { month = next; show(); }

  function column(kind, now, before, top) {
    const made = element("div", `column of-${kind}`), value = now[kind], was = before.least[kind], is = now.least[kind];
    const add = (className, percent_) => { const one = element("div", className); if (percent_ !== undefined) one.style.height = `${percent_}%`; made.append(one); return one; };
    if (Number.isNaN(value)) add("unknown");
    else add("bar", Math.max(1.5, 100 * value / top));
    if (!Number.isNaN(value) && Math.abs(is - was) > 0.002) add("before", Math.max(2, 100 * was / top));
    const label = add("value");
    label.textContent = short(value);
    label.style.bottom = `calc(${100 * Math.max(Number.isNaN(value) ? 0.2 * top : value, Math.abs(is - was) > 0.002 && !Number.isNaN(value) ? was : 0) / top}% + 2px)`;
    return made;
  }

  /* The months of Force's worst season, of all that are alike the worst; none where months do not differ. */
  function worstMonths(force) {
    if (force.some(Number.isNaN) || Math.max(...force) - Math.min(...force) < SMALL) return [];
    const means = data.seasons.map((season) => season.reduce((sum, each) => sum + force[each - 1], 0) / season.length);
    return data.seasons.filter((_, i) => means[i] - Math.min(...means) < SMALL).flat();
  }

  function drawStrip(figures) {
    const pairs = months.map((_, i) => [looked(figures, i), looked(today, i)]);
    const heights = pairs.flatMap(([now, before]) => [now.force, now.mission, before.least.force, before.least.mission]).filter((value) => !Number.isNaN(value));
    const top = Math.max(0.05, ...heights) * ROOM_ABOVE;
    const worst = worstMonths(pairs.map(([now]) => now.force));
    months.forEach((button, i) => {
      const [now, before] = pairs[i], plot = element("div", "plot");
      const isWorst = worst.includes(i + 1), figuresSpoken = plain(words.say.spoken, { month: words.long[i], force: percent(now.force), mission: percent(now.mission) });
      const spoken = isWorst ? `${figuresSpoken} (${words.fixed.worst})` : figuresSpoken;
      plot.append(column("force", now, before, top), column("mission", now, before, top));
      const name = element("span", "name");
      name.append(element("span", "long", words.short[i]), element("span", "letter", words.letters[i]));
      if (isWorst) name.append(element("span", "worst", "▾"));
      button.replaceChildren(plot, name);
      button.setAttribute("aria-pressed", String(i === month));
      button.setAttribute("aria-label", spoken);
      button.title = spoken;
      button.tabIndex = i === month ? 0 : -1;
    });
  }

  /* ---- switches --------------------------------------------------------------------------------------------------- */

  const boxes = data.switches.map((each, i) => {
    const line = element("li", `switch is-${each.kind}`), label = element("label"), box = element("input");
    box.type = "checkbox";
    box.id = `switch-${i}`;
    box.addEventListener("change", () => turn(i, box.checked));
    label.append(box, element("i", "sign"), element("span", "title"), element("small", "details"));
    line.append(label);
    at("switches").append(line);
    return { box, title: line.querySelector(".title"), details: line.querySelector(".details") };
  });

  function turn(i, on = !state[i]) { state = state.map((was, k) => (k === i ? on : was)); show(); }
  function turnAll(on) { state = state.map(() => on); show(); }
  for (const [id, on] of [["today", false], ["all", true]]) at(id)?.addEventListener("click", () => turnAll(on));

  /* ---- figures by unit --------------------------------------------------------------------------------------------- */

  function drawTable(figures) {
    const rows = [...data.inside, ...(data.outer ? data.focus.filter((unit) => !data.inside.includes(unit)) : []), ...(data.inside.includes(0) ? [] : [0])];
    at("rows").replaceChildren(...rows.map((unit) => {
      const line = element("tr", unit === 0 ? "is-area" : data.inside.includes(unit) ? "" : "is-focus"), head = element("th", "", unit === 0 ? words.fixed.area : data.units[unit].name);
      head.scope = "row";
      line.append(head);
      if (data.units[unit].outside) {
        const cell = element("td", "is-unknown", words.say.unit_outside);
        cell.colSpan = 4;
        line.append(cell);
        return line;
      }
      for (const kind of ["force", "mission"]) {
        const value = figures[kind][unit][month], change = value - today[kind][unit][month], known = isKnown(figures, kind, unit, month);
        const small = Math.abs(change) < SMALL || Number.isNaN(change), cell = element("td", known ? "" : "is-unknown", known ? percent(value) : small ? words.say.unknown : plain(words.say.unknown_least, { change: points(change) }));
        line.append(cell);
        if (known) line.append(element("td", `change ${small ? "" : change > 0 ? "more" : "less"}`, small ? "" : points(change)));
        else cell.colSpan = 2;
      }
      return line;
    }));
  }

  /* ---- words -------------------------------------------------------------------------------------------------------- */

  const tongues = Object.entries(data.names).map(([code, name]) => {
    const button = element("button", "", name);
    button.type = "button";
    button.lang = code;
    button.addEventListener("click", () => { words = languages[code]; speak(); show(); });
    at("languages").append(button);
    return [code, button];
  });

  function speak() {
    document.documentElement.lang = words.code;
    for (const one of document.querySelectorAll("[data-say]")) one.textContent = words.fixed[one.dataset.say];
    for (const one of document.querySelectorAll("[data-label]")) { one.setAttribute("aria-label", words.fixed[one.dataset.label]); if (one.tagName === "BUTTON") one.title = words.fixed[one.dataset.label]; }
    for (const one of document.querySelectorAll("[data-word]")) one.textContent = words[one.dataset.word];
    for (const one of document.querySelectorAll("[data-dot]")) one.textContent = words.dots[Number(one.dataset.dot)];
    at("notices").replaceChildren(...words.notices.map((line) => element("p", "", line)));
    boxes.forEach(({ title, details }, i) => { title.textContent = words.switches[i].title; details.textContent = words.switches[i].details.join(" · "); });
    for (const [code, button] of tongues) button.setAttribute("aria-pressed", String(code === words.code));
  }

  /* ---- all of it ------------------------------------------------------------------------------------------------------ */

  const map = drawing(data, reckoned, element);

  function show() {
    const began = performance.now(), figures = figuresOf(state);
    boxes.forEach(({ box }, i) => { box.checked = state[i]; });
    at("today")?.setAttribute("aria-pressed", String(state.every((on) => !on)));
    at("all")?.setAttribute("aria-pressed", String(state.every(Boolean)));
    sentence(figures);
    drawStrip(figures);
    drawTable(figures);
    const least = (kind, unit, at_month) => isKnown(figures, kind, unit, at_month);
    map.draw({ figures, state, month, words, turn, percent: short, least, knows: data.mission_named });
    document.documentElement.dataset.took = (performance.now() - began).toFixed(2);
  }

  const unswitched = at("no-switches");
  if (unswitched) {
    unswitched.hidden = data.switches.length > 0;
    for (const id of ["today", "all"]) at(id).hidden = !data.switches.length;
  }
  at("print").addEventListener("click", () => window.print());
  speak();
  show();
  document.documentElement.dataset.ready = "1";
  // For tests and for whoever looks into the page: what a combination comes to.
  window.living = { figures: (of) => reckoned.figures(of), combination: () => state.slice(), turn, choose };
})();
