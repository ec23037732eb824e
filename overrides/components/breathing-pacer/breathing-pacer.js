// A circle that breathes with the reader: started and paused by them, counted in words,
// still when the device asks for reduced motion (the count goes on), and done after some minutes.
for (const pacer of document.querySelectorAll(".breathing-pacer")) {
  const { in: breatheIn, out: breatheOut, minutes, ...words } = pacer.dataset;
  const inhale = Number(breatheIn), exhale = Number(breatheOut), whole = Number(minutes) * 60;
  const circle = pacer.querySelector(".breathing-pacer__circle"), count = circle.firstElementChild, button = pacer.querySelector("button");
  count.setAttribute("role", "status"); // the turn of breath is spoken, not each second

  let started = 0, before = 0, frame = 0, turn = "";

  function show(seconds) {
    const within = seconds % (inhale + exhale), inward = within < inhale;
    const share = inward ? within / inhale : 1 - (within - inhale) / exhale;
    circle.style.setProperty("--breath", (0.45 + 0.55 * (0.5 - Math.cos(share * Math.PI) / 2)).toFixed(3));
    const word = inward ? words.breatheIn : words.breatheOut;
    if (word !== turn) {
      turn = word;
      count.replaceChildren(word, Object.assign(document.createElement("b"), { ariaHidden: "true" }));
    }
    count.lastChild.textContent = Math.floor(inward ? within : within - inhale) + 1;
  }

  function tick(now) {
    const seconds = before + (now - started) / 1000;
    if (seconds >= whole) return stop(words.done, 0);
    show(seconds);
    frame = requestAnimationFrame(tick);
  }

  function stop(label, keep) {
    cancelAnimationFrame(frame);
    frame = 0;
    before = keep;
    button.textContent = keep ? words.goOn : words.start;
    if (!keep) { turn = ""; count.textContent = label; }
  }

  button.addEventListener("click", () => {
    if (frame) return stop(words.pause, before + (performance.now() - started) / 1000);
    started = performance.now();
    button.textContent = words.pause;
    frame = requestAnimationFrame(tick);
  });
}
