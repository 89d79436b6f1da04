const CALM_PER_SECOND = 2; // steps a second for those who asked for less motion

// Play, step and back for the slider that is time.
function buildPlayer(timeline, current, change) {
  const { name, low, high, step } = timeline;
  const button = (text, action) => {
    const made = make("button", "explorer-button", { type: "button", textContent: text });
    made.dataset.action = action;
    return made;
  };
  const back = button("Back", "back");
  const play = button("Play", "play");
  const forward = button("Step", "step");
  play.classList.add("explorer-main");
  let timer = 0;
  const move = (by) => change({ [name]: clamp(current()[name] + by * step, low, high) });
  const pause = () => {
    clearInterval(timer);
    timer = 0;
    play.textContent = "Play";
  };
  const start = () => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const rate = calm ? Math.min(CALM_PER_SECOND, timeline.per_second) : timeline.per_second;
    if (current()[name] >= high) change({ [name]: low });
    play.textContent = "Pause";
    timer = setInterval(() => {
      if (!play.isConnected || current()[name] >= high) pause();
      else move(1);
    }, 1000 / rate);
  };
  play.addEventListener("click", () => (timer ? pause() : start()));
  back.addEventListener("click", () => { pause(); move(-1); });
  forward.addEventListener("click", () => { pause(); move(1); });
  const show = (state) => {
    back.disabled = state[name] <= low;
    forward.disabled = state[name] >= high;
  };
  return { buttons: [play, back, forward], pause, show };
}
