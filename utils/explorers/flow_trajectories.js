const MOMENTS = 40, POINTS = 30, FINE = 100, MOST = 50;
const COUNTS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 50]; // steps of the error curves

// a, b and their derivatives at time t.
const PATHS = {
  straight: (t) => ({ a: t, b: 1 - t, da: 1, db: -1 }),
  curved(t) {
    const turn = Math.PI / 2;
    const a = Math.sin(turn * t), b = Math.cos(turn * t);
    return { a, b, da: turn * b, db: -turn * a };
  },
};

function velocity(point, t, { path, data, spread }) {
  const { a, b, da, db } = PATHS[path](t);
  const guess = guesses(point, CENTERS[data], spread, a, Math.max(b, 1e-9));
  return guess.data.map((one, d) => da * one + db * guess.noise[d]);
}

const along = (point, u, h) => point.map((one, d) => one + h * u[d]);

function euler(start, steps, state) {
  const path = [start];
  for (let k = 0; k < steps; k++) {
    path.push(along(path[k], velocity(path[k], k / steps, state), 1 / steps));
  }
  return path;
}

// Classical Runge–Kutta steps.
function exact(start, state) {
  const path = [start], h = 1 / FINE;
  for (let k = 0; k < FINE; k++) {
    const x = path[k], t = k / FINE;
    const k1 = velocity(x, t, state);
    const k2 = velocity(along(x, k1, h / 2), t + h / 2, state);
    const k3 = velocity(along(x, k2, h / 2), t + h / 2, state);
    const k4 = velocity(along(x, k3, h), t + h, state);
    path.push(along(x, k1.map((one, d) => (one + 2 * k2[d] + 2 * k3[d] + k4[d]) / 6), h));
  }
  return path;
}

const gap = (p, q) => Math.hypot(p[0] - q[0], p[1] - q[1]);

// Length of all paths over the straight distance of their ends.
function bend(paths) {
  const total = (values) => values.reduce((sum, value) => sum + value, 0);
  const lengths = paths.map((path) => total(path.slice(1).map((point, k) => gap(point, path[k]))));
  return total(lengths) / total(paths.map((path) => gap(path[0], path.at(-1))));
}

// What does not change with the time and the number of steps is computed once.
let kept = { key: "" };
function flowsOf(state) {
  const { data, spread, seed, start_x: x, start_y: y } = state;
  const key = JSON.stringify([data, spread, seed, x, y]);
  if (kept.key === key) return kept;
  const starts = [[x, y], ...pairs(normals(2 * POINTS, uniform(seed)))];
  const flows = {};
  for (const path of Object.keys(PATHS)) {
    const setting = { ...state, path };
    const fine = starts.map((start) => exact(start, setting));
    const errors = COUNTS.map((count) => meanOf(starts.map((start, n) =>
      gap(euler(start, count, setting).at(-1), fine[n].at(-1)))));
    flows[path] = { fine, errors, bend: bend(fine) };
  }
  kept = { key, starts, flows };
  return kept;
}

const explorer = {
  layout: (width) => sideBySide(width, {
    height: Math.min(430, Math.round(0.5 * width)), shares: [1, 1],
    stacked: [Math.round(0.92 * width), 260],
  }),

  compute(state) {
    const { starts, flows } = flowsOf(state);
    const paths = starts.map((start) => euler(start, state.steps, state));
    const { fine } = flows[state.path];
    const error = meanOf(paths.map((path, n) => gap(path.at(-1), fine[n].at(-1))));
    return { flows, paths, error };
  },

  readout: ({ flows, paths, error }, { path }) => ({
    euler: paths[0], end: flows[path].fine[0].at(-1), error,
    starts: paths.map((one) => one[0]), ends: paths.map((one) => one.at(-1)),
    exact_ends: flows[path].fine.map((one) => one.at(-1)),
    errors: Object.fromEntries(Object.entries(flows).map(([name, flow]) => [name, flow.errors])),
    bends: Object.fromEntries(Object.entries(flows).map(([name, flow]) => [name, flow.bend])),
  }),

  draw(view) {
    drawPaths(view);
    drawErrors(view);
  },

  summary({ flows, error, paths }, { path, steps }) {
    const [x, y] = paths[0].at(-1);
    return `The ${path} path with ${steps} Euler step${steps === 1 ? "" : "s"} ends ` +
      `${format(error, 3)} from the flow on average; the marked start ends at ` +
      `(${format(x, 2)}, ${format(y, 2)}). Trajectories are longer than straight ways by ` +
      `${percent(flows.straight.bend - 1, 1)} on the straight path and ` +
      `${percent(flows.curved.bend - 1, 1)} on the curved one.`;
  },
};

