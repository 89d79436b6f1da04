const ROUNDS = 15, STEPS = 15, RATE = 1, SCALINGS = 50, SHARPNESS = 20;
const COUNTS = { equal: [30, 30, 30, 30], unequal: [66, 30, 16, 8] };
const NAMES = [...CLASS_COLORS, "red", "sky"];
const SHAPES = [...CLASS_SHAPES, "down", "plus"];
const SIDE = 2.6; // the picture shows [-SIDE, SIDE] on both axes

const sum = (values) => values.reduce((total, value) => total + value, 0);
const isRecorded = ({ source, run }) => source === "images" && Boolean(run.sizes);
const range = (count) => Array.from({ length: count }, (_, k) => k);

function logSumExp(values) {
  const highest = Math.max(...values);
  return highest + Math.log(sum(values.map((value) => Math.exp(value - highest))));
}

function makePoints({ centers, spread, sizes, seed }) {
  const classes = COUNTS[sizes].flatMap((count, c) => Array(count).fill(c));
  const noise = normals(2 * classes.length, uniform(seed));
  const points = classes.map((c, i) =>
    centers[c].map((middle, axis) => middle + spread * noise[2 * i + axis]));
  return { points, classes };
}

function firstModel({ labels, lean, seed }) {
  const draw = normals(3 * labels, uniform(100 + seed));
  return {
    W: range(labels).map((k) => [0.5 * draw[3 * k], 0.5 * draw[3 * k + 1]]),
    b: range(labels).map((k) => lean * draw[3 * k + 2]),
  };
}

const scores = ({ W, b }, [x, y]) => W.map((w, k) => w[0] * x + w[1] * y + b[k]);

function logPosteriors(model, points) {
  return points.map((point) => {
    const z = scores(model, point), total = logSumExp(z);
    return z.map((one) => one - total);
  });
}

const largest = (row) => row.indexOf(Math.max(...row));

// The largest entry of each row of Q = P^sharpness, scaled to equal sums. The scale of
// a row does not change its largest entry, so the columns' scales decide.
function balancedLabels(logP) {
  const M = logP.map((row) => row.map((value) => SHARPNESS * value));
  const share = Math.log(M.length / M[0].length);
  let v = M[0].map(() => 0);
  for (let t = 0; t < SCALINGS; t++) {
    const u = M.map((row) => -logSumExp(row.map((value, k) => value + v[k])));
    v = v.map((_, k) => share - logSumExp(M.map((row, i) => row[k] + u[i])));
  }
  return M.map((row) => largest(row.map((value, k) => value + v[k])));
}

// Gradient descent on the mean cross-entropy; the model is changed.
function learn({ W, b }, points, labels) {
  for (let t = 0; t < STEPS; t++) {
    const slope = W.map(() => [0, 0, 0]);
    logPosteriors({ W, b }, points).forEach((row, i) => row.forEach((value, k) => {
      const g = (Math.exp(value) - (labels[i] === k ? 1 : 0)) / points.length;
      slope[k][0] += g * points[i][0];
      slope[k][1] += g * points[i][1];
      slope[k][2] += g;
    }));
    slope.forEach(([dx, dy, db], k) => {
      W[k][0] -= RATE * dx;
      W[k][1] -= RATE * dy;
      b[k] -= RATE * db;
    });
  }
}

// The best one-to-one naming: rights[k][c] points of label k in class c.
function bestNaming(rights) {
  const classes = rights[0].length;
  let best = { 0: { total: 0, names: [] } }; // classes taken → best so far
  for (const row of rights) {
    const next = {};
    for (const [taken, { total, names }] of Object.entries(best)) {
      for (let c = -1; c < classes; c++) { // −1: this label names no class
        if (c >= 0 && taken & (1 << c)) continue;
        const key = c < 0 ? taken : taken | (1 << c);
        const value = total + (c < 0 ? 0 : row[c]);
        if (!(next[key]?.total >= value)) next[key] = { total: value, names: [...names, c] };
      }
    }
    best = next;
  }
  return Object.values(best).reduce((a, b) => (b.total > a.total ? b : a));
}

const copy = ({ W, b }) => ({ W: W.map((w) => [...w]), b: [...b] });

