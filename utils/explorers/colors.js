// Colors of the picture. They come from the page's theme, through variables of shell.css.

const COLOR_NAMES = [
  "ink", "quiet", "faint", "edge", "paper",
  "blue", "orange", "green", "red", "purple", "sky",
];

// Okabe and Ito (2008): safe for color-blind readers. Classes have a shape as well.
const CLASS_COLORS = ["blue", "orange", "green", "purple"];
const CLASS_SHAPES = ["circle", "square", "triangle", "diamond"];

function channels(color) {
  const numbers = (color.match(/[\d.]+/g) || [0, 0, 0]).map(Number);
  return [numbers[0], numbers[1], numbers[2], numbers.length > 3 ? numbers[3] : 1];
}

function fade(color, alpha) {
  const [red, green, blue] = channels(color);
  return `rgba(${red}, ${green}, ${blue}, ${alpha})`;
}

// A color between two colors; `part` runs from 0 (first) to 1 (second).
function blend(first, second, part) {
  const a = channels(first), b = channels(second);
  const mixed = [0, 1, 2].map((i) => Math.round(a[i] + (b[i] - a[i]) * part));
  return `rgb(${mixed.join(", ")})`;
}

// How bright a color is, from 0 (black) to 1 (white), as contrast is reckoned (WCAG).
function luminance(color) {
  const [red, green, blue] = channels(color).map((value) => (value / 255) ** 2.2);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

// Ink or paper: the one that is easier to read where `color` covers this part of the paper.
function inkOn(color, part, { ink, paper }) {
  const ground = luminance(blend(paper, color, part)) + 0.05;
  const contrast = (text) => {
    const own = luminance(text) + 0.05;
    return Math.max(own, ground) / Math.min(own, ground);
  };
  return contrast(ink) >= contrast(paper) ? ink : paper;
}

// Reads the theme's colors from `root` and tells shell.css whether the page is dark.
function readColors(root) {
  const probe = document.createElement("span");
  probe.style.display = "none";
  root.append(probe);
  const read = (name) => {
    probe.style.color = `var(--explorer-${name})`;
    return getComputedStyle(probe).color;
  };
  const [red, green, blue] = channels(read("ink"));
  root.dataset.theme = 0.3 * red + 0.6 * green + 0.1 * blue > 128 ? "dark" : "light";
  const colors = Object.fromEntries(COLOR_NAMES.map((name) => [name, read(name)]));
  probe.remove();
  colors.dark = root.dataset.theme === "dark";
  colors.font = getComputedStyle(root).fontFamily;
  return colors;
}

// Calls `changed` whenever the page may have got another theme; returns how to stop.
function watchTheme(changed) {
  const observer = new MutationObserver(changed);
  const options = { attributes: true, attributeFilter: [
    "class", "style", "data-theme", "data-mode", "data-jp-theme-name",
  ] };
  observer.observe(document.documentElement, options);
  observer.observe(document.body, options);
  const query = matchMedia("(prefers-color-scheme: dark)");
  query.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    query.removeEventListener("change", changed);
  };
}
