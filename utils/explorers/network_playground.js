const EPOCHS = 400, MOST_POINTS = 200, TEST_POINTS = 100;
const GRID = 72; // points along each axis at which the maps are computed
const REACH = 1.5; // the maps show [−1.5, 1.5] × [−1.5, 1.5]
const LOWEST_LOSS = -3, HIGHEST_LOSS = 0.5; // powers of ten

// label, u and v uniform in [0, 1) → a point; k counts the points.
const DATA_SETS = {
  moons(label, u) {
    const angle = Math.PI * u, side = label ? -1 : 1;
    return [0.85 * side * (Math.cos(angle) - 0.5), 0.85 * side * (Math.sin(angle) - 0.25)];
  },
  circles(label, u) {
    const radius = label ? 0.45 : 1;
    return [radius * Math.cos(2 * Math.PI * u), radius * Math.sin(2 * Math.PI * u)];
  },
  XOR(label, u, v, k) {
    const right = (k >> 1) % 2 ? 1 : -1, up = label ? -right : right;
    return [right * (0.1 + 1.1 * u), up * (0.1 + 1.1 * v)];
  },
  spiral(label, u) {
    const radius = 0.1 + 1.15 * u, angle = Math.PI * (2 * radius + label);
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  },
};

const FEATURES = {
  x1: ["x₁", (x) => x], x2: ["x₂", (x, y) => y],
  x1_squared: ["x₁²", (x) => x * x], x2_squared: ["x₂²", (x, y) => y * y],
  product: ["x₁x₂", (x, y) => x * y],
  sine_1: ["sin 3x₁", (x) => Math.sin(3 * x)], sine_2: ["sin 3x₂", (x, y) => Math.sin(3 * y)],
};

const logistic = (z) => 1 / (1 + Math.exp(-z));

// value(z), the slope in terms of the value, and the variance of a weight times its inputs.
const ACTIVATIONS = {
  tanh: { value: Math.tanh, slope: (h) => 1 - h * h, gain: 1 },
  ReLU: { value: (z) => (z > 0 ? z : 0), slope: (h) => (h > 0 ? 1 : 0), gain: 2 },
  sigmoid: { value: logistic, slope: (h) => h * (1 - h), gain: 1 },
  linear: { value: (z) => z, slope: () => 1, gain: 1 },
};

// All points of a seed. Fewer are the first ones; more noise, the same errors.
function drawPoints({ data, points, noise, seed }) {
  const random = uniform(seed);
  const all = Array.from({ length: TEST_POINTS + MOST_POINTS }, (_, k) =>
    [...DATA_SETS[data](k % 2, random(), random(), k), k % 2]);
  const errors = normals(2 * all.length, random);
  all.forEach((point, k) => {
    point[0] += noise * errors[2 * k];
    point[1] += noise * errors[2 * k + 1];
  });
  return {
    train: all.slice(TEST_POINTS, TEST_POINTS + points), test: all.slice(0, TEST_POINTS),
  };
}

// A network and its training: the parameters after every epoch that was asked for.
class Run {
  constructor(state) {
    Object.assign(this, { state, ...drawPoints(state) });
    this.features = Object.keys(FEATURES).filter((name) => state[name]);
    this.widths = [this.features.length];
    for (let layer = 1; layer <= state.layers; layer++) this.widths.push(state[`units_${layer}`]);
    this.widths.push(1);
    this.activation = ACTIVATIONS[state.activation];
    this.offsets = [];
    let count = 0;
    for (let l = 1; l < this.widths.length; l++) {
      this.offsets.push(count);
      count += (this.widths[l - 1] + 1) * this.widths[l];
    }
    this.count = count;
    const rows = () => this.widths.map((width) => new Float64Array(width));
    [this.H, this.A, this.D, this.masks] = [rows(), rows(), rows(), rows()];
    for (const mask of this.masks) mask.fill(1);
    this.random = uniform(1000 + state.seed); // the order of the samples, and dropout
    this.memory = { m: new Float64Array(count), s: new Float64Array(count), t: 0 };
    this.snapshots = [this.#start()];
    this.losses = { train: [], test: [] };
    this.#record();
  }

  // Weights from a normal distribution with variance gain / inputs, then biases of zero.
  #start() {
    const theta = new Float64Array(this.count);
    const draws = normals(this.count, uniform(2000 + this.state.seed));
    for (let l = 1; l < this.widths.length; l++) {
      const inputs = this.widths[l - 1], at = this.offsets[l - 1];
      const gain = l === this.widths.length - 1 ? 1 : this.activation.gain;
      const std = Math.sqrt(gain / inputs);
      for (let k = 0; k < inputs * this.widths[l]; k++) theta[at + k] = std * draws[at + k];
    }
    return theta;
  }