// The part of a path of equal time steps up to time t, and where it stands there.
function until(path, t) {
  const place = t * (path.length - 1), k = Math.min(Math.floor(place), path.length - 2);
  const now = along(path[k], [0, 1].map((d) => path[k + 1][d] - path[k][d]), place - k);
  return [...path.slice(0, k + 1), now];
}

function drawPaths(view) {
  const { state, numbers, colors, boxes } = view;
  const t = state.moment / MOMENTS;
  const panel = new Panel(view, boxes[0], {
    x: [-3, 3], y: [-3, 3], equal: true, title: `Trajectories: t = ${format(t, 2)}`,
  });
  panel.axes({ xTicks: 6, yTicks: 6 });
  for (const [p, q] of CENTERS[state.data]) {
    panel.dot(p, q, { color: fade(colors.orange, 0.35), size: 7, rim: fade(colors.orange, 0) });
  }
  const { fine } = numbers.flows[state.path];
  fine.forEach((path, n) => panel.line(path,
    { color: n ? fade(colors.quiet, 0.45) : fade(colors.ink, 0.6), width: n ? 1 : 2 }));
  numbers.paths.forEach((path, n) => {
    const seen = until(path, t), color = n ? colors.blue : colors.red;
    if (!n) panel.line(seen, { color, width: 2, dash: [6, 4] });
    panel.inside(() => {
      if (!n) for (const [x, y] of seen.slice(1, -1)) panel.dot(x, y, { color, size: 3 });
      panel.dot(...seen.at(-1), { color, size: n ? 3.5 : 5.5, shape: n ? "circle" : "square" });
    });
  });
  const start = [state.start_x, state.start_y];
  panel.dot(...start, { size: 7, hollow: true, color: colors.ink });
  panel.text("start", ...start, { dy: -17, align: "center", weight: 600 });
  panel.handle({
    name: "start", label: "Start", at: start, step: 0.05, size: 8,
    move: (x, y) => ({ start_x: clamp(x, -2.5, 2.5), start_y: clamp(y, -2.5, 2.5) }),
  });
}

function drawErrors(view) {
  const { state, numbers, colors, boxes } = view;
  const low = -3, high = 0.7;
  const height = (error) => clamp(Math.log10(error), low, high);
  const panel = new Panel(view, boxes[1], {
    x: [0, Math.log2(MOST)], y: [low, high], title: "Mean error of the ends",
    xLabel: "Euler steps", room: 58,
  });
  panel.axes({
    xTicks: [1, 2, 4, 8, 16, 32].map((value) => ({ value: Math.log2(value), text: String(value) })),
    yTicks: powersOfTen(-3, 0),
  });
  const entries = Object.entries(numbers.flows);
  const ends = spread(entries.map(([, { errors }]) => panel.py(height(errors.at(-1)))), 16,
    panel.top + 6, panel.bottom - 6);
  entries.forEach(([name, { errors }], k) => {
    const chosen = name === state.path, color = k ? colors.orange : colors.blue;
    panel.line(errors.map((error, i) => [Math.log2(COUNTS[i]), height(error)]), {
      color: chosen ? color : fade(color, 0.5), width: chosen ? 2.5 : 1.5, dash: k ? [6, 4] : [],
    });
    panel.write(name, panel.right + 6, ends[k], { size: 12, weight: chosen ? 600 : 400 });
  });
  panel.dot(Math.log2(state.steps), height(numbers.error), { color: colors.ink, size: 5.5 });
}
