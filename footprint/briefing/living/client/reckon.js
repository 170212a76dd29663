/* What every combination of switches comes to. By cell, as the program reckons it: what stations miss is multiplied, the
   best of a group counts, the weakest group of a tier; then need adds up. By unit, from the figures that the file holds. */
function reckoner(data, text) {
  const index = data.sections, way = data.way, units = data.units.length, MONTHS = 12;
  const size = Object.values(index).reduce((most, [kind, from, count]) => Math.max(most, from + count * Number(kind[1])), 0);
  const bytes = inflate(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)), size);

  /* An array by its name: bytes of a kind stand together, the lowest ones first. */
  function numbers(name) {
    const [kind, from, count, rising] = index[name], width = Number(kind[1]);
    if (kind === "f4") {
      const own = new Uint8Array(4 * count);
      for (let k = 0; k < 4; k++) for (let i = 0; i < count; i++) own[4 * i + k] = bytes[from + k * count + i];
      const view = new DataView(own.buffer);
      return Float32Array.from({ length: count }, (_, i) => view.getFloat32(4 * i, true));
    }
    const found = width === 1 ? new Uint8Array(count) : width === 2 ? new Uint16Array(count) : new Uint32Array(count);
    for (let k = 0; k < width; k++) for (let i = 0; i < count; i++) found[i] |= bytes[from + k * count + i] << (8 * k);
    if (!rising) return found;
    const sums = new Uint32Array(count);
    for (let i = 0, sum = 0; i < count; i++) sums[i] = sum += found[i];
    return sums;
  }

  const parts = (name, steps) => Float64Array.from(numbers(name), (each) => each / steps);
  const need = data.units.map((unit) => unit.need);

  /* ---- by unit ----------------------------------------------------------------------------------------------- */

  function fromTable() {
    const table = numbers("table"), combinations = 1 << data.switches.length, { groups, months, steps } = way;
    const NOT_KNOWN = 0x8000, NO_NEED = 0x7fff;
    return function figures(state) {
      const number = state.reduce((sum, on, i) => sum + (on ? 1 << i : 0), 0), made = blank();
      for (let unit = 0; unit < units; unit++) for (let month = 0; month < MONTHS; month++) {
        const value = (which) => table[((which * units + unit) * groups + months[month]) * combinations + number];
        const share = (each) => ((each & NO_NEED) === NO_NEED ? NaN : (each & NO_NEED) / steps);
        made.force[unit][month] = share(value(0));
        made.mission[unit][month] = share(value(1));
        made.known[unit][month] = !(value(1) & NOT_KNOWN);
      }
      // A dot stands for its unit.
      made.force_at = (unit, month) => made.force[unit][month];
      made.mission_at = (unit, month) => made.mission[unit][month];
      return made;
    };
  }

  const blank = () => {
    const rows = (value) => Array.from({ length: units }, () => new Array(MONTHS).fill(value));
    return { force: rows(0), mission: rows(0), known: rows(true) };
  };

  /* ---- by cell ----------------------------------------------------------------------------------------------- */

  function formulas(own) {
    const { name } = own, slots = own.group.length;
    const each = data.switches.map((_, i) => {
      const rows = numbers(`${name}s${i}.rows`);
      return { rows, off: parts(`${name}s${i}.off`, way.steps), on: parts(`${name}s${i}.on`, way.steps) };
    });
    const evacuations = own.evacuations.map((one) => ({
      needs: one.needs, rows: numbers(`${one.name}.rows`), chance: parts(`${one.name}.chance`, way.steps),
    }));
    return { ...own, slots, each, evacuations, fixed: parts(`${name}.fixed`, way.steps), at: numbers(`${name}.at`) };
  }

  /* Levels of all rows of one bundle, written behind the plain ones. */
  function levels(own, state, into, first) {
    const { rows, slots } = own, missed = own.fixed.slice(), evacuated = new Float64Array(own.relay < 0 ? 0 : rows);
    own.each.forEach((turn, i) => {
      const miss = state[i] ? turn.on : turn.off, count = turn.rows.length;
      for (let slot = 0; slot < slots; slot++) for (let k = 0; k < count; k++) missed[slot * rows + turn.rows[k]] *= miss[slot * count + k];
    });
    if (own.relay >= 0) for (const { needs, rows: at, chance } of own.evacuations) {
      if (!needs.every(([i, on]) => Boolean(state[i]) === Boolean(on))) continue;
      at.forEach((row, k) => { evacuated[row] = Math.max(evacuated[row], chance[k]); });
    }
    for (let row = 0; row < rows; row++) into[first + row] = own.all ? weakest(own, missed, evacuated, row) : any(own, missed, evacuated, row);
  }

  function any({ rows, slots, relay }, missed, evacuated, row) {
    let left = relay < 0 ? 1 : 1 - evacuated[row];
    for (let slot = 0; slot < slots; slot++) left *= missed[slot * rows + row];
    return 1 - left;
  }

  function weakest({ rows, slots, relay, group, groups }, missed, evacuated, row) {
    let low = 1, slot = 0;
    for (let number = 0; number < groups; number++) {
      let best = number === relay ? evacuated[row] : 0;
      for (; slot < slots && group[slot] === number; slot++) best = Math.max(best, 1 - missed[slot * rows + row]);
      low = Math.min(low, best);
    }
    return low;
  }

  function fromCells() {
    const { cells, items, plain } = way, first = plain + 1, weights = numbers("need"), alike = weights.length === cells;
    const counts = numbers("units"), unit = numbers("unit"), share = numbers("share"), start = new Uint32Array(cells + 1);
    for (let i = 0; i < cells; i++) start[i + 1] = start[i] + counts[i];
    const worlds = way.worlds.map((world, w) => ({
      ...world,
      steady: numbers(`w${w}.steady`),
      hidden: numbers(`w${w}.hidden`),
      bundles: world.bundles.map((own) => {
        const made = formulas(own);
        made.level = new Float64Array(first + made.rows);
        for (let i = 0; i <= plain; i++) made.level[i] = i / plain;
        return made;
      }),
      most: Object.entries(world.most).map(([tier, own]) => ({ tier: Number(tier), own: own && Object.assign(formulas(own), { level: new Float64Array(own.rows) }) })),
    }));

    /* Add to the sums of every unit what a value of each cell in one group of months comes to there. */
    function add(world, group, value, sums) {
      const months = [];
      for (let month = 0; month < MONTHS; month++) if (world.months[month] === group) months.push(month);
      for (let cell = 0; cell < cells; cell++) {
        const own = value(cell);
        if (!own) continue;
        for (const month of alike ? months.slice(0, 1) : months) {
          const weighed = own * weights[alike ? cell : month * cells + cell];
          sums[0][month] += weighed;
          for (let k = start[cell]; k < start[cell + 1]; k++) sums[unit[k] + 1][month] += weighed * share[k];
        }
      }
      if (alike) for (const row of sums) for (const month of months) row[month] = row[months[0]];
    }

    const zeros = () => Array.from({ length: units }, () => new Float64Array(MONTHS));

    return function figures(state) {
      const world = worlds[worlds.length > 1 && state[state.length - 1] ? 1 : 0], made = blank();
      world.bundles.forEach((own, b) => {
        levels(own, state, own.level, first);
        const sums = zeros(), { level } = own;
        for (let group = 0; group < world.groups; group++) add(world, group, (cell) => { const code = own.at[group * items + cell]; return code < first ? 0 : level[code]; }, sums);
        for (let u = 0; u < units; u++) for (let month = 0; month < MONTHS; month++) {
          const total = need[u][month], share_ = total > 0 ? world.steady[(b * units + u) * MONTHS + month] + sums[u][month] / total : NaN;
          if (b === 0) made.force[u][month] = share_;
          else made.mission[u][month] += share_ / 3;
        }
      });
      for (let i = 0; i < world.hidden.length; i++) if (world.hidden[i]) made.known[Math.floor(i / MONTHS) % units][i % MONTHS] = false;
      for (const { tier, own } of world.most) hide(world, tier, own, state, made);
      // Levels of their own: the next combination is reckoned where these stood.
      const own = world.bundles.map(({ level }) => Float32Array.from(level)), place = (b, item, month) => world.bundles[b].at[world.months[month] * items + item];
      made.force_at = (item, month) => own[0][place(0, item, month)];
      made.mission_at = (item, month) => (own[1][place(1, item, month)] + own[2][place(2, item, month)] + own[3][place(3, item, month)]) / 3;
      return made;
    };

    /* A tier is not known where the rest of it, without what nobody names, could come to more than is there. */
    function hide(world, tier, rest, state, made) {
      const own = world.bundles[tier + 1], sums = zeros();
      if (rest) levels(rest, state, rest.level, 0);
      for (let group = 0; group < world.groups; group++) add(world, group, (cell) => {
        const code = own.at[group * items + cell], code_rest = rest ? rest.at[group * cells + cell] : 0;
        if (rest ? !code_rest : code < first) return 0;
        return (rest ? rest.level[code_rest - 1] : 1) > own.level[code] ? 1 : 0;
      }, sums);
      sums.forEach((row, u) => row.forEach((sum, month) => { if (sum > 0) made.known[u][month] = false; }));
    }
  }

  const figures = way.kind === "cells" ? fromCells() : fromTable();
  return { figures, numbers };
}