  // The score of a point. H: what each layer hands on, A: the same before dropout.
  forward(theta, x, y) {
    const { widths, H, A, masks } = this;
    this.features.forEach((name, k) => { H[0][k] = FEATURES[name][1](x, y); });
    const last = widths.length - 1;
    for (let l = 1; l <= last; l++) {
      const inputs = widths[l - 1], at = this.offsets[l - 1];
      for (let m = 0; m < widths[l]; m++) {
        let z = theta[at + inputs * widths[l] + m];
        for (let n = 0, w = at + m * inputs; n < inputs; n++) z += theta[w + n] * H[l - 1][n];
        A[l][m] = l === last ? z : this.activation.value(z);
        H[l][m] = l === last ? z : A[l][m] * masks[l][m];
      }
    }
    return H[last][0];
  }

  // Adds the gradient of one sample; arriving: the derivative of the loss by the score.
  backward(theta, gradient, arriving) {
    const { widths, H, A, D, masks } = this;
    const last = widths.length - 1;
    D[last][0] = arriving;
    for (let l = last; l >= 1; l--) {
      const inputs = widths[l - 1], at = this.offsets[l - 1];
      D[l - 1].fill(0);
      for (let m = 0; m < widths[l]; m++) {
        const dz = l === last ? D[l][m]
          : D[l][m] * masks[l][m] * this.activation.slope(A[l][m]);
        gradient[at + inputs * widths[l] + m] += dz;
        for (let n = 0, w = at + m * inputs; n < inputs; n++) {
          gradient[w + n] += dz * H[l - 1][n];
          D[l - 1][n] += dz * theta[w + n];
        }
      }
    }
  }

  // The gradient of the mean cross-entropy of a batch, plus λ for each weight.
  gradient(theta, batch, dropout) {
    const gradient = new Float64Array(this.count);
    for (const [x, y, label] of batch) {
      if (dropout > 0) this.#drop(dropout);
      this.backward(theta, gradient, (logistic(this.forward(theta, x, y)) - label) / batch.length);
    }
    for (let l = 1; l < this.widths.length; l++) {
      const at = this.offsets[l - 1], weights = this.widths[l - 1] * this.widths[l];
      for (let k = at; k < at + weights; k++) gradient[k] += this.state.l2 * theta[k];
    }
    if (dropout > 0) for (const mask of this.masks) mask.fill(1);
    return gradient;
  }

  #drop(p) {
    for (let l = 1; l < this.widths.length - 1; l++) {
      for (let m = 0; m < this.widths[l]; m++) {
        this.masks[l][m] = this.random() < p ? 0 : 1 / (1 - p);
      }
    }
  }

  #step(theta, gradient) {
    const { rate, optimizer } = this.state;
    const { m, s } = this.memory;
    const t = (this.memory.t += 1);
    for (let k = 0; k < theta.length; k++) {
      const g = gradient[k];
      if (optimizer === "SGD") { theta[k] -= rate * g; continue; }
      m[k] += 0.1 * (g - m[k]);
      s[k] += 0.001 * (g * g - s[k]);
      theta[k] -= (rate * m[k]) / (1 - 0.9 ** t) /
        (Math.sqrt(s[k] / (1 - 0.999 ** t)) + 1e-8);
    }
  }

  // Trains until this epoch, if no one has asked for it before.
  until(epoch) {
    while (this.snapshots.length <= epoch) {
      const theta = this.snapshots.at(-1).slice();
      const order = this.train.map((_, k) => k); // shuffled (Fisher and Yates, 1938)
      for (let k = order.length - 1; k > 0; k--) {
        const other = Math.floor(this.random() * (k + 1));
        [order[k], order[other]] = [order[other], order[k]];
      }
      for (let k = 0; k < order.length; k += this.state.batch) {
        const batch = order.slice(k, k + this.state.batch).map((row) => this.train[row]);
        this.#step(theta, this.gradient(theta, batch, this.state.dropout));
      }
      this.snapshots.push(theta);
      this.#record();
    }
    return this.snapshots[epoch];
  }

  #record() {
    const theta = this.snapshots.at(-1);
    for (const part of ["train", "test"]) this.losses[part].push(this.judge(theta, this[part]).loss);
  }

  // Mean cross-entropy and share of right answers, without dropout.
  judge(theta, points) {
    let loss = 0, right = 0;
    for (const [x, y, label] of points) {
      const score = this.forward(theta, x, y), against = label ? -score : score;
      loss += Math.max(against, 0) + Math.log1p(Math.exp(-Math.abs(against)));
      right += (score > 0) === (label === 1);
    }
    return { loss: loss / points.length, accuracy: right / points.length };
  }

  // The flat parameters as torch names them: weights (out, in) and biases of each layer.
  unpack(flat) {
    return this.offsets.map((at, l) => {
      const [inputs, outputs] = [this.widths[l], this.widths[l + 1]];
      const row = (m) => [...flat.slice(at + m * inputs, at + (m + 1) * inputs)];
      const end = at + inputs * outputs;
      return {
        W: Array.from({ length: outputs }, (_, m) => row(m)),
        b: [...flat.slice(end, end + outputs)],
      };
    });
  }
}

