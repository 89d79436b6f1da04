// NETWORKS comes from Python: name → [layers, shape]. A layer is [kind, …values].
const product = (shape) => shape.reduce((a, b) => a * b, 1);
const slide = ([, ...sides], kernel, stride, padding) =>
  sides.map((side) => Math.floor((side + 2 * padding - kernel) / stride) + 1);

// One layer: shape → {shape, parameters, work, weights, gain, text}. `gain` is the factor
// of the squared length of the gradient, for weights that multiply it by g² each.
const LAYERS = {
  Conv(shape, g, channels, kernel, stride, padding, groups, bias) {
    const after = [channels, ...slide(shape, kernel, stride, padding)];
    const each = channels * Math.floor(shape[0] / groups) * kernel ** 2;
    const text = `${kernel}×${kernel}, ${channels}${stride > 1 ? `, stride ${stride}` : ""}` +
      `${groups > 1 ? `, ${groups === shape[0] ? "depthwise" : `${groups} groups`}` : ""}`;
    return { shape: after, parameters: each + (bias ? channels : 0),
      work: each * after[1] * after[2], weights: 1, gain: g * g, text: `convolution ${text}` };
  },
  Depthwise: (shape, g, kernel, stride, padding) =>
    LAYERS.Conv(shape, g, shape[0], kernel, stride, padding, shape[0], false),
  Pool: (shape, g, kind, kernel, stride, padding) => ({
    shape: [shape[0], ...slide(shape, kernel, stride, padding)],
    text: `${kind} pooling ${kernel}×${kernel}, stride ${stride}` }),
  GlobalPool: (shape) => ({ shape: [shape[0]], text: "global average" }),
  Flatten: (shape) => ({ shape: [product(shape)] }),
  Dense: (shape, g, units) => ({ shape: [units], parameters: units * (shape[0] + 1),
    work: units * shape[0], weights: 1, gain: g * g, text: `dense, ${units}` }),
  Norm: (shape) => ({ shape, parameters: 2 * shape[0] }),
  LocalNorm: (shape) => ({ shape }),
  Activation: (shape) => ({ shape }),
  Add(shape, g, inner, shortcut) {
    const ways = [inner, shortcut].map((way) => walk(way, shape, g));
    return { ...joined(ways), shape: ways[0].shape, gain: ways[0].gain + ways[1].gain,
      text: `block with a skip, ${ways[0].weights} layers` +
        `${shortcut.length ? ", projected" : ""}` };
  },
  Concat(shape, g, branches) {
    const ways = branches.map((branch) => walk(branch, shape, g));
    const channels = ways.reduce((sum, way) => sum + way.shape[0], 0);
    const gain = ways.reduce((sum, way) => sum + (way.gain * way.shape[0]) / channels, 0);
    return { ...joined(ways), shape: [channels, ...ways[0].shape.slice(1)], gain,
      text: `Inception, ${ways.map((way) => way.shape[0]).join(" + ")} channels` };
  },
};

const joined = (ways) => ({
  parameters: ways.reduce((sum, way) => sum + way.parameters, 0),
  work: ways.reduce((sum, way) => sum + way.work, 0),
  weights: Math.max(...ways.map((way) => way.weights)),
});

// The whole way through a list of layers; layers without a text join the one before.
function walk(layers, shape, g) {
  const steps = [];
  const total = { shape, parameters: 0, work: 0, weights: 0, gain: 1 };
  for (const [kind, ...values] of layers) {
    const plain = { parameters: 0, work: 0, weights: 0, gain: 1 };
    const step = { ...plain, ...LAYERS[kind](total.shape, g, ...values) };
    for (const key of ["parameters", "work", "weights"]) total[key] += step[key];
    total.gain *= step.gain;
    total.shape = step.shape;
    if (step.text) steps.push(step);
    else if (steps.length) steps.at(-1).parameters += step.parameters;
  }
  return { ...total, steps };
}