// All rounds are computed at once, and again only when something else than time moves.
let kept = { key: "" };
function allRounds(state) {
  const key = JSON.stringify({ ...state, round: 0 });
  if (kept.key === key) return kept;
  const { points, classes } = makePoints(state);
  const model = firstModel(state), first = copy(model), rounds = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const before = copy(model), logP = logPosteriors(model, points);
    const labels = state.balance ? balancedLabels(logP) : logP.map(largest);
    learn(model, points, labels);
    const after = logPosteriors(model, points);
    const rights = range(state.labels).map((k) => range(4).map((c) =>
      labels.filter((label, i) => label === k && classes[i] === c).length));
    const naming = bestNaming(rights);
    rounds.push({
      labels, model: before, names: naming.names, sizes: rights.map(sum),
      accuracy: naming.total / points.length,
      loss: -sum(labels.map((label, i) => after[i][label])) / points.length,
    });
  }
  kept = { key, points, classes, first, rounds };
  return kept;
}

function recordedRounds({ run }) {
  const rounds = run.sizes.map((sizes, r) => ({
    sizes, accuracy: run.accuracy[r], labels: run.labels[r], fits: run.fits[r],
  }));
  return { rounds };
}

const explorer = {
  layout: (width) => sideBySide(width, {
    height: 350, shares: [9, 5, 7], stacked: [Math.min(width, 400), 200, 240], least: 680,
  }),

  compute(state) {
    const all = isRecorded(state) ? recordedRounds(state) : allRounds(state);
    return { ...all, now: all.rounds[Math.min(state.round, all.rounds.length - 1)] };
  },

  readout: ({ points, classes, first, rounds, now }) => ({
    points, classes, first, sizes: now.sizes, accuracy: now.accuracy, loss: now.loss,
    labels: now.labels, model: now.model, accuracies: rounds.map((one) => one.accuracy),
  }),

  draw(view) {
    if (isRecorded(view.state)) drawImages(view);
    else drawPoints(view);
    drawSizes(view);
    drawCurves(view);
  },

  summary({ now, rounds }, state) {
    const round = Math.min(state.round, rounds.length - 1);
    const number = isRecorded(state) ? state.run.rounds[round] : round;
    const empty = now.sizes.filter((size) => size === 0).length;
    const unused = empty ? ` ${empty} of ${now.sizes.length} labels are not used.` : "";
    const loss = now.loss === undefined ? "" : ` Cross-entropy after learning: ` +
      `${format(now.loss, 3)}; a blind guess among ${now.sizes.length} has ` +
      `${format(Math.log(now.sizes.length), 3)}.`;
    return `Round ${number}: the labels hold ${now.sizes.join(", ")}.${unused} With the best ` +
      `names ${percent(now.accuracy)} agree with the truth.${loss}`;
  },
};

function drawPoints(view) {
  const { state, numbers, colors, boxes } = view;
  const { now, points, classes } = numbers;
  const panel = new Panel(view, boxes[0], {
    x: [-SIDE, SIDE], y: [-SIDE, SIDE], equal: true, bare: true,
    title: "Points in the color of their label",
  });
  panel.labels();
  const shades = NAMES.map((name) =>
    channels(blend(colors.paper, colors[name], colors.dark ? 0.3 : 0.2)));
  const cells = 130, place = (k) => -SIDE + ((k + 0.5) * 2 * SIDE) / cells;
  panel.picture(cells, cells, (row, column) =>
    shades[largest(scores(now.model, [place(column), place(cells - 1 - row)]))]);
  points.forEach(([x, y], i) => {
    if (Math.max(Math.abs(x), Math.abs(y)) > SIDE) return;
    const label = now.labels[i];
    panel.dot(x, y, { color: colors[NAMES[label]], shape: SHAPES[label], size: 4 });
    if (now.names[label] !== classes[i]) panel.ring(x, y, { color: colors.ink, size: 7.5 });
  });
  state.centers.forEach((center, c) => {
    panel.dot(...center, { hollow: true, color: colors.ink, size: 8 });
    panel.text(String.fromCharCode(65 + c), ...center, { align: "center", weight: 700, halo: false });
    panel.handle({
      name: `center-${c}`, group: "centers", label: `Middle of class ${String.fromCharCode(65 + c)}`,
      at: center, step: 0.1, size: 9,
      move: (x, y) => ({ centers: state.centers.map((old, k) => (k === c ? [x, y] : old)) }),
    });
  });
}

