// Decoder and codes of a small VAE; written by `python -m utils.explorers.latent_training`.
const LEARNED = {
  "W": {
    "scale": 0.017680082470178604,
    "data": "B6zb1FOswkXIC/n5Z9wu3f4EEikqdwYE9/+Z5PLfJRIG+0FNPziVKC4VG+z9SyfJU1EB3DkaNNoC9hUPAgWBsg=="
  },
  "b": {
    "scale": 0.016305556520819664,
    "data": "R1XttFiXL7hGSP1Eq39OykmxNCxFrD44Bj9IZc2zZSU="
  },
  "V": {
    "scale": 0.01226948481053114,
    "data": "6PYXGOkV9yLw7PzXDfbeBtQV6+/jE+Tf+uHl9hcc3PX19DMO4w7yFODV/9YM+P0M3gPv7uIM0u8K6PXyGAX69R/+B/DSBPcd5wDg/fzTBQf96+/8+gz5BO0Z+gEOEfoaCvZEIebm3REg+u8u6twE/xIH/+MB+eXf4R78+PD5IiQX/BHnCf/79AkD9gvo5gMKBgwBJuf0FRAeCekJ+esG6Rn938Le/xXk4Bjz+xHI9yb+5Qs63g8rKQsE5yYJHvHu3/Ld3+0JEvfjCvrpF9/sFP8K++XzF/YS+t7uFxse6/Hf3QgR1xn2COjoAuAg4+Ej3xb84Osg/uX20vQCHCDu7vT0EhbtIvca7twQzw308RjqEO/02Bjo6Pbr7+QuGe7x+v0P9egG5hr93eX6C+cDAfQB9+/mIdoJ9PX4/g397f8I+AkD2OXmGQIH2RHswg0KGwnq+PQG//zKGxX43+oDIvYFGSgO+Pn/FxnxEfPy9fQQ8RvcIPwB1vn+C/oB8gwcGgYPAgv6K/4F9v/z+x786ff54fXu7Rz+Dwr/8gUGBtEo+B/F/vsm0+8gCwoD6AkOCPf3GKIJXiHvGbH9/Q/2yuvi1sT0EjDT+vMC5A720SX6B+n/9v4VIv3g7hghHu0C3OIHBPUM8xLe6AXPF/XsJuYM++HaGfXlCOLp8BoM7fD37vUM4x7fEerXBeIR6PUZ7wX27NYT2/IE2/P0JST1ARkS1PXbCPQi8+zL/A7o8QH46f/2DhsE+vX2/PUSCfP/CQurE/L27xT/ILj89OABA/ruH+QVCBbl5AcE/fftCgX1B+oADhAN+QL+4OQXSgv66uE3/hz79Osx+RP/GQgA6R4RGe8vEyMF58Mp+hVOCeX8JOP13vn1JCcNChMW8/nQG/MO3h36LND8DwQCBRT/GRIr3vWr9lUj7Be1+vYT8Mbw4MHwAQIxyvP85PAU39017Bbh/OL3Hfvk5NEE8Bvp5+bt8Q3oFucW7t4M5BXx7RPZF/Tn3CTv5QPr7fkkI9728OsWFesY8hrl5hDdDubnEucS5PDfKOnf9ezg4BkZ4PQRD7YO8BYTCu4Qy+cM/vEM5/IKDA0iG+/yAQDyEwTtz/kOmRroCd8R/TXB/v3pH/r83UEdIRYF9QL6EgYTA/blARm9zvQZ/AXsF9bkDgYNBf7PSzYQCvc9KgUQJxcL+v0d/ArAHxYc8fTTMPMLQwL4/DHnH+71FlAUAQs/Ef7/9BDOxtQF/w/e9wQH/QT33R4SK8IK1Og4J+D93CXvGQ3LDN/OAOcC8wPv9vUVDufnGP8jzgDc/yTy8Abe8PUT88Ln6Qch5hP1DunY/NMZ+t8Q6RP25N8b3vP29O3pJSD0/+fyHRjzD/Ua2t0Pzxfo5BbrDejw1hHn3wTs5esvIu4CCwDTK/cOARgBA/XvGRIC/ecPAwT8GBnUAwPn9wj76rwAEu5A8/TIJvgu9u71+AUC6fRE8jn+Itr+AQ/pFv3+CP0L9QvnBfsa4h4N+f7oEQcA2ET8Px//8AgUMDkY9vos3wJJ7y4UO+bz90sAASECCv4OGygYBBMYFf8SMh8M/DDr1+PrA/QM1AjuMgYB5O0H+z7cXuvd+B7cAPcw9QwI8wLw5vXsF9P6/v4X/AnxDQMGKd4T0g8dCfsJ2gjzDe/g+OgOGucZ7h7f7P/IE+PwFeED8fTdG+ze++Ly7hcf5fvw7Bke7hPtD+Lo9tIV9uIX3Rjn5t0j6+sG7ePjFxzy9vj49yT7D8wU8/P97hAH7g30Hf4K9hT+4gf46uINC/jaCxs9UAULzRL5KRXyABb+6/DgLb0t9iLFAe8auPXw/CQEFzQtBfrVSQAAKPH6K/7w+QEavD/84dIf707mJvcHEMUARvdAAT32+gv89gpJ8Af6DBf9DfrvADDVFe0U+vfe+OUX5yUQLcX1GAf0GRn5/fQh+GH5+iYF2PIHAfcb5iDsDdoAEhvz5enEM+Qe/fT85ukhPeoMxgYL+/j9/PzrVOvjEg3zG/Qg6+MPyhH48SHlEO745A/n3f7x3fYvGtz9+vEEGeUh7hzg2gvdJOXmEtwU9gDmCuXr9+/i9i4i7fXx8xYR+RLpGPHy5+8YBewO6Q/2AgcP7/jy8QnpFhXmCgwZIRj09NAOAQXk+AAEAOn/4gHEBP4N7wT3Db/5BAMmCQUwHuLo1yUMACsW9vcI6A/pDroh9f7qBgMB2wLzAjDl/gIaIfE+6gkJwPsJUe8K8wLo1hXvAPD88g7p//79uAL44e8MCzTw/f0N8AUl8Oj26e0uAA4D++IFGvgCAf062BPmFAUc5wf3rjbhBwb68fvPDxgZD6IBGvAtCQn44H/k+SMc8Rn0IunYA9sh6OoG5RHq/O8O8+4B7+P5FxTmB+v5GRrvJfAL29L4yRn64hvdGPHz6g7a5AP37vEeDfbs6PonFugV7xn35vTkFOTxDvIJ4uHrJNXt+PD26yAF7PYZBBD5zAH6Iu/73wn7wg3+APnvDfcV+QLuHv4KB/z4Fu36Tx4G4uDuGwDXFOja8vIQDefT+en9+tUJB/zkCA0e3wH3Cx37CNkK3u/48Ub75O7vDeoB7trzB/4gBesI+BrlH9AABQwHBOm3RN8DJwXp9dkL/AMMyxMVBy4H+PrqUuUC9QoYH/oW5s4d8gUdAvPeAfHdJBrF5vr2Jv8QA/JF/+cvDP0g/iLw2+7eF/ToDu0P3OPjCev46Pj55x4V6wk="
  },
  "c": {
    "scale": 0.0034211205784231424,
    "data": "iJTmLAz657K4tQAKJbmm5I24/5WOvd2nzvEsgZotDZTYv0KrEyO7zJ3U/gb/6rLQy9H4DgSZlo23ra5eJty+tg=="
  },
  "codes": {
    "scale": 0.027531487867236137,
    "data": "owIUABj47c/6POvm5CZhBwHr7PXEEQsTBb/kxBJMRtHrKC4YJ/LYyLwHDBQQtOrOByo2190pISwM79rTmgTUyPXyC/LqIA7ssQTs20PhztcR7whECxMrJmIP4bst3g0VrgiwEBnzFwZENRP4IRfEDQ8WGgHbMfPN3rI6GOK38cn4Q94s2jDAPAgxQuoLFgXrwAna2PjwGwAm5iYgqPecBRETRhTeKePAK6oUDi8oIgPkLd6vDhX2zNbVFARME/kLM+EDMeK1H+0DPcQQ/uw14+ghyMvwHw0WNR4f3gQ9BjxNERPMFe8b/g7kVs9gGNDV/+8YJxryE+wGR+3auAkv79fnLuOwCBokJ7Pv0g8kY8TWIkgXCu/Q1qgDER4cztap/iUp2+YhORIE9NrhtRIRHQ/L688HI1LF3itL+hby292eC+ffQNV/vss4Z8ihC9bjD/DE0xXr+yoUH1cvTCPsyTHWERudCdEMHccdvUUOBO0vvrMaDRsdy9Yl067mwUfs2sfmwAMs5C7TMM4z/Crp7QsVTcyhEOTlZcAK1BrfFMu8IL8WEiFKBMQ66MIiwQ8ML//vxg0a8tLc6AkUYCTlJv3++yzy1w0VASaUCFXNCvPlHujf0x0NH08EVMwAKwYkOf0wtBjxLbkb2WPSWM4FIwzyC/QCItftrBEF+e73D+6zCRzwEa/txg5Q3uzUJHMz+PUeBKAHEwkaqfLkBU5U0tUrSAgY8lcXtQAVBQ6738sDUfDtxzZtRyH3z9W8C8PP5PDp9N0u3u+r993oBPXG4gbyAl0m304F"
  }
};
const CLASSES = "012345678901234567890123456789095565098984177351002278201263373346664915095282001763217463139176843140536961754472822579548849089801234567890123456789012345678909556509898417735100227820126337334666491509528200176321731391768431405369617544728225548849089801234567890123456789012345678909556509898417";