function ownStack({ kernel, stride, width, blocks, skips, separable }) {
  const conv = (channels, by) => separable
    ? [["Depthwise", kernel, by, (kernel - 1) / 2], ["Conv", channels, 1, 1, 0, 1, false]]
    : [["Conv", channels, kernel, by, (kernel - 1) / 2, 1, false]];
  const relu = ["Activation", "relu"];
  const layers = [];
  for (const channels of [width, 2 * width, 4 * width]) {
    layers.push(...conv(channels, stride), relu);
    for (let block = 0; block < blocks; block++) {
      const inner = [...conv(channels, 1), relu, ...conv(channels, 1), relu];
      if (skips) layers.push(["Add", inner, []]);
      else layers.push(...inner);
    }
  }
  return [[...layers, ["GlobalPool"], ["Dense", 10]], [3, 64, 64]];
}

const short = (n) => n >= 1e9 ? `${format(n / 1e9, 2)} G` : n >= 1e6 ? `${format(n / 1e6, 2)} M`
  : n >= 1e3 ? `${format(n / 1e3, 1)} k` : format(n, 0);
const shapeText = (shape) => shape.length === 1 ? `${shape[0]} numbers`
  : `${shape[0]} × ${shape[1]} × ${shape[2]}`;

const explorer = {
  layout(width) {
    const below = sideBySide(width, { height: 210, shares: [1, 1, 1], stacked: [190, 190, 190] });
    const boxes = below.boxes.map((box) => ({ ...box, top: box.top + 250 }));
    return { height: below.height + 250, narrow: below.narrow,
      boxes: [{ left: 0, top: 0, width, height: 236 }, ...boxes] };
  },

  compute(state) {
    const [layers, input] = state.network === "own stack" ? ownStack(state)
      : NETWORKS[state.network];
    const { steps, parameters, work, gain } = walk(layers, input, state.gain);
    const at = clamp(state.layer, 1, steps.length) - 1;
    // Length of the gradient at the input of each step; 1 behind the last.
    const lengths = [1];
    for (const step of [...steps].reverse()) lengths.unshift(lengths[0] * Math.sqrt(step.gain));
    return { input, steps, parameters, work, at, lengths };
  },

  readout: ({ steps, parameters, work, at, lengths }) => ({
    layer: at + 1, parameters, work, lengths,
    steps: steps.map((step) => [step.shape, step.parameters, step.work]),
  }),

  draw(view) {
    drawMaps(view);
    const { numbers: { steps, parameters, work } } = view;
    drawBars(view, 1, "Parameters", steps.map((step) => step.parameters), parameters, "blue");
    drawBars(view, 2, "Multiply-adds", steps.map((step) => step.work), work, "orange");
    drawGradient(view);
  },

  summary({ input, steps, parameters, work, at, lengths }, { network, gain }) {
    const step = steps[at];
    const before = at ? steps[at - 1].shape : input;
    const fate = lengths[0] < 0.01 ? "it vanishes" : lengths[0] > 100 ? "it explodes"
      : "it stays in range";
    return `${network}: ${short(parameters)} parameters, ${short(work)} multiply-adds. ` +
      `Layer ${at + 1} of ${steps.length}: ${step.text}; ${shapeText(before)} becomes ` +
      `${shapeText(step.shape)}, with ${short(step.parameters)} parameters and ` +
      `${short(step.work)} multiply-adds. With gain ${format(gain, 2)} a gradient of length 1 ` +
      `reaches the input with ${format(lengths[0], 3)}: ${fate}.`;
  },
};

