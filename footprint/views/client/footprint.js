/* Draws the map in the browser: the ground once, and what varies each time Python says so.
   Every name and text is set as text, never as HTML, except the legend, which Python escapes. */
window.Footprint = (function () {
  "use strict";

  const PANES = { land: 150, cells: 240, flood: 260, water: 280, roads: 300, borders: 320, focus: 350, need: 400, dots: 420, names: 450, sketch: 460 };
  const ROADS = { 1: ["road-1", 1.6, 0], 2: ["road-2", 1.1, 0], 3: ["road-3", 0.9, 6.5], 4: ["road-4", 0.8, 7.75], 5: ["road-4", 0.7, 8], 6: ["road-6", 0.6, 9] };
  const NAMES_FROM_ZOOM = { 0: 0, 1: 0, 2: 5, 3: 6.5, 4: 8 };
  const FONTS = { 0: "600 12px", 1: "700 13px", 2: "600 12px", 3: "400 11.5px", 4: "400 11px", region: "400 14px" };
  /* By meaning, from footprint/views/colours.py: filled by the first call, before anything is drawn. */
  const colours = {};
  const SYMBOLS = {
    existing: (c) => `<circle cx="13" cy="13" r="8" fill="${c["site"]}" stroke="${c["paper"]}" stroke-width="2.2"/>`,
    proposed: (c) => `<path d="M13 2.8 23.2 13 13 23.2 2.8 13Z" fill="${c["site-proposed"]}" stroke="${c["ink"]}" stroke-width="1.8" stroke-linejoin="round"/>`,
    closing: (c) => `<rect x="5" y="5" width="16" height="16" rx="1.5" fill="${c["paper"]}" stroke="${c["site-closing"]}" stroke-width="2.6"/><path d="M8.6 8.6 17.4 17.4M17.4 8.6 8.6 17.4" stroke="${c["site-closing"]}" stroke-width="2.6" stroke-linecap="round"/>`,
    moved: (c) => `<path d="M13 3.2 22.6 20.6H3.4Z" fill="${c["site-moved"]}" stroke="${c["paper"]}" stroke-width="2" stroke-linejoin="round"/>`,
    plan_a: (c) => lettered(c, "plan-a", "A"),
    plan_b: (c) => lettered(c, "plan-b", "B"),
    closed: (c) => `<circle cx="13" cy="13" r="7.4" fill="${c["paper"]}" fill-opacity=".75" stroke="${c["site-closed"]}" stroke-width="2" stroke-dasharray="3 2.4"/>`,
  };
  const WORTH = 0.5, LEAST_PX = 60;
  const ORDER = { closed: 0, existing: 100, moved: 300, closing: 200, proposed: 400, plan_a: 410, plan_b: 420 };
  function lettered(c, colour, letter) {
    return `<path d="M13 2.6 23.4 13 13 23.4 2.6 13Z" fill="${c[colour]}" stroke="${c["paper"]}" stroke-width="2" stroke-linejoin="round"/><text x="13" y="17" text-anchor="middle" font-size="11.5" font-weight="700" fill="${c["paper"]}" font-family="Arial">${letter}</text>`;
  }
  /* What lies over the desk's map has its room there; below any other map stands what is said of it. */
  function fitBeside(map, box, close) {
    if (!isLaidOut(map)) return;
    const state = map.footprint, room = state && state.room;
    // What would gain less than half a level by leaving out parts of the area is shown with all of it.
    if (close && state && map.getBoundsZoom(box) - map.getBoundsZoom(state.bounds) < WORTH) box = state.bounds;
    if (room && state.fills) {
      const foot = map.attributionControl.getContainer().offsetHeight;
      map.fitBounds(box, { animate: false, paddingTopLeft: [room[3], room[0]], paddingBottomRight: [room[1], Math.max(room[2], foot + 4)] });
      return;
    }
    if (room) { map.fitBounds(box, { animate: false, paddingTopLeft: [room[3], room[0]], paddingBottomRight: [room[1], room[2]] }); return; }
    const gap = close ? 16 : 4;
    map.fitBounds(box, { animate: false, padding: [gap, gap] });
  }
  /* A frame that has no size yet, or is hidden, shows nothing that could be fitted. */
  const isLaidOut = (map) => Math.min(map.getSize().x, map.getSize().y) >= LEAST_PX;
  const swap = (p) => [p[1], p[0]];
  const swapAll = (ring) => ring.map(swap);

  function symbol(state, size, selected) {
    const ring = selected ? `<circle cx="13" cy="13" r="14" fill="none" stroke="${colours["paper"]}" stroke-width="5"/><circle cx="13" cy="13" r="14" fill="none" stroke="${colours["accent"]}" stroke-width="2.6"/>` : "";
    return `<svg width="${size}" height="${size}" viewBox="0 0 26 26" aria-hidden="true" focusable="false">${ring}${(SYMBOLS[state] || SYMBOLS.existing)(colours)}</svg>`;
  }

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /* ---- the ground ------------------------------------------------------------------ */

  function base(map, settings) {
    const container = map.getContainer();
    paint(settings.colours);
    const below = settings.fills ? null : element("div", "fp-below");
    if (settings.fills) fillTheFrame(map, container);
    else shareTheFrame(map, container, below, settings.ground ? "100%" : "100vh");
    container.classList.add("fp-map");
    for (const name in PANES) {
      const pane = map.createPane(name);
      pane.style.zIndex = PANES[name];
      pane.style.pointerEvents = "none";
    }
    const bounds = L.latLngBounds(settings.bounds);
    const state = (map.footprint = { bounds, open: true, view: null, touched: false, fills: Boolean(settings.fills), canvas: {}, towns: [], names: [], sites: [], seats: [], mark: null, room: null, below });
    map.attributionControl.setPrefix(false);
    L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);
    const fit = () => {
      if (!isLaidOut(map)) return;
      map.setMinZoom(0);
      const whole = map.getBoundsZoom(bounds);
      if (!state.touched) fitBeside(map, state.view || bounds, Boolean(state.view));
      map.setMinZoom(Math.max(0, whole - 0.5));
    };
    map.setMaxBounds(bounds.pad(0.4));
    fit();
    map.on("resize", fit);
    for (const kind of ["pointerdown", "wheel", "keydown"]) container.addEventListener(kind, () => { state.touched = true; }, { passive: true });
    container.addEventListener("keydown", (event) => {
      if ((event.key === "Enter" || event.key === " ") && event.target.classList.contains("fp-site")) {
        event.preventDefault();
        event.stopPropagation();
        event.target.click();
      }
    });
    map.on("click", () => setTimeout(tellNow, 0));
    tellNoNews();
    state.ground = (settings.ground ? Promise.resolve(settings.ground) : fetched(settings.url)).then((ground) => { draw(map, ground); return ground; });
    state.ground.catch(() => undefined);
    map.on("zoomend", () => { toggle(map); });
    map.on("zoomend moveend resize", () => { declutter(map); });
  }

  /* The frame is as high as the page makes it; the map takes all of it, and what the window's size becomes. */
  function fillTheFrame(map, container) {
    document.documentElement.style.overflow = document.body.style.overflow = "hidden";
    document.body.style.margin = "0";
    container.style.height = "100vh";
    container.classList.add("fp-fills");
    // A drawer may cover the right.
    map.attributionControl.setPosition("bottomleft");
    map.invalidateSize(false);
  }

  /* Legend and notice stand below the map, never on the country; the map takes what room they leave. */
  function shareTheFrame(map, container, below, whole) {
    container.after(below);
    new ResizeObserver(() => {
      container.style.height = `max(${LEAST_PX}px, calc(${whole} - ${below.offsetHeight}px))`;
      map.invalidateSize(false);
    }).observe(below);
  }

  /* streamlit-folium tells a click after 250 ms. We tell it at once in its own words and note that it was
     told, so that its own message finds nothing new. These are its internals: the browser tests watch that one
     click is one message. */
  function tellNow() {
    const data = window.__GLOBAL_DATA__;
    if (!data) return;
    const said = clicks(data);
    if (JSON.stringify(said) === JSON.stringify(data.previous_data)) return;
    data.previous_data = said;
    window.parent.postMessage({ isStreamlitMessage: true, type: "streamlit:setComponentValue", value: said, dataType: "json" }, "*");
  }

  function clicks(data) {
    return { last_clicked: data.lat_lng_clicked, last_object_clicked_count: data.last_object_clicked_count, last_object_clicked_tooltip: data.last_object_clicked_tooltip };
  }

  /* That nothing was clicked yet is no news: told, it would run the page a second time at every start. */
  function tellNoNews() {
    if (window.__GLOBAL_DATA__) window.__GLOBAL_DATA__.previous_data = clicks(window.__GLOBAL_DATA__);
  }

  /* Make the colours known to this script and to the style sheet. */
  function paint(table) {
    Object.assign(colours, table);
    const style = document.documentElement.style;
    for (const name in table) style.setProperty(`--fp-${name}`, table[name]);
  }

  function fetched(url) {
    return fetch(url).then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status} ${url}`);
      return answer.json();
    });
  }

  function brush(map, pane, more) {
    const canvas = map.footprint.canvas;
    canvas[pane] = canvas[pane] || L.canvas({ pane, padding: 0.4 });
    return Object.assign({ pane, renderer: canvas[pane], interactive: false }, more);
  }

  function draw(map, ground) {
    const state = map.footprint;
    const rings = ground.country.map(swapAll);
    L.polygon(rings, brush(map, "land", { color: colours["paper"], weight: 7, opacity: 0.75, fill: false })).addTo(map);
    L.polygon(rings, brush(map, "land", { stroke: false, fillColor: colours["land"], fillOpacity: 1 })).addTo(map);
    L.polygon(ground.lakes.map(swapAll), brush(map, "water", { color: colours["lake-edge"], weight: 0.6, fillColor: colours["lake"], fillOpacity: 0.95 })).addTo(map);
    L.polyline(ground.rivers.great.map(swapAll), brush(map, "water", { color: colours["paper"], weight: 4, opacity: 0.55 })).addTo(map);
    state.toggled = [[6.5, L.polyline(ground.rivers.small.map(swapAll), brush(map, "water", { color: colours["stream"], weight: 0.9 }))]];
    L.polyline(ground.rivers.great.map(swapAll), brush(map, "water", { color: colours["river"], weight: 2.2 })).addTo(map);
    for (const road of ground.roads) {
      const [name, weight, from] = ROADS[road.rank], color = colours[name];
      const lines = road.lines.map(swapAll);
      if (road.rank === 1) L.polyline(lines, brush(map, "roads", { color: colours["paper"], weight: weight + 1.6, opacity: 0.6 })).addTo(map);
      state.toggled.push([from, L.polyline(lines, brush(map, "roads", { color, weight }))]);
    }
    for (const unit of ground.units) {
      const dashes = unit.approximate ? "2 4" : unit.level === 1 ? "6 3" : null;
      const style = unit.level === 1 ? { color: colours["region-edge"], weight: 1.1, opacity: 0.9 } : { color: colours["district-edge"], weight: 0.6, opacity: 0.75 };
      state.toggled.push([unit.level === 1 ? 0 : 6.25, L.polyline(unit.rings.map(swapAll), brush(map, "borders", Object.assign(style, { dashArray: dashes })))]);
    }
    L.polyline(rings, brush(map, "borders", { color: colours["country-edge"], weight: 1.6 })).addTo(map);
    toggle(map);
    for (const town of ground.towns) state.towns.push(nameOf(map, town.name, town.rank, swap(town.at)));
    for (const unit of ground.units) if (unit.level === 1) state.towns.push(nameOf(map, unit.name, "region", swap(unit.at)));
    declutter(map);
  }

  function toggle(map) {
    const zoom = map.getZoom();
    for (const [from, layer] of map.footprint.toggled || []) {
      if (zoom >= from) layer.addTo(map);
      else layer.remove();
    }
  }

  /* ---- names, none over another ------------------------------------------------------ */

  const ruler = document.createElement("canvas").getContext("2d");

  function nameOf(map, whole, rank, at) {
    const text = whole.length > 30 ? `${whole.slice(0, 29).trimEnd()}…` : whole;
    const box = element("div");
    if (rank !== "region" && rank !== 0) box.appendChild(element("i"));
    const span = element("span", "", text);
    box.appendChild(span);
    const className = `fp-name fp-hidden ${rank === "region" ? "fp-region" : `fp-rank${rank}`}`;
    const marker = L.marker(at, { pane: "names", interactive: false, keyboard: false, icon: L.divIcon({ className, html: box, iconSize: null, iconAnchor: [0, 0] }) }).addTo(map);
    ruler.font = `${FONTS[rank]} "Segoe UI", Roboto, Arial, sans-serif`;
    return { marker, span, rank, key: text, at: L.latLng(at), width: ruler.measureText(rank === "region" ? text.toUpperCase() : text).width + 4 };
  }

  function declutter(map) {
    const state = map.footprint;
    const zoom = map.getZoom(), size = map.getSize();
    const taken = state.sites.map((at) => { const p = map.latLngToContainerPoint(at); return [p.x - 11, p.y - 11, p.x + 11, p.y + 11]; });
    const free = (box) => box[0] > 0 && box[2] < size.x && taken.every((b) => box[2] < b[0] || box[0] > b[2] || box[3] < b[1] || box[1] > b[3]);
    const sites = taken.slice();
    const told = FootprintDesk.place(map, taken, sites);
    for (const name of [...state.names, ...state.towns]) {
      if (told.has(name.key)) { name.marker.getElement()?.classList.add("fp-hidden"); continue; }
      const p = map.latLngToContainerPoint(name.at), w = name.width, h = 14;
      const near = sites.some((b) => p.x > b[0] && p.x < b[2] && p.y > b[1] && p.y < b[3]);
      const gap = near ? 14 : 6;
      // A site names the town it stands in.
      const named = near && name.rank !== 0 && name.rank !== "region";
      const ways = name.rank === "region" ? [[-w / 2, -h / 2]] : [[gap, -h / 2], [-gap - w, -h / 2], [-w / 2, -gap - h], [-w / 2, gap], [gap - 3, -gap - h + 5], [gap - 3, gap - 5], [-gap - w + 3, -gap - h + 5], [-gap - w + 3, gap - 5]];
      const wanted = !named && (name.rank === "region" ? zoom >= 5.75 && zoom < 8.5 : zoom >= NAMES_FROM_ZOOM[name.rank]) && p.x > -20 && p.y > -10 && p.x < size.x + 20 && p.y < size.y + 10;
      const way = wanted && ways.find(([dx, dy]) => free([p.x + dx, p.y + dy, p.x + dx + w, p.y + dy + h]));
      const icon = name.marker.getElement();
      if (!icon) continue;
      icon.classList.toggle("fp-hidden", !way);
      if (!way) continue;
      name.span.style.left = `${way[0]}px`;
      name.span.style.top = `${way[1]}px`;
      taken.push([p.x + way[0], p.y + way[1], p.x + way[0] + w, p.y + way[1] + h]);
    }
  }

  /* ---- what varies ------------------------------------------------------------------- */

  function show(group, content) {
    if (window.feature_group) window.feature_group.length = 0;
    let taken = [];
    group.on("add", () => { taken = fill(group, group._map, content); });
    group.on("remove", () => { for (const undo of taken) undo(); taken = []; });
  }

  function fill(group, map, content) {
    const state = map.footprint, undo = [], waiting = [state.ground];
    const alive = () => map.hasLayer(group);
    const control = (position, made) => {
      const one = L.control({ position });
      one.onAdd = () => { L.DomEvent.disableClickPropagation(made); L.DomEvent.disableScrollPropagation(made); return made; };
      one.addTo(map);
      undo.push(() => one.remove());
    };
    words(map, content, undo);
    for (const layer of content.cells) waiting.push(picture(group, layer));
    state.ground.then((ground) => { if (alive()) { floods(group, map, ground, content); focus(group, map, ground, content); } })
      .catch(() => { if (alive()) control("topleft", element("div", "fp-trouble", content.words.trouble)); });
    dots(group, map, content.dots);
    sketch(group, map, content.sketch);
    if (content.desk) waiting.push(FootprintDesk.show(group, map, content.desk, { brush, colours, element, fetched, undo }));
    sites(group, map, content, undo);
    if (content.ribbon) control("topright", element("div", "fp-ribbon", content.ribbon));
    if (state.below) {
      const made = content.legend || content.keys.length ? [legend(map, content)] : [];
      if (content.words.notice) made.push(element("p", "fp-note", content.words.notice));
      state.below.replaceChildren(...made);
    }
    map.getContainer().classList.toggle("fp-pointing", content.pointing);
    look(map, content.view);
    declutter(map);
    Promise.all(waiting).then(() => requestAnimationFrame(() => requestAnimationFrame(() => {
      window.__drawn = content.stamp;
      document.body.dataset.drawn = content.stamp;
    }))).catch(() => undefined);
    return undo;
  }

  function words(map, content, undo) {
    const container = map.getContainer();
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", content.words.label);
    document.documentElement.lang = content.words.language;
    for (const [name, text] of [["in", content.words.zoom_in], ["out", content.words.zoom_out]]) {
      const button = container.querySelector(`.leaflet-control-zoom-${name}`);
      if (button) { button.title = text; button.setAttribute("aria-label", text); }
    }
    const notice = element("span", "", content.words.notice).innerHTML;
    if (notice && !map.footprint.below) {
      map.attributionControl.addAttribution(notice);
      undo.push(() => map.attributionControl.removeAttribution(notice));
    }
  }

  function picture(group, layer) {
    return new Promise((resolve) => {
      const image = L.imageOverlay(layer.url, layer.bounds, { pane: "cells", opacity: layer.opacity, interactive: false, alt: "" });
      image.on("load error", resolve);
      image.addTo(group);
    });
  }

  function floods(group, map, ground, content) {
    if (!content.month) return;
    const rings = ground.floods.filter((zone) => (zone.months >> (content.month - 1)) & 1).flatMap((zone) => zone.rings.map(swapAll));
    if (rings.length) L.polygon(rings, brush(map, "flood", { color: colours["flood"], weight: 1.2, opacity: 0.95, fillColor: ripples(), fillOpacity: 1 })).addTo(group);
  }

  /* Lines instead of a tint: a tint would change the colours, and so the classes, beneath. */
  function ripples() {
    const tile = element("canvas"), brush = tile.getContext("2d");
    tile.width = tile.height = 6;
    brush.fillStyle = colours["flood-between"];
    brush.fillRect(0, 0, 6, 6);
    brush.fillStyle = colours["flood"];
    brush.fillRect(0, 2, 6, 1.3);
    return brush.createPattern(tile, "repeat");
  }

  function focus(group, map, ground, content) {
    const rings = ground.units.filter((unit) => content.focus.includes(unit.id)).flatMap((unit) => unit.rings.map(swapAll));
    if (!rings.length) return;
    L.polyline(rings, brush(map, "focus", { color: colours["paper"], weight: 6, opacity: 0.85 })).addTo(group);
    L.polyline(rings, brush(map, "focus", { color: colours["ink"], weight: 2.4, opacity: 0.95 })).addTo(group);
  }

  function dots(group, map, points) {
    for (const [lon, lat, count] of points) {
      L.circleMarker([lat, lon], brush(map, "dots", { radius: 2.4 * Math.sqrt(Math.max(1, count)), weight: 0.8, color: colours["paper"], opacity: 0.9, fillColor: colours["incident"], fillOpacity: 0.78 })).addTo(group);
    }
  }

  function sketch(group, map, corners) {
    if (!corners.length) return;
    const points = corners.map(swap);
    const style = { color: colours["ink"], weight: 2, dashArray: "6 5", fillColor: colours["sketch"], fillOpacity: 0.18 };
    (points.length > 2 ? L.polygon : L.polyline)(points, brush(map, "sketch", style)).addTo(group);
    points.forEach((point, i) => L.circleMarker(point, brush(map, "sketch", { radius: i ? 4 : 6, weight: 2, color: colours["ink"], fillColor: colours["paper"], fillOpacity: 1 })).addTo(group));
  }

  function sites(group, map, content, undo) {
    const state = map.footprint;
    for (const site of content.sites) {
      const selected = site.id === content.selected;
      const icon = L.divIcon({ className: "fp-site", html: symbol(site.state, 26, selected), iconSize: [26, 26], iconAnchor: [13, 13] });
      const marker = L.marker([site.lat, site.lon], { icon, title: site.name, zIndexOffset: ORDER[site.state] + (selected ? 1000 : 0), opacity: site.state === "closed" ? 0.8 : 1 });
      marker.on("click", () => setTimeout(tellNow, 0));
      marker.bindTooltip(tip(site), { direction: "top", offset: [0, -10], className: "fp-tip" });
      marker.addTo(group);
      const made = marker.getElement();
      made.setAttribute("aria-label", [site.name, site.word, site.detail].filter(Boolean).join(", "));
      made.setAttribute("aria-pressed", String(selected));
      made.dataset.site = site.id;
    }
    state.sites = content.sites.map((site) => L.latLng(site.lat, site.lon));
    state.names = content.sites.map((site) => nameOf(map, site.name, 0, [site.lat, site.lon]));
    const made = state.names;
    undo.push(() => { made.forEach((name) => name.marker.remove()); if (state.names === made) state.names = []; });
  }

  function tip(site) {
    const box = element("div");
    const id = element("span", "", `#${site.id}#`);
    id.hidden = true;
    box.append(id, element("b", "", site.name), element("span", "fp-state", site.word));
    if (site.detail) box.append(element("br"), element("span", "", site.detail));
    return box.innerHTML;
  }

  function legend(map, content) {
    const state = map.footprint;
    const box = element("details", "fp-legend");
    box.open = state.open;
    box.addEventListener("toggle", () => { state.open = box.open; });
    box.appendChild(element("summary", "", content.legend ? content.legend.title : content.words.legend));
    const body = element("div", "fp-legend-body");
    if (content.legend) body.innerHTML = content.legend.html;
    if (content.legend && content.keys.length) body.appendChild(element("hr", "fp-rule"));
    for (const key of content.keys) {
      const row = element("div", "fp-row"), mark = element("span", "fp-key");
      mark.innerHTML = mark_of(key.mark);
      row.append(mark, element("span", "", key.label));
      body.appendChild(row);
    }
    box.appendChild(body);
    return box;
  }

  function mark_of(mark) {
    if (mark === "flood") return `<svg width="20" height="13"><rect x=".7" y=".7" width="18.6" height="11.6" rx="2" fill="${colours["flood-key"]}" stroke="${colours["flood"]}" stroke-width="1.2"/><path d="M2 4.2h16M2 8.8h16" stroke="${colours["flood"]}" stroke-width="1.2"/></svg>`;
    if (mark === "dots") return `<svg width="20" height="13"><circle cx="10" cy="6.5" r="3.6" fill="${colours["incident"]}" stroke="${colours["paper"]}"/></svg>`;
    return symbol(mark, 16, false);
  }

  function look(map, view) {
    const state = map.footprint;
    const wanted = view ? L.latLngBounds(view) : null;
    const same = wanted && state.view ? wanted.equals(state.view) : wanted === state.view;
    if (same) return;
    state.view = wanted;
    state.touched = false;
    fitBeside(map, wanted || state.bounds, Boolean(wanted));
  }

  return { base, show };
})();
