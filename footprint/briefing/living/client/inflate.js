/* What is compressed, unpacked (raw deflate, RFC 1951): here, because not every browser does it by itself from a file. */
function inflate(packed, size) {
  const out = new Uint8Array(size);
  let at = 0, bit = 0, end = 0;

  function bits(count) {
    let value = 0;
    for (let i = 0; i < count; i++) {
      value |= ((packed[at] >> bit) & 1) << i;
      if (++bit === 8) { bit = 0; at++; }
    }
    return value;
  }

  /* Codes of a length are numbers in a row: how many there are of each length, and the symbols in their order. */
  function codes(lengths) {
    const count = new Uint16Array(16), next = new Uint16Array(16), symbols = new Uint16Array(lengths.length);
    for (const length of lengths) count[length]++;
    count[0] = 0;
    for (let i = 1; i < 16; i++) next[i] = next[i - 1] + count[i - 1];
    lengths.forEach((length, symbol) => { if (length) symbols[next[length]++] = symbol; });
    return { count, symbols };
  }

  function symbol({ count, symbols }) {
    let code = 0, first = 0, place = 0;
    for (let length = 1; length < 16; length++) {
      code |= bits(1);
      if (code - first < count[length]) return symbols[place + code - first];
      place += count[length];
      first = (first + count[length]) << 1;
      code <<= 1;
    }
    throw new Error("the file is damaged");
  }

  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  const extra = (n, step) => Math.max(0, Math.floor(n / step) - 1);
  const LENGTHS = [], DISTANCES = [];
  for (let n = 0, base = 3; n < 28; n++) { LENGTHS.push([base, extra(n, 4)]); base += 1 << extra(n, 4); }
  LENGTHS.push([258, 0]);
  for (let n = 0, base = 1; n < 30; n++) { DISTANCES.push([base, extra(n, 2)]); base += 1 << extra(n, 2); }

  function stated() {
    const literals = bits(5) + 257, distances = bits(5) + 1, own = new Array(19).fill(0);
    for (let i = 0, n = bits(4) + 4; i < n; i++) own[ORDER[i]] = bits(3);
    const lengths = [], table = codes(own);
    while (lengths.length < literals + distances) {
      const next = symbol(table);
      if (next < 16) lengths.push(next);
      else {
        const [value, times] = next === 16 ? [lengths[lengths.length - 1], 3 + bits(2)] : [0, next === 17 ? 3 + bits(3) : 11 + bits(7)];
        for (let i = 0; i < times; i++) lengths.push(value);
      }
    }
    return [codes(lengths.slice(0, literals)), codes(lengths.slice(literals))];
  }

  function fixed() {
    const lengths = Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
    return [codes(lengths), codes(new Array(30).fill(5))];
  }

  function stored() {
    if (bit) { bit = 0; at++; }
    const length = packed[at] | (packed[at + 1] << 8);
    out.set(packed.subarray(at + 4, at + 4 + length), end);
    at += 4 + length;
    end += length;
  }

  function block([literals, distances]) {
    for (;;) {
      const next = symbol(literals);
      if (next === 256) return;
      if (next < 256) { out[end++] = next; continue; }
      const [length, lengthBits] = LENGTHS[next - 257], count = length + bits(lengthBits);
      const [distance, distanceBits] = DISTANCES[symbol(distances)], back = distance + bits(distanceBits);
      for (let i = 0; i < count; i++, end++) out[end] = out[end - back];
    }
  }

  for (let last = 0; !last;) {
    last = bits(1);
    const kind = bits(2);
    if (kind === 0) stored();
    else block(kind === 1 ? fixed() : stated());
  }
  if (end !== size) throw new Error("the file is damaged");
  return out;
}
