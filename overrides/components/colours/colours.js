// The device's colours hold until the reader chooses; the choice is all that is kept.
const root = document.documentElement;
const device = matchMedia("(prefers-color-scheme: dark)");
const dark = () => (root.dataset.colours ? root.dataset.colours === "dark" : device.matches);

// A page brought back, or open in another tab, follows the choice made since.
const follow = () => {
  try {
    const chosen = localStorage.getItem(root.dataset.coloursKey);
    if (/^(dark|light)$/.test(chosen)) root.dataset.colours = chosen;
  } catch { /* a browser that refuses storage shows what the device says */ }
};
addEventListener("pageshow", follow);
addEventListener("storage", follow);

for (const button of document.querySelectorAll(".colours__button")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.colours = dark() ? "light" : "dark";
    try { localStorage.setItem(root.dataset.coloursKey, root.dataset.colours); } catch { /* the choice holds for this page */ }
  });
}
