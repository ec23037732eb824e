// One button changes between the theme's light and dark colours; the theme remembers the choice on the device.
for (const form of document.querySelectorAll(".colours")) {
  const button = form.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", () => form.querySelector(`input:not([data-md-color-scheme="${document.body.dataset.mdColorScheme}"])`).click());
}
