const CELLS = 200; // squares of the painted plane along each axis
const FEWER_CELLS = 96; // where the learner's function paints it
const LARGEST_K = 15;

function distanceOf(kind) {
  return kind === "L1"
    ? (x, y) => Math.abs(x) + Math.abs(y)
    : (x, y) => Math.hypot(x, y);
}

// Indices of the k points nearest to (x, y), nearest first; equal ones in their order.
function nearest(points, x, y, k, distance) {
  const far = points.map(([px, py], index) => [distance(px - x, py - y), index]);
  far.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return far.slice(0, k);
}

function vote(points, neighbors) {
  const counts = [0, 0, 0];
  for (const [, index] of neighbors) counts[points[index][2]] += 1;
  return counts.indexOf(Math.max(...counts));
}

// The class of every square of the plane. Runs often, hence without making arrays.
function paintRegions(points, k, distance, cells) {
  const labels = new Array(cells * cells);
  const far = new Float64Array(k), who = new Int32Array(k), counts = new Int32Array(3);
  for (let cell = 0; cell < labels.length; cell++) {
    const x = (((cell % cells) + 0.5) * 10) / cells;
    const y = 10 - ((Math.floor(cell / cells) + 0.5) * 10) / cells;
    far.fill(Infinity);
    for (const [px, py, label] of points) {
      const away = distance === "L1"
        ? Math.abs(px - x) + Math.abs(py - y) : (px - x) ** 2 + (py - y) ** 2;
      let place = k - 1;
      if (away >= far[place]) continue;
      for (; place > 0 && far[place - 1] > away; place--) {
        far[place] = far[place - 1];
        who[place] = who[place - 1];
      }
      far[place] = away;
      who[place] = label;
    }
    counts.fill(0);
    for (const label of who) counts[label] += 1;
    labels[cell] = counts.indexOf(Math.max(counts[0], counts[1], counts[2]));
  }
  return labels;
}

// The plane is painted again only if something changed that matters to it.
let painted = { key: "" };
function regionsOf({ points, k, distance }, cells) {
  const key = JSON.stringify([points, k, distance, cells]);
  if (painted.key !== key) painted = { key, labels: paintRegions(points, k, distance, cells) };
  return painted.labels;
}

function accuracy(points, predict) {
  const right = points.filter((point, index) => predict(point, index) === point[2]);
  return right.length / points.length;
}

