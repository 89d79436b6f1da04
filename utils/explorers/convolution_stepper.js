const BRIGHTEST = 9, HEAVIEST = 9, TALL = 280;
const range = (count) => Array.from({ length: count }, (_, k) => k);
const table = (rows, entry) => range(rows).map((i) => range(rows).map((j) => entry(i, j)));

// Whole numbers as they are, ninths as fractions, everything else with two digits.
function short(value) {
  if (Math.abs(value - Math.round(value)) < 1e-9) return format(Math.round(value), 0);
  const ninths = Math.round(9 * value);
  return Math.abs(9 * value - ninths) < 1e-9 && Math.abs(ninths) < 9
    ? `${ninths < 0 ? "−" : ""}${Math.abs(ninths)}/9` : format(value, 2);
}

// Why these settings are refused, in two parts, or null.
function refusal({ size, kernel, stride, padding, dilation, floor }) {
  const span = dilation * (kernel - 1) + 1, room = size + 2 * padding - span;
  if (room < 0) {
    return [`the kernel covers ${span} pixels`, `but only ${size + 2 * padding} are there`];
  }
  if (room % stride && !floor) {
    return [`${room} / ${stride} + 1 = ${format(room / stride + 1, 2)}`,
      "is no whole number of windows"];
  }
  return null;
}

const explorer = {
  // One window on the wide page: image, kernel, result; on a narrow one two rows.
  layout(width, state, { M }) {
    const n = state.size + 2 * state.padding, shown = Math.max(M ?? 0, 4);
    if (width < 620) {
      const cell = Math.min(30, (width - 30) / (n + state.kernel + 0.5), 250 / n);
      return { height: 640, boxes: [], narrow: true, cell, small: Math.min(30, (width - 10) / shown, 200 / shown) };
    }
    const cell = Math.min(38, (width - 90) / (n + state.kernel + shown), TALL / n);
    return { height: TALL + 170, boxes: [], narrow: false, cell, small: Math.min(cell, TALL / shown) };
  },

  compute(state, take) {
    const { size, kernel, stride, padding, dilation, pixels, weights, mode } = state;
    const n = size + 2 * padding, span = dilation * (kernel - 1) + 1;
    const padded = table(n, (i, j) => (i < padding || j < padding || i >= n - padding || j >= n - padding
      ? 0 : pixels[i - padding][j - padding]));
    const flip = mode === "convolution";
    const used = table(kernel, (i, j) => (flip
      ? weights[kernel - 1 - i][kernel - 1 - j] : weights[i][j]));
    const refused = refusal(state);
    if (refused) return { M: null, refused: refused.join(" "), output: null, padded, used };
    const M = Math.floor((n - span) / stride) + 1;
    const touched = table(n, () => false);
    const output = take("output", table(M, (i, j) => {
      let total = 0;
      for (const m of range(kernel)) {
        for (const o of range(kernel)) {
          const row = i * stride + m * dilation, column = j * stride + o * dilation;
          touched[row][column] = true;
          total += padded[row][column] * used[m][o];
        }
      }
      return total;
    }));
    const place = state.step % (M * M);
    const row = Math.floor(place / M), column = place % M;
    const unused = range(size).flatMap((i) => range(size).map((j) => touched[i + padding][j + padding]))
      .filter((one) => !one).length;
    return { M, refused: null, output, padded, used, touched, row, column, unused,
      value: output[row][column] };
  },

  readout: ({ M, refused, output, row, column, value, unused }) =>
    ({ M, refused, output, row, column, value, unused }),

  draw(view) {
    const { state, numbers, narrow, cell, small, width, height } = view;
    const page = new Panel(view, { left: 0, top: 0, width, height }, { x: [0, 1], y: [0, 1], bare: true });
    const n = state.size + 2 * state.padding;
    const middle = n * cell + (narrow ? 18 : 34);
    const right = narrow ? 0 : middle + Math.max(state.kernel * cell, 90) + 24;
    const low = narrow ? 320 : 0;
    drawResult(page, view, right, low, small);
    drawImage(page, view, cell, n);
    drawKernel(page, view, middle, cell, narrow);
    drawSum(page, view, narrow ? low + 232 : TALL + 44);
  },

  summary({ M, refused, row, column, value, unused }, { size, mode }) {
    if (refused) return `Refused: ${refused}. Change stride, padding or dilation, or round down as libraries do.`;
    const lost = unused ? ` ${unused} ${unused === 1 ? "pixel is" : "pixels are"} in no window.` : "";
    return `${mode === "convolution" ? "Convolution" : "Cross-correlation"} of ${size}×${size} ` +
      `pixels gives ${M}×${M} results. Row ${row}, column ${column}: ${short(value)}.${lost}`;
  },
};