const REACH = 3, HIDDEN = 32, SIDE = 8; // the plane, the decoder, the image
const unpack = ({ scale, data }) =>
  Float64Array.from(Int8Array.from(atob(data), (letter) => letter.charCodeAt(0)), (v) => scale * v);
const DECODER = { W: unpack(LEARNED.W), b: unpack(LEARNED.b), V: unpack(LEARNED.V), c: unpack(LEARNED.c) };
const flatCodes = unpack(LEARNED.codes);
const CODES = [...CLASSES].map((name, i) => ({ name, z: [flatCodes[2 * i], flatCodes[2 * i + 1]] }));
const SHADES = ["blue", "orange", "green", "red", "purple", "sky"];
const AT = [0, 0.25, 0.5, 0.75, 1]; // places of the row of pictures

function decode([x, y]) {
  const { W, b, V, c } = DECODER;
  const h = b.map((bias, j) => Math.tanh(W[2 * j] * x + W[2 * j + 1] * y + bias));
  return c.map((bias, k) => {
    let sum = bias;
    for (let j = 0; j < HIDDEN; j++) sum += V[k * HIDDEN + j] * h[j];
    return 1 / (1 + Math.exp(-sum));
  });
}

const between = (a, b, part) => a.map((value, axis) => (1 - part) * value + part * b[axis]);

