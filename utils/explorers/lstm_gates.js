const STEPS = 30;
const SPIKES = [1, 2, 3];
const TALLEST = 2; // spikes reach from -2 to 2
const FLOOR = 1e-6; // smallest influence that the picture shows

const sigmoid = (a) => 1 / (1 + Math.exp(-a));

// The input: zero everywhere but at the spikes; spikes at the same step add up.
function inputOf(state) {
  const x = new Array(STEPS).fill(0);
  for (const k of SPIKES) x[state[`at_${k}`] - 1] += state[`height_${k}`];
  return x;
}

// Everything that the two units compute, one entry a step.
function run(state) {
  const x = inputOf(state);
  const traces = { x, i: [], f: [], g: [], o: [], c: [], h: [], rnn: [] };
  let c = 0, h = 0, plain = 0;
  for (const value of x) {
    const i = sigmoid(state.w_i * value + state.b_i);
    const f = sigmoid(state.w_f * value + state.b_f);
    const g = Math.tanh(state.w * value + state.u * h);
    const o = sigmoid(state.w_o * value + state.b_o);
    c = f * c + i * g;
    h = o * Math.tanh(c);
    plain = Math.tanh(state.w * value + state.u * plain);
    for (const [name, number] of Object.entries({ i, f, g, o, c, h, rnn: plain })) {
      traces[name].push(number);
    }
  }
  return traces;
}

// Products of the factors of all later steps: what step t still changes at the end.
function influence(factors) {
  const left = new Array(STEPS).fill(1);
  for (let t = STEPS - 2; t >= 0; t--) left[t] = left[t + 1] * factors[t + 1];
  return left;
}

const explorer = {
  layout(width) {
    const top = sideBySide(width, { height: 190, shares: [1, 1], stacked: [180, 200] });
    const low = sideBySide(width, { height: 240, shares: [1, 1], stacked: [230, 200] });
    const shift = top.height + 14;
    const below = low.boxes.map((box) => ({ ...box, top: box.top + shift }));
    return { height: shift + low.height, boxes: [...top.boxes, ...below], narrow: top.narrow };
  },

  compute(state, take) {
    const traces = run(state);
    return {
      ...traces, h: take("h", traces.h), c: take("c", traces.c),
      kept: influence(traces.f),
      rnn_kept: influence(traces.rnn.map((h) => state.u * (1 - h * h))),
    };
  },

  draw(view) {
    drawInput(view);
    drawGates(view);
    drawStates(view);
    drawInfluence(view);
  },

  summary(numbers, { step }) {
    const t = step - 1;
    const at = (name) => format(numbers[name][t], 2);
    const end = STEPS - 1;
    return `Step ${step}: input ${at("x")}; gates i ${at("i")}, f ${at("f")}, o ${at("o")}; ` +
      `candidate g ${at("g")}; cell c ${at("c")}, output h ${at("h")}; plain RNN ${at("rnn")}. ` +
      `After step ${STEPS}: c ${format(numbers.c[end], 2)}, h ${format(numbers.h[end], 2)}, ` +
      `plain RNN ${format(numbers.rnn[end], 2)}.`;
  },
};

const TIME = { x: [0, STEPS + 1] };
const timeTicks = ticksAt([1, 5, 10, 15, 20, 25, 30]);
const whole = (value) => format(value, 0);

// Lines over time with their names at the right end, kept apart.
function drawTraces(panel, view, traces, height = (value) => value) {
  const { colors, state } = view;
  const ends = traces.map(({ values }) => panel.py(height(values.at(-1))));
  const places = spread(ends, 15, panel.top + 6, panel.bottom - 6);
  traces.forEach(({ name, values, color, dash, shape }, k) => {
    const ink = colors[color];
    panel.line(values.map((value, t) => [t + 1, height(value)]), { color: ink, width: 2, dash });
    panel.dot(state.step, height(values[state.step - 1]), { color: ink, shape, size: 4.5 });
    panel.mark(panel.right + 9, places[k], { color: ink, shape, size: 4 });
    panel.write(name, panel.right + 18, places[k], { size: 12 });
  });
}

