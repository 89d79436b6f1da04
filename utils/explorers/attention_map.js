// Queries and keys of the number; written by `python -m utils.explorers.attention_training`.
const LEARNED = {
  queries: ["three", "hundred", "sixty", "five", "(end)"],
  keys: ["drei", "hundert", "fünf", "und", "sechzig"],
  Q: [
    [[2.54, -0.08, 1.89, -1.52], [1.71, 0.75, -0.09, 0.65], [-1.0, -0.49, -2.49, 1.22],
     [-0.86, -1.16, 1.25, 1.68], [0.11, -0.13, -0.28, 0.35]],
    [[2.25, 1.58, 0.47, -2.67], [3.18, 0.41, -1.3, 2.19], [-2.62, -0.39, 2.3, 1.01],
     [-3.17, 1.48, -1.71, 0.54], [-1.07, 0.14, -0.42, 1.65]],
    [[-1.25, -3.72, 0.02, -2.95], [-0.9, -0.12, -0.65, -2.11], [-1.1, 1.4, -0.62, 3.55],
     [2.68, 0.79, -2.33, 0.86], [1.04, 1.59, -0.87, 1.08]],
  ],
  K: [
    [[2.55, -1.53, 1.61, -0.21], [-0.08, 1.53, -0.61, -0.15], [-1.45, -1.71, 1.16, 1.72],
     [-0.58, 0.81, -1.07, -1.13], [-2.35, -0.63, -2.64, 0.3]],
    [[1.96, 1.88, -1.45, -2.36], [1.44, 0.61, -2.5, 2.99], [-2.43, 0.57, -2.03, 1.44],
     [-0.43, -0.38, 1.43, 2.08], [-1.79, -1.65, 3.4, 2.2]],
    [[0.18, -1.8, 0.81, -3.22], [0.96, 1.2, 0.8, -0.48], [1.64, 0.95, -1.8, 0.22],
     [-1.5, 1.54, 1.6, 1.37], [-2.06, 2.59, 1.29, 3.13]],
  ],
};

const D = 4; // numbers in a query or key

// ----- two examples made by hand -----
const words = (text) => text.split(" ");
const GERMAN = words("Kannst du mir helfen diesen Satz zu übersetzen");
const ENGLISH = words("Can you help me to translate this sentence");
const SOURCE = [0, 1, 3, 2, 6, 7, 4, 5]; // place of each English word in German
const FOX = words("The quick brown fox jumps over the lazy dog");
const PHRASE = [0, 0, 0, 0, 2, 2, 1, 1, 1]; // first noun's, second noun's, neither
const KIND = [0, 1, 1, 2, 3, 3, 0, 1, 2]; // article, adjective, noun, the rest

const place = (p, size = 2) =>
  [Math.cos(0.6 * p), Math.sin(0.6 * p), Math.cos(1.9 * p), Math.sin(1.9 * p)]
    .map((part) => size * part);
// Eight codes that are at right angles or opposite.
const meaning = (j) => [j & 1, j & 2, j & 4, ((j & 1) ? 1 : 0) ^ ((j & 2) ? 1 : 0) ^ ((j & 4) ? 1 : 0)]
  .map((bit) => (bit ? 1.4 : -1.4));
const one = (k, size) => [0, 1, 2, 3].map((i) => (i === k ? size : 0));
const mix = (a, b) => a.map((part, i) => 0.6 * (part + b[i]));

const EXAMPLES = {
  number: { ...LEARNED, names: ["Head 1", "Head 2", "Head 3"], origin: "learned" },
  "word order": {
    queries: ENGLISH, keys: GERMAN, origin: "made by hand",
    names: ["Head 1: the same place", "Head 2: the same meaning", "Head 3: both at once"],
    Q: [
      ENGLISH.map((_, p) => place(p)),
      ENGLISH.map((_, p) => meaning(SOURCE[p])),
      ENGLISH.map((_, p) => mix(place(p), meaning(SOURCE[p]))),
    ],
    K: [
      GERMAN.map((_, p) => place(p)),
      GERMAN.map((_, p) => meaning(p)),
      GERMAN.map((_, p) => mix(place(p), meaning(p))),
    ],
  },
  fox: {
    queries: FOX, keys: FOX, origin: "made by hand",
    names: ["Head 1: the word before", "Head 2: words of my kind", "Head 3: what describes me"],
    Q: [
      FOX.map((_, p) => place(p - 1)),
      FOX.map((_, p) => one(KIND[p], 2.5)),
      FOX.map((_, p) => [KIND[p] === 2 ? 2.5 : 0, ...one(PHRASE[p], 2).slice(0, 3)]),
    ],
    K: [
      FOX.map((_, p) => place(p)),
      FOX.map((_, p) => one(KIND[p], 2.5)),
      FOX.map((_, p) => [KIND[p] === 1 ? 2.5 : 0, ...one(PHRASE[p], 2).slice(0, 3)]),
    ],
  },
};

const share = (weight, digits = 2) => weight.toFixed(digits);
const dot = (a, b) => a.reduce((sum, part, i) => sum + part * b[i], 0);

