// value(a, b) and the local derivatives by each input, given the inputs and the value.
const OPERATIONS = {
  "+": { value: (a, b) => a + b, local: () => [1, 1] },
  "×": { value: (a, b) => a * b, local: ([a, b]) => [b, a] },
  "× −1": { value: (a) => -a, local: () => [-1] },
  exp: { value: Math.exp, local: (_, out) => [out] },
  "+ 1": { value: (a) => a + 1, local: () => [1] },
  "1 / a": { value: (a) => 1 / a, local: ([a]) => [-1 / (a * a)] },
};

// Nodes in the order of the forward pass: [name, operation, inputs, column, row].
const GRAPHS = {
  "(x + y) z": {
    columns: 2, rows: 3,
    leaves: { x: [0, 0], y: [0, 1], z: [0, 2] },
    labels: {}, shown: ["d", "f"],
    nodes: [["d", "+", ["x", "y"], 1, 0.5], ["f", "×", ["d", "z"], 2, 1.25]],
  },
  "sigmoid neuron": {
    columns: 7, rows: 5,
    leaves: { w0: [0, 0], x0: [0, 1], w1: [0, 2], x1: [0, 3], w2: [0, 4] },
    labels: { w0: "w₀", x0: "x₀", w1: "w₁", x1: "x₁", w2: "w₂" },
    shown: ["f"],
    nodes: [
      ["a", "×", ["w0", "x0"], 1, 0.5], ["b", "×", ["w1", "x1"], 1, 2.5],
      ["c", "+", ["a", "b"], 2, 1.5], ["s", "+", ["c", "w2"], 3, 2.5],
      ["m", "× −1", ["s"], 4, 2.5], ["e", "exp", ["m"], 5, 2.5],
      ["d", "+ 1", ["e"], 6, 2.5], ["f", "1 / a", ["d"], 7, 2.5],
    ],
  },
};

function forward({ leaves, nodes }, state) {
  const values = Object.fromEntries(Object.keys(leaves).map((name) => [name, state[name]]));
  for (const [name, operation, inputs] of nodes) {
    values[name] = OPERATIONS[operation].value(...inputs.map((input) => values[input]));
  }
  return values;
}

// Backward steps, last node first: what arrives at a node and what it hands on.
function backward({ nodes }, values) {
  const gradients = { f: 1 };
  const steps = [...nodes].reverse().map(([name, operation, inputs]) => {
    const local = OPERATIONS[operation].local(inputs.map((input) => values[input]), values[name]);
    inputs.forEach((input, k) => {
      gradients[input] = (gradients[input] || 0) + gradients[name] * local[k];
    });
    return { name, inputs, local, arrives: gradients[name] };
  });
  return { gradients, steps };
}

const explorer = {
  layout(width, { graph }) {
    const tall = graph === "sigmoid neuron";
    const height = width < 560 ? (tall ? 330 : 260) : tall ? 440 : 320;
    return { height, boxes: [{ left: 0, top: 0, width, height }], narrow: width < 560 };
  },

  compute(state) {
    const graph = GRAPHS[state.graph];
    const values = forward(graph, state);
    const { gradients, steps } = backward(graph, values);
    const count = graph.nodes.length;
    const step = Math.min(state.step, 2 * count + 1);
    const known = new Set(Object.keys(graph.leaves));
    graph.nodes.slice(0, step).forEach(([name]) => known.add(name));
    const reached = new Set(step > count ? ["f"] : []);
    const done = step > count ? steps.slice(0, step - count - 1) : [];
    for (const { inputs } of done) for (const input of inputs) reached.add(input);
    return {
      values, gradients, known: [...known], reached: [...reached],
      last: 2 * count + 1, step,
      active: step === 0 ? null : step <= count ? graph.nodes[step - 1][0]
        : step === count + 1 ? "f" : done.at(-1).name,
      rule: done.length ? done.at(-1) : null,
      phase: step === 0 ? "start" : step <= count ? "forward" : "backward",
    };
  },

  readout: ({ values, gradients, known, reached }) => ({ values, gradients, known, reached }),

  draw(view) {
    const { state, numbers, colors, boxes, narrow } = view;
    const graph = GRAPHS[state.graph];
    const page = new Panel(view, boxes[0], { x: [0, 1], y: [0, 1], bare: true });
    const places = placeNodes(graph, view);
    for (const [name, , inputs] of graph.nodes) {
      for (const input of inputs) drawEdge(page, view, places, input, name);
    }
    const radius = narrow && graph.columns > 4 ? 14 : 21;
    for (const name of Object.keys(graph.leaves)) {
      drawNode(page, view, places[name], radius, graph.labels[name] || name, false);
    }
    for (const [name, operation] of graph.nodes) {
      drawNode(page, view, places[name], radius, operation, numbers.active === name);
      if (!graph.shown.includes(name)) continue;
      const [left, top] = places[name];
      page.write(name, left + radius + 7, top - radius * 0.55, { color: colors.quiet, size: 13, halo: true });
    }
    drawLocals(page, view, places);
    for (const name of Object.keys(places)) drawNumbers(page, view, places[name], name, radius);
    page.write("value", 2, 10, { color: colors.blue, weight: 600 });
    page.write(`gradient of the output${narrow ? "" : "; on a line: local derivative"}`, 50, 10,
      { color: colors.red, weight: 600 });
  },

  summary({ values, gradients, phase, active, rule, step, last }, { graph }) {
    const { labels, nodes } = GRAPHS[graph];
    const digits = graph === "sigmoid neuron" ? 3 : 1;
    const show = (value) => format(value, digits);
    const label = (name) => {
      const node = nodes.find(([own]) => own === name);
      return node ? `${node[1]} (${show(values[name])})` : labels[name] || name;
    };
    const at = `Step ${step} of ${last}.`;
    if (phase === "start") return `${at} Only the inputs are known.`;
    if (phase === "forward") return `${at} Forward: this node's value is ${show(values[active])}.`;
    if (!rule) return `${at} Backward starts: the derivative of the output by itself is 1.`;
    const parts = rule.inputs.map((input, k) =>
      `${label(input)}: ${show(rule.arrives)} × ${show(rule.local[k])} = ` +
      `${show(rule.arrives * rule.local[k])}`);
    const result = step === last
      ? ` Done: ${Object.keys(GRAPHS[graph].leaves)
        .map((name) => `∂f/∂${label(name)} = ${show(gradients[name])}`).join(", ")}.` : "";
    return `${at} Backward: ${show(rule.arrives)} arrives, times the local derivative: ` +
      `${parts.join("; ")}.${result}`;
  },
};