// Images stand in the column of their label; those that do not fit are framed.
function drawImages(view) {
  const { state: { run }, numbers: { now }, colors, boxes } = view;
  const K = now.sizes.length, { height, width } = run, count = now.labels.length;
  const panel = new Panel(view, boxes[0], {
    x: [0, K], y: [0, 1], bare: true, title: "Images in the column of their label",
  });
  panel.labels();
  const ramp = range(16).map((level) => channels(blend(colors.paper, colors.ink, level / 15)));
  const sheet = new OffscreenCanvas(width, height * count);
  const picture = new ImageData(width, height * count);
  [...run.pixels].forEach((digit, k) =>
    picture.data.set([...ramp[parseInt(digit, 16)].slice(0, 3), 255], 4 * k));
  sheet.getContext("2d").putImageData(picture, 0, 0);
  const { pen } = panel, wide = panel.width / K, cell = Math.min(wide - 5, 34);
  const rows = Math.floor((panel.height - 22) / (cell + 5));
  const filled = range(K).map(() => 0);
  pen.imageSmoothingEnabled = false;
  now.labels.forEach((label, i) => {
    const row = filled[label]++;
    if (row >= rows) return;
    const left = panel.px(label + 0.5) - cell / 2, top = panel.top + 18 + row * (cell + 5);
    pen.drawImage(sheet, 0, i * height, width, height, left, top, cell, cell);
    pen.strokeStyle = now.fits[i] ? colors.faint : colors.red;
    pen.lineWidth = now.fits[i] ? 1 : 2.5;
    pen.strokeRect(left - 1, top - 1, cell + 2, cell + 2);
  });
  filled.forEach((many, k) => {
    const text = many > rows ? `+${many - rows}` : String(k);
    panel.write(text, panel.px(k + 0.5), panel.top + 6, {
      align: "center", size: 11, color: many > rows ? colors.red : colors.quiet });
  });
}

function drawSizes(view) {
  const { state, numbers: { now }, colors, boxes } = view;
  const K = now.sizes.length, mean = sum(now.sizes) / K;
  const panel = new Panel(view, boxes[1], {
    x: [0, K], y: [0, Math.max(2.2 * mean, 1.06 * Math.max(...now.sizes))],
    title: "Sizes of the labels", xLabel: "label",
  });
  panel.axes({ xTicks: range(K).map((k) => ({ value: k + 0.5, text: String(k) })) });
  now.sizes.forEach((size, k) => {
    const color = isRecorded(state) ? colors.blue : colors[NAMES[k]];
    panel.bar(k + 0.15, 0, k + 0.85, size, { color });
    if (size === 0) panel.text("0", k + 0.5, 0, { dy: -9, align: "center", weight: 700 });
  });
  panel.line([[0, mean], [K, mean]], { color: colors.ink, width: 1.5, dash: [4, 4] });
  panel.text("N/K", K, mean, { dy: -10, align: "right", size: 11 });
}

function drawCurves(view) {
  const { state, numbers: { rounds, now }, colors, boxes } = view;
  const last = rounds.length - 1, round = Math.min(state.round, last);
  const blind = Math.log(now.sizes.length);
  const curves = [
    ["agreement", "blue", "circle", [], ({ accuracy }) => accuracy],
    ["largest label", "red", "square", [6, 4], ({ sizes }) => Math.max(...sizes) / sum(sizes)],
  ];
  if (now.loss !== undefined) {
    curves.push(["loss / log K", "green", "triangle", [2, 4], ({ loss }) => loss / blind]);
  }
  const panel = new Panel(view, boxes[2], {
    x: [0, Math.max(1, last)], y: [0, 1.04], title: "Over the rounds", xLabel: "round", room: 84,
  });
  panel.axes({ yTicks: ticksAt([0, 0.25, 0.5, 0.75, 1], (value) => format(value, 2)) });
  panel.upright(round);
  const heights = spread(curves.map(([, , , , of]) => panel.py(Math.min(1, of(rounds[last])))),
    17, panel.top + 6, panel.bottom - 6);
  curves.forEach(([name, color, shape, dash, of], k) => {
    const points = rounds.map((one, t) => [t, Math.min(1, of(one))]);
    panel.line(points, { color: fade(colors[color], 0.35), width: 1.5, dash });
    panel.line(points.slice(0, round + 1), { color: colors[color], dash });
    panel.dot(...points[round], { color: colors[color], shape, size: 4.5 });
    panel.mark(panel.right + 8, heights[k], { color: colors[color], shape, size: 4 });
    panel.write(name, panel.right + 16, heights[k], { size: 11 });
  });
  panel.handle({
    name: "round", label: "Round", at: [round, 0], along: "x", step: 1, size: 8,
    move: (x) => ({ round: Math.round(x) }),
  });
}
