/* The map: ground, dots of need, sites and switches, bars at the seats. Names are set as text, never as markup. */
function drawing(data, { numbers }, element) {
  const SVG = "http://www.w3.org/2000/svg";
  const svg = document.getElementById("drawing"), ground = document.getElementById("ground"), [width, height] = data.frame.size;
  const canvas = document.getElementById("dots"), styles = getComputedStyle(document.documentElement), widths = new Map();
  const ink = (name) => styles.getPropertyValue(name);
  /* By state: diameter [px], and a pale edge for those that must stand out. */
  const DOTS = [["none", 2.1, ink("--fp-out-of-reach"), 0.75], ["force", 2.7, ink("--fp-force"), 1], ["mission", 3.7, ink("--fp-mission"), 1]];
  const PAPER_INK = ink("--fp-paper");
  const EDGE_PX = 1.3, BAR_PX = 34, SMALL_PX = 640, CLOSEST = 12;
  const PAPER = { width: 690, height: 450 }; // what print styles leave the map [px]
  const ruler = document.createElement("canvas").getContext("2d");
  const view = { x: 0, y: 0, w: width, h: height };
  let paper = false, shown = null, size = measured(), sorted = [[], [], []];

  function measured() { return { width: svg.clientWidth || width, height: svg.clientHeight || height }; }

  function made(name, attributes, text) {
    const one = document.createElementNS(SVG, name);
    for (const key in attributes) one.setAttribute(key, attributes[key]);
    if (text !== undefined) one.textContent = text;
    return one;
  }

  const layer = (name) => svg.appendChild(made("g", { class: `l-${name}` }));
  const dotLayer = layer("dots"), nameLayer = layer("names"), siteLayer = layer("sites"), seatLayer = layer("seats"), scaleLayer = layer("scale");
  const dotPaths = DOTS.map(([kind]) => ["edge", "dot"].map((part) => dotLayer.appendChild(made("path", { class: `${part} of-${kind}` }))));
  const floods = [...ground.querySelectorAll(".g-flood")];
  const [left, top] = data.dots, xs = numbers("dots.x"), ys = numbers("dots.y"), owner = numbers("dots.of"), months = numbers("dots.months");

  function box() {
    const own = paper ? PAPER : size;
    const scale = Math.max(view.w / own.width, view.h / own.height);
    return { ...own, scale, left: (own.width - view.w / scale) / 2, top: (own.height - view.h / scale) / 2 };
  }

  /* ---- dots ---------------------------------------------------------------------------------------------------- */

  /* What each state is owed is carried along the row, so that any run of dots has its shares to within a dot. */
  function sortDots({ figures, month, knows }) {
    const owed = [0, 0, 0], found = [[], [], []], here = [0, 0, 0], bit = 1 << month;
    for (let i = 0; i < xs.length; i++) {
      if (!(months[i] & bit)) continue;
      const force = data.force_known ? figures.force_at(owner[i], month) || 0 : 0;
      const mission = knows ? figures.mission_at(owner[i], month) || 0 : 0;
      here[2] = mission;
      here[1] = Math.max(0, force - mission);
      here[0] = 1 - here[1] - mission;
      let taken = -1;
      for (let k = 0; k < 3; k++) {
        owed[k] += here[k];
        if (here[k] > 0 && (taken < 0 || owed[k] > owed[taken])) taken = k;
      }
      owed[taken]--;
      found[taken].push(i);
    }
    canvas.dataset.counts = found.map((each) => each.length).join(" ");
    return found;
  }

  /* On the screen a canvas, which is drawn at once; on paper paths, which stay sharp. */
  function drawDots(frame) {
    const grown = Math.min(1.9, Math.max(1, (width / view.w) ** 0.45)) * (frame.width < SMALL_PX ? 0.8 : 1);
    if (paper) dotPaths.forEach(([edge, dot], k) => {
      const path = sorted[k].map((i) => `M${xs[i] + left} ${ys[i] + top}h0`).join("");
      dot.setAttribute("d", path);
      edge.setAttribute("d", DOTS[k][0] === "mission" ? path : "");
      dot.setAttribute("stroke-width", DOTS[k][1] * frame.scale);
      edge.setAttribute("stroke-width", (DOTS[k][1] + EDGE_PX) * frame.scale);
    });
    else {
      dotPaths.flat().forEach((path) => path.removeAttribute("d"));
      const ratio = window.devicePixelRatio || 1, brush = canvas.getContext("2d");
      Object.assign(canvas, { width: Math.round(frame.width * ratio), height: Math.round(frame.height * ratio) });
      brush.scale(ratio, ratio);
      DOTS.forEach(([kind, size, colour, opacity], k) => {
        const radius = size * grown / 2;
        Object.assign(brush, { fillStyle: colour, strokeStyle: PAPER_INK, lineWidth: EDGE_PX, globalAlpha: opacity });
        brush.beginPath();
        for (const i of sorted[k]) {
          const x = (xs[i] + left - view.x) / frame.scale + frame.left, y = (ys[i] + top - view.y) / frame.scale + frame.top;
          if (x < -4 || y < -4 || x > frame.width + 4 || y > frame.height + 4) continue;
          brush.moveTo(x + radius, y);
          brush.arc(x, y, radius, 0, 2 * Math.PI);
        }
        if (kind === "mission") brush.stroke();
        brush.fill();
      });
    }
  }

  /* ---- sites --------------------------------------------------------------------------------------------------- */

  const isOpen = (place, month) => Boolean(place.months & (1 << month));
  const SHAPES = {
    existing: () => made("circle", { r: 5 }),
    changed: () => made("circle", { r: 5 }),
    proposed: () => made("path", { d: "M0 -7 7 0 0 7 -7 0Z" }),
    closing: () => made("path", { d: "M-5 -5H5V5H-5Z" }),
    moved: () => made("path", { d: "M0 -7 7 5 -7 5Z" }),
    closed: () => made("circle", { r: 5 }),
  };

  /* Where the site of a switch stands, how it looks there, and whether that is only how it could be. */
  function looks({ kind, off, on }, isOn, month) {
    if (kind === "open") return [[on, isOn ? (isOpen(on, month) ? "proposed" : "closed") : "proposed", !isOn]];
    if (kind === "close") return [[off, !isOn || (on && isOpen(on, month)) ? (isOpen(off, month) ? "existing" : "closed") : "closing", false]];
    if (kind === "move") return isOn ? [[off, "existing", true], [on, isOpen(on, month) ? "moved" : "closed", false]] : [[off, isOpen(off, month) ? "existing" : "closed", false], [on, "moved", true]];
    return [[off || on, isOn ? "changed" : "existing", false]];
  }

  function site(place, look, ghost, title, frame) {
    const group = made("g", { class: `site is-${look}${ghost ? " is-ghost" : ""}`, transform: `translate(${place.x} ${place.y}) scale(${frame.scale})` });
    if (look === "changed" && !ghost) group.append(made("circle", { class: "ring", r: 9 }));
    group.append(SHAPES[look](), made("title", {}, title));
    return siteLayer.appendChild(group);
  }

  function drawSites({ state, month, words, turn }, frame, taken) {
    siteLayer.replaceChildren();
    const named = [];
    const take = (place) => { const [x, y] = onScreen(place, frame); taken.push([x - 8, y - 8, x + 8, y + 8]); };
    for (const each of data.sites) {
      const open = isOpen(each, month);
      site(each, open ? "existing" : "closed", false, `${each.name}: ${words.fixed[open ? "existing" : "closed"]}`, frame);
      take(each);
      named.push([each, each.name]);
    }
    data.switches.forEach((each, i) => {
      if (!each.off && !each.on) return;
      const all = looks(each, state[i], month);
      if (all.length > 1) siteLayer.appendChild(made("path", { class: "way", d: `M${all[0][0].x} ${all[0][0].y}L${all[1][0].x} ${all[1][0].y}`, "stroke-width": 1.3 * frame.scale, "stroke-dasharray": `${4 * frame.scale} ${3 * frame.scale}` }));
      for (const [place, look, ghost] of all) {
        const one = site(place, look, ghost, `${words.sites[i]}: ${words.fixed[ghost ? "off" : look]}`, frame);
        one.classList.add("turns");
        one.addEventListener("click", () => turn(i));
        take(place);
      }
      const main = all.find(([, , ghost]) => !ghost) || all[0];
      named.unshift([main[0], words.sites[i]]);
    });
    return named;
  }

  /* ---- names and bars ------------------------------------------------------------------------------------------ */

  const onScreen = ({ x, y }, frame) => [(x - view.x) / frame.scale + frame.left, (y - view.y) / frame.scale + frame.top];
  const free = (b, taken, frame) => b[0] > 2 && b[1] > 2 && b[2] < frame.width - 2 && b[3] < frame.height - 2 && taken.every((t) => b[2] < t[0] || b[0] > t[2] || b[3] < t[1] || b[1] > t[3]);

  /* Find room for a box beside a point, the nearest first; null where there is none. */
  function room(place, [w, h], gap, taken, frame) {
    const [x, y] = onScreen(place, frame), ways = [];
    for (const more of [0, 10, 20, 32]) ways.push([gap + more, -h / 2], [-gap - w - more, -h / 2], [-w / 2, gap + more], [-w / 2, -gap - h - more], [gap + more, gap - 4], [-gap - w - more, gap - 4], [gap + more, 4 - gap - h], [-gap - w - more, 4 - gap - h]);
    const way = ways.find(([dx, dy]) => free([x + dx, y + dy, x + dx + w, y + dy + h], taken, frame));
    if (!way) return null;
    taken.push([x + way[0], y + way[1], x + way[0] + w, y + way[1] + h]);
    return way;
  }

  function widthOf(text, font) {
    const key = `${font}|${text}`;
    if (!widths.has(key)) {
      ruler.font = font;
      widths.set(key, ruler.measureText(text).width);
    }
    return widths.get(key);
  }

  const FONT = '"Source Sans 3", "Segoe UI", Arial, sans-serif';

  function drawSeats({ figures, month, words, percent, least }, frame, taken) {
    seatLayer.replaceChildren();
    const order = data.seats.slice().sort((a, b) => data.units[b.unit].need[month] - data.units[a.unit].need[month]);
    for (const seat of order) {
      const name = data.units[seat.unit].name, w = Math.max(66, widthOf(name, `700 12px ${FONT}`) + 8), h = 40;
      const near = taken.some((b) => { const [x, y] = onScreen(seat, frame); return x > b[0] - 2 && x < b[2] + 2 && y > b[1] - 2 && y < b[3] + 2; });
      const way = room(seat, [w, h], near ? 13 : 7, taken, frame);
      if (!way) continue;
      const group = made("g", { class: "seat", transform: `translate(${seat.x} ${seat.y}) scale(${frame.scale})` });
      const inner = made("g", { transform: `translate(${way[0]} ${way[1]})` });
      if (!near) group.append(made("circle", { class: "seat-dot", r: 2.4 }));
      inner.append(made("text", { class: "seat-name", x: 2, y: 12 }, name));
      [["force", figures.force], ["mission", figures.mission]].forEach(([kind, values], row) => {
        const share = values[seat.unit][month], known = least(kind, seat.unit, month) && !Number.isNaN(share), y = 17 + 11 * row;
        inner.append(made("rect", { class: known ? `bar of-${kind}` : "bar is-unknown", x: 2, y, width: known ? Math.max(1, BAR_PX * share) : 14, height: 9, rx: 1.5 }));
        inner.append(made("text", { class: `number of-${kind}`, x: known ? 5 + Math.max(1, BAR_PX * share) : 19, y: y + 8.5 }, known ? percent(share) : "?"));
      });
      group.append(inner);
      seatLayer.append(group);
    }
  }

  function drawNames(named, frame, taken) {
    nameLayer.replaceChildren();
    const write = (place, name, kind, font, gap, most) => {
      const size = [Math.min(most, widthOf(name, font)) + 4, 14], way = room(place, size, gap, taken, frame);
      if (way) nameLayer.append(made("text", { class: kind, transform: `translate(${place.x} ${place.y}) scale(${frame.scale})`, x: way[0] + 2, y: way[1] + 11 }, name));
    };
    for (const [place, name] of named) write(place, name, "site-name", `600 11.5px ${FONT}`, 9, 400);
    for (const each of data.neighbours) write(each, each.name, "neighbour", `600 13px ${FONT}`, 0, 400);
  }

  /* ---- scale, north, looking closer ------------------------------------------------------------------------------ */

  function drawScale(frame, language, taken) {
    const most = 130 * frame.scale * data.frame.unit / 1000, ten = 10 ** Math.floor(Math.log10(most));
    const km = [5, 2, 1].map((n) => n * ten).find((each) => each <= most);
    // In the drawing's own units, so that it is right at whatever size the paper shows it.
    const wide = km * 1000 / data.frame.unit / frame.scale;
    const group = made("g", { transform: `translate(${view.x + 12 * frame.scale} ${view.y + view.h - 12 * frame.scale}) scale(${frame.scale})` });
    group.append(made("rect", { class: "scale-ground", x: -5, y: -24, width: wide + 10, height: 30, rx: 3 }), made("path", { d: `M0 -6V0H${wide}V-6` }), made("text", { x: 1, y: -10 }, `${km.toLocaleString(language)}\u00a0km`));
    scaleLayer.replaceChildren(group);
    const low = frame.top + view.h / frame.scale;
    taken.push([frame.left, low - 40, frame.left + wide + 22, low - 4], [frame.width - 44, 0, frame.width, 58]);
    if (!paper) taken.push([0, 0, frame.width < SMALL_PX ? 58 : 50, frame.width < SMALL_PX ? 142 : 124]);
    document.getElementById("arrow").style.transform = `rotate(${data.frame.turn}deg)`;
  }

  function look() {
    for (const one of [ground, svg]) one.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${view.h}`);
    if (shown) draw(shown);
  }

  function closer(factor, at) {
    const w = Math.min(width, Math.max(width / CLOSEST, view.w / factor)), real = view.w / w;
    const [x, y] = at || [view.x + view.w / 2, view.y + view.h / 2];
    Object.assign(view, { x: x - (x - view.x) / real, y: y - (y - view.y) / real, w, h: view.h / real });
    look();
  }

  function whole() { Object.assign(view, { x: 0, y: 0, w: width, h: height }); look(); }

  function moved(dx, dy) {
    view.x = Math.max(-0.3 * width, Math.min(1.3 * width - view.w, view.x + dx));
    view.y = Math.max(-0.3 * height, Math.min(1.3 * height - view.h, view.y + dy));
    look();
  }

  let from = null;
  svg.addEventListener("pointerdown", (event) => { from = [event.clientX, event.clientY]; });
  svg.addEventListener("pointermove", (event) => {
    if (!from || !(event.buttons & 1)) return;
    const { scale } = box();
    moved((from[0] - event.clientX) * scale, (from[1] - event.clientY) * scale);
    from = [event.clientX, event.clientY];
  });
  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    const frame = box(), edge = svg.getBoundingClientRect();
    closer(event.deltaY < 0 ? 1.25 : 0.8, [view.x + (event.clientX - edge.left - frame.left) * frame.scale, view.y + (event.clientY - edge.top - frame.top) * frame.scale]);
  }, { passive: false });
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step) moved(0.15 * view.w * step[0], 0.15 * view.h * step[1]);
    else if (event.key === "+" || event.key === "=") closer(1.5);
    else if (event.key === "-") closer(1 / 1.5);
    else if (event.key === "0") whole();
    else return;
    event.preventDefault();
  });

  /* Draw what is shown; `figures` left alone, the dots keep their states. */
  function draw(what) {
    const frame = box(), taken = [], fresh = !shown || shown.figures !== what.figures || shown.month !== what.month;
    shown = what;
    floods.forEach((one) => one.classList.toggle("is-shown", Boolean(Number(one.dataset.months) & (1 << what.month))));
    if (fresh) sorted = sortDots(what);
    drawDots(frame);
    drawScale(frame, what.words.code, taken);
    const named = drawSites(what, frame, taken);
    drawSeats(what, frame, taken);
    drawNames(named, frame, taken);
  }

  // Asked for here alone: in between it would have the page laid out twice for one answer.
  new ResizeObserver(() => { size = measured(); if (shown && !paper) draw(shown); }).observe(svg);
  window.addEventListener("beforeprint", () => { paper = true; whole(); });
  window.addEventListener("afterprint", () => { paper = false; look(); });
  for (const [id, act] of [["closer", () => closer(1.6)], ["farther", () => closer(1 / 1.6)], ["whole", whole]]) document.getElementById(id).addEventListener("click", act);
  look();
  return { draw };
}
