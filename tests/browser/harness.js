// What the tests run inside the page.
(() => {
  const frame = () => new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(done));
  });

  window.harness = {
    frame,

    // Returns as soon as the explorer shows, and has told, everything that was done to it.
    // One that Python draws waits for ever here, where no Python is, but tells at once.
    async rest() {
      const { pending, source } = document.querySelector(".explorer").dataset;
      if (pending === "no") return;
      await frame();
      if (source === "browser") await this.rest();
    },

    async mount({ script, style, values }) {
      this.remove?.();
      document.body.replaceChildren();
      const sheet = document.createElement("style");
      sheet.textContent = style;
      const place = document.createElement("div");
      document.body.append(sheet, place);
      const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
      const module = await import(url);
      URL.revokeObjectURL(url);
      const { PlainModel, decode } = window.courseDemos; // as on the site
      this.model = new PlainModel(decode(values));
      this.remove = module.default.render({ model: this.model, el: place });
      await this.rest();
    },

    async set(part) {
      this.model.change("state", { ...this.model.get("state"), ...part });
      await this.rest();
      return [this.model.get("readout"), this.model.get("summary")];
    },

    // Many states one after the other, each painted at once, not with the next frame.
    async sweep(parts) {
      const ordinary = window.requestAnimationFrame;
      window.requestAnimationFrame = (paint) => { Promise.resolve().then(paint); return 1; };
      const told = [];
      for (const part of parts) {
        this.model.change("state", { ...this.model.get("state"), ...part });
        await null;
        told.push([this.model.get("readout"), this.model.get("summary")]);
      }
      window.requestAnimationFrame = ordinary;
      return told;
    },

    // The picture as a short string: the same for the same pixels.
    pixels(canvas) {
      const { width, height } = canvas;
      const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
      let hash = 2166136261;
      for (const pixel of new Uint32Array(data.buffer)) hash = Math.imul(hash ^ pixel, 16777619);
      return `${width}×${height}: ${hash}`;
    },

    // The picture as soon as nothing is pending and four frames in a row show the same.
    async settled(canvas) {
      const { dataset } = canvas.closest(".explorer");
      let before = "", same = 0;
      while (same < 4) {
        await new Promise(requestAnimationFrame);
        const now = this.pixels(canvas);
        same = now === before && dataset.pending === "no" ? same + 1 : 0;
        before = now;
      }
      return before;
    },

    // How many different colors a canvas shows, in a grid of samples.
    colors(canvas) {
      const pen = canvas.getContext("2d");
      const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
      const seen = new Set();
      for (let k = 0; k < data.length; k += 4 * 7) seen.add(data.slice(k, k + 4).join());
      return seen.size;
    },

    // Watches the height of an output until stop() is called, frame by frame.
    watchHeight(area) {
      const heights = [];
      let on = true;
      const look = () => {
        heights.push(area.getBoundingClientRect().height);
        if (on) requestAnimationFrame(look);
      };
      look();
      this.stopHeight = () => { on = false; return Math.min(...heights) / heights[0]; };
    },
  };
})();
