const SAMPLES = [[0, 0], [0, 1], [1, 0], [1, 1]];
const TARGETS = {
  AND: [-1, -1, -1, 1], OR: [-1, 1, 1, 1], NAND: [1, 1, 1, -1], XOR: [-1, 1, 1, -1],
};
const PASSES = 16;
const LOW = -0.6, HIGH = 1.6;

const scoreOf = (w, b, [x1, x2]) => w[0] * x1 + w[1] * x2 + w[2] * x1 * x2 + b;
const sign = (score) => (score > 0 ? 1 : -1); // sign(0) = −1

// Shows `count` samples, one after the other, to a perceptron.
function train(targets, count, bias, product) {
  const w = [0, 0, 0];
  let b = bias, last = null;
  const mistakes = [];
  for (let seen = 0; seen < count; seen++) {
    const index = seen % 4, [x1, x2] = SAMPLES[index], y = targets[index];
    if (index === 0) mistakes.push(0);
    const score = scoreOf(w, b, SAMPLES[index]);
    last = { index, score, wrong: sign(score) !== y };
    if (!last.wrong) continue;
    mistakes[mistakes.length - 1] += 1;
    w[0] += y * x1;
    w[1] += y * x2;
    if (product) w[2] += y * x1 * x2;
    b += y;
  }
  return { w, b, last, mistakes };
}

const explorer = {
  layout: (width) => sideBySide(width, {
    height: Math.min(380, Math.round(0.55 * width)), shares: [1, 1],
    stacked: [Math.min(width, 360), 210],
  }),

  compute({ function: name, step, bias, product }) {
    const targets = TARGETS[name];
    const run = train(targets, step, bias, product);
    const answers = SAMPLES.map((x) => sign(scoreOf(run.w, run.b, x)));
    const wrong = answers.filter((answer, k) => answer !== targets[k]).length;
    return { ...run, answers, wrong };
  },

  draw(view) {
    drawPlane(view);
    drawMistakes(view);
  },

  summary({ w, b, wrong, last, mistakes }, { step, product }) {
    const weights = (product ? w : w.slice(0, 2)).map((value) => format(value, 0)).join(", ");
    const event = last === null ? "No sample seen yet."
      : `Sample ${step}: x = (${SAMPLES[last.index].join(", ")}) was ` +
        (last.wrong ? "wrong, so the weights changed." : "right, so nothing changed.");
    const settled = mistakes.some((count, pass) => count === 0 && step >= 4 * (pass + 1));
    return `${event} Now w = (${weights}), b = ${format(b, 1)}; ${wrong} of 4 wrong. ` +
      (settled ? "A whole pass without a mistake: the rule has settled." : "Not settled.");
  },
};

function drawPlane(view) {
  const { state, numbers, colors, boxes } = view;
  const { w, b, last } = numbers;
  const panel = new Panel(view, boxes[0], {
    x: [LOW, HIGH], y: [LOW, HIGH], equal: true, xLabel: "x₁", yLabel: "x₂",
    title: "Answers and targets",
  });
  const shade = (name) => channels(blend(colors.paper, colors[name], colors.dark ? 0.34 : 0.24));
  const [minus, plus] = [shade("blue"), shade("orange")];
  const cells = 320;
  const place = (k) => LOW + ((k + 0.5) * (HIGH - LOW)) / cells;
  panel.picture(cells, cells, (row, column) =>
    (scoreOf(w, b, [place(column), place(cells - 1 - row)]) > 0 ? plus : minus));
  panel.axes({ xTicks: ticksAt([0, 1]), yTicks: ticksAt([0, 1]), grid: false });
  if (!state.product) {
    const long = Math.hypot(w[0], w[1]);
    if (long > 0) {
      const foot = [0.5, 0.5].map((c, k) => c - ((scoreOf(w, b, [0.5, 0.5])) * w[k]) / long ** 2);
      const tip = foot.map((c, k) => c + (0.45 * w[k]) / long);
      panel.inside(() => panel.arrow(foot, tip, { color: colors.ink }));
      panel.text("w", tip[0] + (0.09 * w[0]) / long, tip[1] + (0.09 * w[1]) / long,
        { align: "center", weight: 600, halo: false });
    }
  }
  SAMPLES.forEach(([x, y], k) => {
    const positive = TARGETS[state.function][k] > 0;
    const wrong = numbers.answers[k] !== TARGETS[state.function][k];
    panel.dot(x, y, {
      color: colors[positive ? "orange" : "blue"], shape: positive ? "square" : "circle",
      size: 9, rim: last?.index === k ? colors.ink : colors.paper,
    });
    const target = positive ? "+1" : "−1";
    panel.text(wrong ? `${target}  ✕ wrong` : target, x, y,
      { dy: 24, align: "center", weight: wrong ? 700 : 400, halo: false });
  });
}

function drawMistakes(view) {
  const { numbers, colors, boxes } = view;
  const panel = new Panel(view, boxes[1], {
    x: [0.3, PASSES + 0.7], y: [0, 4.3], title: "Mistakes in each pass",
    xLabel: "pass",
  });
  panel.axes({
    xTicks: ticksAt([1, 4, 8, 12, 16]), yTicks: ticksAt([0, 1, 2, 3, 4]),
  });
  numbers.mistakes.forEach((count, pass) => {
    panel.bar(pass + 0.68, 0, pass + 1.32, count, { color: colors.red });
    if (count === 0) panel.dot(pass + 1, 0.12, { color: colors.green, size: 4 });
  });
}