function neighbors(z, count = 5) {
  return CODES.map((code) => ({ name: code.name,
    distance: Math.hypot(z[0] - code.z[0], z[1] - code.z[1]) }))
    .sort((one, other) => one.distance - other.distance).slice(0, count);
}

const explorer = {
  layout: (width) => sideBySide(width, {
    height: 400, shares: [5, 4], stacked: [Math.min(width, 400), 330],
  }),

  compute({ a_x, a_y, b_x, b_y, way }) {
    const a = [a_x, a_y], b = [b_x, b_y], z = between(a, b, way);
    return { a, b, z, image: decode(z), near: neighbors(z),
      row: AT.map((part) => decode(between(a, b, part))) };
  },

  readout: ({ z, image, near, row }) => ({
    z, image: [...image], row: row.map((one) => [...one]),
    nearest: near.map(({ name }) => Number(name)), distance: near[0].distance,
    decoder: Object.fromEntries(Object.entries(DECODER).map(([name, part]) => [name, [...part]])),
    codes: CODES.map((code) => code.z), classes: CODES.map(({ name }) => Number(name)),
  }),

  draw(view) {
    drawPlane(view);
    drawPictures(view);
  },

  summary({ z, near, image }) {
    const radius = Math.hypot(...z), unsure = image.filter((p) => p > 0.25 && p < 0.75).length;
    return `Code (${format(z[0])}, ${format(z[1])}), ${format(radius)} from the middle; ` +
      `${percent(Math.exp(-radius * radius / 2))} of the prior lies farther out. The nearest ` +
      `encoded digits are ${near.map(({ name }) => name).join(", ")}, the first at a distance of ` +
      `${format(near[0].distance)}. ${unsure} of 64 pixels are neither dark nor bright.`;
  },
};