function drawBox(page, left, top, cell, text, { fill, dashed, quiet, thick, corner, crossed }) {
  const { pen, colors } = page;
  pen.fillStyle = fill;
  pen.fillRect(left + 1, top + 1, cell - 2, cell - 2);
  pen.setLineDash(dashed ? [3, 3] : []);
  pen.lineWidth = thick ? 2.5 : 1;
  pen.strokeStyle = thick || fade(colors.quiet, 0.45);
  pen.strokeRect(left + 1.5, top + 1.5, cell - 3, cell - 3);
  pen.setLineDash([]);
  if (crossed) {
    pen.strokeStyle = fade(colors.red, 0.8);
    pen.beginPath();
    pen.moveTo(left + 4, top + 4);
    pen.lineTo(left + cell - 4, top + cell - 4);
    pen.moveTo(left + cell - 4, top + 4);
    pen.lineTo(left + 4, top + cell - 4);
    pen.stroke();
  }
  page.write(text, left + cell / 2, top + cell / 2 + (corner ? -3 : 0.5), {
    align: "center", size: Math.min(13, cell * (text.length > 4 ? 0.3 : 0.42)), color: quiet ? colors.quiet : colors.ink,
  });
  if (corner) {
    page.write(corner, left + cell - 4, top + cell - 7,
      { align: "right", size: Math.max(8, Math.min(10, cell * 0.27)), color: colors.red, weight: 700 });
  }
}

function drawImage(page, view, cell, n) {
  const { state, numbers, colors, handles } = view;
  const { padding: P, kernel: F, stride: S, dilation: D, size, pixels } = state;
  page.write(P ? `image, padded to ${n}×${n}` : `image, ${n}×${n}`, 1, 12, { weight: 600, size: 13 });
  const inWindow = (i, j) => {
    const m = (i - numbers.row * S) / D, o = (j - numbers.column * S) / D;
    return [m, o].every((k) => Number.isInteger(k) && k >= 0 && k < F) ? numbers.used[m][o] : null;
  };
  const put = (i, j, value) => ({
    pixels: pixels.map((row, r) => row.map((old, c) => (r === i && c === j ? clamp(value, 0, BRIGHTEST) : old))),
  });
  for (const [i, j] of range(n * n).map((k) => [Math.floor(k / n), k % n])) {
    const inside = i >= P && j >= P && i < n - P && j < n - P;
    const weight = numbers.M ? inWindow(i, j) : null;
    const value = numbers.padded[i][j];
    drawBox(page, j * cell, 28 + i * cell, cell, short(value), {
      fill: fade(colors.sky, (0.75 * value) / BRIGHTEST), dashed: !inside, quiet: !inside,
      thick: weight === null ? "" : colors.orange,
      corner: weight === null ? "" : `×${short(weight)}`,
      crossed: inside && numbers.M && !numbers.touched[i][j],
    });
    if (!inside) continue;
    const [row, column] = [i - P, j - P];
    const name = (k) => `pixel-${Math.floor(k / size)}-${k % size}`;
    const here = row * size + column;
    handles.push({
      name: name(here), group: "pixels", along: "y", step: 1, at: [0, value], size: cell / 2 - 8,
      label: `Pixel in row ${row}, column ${column}`,
      left: (j + 0.5) * cell, top: 28 + (i + 0.5) * cell,
      press: () => put(row, column, value ? 0 : 5),
      place: (x, y) => put(Math.floor((y - 28) / cell) - P, Math.floor(x / cell) - P, value),
      nudge: (_, dy) => put(row, column, value + dy),
      neighbor: (dx) => name((here + dx + size * size) % (size * size)),
    });
  }
}

