const T = 50, POINTS = 120, TRAILS = 10;

// ᾱ_0 … ᾱ_T.
const SCHEDULES = {
  linear() {
    const bars = [1];
    for (let t = 1; t <= T; t++) {
      bars.push(bars[t - 1] * (1 - (0.002 + ((0.4 - 0.002) * (t - 1)) / (T - 1))));
    }
    return bars;
  },
  cosine() { // every β is at most 0.999
    const f = (t) => Math.cos(((t / T + 0.008) / 1.008) * (Math.PI / 2)) ** 2;
    const bars = [1];
    for (let t = 1; t <= T; t++) bars.push(bars[t - 1] * Math.max(f(t) / f(t - 1), 0.001));
    return bars;
  },
};

// The steps at which a sampler stands: T first, 0 last.
function timesOf(updates) {
  return Array.from({ length: updates + 1 }, (_, k) => Math.round(T - (T * k) / updates));
}

function drawData({ data, spread, seed }) {
  const random = uniform(seed), centers = CENTERS[data];
  const places = Array.from({ length: POINTS }, () => Math.floor(random() * centers.length));
  const jitter = pairs(normals(2 * POINTS, random));
  return places.map((i, n) => centers[i].map((one, d) => one + spread * jitter[n][d]));
}

// All points from noise to data; paths[n][k] is point n at times[k].
function generate(state, bars, starts) {
  const times = timesOf(state.updates), centers = CENTERS[state.data];
  const random = uniform(state.seed + 500);
  const draws = times.slice(1).map(() => pairs(normals(2 * POINTS, random)));
  const paths = starts.map((start, n) => {
    const path = [start];
    for (let k = 0; k + 1 < times.length; k++) {
      const bar = bars[times[k]], next = bars[times[k + 1]];
      const a = Math.sqrt(bar), b = Math.sqrt(1 - bar);
      const { data, noise } = guesses(path[k], centers, state.spread, a, b);
      const variance = state.sampler === "DDIM" ? 0
        : ((1 - next) / (1 - bar)) * (1 - bar / next);
      const left = Math.sqrt(Math.max(0, 1 - next - variance));
      path.push(data.map((one, d) => Math.sqrt(next) * one + left * noise[d] +
        Math.sqrt(variance) * draws[k][n][d]));
    }
    return path;
  });
  return { times, paths, draws: draws.map((all) => all[0]) };
}

const explorer = {
  layout: (width) => sideBySide(width, {
    height: Math.min(430, Math.round(0.5 * width)), shares: [1, 1],
    stacked: [Math.round(0.92 * width), 260],
  }),

  compute(state) {
    const bars = SCHEDULES[state.schedule]();
    const clean = drawData(state);
    const noise = pairs(normals(2 * POINTS, uniform(state.seed + 100)));
    const score = (points) =>
      meanOf(points.map((point) => logDensity(point, CENTERS[state.data], state.spread)));
    const run = { bars, clean, noise, real: score(clean) };
    if (state.direction === "add noise") {
      const mixed = (n, t) => clean[n].map((one, d) =>
        Math.sqrt(bars[t]) * one + Math.sqrt(1 - bars[t]) * noise[n][d]);
      const trail = (n) => Array.from({ length: state.step + 1 }, (_, t) => mixed(n, t));
      return { ...run, t: state.step, points: clean.map((_, n) => mixed(n, state.step)),
        trails: Array.from({ length: TRAILS }, (_, n) => trail(n)) };
    }
    const { times, paths, draws } = generate(state, bars, noise);
    const last = times.findLastIndex((t) => t >= T - state.step);
    return { ...run, times, draws, t: times[last], first: paths[0],
      points: paths.map((path) => path[last]), made: score(paths.map((path) => path.at(-1))),
      trails: paths.slice(0, TRAILS).map((path) => path.slice(0, last + 1)) };
  },

  readout: ({ bars, clean, noise, t, points, real, made, times, draws, first }) => ({
    bars, t, points, real, clean: clean[0], noise: noise[0],
    made: made ?? null, times: times ?? null, draws: draws ?? null, first: first ?? null,
  }),

  draw(view) {
    drawPoints(view);
    drawRatio(view);
  },

  summary({ bars, t, real, made }, { direction, sampler, updates }) {
    const bar = bars[t], ratio = t ? format(bar / (1 - bar), 3) : "∞";
    const now = `Step t = ${t}: ᾱ = ${format(bar, 4)}, signal to noise ${ratio}, ` +
      `${percent(Math.sqrt(bar), 1)} of the data's size is left.`;
    return now + (direction === "add noise" ? "" :
      ` ${sampler} with ${updates} update${updates === 1 ? "" : "s"} ends at a mean ` +
      `log-density of ${format(made, 2)}; real points have ${format(real, 2)}.`);
  },
};

function drawPoints(view) {
  const { state, numbers, colors, boxes } = view;
  const adding = state.direction === "add noise";
  const panel = new Panel(view, boxes[0], {
    x: [-3.2, 3.2], y: [-3.2, 3.2], equal: true,
    title: `${adding ? "Adding noise" : "Generating"}: t = ${numbers.t}`,
  });
  panel.axes({ xTicks: 6, yTicks: 6 });
  for (const [p, q] of CENTERS[state.data]) {
    panel.inside(() => panel.dot(p, q, { color: fade(colors.orange, 0.35), size: 7, rim: fade(colors.orange, 0) }));
  }
  for (const trail of numbers.trails) {
    panel.line(trail, { color: fade(colors.ink, 0.4), width: 1 });
  }
  panel.inside(() => numbers.points.forEach(([x, y], n) =>
    panel.dot(x, y, { color: n < TRAILS ? colors.ink : colors.blue, size: 3.2 })));
}

function drawRatio(view) {
  const { state, numbers, colors, boxes } = view;
  const height = (bar) => clamp(Math.log10(bar / (1 - bar)), -5, 3);
  const panel = new Panel(view, boxes[1], {
    x: [0, T], y: [-5, 3], title: "Signal to noise, ᾱ / (1 − ᾱ)", xLabel: "step t", room: 52,
  });
  panel.axes({
    xTicks: ticksAt([0, 10, 20, 30, 40, 50]),
    yTicks: powersOfTen(-4, 2, 2),
  });
  const entries = Object.entries(SCHEDULES).map(([name, bars]) => [name, bars()]);
  const ends = spread(entries.map(([, bars]) => panel.py(height(bars[T]))), 16,
    panel.top + 6, panel.bottom - 6);
  entries.forEach(([name, bars], k) => {
    const chosen = name === state.schedule, color = k ? colors.orange : colors.blue;
    panel.line(bars.slice(1).map((bar, t) => [t + 1, height(bar)]), {
      color: chosen ? color : fade(color, 0.45), width: chosen ? 2.5 : 1.5, dash: k ? [6, 4] : [],
    });
    panel.write(name, panel.right + 6, ends[k], { size: 12, weight: chosen ? 600 : 400 });
  });
  const stops = numbers.times ?? [numbers.t];
  for (const t of stops.filter((one) => one > 0)) {
    panel.dot(t, height(numbers.bars[t]), { color: colors.quiet, size: 2.5 });
  }
  panel.upright(numbers.t);
  if (numbers.t) panel.dot(numbers.t, height(numbers.bars[numbers.t]), { color: colors.ink, size: 5.5 });
}
