const ROWS = 6, COLUMNS = 3, STEPS = 60;
const LABEL_COLORS = CLASS_COLORS.slice(0, COLUMNS);

const sum = (values) => values.reduce((total, value) => total + value, 0);
const columnSums = (Q) => LABEL_COLORS.map((_, k) => sum(Q.map((row) => row[k])));

// One step: odd ones scale the rows to 1/N, even ones the columns to 1/K.
function scaleOnce(Q, step) {
  if (step % 2 === 1) {
    return Q.map((row) => row.map((q) => q / (sum(row) * ROWS)));
  }
  const sums = columnSums(Q);
  return Q.map((row) => row.map((q, k) => q / (sums[k] * COLUMNS)));
}

// How far the margins are from 1/N and 1/K, as a part of these.
function imbalance(Q) {
  const rows = Q.map((row) => Math.abs(sum(row) * ROWS - 1));
  const columns = columnSums(Q).map((one) => Math.abs(one * COLUMNS - 1));
  return Math.max(...rows, ...columns);
}

// P^sharpness with total 1; the largest power is 1, so that nothing underflows at once.
function powers(probabilities, sharpness) {
  const logs = probabilities.map((row) => row.map((p) => sharpness * Math.log(p)));
  const highest = Math.max(...logs.flat());
  const Q = logs.map((row) => row.map((log) => Math.exp(log - highest)));
  const total = sum(Q.flat());
  return Q.map((row) => row.map((q) => q / total));
}

// The cheapest of all labelings that use every label equally often.
function exactLabels(costs, left = Array(COLUMNS).fill(ROWS / COLUMNS), row = 0) {
  if (row === costs.length) return { cost: 0, labels: [] };
  let best = { cost: Infinity, labels: [] };
  for (let k = 0; k < COLUMNS; k++) {
    if (left[k] === 0) continue;
    const rest = exactLabels(costs, left.map((one, j) => one - (j === k)), row + 1);
    const cost = costs[row][k] / ROWS + rest.cost;
    if (cost < best.cost) best = { cost, labels: [k, ...rest.labels] };
  }
  return best;
}

const explorer = {
  layout: (width) => sideBySide(width, {
    height: 330, shares: [5, 7, 6], stacked: [270, 320, 230], least: 680,
  }),

  compute({ probabilities, sharpness, step }, take) {
    const own = [powers(probabilities, sharpness)];
    for (let t = 1; t <= STEPS; t++) own.push(scaleOnce(own.at(-1), t));
    const tables = take("tables", own);
    const shown = tables[step];
    const errors = tables.map(imbalance);
    const costs = probabilities.map((row) => row.map((p) => -Math.log(p)));
    const exact = exactLabels(costs);
    return {
      exact_labels: exact.labels, exact_cost: exact.cost,
      cost: sum(shown.flatMap((row, i) => row.map((q, k) => q * costs[i][k]))),
      Q: shown, errors,
      row_sums: shown.map(sum), column_sums: columnSums(shown),
      labels: shown.map((row) => row.indexOf(Math.max(...row))),
      free_labels: probabilities.map((row) => row.indexOf(Math.max(...row))),
    };
  },

  draw(view) {
    drawProbabilities(view);
    drawTable(view);
    drawErrors(view);
  },

  summary({ column_sums, labels, free_labels, errors, cost, exact_cost }, state) {
    const { step, probabilities } = state;
    const what = step === 0 ? "Before the first step"
      : `After step ${step} (${step % 2 ? "rows" : "columns"})`;
    const sizes = column_sums.map((one) => format(one * ROWS, 2)).join(", ");
    const moved = labels.filter((label, i) => label !== free_labels[i]).length;
    const price = errors[step] > 0.01 ? "" : ` Cost ${format(cost, 3)}: softness adds ` +
      `${percent(cost / exact_cost - 1, 1)} to that of the exact labels.`;
    return `${what} the labels hold ${sizes} samples; balanced is ${ROWS / COLUMNS} each. ` +
      `Largest relative imbalance: ${percent(errors[step], errors[step] < 0.1 ? 2 : 0)}. ` +
      `${moved} of ${probabilities.length} samples left their favorite label.${price}`;
  },
};

function drawCells(view, panel, table, number, strength, ringed, exact = [], wrong = null) {
  const { colors } = view;
  table.forEach((row, i) => row.forEach((value, k) => {
    const color = colors[LABEL_COLORS[k]], part = clamp(0.06 + 0.8 * strength(value), 0, 0.9);
    panel.bar(k + 0.03, ROWS - i - 0.04, k + 0.97, ROWS - i - 0.96, {
      color: fade(color, part),
      stroke: ringed[i] === k ? colors.ink : undefined,
    });
    panel.text(number(value), k + 0.5, ROWS - i - 0.5,
      { align: "center", halo: false, weight: ringed[i] === k ? 700 : 400,
        color: inkOn(color, part, colors) });
    if (wrong?.[i][k]) panel.cross(panel.px(k + 0.1), panel.py(ROWS - i - 0.5), { size: 4 });
    if (exact[i] === k) {
      panel.mark(panel.px(k + 0.9), panel.py(ROWS - i - 0.5), { size: 3, color: colors.ink });
    }
  }));
}

