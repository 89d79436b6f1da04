const STEPS = 120, COUNT = 5, LETTERS = ["A", "B", "C", "D", "E"];
const PAIR_COLORS = ["blue", "red", "green", "purple", "orange"];
const PAIR_SHAPES = ["circle", "down", "triangle", "diamond", "square"];
const ARROW = 0.45; // length of the arrow of a force of 1/(τN)

const sum = (values) => values.reduce((total, value) => total + value, 0);
const range = (count) => Array.from({ length: count }, (_, k) => k);
const radians = (degrees) => (degrees * Math.PI) / 180;
const onCircle = (angle) => [Math.cos(angle), Math.sin(angle)];

function softmax(values) {
  const highest = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - highest));
  const total = sum(powers);
  return { p: powers.map((one) => one / total), logTotal: highest + Math.log(total) };
}

// Loss, softmax table and the gradient in every angle; angles: a of A…E, then b of A…E.
function measure(angles, { temperature, negatives, same }) {
  const a = angles.slice(0, COUNT), b = angles.slice(COUNT);
  const scores = a.map((one) => b.map((other) => Math.cos(one - other) / temperature));
  const leftOut = (i, j) => same === "left alone" && i !== j && i < 2 && j < 2;
  const seen = scores.map((row, i) => row.map((s, j) => (leftOut(i, j) ? -Infinity : s)));
  const rows = seen.map(softmax);
  const columns = range(COUNT).map((j) => softmax(seen.map((row) => row[j])));
  const own = sum(range(COUNT).map((i) => scores[i][i])) / COUNT;
  const loss = negatives
    ? sum([...rows, ...columns].map(({ logTotal }) => logTotal)) / (2 * COUNT) - own
    : -own;
  const slopes = angles.map(() => 0);
  for (let i = 0; i < COUNT; i++) {
    for (let j = 0; j < COUNT; j++) {
      const push = negatives ? (rows[i].p[j] + columns[j].p[i]) / 2 : 0;
      const weight = (push - (i === j ? 1 : 0)) / (COUNT * temperature);
      const turn = -weight * Math.sin(a[i] - b[j]); // d cos(a − b) / da, weighted
      slopes[i] += turn;
      slopes[COUNT + j] -= turn;
    }
  }
  return { loss, table: rows.map(({ p }) => p), slopes };
}

const squared = (one, other) => 2 - 2 * Math.cos(one - other);

function spreadOf(angles) {
  const alignment = sum(range(COUNT).map((i) => squared(angles[i], angles[COUNT + i]))) / COUNT;
  const powers = [];
  for (const first of [0, COUNT]) {
    for (let i = 0; i < COUNT; i++) {
      for (let j = 0; j < i; j++) {
        powers.push(Math.exp(-2 * squared(angles[first + i], angles[first + j])));
      }
    }
  }
  return { alignment, uniformity: Math.log(sum(powers) / powers.length) };
}

// All steps are computed at once, and again only when something else than time moves.
let kept = { key: "" };
function allSteps(state) {
  const key = JSON.stringify({ ...state, step: 0 });
  if (kept.key === key) return kept.steps;
  let angles = [...state.first, ...state.second].map(radians);
  const steps = [];
  for (let step = 0; step <= STEPS; step++) {
    const now = measure(angles, state);
    steps.push({ angles, ...now, ...spreadOf(angles) });
    angles = angles.map((angle, k) => angle - 0.5 * state.temperature * now.slopes[k]);
  }
  kept = { key, steps };
  return steps;
}