// The latest runs, so that play and back need not train again.
const runs = new Map(), MOST_RUNS = 6;
const VIEW = ["epoch", "probe_x", "probe_y", "borders"]; // what training does not depend on
function runOf(state) {
  const key = JSON.stringify(Object.entries(state).filter(([name]) => !VIEW.includes(name)));
  const run = runs.get(key) || new Run(state);
  runs.delete(key);
  runs.set(key, run); // the youngest is the last
  if (runs.size > MOST_RUNS) runs.delete(runs.keys().next().value);
  return run;
}

const place = (k) => -REACH + ((k + 0.5) * 2 * REACH) / GRID;

// Every unit's output on the grid, and which ReLU units are active there.
function mapsOf(run, theta) {
  const maps = run.widths.map((width) =>
    Array.from({ length: width }, () => new Float64Array(GRID * GRID)));
  const active = new Float64Array(GRID * GRID);
  for (let k = 0; k < GRID * GRID; k++) {
    run.forward(theta, place(k % GRID), place(GRID - 1 - Math.floor(k / GRID)));
    let code = 0;
    run.H.forEach((row, l) => row.forEach((value, m) => {
      maps[l][m][k] = value;
      if (l > 0 && l < run.H.length - 1) code = 2 * code + (value > 0 ? 1 : 0);
    }));
    active[k] = code;
  }
  return { maps, active, pieces: new Set(active).size };
}

const explorer = {
  layout(width) {
    if (width >= 640) {
      const height = Math.min(520, Math.round(0.56 * width)), split = Math.round(0.58 * width);
      const side = { left: split + 16, width: width - split - 16 };
      const map = Math.min(side.width, Math.round(0.64 * height));
      return { height, narrow: false, boxes: [
        { left: 0, top: 0, width: split, height },
        { ...side, top: 0, height: map }, { ...side, top: map + 8, height: height - map - 8 }] };
    }
    const map = Math.min(width, 360);
    return { height: map + 620, narrow: true, boxes: [
      { left: 0, top: map + 210, width, height: 410 },
      { left: 0, top: 0, width, height: map }, { left: 0, top: map + 10, width, height: 190 }] };
  },

  compute(state) {
    const run = runOf(state);
    const theta = run.until(state.epoch);
    const [train, test] = [run.judge(theta, run.train), run.judge(theta, run.test)];
    const gradient = run.gradient(theta, run.train, 0);
    const drawn = mapsOf(run, theta);
    const score = run.forward(theta, state.probe_x, state.probe_y);
    return { run, theta, train, test, gradient, ...drawn, score, units: run.H.map((row) => [...row]) };
  },

  readout({ run, theta, train, test, gradient, score, units, pieces }) {
    return {
      train_loss: train.loss, train_accuracy: train.accuracy,
      test_loss: test.loss, test_accuracy: test.accuracy,
      parameters: run.unpack(theta), gradients: run.unpack(gradient), count: run.count,
      train_points: run.train, test_points: run.test, features: run.features,
      probe_score: score, probe_units: units, pieces,
    };
  },

  draw(view) {
    view.shades = shadesOf(view.colors);
    drawNetwork(view);
    drawSurface(view);
    drawLosses(view);
  },

  summary({ run, train, test, score, pieces }, state) {
    const hidden = run.widths.slice(1, -1).join(" + ") || "no";
    const bends = state.activation === "ReLU" && state.layers > 0
      ? ` It has ${pieces} linear pieces here.` : "";
    return `Epoch ${state.epoch}, ${hidden} hidden units, ${run.count} parameters: loss ` +
      `${format(train.loss, 3)} on ${state.points} training points (${percent(train.accuracy)} right), ` +
      `${format(test.loss, 3)} on ${TEST_POINTS} test points (${percent(test.accuracy)} right).${bends} ` +
      `At the probe the probability of orange is ${format(logistic(score), 2)}.`;
  },
};

