const MOST_ROUNDS = 20;
const LOWEST = -4; // of the logarithmic axis
const JOIN = "join or part", SOURCE = "source", ALL = "all have 1";

// For each node the sorted numbers of the nodes that it hears.
function listeners({ places, edges, aggregation, loops }) {
  const heard = places.map((_, i) => (loops || aggregation === "normalized" ? [i] : []));
  for (const [i, j] of edges) {
    heard[i].push(j);
    heard[j].push(i);
  }
  return heard.map((nodes) => nodes.sort((a, b) => a - b));
}

function passOn(values, heard, aggregation) {
  return heard.map((nodes, i) => {
    if (nodes.length === 0) return 0;
    if (aggregation === "max") return Math.max(...nodes.map((j) => values[j]));
    const loud = (j) => (aggregation === "normalized"
      ? 1 / Math.sqrt(heard[i].length * heard[j].length) : 1);
    const sum = nodes.reduce((total, j) => total + loud(j) * values[j], 0);
    return aggregation === "mean" ? sum / nodes.length : sum;
  });
}

// Steps from a node to every other; Infinity where there is no way.
function stepsFrom(start, { places, edges }) {
  const steps = places.map((_, i) => (i === start ? 0 : Infinity));
  for (let k = 1; k < places.length; k++) {
    for (const [i, j] of edges) {
      steps[i] = Math.min(steps[i], steps[j] + 1);
      steps[j] = Math.min(steps[j], steps[i] + 1);
    }
  }
  return steps;
}

// Where mean and normalized rounds end, by degrees, in every connected part by itself.
function limitOf(values, heard, state) {
  const root = state.aggregation === "normalized" ? Math.sqrt : (degree) => degree;
  return values.map((_, i) => {
    const steps = stepsFrom(i, state);
    const part = values.map((_, j) => j).filter((j) => steps[j] < Infinity);
    const degrees = part.reduce((sum, j) => sum + heard[j].length, 0);
    if (degrees === 0) return 0;
    const weighted = part.reduce((sum, j) => sum + root(heard[j].length) * values[j], 0);
    const own = state.aggregation === "normalized" ? root(heard[i].length) : 1;
    return (own * weighted) / degrees;
  });
}

const explorer = {
  layout: (width) => sideBySide(width, {
    height: 370, shares: [3, 2], stacked: [Math.max(260, Math.round(0.76 * width)), 250],
  }),

  compute(state) {
    const { places, source, watched, begin, rounds, aggregation } = state;
    const heard = listeners(state);
    const first = places.map((_, i) => (begin === ALL || i === source - 1 ? 1 : 0));
    const all = [first];
    while (all.length <= MOST_ROUNDS) all.push(passOn(all.at(-1), heard, aggregation));
    const limit = aggregation === "mean" || aggregation === "normalized"
      ? limitOf(first, heard, state) : null;
    const distance = limit && all.map((values) =>
      Math.max(...values.map((value, i) => Math.abs(value - limit[i]))));
    return {
      all, heard, limit, distance, values: all[rounds],
      range: all.map((values) => Math.max(...values) - Math.min(...values)),
      field: stepsFrom(watched - 1, state).map((steps) => steps <= rounds),
      reached: Math.max(...stepsFrom(source - 1, state)),
    };
  },

  readout: ({ all, heard, limit, distance, range, field, reached }) =>
    ({ all, heard, limit, distance, range, field,
      reached: Number.isFinite(reached) ? reached : null }),

  draw(view) {
    drawGraph(view);
    drawCurve(view);
  },

  summary({ values, all, heard, range, reached }, state) {
    const { rounds, aggregation, watched, source, begin } = state;
    const nodes = heard[watched - 1].map((j) => j + 1);
    const who = nodes.length ? `hears ${nodes.join(", ")}` : "hears nobody";
    const now = `${rounds === 1 ? "After 1 round" : `After ${rounds} rounds`} of ${aggregation}, ` +
      `node ${watched} (${who}) has the value ${format(values[watched - 1], 3)}`;
    const before = rounds === 0 ? "" : `; before this round it had ${format(all[rounds - 1][watched - 1], 3)}`;
    const far = begin === ALL ? "All nodes started with 1."
      : Number.isFinite(reached)
        ? `From node ${source} to the farthest node it takes ${reached} round${reached === 1 ? "" : "s"}.`
        : `Some nodes never hear of node ${source}.`;
    return `${now}${before}. Highest minus lowest value: ${format(range[rounds], 3)}. ${far}`;
  },
};