function placeNodes(graph, { width, height, narrow }) {
  const left = narrow ? 22 : 60, right = narrow ? 42 : 90;
  const top = 72, bottom = 44;
  const at = (column, row) => [
    left + ((width - left - right) * column) / graph.columns,
    top + ((height - top - bottom) * row) / (graph.rows - 1),
  ];
  const places = {};
  for (const [name, place] of Object.entries(graph.leaves)) places[name] = at(...place);
  for (const [name, , , column, row] of graph.nodes) places[name] = at(column, row);
  return places;
}

function drawEdge(page, { numbers, colors }, places, from, to) {
  const { pen } = page;
  const backward = numbers.rule?.name === to && numbers.rule.inputs.includes(from);
  pen.beginPath();
  pen.moveTo(...places[from]);
  pen.lineTo(...places[to]);
  pen.lineWidth = backward || numbers.active === to ? 2.5 : 1.25;
  pen.strokeStyle = backward ? colors.red
    : numbers.phase === "forward" && numbers.active === to ? colors.blue : colors.edge;
  pen.stroke();
}

// On the way back: the local derivative, on each edge along which the gradient leaves.
function drawLocals(page, { state, numbers, colors, narrow }, places) {
  const crowded = narrow && state.graph === "sigmoid neuron";
  if (!numbers.rule || crowded) return;
  const { name, inputs, local } = numbers.rule;
  const digits = state.graph === "sigmoid neuron" ? 2 : 1;
  inputs.forEach((input, k) => {
    const [from, to] = [places[input], places[name]];
    page.write(`× ${format(local[k], digits)}`, (from[0] + to[0]) / 2, (from[1] + to[1]) / 2 - 13,
      { align: "center", weight: 600, size: narrow ? 10 : 13, color: colors.red, halo: true });
  });
}

function drawNode(page, { numbers, colors }, [left, top], radius, text, active) {
  const { pen } = page;
  const color = numbers.phase === "backward" ? colors.red : colors.blue;
  pen.beginPath();
  pen.arc(left, top, radius, 0, 2 * Math.PI);
  pen.fillStyle = active ? blend(colors.paper, color, 0.22) : colors.paper;
  pen.fill();
  pen.lineWidth = active ? 2.5 : 1.5;
  pen.strokeStyle = active ? color : colors.edge;
  pen.stroke();
  page.write(text, left, top + 0.5,
    { align: "center", size: radius < 20 ? (text.length > 2 ? 9 : 11) : text.length > 2 ? 12 : 15 });
}

// The value above the node, the gradient below it.
function drawNumbers(page, { state, numbers, colors }, [left, top], name, radius) {
  const small = radius < 20;
  const digits = state.graph === "sigmoid neuron" ? 2 : 1;
  const style = { align: "center", weight: 600, size: small ? 11 : 14, halo: true };
  if (numbers.known.includes(name)) {
    page.write(format(numbers.values[name], digits), left, top - radius - (small ? 8 : 11),
      { ...style, color: colors.blue });
  }
  if (numbers.reached.includes(name)) {
    page.write(format(numbers.gradients[name], digits), left, top + radius + (small ? 9 : 12),
      { ...style, color: colors.red });
  }
}
