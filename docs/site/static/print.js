// Paper is white: a dark page is printed in the colors of a light one.
(() => {
  const { dataset } = document.documentElement;
  let before = dataset.theme;
  window.addEventListener("beforeprint", () => {
    before = dataset.theme;
    dataset.theme = "light";
  });
  window.addEventListener("afterprint", () => { dataset.theme = before; });
})();
