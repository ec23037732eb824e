// Functions for browser/checklist.py; they run inside the page.

const list = document.querySelector("red-flag-checklist");
const form = list.closest("form");
const { outcome } = customElements.get("red-flag-checklist");
const box = (name, value) => form.querySelector(`input[name="${name}"][value="${value}"]`);
const tidy = (text) => text.replace(/\s+/g, " ").trim();
const care = (element) => [...element.classList].map((name) => name.match(/^care-card--(.*)/)?.[1]).find(Boolean);
const checked = (name) => [...form.querySelectorAll(`input[name=${name}]:checked`)].map((input) => input.value);
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// Every sign by its id, with the level that the page gives it in each of its places.
function signs() {
  return [...form.querySelectorAll("input[name=sign]")].map((input, bit) => ({
    id: input.value,
    fieldset: input.closest("fieldset").dataset.care,
    sign: care(input.closest(".red-flag")),
    group: form.querySelectorAll("fieldset.signs")[list.groups.findIndex((mask) => mask & (1 << bit))]?.dataset.care,
    groups: list.groups.filter((mask) => mask & (1 << bit)).length,
    question: tidy(input.closest("label").textContent),
  }));
}

// The shipped function on every subset: a byte each, hashed, counted, and every added tick looked at.
async function everySubset(number, none) {
  const start = performance.now();
  const table = new Uint8Array(2 ** number), counts = {};
  for (let ticks = 0; ticks < table.length; ticks++) table[ticks] = outcome(list.groups, ticks, 0, none) + 1;
  const tally = new Array(256).fill(0);
  for (const level of table) tally[level]++;
  tally.forEach((count, level) => { if (count) counts[level] = count; });
  const called = performance.now();
  let added = 0, lowered = 0, example = null;
  for (let bit = 1; bit < table.length; bit <<= 1) {
    for (let ticks = 0; ticks < table.length; ticks++) {
      if (ticks & bit) continue;
      added++;
      const before = table[ticks], after = table[ticks | bit];
      if (before && (after === 0 || after > before) || !after) { lowered++; example ??= [ticks, bit]; }
    }
  }
  return { hash: hex(await crypto.subtle.digest("SHA-256", table)), combinations: table.length, counts, added, lowered, example, seconds: (called - start) / 1000, secondsAdding: (performance.now() - called) / 1000 };
}

// The shipped function on every pattern of levels ticked, not sure and none: a number each, in the order of the three loops.
function everyAnswer() {
  const patterns = 1 << list.groups.length, found = [];
  for (let levels = 0; levels < patterns; levels++) {
    const ticks = list.groups.reduce((all, mask, level) => (levels & (1 << level) ? all | mask : all), 0);
    for (let unsure = 0; unsure < patterns; unsure++) {
      for (let none = 0; none < patterns; none++) found.push(outcome(list.groups, ticks, unsure, none));
    }
  }
  return found;
}

// What the reader meets now.
function seen() {
  const result = form.querySelector(".result[role=status]");
  return {
    forward: [...form.querySelectorAll(".is-forward")].map(care),
    heading: tidy(result.querySelector(".result__heading")?.textContent ?? ""),
    said: tidy(result.textContent),
    links: [...result.querySelectorAll("a")].map((link) => link.getAttribute("href")),
    region: care(result) ?? null,
    sign: checked("sign"), unsure: checked("unsure"), none: checked("none"),
    fields: [...form.querySelectorAll(".field input")].map((input) => input.value).filter(Boolean),
    summary: form.querySelector("pre.summary").textContent,
  };
}

const press = (text) => [...form.querySelectorAll("button")].find((button) => tidy(button.textContent) === text).click();

// Play lists of answers, each a list of [name, value] in the order of the clicks, from a list that was cleared.
function play(plays, clear) {
  return plays.map((answers) => {
    press(clear);
    for (const [name, value] of answers) box(name, value).click();
    return seen();
  });
}

// What stays or leaves: everything a page can write to.
async function kept() {
  return {
    address: location.href, steps: history.length, state: JSON.stringify(history.state), name: window.name, title: document.title,
    local: JSON.stringify(localStorage), session: JSON.stringify(sessionStorage), cookie: document.cookie,
    databases: (await indexedDB.databases()).map(({ name }) => name), caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  };
}
