// Shows the picture that matplotlib drew. It arrives as PNG and is decoded aside, so
// that the old one stays until the new one is ready. Pages without Python have a still
// for every kind of page.

const pick = ({ picture, stills = {} }, dark, narrow) =>
  stills[`${dark ? "dark" : "light"} ${narrow ? "narrow" : "wide"}`] ?? picture;

const shown = { source: null, bitmap: null, dark: false };

const explorer = {
  needsScreen: true,

  layout(width, _, numbers, { dark }) {
    const [height, wide] = pick(numbers, dark, width < NARROW)?.shape ?? [340, 880];
    return { height: Math.round((width * height) / wide), boxes: [] };
  },

  draw(view) {
    const { context, colors, numbers, width, height } = view;
    const picture = pick(numbers, colors.dark, width < NARROW);
    const later = shown.source === picture.data ? null : decode(view, picture);
    if (!shown.bitmap) return later;
    if (shown.dark !== colors.dark) { // Python has not drawn for this theme
      context.fillStyle = shown.dark ? "#14181d" : "#ffffff";
      context.fillRect(0, 0, width, height);
    }
    context.imageSmoothingQuality = "high";
    context.drawImage(shown.bitmap, 0, 0, width, height);
    return later;
  },
};

async function decode(view, { data, dark }) {
  shown.source = data;
  const bitmap = await createImageBitmap(new Blob([data], { type: "image/png" }));
  if (shown.source !== data) return; // a newer one has come
  Object.assign(shown, { bitmap, dark });
  view.repaint();
}
