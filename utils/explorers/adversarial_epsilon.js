const SIDE = 8, LARGEST = 0.5, CURVE = 50; // pixels a side; ε of the curve and its parts
const METHODS = ["FGSM", "PGD", "random signs"];
const LOOKS = { FGSM: ["blue", []], PGD: ["red", [7, 4]], "random signs": ["quiet", [2, 4]] };
const range = (count) => Array.from({ length: count }, (_, k) => k);
const PICTURES = READERS.pictures.sixteenths.map((pixels) => pixels.map((v) => v / 16));
const NETWORKS = Object.fromEntries(["ordinary", "robust"].map((name) => {
  const { W1, b1, W2, b2 } = READERS[name], part = (v) => v / 100;
  return [name, { W1: W1.map((row) => row.map(part)), b1: b1.map(part),
    W2: W2.map((row) => row.map(part)), b2: b2.map(part) }];
}));

const dot = (a, b) => a.reduce((sum, v, k) => sum + v * b[k], 0);

// Probabilities of the classes, and what the gradient needs.
function forward({ W1, b1, W2, b2 }, x) {
  const z = W1.map((row, j) => dot(row, x) + b1[j]);
  const s = W2.map((row, k) => dot(row, z.map((v) => Math.max(0, v))) + b2[k]);
  const top = Math.max(...s), e = s.map((v) => Math.exp(v - top));
  const total = e.reduce((a, b) => a + b, 0);
  return { z, p: e.map((v) => v / total) };
}

// Gradient of the cross-entropy of class y with respect to the pixels.
function gradient({ W1, b1, W2, b2 }, x, y) {
  const { z, p } = forward({ W1, b1, W2, b2 }, x);
  const ds = p.map((v, k) => v - (k === y ? 1 : 0));
  const dz = z.map((v, j) => (v > 0 ? W2.reduce((sum, row, k) => sum + row[j] * ds[k], 0) : 0));
  return x.map((_, i) => W1.reduce((sum, row, j) => sum + row[i] * dz[j], 0));
}

function attacked(net, x, y, { method, epsilon, steps, draw }) {
  if (method === "random signs") {
    const random = uniform(draw);
    return x.map((v) => clamp(v + (random() < 0.5 ? -epsilon : epsilon), 0, 1));
  }
  const many = method === "PGD" ? steps : 1;
  const step = method === "PGD" ? (2.5 * epsilon) / steps : epsilon;
  let now = x;
  for (let k = 0; k < many; k++) {
    const slope = gradient(net, now, y);
    now = now.map((v, i) => clamp(clamp(v + step * Math.sign(slope[i]), x[i] - epsilon, x[i] + epsilon), 0, 1));
  }
  return now;
}

const explorer = {
  layout(width) {
    if (width < 620) return { height: 660, boxes: [], narrow: true };
    return { height: 450, boxes: [], narrow: false };
  },

  compute(state) {
    const net = NETWORKS[state.network], x = PICTURES[state.digit], y = state.digit;
    const picture = attacked(net, x, y, state);
    const { p } = forward(net, picture), before = forward(net, x).p;
    const curves = Object.fromEntries(METHODS.map((method) => [method, range(CURVE + 1).map((k) => {
      const epsilon = (LARGEST * k) / CURVE;
      return forward(net, attacked(net, x, y, { ...state, method, epsilon })).p[y];
    })]));
    const answer = p.indexOf(Math.max(...p));
    const change = picture.map((v, i) => v - x[i]);
    return { x, picture, change, p, before, curves, answer, largest: Math.max(...change.map(Math.abs)) };
  },

  readout: ({ picture, p, before, answer, largest, curves }) => ({ picture, p, before, answer, largest, curves }),

  draw(view) {
    const { narrow, width } = view;
    const gap = 16, side = narrow ? Math.min(108, (width - 2 * gap) / 3) : Math.min(150, (width * 0.6 - 2 * gap) / 3);
    drawPictures(view, side, gap);
    const top = side + 46;
    if (narrow) {
      drawBars(view, { left: 0, top, width, height: 200 });
      drawCurves(view, { left: 0, top: top + 214, width, height: 660 - top - 214 });
    } else {
      const left = 3 * side + 2 * gap + 24;
      drawBars(view, { left, top: 0, width: width - left, height: side + 40 });
      drawCurves(view, { left: 0, top: side + 52, width, height: 450 - side - 52 });
    }
  },

  summary({ p, before, answer, largest }, { digit, method, epsilon, network }) {
    const sure = (part) => (part < 0.005 ? "less than 1\u00a0%" : percent(part));
    const name = method === "random signs" ? "Random signs" : method;
    const verdict = answer === digit ? `It is still read as ${digit}, with ${sure(p[digit])}.`
      : `It is read as ${answer} (${sure(p[answer])}); the ${digit} is left with ${sure(p[digit])}.`;
    return `The ${network} network is ${sure(before[digit])} sure of the ${digit}. ` +
      `${name} with ε\u00a0=\u00a0${format(epsilon, 3)} changes pixels by at most ${format(largest, 3)}. ${verdict}`;
  },
};

