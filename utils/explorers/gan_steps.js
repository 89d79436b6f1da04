const SIDE = 2.4; // the plane runs from −SIDE to SIDE
const COUNT = 96, HIDDEN = 24, SPREAD = 0.1;
const WINDOW = 300; // steps that the curves show
const NEAR = 0.35, ENOUGH = 3; // a mode is covered by so many samples so near
const BETAS = [0.5, 0.99], EPSILON = 1e-8;
const circle = (many, radius, turn) => Array.from({ length: many }, (_, k) =>
  [radius * Math.cos(turn + (2 * Math.PI * k) / many), radius * Math.sin(turn + (2 * Math.PI * k) / many)]);
const CLOUDS = {
  two: [[-1.2, 0], [1.2, 0]], four: circle(4, 1.4, Math.PI / 4), "ring of six": circle(6, 1.5, 0),
};
const sigmoid = (s) => 1 / (1 + Math.exp(-s));
const softplus = (s) => Math.max(s, 0) + Math.log1p(Math.exp(-Math.abs(s)));
const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;

// ----- a network 2 → HIDDEN → outputs with tanh; weights W (H, 2), b (H), V (O, H), c (O) -----
function makeNetwork(outputs, random) {
  const scaled = (count, scale) => normals(count, random).map((value) => scale * value);
  return {
    W: scaled(2 * HIDDEN, Math.SQRT1_2), b: scaled(HIDDEN, 0.5),
    V: scaled(outputs * HIDDEN, 1 / Math.sqrt(HIDDEN)), c: new Float64Array(outputs),
  };
}

function forward({ W, b, V, c }, [x, y]) {
  const h = new Float64Array(HIDDEN), out = c.slice();
  for (let j = 0; j < HIDDEN; j++) {
    h[j] = Math.tanh(W[2 * j] * x + W[2 * j + 1] * y + b[j]);
    for (let o = 0; o < out.length; o++) out[o] += V[o * HIDDEN + j] * h[j];
  }
  return { h, out };
}

const emptyLike = (network) => Object.fromEntries(
  Object.entries(network).map(([name, values]) => [name, new Float64Array(values.length)]));

// Adds the gradient of one sample to `sums`; returns the gradient of the input.
function backward({ W, V }, [x, y], h, d, sums) {
  let dx = 0, dy = 0;
  for (let j = 0; j < HIDDEN; j++) {
    let back = 0;
    for (let o = 0; o < d.length; o++) {
      back += d[o] * V[o * HIDDEN + j];
      if (sums) sums.V[o * HIDDEN + j] += d[o] * h[j];
    }
    const da = back * (1 - h[j] * h[j]);
    if (sums) { sums.W[2 * j] += da * x; sums.W[2 * j + 1] += da * y; sums.b[j] += da; }
    dx += da * W[2 * j];
    dy += da * W[2 * j + 1];
  }
  if (sums) d.forEach((one, o) => { sums.c[o] += one; });
  return [dx, dy];
}

function adam({ network, first, second, count }, gradient, rate) {
  const next = { network: {}, first: {}, second: {}, count: count + 1 };
  const [a, b] = BETAS.map((beta) => 1 - beta ** next.count);
  for (const [name, g] of Object.entries(gradient)) {
    const m = next.first[name] = first[name].map((v, k) => BETAS[0] * v + (1 - BETAS[0]) * g[k]);
    const s = next.second[name] = second[name].map((v, k) => BETAS[1] * v + (1 - BETAS[1]) * g[k] ** 2);
    next.network[name] = network[name].map((v, k) =>
      v - (rate * (m[k] / a)) / (Math.sqrt(s[k] / b) + EPSILON));
  }
  return next;
}
const player = (network) =>
  ({ network, first: emptyLike(network), second: emptyLike(network), count: 0 });

// ----- the game -----
function moveDiscriminator(D, samples, points, rate) {
  const sums = emptyLike(D.network);
  for (const [places, real] of [[points, 1], [samples, 0]]) {
    for (const place of places) {
      const { h, out } = forward(D.network, place);
      backward(D.network, place, h, [(0.5 * (sigmoid(out[0]) - real)) / COUNT], sums);
    }
  }
  return adam(D, sums, rate);
}

// How the generator's loss changes with every sample, times the number of samples.
const slopes = (D, samples, loss) => samples.map((place) => {
  const { h, out } = forward(D, place), p = sigmoid(out[0]);
  return backward(D, place, h, [loss === "minimax" ? -p : p - 1]);
});