function drawInput(view) {
  const { state, numbers, colors, boxes } = view;
  const panel = new Panel(view, boxes[0], {
    ...TIME, y: [-TALLEST - 0.2, TALLEST + 0.2], title: "Input x: move the spikes", room: 44,
  });
  panel.axes({ xTicks: timeTicks, yTicks: ticksAt([-2, -1, 0, 1, 2], whole) });
  panel.upright(view.state.step);
  panel.line([[0, 0], [STEPS + 1, 0]], { color: colors.quiet, width: 1 });
  numbers.x.forEach((value, t) => {
    if (value) panel.line([[t + 1, 0], [t + 1, value]], { color: colors.ink, width: 3 });
  });
  for (const k of SPIKES) {
    const at = [state[`at_${k}`], state[`height_${k}`]];
    panel.dot(...at, { color: colors.ink, size: 6 });
    const put = (t, height) => ({
      [`at_${k}`]: clamp(Math.round(t), 1, STEPS),
      [`height_${k}`]: clamp(Number(height.toFixed(1)), -TALLEST, TALLEST),
    });
    panel.handle({
      name: `spike-${k}`, label: `Spike ${k}`, group: "spikes", at, step: 0.1, size: 7, move: put,
    });
    // by keys, one step of time is 1 and one step of height 0.1
    view.handles.at(-1).nudge = (dx, dy) => put(at[0] + dx, at[1] + 0.1 * dy);
  }
}

function drawGates(view) {
  const { numbers, boxes } = view;
  const panel = new Panel(view, boxes[1], {
    ...TIME, y: [-1.08, 1.08], title: "Gates and candidate", room: 44,
  });
  panel.axes({ xTicks: timeTicks, yTicks: ticksAt([-1, 0, 1], whole) });
  panel.upright(view.state.step);
  drawTraces(panel, view, [
    { name: "i", values: numbers.i, color: "green", dash: [6, 3], shape: "square" },
    { name: "f", values: numbers.f, color: "blue", shape: "circle" },
    { name: "g", values: numbers.g, color: "purple", dash: [2, 3], shape: "diamond" },
    { name: "o", values: numbers.o, color: "orange", dash: [9, 3, 2, 3], shape: "triangle" },
  ]);
}

function drawStates(view) {
  const { numbers, boxes } = view;
  const largest = Math.max(1.1, ...[...numbers.c, ...numbers.rnn].map(Math.abs));
  const panel = new Panel(view, boxes[2], {
    ...TIME, y: [-1.08 * largest, 1.08 * largest], title: "Memory", xLabel: "step t", room: 44,
  });
  panel.axes({ xTicks: timeTicks, yTicks: 4 });
  panel.upright(view.state.step);
  drawTraces(panel, view, [
    { name: "c", values: numbers.c, color: "blue", shape: "circle" },
    { name: "h", values: numbers.h, color: "sky", dash: [6, 3], shape: "square" },
    { name: "RNN", values: numbers.rnn, color: "red", dash: [2, 3], shape: "triangle" },
  ]);
  for (const name of ["c", "h"]) {
    numbers[name].forEach((value, t) => {
      if (view.wrong[name]?.[t]) panel.cross(panel.px(t + 1), panel.py(value), { size: 3.5 });
    });
  }
}

function drawInfluence(view) {
  const { numbers, boxes } = view;
  const height = (value) => Math.log10(clamp(Math.abs(value), FLOOR, 10));
  const panel = new Panel(view, boxes[3], {
    ...TIME, y: [-6.2, 1.2], title: "What step t still changes at the end",
    xLabel: "step t", room: 44,
  });
  panel.axes({ xTicks: timeTicks, yTicks: powersOfTen(-6, 0, 2) });
  panel.upright(view.state.step);
  drawTraces(panel, view, [
    { name: "c", values: numbers.kept, color: "blue", shape: "circle" },
    { name: "RNN", values: numbers.rnn_kept, color: "red", dash: [2, 3], shape: "triangle" },
  ], height);
}
