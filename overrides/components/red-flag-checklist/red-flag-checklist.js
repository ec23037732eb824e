function today() {
  const now = new Date(); // the reader's own day, not the one in Greenwich
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

// The red-flag checklist. It highlights: every sign and every card stands on the page already, and a tick
// only brings the right card forward and builds a list to copy or print. Nothing is sent, kept or put in the address.
class RedFlagChecklist extends HTMLElement {
  // The most urgent level among the ticks; the last, self-care, only if every group was answered "none" on purpose; else -1.
  // `groups` holds a bit mask of its signs for each level, most urgent first; `unsure` and `none` have one bit a group.
  static outcome(groups, ticks, unsure, none) {
    for (let level = 0; level < groups.length; level++) {
      if (ticks & groups[level] || unsure & (1 << level)) return level;
    }
    return none === (1 << groups.length) - 1 ? groups.length : -1;
  }

  connectedCallback() {
    this.form = this.closest("form");
    this.words = JSON.parse(this.dataset.words);
    this.urgency = JSON.parse(this.dataset.urgency);
    this.fieldsets = [...this.form.querySelectorAll(".signs")];
    this.signs = [...this.form.querySelectorAll("input[name=sign]")];
    this.groups = this.fieldsets.map((fieldset) =>
      this.signs.reduce((mask, sign, bit) => (fieldset.contains(sign) ? mask | (1 << bit) : mask), 0));
    this.cards = [...this.fieldsets.map((fieldset) => fieldset.dataset.care), "self-care"].map((care) => this.form.querySelector(`.care-card--${care}`));
    this.build();
    this.form.classList.add("is-ready"); // only now are there boxes to tick
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
    this.append(this.result);
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

  bits(name) {
    return this.fieldsets.reduce((mask, fieldset, bit) => (fieldset.querySelector(`input[name=${name}]`).checked ? mask | (1 << bit) : mask), 0);
  }

  update() {
    this.fieldsets.forEach((fieldset) => this.settle(fieldset));
    const ticks = this.signs.reduce((mask, sign, bit) => (sign.checked ? mask | (1 << bit) : mask), 0);
    const unsure = this.bits("unsure");
    this.level = RedFlagChecklist.outcome(this.groups, ticks, unsure, this.bits("none"));
    const onlyUnsure = this.level >= 0 && this.level < this.groups.length && !(ticks & this.groups[this.level]);
    this.cards.forEach((card, level) => card.classList.toggle("is-forward", level === this.level));
    const open = this.unanswered();
    const key = `${this.level}${onlyUnsure}${open}`;
    if (key !== this.key) {
      this.key = key;
      this.show(this.cards[this.level], onlyUnsure, open);
    }
    this.summarise();
  }

  // The parts without an answer that could still be more urgent, once anything is answered: no level is taken for the last word.
  unanswered() {
    const silent = this.fieldsets.filter((fieldset) => !fieldset.querySelector("input:checked"));
    if (silent.length === this.fieldsets.length) return "";
    return silent.filter((fieldset) => this.level < 0 || this.fieldsets.indexOf(fieldset) < this.level)
      .map((fieldset) => this.urgency[fieldset.dataset.care]).join(", ");
  }

  // The card comes to the reader: its heading, its first line, and for an emergency the calls themselves; and what is still open.
  show(card, onlyUnsure, open) {
    this.result.replaceChildren();
    this.result.className = "result";
    document.documentElement.classList.toggle("has-result", Boolean(card || open));
    if (card) this.forward(card, onlyUnsure);
    if (open) this.result.append(Object.assign(document.createElement("p"), { className: "result__open", textContent: this.words.open.replace("{parts}", open) }));
    document.documentElement.style.setProperty("--result-height", `${this.result.offsetHeight}px`);
  }

  forward(card, onlyUnsure) {
    this.result.classList.add(...[...card.classList].filter((name) => name.startsWith("care-card--")));
    const heading = card.querySelector("h2");
    const line = document.createElement("p");
    line.append(Object.assign(document.createElement("strong"), { className: "result__heading", textContent: heading.textContent }));
    if (onlyUnsure) line.append(` ${this.words.if_unsure}`);
    this.result.append(line);
    const calls = card.querySelector(".call-buttons");
    if (calls) this.result.append(calls.cloneNode(true));
    else this.result.append(Object.assign(document.createElement("a"), { href: `#${heading.id}`, textContent: this.words.what_to_do }));
  }

  // Plain text: each ticked question word for word, what was answered and what was not. Silence is never a "no".
  summarise() {
    const words = this.words, lines = [`${this.dataset.guide}: ${words.summary}`, words.not_a_diagnosis, `${words.date}: ${today()}`,
      `${words.version}: ${document.querySelector("meta[name=version]").content}`, ""];
    lines.push(`${words.advice}: ${this.level < 0 ? words.no_advice : this.cards[this.level].querySelector("h2").textContent.trim()}`, "");
    for (const fieldset of this.fieldsets) {
      const group = this.urgency[fieldset.dataset.care];
      const ticked = this.signs.filter((sign) => sign.checked && fieldset.contains(sign));
      const chosen = (name) => fieldset.querySelector(`input[name=${name}]`).checked;
      for (const sign of ticked) lines.push(`[x] ${group}: ${sign.closest("label").textContent.trim()}`);
      if (chosen("unsure")) lines.push(`[?] ${group}: ${words.unsure}`);
      if (chosen("none")) lines.push(`[ ] ${group}: ${words.none}`);
      if (!ticked.length && !chosen("unsure") && !chosen("none")) lines.push(`[-] ${group}: ${words.not_answered}`);
      else if (ticked.length && ticked.length < fieldset.querySelectorAll("input[name=sign]").length) lines.push(`    ${words.others_not_ticked}`);
    }
    const fields = [...this.form.querySelectorAll(".field input")].filter((field) => field.value.trim());
    if (fields.length) lines.push("");
    for (const field of fields) lines.push(`${field.closest("label").textContent.trim()}: ${field.value.trim()}`);
    this.text.textContent = lines.join("\n");
    this.said.textContent = ""; // what was said of an older text
    this.text.classList.toggle("summary--long", lines.length > 24); // set smaller on paper, to stay one page
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
