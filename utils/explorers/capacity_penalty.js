const LARGEST_DEGREE = 14, MOST_POINTS = 100, HELD_OUT = 200;
const LOWEST_PENALTY = -8, HIGHEST_PENALTY = 1; // powers of ten
const LOWEST_ERROR = -4, HIGHEST_ERROR = 2; // powers of ten, on the axis

const trueCurve = (x) => Math.sin(4 * x);

// Legendre polynomials of degree 0, 1, …, each with mean square 1 on [−1, 1].
function basis(x, degree) {
  const values = [1, x];
  for (let k = 2; k <= degree; k++) {
    values.push(((2 * k - 1) * x * values[k - 1] - (k - 1) * values[k - 2]) / k);
  }
  return values.slice(0, degree + 1).map((value, k) => value * Math.sqrt(2 * k + 1));
}

// All points of a seed. Fewer points are the first ones; more noise, the same errors.
let drawn = { seed: null };
function drawPoints({ seed, points, noise }) {
  if (drawn.seed !== seed) {
    const random = uniform(seed);
    const x = Array.from({ length: MOST_POINTS + HELD_OUT }, () => 2 * random() - 1);
    drawn = { seed, x, errors: normals(x.length, random) };
  }
  const all = drawn.x.map((x, i) => ({
    x, y: trueCurve(x) + noise * drawn.errors[i], row: basis(x, LARGEST_DEGREE),
  }));
  return { train: all.slice(0, points), test: all.slice(MOST_POINTS) };
}

// Least squares by modified Gram-Schmidt (Björck, 1967); columns: vectors, target last.
function leastSquares(columns) {
  const count = columns.length - 1;
  const R = [];
  for (let k = 0; k < count; k++) {
    const q = columns[k];
    const long = Math.hypot(...q);
    R.push(new Float64Array(count + 1));
    R[k][k] = long;
    for (let i = 0; i < q.length; i++) q[i] /= long;
    for (let j = k + 1; j <= count; j++) {
      let dot = 0;
      for (let i = 0; i < q.length; i++) dot += q[i] * columns[j][i];
      for (let i = 0; i < q.length; i++) columns[j][i] -= dot * q[i];
      R[k][j] = dot;
    }
  }
  const solution = new Array(count).fill(0);
  for (let k = count - 1; k >= 0; k--) {
    let rest = R[k][count];
    for (let j = k + 1; j < count; j++) rest -= R[k][j] * solution[j];
    solution[k] = rest / R[k][k];
  }
  return solution;
}

// Minimizes mean (y − ŷ)² + ½λ‖w‖². Each weight adds one row √(Nλ/2) to the points;
// the bias, which belongs to degree 0, adds none.
function fitRidge(train, degree, penalty) {
  const count = train.length;
  const extra = Math.sqrt((count * penalty) / 2);
  const columns = [];
  for (let k = 0; k <= degree; k++) {
    const column = new Float64Array(count + degree);
    train.forEach(({ row }, i) => { column[i] = row[k]; });
    if (k > 0) column[count + k - 1] = extra;
    columns.push(column);
  }
  const target = new Float64Array(count + degree);
  train.forEach(({ y }, i) => { target[i] = y; });
  return leastSquares([...columns, target]);
}

const predict = (row, theta) => theta.reduce((sum, value, k) => sum + value * row[k], 0);

function meanSquaredError(points, theta) {
  const squares = points.map(({ y, row }) => (y - predict(row, theta)) ** 2);
  return squares.reduce((sum, value) => sum + value, 0) / points.length;
}

const shortError = (error) => format(error, error < 10 ? 3 : 0);

const explorer = {
  layout: (width) => sideBySide(width, { height: 340, shares: [1, 1], stacked: [290, 270] }),

  compute(state) {
    const { degree, penalty, against } = state;
    const { train, test } = drawPoints(state);
    const [bias, ...weights] = fitRidge(train, degree, penalty);
    const steps = 4 * (HIGHEST_PENALTY - LOWEST_PENALTY);
    const at = against === "degree"
      ? Array.from({ length: LARGEST_DEGREE + 1 }, (_, k) => k)
      : Array.from({ length: steps + 1 }, (_, k) => 10 ** (LOWEST_PENALTY + k / 4));
    const fits = at.map((value) => (against === "degree"
      ? fitRidge(train, value, penalty) : fitRidge(train, degree, value)));
    return {
      train, test, bias, weights,
      train_error: meanSquaredError(train, [bias, ...weights]),
      test_error: meanSquaredError(test, [bias, ...weights]),
      curves: {
        at,
        train: fits.map((theta) => meanSquaredError(train, theta)),
        test: fits.map((theta) => meanSquaredError(test, theta)),
      },
    };
  },

  readout: ({ train, test, ...numbers }) => ({
    ...numbers,
    train_points: train.map(({ x, y }) => [x, y]),
    test_points: test.map(({ x, y }) => [x, y]),
  }),

  draw(view) {
    drawFit(view);
    drawErrors(view);
  },

  summary({ weights, train_error, test_error }, { degree, penalty, points, noise }) {
    return `Degree ${degree}, ${points} points, λ = ${format(penalty)}: ` +
      `‖w‖ = ${format(Math.hypot(...weights))}. Mean squared error: ` +
      `${shortError(train_error)} on the training points, ${shortError(test_error)} on held-out points ` +
      `(the noise alone: ${shortError(noise ** 2)}).`;
  },
};

