// The theme's script drives the search and nothing else here: it comes when the reader turns to the search, or by a link that asks something.
const waiting = document.querySelector("#theme-script").content;
const toggle = document.querySelector("[data-md-toggle=search]");
waiting.querySelector("script").addEventListener("load", () => {
  // As it starts it closes the search once, as after a change of page; what the reader has opened meanwhile stays open.
  const stay = (event) => {
    if (toggle.checked) return;
    event.preventDefault();
    toggle.removeEventListener("click", stay);
  };
  toggle.addEventListener("click", stay);
  setTimeout(() => toggle.removeEventListener("click", stay), 200);
  // What was typed meanwhile is asked now.
  setTimeout(() => document.querySelector("[data-md-component=search-query]").dispatchEvent(new KeyboardEvent("keyup")), 0);
});
const wake = () => document.body.append(waiting);  // nothing is left to append the next time
for (const button of document.querySelectorAll(".search-open")) {
  for (const sign of ["pointerenter", "focus", "click"]) button.addEventListener(sign, wake);
}
if (new URLSearchParams(location.search).has("q")) wake();
// It knows Escape; until it is there, so does this.
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && toggle.checked) toggle.click(); });
