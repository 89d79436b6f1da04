const ROWS = 5, COLUMNS = 6, CELLS = ROWS * COLUMNS, STEPS = 80;
const START = (ROWS - 1) * COLUMNS; // S, at the lower left; it stays free
const ALPHA = 0.5, LONGEST = 60; // step size and longest episode of Q-learning
const MOVES = [[-1, 0], [0, 1], [1, 0], [0, -1]]; // up, right, down, left
const WORDS = ["up", "right", "down", "left"];
const KINDS = [".", "#", "G", "P", "$"];
const NAMES = { ".": "free", "#": "wall", G: "goal", P: "pit", $: "bonus" };
const REWARDS = { ".": 0, G: 1, P: -1, $: 0.2 };
const ends = (kind) => kind === "G" || kind === "P";
const largest = (row) => row.indexOf(Math.max(...row)); // the first of equal ones

// Where each move leads from each cell: a wall and the border stop it.
function movesOf(kinds) {
  return kinds.map((_, cell) => MOVES.map(([dr, dc]) => {
    const row = Math.floor(cell / COLUMNS) + dr, column = (cell % COLUMNS) + dc;
    const outside = row < 0 || row >= ROWS || column < 0 || column >= COLUMNS;
    const next = row * COLUMNS + column;
    return outside || kinds[next] === "#" ? cell : next;
  }));
}

// All that the two methods need to know or to meet.
function worldOf({ cells, discount, slip, cost }) {
  const kinds = [...cells.join("")];
  return {
    kinds, next: movesOf(kinds), discount, slip,
    free: kinds.map((kind, cell) => cell).filter((cell) => kinds[cell] !== "#" && !ends(kinds[cell])),
    reward: kinds.map((kind) => (REWARDS[kind] ?? 0) - cost),
  };
}

// Q(s, a) from values V: the wanted direction, or one of its two sides.
function lookAhead({ kinds, next, reward, discount, slip }, V, cell) {
  const worth = next[cell].map((to) => reward[to] + (ends(kinds[to]) ? 0 : discount * V[to]));
  return MOVES.map((_, a) => (1 - slip) * worth[a]
    + (slip / 2) * (worth[(a + 1) % 4] + worth[(a + 3) % 4]));
}

function sweep(world, V) {
  const after = Array(CELLS).fill(0);
  for (const cell of world.free) after[cell] = Math.max(...lookAhead(world, V, cell));
  return after;
}

function optimalValues(world) {
  let V = Array(CELLS).fill(0);
  for (let k = 0; k < 4000; k++) {
    const after = sweep(world, V);
    const change = Math.max(...after.map((value, cell) => Math.abs(value - V[cell])));
    V = after;
    if (change < 1e-13) break;
  }
  return V;
}

// One episode of Q-learning, which changes Q; returns the cells that it met.
function episode({ kinds, next, reward, discount, slip }, Q, epsilon, random) {
  const path = [START];
  for (let t = 0; t < LONGEST; t++) {
    const cell = path[path.length - 1];
    const wanted = random() < epsilon ? Math.floor(4 * random()) : largest(Q[cell]);
    const u = random();
    const turn = u < 1 - slip ? 0 : u < 1 - slip / 2 ? 1 : 3;
    const to = next[cell][(wanted + turn) % 4];
    const rest = ends(kinds[to]) ? 0 : discount * Math.max(...Q[to]);
    Q[cell][wanted] += ALPHA * (reward[to] + rest - Q[cell][wanted]);
    path.push(to);
    if (ends(kinds[to])) break;
  }
  return path;
}

const explorer = {
  layout: (width) => sideBySide(width, {
    height: 390, shares: [8, 5], stacked: [Math.round(Math.min(width, 520) * 0.83) + 26, 230], least: 680,
  }),

  compute(state, take) {
    const world = worldOf(state);
    const best = optimalValues(world);
    const distance = (V) => world.free.reduce((sum, cell) => sum + Math.abs(V[cell] - best[cell]), 0)
      / world.free.length;
    const own = [Array(CELLS).fill(0)];
    const learning = own[0].map(() => [0, 0, 0, 0]);
    const copy = () => learning.map((row) => [...row]);
    let Q = copy(), path = [];
    const random = uniform(state.seed);
    const learns = state.mode === "Q-learning";
    for (let k = 1; k <= STEPS; k++) {
      const met = learns && episode(world, learning, state.epsilon, random);
      own.push(learns ? learning.map((row) => Math.max(...row)) : sweep(world, own[k - 1]));
      if (learns && k === state.step) [Q, path] = [copy(), met];
    }
    const all = learns ? own : take("values", own);
    const V = all[state.step];
    if (!learns) for (const cell of world.free) Q[cell] = lookAhead(world, V, cell);
    return { V, Q, path, errors: all.map(distance), best, free: world.free };
  },

  draw(view) {
    drawErrors(view);
    drawGrid(view);
  },

  summary({ V, Q, errors, free, path }, { step, mode, cells }) {
    const learns = mode === "Q-learning";
    const unit = learns ? "episode" : "sweep";
    const last = [...cells.join("")][path[path.length - 1]];
    const end = !learns || step === 0 ? "" : ` The last episode took ${path.length - 1} step${path.length === 2 ? "" : "s"} and ` +
      `${last === "G" ? "reached a goal" : last === "P" ? "fell into a pit" : "was cut off"}.`;
    const first = Q[START].every((q) => q === Q[START][0]) ? "All actions look the same at S"
      : `At S the best action is ${WORDS[largest(Q[START])]}`;
    return `After ${step} ${unit}${step === 1 ? "" : "s"} the value of S is ${format(V[START], 3)}. ` +
      `${first}. Mean error over ${free.length} cells: ${format(errors[step], 4)}.${end}`;
  },
};