function generatorGradient(G, D, noise, samples, loss) {
  const sums = emptyLike(G);
  slopes(D, samples, loss).forEach((slope, i) =>
    backward(G, noise[i], forward(G, noise[i]).h, slope.map((one) => one / COUNT), sums));
  return sums;
}

const isDiscriminators = (step, { d_moves, g_moves }) => (step - 1) % (d_moves + g_moves) < d_moves;
const generate = (G, noise) => noise.map((z) => {
  const { out } = forward(G, z);
  return [out[0], out[1]];
});

function judge(samples, points, D, centers) {
  const counts = centers.map(() => 0);
  for (const [x, y] of samples) {
    const distances = centers.map(([a, b]) => Math.hypot(x - a, y - b));
    const nearest = distances.indexOf(Math.min(...distances));
    if (distances[nearest] < NEAR) counts[nearest] += 1;
  }
  const real = points.map((place) => forward(D, place).out[0]);
  const fake = samples.map((place) => forward(D, place).out[0]);
  return {
    counts, modes: counts.filter((count) => count >= ENOUGH).length,
    good: counts.reduce((sum, one) => sum + one, 0) / COUNT,
    J_D: 0.5 * mean(real.map((s) => softplus(-s))) + 0.5 * mean(fake.map(softplus)),
    minimax: -mean(fake.map(softplus)), nonSaturating: mean(fake.map((s) => softplus(-s))),
    d_real: mean(real.map(sigmoid)), d_fake: mean(fake.map(sigmoid)),
  };
}

