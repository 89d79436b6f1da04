const POINTS = [
  [0.5, 1.6], [1.3, 1.8], [2.2, 3.0], [3.1, 3.2], [3.9, 4.4],
  [4.7, 4.5], [5.6, 5.8], [6.4, 5.9], [7.5, 7.2], [8.3, 7.4],
];

// Least squares: slope = covariance / variance.
function fitL2(points) {
  const n = points.length;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  let both = 0, alone = 0;
  for (const [x, y] of points) {
    both += (x - meanX) * (y - meanY);
    alone += (x - meanX) ** 2;
  }
  const slope = both / alone;
  return { slope, intercept: meanY - slope * meanX };
}

// Least absolute values: some best line passes through two of the points.
function fitL1(points) {
  let best = { loss: Infinity };
  points.forEach(([x0, y0], i) => {
    for (const [x1, y1] of points.slice(i + 1)) {
      if (x0 === x1) continue;
      const slope = (y1 - y0) / (x1 - x0);
      const intercept = y0 - slope * x0;
      const loss = points.reduce(
        (sum, [x, y]) => sum + Math.abs(y - intercept - slope * x), 0);
      if (loss < best.loss - 1e-12) best = { slope, intercept, loss };
    }
  });
  return { slope: best.slope, intercept: best.intercept };
}

const equation = ({ slope, intercept }) =>
  `${format(intercept)} ${slope < 0 ? "−" : "+"} ${format(Math.abs(slope))} x`
    .replaceAll(" ", "\u00a0"); // stays on one line

const explorer = {
  layout: (width) =>
    sideBySide(width, { height: 360, shares: [3, 2], stacked: [320, 270] }),

  compute(state) {
    const outlier = [state.outlier_x, state.outlier_y];
    const points = [...POINTS, outlier];
    const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
    // pull: the outlier's part of all derivatives of the loss, without their signs
    const measure = (line, cost, derivative) => {
      const residuals = points.map(([x, y]) => y - line.intercept - line.slope * x);
      const pulls = residuals.map(derivative);
      return {
        ...line,
        loss: mean(residuals.map(cost)),
        residual: residuals.at(-1),
        pull: pulls.at(-1) / (mean(pulls) * points.length),
      };
    };
    return {
      l2: measure(fitL2(points), (r) => r ** 2, (r) => 2 * Math.abs(r)),
      l1: measure(fitL1(points), Math.abs, () => 1),
    };
  },

  draw(view) {
    const { colors, state, numbers, boxes } = view;
    const outlier = [state.outlier_x, state.outlier_y];
    const styles = {
      l2: { color: colors.blue, dash: [] }, l1: { color: colors.red, dash: [7, 5] },
    };
    const data = new Panel(view, boxes[0], {
      x: [0, 10], y: [-12, 16], xLabel: "x", yLabel: "y", title: "Data and both lines",
    }).axes();
    for (const name of ["l2", "l1"]) {
      const { slope, intercept } = numbers[name];
      if (state.residuals) {
        for (const [x, y] of [...POINTS, outlier]) {
          const shift = name === "l2" ? -0.03 : 0.03;
          data.line([[x + shift, y], [x + shift, intercept + slope * x]],
            { color: fade(styles[name].color, 0.55), width: 1.25 });
        }
      }
      data.line([[0, intercept], [10, intercept + 10 * slope]], { ...styles[name], width: 2.5 });
    }
    const [low, high] = numbers.l2.intercept < numbers.l1.intercept ? ["l2", "l1"] : ["l1", "l2"];
    data.text(high.toUpperCase(), 0, numbers[high].intercept,
      { dx: 6, dy: -14, color: styles[high].color, weight: 600 });
    data.text(low.toUpperCase(), 0, numbers[low].intercept,
      { dx: 6, dy: 16, color: styles[low].color, weight: 600 });
    for (const [x, y] of POINTS) data.dot(x, y, { size: 4.5 });
    data.dot(...outlier, { size: 7, shape: "diamond", color: colors.orange, rim: colors.ink });
    data.text("outlier", ...outlier, { dx: 0, dy: outlier[1] > 0 ? -18 : 18, align: "center" });
    data.handle({
      name: "outlier", label: "Outlier", at: outlier, step: 0.1, size: 8,
      move: (x, y) => ({ outlier_x: x, outlier_y: y }),
    });
    drawCosts(view, styles, outlier);
  },

  summary({ l2, l1 }) {
    return `L2 line: y = ${equation(l2)}. The outlier has ${percent(l2.pull)} of all pull, ` +
      "because a point pulls with 2|r|. " +
      `L1 line: y = ${equation(l1)}. The outlier has ${percent(l1.pull)}, like every point.`;
  },
};

// What one residual costs under each loss, with every point's residual on the curve.
function drawCosts(view, styles, outlier) {
  const { numbers, colors, boxes } = view;
  const far = Math.max(4, Math.abs(numbers.l1.residual), Math.abs(numbers.l2.residual));
  const reach = Math.ceil(far * 1.1);
  const costs = { l2: (r) => r * r, l1: Math.abs };
  const panel = new Panel(view, boxes[1], {
    x: [-reach, reach], y: [0, costs.l2(numbers.l2.residual) * 1.25 + 4],
    xLabel: "residual r", title: "What each point costs",
  }).axes();
  panel.curve(costs.l2, { ...styles.l2, width: 2 });
  panel.curve(costs.l1, { ...styles.l1, width: 2 });
  for (const name of ["l2", "l1"]) {
    const { slope, intercept, residual } = numbers[name];
    for (const [x, y] of POINTS) {
      const r = y - intercept - slope * x;
      panel.dot(r, costs[name](r), { size: 3.5, color: styles[name].color });
    }
    panel.dot(residual, costs[name](residual),
      { size: 6, shape: "diamond", color: colors.orange, rim: colors.ink });
  }
  const side = numbers.l2.residual < 0 ? 1 : -1;
  const align = side > 0 ? "right" : "left";
  const top = panel.y[1];
  const at = Math.min(reach, Math.sqrt(top));
  panel.text("r²  (L2)", side * at, Math.min(top, at * at),
    { align, dx: -side * 16, dy: 14, color: styles.l2.color, weight: 600 });
  panel.text("|r|  (L1)", side * reach, reach,
    { align, dx: -side * 4, dy: -14, color: styles.l1.color, weight: 600 });
}
