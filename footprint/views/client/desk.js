/* The review desk's map: dots of need, values at the seats of units, the place looked at.
   Every name and number is set as text, never as HTML. */
window.FootprintDesk = (function () {
  "use strict";

  const pools = {};
  /* By state: colour, opacity, size, drawn as a ring from this radius on. They differ in lightness and size. */
  const KINDS = { 1: ["out-of-reach", 0.8, 0.82, 1.1], 2: ["force", 0.95, 1, Infinity], 3: ["mission", 1, 1.35, Infinity] };
  const LEAST_MISSION_PX = 1.7;
  const SEATS_FROM_ZOOM = 5.5, ALL_SEATS_FROM_ZOOM = 6.9;
  const BAR_PX = 34;
  const SMALL_SCREEN_PX = 640;
  const ruler = document.createElement("canvas").getContext("2d");

  /* ---- dots of need ---------------------------------------------------------------------- */

  function unpacked(text) {
    const bytes = atob(text), states = new Uint8Array(4 * bytes.length);
    for (let i = 0; i < bytes.length; i++) {
      const four = bytes.charCodeAt(i);
      for (let k = 0; k < 4; k++) states[4 * i + k] = (four >> (2 * k)) & 3;
    }
    return states;
  }

  const Dots = L.Layer.extend({
    initialize(url, states, tools) { Object.assign(this, { url, states, tools }); },
    onAdd(map) {
      this.canvas = this.tools.element("canvas", "leaflet-zoom-hide");
      map.getPane("need").appendChild(this.canvas);
      map.on("moveend resize", this.draw, this);
      this.ready = (pools[this.url] = pools[this.url] || this.tools.fetched(this.url).catch((fault) => { delete pools[this.url]; throw fault; })).then((pool) => { this.pool = pool; this.draw(); });
    },
    onRemove(map) { this.canvas.remove(); map.off("moveend resize", this.draw, this); },
    draw() {
      if (!this.pool || !this._map) return;
      const map = this._map, size = map.getSize(), ratio = window.devicePixelRatio || 1;
      const corner = map.containerPointToLayerPoint(size.multiplyBy(-0.25)).round();
      const width = Math.round(size.x * 1.5), height = Math.round(size.y * 1.5);
      L.DomUtil.setPosition(this.canvas, corner);
      Object.assign(this.canvas, { width: width * ratio, height: height * ratio });
      Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
      const brush = this.canvas.getContext("2d");
      brush.scale(ratio, ratio);
      const zoom = map.getZoom(), scale = 256 * 2 ** zoom, origin = map.getPixelOrigin().add(corner);
      const radius = Math.max(0.85, Math.min(3.4, 0.62 * 1.42 ** (zoom - 5)));
      for (const kind in KINDS) this.stroke(brush, Number(kind), radius, (lat, lon) => {
        const sine = Math.sin(lat * Math.PI / 180);
        return [scale * (lon / 360 + 0.5) - origin.x, scale * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) - origin.y];
      }, [width, height]);
    },
    stroke(brush, kind, radius, project, [width, height]) {
      const [name, opacity, factor, ringFrom] = KINDS[kind], [lats, lons] = this.pool, ink = this.tools.colours[name];
      const own = kind === 3 ? Math.max(LEAST_MISSION_PX, radius * factor) : radius * factor;
      Object.assign(brush, { fillStyle: ink, strokeStyle: ink, globalAlpha: opacity, lineWidth: 0.9 });
      brush.beginPath();
      for (let i = 0; i < lats.length; i++) {
        if (this.states[i] !== kind) continue;
        const [x, y] = project(lats[i], lons[i]);
        if (x < -5 || y < -5 || x > width + 5 || y > height + 5) continue;
        brush.moveTo(x + own, y);
        brush.arc(x, y, own, 0, 2 * Math.PI);
      }
      if (radius > ringFrom) brush.stroke();
      else brush.fill();
      if (kind === 3) { Object.assign(brush, { strokeStyle: this.tools.colours["paper"], lineWidth: 0.7 }); brush.stroke(); }
    },
  });

  /* ---- pairs of bars, or changes, at the seats --------------------------------------------- */

  function seat(map, row, element) {
    const box = element("div"), made = element("div", "fp-seat"), changed = row.change !== undefined;
    made.append(element("b", "", row.name));
    if (changed) made.append(element("div", `fp-change ${row.change > 0 ? "fp-more" : row.change < 0 ? "fp-less" : ""}`, row.words));
    else for (const kind of ["force", "mission"]) {
      const line = element("div", `fp-line fp-of-${kind}`), bar = element("span", "fp-pair-bar");
      if (row[kind] === null) bar.classList.add("fp-unknown");
      else bar.style.width = `${Math.max(1, BAR_PX * row[kind])}px`;
      line.append(bar, element("span", "fp-number", row[`${kind}_words`]));
      made.append(line);
    }
    box.append(made);
    const icon = L.divIcon({ className: "fp-name fp-rank0 fp-hidden", html: box, iconSize: null, iconAnchor: [0, 0] });
    const marker = L.marker([row.lat, row.lon], { pane: "names", interactive: false, keyboard: false, icon }).addTo(map);
    ruler.font = '700 12px "Source Sans 3", "Segoe UI", Arial, sans-serif';
    const width = Math.max(changed ? 44 : 64, ruler.measureText(row.name).width + 8);
    return { marker, made, key: row.name, at: L.latLng(row.lat, row.lon), width, height: changed ? 30 : 38, shown: false };
  }

  /* Give each seat a place beside its point that nothing takes yet; return the names that need not be said again. */
  function place(map, taken, sites) {
    const state = map.footprint, size = map.getSize(), zoom = map.getZoom();
    if (state.mark) { const p = map.latLngToContainerPoint(state.mark); taken.push([p.x - 13, p.y - 13, p.x + 13, p.y + 13]); }
    const free = (b) => b[0] > 0 && b[2] < size.x && taken.every((t) => b[2] < t[0] || b[0] > t[2] || b[3] < t[1] || b[1] > t[3]);
    for (const one of state.seats) {
      const p = map.latLngToContainerPoint(one.at), icon = one.marker.getElement(), [w, h] = [one.width, one.height];
      if (!icon) continue;
      const near = sites.some((b) => p.x > b[0] && p.x < b[2] && p.y > b[1] && p.y < b[3]), gap = near ? 13 : 7;
      const inside = p.x > 4 && p.y > 4 && p.x < size.x - 4 && p.y < size.y - 4 && zoom >= SEATS_FROM_ZOOM;
      const ways = [[gap, -h / 2], [-gap - w, -h / 2], [-w / 2, gap], [-w / 2, -gap - h], [gap - 3, -h - 2], [gap - 3, 2], [-gap - w, -h - 2], [-gap - w, 2]];
      for (const more of [14, 26]) ways.push([gap + more, -h / 2], [-gap - w - more, -h / 2], [-w / 2, gap + more], [-w / 2, -gap - h - more]);
      const fits = inside && ways.find(([dx, dy]) => free([p.x + dx, p.y + dy, p.x + dx + w, p.y + dy + h]));
      const way = fits || (inside && zoom >= ALL_SEATS_FROM_ZOOM ? ways[0] : null);
      one.shown = Boolean(way);
      icon.classList.toggle("fp-hidden", !way);
      if (!way) continue;
      Object.assign(one.made.style, { left: `${way[0]}px`, top: `${way[1]}px`, width: `${w}px` });
      one.made.classList.toggle("fp-flush", way[0] < -w / 2 - 1);
      taken.push([p.x + way[0], p.y + way[1], p.x + way[0] + w, p.y + way[1] + h], [p.x - 4, p.y - 4, p.x + 4, p.y + 4]);
    }
    return new Set(state.seats.filter((one) => one.shown).map((one) => one.key));
  }

  /* ---- the place looked at ------------------------------------------------------------------ */

  function mark(group, map, desk, { brush, colours }) {
    const state = map.footprint, at = L.latLng(desk.mark[1], desk.mark[0]), ring = { radius: 11, fill: false };
    L.circleMarker(at, brush(map, "sketch", { ...ring, weight: 5, color: colours["paper"], opacity: 0.9 })).addTo(group);
    L.circleMarker(at, brush(map, "sketch", { ...ring, weight: 2.4, color: colours["ink"] })).addTo(group);
    L.circleMarker(at, brush(map, "sketch", { radius: 2.2, weight: 0, fillColor: colours["ink"], fillOpacity: 1 })).addTo(group);
    const key = [...desk.mark, desk.covered].join();
    if (state.marked === key) return;
    state.marked = key;
    state.touched = true;
    const size = map.getSize(), small = size.x < SMALL_SCREEN_PX;
    const right = size.x - (small ? 0 : desk.covered) - 40, low = size.y - (small ? 0.55 * size.y : 0) - 30;
    if (desk.goes) {
      map.setView(at, Math.max(map.getZoom(), 8), { animate: false });
      map.panBy([small ? 0 : desk.covered / 2, small ? 0.25 * size.y : 0], { animate: false });
      return;
    }
    const p = map.latLngToContainerPoint(at);
    const dx = Math.max(0, p.x - right) + Math.min(0, p.x - 40), dy = Math.max(0, p.y - low) + Math.min(0, p.y - 60);
    if (Math.abs(dx) > size.x || Math.abs(dy) > size.y) map.setView(at, map.getZoom(), { animate: false });
    else if (dx || dy) map.panBy([dx, dy], { animate: false });
  }

  /* On a small screen the sentence lies over the map's top, and months or a drawer over its foot: as high as they are. */
  function covered(height) {
    const frame = window.frameElement;
    const boxes = (query) => (frame ? [...frame.ownerDocument.querySelectorAll(query)] : []).map((one) => one.getBoundingClientRect()).filter((one) => one.height);
    const own = frame ? frame.getBoundingClientRect() : { top: 0, bottom: height };
    const top = Math.max(76, ...boxes(".st-key-say").map((one) => one.bottom - own.top));
    const foot = Math.max(0, ...boxes(".st-key-foot, .st-key-drawer, .st-key-drawerclosed").map((one) => own.bottom - one.top));
    return [Math.min(top, 0.4 * height) + 8, Math.min(foot, 0.45 * height) + 8];
  }

  function room(map, desk) {
    const size = map.getSize();
    // Top, right, bottom, left: what lies over the map there.
    if (size.x >= SMALL_SCREEN_PX) return [14, desk.covered ? desk.covered + 16 : 130, 14, 16];
    const [top, foot] = covered(size.y);
    return [top, 8, foot, 8];
  }

  function show(group, map, desk, tools) {
    const state = map.footprint;
    state.room = room(map, desk);
    state.mark = desk.mark ? L.latLng(desk.mark[1], desk.mark[0]) : null;
    const seats = (state.seats = desk.seats.map((row) => seat(map, row, tools.element)));
    tools.undo.push(() => { seats.forEach((one) => one.marker.remove()); if (state.seats === seats) state.seats = []; });
    if (desk.mark) mark(group, map, desk, tools);
    if (!desk.states) return Promise.resolve();
    const layer = new Dots(desk.dots, unpacked(desk.states), tools);
    layer.addTo(group);
    return layer.ready;
  }

  return { show, place };
})();
