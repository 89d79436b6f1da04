const PIXELS = 27;

const explorer = {
  layout: (width) => ({ height: width < 560 ? 270 : 300, boxes: [], narrow: width < 560 }),

  compute(state) {
    const layers = [1, 2].map((l) =>
      ({ F: state[`kernel_${l}`], S: state[`stride_${l}`], D: state[`dilation_${l}`] }));
    const sizes = [PIXELS];
    for (const { F, S, D } of layers) {
      const room = sizes.at(-1) - D * (F - 1) - 1;
      sizes.push(room < 0 ? 0 : Math.floor(room / S) + 1);
    }
    const weights = layers.reduce((sum, { F }) => sum + F * F, 0);
    let field = 1, jump = 1;
    for (const { F, S, D } of layers) {
      field += D * (F - 1) * jump;
      jump *= S;
    }
    if (sizes[2] === 0) {
      return { refused: true, layers, sizes, field, jump, weights, unit: null, paths: null, seen: 0 };
    }
    const unit = Math.min(state.unit, sizes[2] - 1);
    // Paths from the unit down to every unit of layer 1, and on to every pixel.
    const below = (counts, size, { F, S, D }) => {
      const next = new Array(size).fill(0);
      counts.forEach((count, i) => {
        for (let m = 0; count && m < F; m++) next[i * S + m * D] += count;
      });
      return next;
    };
    const top = Array.from({ length: sizes[2] }, (_, i) => Number(i === unit));
    const hidden = below(top, sizes[1], layers[1]);
    const paths = below(hidden, PIXELS, layers[0]);
    const seen = paths.filter((count) => count > 0).length;
    return { refused: false, layers, sizes, field, jump, weights, unit, top, hidden, paths, seen };
  },

  readout: ({ refused, sizes, field, jump, weights, unit, paths, seen }) =>
    ({ refused, sizes, field, jump, weights, unit, paths, seen }),

  draw(view) {
    const { numbers, colors, width, height, narrow } = view;
    const { layers, sizes, refused } = numbers;
    const left = narrow ? 8 : 74;
    const page = new Panel(view, { left: 0, top: 0, width, height }, { x: [0, 1], y: [0, 1], bare: true });
    const pitch = (width - left - 12) / PIXELS;
    const rows = [height - 62, height / 2 - 6, 40];
    // A unit stands over the middle of the pixels that it sees.
    const offset = [0, 0, 0], jump = [1, 1, 1];
    layers.forEach(({ F, S, D }, l) => {
      offset[l + 1] = offset[l] + (D * (F - 1) * jump[l]) / 2;
      jump[l + 1] = jump[l] * S;
    });
    const x = (l, i) => left + (offset[l] + i * jump[l] + 0.5) * pitch;
    const counts = refused ? [new Array(PIXELS).fill(0), new Array(sizes[1]).fill(0), []]
      : [numbers.paths, numbers.hidden, numbers.top];
    const { pen } = page;
    pen.lineWidth = 1;
    for (const l of [2, 1]) {
      const { F, S, D } = layers[l - 1];
      counts[l].forEach((count, i) => {
        for (let m = 0; m < F; m++) {
          pen.strokeStyle = count ? fade(colors.orange, 0.9) : fade(colors.quiet, 0.16);
          pen.beginPath();
          pen.moveTo(x(l, i), rows[l]);
          pen.lineTo(x(l - 1, i * S + m * D), rows[l - 1]);
          pen.stroke();
        }
      });
    }
    const size = Math.min(8, pitch * 0.36);
    counts.forEach((row, l) => {
      const most = Math.max(1, ...row);
      row.forEach((count, i) => page.mark(x(l, i), rows[l], {
        shape: l === 0 ? "square" : "circle", size,
        color: count ? blend(colors.sky, colors.blue, count / most) : colors.paper,
        rim: count ? colors.ink : colors.quiet,
      }));
      const names = ["pixels", "layer 1", "layer 2"];
      if (narrow) page.write(names[l], 2, rows[l] - 18, { size: 11, color: colors.quiet });
      else page.write(names[l], left - 12, rows[l], { align: "right", color: colors.quiet });
      if (l === 0 && pitch > 12) {
        row.forEach((count, i) => count && page.write(String(count), x(0, i), rows[0] + 18,
          { align: "center", size: 10, color: colors.quiet }));
      }
    });
    if (refused) {
      page.write("refused: the kernel of a layer is wider than the layer below it",
        left, rows[2], { color: colors.red, weight: 600, size: narrow ? 11 : 13 });
      return;
    }
    const seen = counts[0].flatMap((count, i) => (count ? [i] : []));
    const [from, to] = [x(0, seen[0]) - pitch / 2, x(0, seen.at(-1)) + pitch / 2];
    pen.strokeStyle = colors.ink;
    pen.lineWidth = 1.5;
    pen.strokeRect(from, rows[0] + 28, to - from, 0.01);
    page.write(`receptive field ${numbers.field}`, clamp((from + to) / 2, 70, width - 70), rows[0] + 44,
      { align: "center", weight: 600 });
    const { unit } = numbers;
    view.handles.push({
      name: "unit", group: "unit", label: "Unit of layer 2", along: "x", step: 1, at: [unit, 0], size: 8,
      left: x(2, unit), top: rows[2],
      place: (place) => ({
        unit: clamp(Math.round(((place - left) / pitch - 0.5 - offset[2]) / jump[2]), 0, sizes[2] - 1),
      }),
      nudge: (dx) => ({ unit: clamp(unit + dx, 0, sizes[2] - 1) }),
    });
  },

  summary({ refused, field, jump, sizes, seen, unit, weights }) {
    if (refused) {
      return "Refused: the kernel of a layer is wider than the layer below it. Make a kernel, a " +
        "stride or a dilation smaller.";
    }
    const gaps = seen < field ? ` Only ${seen} of them are really used: there are gaps.` : "";
    return `Unit ${unit} of ${sizes[2]} sees a field of ${field} of ${PIXELS} pixels; its neighbor's ` +
      `field begins ${jump} further on.${gaps} In two dimensions: ${field}×${field} pixels with ` +
      `${weights} weights for each pair of channels.`;
  },
};