// Clicking joins two nodes, or parts them if they are joined.
function clicked(i, state) {
  const { click, picked, edges } = state;
  if (click === SOURCE) return { source: i + 1, picked: -1 };
  if (click !== JOIN) return { watched: i + 1, picked: -1 };
  if (picked < 0) return { picked: i };
  if (picked === i) return { picked: -1 };
  const pair = [Math.min(i, picked), Math.max(i, picked)];
  const others = edges.filter(([a, b]) => Math.min(a, b) !== pair[0] || Math.max(a, b) !== pair[1]);
  return { picked: -1, edges: others.length < edges.length ? others : [...edges, pair] };
}

const short = (value) => (value >= 9999.5 ? value.toExponential(0).replace("e+", "e")
  : value >= 99.5 ? format(value, 0) : format(value, value >= 9.95 ? 1 : 2));

function drawGraph(view) {
  const { state, numbers, colors, boxes, narrow } = view;
  const { places, edges, source, watched, rounds, begin, picked, click } = state;
  const { values, field } = numbers;
  const panel = new Panel(view, boxes[0], {
    x: [0, 10], y: [-0.6, 7.2], bare: true,
    title: `Round ${rounds}: the value of every node`,
  });
  panel.labels();
  for (const [i, j] of edges) {
    const inside = field[i] && field[j];
    panel.line([places[i], places[j]], {
      color: inside ? fade(colors.ink, 0.75) : fade(colors.quiet, 0.4), width: inside ? 2.25 : 1.25,
    });
  }
  const highest = Math.max(1, ...values);
  const size = narrow ? 15 : 18;
  places.forEach(([x, y], i) => {
    const part = Math.sqrt(values[i] / highest);
    const isSource = begin !== ALL && i === source - 1;
    panel.dot(x, y, {
      size, color: blend(colors.paper, colors.blue, part), shape: isSource ? "square" : "circle",
      rim: field[i] ? colors.ink : colors.edge,
    });
    if (field[i] && !isSource) panel.ring(x, y, { size, color: colors.ink, width: 2.5 });
    if (i === watched - 1) panel.ring(x, y, { size: size + 6, color: colors.red, width: 2.5 });
    if (i === picked) panel.ring(x, y, { size: size + 10, color: colors.green, width: 3 });
    panel.write(short(values[i]), panel.px(x), panel.py(y), {
      align: "center", size: narrow ? 10 : 11, weight: 600,
      color: inkOn(colors.blue, part, colors),
    });
    panel.write(String(i + 1), panel.px(x) - size - 4, panel.py(y) - size - 1,
      { align: "center", size: 11, color: colors.quiet, halo: true });
    panel.handle({
      name: `node-${i}`, group: "nodes", at: [x, y], size,
      label: `Node ${i + 1}. Enter: ${click}; Page Down for the next node`,
      move: (newX, newY) => ({
        places: places.map((place, k) => (k === i ? [newX, newY] : place)),
      }),
    });
    view.handles.at(-1).press = () => clicked(i, state);
  });
  const words = picked >= 0 ? `Node ${picked + 1} is chosen: now click the other end`
    : narrow ? "ring: watched · thick rim: its field" + (begin === ALL ? "" : " · square: source")
      : `red ring: watched · thick rim: heard by it in ${rounds} rounds` +
        (begin === ALL ? "" : " · square: source");
  panel.write(words, panel.left, panel.bottom - 4, { size: 11, color: colors.quiet });
}

function drawCurve(view) {
  const { state, numbers, colors, boxes } = view;
  const { range, distance } = numbers;
  const top = Math.max(0, ...range.map((value) => Math.log10(value || 1)));
  const high = top > 0.3 ? Math.ceil(top / 4) * 4 : 0.3;
  const panel = new Panel(view, boxes[1], {
    x: [0, MOST_ROUNDS], y: [LOWEST, high], title: "What is left to tell nodes apart", xLabel: "rounds",
  });
  panel.axes({ xTicks: ticksAt([0, 5, 10, 15, 20]), yTicks: powersOfTen(LOWEST, high, high > 4 ? 4 : 1) });
  const height = (value) => clamp(Math.log10(Math.max(value, 1e-99)), LOWEST, high);
  panel.upright(state.rounds);
  if (distance) {
    panel.line(distance.map((value, k) => [k, height(value)]), { color: colors.orange, dash: [6, 4] });
    panel.dot(state.rounds, height(distance[state.rounds]), { color: colors.orange, shape: "square" });
  }
  panel.line(range.map((value, k) => [k, height(value)]), { color: colors.blue });
  panel.dot(state.rounds, height(range[state.rounds]), { color: colors.blue });
  panel.text("highest − lowest", 0, LOWEST, { color: colors.blue, weight: 600, dx: 8, dy: -32 });
  if (distance) {
    panel.text("distance to the limit", 0, LOWEST, { color: colors.orange, weight: 600, dx: 8, dy: -14 });
  }
}
