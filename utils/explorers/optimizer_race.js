const STEPS = 200;
const EPSILON = 1e-8;
const FAR = 1e4; // beyond this a path counts as diverged
const X = [-2, 2], Y = [-1.5, 1.5];
const FLOOR = 1e-8; // smallest loss that the curves show

// f(x, y), its gradient and its smallest value on the picture.
const SURFACES = {
  bowl: (k) => ({
    f: (x, y) => 0.5 * (x * x + k * y * y), gradient: (x, y) => [x, k * y], lowest: 0,
    minima: [[0, 0]],
  }),
  valley: () => ({ // Rosenbrock (1960)
    f: (x, y) => (1 - x) ** 2 + 20 * (y - x * x) ** 2,
    gradient: (x, y) => [-2 * (1 - x) - 80 * x * (y - x * x), 40 * (y - x * x)],
    lowest: 0, minima: [[1, 1]],
  }),
  saddle: () => ({
    f: (x, y) => 0.5 * x * x - 0.5 * y * y + 0.25 * y ** 4 + 0.25,
    gradient: (x, y) => [x, -y + y ** 3], lowest: 0, minima: [[0, 1], [0, -1]],
  }),
  "two minima": () => ({
    f: (x, y) => 0.5 * (x * x - 1) ** 2 + 0.3 * (x + 1) + y * y,
    gradient: (x, y) => [2 * x * (x * x - 1) + 0.3, 2 * y],
    lowest: -0.0111, minima: [[-1.0677, 0], [0.9145, 0]],
  }),
};

// Each optimizer: memory, learning rate, ρ, gradient function → the change of θ.
const OPTIMIZERS = {
  gd: { name: "GD", color: "quiet", shape: "circle",
    step: (memory, { rate }, theta, gradient) => gradient(...theta).map((g) => -rate * g) },
  momentum: { name: "Momentum", color: "blue", shape: "square",
    step(memory, { rate, rho }, theta, gradient) {
      memory.v = gradient(...theta).map((g, i) => rho * (memory.v?.[i] ?? 0) + g);
      return memory.v.map((v) => -rate * v);
    } },
  nesterov: { name: "Nesterov", color: "sky", shape: "triangle",
    step(memory, { rate, rho }, theta, gradient) {
      const v = memory.v ?? [0, 0];
      const ahead = theta.map((t, i) => t - rate * rho * v[i]);
      memory.v = gradient(...ahead).map((g, i) => rho * v[i] + g);
      return memory.v.map((one) => -rate * one);
    } },
  adagrad: { name: "AdaGrad", color: "green", shape: "diamond",
    step(memory, { adaptive_rate: rate }, theta, gradient) {
      const g = gradient(...theta);
      memory.s = g.map((one, i) => (memory.s?.[i] ?? 0) + one * one);
      return g.map((one, i) => (-rate * one) / (Math.sqrt(memory.s[i]) + EPSILON));
    } },
  rmsprop: { name: "RMSProp", color: "orange", shape: "down",
    step(memory, { adaptive_rate: rate }, theta, gradient) {
      const g = gradient(...theta);
      memory.s = g.map((one, i) => 0.9 * (memory.s?.[i] ?? 0) + 0.1 * one * one);
      return g.map((one, i) => (-rate * one) / (Math.sqrt(memory.s[i]) + EPSILON));
    } },
  adam: { name: "Adam", color: "red", shape: "plus",
    step(memory, { adaptive_rate: rate }, theta, gradient) {
      const g = gradient(...theta);
      const t = memory.t = (memory.t ?? 0) + 1;
      memory.m = g.map((one, i) => 0.9 * (memory.m?.[i] ?? 0) + 0.1 * one);
      memory.s = g.map((one, i) => 0.999 * (memory.s?.[i] ?? 0) + 0.001 * one * one);
      return g.map((_, i) => {
        const m = memory.m[i] / (1 - 0.9 ** t), s = memory.s[i] / (1 - 0.999 ** t);
        return (-rate * m) / (Math.sqrt(s) + EPSILON);
      });
    } },
};