const explorer = {
  layout: (width) => sideBySide(width, {
    height: Math.min(440, Math.round(0.62 * width)), shares: [3, 2],
    stacked: [Math.min(width, 420), 230],
  }),

  compute(state, take) {
    const { points, k, distance, query_x, query_y } = state;
    const cells = take.has("regions") ? FEWER_CELLS : CELLS;
    const measure = distanceOf(distance);
    const neighbors = nearest(points, query_x, query_y, k, measure);
    const everyK = Array.from({ length: LARGEST_K }, (_, index) => index + 1);
    const training = everyK.map((count) => accuracy(points, ([x, y]) =>
      vote(points, nearest(points, x, y, count, measure))));
    const leftOut = everyK.map((count) => accuracy(points, ([x, y], own) => {
      const others = points.filter((_, index) => index !== own);
      return vote(others, nearest(others, x, y, count, measure));
    }));
    const votes = [0, 0, 0];
    for (const [, index] of neighbors) votes[points[index][2]] += 1;
    return {
      cells,
      regions: take("regions", regionsOf(state, cells)),
      prediction: take("prediction", [vote(points, neighbors)])[0],
      votes,
      neighbors: neighbors.map(([, index]) => index),
      radius: neighbors.at(-1)[0],
      training_accuracy: training[k - 1],
      leave_one_out_accuracy: leftOut[k - 1],
      training_curve: training,
      leave_one_out_curve: leftOut,
    };
  },

  readout: ({ cells, regions, ...numbers }) => numbers,

  draw(view) {
    const { state, numbers, colors, wrong } = view;
    const { points } = state;
    const panel = new Panel(view, view.boxes[0], {
      x: [0, 10], y: [0, 10], equal: true, xLabel: "x₁", yLabel: "x₂",
    });
    const shades = CLASS_COLORS.map((name) =>
      channels(blend(colors.paper, colors[name], colors.dark ? 0.34 : 0.24)));
    const { cells, regions } = numbers;
    const red = channels(colors.red);
    panel.picture(cells, cells, (row, column) => {
      const cell = row * cells + column;
      const striped = wrong.regions?.[cell] && (row + column) % 3 === 0;
      return striped ? red : shades[clamp(Math.round(regions[cell]), 0, shades.length - 1)];
    });
    panel.axes({ grid: false });
    drawReach(panel, view);
    points.forEach(([x, y, label], index) => {
      const used = numbers.neighbors.includes(index);
      panel.dot(x, y, {
        size: used ? 7.5 : 6, shape: CLASS_SHAPES[label], color: colors[CLASS_COLORS[label]],
        rim: used ? colors.ink : colors.paper,
      });
      panel.handle({
        name: `point-${index}`, group: "points", at: [x, y],
        label: `Point ${index + 1} of class ${label}. Page Down for the next point`,
        move: (newX, newY) => ({
          points: points.map((point, i) => (i === index ? [newX, newY, label] : point)),
        }),
      });
    });
    const query = [state.query_x, state.query_y];
    panel.dot(...query, { size: 7, hollow: true, color: colors.ink });
    panel.text("?", ...query, { align: "center", weight: 700, size: 11, halo: false });
    panel.handle({
      name: "query", label: "Query", at: query, size: 8,
      move: (x, y) => ({ query_x: x, query_y: y }),
    });
    drawAccuracies(view);
  },

  summary(numbers, { k, distance }) {
    const neighbors = k === 1 ? "nearest neighbor" : `${k} nearest neighbors`;
    return `The query's ${neighbors} (${distance}) ${k === 1 ? "votes" : "vote"} ${numbers.votes.join(" : ")} ` +
      `for classes 0 : 1 : 2, so it is class ${numbers.prediction}. ` +
      `Accuracy on the training points: ${percent(numbers.training_accuracy)}; ` +
      `on each point left out once: ${percent(numbers.leave_one_out_accuracy)}.`;
  },
};

// The neighbors' reach: a diamond under L1, a circle under L2.
function drawReach(panel, { state, numbers, colors }) {
  const { query_x: x, query_y: y, points, distance } = state;
  for (const index of numbers.neighbors) {
    panel.line([[x, y], points[index].slice(0, 2)], { color: fade(colors.ink, 0.6), width: 1.25 });
  }
  const corners = distance === "L1" ? 4 : 90;
  const outline = [];
  for (let i = 0; i <= corners; i++) {
    const angle = (2 * Math.PI * i) / corners;
    outline.push([x + numbers.radius * Math.cos(angle), y + numbers.radius * Math.sin(angle)]);
  }
  panel.line(outline, { color: colors.ink, width: 1.25, dash: [4, 4] });
}

function drawAccuracies(view) {
  const { state, numbers, colors, boxes } = view;
  const panel = new Panel(view, boxes[1], {
    x: [0, LARGEST_K + 1], y: [0, 1.05], title: "Accuracy", xLabel: "k",
  });
  panel.axes({
    xTicks: ticksAt([1, 5, 10, 15]), yTicks: ticksAt([0, 0.5, 1]),
  });
  panel.upright(state.k);
  const curves = [
    ["training points", numbers.training_curve, colors.quiet, "square", []],
    ["left out once", numbers.leave_one_out_curve, colors.red, "circle", [6, 4]],
  ];
  curves.forEach(([name, values, color, shape, dash], order) => {
    panel.line(values.map((value, index) => [index + 1, value]), { color, dash });
    panel.dot(state.k, values[state.k - 1], { color, shape, size: 5.5 });
    panel.text(name, 1, 0, { color, weight: 600, dx: 4, dy: -34 + 18 * order });
  });
}
