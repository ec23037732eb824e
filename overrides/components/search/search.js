// The theme's search as people need it: woken by the reader, forgiving, and never without a way on.
// It stands between the theme's dialog and the theme's worker and changes neither.
const SETUP = 0, QUERY = 2, RESULT = 3;  // the messages of the theme's worker
const toggle = document.querySelector("[data-md-toggle=search]");
const box = document.querySelector("[data-md-component=search-query]");
const results = document.querySelector("[data-md-component=search-result]");
const nothing = results.querySelector("template").content.firstElementChild;

// Sleeps until the search is opened; only then are the theme's worker and the index fetched.
const Waking = window.Worker;
class Worker extends EventTarget {
  constructor(address) {
    super();
    this.address = address;
    this.asked = [];
    const wake = () => { if (toggle.checked && !this.awake) this.awake = this.wake().catch(() => this.giveUp()); };
    toggle.addEventListener("change", wake);
    wake();
  }

  async wake() {
    const { base } = JSON.parse(document.getElementById("__config").textContent);
    this.worker = new Waking(this.address);
    this.worker.addEventListener("message", ({ data }) => this.hear(data));
    this.worker.addEventListener("error", () => this.giveUp());
    const address = new URL("search/search_index.json", new URL(base, location));
    const [{ Language, arrange }, index] = await Promise.all([import("./language.js"), fetch(address).then((answer) => answer.json())]);
    this.language = new Language(index);
    this.arrange = arrange;
    this.worker.postMessage({ type: SETUP, data: { ...index, options: { suggest: false } } });
  }

  // Without the index or the worker there is still a way on.
  giveUp() {
    show([]);
    box.addEventListener("keyup", () => show([]));
  }

  postMessage({ type, data }) {
    if (type !== QUERY) return;
    this.asked.push(this.language.put(data));
    results.setAttribute("aria-busy", "true");
    this.worker.postMessage({ type, data: this.asked.at(-1).terms });
  }

  hear({ type, data }) {
    const query = type === RESULT ? this.asked.shift() : null;
    if (query) data.items = this.arrange(data.items, query);
    this.dispatchEvent(new MessageEvent("message", { data: { type, data } }));
    if (query) show(data.items, query.emergency);
    results.setAttribute("aria-busy", String(this.asked.length > 0));
  }
}
window.Worker = Worker;

// The page's own emergency line, which the dialog covers: above the hits for an emergency sign, and where there is no hit.
const line = document.querySelector(".danger-line, .call-box");
const calls = line && Object.assign(document.createElement("div"), { className: "search-calls md-typeset" });
calls?.append(line.cloneNode(true));

// Without a hit: the emergency line, Get help, and every page, which the menu knows.
function show(items, emergency) {
  nothing.remove();
  calls?.remove();
  if (calls && emergency && items.length) results.before(calls);  // not among the hits, of which the Enter key takes one
  if (items.length || !box.value.trim()) return;
  results.lastElementChild.before(nothing);
  if (calls) nothing.prepend(calls);
  if (nothing.querySelector("li")) return;
  for (const link of document.querySelectorAll(".menu__panel a")) {
    const item = nothing.querySelector("ul").appendChild(document.createElement("li"));
    item.append(link.cloneNode(true));
  }
}

// The theme opens its search by a label, which no keyboard reaches; this gives it buttons, and hands the focus back.
const open = () => { if (!toggle.checked) toggle.click(); box.focus(); };
for (const button of document.querySelectorAll(".search-open")) {
  button.hidden = false;
  button.addEventListener("click", open);
}
document.querySelector(".search-close").addEventListener("click", () => { if (toggle.checked) toggle.click(); });
let opened = false;
toggle.addEventListener("change", () => {
  if (opened && !toggle.checked) document.querySelector(".search-open").focus();
  opened = toggle.checked;
});
// The theme listens to keys only; words also come by voice and by paste.
box.addEventListener("input", () => box.dispatchEvent(new KeyboardEvent("keyup")));
box.form.addEventListener("submit", (event) => event.preventDefault());
// The theme shuts its search at the Tab key and takes its hits out of the order of that key; here it goes round in the dialog.
const dialog = document.querySelector("[data-md-component=search]");
dialog.addEventListener("keydown", (event) => {
  if (event.key !== "Tab") return;
  event.stopPropagation();
  for (const hit of results.querySelectorAll("[tabindex='-1']")) hit.removeAttribute("tabindex");
  const stops = [...dialog.querySelectorAll("input, button, summary, a[href], [tabindex='0']")].filter((one) => one.getClientRects().length);
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (document.activeElement !== from) return;
  event.preventDefault();
  to.focus();
});
// The theme goes to the best hit, and stumbles where there is none.
box.addEventListener("keydown", (event) => { if (event.key === "Enter" && nothing.isConnected) event.stopPropagation(); });

// A search box within a page asks in the dialog; without a script it leads to the list of all pages.
for (const form of document.querySelectorAll(".search-box")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    box.value = form.elements.q.value;
    document.querySelector(".search-open").click();
    box.dispatchEvent(new KeyboardEvent("keyup"));
  });
}