const explorer = {
  layout: (width) => sideBySide(width, {
    height: 350, shares: [9, 6, 8], stacked: [Math.min(width, 380), 250, 230], least: 680,
  }),

  compute(state) {
    const steps = allSteps(state);
    return { steps, now: steps[state.step] };
  },

  readout: ({ steps, now }) => ({
    angles: now.angles, forces: now.slopes.map((slope) => -slope), table: now.table,
    loss: now.loss, alignment: now.alignment, uniformity: now.uniformity,
    losses: steps.map(({ loss }) => loss),
  }),

  draw(view) {
    drawCircle(view);
    drawTable(view);
    drawCurves(view);
  },

  summary({ now }, state) {
    const { loss, alignment, uniformity, slopes, angles } = now;
    const strongest = Math.max(...slopes.map(Math.abs));
    const least = -1 / state.temperature;
    const still = strongest * COUNT * state.temperature < 0.005 ? "No force is left." :
      `The largest force is ${format(strongest, 3)}.`;
    const floor = state.negatives ? `a blind guess has log 5 = ${format(Math.log(COUNT), 3)}`
      : `the smallest possible is −1/τ = ${format(least, 3)}`;
    const gap = Math.acos(clamp(Math.cos(angles[0] - angles[1]), -1, 1)) * 180 / Math.PI;
    const end = !state.negatives && loss < least * 0.98 && uniformity > -0.5
      ? " All embeddings are nearly the same, and the loss is as good as it gets."
      : state.negatives && state.same !== "different"
        ? ` A and B, which show the same thing, are ${format(gap, 0)}° apart.` : "";
    return `Step ${state.step}: loss ${format(loss, 3)}; ${floor}. Alignment ` +
      `${format(alignment, 3)} (0: views agree), uniformity ${format(uniformity, 2)} ` +
      `(0: one place). ${still}${end}`;
  },
};

const colorOf = ({ colors, state }, i) =>
  colors[PAIR_COLORS[i === 1 && state.same !== "different" && state.negatives ? 0 : i]];

function drawCircle(view) {
  const { state, numbers: { now }, colors, boxes } = view;
  const panel = new Panel(view, boxes[0], {
    x: [-1.55, 1.55], y: [-1.55, 1.55], equal: true, bare: true,
    title: "Embeddings, and the forces on them",
  });
  panel.labels();
  panel.line(range(181).map((k) => onCircle(radians(2 * k))), { color: colors.faint, width: 2 });
  const unit = 1 / (COUNT * state.temperature);
  for (let i = 0; i < COUNT; i++) {
    panel.line([onCircle(now.angles[i]), onCircle(now.angles[COUNT + i])],
      { color: fade(colorOf(view, i), 0.5), width: 1.5, dash: [3, 4] });
  }
  now.angles.forEach((angle, k) => {
    const [x, y] = onCircle(angle), long = (-now.slopes[k] / unit) * ARROW;
    if (Math.abs(long) > 0.02) {
      panel.arrow([x, y], [x - y * long, y + x * long],
        { color: colorOf(view, k % COUNT), width: 2, head: 7 });
    }
  });
  now.angles.map((angle, k) => [angle, k]).reverse().forEach(([angle, k]) => {
    const i = k % COUNT, isFirst = k < COUNT, [x, y] = onCircle(angle);
    panel.dot(x, y, {
      color: colorOf(view, i), shape: PAIR_SHAPES[i], size: isFirst ? 5 : 8, hollow: !isFirst });
    const far = isFirst ? 1.17 : 1.37;
    panel.text(`${LETTERS[i]}${isFirst ? "a" : "b"}`, far * x, far * y,
      { align: "center", size: 11, color: colorOf(view, i), weight: 600 });
    drag(view, panel, k, angle);
  });
  panel.text("filled: view a", 0, 0, { align: "center", size: 11, dy: -8, color: colors.quiet });
  panel.text("hollow: view b", 0, 0, { align: "center", size: 11, dy: 8, color: colors.quiet });
}