function drawGrid(view) {
  const { state, numbers, colors, boxes, narrow } = view;
  const panel = new Panel(view, boxes[0], {
    x: [0, COLUMNS], y: [0, ROWS], bare: true, equal: true, title: " ",
  });
  panel.write(narrow ? "Press a cell to change it" : "Values and greedy actions; press a cell to change it",
    panel.left, panel.top - 13, { weight: 600, size: 13 });
  const kinds = [...state.cells.join("")];
  kinds.forEach((kind, cell) => drawCell(view, panel, kind, cell));
  if (state.mode === "Q-learning") {
    const points = numbers.path.map((cell) => [(cell % COLUMNS) + 0.5, ROWS - Math.floor(cell / COLUMNS) - 0.78]);
    panel.line(points, { color: fade(colors.purple, 0.75), width: 2.5, dash: [5, 4] });
  }
}

function drawCell(view, panel, kind, cell) {
  const { numbers, colors, narrow } = view;
  const x = cell % COLUMNS, y = ROWS - Math.floor(cell / COLUMNS); // upper left corner
  const value = numbers.V[cell];
  const tone = kind === "G" ? fade(colors.green, 0.55) : kind === "P" ? fade(colors.red, 0.55)
    : kind === "#" ? fade(colors.quiet, 0.75)
    : fade(colors[value < 0 ? "orange" : "blue"], clamp(0.7 * Math.abs(value), 0.03, 0.55));
  panel.bar(x + 0.02, y - 0.02, x + 0.98, y - 0.98, { color: tone, stroke: colors.edge });
  const size = narrow ? 11 : 13;
  const style = { align: "center", halo: false, size };
  if (kind === "G" || kind === "P") {
    panel.text(kind === "G" ? "G +1" : "P −1", x + 0.5, y - 0.5, { ...style, weight: 700 });
  } else if (kind !== "#") {
    panel.text(format(value, 2), x + 0.5, y - 0.26, style);
    if (view.wrong.values?.[view.state.step][cell]) {
      panel.cross(panel.px(x + 0.84), panel.py(y - 0.74), { size: 4 });
    }
    if (kind === "$") panel.text("$", x + 0.16, y - 0.74, { ...style, weight: 700 });
    if (cell === START) panel.text("S", x + 0.16, y - 0.74, { ...style, weight: 700 });
    const row = numbers.Q[cell], best = largest(row);
    if (row.some((q) => q !== row[best])) {
      const [dr, dc] = MOVES[best], long = 0.17, middle = [x + 0.5, y - 0.66];
      panel.arrow([middle[0] - long * dc, middle[1] + long * dr],
        [middle[0] + long * dc, middle[1] - long * dr], { head: narrow ? 6 : 8 });
    }
  }
  if (cell !== START) editCell(view, panel, kind, cell, [x + 0.5, y - 0.5]);
}

function editCell(view, panel, kind, cell, [x, y]) {
  const { cells } = view.state;
  const put = (target, wanted) => (target === START || target < 0 || target >= CELLS ? {} : {
    cells: cells.map((row, r) => [...row]
      .map((old, c) => (r * COLUMNS + c === target ? wanted : old)).join("")),
  });
  const turn = (by) => KINDS[(KINDS.indexOf(kind) + by + 5 * KINDS.length) % KINDS.length];
  const name = (k) => `cell-${k}`;
  const skip = (k, by) => (k === START ? (k + by + CELLS) % CELLS : k);
  const half = (panel.right - panel.left) / COLUMNS / 2;
  view.handles.push({
    name: name(cell), group: "cells", along: "y", step: 1, at: [0, KINDS.indexOf(kind)], size: half - 9,
    label: `Row ${Math.floor(cell / COLUMNS) + 1}, column ${(cell % COLUMNS) + 1}: ${NAMES[kind]}`,
    left: panel.px(x), top: panel.py(y),
    press: () => put(cell, turn(1)),
    place: (left, top) => {
      const column = Math.floor((left - panel.left) / (2 * half));
      const row = Math.floor((top - panel.top) / (2 * half));
      return column < 0 || column >= COLUMNS ? {} : put(row * COLUMNS + column, kind);
    },
    nudge: (_, dy) => put(cell, turn(Math.sign(dy))),
    neighbor: (dx) => name(skip((cell + dx + CELLS) % CELLS, dx)),
  });
}

function drawErrors(view) {
  const { state, numbers, colors, boxes } = view;
  const height = (error) => Math.log10(clamp(error, 1e-4, 10));
  const learns = state.mode === "Q-learning";
  const panel = new Panel(view, boxes[1], {
    x: [0, STEPS], y: [-4, 1], title: "Mean distance to the best values",
    xLabel: learns ? "episode" : "sweep",
  });
  panel.axes({
    yTicks: powersOfTen(-4, 1), xTicks: ticksAt([0, 20, 40, 60, 80]),
  });
  const points = numbers.errors.map((error, k) => [k, height(error)]);
  const color = colors[learns ? "purple" : "blue"];
  panel.line(points, { color: fade(color, 0.35) });
  panel.line(points.slice(0, state.step + 1), { color, width: 2.5 });
  panel.dot(...points[state.step], { color, size: 6, shape: learns ? "square" : "circle" });
  panel.handle({
    name: "step", label: learns ? "Episode" : "Sweep", at: points[state.step], along: "x", step: 1, size: 8,
    move: (x) => ({ step: clamp(Math.round(x), 0, STEPS) }),
  });
}