// Every step is kept, and only what is new is computed.
let game = { key: "" };
function play(state) {
  const { step, probe_x: _x, probe_y: _y, ...rules } = state;
  const key = JSON.stringify(rules);
  if (game.key !== key) {
    const random = uniform(state.seed), centers = CLOUDS[state.clouds];
    const pairs = () => {
      const flat = normals(2 * COUNT, random);
      return Array.from({ length: COUNT }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
    };
    const points = pairs().map((noise, i) =>
      noise.map((value, axis) => centers[i % centers.length][axis] + SPREAD * value));
    const noise = pairs(), G = player(makeNetwork(2, random)), first = makeNetwork(1, random);
    let D = player(first);
    const samples = generate(G.network, noise);
    for (let k = 0; k < state.lead; k++) D = moveDiscriminator(D, samples, points, state.d_rate);
    game = { key, centers, points, noise, first: { G: G.network, D: first },
      now: { G, D }, steps: [] };
    keep(samples);
  }
  while (game.steps.length <= step) {
    const { G, D } = game.now, { samples } = game.steps.at(-1);
    if (isDiscriminators(game.steps.length, state)) {
      game.now = { G, D: moveDiscriminator(D, samples, game.points, state.d_rate) };
      keep(samples);
    } else {
      const gradient = generatorGradient(G.network, D.network, game.noise, samples, state.loss);
      game.now = { G: adam(G, gradient, state.g_rate), D };
      keep(generate(game.now.G.network, game.noise));
    }
  }
  return game;
}

function keep(samples) {
  const { G, D } = game.now;
  game.steps.push({ samples, G: G.network, D: D.network,
    ...judge(samples, game.points, D.network, game.centers) });
}

const explorer = {
  layout: (width) => sideBySide(width, {
    height: 380, shares: [1, 1], stacked: [Math.min(width, 380), 270],
  }),

  compute(state) {
    const { points, noise, centers, first, steps } = play(state);
    const now = steps[state.step];
    const gradient = generatorGradient(now.G, now.D, noise, now.samples, state.loss);
    const squares = Object.values(gradient).flatMap((part) => [...part]).map((g) => g * g);
    return { points, noise, centers, first, now, steps: steps.slice(0, state.step + 1),
      pull: Math.sqrt(squares.reduce((sum, one) => sum + one, 0)),
      probe: sigmoid(forward(now.D, [state.probe_x, state.probe_y]).out[0]) };
  },

  readout({ points, noise, first, now, pull, probe }) {
    const plain = (network) => Object.fromEntries(
      Object.entries(network).map(([name, values]) => [name, [...values]]));
    const { G, D, ...numbers } = now;
    return { ...numbers, points, noise, pull, probe, G: plain(G), D: plain(D),
      first: { G: plain(first.G), D: plain(first.D) } };
  },

  draw(view) {
    drawPlane(view);
    drawCurves(view);
  },

  summary({ now, centers, pull, probe }, state) {
    const who = state.step === 0 ? "Before the first move"
      : `Step ${state.step}: the ${isDiscriminators(state.step, state) ? "discriminator" : "generator"} moved`;
    return `${who}. Modes covered: ${now.modes} of ${centers.length}; ${percent(now.good)} of the ` +
      `samples lie at a mode. D is ${format(now.d_real)} on data and ${format(now.d_fake)} on ` +
      `samples on average, J_D = ${format(now.J_D, 3)} (log 2 = 0.693 if it only guesses). ` +
      `The generator's gradient has length ${format(pull, 3)}. D at the probe: ${format(probe)}.`;
  },
};

function drawPlane(view) {
  const { state, numbers, colors, boxes } = view;
  const { now, points } = numbers;
  const panel = new Panel(view, boxes[0], {
    x: [-SIDE, SIDE], y: [-SIDE, SIDE], equal: true, bare: true,
    title: "Data ●, samples ▲, and D",
  });
  panel.labels();
  const cells = 72, place = (k) => -SIDE + ((k + 0.5) * 2 * SIDE) / cells;
  const strength = colors.dark ? 0.62 : 0.5;
  panel.picture(cells, cells, (row, column) => {
    const p = sigmoid(forward(now.D, [place(column), place(cells - 1 - row)]).out[0]);
    return channels(blend(colors.paper, p > 0.5 ? colors.blue : colors.orange,
      strength * Math.abs(2 * p - 1)));
  }, { smooth: true });
  points.forEach(([x, y]) => panel.dot(x, y, { color: colors.blue, size: 3 }));
  slopes(now.D, now.samples, state.loss).forEach(([dx, dy], i) => {
    const [x, y] = now.samples[i], scale = -0.45 / Math.max(1, Math.hypot(dx, dy));
    if (Math.max(Math.abs(x), Math.abs(y)) > SIDE) return;
    panel.line([[x, y], [x + scale * dx, y + scale * dy]], { color: colors.ink, width: 1.2 });
    panel.dot(x, y, { color: colors.orange, shape: "triangle", size: 4, rim: colors.ink });
  });
  const probe = [state.probe_x, state.probe_y];
  panel.dot(...probe, { hollow: true, color: colors.ink, size: 7 });
  panel.text(`D = ${format(numbers.probe)}`, ...probe, { dy: -17, align: "center", weight: 600 });
  panel.handle({ name: "probe", label: "Probe of D", at: probe, step: 0.1, size: 8,
    move: (x, y) => ({ probe_x: x, probe_y: y }) });
}

function drawCurves(view) {
  const { state, numbers: { steps, now, centers }, colors, boxes } = view;
  const last = Math.max(20, state.step), begin = Math.max(0, last - WINDOW), top = 1.5;
  const curves = [
    ["modes covered", "green", "square", [], ({ modes }) => modes / centers.length],
    ["samples at a mode", "blue", "circle", [6, 4], ({ good }) => good],
    ["J_D / log 2", "red", "triangle", [2, 4], ({ J_D }) => J_D / Math.LN2],
  ];
  const panel = new Panel(view, boxes[1], {
    x: [begin, last], y: [0, top], title: begin ? `The last ${WINDOW} steps` : "So far", xLabel: "step of a player", room: 116,
  });
  panel.axes({ yTicks: ticksAt([0, 0.5, 1, 1.5], (value) => format(value, 1)) });
  panel.line([[begin, 1], [last, 1]], { color: fade(colors.quiet, 0.7), width: 1, dash: [3, 4] });
  const heights = spread(curves.map(([, , , , of]) => panel.py(Math.min(top, of(now)))),
    18, panel.top + 6, panel.bottom - 6);
  curves.forEach(([name, color, shape, dash, of], k) => {
    panel.line(steps.map((one, t) => [t, Math.min(top, of(one))]), { color: colors[color], dash });
    panel.dot(state.step, Math.min(top, of(now)), { color: colors[color], shape, size: 4.5 });
    panel.mark(panel.right + 10, heights[k], { color: colors[color], shape, size: 4 });
    panel.write(name, panel.right + 18, heights[k], { size: 11 });
  });
}
