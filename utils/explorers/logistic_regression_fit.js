const REACH = 4;

const explorer = {
  layout: (width) => sideBySide(width, {
    height: Math.min(400, Math.round(0.55 * width)), shares: [1, 1],
    stacked: [Math.min(width, 400), 240],
  }),

  draw(view) {
    drawPlane(view);
    drawLosses(view);
  },
};

function drawPlane(view) {
  const { numbers, colors, boxes } = view;
  const { plane, points } = numbers;
  const panel = new Panel(view, boxes[0], {
    x: [-REACH, REACH], y: [-REACH, REACH], equal: true, title: "Your predict, painted",
    xLabel: "x₁", yLabel: "x₂",
  });
  const strength = colors.dark ? 0.55 : 0.42;
  const shade = (p) => channels(p < 0.5
    ? blend(colors.paper, colors.blue, strength * (1 - 2 * p))
    : blend(colors.paper, colors.orange, strength * (2 * p - 1)));
  const shades = Array.from({ length: 256 }, (_, level) => shade(level / 255));
  const [rows, columns] = plane.shape;
  panel.picture(rows, columns, (row, column) =>
    shades[Math.round(255 * clamp(plane.values[row * columns + column], 0, 1))],
  { smooth: true });
  panel.axes({ grid: false });
  drawBoundary(panel, plane, colors.ink);
  for (let row = 0; row < points.shape[0]; row++) {
    const [x, y, label, p] = points.values.subarray(4 * row, 4 * row + 4);
    const wrong = p > 0.5 !== (label === 1);
    panel.dot(x, y, {
      shape: CLASS_SHAPES[label], size: 4.5, color: colors[CLASS_COLORS[label]],
      rim: wrong ? colors.red : colors.paper,
    });
    if (wrong) panel.ring(x, y, { color: colors.red, size: 9 });
  }
}

// Where the painted probability crosses one half: short lines between grid cells.
function drawBoundary(panel, { shape: [rows, columns], values }, color) {
  const x = (column) => -REACH + (2 * REACH * column) / (columns - 1);
  const y = (row) => REACH - (2 * REACH * row) / (rows - 1);
  const cross = (a, b) => (0.5 - a) / (b - a);
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const at = (r, c) => values[(row + r) * columns + column + c];
      const corners = [[0, 0], [0, 1], [1, 1], [1, 0]];
      const ends = [];
      corners.forEach(([r, c], k) => {
        const [r2, c2] = corners[(k + 1) % 4];
        const a = at(r, c), b = at(r2, c2);
        if (a > 0.5 === b > 0.5) return;
        const part = cross(a, b);
        ends.push([x(column + c + part * (c2 - c)), y(row + r + part * (r2 - r))]);
      });
      if (ends.length === 2) panel.line(ends, { color, width: 1.75 });
    }
  }
}

function drawLosses(view) {
  const { state, numbers, colors, boxes } = view;
  const losses = [...numbers.losses.values];
  const last = losses.length - 1;
  const panel = new Panel(view, boxes[1], {
    x: [0, last], y: [0, Math.max(0.8, 1.1 * Math.min(4, Math.max(...losses)))],
    title: "Loss after every step", xLabel: "step",
  }).axes();
  panel.line(losses.map((loss, step) => [step, loss]),
    { color: fade(colors.blue, 0.35), width: 2 });
  panel.line(losses.slice(0, state.step + 1).map((loss, step) => [step, loss]),
    { color: colors.blue, width: 2.5 });
  const loss = losses[state.step];
  panel.dot(state.step, Math.min(loss, panel.y[1]), { color: colors.blue, size: 6 });
  panel.text(format(loss, 3), state.step, Math.min(loss, panel.y[1]),
    { dx: 8, dy: -16, weight: 600 });
  panel.handle({
    name: "step", label: "Step", at: [state.step, Math.min(loss, panel.y[1])], along: "x",
    step: 1, size: 8, move: (x) => ({ step: clamp(Math.round(x), 0, last) }),
  });
}
