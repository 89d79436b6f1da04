const ALIVE = 10; // standard deviations between 1/10 and 10 count as alive
const LAYERS = 10, SAMPLES = 200, BINS = 41;
const ACTIVATIONS = {
  linear: (z) => z, tanh: Math.tanh, sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  ReLU: (z) => Math.max(0, z),
};
// The derivative of each, from what it returned.
const SLOPES = {
  linear: () => 1, tanh: (a) => 1 - a * a, sigmoid: (a) => a * (1 - a),
  ReLU: (a) => (a > 0 ? 1 : 0),
};
const RULES = {
  LeCun: (n) => Math.sqrt(1 / n), Glorot: (n) => Math.sqrt(2 / (n + n)),
  He: (n) => Math.sqrt(2 / n),
};

// The draw for a seed and size: inputs and final gradients (SAMPLES, units), and ten
// matrices (units, units).
let drawn = { key: "" };
function drawNetwork(seed, units) {
  const key = `${seed} ${units}`;
  if (drawn.key !== key) {
    const random = uniform(seed);
    const inputs = normals(SAMPLES * units, random);
    const weights = [];
    for (let layer = 0; layer < LAYERS; layer++) weights.push(normals(units * units, random));
    drawn = { key, inputs, weights, gradients: normals(SAMPLES * units, random) };
  }
  return drawn;
}

function layerOutput(inputs, weights, units, scale, activation) {
  const outputs = new Float64Array(inputs.length);
  for (let sample = 0; sample < SAMPLES; sample++) {
    for (let unit = 0; unit < units; unit++) {
      let sum = 0;
      for (let k = 0; k < units; k++) {
        sum += inputs[sample * units + k] * weights[unit * units + k];
      }
      outputs[sample * units + unit] = activation(scale * sum);
    }
  }
  return outputs;
}

// The gradients before a layer from those behind it, as backpropagation computes them.
function layerGradients(gradients, outputs, weights, units, scale, slope) {
  const before = new Float64Array(gradients.length);
  for (let sample = 0; sample < SAMPLES; sample++) {
    for (let unit = 0; unit < units; unit++) {
      const at = sample * units + unit;
      const delta = scale * slope(outputs[at]) * gradients[at];
      if (delta === 0) continue;
      for (let k = 0; k < units; k++) {
        before[sample * units + k] += delta * weights[unit * units + k];
      }
    }
  }
  return before;
}

