// The device's colours hold until the reader chooses; the choice is all that is kept, in the words of the theme, whose own line in the page reads it.
const device = matchMedia("(prefers-color-scheme: dark)");
const { body } = document;
const follow = () => { if (!body.dataset.mdColorMedia) body.dataset.mdColorScheme = device.matches ? "slate" : "default"; };
follow();
device.addEventListener("change", follow);
for (const button of document.querySelectorAll(".colours__button")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = body.dataset.mdColorScheme !== "slate";
    const color = { media: `(prefers-color-scheme: ${dark ? "dark" : "light"})`, scheme: dark ? "slate" : "default" };
    body.dataset.mdColorMedia = color.media;
    body.dataset.mdColorScheme = color.scheme;
    __md_set("__palette", { index: Number(dark), color });
  });
}
