// The theme opens its search by a label, which no keyboard reaches; this gives it buttons, and hands the focus back.
const toggle = document.querySelector("[data-md-toggle=search]");
const query = document.querySelector("[data-md-component=search-query]");
for (const button of document.querySelectorAll(".search-open")) {
  button.hidden = false;
  button.addEventListener("click", () => { if (!toggle.checked) toggle.click(); query.focus(); });
}
document.querySelector(".search-close").addEventListener("click", () => { if (toggle.checked) toggle.click(); });
let open = false;
toggle.addEventListener("change", () => {
  if (open && !toggle.checked) document.querySelector(".search-open").focus();
  open = toggle.checked;
});