function drawKernel(page, view, left, cell, narrow) {
  const { state, numbers, colors, handles } = view;
  const { kernel: F, weights, mode } = state;
  const top = 28;
  page.write(`kernel, ${F}×${F}`, left, 12, { weight: 600, size: 13 });
  const put = (i, j, value) => ({
    weights: weights.map((row, r) => row.map((old, c) =>
      (r === i && c === j ? clamp(value, -HEAVIEST, HEAVIEST) : old))),
  });
  for (const [i, j] of range(F * F).map((k) => [Math.floor(k / F), k % F])) {
    const w = weights[i][j];
    drawBox(page, left + j * cell, top + i * cell, cell, short(w), {
      fill: fade(w < 0 ? colors.red : colors.blue, Math.min(0.7, 0.3 * Math.sqrt(Math.abs(w)))),
    });
    const name = (k) => `weight-${Math.floor(k / F)}-${k % F}`;
    handles.push({
      name: name(i * F + j), group: "weights", along: "y", step: 1, at: [0, w], size: cell / 2 - 8,
      label: `Weight in row ${i}, column ${j}`,
      left: left + (j + 0.5) * cell, top: top + (i + 0.5) * cell,
      press: () => put(i, j, w >= 4 ? -4 : w + 1),
      place: (x, y) => put(Math.floor((y - top) / cell), Math.floor((x - left) / cell), w),
      nudge: (_, dy) => put(i, j, w + dy),
      neighbor: (dx) => name((i * F + j + dx + F * F) % (F * F)),
    });
  }
  if (mode !== "convolution") return;
  const words = narrow ? ["used", "turned", "by 180°"] : ["used turned by 180°"];
  words.forEach((text, k) => page.write(text, left, top + F * cell + 14 + 15 * k, { color: colors.orange, size: 12 }));
}

function drawResult(page, view, left, top, cell) {
  const { numbers, colors, handles, wrong } = view;
  const { M, output, row, column } = numbers;
  if (!M) {
    page.write("result: refused", left, top + 12, { weight: 600, size: 13, color: colors.red });
    page.write("✕", left + 30, top + 60, { color: colors.red, size: 40, align: "center" });
    refusal(view.state).forEach((text, k) => page.write(text, left, top + 104 + 18 * k, { size: 12 }));
    return;
  }
  page.write(`result, ${M}×${M}`, left, top + 12, { weight: 600, size: 13 });
  const largest = Math.max(1e-9, ...output.flat().map(Math.abs));
  const choose = (i, j) => ({ step: clamp(i, 0, M - 1) * M + clamp(j, 0, M - 1) });
  handles.push({
    name: "result", group: "result", label: "Result, column and row", along: "xy", step: 1,
    at: [column, row], size: cell / 2 - 8,
    left: left + (column + 0.5) * cell, top: top + 28 + (row + 0.5) * cell,
    place: (x, y) => choose(Math.floor((y - top - 28) / cell), Math.floor((x - left) / cell)),
    nudge: (dx, dy) => choose(row - dy, column + dx),
  });
  for (const [i, j] of range(M * M).map((k) => [Math.floor(k / M), k % M])) {
    const value = output[i][j];
    drawBox(page, left + j * cell, top + 28 + i * cell, cell, short(value), {
      fill: fade(value < 0 ? colors.red : colors.blue, (0.6 * Math.abs(value)) / largest),
      thick: i === row && j === column ? colors.orange : "",
      crossed: wrong.output?.[i][j],
    });
  }
}

// The size, and the sum behind one result, a line for each row of the kernel.
function drawSum(page, view, top) {
  const { state, numbers, colors } = view;
  const { size, kernel: F, stride: S, padding: P, dilation: D } = state;
  const exact = (size + 2 * P - D * (F - 1) - 1) / S + 1;
  const size_line = `(${size} + 2·${P} − ${D}·(${F} − 1) − 1) / ${S} + 1 = ${short(exact)}`;
  const rounded = numbers.M && numbers.M !== exact ? `, rounded down: ${numbers.M}` : "";
  page.write(`M = ${size_line}${rounded}`, 1, top, { color: numbers.M ? colors.quiet : colors.red });
  if (!numbers.M) return;
  const sign = (value) => (value < 0 ? `(${short(value)})` : short(value));
  numbers.used.forEach((weights, m) => {
    const pixels = numbers.padded[numbers.row * S + m * D];
    const terms = weights.map((w, o) => `${sign(w)}·${pixels[numbers.column * S + o * D]}`);
    page.write(`${m ? "+" : "="} ${terms.join(" + ")}`, 92, top + 24 + 19 * m);
  });
  page.write(`result[${numbers.row}, ${numbers.column}]`, 1, top + 24, { weight: 600 });
  page.write(`= ${short(numbers.value)}`, 92, top + 24 + 19 * F, { weight: 700, color: colors.ink });
}
