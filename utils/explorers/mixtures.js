// Mixtures of round Gaussians in the plane, whose best guesses are known exactly.

const arc = (count, place) => Array.from({ length: count }, (_, k) => place((k + 0.5) / count));
const CENTERS = {
  "two moons": [
    ...arc(12, (p) => [1.3 * Math.cos(Math.PI * p) - 0.65, 1.3 * Math.sin(Math.PI * p) - 0.35]),
    ...arc(12, (p) => [0.65 - 1.3 * Math.cos(Math.PI * p), 0.35 - 1.3 * Math.sin(Math.PI * p)]),
  ],
  "three blobs": [[-1.4, -0.8], [1.4, -0.8], [0, 1.6]],
  ring: arc(16, (p) => [1.5 * Math.cos(2 * Math.PI * p), 1.5 * Math.sin(2 * Math.PI * p)]),
};

// Weights of the centers for x = a·data + b·noise.
function weightsAt([x, y], centers, spread, a, b) {
  const width = a * a * spread * spread + b * b;
  const logs = centers.map(([p, q]) => -((x - a * p) ** 2 + (y - a * q) ** 2) / (2 * width));
  const top = Math.max(...logs);
  const parts = logs.map((one) => Math.exp(one - top));
  const whole = parts.reduce((sum, part) => sum + part, 0);
  return { weights: parts.map((part) => part / whole), width, log: top + Math.log(whole) };
}

// E[data | x] and E[noise | x]; b must not be zero.
function guesses(point, centers, spread, a, b) {
  const { weights, width } = weightsAt(point, centers, spread, a, b);
  const pull = (a * spread * spread) / width;
  const data = [0, 1].map((d) => weights.reduce((sum, weight, i) =>
    sum + weight * (centers[i][d] + pull * (point[d] - a * centers[i][d])), 0));
  return { data, noise: data.map((one, d) => (point[d] - a * one) / b) };
}

// Log-density of the data at a point.
function logDensity(point, centers, spread) {
  const { log, width } = weightsAt(point, centers, spread, 1, 0);
  return log - Math.log(2 * Math.PI * width * centers.length);
}

const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const pairs = (numbers) => Array.from({ length: numbers.length / 2 },
  (_, n) => [numbers[2 * n], numbers[2 * n + 1]]);