const YOURS = { name: "Yours", color: "purple", shape: "circle", hollow: true };

const surfaceOf = ({ surface, curvature }) => SURFACES[surface](curvature);

function race(optimizer, state, { f, gradient }) {
  let theta = [state.start_x, state.start_y];
  const memory = {};
  const path = [theta], losses = [f(...theta)];
  for (let t = 0; t < STEPS; t++) {
    const change = optimizer.step(memory, state, theta, gradient);
    theta = theta.map((one, i) => one + change[i]);
    if (!theta.every((one) => Math.abs(one) < FAR)) break;
    path.push(theta);
    losses.push(f(...theta));
  }
  return { path, losses };
}

// The path of the learner's own optimizer, up to where it left for good.
function ownRun(points, { f }) {
  const end = points.findIndex((point) => !point.every((one) => Math.abs(one) < FAR));
  const path = end < 0 ? points : points.slice(0, end);
  return { path, losses: path.map((point) => f(...point)) };
}

const looks = (key) => OPTIMIZERS[key] ?? YOURS;

const explorer = {
  layout: (width) => sideBySide(width, {
    height: Math.min(420, Math.round(0.52 * width)), shares: [11, 9],
    stacked: [Math.round(0.8 * width), 260],
  }),

  compute(state, take) {
    const surface = surfaceOf(state);
    const runs = {};
    for (const [key, optimizer] of Object.entries(OPTIMIZERS)) {
      if (state[key]) runs[key] = race(optimizer, state, surface);
    }
    const points = take("path", null);
    if (points) runs.yours = ownRun(points, surface);
    return { runs };
  },

  readout: ({ runs }, { step }) => Object.fromEntries(
    Object.entries(runs).map(([key, { path, losses }]) => [key, {
      theta: path[step] ?? null, loss: losses[step] ?? null,
      before: path[step - 1] ?? null, diverged: path.length <= STEPS,
    }])),

  draw(view) {
    drawSurface(view);
    drawLosses(view);
  },

  summary({ runs }, state) {
    const entries = Object.entries(runs)
      .map(([key, { losses }]) => [looks(key).name, losses[state.step]]);
    const alive = entries.filter(([, loss]) => loss !== undefined).sort((a, b) => a[1] - b[1]);
    const lost = entries.filter(([, loss]) => loss === undefined).map(([name]) => name);
    const lead = alive.length ? `After ${state.step} steps ${alive[0][0]} leads ` +
      `with loss ${format(alive[0][1], 4)}. ` : "";
    const gone = lost.length ? `Diverged: ${lost.join(", ")}. ` : "";
    return lead + gone + theory(state);
  },
};

// On a quadratic the largest curvature L decides: GD needs lr < 2/L, momentum 2(1 + ρ)/L.
function theory({ surface, curvature, rate, rho }) {
  if (surface !== "bowl") return "";
  const L = Math.max(1, curvature), mu = Math.min(1, curvature);
  const shrink = Math.max(Math.abs(1 - rate * mu), Math.abs(1 - rate * L));
  return `Theory on this bowl: GD converges below 2/L\u00a0=\u00a0${format(2 / L, 3)}, momentum below ` +
    `2(1\u00a0+\u00a0ρ)/L\u00a0=\u00a0${format((2 * (1 + rho)) / L, 3)}; ` +
    `one GD step multiplies the distance by at most ${format(shrink, 3)}.`;
}