// 65 colors from blue (0) over paper to orange (64).
function shadesOf(colors) {
  const strength = colors.dark ? 0.62 : 0.55;
  return Array.from({ length: 65 }, (_, k) => channels(blend(
    colors.paper, k < 32 ? colors.blue : colors.orange, (strength * Math.abs(k - 32)) / 32)));
}

// every: 2 draws every second point; enough for a little map.
function paintMap(panel, { shades }, values, largest, every = 1) {
  panel.picture(GRID / every, GRID / every, (row, column) => {
    const part = clamp(values[every * (row * GRID + column)] / largest || 0, -1, 1);
    return shades[32 + Math.round(32 * part)];
  }, { smooth: true });
}

// Where each unit stands: the middle of its little map.
function placeUnits(box, widths) {
  const top = box.top + 44, room = box.height - 68;
  const gap = room / Math.max(4, ...widths.slice(0, -1));
  const size = clamp(Math.min(gap - 17, box.width / (2.2 * widths.length)), 14, 56);
  return widths.slice(0, -1).map((width, l) => Array.from({ length: width }, (_, m) => ({
    left: box.left + 4 + size / 2 +
      ((box.width - size - 46) * l) / Math.max(1, widths.length - 2),
    top: top + room / 2 + (m - (width - 1) / 2) * gap - 6, size,
  })));
}

function drawNetwork(view) {
  const { numbers, state, colors, boxes, context: pen, narrow } = view;
  const { run, theta, maps, units } = numbers;
  const places = placeUnits(boxes[0], run.widths);
  const page = new Panel(view, boxes[0], { x: [0, 1], y: [0, 1], bare: true });
  const output = narrow
    ? { left: boxes[0].left + boxes[0].width - 22, top: boxes[0].top + boxes[0].height / 2, size: 12 }
    : { left: boxes[0].left + boxes[0].width + 10, top: boxes[1].top + boxes[1].height / 2, size: 0 };
  run.unpack(theta).forEach(({ W }, l) => W.forEach((row, m) => row.forEach((weight, n) => {
    const from = places[l][n], to = places[l + 1]?.[m] ?? output;
    const start = from.left + from.size / 2, end = to.left - to.size / 2, bow = (end - start) / 2;
    pen.beginPath();
    pen.moveTo(start, from.top);
    pen.bezierCurveTo(start + bow, from.top, end - bow, to.top, end, to.top);
    pen.lineWidth = clamp(1.2 * Math.abs(weight), 0.4, 4.5);
    pen.setLineDash(weight < 0 ? [7, 4] : []);
    pen.strokeStyle = fade(weight < 0 ? colors.blue : colors.orange, 0.75);
    pen.stroke();
  })));
  pen.setLineDash([]);
  places.forEach((column, l) => {
    if (column.length === 0) return;
    const title = l === 0 ? "features" : `layer ${l}`;
    page.write(title, column[0].left - column[0].size / 2, boxes[0].top + 14, { weight: 600, size: 13 });
    column.forEach(({ left, top, size }, m) => {
      const box = { left: left - size / 2, top: top - size / 2, width: size, height: size };
      const tile = new Panel(view, box, { x: [-1, 1], y: [-1, 1], bare: true });
      Object.assign(tile, box);
      const largest = maps[l][m].reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
      paintMap(tile, view, maps[l][m], largest, 2);
      pen.lineWidth = 1.25;
      pen.strokeStyle = colors.edge;
      pen.strokeRect(box.left + 0.5, box.top + 0.5, size - 1, size - 1);
      const name = l === 0 ? `${FEATURES[run.features[m]][0]} ` : "";
      page.write(name + format(units[l][m], 2), left, top + size / 2 + 9,
        { size: 11, align: "center", halo: true, color: l === 0 ? colors.ink : colors.quiet });
    });
  });
  if (narrow) page.write("p", output.left, output.top, { weight: 600, align: "center" });
  page.write(`orange line: positive weight, dashed blue: negative${narrow ? "" : "; numbers: at the probe +"}`,
    boxes[0].left + 2, boxes[0].top + boxes[0].height - 8, { size: 11, color: colors.quiet });
}