function softmax(scores) {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

const explorer = {
  layout(width) {
    const narrow = width < 620;
    const plan = sideBySide(width, {
      height: 330, shares: [4, 5], stacked: [300, 330], least: 620,
    });
    const tall = narrow ? 262 : 208;
    const boxes = [...plan.boxes, { left: 0, top: plan.height + 14, width, height: tall }];
    return { height: plan.height + 14 + tall, boxes, narrow };
  },

  compute({ example, head, query, temperature, causal }) {
    const { queries, keys, names, origin, Q, K } = EXAMPLES[example];
    const h = Number(head) - 1;
    const row = clamp(Math.round(query), 1, queries.length) - 1;
    const masked = causal && example === "fox";
    const products = Q[h].map((q) => K[h].map((k) => dot(q, k)));
    const scores = products.map((line, i) => line.map((product, j) =>
      (masked && j > i ? -Infinity : product / (Math.sqrt(D) * temperature))));
    const weights = scores.map(softmax);
    const strongest = weights[row].indexOf(Math.max(...weights[row]));
    return { queries, keys, name: names[h], origin, row, strongest, masked,
      Q: Q[h], K: K[h], products, scores: scores[row], weights };
  },

  readout: ({ queries, keys, row, strongest, masked, Q, K, products, weights }) =>
    ({ queries, keys, row, strongest, masked, Q, K, products, weights }),

  draw(view) {
    listen(view);
    drawLines(view);
    drawMatrix(view);
    drawNumbers(view);
  },

  summary({ queries, keys, name, origin, row, strongest, weights, masked }, { temperature }) {
    return `${name} (${origin}), temperature ${format(temperature, 2)}` +
      `${masked ? ", causal mask" : ""}: “${queries[row]}” looks most at ` +
      `“${keys[strongest]}”, with the weight ${share(weights[row][strongest])}.`;
  },
};

// The pointer over the map chooses the word that looks.
let latest = null;
function listen(view) {
  latest = view;
  const { canvas } = view.context;
  if (canvas.dataset.listens) return;
  canvas.dataset.listens = "yes";
  canvas.addEventListener("pointermove", (event) => {
    const { left, top } = canvas.getBoundingClientRect();
    const x = event.clientX - left, y = event.clientY - top;
    for (const { area, rows } of latest.areas || []) {
      if (x < area.left || x > area.right || y < area.top || y > area.bottom) continue;
      const row = Math.floor(((y - area.top) / (area.bottom - area.top)) * rows);
      if (row !== latest.numbers.row) latest.change({ query: clamp(row, 0, rows - 1) + 1 });
    }
  });
}

function drawLines(view) {
  const { numbers, colors, boxes } = view;
  const { queries, keys, weights, row, name } = numbers;
  const panel = new Panel(view, boxes[0], { x: [0, 1], y: [0, 1], bare: true, title: name });
  panel.labels();
  const { pen } = panel;
  const a = panel.left + 0.36 * panel.width, b = panel.left + 0.66 * panel.width;
  const at = (i, count) => panel.top + 26 + ((i + 0.5) / count) * (panel.height - 30);
  panel.write("looks", a - 10, panel.top + 10, { align: "right", size: 11, color: colors.quiet });
  panel.write("is looked at", b + 10, panel.top + 10, { size: 11, color: colors.quiet });
  const stroke = (i, j, color, width) => {
    pen.strokeStyle = color;
    pen.lineWidth = width;
    pen.beginPath();
    pen.moveTo(a, at(i, queries.length));
    pen.lineTo(b, at(j, keys.length));
    pen.stroke();
  };
  weights.forEach((line, i) => line.forEach((weight, j) => {
    if (i !== row && weight > 0.02) stroke(i, j, fade(colors.quiet, 0.5 * weight), 2);
  }));
  weights[row].forEach((weight, j) => {
    if (weight > 0.004) stroke(row, j, fade(colors.blue, 0.25 + 0.75 * weight), 1 + 7 * weight);
  });
  queries.forEach((word, i) => {
    const chosen = i === row;
    panel.mark(a, at(i, queries.length), { color: chosen ? colors.blue : colors.quiet, size: chosen ? 6 : 3.5 });
    panel.write(word, a - 12, at(i, queries.length),
      { align: "right", weight: chosen ? 700 : 400, color: chosen ? colors.blue : colors.ink });
  });
  keys.forEach((word, j) => {
    const strong = j === numbers.strongest;
    panel.mark(b, at(j, keys.length), { color: strong ? colors.blue : colors.quiet, shape: "square", size: 4 });
    panel.write(word, b + 12, at(j, keys.length), { weight: strong ? 700 : 400 });
  });
  const spot = at(row, queries.length);
  const pick = (y) => {
    const i = Math.floor(((y - panel.top - 26) / (panel.height - 30)) * queries.length);
    return { query: clamp(i, 0, queries.length - 1) + 1 };
  };
  view.handles.push({
    name: "query", group: "query", label: "Word that looks", along: "y", step: 1, size: 8,
    at: [0, row + 1], left: a, top: spot, place: (_, y) => pick(y),
    nudge: (_, dy) => ({ query: clamp(row - dy, 0, queries.length - 1) + 1 }),
  });
  view.areas = [{ rows: queries.length, area: { left: panel.left, right: a + 10,
    top: panel.top + 26, bottom: panel.top + panel.height - 4 } }];
}

// Words over columns; they stand upright where there is no room to lie.
function writeHeads(panel, names, left, step, bottom, colors, strongest) {
  const { pen } = panel;
  const upright = step < 58;
  names.forEach((word, j) => {
    const style = { size: 11, weight: j === strongest ? 700 : 400, color: j === strongest ? colors.ink : colors.quiet };
    if (!upright) {
      panel.write(word, left + (j + 0.5) * step, bottom - 8, { ...style, align: "center" });
      return;
    }
    pen.save();
    pen.translate(left + (j + 0.5) * step, bottom - 4);
    pen.rotate(-Math.PI / 2);
    panel.write(word, 0, 0, style);
    pen.restore();
  });
  return upright;
}

function drawMatrix(view) {
  const { numbers, colors, boxes } = view;
  const { queries, keys, weights, row } = numbers;
  const box = boxes[1], heads = view.narrow ? 88 : 66, margin = 78;
  const panel = new Panel(view, { ...box, top: box.top + heads, left: box.left + margin,
    width: box.width - margin, height: box.height - heads },
    { x: [0, keys.length], y: [0, queries.length], bare: true });
  panel.write("Weights: each row sums to 1", box.left, box.top + 14, { weight: 600, size: 13 });
  writeHeads(panel, keys, panel.left, panel.width / keys.length, panel.top - 2, colors, numbers.strongest);
  const small = panel.width / keys.length < 34;
  weights.forEach((line, i) => {
    line.forEach((weight, j) => {
      const y = queries.length - i;
      const hidden = numbers.masked && j > i, part = 0.06 + 0.8 * weight;
      panel.bar(j + 0.03, y - 0.04, j + 0.97, y - 0.96, {
        color: hidden ? fade(colors.quiet, 0.12) : fade(colors.blue, part),
        stroke: i === row ? colors.ink : undefined,
      });
      if (hidden || weight >= (small ? 0.05 : 0.005)) {
        panel.text(hidden ? "–" : share(weight, small ? 1 : 2), j + 0.5, y - 0.5, { align: "center", halo: false, size: small ? 10 : 11,
          color: hidden ? colors.quiet : inkOn(colors.blue, part, colors), weight: i === row ? 700 : 400 });
      }
    });
    panel.write(queries[i], panel.left - 8, panel.py(queries.length - i - 0.5),
      { align: "right", size: 11, weight: i === row ? 700 : 400, color: i === row ? colors.blue : colors.quiet });
  });
  view.areas.push({ rows: queries.length, area: panel });
}

function drawNumbers(view) {
  const { numbers, state, colors, boxes, narrow } = view;
  const { queries, keys, row, strongest, Q, K, products, scores, weights } = numbers;
  const box = boxes[2], margin = narrow ? 58 : 92;
  const panel = new Panel(view, box, { x: [0, 1], y: [0, 1], bare: true });
  const left = box.left + margin, step = (box.width - margin) / keys.length;
  panel.write(`How “${queries[row]}” gets its weights`, box.left, box.top + 12, { weight: 600, size: 13 });
  const top = box.top + (step < 58 ? 92 : 48);
  writeHeads(panel, keys, left, step, top, colors, strongest);
  const small = step < 44;
  const lines = [
    ["q·k", products[row].map((value) => format(value, small ? 1 : 2))],
    [narrow ? "÷ √4 τ" : "divided by √4 τ", scores.map((value) => format(value, small ? 1 : 2))],
    ["weight", weights[row].map((value) => share(value, small ? 1 : 2))],
  ];
  lines.forEach(([name, values], line) => {
    const y = top + 14 + 22 * line;
    panel.write(name, box.left, y, { size: 12, color: colors.quiet });
    values.forEach((value, j) => panel.write(value, left + (j + 0.5) * step, y,
      { align: "center", size: small ? 10 : 12,
        weight: j === strongest ? 700 : 400, color: line === 2 && j === strongest ? colors.blue : colors.ink }));
  });
  const vector = (values) => `(${values.map((value) => format(value, 2)).join(", ")})`;
  const product = products[row][strongest], score = scores[strongest];
  const text = [
    `q = ${vector(Q[row])}   ${narrow ? "" : `k of “${keys[strongest]}” = ${vector(K[strongest])}`}`,
    narrow ? `k of “${keys[strongest]}” = ${vector(K[strongest])}` : "",
    `q·k = ${format(product, 2)};  ${format(product, 2)} / (2 · ${format(state.temperature, 2)}) = ${format(score, 2)}`,
    `weight = exp(${format(score, 2)}) / sum of ${numbers.masked ? row + 1 : keys.length} exps = ${share(weights[row][strongest])}`,
  ].filter(Boolean);
  text.forEach((line, i) => panel.write(line, box.left, top + 92 + 19 * i, { size: narrow ? 11 : 12 }));
}