// Bands of equal loss; painted again only when surface, size or theme change.
let painted = { key: "" };
function bandsOf({ state, colors }, surface) {
  const key = JSON.stringify([state.surface, state.curvature, colors.paper, colors.blue]);
  if (painted.key === key) return painted;
  const columns = 260, rows = 195;
  const levels = new Float64Array(rows * columns);
  for (let k = 0; k < levels.length; k++) {
    const x = X[0] + (((k % columns) + 0.5) / columns) * (X[1] - X[0]);
    const y = Y[1] - ((Math.floor(k / columns) + 0.5) / rows) * (Y[1] - Y[0]);
    levels[k] = Math.floor(2.2 * Math.log2(1 + 24 * Math.max(0, surface.f(x, y) - surface.lowest)));
  }
  const highest = Math.max(...levels);
  const shades = Array.from({ length: highest + 1 }, (_, level) => channels(
    blend(colors.paper, colors.blue, (colors.dark ? 0.5 : 0.36) * (level / highest) ** 1.2)));
  painted = { key, rows, columns, color: (row, column) => shades[levels[row * columns + column]] };
  return painted;
}

function drawSurface(view) {
  const { state, numbers, colors, boxes } = view;
  const surface = surfaceOf(state);
  const panel = new Panel(view, boxes[0], {
    x: X, y: Y, equal: true, title: "Paths: move the start", xLabel: "θ₁", yLabel: "θ₂",
  });
  const bands = bandsOf(view, surface);
  panel.picture(bands.rows, bands.columns, bands.color);
  panel.axes({ grid: false });
  for (const place of surface.minima) {
    panel.text("✕", ...place, { align: "center", color: colors.ink, weight: 600, halo: false });
  }
  for (const [key, { path }] of Object.entries(numbers.runs)) {
    const { color, shape, hollow } = looks(key);
    const seen = path.slice(0, state.step + 1);
    panel.line(seen, { color: colors[color], width: 2 });
    const [x, y] = seen.at(-1);
    if (x >= X[0] && x <= X[1] && y >= Y[0] && y <= Y[1]) {
      panel.dot(x, y, { color: colors[color], shape, hollow, size: 5.5, rim: colors.ink });
    }
  }
  const start = [state.start_x, state.start_y];
  panel.dot(...start, { size: 7, hollow: true, color: colors.ink });
  panel.text("start", ...start, { dy: -17, align: "center", weight: 600 });
  panel.handle({
    name: "start", label: "Start", at: start, step: 0.05, size: 8,
    move: (x, y) => ({ start_x: x, start_y: y }),
  });
}

function drawLosses(view) {
  const { state, numbers, colors, boxes } = view;
  const { lowest } = surfaceOf(state);
  const height = (loss) => Math.log10(clamp(loss - lowest, FLOOR, 1e4));
  const panel = new Panel(view, boxes[1], {
    x: [0, STEPS], y: [-8, 2], title: "Loss above the minimum", xLabel: "step", room: 90,
  });
  panel.axes({ yTicks: powersOfTen(-8, 2, 2), xTicks: ticksAt([0, 50, 100, 150, 200]) });
  panel.upright(state.step);
  const runs = Object.entries(numbers.runs);
  for (const [key, { losses }] of runs) {
    const color = colors[looks(key).color];
    const points = losses.map((loss, t) => [t, height(loss)]);
    panel.line(points, { color: fade(color, 0.3), width: 1.5 });
    panel.line(points.slice(0, state.step + 1), { color, width: 2 });
  }
  const ends = runs.map(([, { losses }]) => {
    const gone = losses.length <= state.step;
    return panel.py(gone ? 2 : height(losses[state.step]));
  });
  const places = spread(ends, 17, panel.top + 6, panel.bottom - 6);
  runs.forEach(([key, { losses }], k) => {
    const { name, color, shape, hollow } = looks(key);
    if (losses.length > state.step) {
      panel.dot(state.step, height(losses[state.step]), { color: colors[color], shape, hollow, size: 4.5 });
    }
    panel.mark(panel.right + 12, places[k], { color: colors[color], shape, hollow, size: 4.5 });
    panel.write(name, panel.right + 21, places[k], { size: 12 });
  });
}