function drawSurface(view) {
  const { state, numbers, colors, boxes, context: pen } = view;
  const panel = new Panel(view, boxes[1], {
    x: [-REACH, REACH], y: [-REACH, REACH], equal: true, title: "Probability of orange",
  });
  const scores = numbers.maps.at(-1)[0];
  paintMap(panel, view, scores.map((score) => 2 * logistic(score) - 1), 1);
  const ink = fade(colors.ink, 0.9);
  panel.inside(() => {
    traceLevel(panel, scores, ink, 2);
    if (state.borders && state.activation === "ReLU") {
      for (const map of preActivations(numbers)) traceLevel(panel, map, colors.purple, 1.75);
    }
  });
  const ends = ticksAt([-1, 0, 1], (value) => format(value, 0));
  panel.axes({ xTicks: ends, yTicks: ends, grid: false });
  const mark = ([x, y, label], hollow) => panel.dot(x, y, {
    color: label ? colors.orange : colors.blue, shape: label ? "square" : "circle",
    size: hollow ? 2.6 : 3.6, hollow });
  panel.inside(() => {
    for (const point of numbers.run.test) mark(point, true);
    for (const point of numbers.run.train) mark(point, false);
  });
  const probe = [state.probe_x, state.probe_y];
  panel.dot(...probe, { shape: "plus", size: 8, color: colors.ink });
  panel.handle({
    name: "probe", label: "Probe", at: probe, step: 0.05, size: 8,
    move: (x, y) => ({ probe_x: x, probe_y: y }),
  });
  pen.setLineDash([]);
}

// The scores z of all hidden units on the grid, from the outputs of the layer before.
function preActivations({ run, theta, maps }) {
  return run.unpack(theta).slice(0, -1).flatMap(({ W, b }, l) => W.map((row, m) =>
    Float64Array.from({ length: GRID * GRID }, (_, k) =>
      row.reduce((sum, weight, n) => sum + weight * maps[l][n][k], b[m]))));
}

// The line on which a map is zero: through the crossings of each cell's sides.
function traceLevel(panel, map, color, width) {
  const { pen } = panel;
  pen.beginPath();
  for (let row = 0; row + 1 < GRID; row++) {
    for (let column = 0; column + 1 < GRID; column++) {
      const corner = (down, right) => map[(row + down) * GRID + column + right];
      const hits = [];
      for (const [a, b] of [[[0, 0], [0, 1]], [[0, 1], [1, 1]], [[1, 1], [1, 0]], [[1, 0], [0, 0]]]) {
        const [from, to] = [corner(...a), corner(...b)];
        if (from > 0 === to > 0) continue;
        const part = from / (from - to);
        hits.push([a[1] + part * (b[1] - a[1]), a[0] + part * (b[0] - a[0])]);
      }
      for (let k = 0; k + 1 < hits.length; k += 2) {
        for (const [index, [right, down]] of [[0, hits[k]], [1, hits[k + 1]]]) {
          const left = panel.left + ((column + right + 0.5) / GRID) * panel.width;
          const top = panel.top + ((row + down + 0.5) / GRID) * panel.height;
          if (index) pen.lineTo(left, top); else pen.moveTo(left, top);
        }
      }
    }
  }
  pen.lineWidth = width;
  pen.strokeStyle = color;
  pen.stroke();
}

function drawLosses(view) {
  const { state, numbers, colors, boxes } = view;
  const panel = new Panel(view, boxes[2], {
    x: [0, EPOCHS], y: [LOWEST_LOSS, HIGHEST_LOSS], title: "Loss", xLabel: "epoch",
  });
  panel.axes({
    xTicks: ticksAt([0, 100, 200, 300, 400]), yTicks: powersOfTen(LOWEST_LOSS, HIGHEST_LOSS),
  });
  const height = (loss) => clamp(Math.log10(loss || 1e-9) || HIGHEST_LOSS, LOWEST_LOSS, HIGHEST_LOSS);
  [["training", "train", colors.ink, "square", []], ["test", "test", colors.red, "circle", [6, 4]]]
    .forEach(([name, part, color, shape, dash], order) => {
      const points = numbers.run.losses[part].map((loss, epoch) => [epoch, height(loss)]);
      panel.line(points, { color: fade(color, 0.3), width: 1.25 });
      panel.line(points.slice(0, state.epoch + 1), { color, dash, width: 2 });
      panel.dot(state.epoch, height(numbers[part].loss), { color, shape, size: 4.5 });
      panel.text(`${name} ${format(numbers[part].loss, 3)}`, EPOCHS, HIGHEST_LOSS,
        { align: "right", dx: -4, dy: 10 + 16 * order, color, weight: 600 });
    });
}