function drawPictures(view, side, gap) {
  const { numbers, state, colors } = view;
  const grey = (v) => [255 * v, 255 * v, 255 * v];
  // The change: blue is darker, orange is brighter, gray is no change.
  const signed = (v) => {
    const part = clamp(Math.abs(v) / LARGEST, 0, 1) ** 0.7, end = v < 0 ? [0, 114, 178] : [230, 159, 0];
    return end.map((c) => 128 + (c - 128) * part);
  };
  const show = (number, title, values, paint, below, color = colors.quiet) => {
    const left = number * (side + gap);
    const panel = new Panel(view, { left: left - 2, top: 18, width: side + 4, height: side + 4 },
      { x: [0, SIDE], y: [0, SIDE], bare: true });
    panel.write(title, left, 9, { weight: 600, size: 13 });
    panel.picture(SIDE, SIDE, (row, column) => paint(values[row * SIDE + column]));
    panel.write(below, left, side + 32, { color, size: 12 });
  };
  const wrong = numbers.answer !== state.digit;
  show(0, "picture", numbers.x, grey, `a ${state.digit}`);
  show(1, "change", numbers.change, signed, "orange: brighter");
  show(2, "sum", numbers.picture, grey, `${wrong ? "✕" : "✓"} read as ${numbers.answer}`,
    wrong ? colors.red : colors.green);
}

function drawBars(view, box) {
  const { numbers, state, colors } = view;
  const panel = new Panel(view, box, { x: [-0.6, 9.6], y: [0, 1], title: "probability of each class",
    xLabel: "filled: after the change; line: before" });
  panel.axes({ xTicks: ticksAt(range(10)), yTicks: 2 });
  numbers.p.forEach((p, k) => {
    const color = k === state.digit ? colors.green : k === numbers.answer ? colors.red : colors.sky;
    panel.bar(k - 0.32, 0, k + 0.32, p, { color });
    panel.line([[k - 0.42, numbers.before[k]], [k + 0.42, numbers.before[k]]], { color: colors.ink, width: 2 });
  });
}

function drawCurves(view, box) {
  const { numbers, state, colors } = view;
  const panel = new Panel(view, box, { x: [0, LARGEST], y: [0, 1.24],
    title: `probability of the ${state.digit}, over ε`, xLabel: "ε", yLabel: "probability", room: 14 });
  panel.axes({ yTicks: ticksAt([0, 0.5, 1]) });
  for (const method of METHODS) {
    const [color, dash] = LOOKS[method];
    panel.line(numbers.curves[method].map((p, k) => [(LARGEST * k) / CURVE, p]),
      { color: colors[color], dash, width: method === state.method ? 3 : 1.75 });
  }
  panel.line([[state.epsilon, 0], [state.epsilon, 1.02]], { color: colors.orange, width: 1.5 });
  METHODS.forEach((method, k) => {
    const [color, dash] = LOOKS[method], at = (pixels) => (LARGEST * (70 * k + pixels)) / panel.width;
    panel.line([[at(4), 1.13], [at(20), 1.13]], { color: colors[color], dash, width: 2.5 });
    panel.text(method, at(25), 1.13, { color: colors.ink });
  });
  const now = numbers.p[state.digit];
  panel.dot(state.epsilon, now, { color: colors.orange, size: 6 });
  panel.handle({ name: "epsilon", label: "ε, drag along the curve", along: "x", step: 0.005,
    at: [state.epsilon, now], move: (epsilon) => ({ epsilon: clamp(epsilon, 0, LARGEST) }) });
}