const REACH = 3; // largest y on the axis

function drawFit(view) {
  const { numbers, colors, boxes } = view;
  const panel = new Panel(view, boxes[0], {
    x: [-1, 1], y: [-REACH, REACH], xLabel: "x", title: "Points, true curve and fit",
  }).axes();
  const fit = (x) => predict(basis(x, numbers.weights.length), [numbers.bias, ...numbers.weights]);
  panel.curve(trueCurve, { color: colors.green, width: 2, dash: [7, 5] });
  for (const { x, y } of numbers.train) {
    if (Math.abs(y) <= REACH) panel.dot(x, y, { size: 4 });
  }
  panel.curve(fit, { color: colors.blue, width: 2.5 });
  panel.text("true curve", -1, REACH, { dx: 6, dy: 12, color: colors.green, weight: 600 });
  panel.text("fit", -1, REACH, { dx: 6, dy: 29, color: colors.blue, weight: 600 });
}

// Where an error stands on the logarithmic axis, limited to what is shown.
const errorHeight = (error) => clamp(Math.log10(error || 1e-99), LOWEST_ERROR, HIGHEST_ERROR);

function drawErrors(view) {
  const { state, numbers, colors, boxes } = view;
  const byDegree = state.against === "degree";
  const panel = new Panel(view, boxes[1], {
    x: byDegree ? [0, LARGEST_DEGREE] : [LOWEST_PENALTY, HIGHEST_PENALTY],
    y: [LOWEST_ERROR, HIGHEST_ERROR], xLabel: byDegree ? "degree" : "penalty λ",
    title: "Mean squared error",
  });
  panel.axes({
    xTicks: byDegree ? ticksAt([0, 2, 4, 6, 8, 10, 12, 14])
      : powersOfTen(LOWEST_PENALTY, HIGHEST_PENALTY, 2),
    yTicks: powersOfTen(LOWEST_ERROR, HIGHEST_ERROR),
  });
  const place = (value) => (byDegree ? value : Math.log10(value));
  const here = place(byDegree ? state.degree : state.penalty);
  panel.upright(here);
  if (state.noise > 0) {
    const level = errorHeight(state.noise ** 2);
    panel.line([[panel.x[0], level], [panel.x[1], level]],
      { color: fade(colors.quiet, 0.8), width: 1, dash: [3, 4] });
  }
  // The curves leave the left corner free against the degree, the right one against λ.
  const label = (text, order, style) => panel.text(
    text, panel.x[byDegree ? 0 : 1], HIGHEST_ERROR,
    { align: byDegree ? "left" : "right", dx: byDegree ? 6 : -6, dy: 12 + 17 * order, ...style });
  const curves = [
    ["training", numbers.curves.train, numbers.train_error, colors.ink, "square", []],
    ["held-out", numbers.curves.test, numbers.test_error, colors.red, "circle", [6, 4]],
  ];
  curves.forEach(([name, values, now, color, shape, dash], order) => {
    const points = numbers.curves.at.map((value, i) => [place(value), errorHeight(values[i])]);
    panel.line(points, { color, dash, width: 2.25 });
    panel.dot(here, errorHeight(now), { color, shape, size: 5.5 });
    label(`${name}: ${shortError(now)}`, 1 - order, { color, weight: 600 });
  });
  label(`noise alone: ${shortError(state.noise ** 2)}`, 2, { color: colors.quiet });
  panel.handle({
    name: "place", label: byDegree ? "Degree" : "Penalty, power of ten", size: 8,
    at: [here, errorHeight(numbers.test_error)], along: "x", step: byDegree ? 1 : 0.125,
    move: (to) => (byDegree ? { degree: to } : { penalty: Number((10 ** to).toPrecision(3)) }),
  });
}
