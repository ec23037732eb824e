function today() {
  const now = new Date(); // the reader's own day, not the one in Greenwich
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

// The red-flag checklist. It highlights: every sign and every card stands on the page already, and a tick
// only brings the right card forward and builds a list to copy or print. Nothing is sent, kept or put in the address.
class RedFlagChecklist extends HTMLElement {
  // The most urgent level among the ticks; the last, self-care, only if every part was answered "none" on purpose; else -1.
  // `levels` holds a bit mask of its signs for each level but the last, most urgent first; `unsure` has one bit a level.
  static outcome(levels, ticks, unsure, noneEverywhere) {
    for (let level = 0; level < levels.length; level++) {
      if (ticks & levels[level] || unsure & (1 << level)) return level;
    }
    return noneEverywhere ? levels.length : -1;
  }

  connectedCallback() {
    this.form = this.closest("form");
    this.words = JSON.parse(this.dataset.words);
    this.urgency = JSON.parse(this.dataset.urgency);
    this.fieldsets = [...this.form.querySelectorAll(".signs")];
    this.signs = [...this.form.querySelectorAll("input[name=sign]")];
    this.cards = [...this.form.querySelectorAll(".checklist__cards .care-card")]; // most urgent first
    this.names = this.cards.map((card) => card.closest("details").querySelector("h2").id); // the care levels
    this.levels = this.names.slice(0, -1).map((care) =>
      this.signs.reduce((mask, sign, bit) => (sign.closest("fieldset").dataset.care === care ? mask | (1 << bit) : mask), 0));
    this.build();
    this.form.classList.add("is-ready"); // only now are there boxes to tick
    for (const card of this.cards) card.closest("details").open = Boolean(card.closest("details").querySelector(":target")); // the result brings its card
    // Both, since a browser that reopens a page brings its ticks back with the one or the other.
    for (const sign of ["change", "input"]) this.form.addEventListener(sign, () => this.update());
    this.form.addEventListener("submit", (event) => event.preventDefault());
    // A browser that brings the page back brings the ticks back, some before this runs and some after.
    this.restored = () => this.update();
    addEventListener("pageshow", this.restored);
    this.restored();
  }

  disconnectedCallback() {
    removeEventListener("pageshow", this.restored);
    document.documentElement.classList.remove("has-result");
  }

  build() {
    const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });
    const button = (text, action) => {
      const made = Object.assign(make("button", "button button--quiet", text), { type: "button" });
      made.addEventListener("click", action);
      return made;
    };
    this.result = make("div", "result");
    this.result.setAttribute("role", "status");
    this.whole = make("div", "result__card"); // beside the region that is read out, which says what to do and no more
    this.append(this.result, this.whole);
    new ResizeObserver(() => document.documentElement.style.setProperty("--result-height", `${this.result.offsetHeight}px`)).observe(this.result);
    this.text = Object.assign(make("pre", "summary"), { tabIndex: 0 });
    this.text.setAttribute("role", "region");
    this.text.setAttribute("aria-label", this.words.summary);
    this.said = make("p", "summary-said");
    this.said.setAttribute("role", "status");
    const actions = make("div", "ways-on");
    actions.append(button(this.words.copy, () => this.copy()));
    if (navigator.share) actions.append(button(this.words.share, () => navigator.share({ text: this.text.textContent }).catch(() => {})));
    actions.append(button(this.words.print, () => this.print()), button(this.words.clear, () => this.clear()));
    this.form.querySelector(".for-the-doctor").append(this.text, actions, this.said);
  }

  // A sign, or "not sure", takes "none of these" back and shuts it out: no tap can undo a danger sign but a tap on that sign.
  settle(fieldset) {
    const none = fieldset.querySelector("input[name=none]");
    none.disabled = Boolean(fieldset.querySelector("input:checked:not([name=none])"));
    if (none.disabled) none.checked = false;
  }

  answer(fieldset, name) {
    return fieldset.querySelector(`input[name=${name}]`).checked;
  }

  levelOf(fieldset) {
    return this.names.indexOf(fieldset.dataset.care);
  }

  update() {
    this.fieldsets.forEach((fieldset) => this.settle(fieldset));
    const ticks = this.signs.reduce((mask, sign, bit) => (sign.checked ? mask | (1 << bit) : mask), 0);
    const unsure = this.fieldsets.reduce((mask, fieldset) => (this.answer(fieldset, "unsure") ? mask | (1 << this.levelOf(fieldset)) : mask), 0);
    this.level = RedFlagChecklist.outcome(this.levels, ticks, unsure, this.fieldsets.every((fieldset) => this.answer(fieldset, "none")));
    const ticked = this.signs.filter((sign) => sign.checked && this.levelOf(sign.closest("fieldset")) === this.level);
    const open = this.unanswered();
    this.cards.forEach((card, level) => card.classList.toggle("is-forward", level === this.level));
    const key = JSON.stringify([this.level, ticked.map((sign) => sign.value), open.map((fieldset) => fieldset.id)]);
    if (key !== this.key) {
      this.key = key;
      this.show(this.cards[this.level], ticked, open);
    }
    this.summarise();
  }

  // The parts without an answer that could still be more urgent, once anything is answered: no level is taken for the last word.
  unanswered() {
    const silent = this.fieldsets.filter((fieldset) => !fieldset.querySelector("input:checked"));
    return silent.length === this.fieldsets.length ? [] : silent.filter((fieldset) => this.level < 0 || this.levelOf(fieldset) < this.level);
  }

  nameOf(fieldset) {
    return this.words.alone[fieldset.id.replace("signs-", "")] ?? this.urgency[fieldset.dataset.care];
  }

  // The result comes to the reader: its heading, for an emergency the calls, what to do for the very sign she ticked; on a desk the whole card; and what is still open.
  show(card, ticked, open) {
    this.result.replaceChildren();
    this.whole.replaceChildren();
    this.result.className = "result";
    document.documentElement.classList.toggle("has-result", Boolean(card || open.length));
    if (card) this.forward(card, ticked);
    if (open.length) {
      const line = Object.assign(document.createElement("p"), { className: "result__open", textContent: `${this.words.open} ` });
      for (const fieldset of open) line.append(Object.assign(document.createElement("a"), { href: `#${fieldset.id}`, textContent: this.nameOf(fieldset) }), " ");
      this.result.append(line);
    }
  }

  forward(card, ticked) {
    const care = this.names[this.level];
    this.result.classList.add(`care-card--${care}`);
    const line = document.createElement("p");
    line.append(Object.assign(document.createElement("strong"), { className: "result__heading", textContent: document.getElementById(care).lastChild.textContent.trim() }));
    if (!ticked.length && this.level < this.levels.length) line.append(` ${this.words.if_unsure}`);
    const calls = card.querySelector(".call-buttons")?.cloneNode(true) ?? "";
    const todo = Object.assign(document.createElement("ul"), { className: "result__do" });
    const lists = (ticked.length ? ticked.map((sign) => sign.closest(".red-flag")) : [card]).map((part) => [...part.querySelectorAll(":is(.red-flag__action, .care-card__action) li")].map((action) => action.textContent));
    const said = new Set(lists.flatMap((list) => list.map((text, place) => ({ text, place }))).sort((one, other) => one.place - other.place).map(({ text }) => text)); // what comes first for any of them comes first
    said.delete(`${line.firstChild.textContent}.`); // the heading says it
    todo.append(...[...said].map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    const way = Object.assign(document.createElement("a"), { className: "result__way", href: `#${care}`, textContent: this.words.what_to_do });
    this.result.append(line, calls, todo, way);
    this.whole.append(card.cloneNode(true));
    this.whole.firstChild.classList.remove("is-forward"); // it stands alone here
  }

  // Plain text: each ticked question word for word, what was answered and what was not. Silence is never a "no".
  summarise() {
    const words = this.words, lines = [`${this.dataset.guide}: ${words.summary}`, words.not_a_diagnosis, `${words.date}: ${today()}`,
      `${words.version}: ${document.querySelector("meta[name=version]").content}`, ""];
    lines.push(`${words.advice}: ${this.level < 0 ? words.no_advice : document.getElementById(this.names[this.level]).lastChild.textContent.trim()}`, "");
    for (const fieldset of this.fieldsets) {
      const group = this.nameOf(fieldset);
      const ticked = this.signs.filter((sign) => sign.checked && fieldset.contains(sign));
      const chosen = (name) => this.answer(fieldset, name);
      for (const sign of ticked) lines.push(`[x] ${group}: ${sign.closest("label").textContent.trim()}. ${document.getElementById(sign.getAttribute("aria-describedby")).textContent}`);
      if (chosen("unsure")) lines.push(`[?] ${group}: ${words.unsure}`);
      if (chosen("none")) lines.push(`[ ] ${group}: ${fieldset.querySelector("input[name=none]").closest("label").textContent.trim()}`);
      if (!ticked.length && !chosen("unsure") && !chosen("none")) lines.push(`[-] ${group}: ${words.not_answered}`);
      else if (ticked.length && ticked.length < fieldset.querySelectorAll("input[name=sign]").length) lines.push(`    ${words.others_not_ticked}`);
    }
    const fields = [...this.form.querySelectorAll(".field input")].filter((field) => field.value.trim());
    if (fields.length) lines.push("");
    for (const field of fields) lines.push(`${field.closest("label").textContent.trim()}: ${field.value.trim()}`);
    this.text.textContent = lines.join("\n");
    this.said.textContent = ""; // what was said of an older text
    this.text.classList.toggle("summary--long", lines.length > 24); // set smaller on paper, to stay one page
    this.text.classList.toggle("summary--longest", lines.length > 40);
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.text.textContent);
      this.said.textContent = this.words.copied;
    } catch {
      getSelection().selectAllChildren(this.text);
      this.said.textContent = this.words.copy_by_hand;
    }
  }

  print() {
    document.documentElement.classList.add("print-summary");
    addEventListener("afterprint", () => document.documentElement.classList.remove("print-summary"), { once: true });
    window.print();
  }

  clear() {
    this.form.reset();
    this.update();
    this.said.textContent = this.words.cleared;
  }
}
if (!customElements.get("red-flag-checklist")) customElements.define("red-flag-checklist", RedFlagChecklist);