function describe(values) {
  let sum = 0, squares = 0, zeros = 0, lowest = Infinity, highest = -Infinity;
  for (const value of values) {
    sum += value;
    squares += value * value;
    zeros += value === 0;
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  const mean = sum / values.length;
  const std = Math.sqrt(Math.max(0, squares / values.length - mean * mean));
  return { mean, std, size: Math.sqrt(squares / values.length), zeros: zeros / values.length,
    lowest, highest };
}

function countBins(values, reach) {
  const counts = new Array(BINS).fill(0);
  for (const value of values) {
    const bin = Math.floor(((value + reach) / (2 * reach)) * BINS);
    counts[clamp(bin, 0, BINS - 1)] += 1;
  }
  return counts.map((count) => count / values.length);
}

// The signal on its way forward, and the gradients on their way back.
let passed = { key: "" };
function passThrough({ activation, rule, std, gain, units, seed }) {
  const { inputs, weights, gradients } = drawNetwork(seed, units);
  const scale = gain * (rule === "own std" ? std : RULES[rule](units));
  let values = inputs;
  const layers = [describe(inputs)];
  const shapes = [], outputs = [];
  for (const matrix of weights) {
    values = layerOutput(values, matrix, units, scale, ACTIVATIONS[activation]);
    outputs.push(values);
    const numbers = describe(values);
    const reach = activation === "tanh" || activation === "sigmoid"
      ? 1.05 : Math.max(1e-30, 4 * numbers.size);
    layers.push(numbers);
    shapes.push({ reach, counts: countBins(values, reach) });
  }
  let back = gradients;
  const flow = [describe(back).std];
  for (let k = LAYERS - 1; k >= 0; k--) {
    back = layerGradients(back, outputs[k], weights[k], units, scale, SLOPES[activation]);
    flow.unshift(describe(back).std);
  }
  return { scale, layers, shapes, flow };
}

const explorer = {
  layout: (width) => sideBySide(width, { height: 330, shares: [5, 4], stacked: [280, 240] }),

  compute({ layer, ...state }) { // the same signal, whichever layer one looks at
    const key = JSON.stringify(state);
    if (passed.key !== key) passed = { key, ...passThrough(state) };
    return passed;
  },

  readout: ({ scale, layers, flow }) => ({
    scale, gradient_std: flow, mean: layers.map(({ mean }) => mean), std: layers.map(({ std }) => std),
    root_mean_square: layers.map(({ size }) => size),
    zeros: layers.map(({ zeros }) => zeros),
  }),

  draw(view) {
    drawDepth(view);
    drawHistogram(view);
  },

  summary({ scale, layers, flow }, { activation, units }) {
    const last = layers.at(-1);
    const factor = (last.std / layers[0].std) ** (1 / LAYERS);
    const verdict = !(last.std > 1 / ALIVE) ? "The signal fades."
      : last.std > ALIVE ? "The signal explodes." : "The signal stays alive.";
    return `${activation}, ${units} units, weights with standard deviation ` +
      `${format(scale, 3)}. After ten layers the activations' standard deviation is ` +
      `${format(last.std, 3)}, a factor of ${format(factor, 2)} a layer. ${verdict} ` +
      `Gradients go back with ${format((flow[0] / flow[LAYERS]) ** (1 / LAYERS), 2)} a layer.`;
  },
};

// Where a standard deviation stands on the logarithmic axis, limited to what is shown.
const LOWEST = -6, HIGHEST = 4;
const height = (std) => clamp(Math.log10(std || 1e-99), LOWEST, HIGHEST);

function drawDepth(view) {
  const { state, numbers, colors, boxes } = view;
  const panel = new Panel(view, boxes[0], {
    x: [0, LAYERS + 0.4], y: [LOWEST, HIGHEST], title: "Standard deviation, layer by layer",
    xLabel: "layer (0: input)",
  });
  panel.axes({ xTicks: ticksAt([0, 2, 4, 6, 8, 10]), yTicks: powersOfTen(LOWEST, HIGHEST, 2) });
  panel.bar(0, -Math.log10(ALIVE), LAYERS + 0.4, Math.log10(ALIVE), { color: fade(colors.green, 0.1) });
  panel.text("alive", LAYERS, 0.75, { align: "right", color: colors.green, weight: 600, halo: false });
  const points = numbers.layers.map(({ std }, layer) => [layer, height(std)]);
  panel.line(points, { color: colors.blue, width: 2.5 });
  points.forEach(([x, y], layer) => panel.dot(x, y, {
    color: colors.blue, size: layer === state.layer ? 7 : 4.5,
    rim: layer === state.layer ? colors.ink : colors.paper,
  }));
  const back = numbers.flow.map((std, layer) => [layer, height(std)]);
  panel.line(back, { color: colors.red, width: 2, dash: [6, 4] });
  for (const place of back) panel.dot(...place, { color: colors.red, shape: "triangle", size: 4 });
  panel.text("activations", 0, LOWEST, { color: colors.blue, weight: 600, dx: 8, dy: -32 });
  panel.text("gradients, going back", 0, LOWEST, { color: colors.red, weight: 600, dx: 8, dy: -14 });
  const [x, y] = points[state.layer];
  // The label stands on the side to which the line does not run.
  const late = state.layer > 5;
  const next = points[late ? state.layer - 1 : state.layer + 1][1];
  const below = y > LOWEST + 1 && (y > 2 || next > y);
  panel.text(`layer ${state.layer}: ${format(numbers.layers[state.layer].std, 3)}`, x, y,
    { align: late ? "right" : "left", dx: late ? -4 : 4, dy: below ? 20 : -20,
      weight: 600 });
  panel.handle({
    name: "layer", label: "Layer to look at", at: [x, y], along: "x", step: 1, size: 8,
    move: (to) => ({ layer: clamp(Math.round(to), 1, LAYERS) }),
  });
}

function drawHistogram(view) {
  const { state, numbers, colors, boxes } = view;
  const { reach, counts } = numbers.shapes[state.layer - 1];
  const { zeros } = numbers.layers[state.layer];
  const panel = new Panel(view, boxes[1], {
    x: [-reach, reach], y: [0, 1.18 * Math.max(...counts)],
    title: `Activations of layer ${state.layer}`, xLabel: "activation",
  });
  const far = format(reach / 2, 2);
  panel.axes({
    xTicks: [{ value: -reach / 2, text: `−${far}` }, { value: 0, text: "0" },
      { value: reach / 2, text: far }],
    yTicks: [],
  });
  counts.forEach((count, bin) => {
    const left = -reach + (2 * reach * bin) / BINS;
    panel.bar(left, 0, left + (1.84 * reach) / BINS, count, { color: colors.blue });
  });
  if (zeros > 0.005) {
    panel.text(`${percent(zeros)} exactly 0`, 0, panel.y[1],
      { dy: 12, dx: 10, color: colors.quiet });
  }
}