// A moved point starts anew: the picture goes back to step 0, from where all points are.
function drag({ state, numbers: { now }, handles }, panel, k, angle) {
  const [x, y] = onCircle(angle);
  const put = (degrees) => {
    const all = now.angles.map((one, j) =>
      Math.round(j === k ? degrees : (one * 180) / Math.PI));
    return { step: 0, first: all.slice(0, COUNT), second: all.slice(COUNT) };
  };
  handles.push({
    name: `view-${k}`, group: "views", along: "xy", step: 1, size: 8, at: [x, y],
    label: `Image ${LETTERS[k % COUNT]}, view ${k < COUNT ? "a" : "b"}: arrows turn it`,
    left: panel.px(x), top: panel.py(y),
    place: (left, top) => put((Math.atan2(panel.py(0) - top, left - panel.px(0)) * 180) / Math.PI),
    nudge: (dx, dy) => put((angle * 180) / Math.PI + 3 * (dy - dx)),
  });
}

function drawTable(view) {
  const { state, numbers: { now }, colors, boxes } = view;
  const box = { ...boxes[1], top: boxes[1].top + 18, height: Math.min(boxes[1].height - 60, boxes[1].width + 20) };
  const panel = new Panel(view, { ...box, left: box.left + 22, width: box.width - 22 }, {
    x: [0, COUNT], y: [0, COUNT], bare: true, title: " ",
  });
  panel.write("Which b belongs to a?", box.left, boxes[1].top + 14, { weight: 600, size: 13 });
  const style = { align: "center", size: 11, color: colors.quiet };
  now.table.forEach((row, i) => {
    panel.write(`${LETTERS[i]}a`, panel.left - 12, panel.py(COUNT - i - 0.5), style);
    panel.write(`${LETTERS[i]}b`, panel.px(i + 0.5), panel.top - 9, style);
    row.forEach((p, j) => {
      const color = i === j ? colors.blue : colors.red;
      panel.bar(j + 0.04, COUNT - i - 0.04, j + 0.96, COUNT - i - 0.96,
        { color: fade(color, state.negatives ? 0.06 + 0.7 * p : 0.06) });
      const left = state.same === "left alone" && i !== j && i < 2 && j < 2;
      const text = !state.negatives || left ? "–" : p.toFixed(2).replace("0.", ".");
      panel.text(p > 0.995 && state.negatives ? "1" : text, j + 0.5, COUNT - i - 0.5,
        { align: "center", halo: false, size: 11 });
    });
  });
  const note = state.negatives ? "softmax of each row; off the diagonal: push"
    : "without negatives nothing is compared";
  panel.write(note, box.left, panel.bottom + 14, { size: 11, color: colors.quiet });
}

function drawCurves(view) {
  const { state, numbers: { steps, now }, colors, boxes } = view;
  const losses = steps.map(({ loss }) => loss);
  const low = Math.min(-4, ...losses), high = Math.max(2, ...losses);
  const panel = new Panel(view, boxes[2], {
    x: [0, STEPS], y: [low - 0.1, high + 0.1], title: "Over the steps", xLabel: "step", room: 70,
  });
  panel.axes({ xTicks: ticksAt([0, 40, 80, 120]) });
  const curves = [
    ["loss", "blue", "circle", []], ["alignment", "green", "triangle", [6, 4]],
    ["uniformity", "orange", "square", [2, 4]],
  ];
  const heights = spread(curves.map(([name]) => panel.py(steps[STEPS][name])),
    15, panel.top + 6, panel.bottom - 6);
  curves.forEach(([name, color, shape, dash], k) => {
    const points = steps.map((one, step) => [step, one[name]]);
    panel.line(points, { color: fade(colors[color], 0.35), width: 1.5, dash });
    panel.line(points.slice(0, state.step + 1), { color: colors[color], dash });
    panel.dot(state.step, now[name], { color: colors[color], shape, size: 4.5 });
    panel.write(name, panel.right + 6, heights[k], { size: 11, color: colors[color] });
  });
  panel.handle({
    name: "step", label: "Step", at: [state.step, now.loss], along: "x", step: 1, size: 8,
    move: (x) => ({ step: clamp(Math.round(x), 0, STEPS) }),
  });
}
