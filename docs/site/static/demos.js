// Runs the demos of a page that has no kernel: each as soon as it comes near the screen.
(() => {
  // Takes the place of Jupyter's widget model: keeps values, knows no kernel.
  class PlainModel {
    constructor(values) {
      this.values = values;
      this.listeners = {};
    }
    get(name) { return this.values[name]; }
    set(name, value) { this.values[name] = value; }
    save_changes() {}
    on(event, listener) { (this.listeners[event] ||= []).push(listener); }
    off(event, listener) {
      this.listeners[event] = (this.listeners[event] || []).filter((one) => one !== listener);
    }
    change(name, value) {
      this.values[name] = value;
      for (const listener of this.listeners[`change:${name}`] || []) listener();
    }
  }

  // Values as JSON carries them: bytes stand as {base64: text}.
  const decode = (value) => {
    if (Array.isArray(value) || value === null || typeof value !== "object") return value;
    if ("base64" in value) {
      const text = atob(value.base64);
      return new DataView(Uint8Array.from(text, (letter) => letter.charCodeAt(0)).buffer);
    }
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [name, decode(part)]));
  };

  const loading = {};
  const load = (address) => loading[address] ||= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", done);
    script.addEventListener("error", failed);
    document.head.append(script);
  });

  const begin = async (place) => {
    const values = JSON.parse(place.querySelector("script").textContent);
    await load(place.dataset.code);
    place.replaceChildren();
    place.model = new PlainModel(decode(values));
    window.courseDemos.code[place.dataset.demo].render({ model: place.model, el: place });
  };

  const start = (place) => place.started ||= begin(place); // at most once

  window.courseDemos = { PlainModel, decode, start, code: {} };

  document.addEventListener("DOMContentLoaded", () => {
    const nearby = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        nearby.unobserve(target);
        start(target);
      }
    }, { rootMargin: "600px" });
    for (const place of document.querySelectorAll(".course-demo")) nearby.observe(place);
  });
})();
