// Random numbers that are the same for the same seed, in every browser.

// mulberry32, a small generator of uniform numbers; the same seed, the same numbers.
function uniform(seed) {
  let a = (seed * 2654435761 + 1) >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// Standard normal numbers (Box and Muller, 1958).
function normals(count, random) {
  const values = new Float64Array(count);
  for (let k = 0; k < count; k += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    values[k] = radius * Math.cos(angle);
    if (k + 1 < count) values[k + 1] = radius * Math.sin(angle);
  }
  return values;
}
