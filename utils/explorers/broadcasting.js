const SMALLEST_CELL = 20, LARGEST_CELL = 42;
const LETTERS = { a: "A", b: "B" };

function shapeOf(state, letter) {
  const rows = state[`${letter}_rows`], columns = state[`${letter}_columns`];
  return rows === 0 ? [columns] : [rows, columns];
}

const shapeText = (shape) => `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;

// A holds 1, 2, 3, …; B holds 10, 20, 30, …: a sum shows where it comes from.
function valueOf(letter, shape, row, column) {
  const columns = shape.at(-1);
  const place = (shape.length > 1 ? Math.min(row, shape[0] - 1) : 0) * columns +
    Math.min(column, columns - 1);
  return (place + 1) * (letter === "a" ? 1 : 10);
}

// Result of comparing two sizes of one axis; null is a missing axis.
function joinSizes(a, b) {
  const first = a ?? 1, second = b ?? 1;
  if (first === second) return first;
  return first === 1 ? second : second === 1 ? first : null;
}

const explorer = {
  layout(width) {
    const narrow = width < 600;
    const cell = narrow
      ? clamp(Math.floor((width - 40) / 10.5), SMALLEST_CELL, LARGEST_CELL)
      : clamp(Math.floor((width - 110) / 15.2), SMALLEST_CELL, LARGEST_CELL);
    const tall = 4 * cell + 48;
    const height = (narrow ? 2 * tall : tall) + 108;
    return { height, boxes: [], narrow, cell, tall };
  },

  compute(state) {
    const a = shapeOf(state, "a"), b = shapeOf(state, "b");
    const axes = [];
    for (let axis = -Math.max(a.length, b.length); axis < 0; axis++) {
      axes.push({ axis, a: a.at(axis) ?? null, b: b.at(axis) ?? null,
        size: joinSizes(a.at(axis), b.at(axis)) });
    }
    const bad = axes.find(({ size }) => size === null);
    if (bad) return { axes, shape: null, values: null, bad: bad.axis };
    const shape = axes.map(({ size }) => size);
    const rows = shape.length > 1 ? shape[0] : 1;
    const values = [];
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < shape.at(-1); column++) {
        values.push(valueOf("a", a, row, column) + valueOf("b", b, row, column));
      }
    }
    return { axes, shape, values, bad: null };
  },

  draw(view) {
    const { state, numbers, narrow, cell, tall, width } = view;
    const room = narrow ? width / 2 : (width - 2 * 34) / 3;
    const places = narrow
      ? [[0, 0], [room, 0], [0, tall]] : [[0, 0], [room + 34, 0], [2 * (room + 34), 0]];
    const page = new Panel(view, { left: 0, top: 0, width, height: view.height },
      { x: [0, 1], y: [0, 1], bare: true });
    const target = numbers.shape
      ? [numbers.shape.length > 1 ? numbers.shape[0] : 1, numbers.shape.at(-1)] : null;
    const at = target && [Math.min(state.row, target[0] - 1), Math.min(state.column, target[1] - 1)];
    ["a", "b"].forEach((letter, k) => drawArray(page, view, letter, places[k], target, at));
    drawSum(page, view, places[2], target, at);
    if (!narrow) {
      const sign = { size: 20, align: "center", color: view.colors.quiet };
      page.write("+", places[1][0] - 24, 28 + 2 * cell, sign);
      page.write("=", places[2][0] - 24, 28 + 2 * cell, sign);
    }
    drawTable(page, view, narrow ? 2 * tall : tall);
  },

  summary({ shape, axes, bad }, state) {
    const names = `A ${shapeText(shapeOf(state, "a"))} + B ${shapeText(shapeOf(state, "b"))}`;
    if (!shape) {
      const { a, b } = axes.find(({ axis }) => axis === bad);
      return `${names} is refused: along axis ${format(bad, 0)} the sizes are ${a} and ${b}; ` +
        "they are different and neither is 1.";
    }
    const copied = axes.flatMap(({ axis, a, b, size }) => ["a", "b"]
      .filter((letter) => ({ a, b })[letter] !== size)
      .map((letter) => `${LETTERS[letter]} is repeated ${size} times along axis ${format(axis, 0)}`));
    return `${names} has shape ${shapeText(shape)}. ` +
      (copied.length ? `${copied.join("; ")}.` : "The shapes are equal: nothing is repeated.");
  },
};

function drawCell(page, left, top, cell, text, { color, solid, marked }) {
  const { pen, colors } = page;
  pen.fillStyle = fade(color, solid ? 0.3 : 0.07);
  pen.fillRect(left, top, cell, cell);
  pen.setLineDash(solid ? [] : [3, 3]);
  pen.lineWidth = 1;
  pen.strokeStyle = fade(color, solid ? 1 : 0.6);
  pen.strokeRect(left + 0.5, top + 0.5, cell - 1, cell - 1);
  pen.setLineDash([]);
  if (marked) {
    pen.lineWidth = 2.5;
    pen.strokeStyle = colors.ink;
    pen.strokeRect(left + 1.25, top + 1.25, cell - 2.5, cell - 2.5);
  }
  page.write(text, left + cell / 2, top + cell / 2 + 0.5, {
    align: "center", size: cell < 26 ? 10 : 13, color: solid ? colors.ink : colors.quiet,
  });
}

// An array, and in dashed cells the copies that broadcasting only imagines.
function drawArray(page, view, letter, [left, top], target, at) {
  const { state, colors, cell } = view;
  const shape = shapeOf(state, letter);
  const own = [shape.length > 1 ? shape[0] : 1, shape.at(-1)];
  const whole = target || own;
  page.write(LETTERS[letter], left + 1, top + 10, { weight: 600, size: 14 });
  page.write(`shape ${shapeText(shape)}`, left + 18, top + 10, { color: colors.quiet });
  for (let row = 0; row < whole[0]; row++) {
    for (let column = 0; column < whole[1]; column++) {
      drawCell(page, left + column * cell, top + 28 + row * cell, cell - 2,
        String(valueOf(letter, shape, row, column)), {
          color: letter === "a" ? colors.blue : colors.orange,
          solid: row < own[0] && column < own[1],
          marked: at && at[0] === row && at[1] === column,
        });
    }
  }
}

function drawSum(page, view, [left, top], target, at) {
  const { colors, cell, numbers, handles } = view;
  page.write("A + B", left + 1, top + 10, { weight: 600, size: 14 });
  if (!target) {
    page.write("refused", left + 50, top + 10, { color: colors.red, weight: 600 });
    page.write("✕", left + 2 * cell, top + 28 + 1.5 * cell,
      { color: colors.red, size: 40, align: "center" });
    return;
  }
  page.write(`shape ${shapeText(numbers.shape)}`, left + 50, top + 10, { color: colors.quiet });
  for (let row = 0; row < target[0]; row++) {
    for (let column = 0; column < target[1]; column++) {
      drawCell(page, left + column * cell, top + 28 + row * cell, cell - 2,
        String(numbers.values[row * target[1] + column]), {
          color: colors.green, solid: true, marked: at[0] === row && at[1] === column,
        });
    }
  }
  const choose = (row, column) => ({
    row: clamp(row, 0, target[0] - 1), column: clamp(column, 0, target[1] - 1),
  });
  const middle = (k) => (k + 0.5) * cell - 1;
  handles.push({
    name: "cell", group: "cell", label: "Cell of the result, column and row", step: 1,
    size: cell / 2 - 7, along: "xy", at: [at[1], at[0]],
    left: left + middle(at[1]), top: top + 28 + middle(at[0]),
    place: (x, y) => choose(Math.floor((y - top - 28) / cell), Math.floor((x - left) / cell)),
    nudge: (dx, dy) => choose(at[0] - dy, at[1] + dx),
  });
}

// The rule as a table: sizes compared from the right.
function drawTable(page, view, top) {
  const { colors, numbers } = view;
  const wide = 76;
  const rows = [["A", "a"], ["B", "b"], ["A + B", "size"]];
  rows.forEach(([name, key], line) => {
    const y = top + 34 + 22 * line;
    page.write(name, 1, y, { weight: line === 2 ? 600 : 400 });
    numbers.axes.forEach((axis, k) => {
      const size = axis[key];
      const refused = axis.size === null;
      const stretched = line < 2 && !refused && size !== axis.size;
      const text = line === 2 && refused ? "✕" : size === null ? "–" : String(size);
      page.write(stretched ? `${text} → ${axis.size}` : text, 92 + wide * k, y, {
        align: "center", weight: line === 2 || refused ? 600 : 400,
        color: refused ? colors.red : stretched ? colors.quiet : colors.ink,
      });
    });
  });
  numbers.axes.forEach(({ axis }, k) => {
    page.write(`axis ${format(axis, 0)}`, 92 + wide * k, top + 12,
      { align: "center", size: 11, color: colors.quiet });
  });
  page.pen.fillStyle = colors.quiet;
  page.pen.fillRect(0, top + 66.5, 92 + wide * numbers.axes.length - wide / 2, 1);
}