// An image at a place on the canvas, in pixels.
function picture(view, image, left, top, size) {
  const panel = new Panel(view, { left: left - 2, top: top - 2, width: size + 4, height: size + 4 },
    { x: [0, 1], y: [0, 1], bare: true });
  panel.picture(SIDE, SIDE, (row, column) => {
    const gray = Math.round(255 * image[row * SIDE + column]);
    return [gray, gray, gray];
  });
}

function drawPlane(view) {
  const { state, numbers: { a, b, z }, colors, boxes } = view;
  const panel = new Panel(view, boxes[0], {
    x: [-REACH, REACH], y: [-REACH, REACH], equal: true, xLabel: "first code", yLabel: "second code",
    title: "Codes of digits, each as its class",
  });
  panel.axes({ grid: false });
  if (state.everywhere) {
    const many = 13, size = panel.width / many;
    for (let row = 0; row < many; row++) {
      for (let column = 0; column < many; column++) {
        const place = [column, many - 1 - row].map((k) => -REACH + ((k + 0.5) * 2 * REACH) / many);
        picture(view, decode(place), panel.left + column * size + 1, panel.top + row * size + 1, size - 2);
      }
    }
  } else {
    for (const radius of [1, 2]) {
      const turn = Array.from({ length: 73 }, (_, k) => (k * Math.PI) / 36);
      panel.line(turn.map((t) => [radius * Math.cos(t), radius * Math.sin(t)]),
        { color: colors.quiet, width: 1, dash: [3, 4] });
    }
    for (const { name, z: [x, y] } of CODES) {
      if (Math.max(Math.abs(x), Math.abs(y)) > REACH) continue;
      panel.write(name, panel.px(x), panel.py(y),
        { align: "center", size: 12, weight: 600, color: colors[SHADES[Number(name) % SHADES.length]] });
    }
  }
  panel.line([a, b], { color: colors.ink, width: 2 });
  panel.dot(...z, { color: colors.ink, shape: "diamond", size: 7 });
  for (const [name, place] of [["A", a], ["B", b]]) {
    panel.dot(...place, { hollow: true, color: colors.ink, size: 10 });
    panel.text(name, ...place, { align: "center", weight: 700, halo: false });
    const key = name.toLowerCase();
    panel.handle({ name: key, label: `Code ${name}`, at: place, step: 0.05, size: 10,
      move: (x, y) => ({ [`${key}_x`]: x, [`${key}_y`]: y }) });
  }
}

function drawPictures(view) {
  const { state, numbers: { image, row }, colors, boxes: [, box] } = view;
  const words = new Panel(view, box, { x: [0, 1], y: [0, 1], bare: true, title: "Decoded at ◆" });
  words.labels();
  const small = (words.width - 4 * 6) / 5, large = Math.min(words.width, words.height - small - 44);
  picture(view, image, words.left + (words.width - large) / 2, words.top, large);
  const top = words.top + large + 26;
  row.forEach((one, k) => {
    const left = words.left + k * (small + 6);
    words.write(k === 0 ? "A" : k === 4 ? "B" : format(AT[k]), left + small / 2, top - 10,
      { align: "center", size: 11, color: colors.quiet });
    picture(view, one, left, top, small);
    if (Math.abs(AT[k] - state.way) < 1e-9) {
      words.pen.strokeStyle = colors.blue;
      words.pen.lineWidth = 2.5;
      words.pen.strokeRect(left - 1, top - 1, small + 2, small + 2);
    }
  });
}
