function softmax(scores) {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

// log(Σ exp scores) − score of the true class: never takes the logarithm of 0.
function crossEntropy(scores, target) {
  const highest = Math.max(...scores);
  const sum = scores.reduce((total, score) => total + Math.exp(score - highest), 0);
  return highest + Math.log(sum) - scores[target];
}

function hinge(scores, target) {
  return scores.reduce((total, score, k) =>
    total + (k === target ? 0 : Math.max(0, score - scores[target] + 1)), 0);
}

// One score and label 0 or 1 is the softmax of the scores (0, score).
const binaryCrossEntropy = (score, label) => crossEntropy([0, score], label);
const binaryHinge = (score, label) => Math.max(0, 1 - (2 * label - 1) * score);

// What the losses would be if the true class's score (or the only score) were s.
function lossesAt(state) {
  if (state.output === "sigmoid") {
    const label = Number(state.label);
    return {
      now: state.score,
      entropy: (s) => binaryCrossEntropy(s, label),
      hinge: (s) => binaryHinge(s, label),
    };
  }
  const target = Number(state.target);
  const scores = [state.score_0, state.score_1, state.score_2];
  const moved = (s) => scores.map((score, k) => (k === target ? s : score));
  return {
    now: scores[target],
    entropy: (s) => crossEntropy(moved(s), target),
    hinge: (s) => hinge(moved(s), target),
  };
}

const explorer = {
  layout: (width) => sideBySide(width, {
    height: 310, shares: [1, 1, 1.5], stacked: [220, 220, 270], least: 640,
  }),

  compute(state) {
    const scores = state.output === "sigmoid"
      ? [0, state.score] : [state.score_0, state.score_1, state.score_2];
    const target = Number(state.output === "sigmoid" ? state.label : state.target);
    const probabilities = softmax(scores);
    const losses = lossesAt(state);
    return {
      probabilities,
      cross_entropy: losses.entropy(losses.now),
      hinge: losses.hinge(losses.now),
      gradient: probabilities.map((p, k) => p - (k === target ? 1 : 0)),
    };
  },

  draw(view) {
    drawScores(view);
    drawProbabilities(view);
    drawLosses(view);
  },

  summary({ probabilities, cross_entropy, hinge: hingeLoss }, state) {
    const target = state.output === "sigmoid" ? state.label : state.target;
    return `The true class ${target} gets probability ` +
      `${format(probabilities[Number(target)], 3)}. Cross-entropy ` +
      `${format(cross_entropy, 3)}, hinge loss ${format(hingeLoss, 3)}.`;
  },
};

const classTick = (target) => (_, k) =>
  ({ value: k, text: k === target ? `${k} (true)` : `${k}` });

function drawScores(view) {
  const { state, colors, boxes } = view;
  const names = state.output === "sigmoid" ? ["score"] : ["score_0", "score_1", "score_2"];
  const target = Number(state.output === "sigmoid" ? state.label : state.target);
  const panel = new Panel(view, boxes[0], {
    x: [-0.6, names.length - 0.4], y: [-10.5, 10.5], title: "Scores: move them",
  });
  const xTicks = names.length > 1
    ? names.map(classTick(target)) : [{ value: 0, text: `true label ${target}` }];
  panel.axes({ xTicks, yTicks: 4 });
  panel.line([[-0.6, 0], [names.length, 0]], { color: colors.quiet, width: 1 });
  names.forEach((name, k) => {
    const score = state[name];
    const shown = names.length > 1 ? k : 1;
    const color = colors[CLASS_COLORS[shown]];
    panel.line([[k, 0], [k, score]], { color, width: 3 });
    panel.dot(k, score, { color, shape: CLASS_SHAPES[shown], size: 8 });
    panel.text(format(score, 1), k, score,
      { dx: 14, dy: Math.abs(score) < 1 ? -10 : 0, weight: 600 }); // not on the line of zero
    panel.handle({
      name, label: names.length > 1 ? `Score ${k}` : "Score", at: [k, score], along: "y",
      step: 0.1, size: 9,
      move: (_, y) => ({ [name]: clamp(y, -10, 10) }),
    });
  });
}

function drawProbabilities(view) {
  const { state, colors, boxes, numbers } = view;
  const { probabilities } = numbers;
  const target = Number(state.output === "sigmoid" ? state.label : state.target);
  const panel = new Panel(view, boxes[1], {
    x: [-0.6, probabilities.length - 0.4], y: [0, 1.12],
    title: state.output === "sigmoid" ? "Probabilities: sigmoid" : "Probabilities: softmax",
  });
  panel.axes({ xTicks: probabilities.map(classTick(target)), yTicks: ticksAt([0, 0.5, 1]) });
  probabilities.forEach((p, k) => {
    const color = colors[CLASS_COLORS[k]];
    panel.bar(k - 0.32, 0, k + 0.32, p,
      { color: fade(color, k === target ? 0.9 : 0.45), stroke: color });
    panel.text(format(p, 3), k, p, { align: "center", dy: -11, weight: 600 });
  });
}

function drawLosses(view) {
  const { state, colors, boxes } = view;
  const losses = lossesAt(state);
  const panel = new Panel(view, boxes[2], {
    x: [-10, 10], y: [0, Math.max(6, 1.15 * Math.max(losses.hinge(losses.now), losses.entropy(losses.now)))],
    title: "Loss",
    xLabel: state.output === "sigmoid" ? "score" : "score of the true class",
  });
  panel.axes();
  panel.upright(losses.now);
  panel.curve(losses.hinge, { color: colors.red, width: 2, dash: [7, 5] });
  panel.curve(losses.entropy, { color: colors.blue, width: 2.5 });
  const rising = state.output === "sigmoid" && state.label === "0";
  const corner = rising ? panel.left + 16 : panel.right - 150; // where no curve passes
  [
    ["cross-entropy", losses.entropy(losses.now), colors.blue, "circle"],
    ["hinge", losses.hinge(losses.now), colors.red, "square"],
  ].forEach(([name, loss, color, shape], line) => {
    const top = panel.top + 16 + 20 * line;
    panel.dot(losses.now, loss, { color, shape, size: 6 });
    panel.mark(corner, top, { color, shape, size: 5 });
    panel.write(`${name} ${format(loss, 3)}`, corner + 12, top,
      { color, weight: 600, halo: true });
  });
}