// Maps to scale: the height is the side in pixels, the width the number of channels.
function drawMaps(view) {
  const { numbers: { input, steps, at }, colors, boxes } = view;
  const maps = [{ shape: input }, ...steps];
  const panel = new Panel(view, boxes[0], { x: [0, 1], y: [0, 1], bare: true,
    title: view.narrow ? "Height: pixels, width: channels"
      : "Feature maps to scale. Height: pixels a side, width: channels" });
  panel.labels();
  const gap = view.narrow ? 2 : 5;
  const least = 3;
  const channels = maps.map(({ shape }) => (shape.length === 3 ? shape[0] : 0));
  const room = panel.width - maps.length * (gap + least);
  const unit = room / channels.reduce((sum, count) => sum + count, 0);
  const tall = panel.height - 44;
  const middle = panel.top + 6 + tall / 2;
  const { pen } = panel;
  const starts = []; // where the maps begin, in pixels
  let left = panel.left;
  maps.forEach(({ shape }, index) => {
    const wide = least + channels[index] * unit;
    const high = shape.length === 3 ? Math.max(3, (tall * shape[1]) / input[1]) : 26;
    const chosen = index === at + 1;
    const color = index === 0 ? colors.green : shape.length === 3 ? colors.blue : colors.purple;
    pen.fillStyle = chosen ? color : fade(color, 0.45);
    pen.fillRect(left, middle - high / 2, wide, high);
    if (chosen) {
      pen.lineWidth = 2;
      pen.strokeStyle = colors.ink;
      pen.strokeRect(left - 1, middle - high / 2 - 1, wide + 2, high + 2);
      panel.handle({ name: "layer", label: "Layer to look at", along: "x", step: 1, size: 7,
        at: [(left + wide / 2 - panel.left) / panel.width, 0], move: () => ({}) });
      const handle = view.handles.at(-1);
      const to = (layer) => ({ layer: clamp(layer, 1, steps.length) });
      Object.assign(handle, { at: [at + 1, 0], top: middle,
        nudge: (dx, dy) => to(at + 1 + Math.sign(dx + dy) * Math.abs(dx + dy)),
        place: (x) => to(starts.findLastIndex((start) => start <= x)) });
    }
    starts[index] = left;
    left += wide + gap;
  });
  const step = steps[at];
  const from = view.narrow ? "" : `; ${shapeText(maps[at].shape)}`;
  panel.write(`${at + 1}: ${step.text}${from} → ${shapeText(step.shape)}`, panel.left,
    panel.bottom - 14, { weight: 600, size: view.narrow ? 11 : 13 });
}

function drawBars(view, box, title, values, total, color) {
  const { numbers: { at }, colors, boxes } = view;
  const count = values.length;
  const panel = new Panel(view, boxes[box], { x: [0.4, count + 0.6], y: [0, 1.04],
    title: `${title}: ${short(total)}`, xLabel: "layer" });
  panel.axes({ yTicks: ticksAt([0, 0.5, 1], percent), xTicks: layerTicks(count) });
  let sum = 0;
  const line = [[0.5, 0]];
  values.forEach((value, index) => {
    panel.bar(index + 0.6, 0, index + 1.4, value / total,
      { color: index === at ? colors[color] : fade(colors[color], 0.5) });
    sum += value;
    line.push([index + 1, sum / total]);
  });
  panel.line(line, { color: colors.ink, width: 1.5, dash: [4, 3] });
  panel.text(short(values[at]), at + 1, values[at] / total,
    { dy: -10, align: "center", weight: 600 });
}

function layerTicks(count) {
  const step = count > 16 ? 5 : count > 8 ? 2 : 1;
  const at = [];
  for (let value = step === 1 ? 1 : step; value <= count; value += step) at.push(value);
  return ticksAt(at);
}

function drawGradient(view) {
  const { numbers: { steps, lengths, at }, colors, boxes } = view;
  const logs = lengths.map((length) => Math.log10(length));
  const low = Math.min(-1, Math.floor(Math.min(...logs))) - 0.2;
  const high = Math.max(1, Math.ceil(Math.max(...logs))) + 0.2;
  const panel = new Panel(view, boxes[3], { x: [0, steps.length + 0.6], y: [low, high],
    title: "Gradient, estimated", xLabel: "behind layer" });
  const every = Math.max(1, Math.ceil((high - low) / 5));
  panel.axes({ yTicks: powersOfTen(low, high, every), xTicks: layerTicks(steps.length) });
  panel.line([[0, 0], [steps.length + 0.6, 0]], { color: colors.quiet, width: 1, dash: [3, 3] });
  panel.line(logs.map((value, index) => [index, value]), { color: colors.green, width: 2.5 });
  panel.dot(at + 1, logs[at + 1], { color: colors.green, size: 5 });
  panel.dot(0, logs[0], { color: colors.green, size: 6, shape: "square" });
  panel.text(`input: ${format(lengths[0], 3)}`, 0, logs[0],
    { dx: 10, dy: logs[0] > (low + high) / 2 ? -13 : 13, weight: 600 });
}