function labelTable(panel, colors) {
  for (let k = 0; k < COLUMNS; k++) {
    panel.write(`label ${k}`, panel.px(k + 0.5), panel.top - 9,
      { align: "center", size: 11, color: colors.quiet });
  }
}

function drawProbabilities(view) {
  const { state, numbers, colors, boxes } = view;
  const box = { ...boxes[0], top: boxes[0].top + 18, height: boxes[0].height - 60 };
  const panel = new Panel(view, box, { x: [0, COLUMNS], y: [0, ROWS], bare: true, title: " " });
  panel.write("P: move a cell up or down", panel.left, boxes[0].top + 14, { weight: 600, size: 13 });
  labelTable(panel, colors);
  const P = state.probabilities;
  panel.write("Frame: largest of its row.", panel.left, panel.bottom + 14,
    { size: 11, color: colors.quiet });
  panel.mark(panel.left + 4, panel.bottom + 30, { size: 3, color: colors.ink });
  panel.write("exact balanced label", panel.left + 13, panel.bottom + 30,
    { size: 11, color: colors.quiet });
  drawCells(view, panel, P, (p) => format(p, 2), (p) => p, numbers.free_labels);
  P.forEach((row, i) => row.forEach((p, k) => {
    const top = panel.py(ROWS - i - 0.5);
    const put = (value) => {
      const own = clamp(Math.round(value * 100) / 100, 0.01, 0.97);
      const rest = sum(row) - p;
      const changed = row.map((one, j) => (j === k ? own : (one / rest) * (1 - own)));
      return { probabilities: P.map((old, j) => (j === i ? changed : old)) };
    };
    view.handles.push({
      name: `p-${i}-${k}`, group: "probabilities", along: "y", step: 0.01, at: [0, p], size: 9,
      label: `Sample ${i}, probability of label ${k}. Page Down for the next`,
      left: panel.px(k + 0.5), top,
      place: (_, y) => put(p + (top - y) / 150), nudge: (_, dy) => put(p + 0.02 * dy),
    });
  }));
}

function drawTable(view) {
  const { state, numbers, colors, boxes } = view;
  const bars = 64;
  const box = { ...boxes[1], top: boxes[1].top + 18, height: boxes[1].height - 60,
    width: boxes[1].width - bars };
  const panel = new Panel(view, box, { x: [0, COLUMNS], y: [0, ROWS], bare: true, title: " " });
  panel.write("N · Q, and its sums", panel.left, boxes[1].top + 14, { weight: 600, size: 13 });
  labelTable(panel, colors);
  drawCells(view, panel, numbers.Q, (q) => format(q * ROWS, 2), (q) => q * ROWS, numbers.labels,
    numbers.exact_labels, view.wrong.tables?.[state.step]);
  const { pen } = panel;
  const active = state.step === 0 ? "" : state.step % 2 ? "rows" : "columns";
  const paint = (left, top, width, high, now) => {
    pen.fillStyle = now ? colors.red : fade(colors.quiet, 0.55);
    pen.fillRect(left, top, width, high);
  };
  pen.strokeStyle = colors.ink;
  pen.lineWidth = 1;
  const unit = 26; // pixels for a balanced row
  numbers.row_sums.forEach((one, i) => {
    const middle = panel.py(ROWS - i - 0.5);
    paint(panel.right + 6, middle - 6, clamp(one * ROWS, 0, 2) * unit, 12, active === "rows");
  });
  const line = (x0, y0, x1, y1) => {
    pen.setLineDash([3, 3]);
    pen.beginPath();
    pen.moveTo(x0, y0);
    pen.lineTo(x1, y1);
    pen.stroke();
    pen.setLineDash([]);
  };
  line(panel.right + 6 + unit, panel.top, panel.right + 6 + unit, panel.bottom);
  panel.write("1", panel.right + 6 + unit, panel.top - 9, { align: "center", size: 11, color: colors.quiet });
  const long = (panel.width / COLUMNS) * 0.46; // pixels for a balanced column
  numbers.column_sums.forEach((one, k) => {
    const left = panel.px(k) + 3;
    paint(left, panel.bottom + 6, clamp(one * COLUMNS, 0, 2) * long, 12, active === "columns");
    line(left + long, panel.bottom + 3, left + long, panel.bottom + 21);
    panel.write(format(one * ROWS, 2), left + long, panel.bottom + 31, { align: "center", size: 12 });
  });
}

function drawErrors(view) {
  const { state, numbers, colors, boxes } = view;
  const height = (error) => Math.log10(clamp(error, 1e-8, 10));
  const panel = new Panel(view, boxes[2], {
    x: [0, STEPS], y: [-8, 1], title: "Largest relative imbalance", xLabel: "step",
  });
  panel.axes({ yTicks: powersOfTen(-8, 0, 2), xTicks: ticksAt([0, 20, 40, 60]) });
  const points = numbers.errors.map((error, step) => [step, height(error)]);
  panel.line(points, { color: fade(colors.blue, 0.35) });
  panel.line(points.slice(0, state.step + 1), { color: colors.blue, width: 2.5 });
  panel.dot(...points[state.step], { color: colors.blue, size: 6 });
  panel.handle({
    name: "step", label: "Step", at: points[state.step], along: "x", step: 1, size: 8,
    move: (x) => ({ step: clamp(Math.round(x), 0, STEPS) }),
  });
}
