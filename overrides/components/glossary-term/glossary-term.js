// A note that opens is read out: it takes the focus, and gives it back to its word.
addEventListener("toggle", ({target, newState}) => {
  if (newState === "open" && target.matches(".word-note")) target.focus();
}, true);
