// Functions for browser/checklist.py; they run inside the page.

const list = document.querySelector("red-flag-checklist");
const form = list.closest("form");
const { outcome } = customElements.get("red-flag-checklist");
const box = (name, value) => form.querySelector(`input[name="${name}"][value="${value}"]`);
const tidy = (text) => text.replace(/\s+/g, " ").trim();
const care = (element) => [...element.classList].map((name) => name.match(/^care-card--(.*)/)?.[1]).find(Boolean);
const checked = (name) => [...form.querySelectorAll(`input[name=${name}]:checked`)].map((input) => input.value);
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// Every sign by its id, with the part and the level that the page gives it in each of its places.
function signs() {
  return [...form.querySelectorAll("input[name=sign]")].map((input, bit) => ({
    id: input.value,
    part: input.closest("fieldset").id,
    fieldset: input.closest("fieldset").dataset.care,
    border: care(input.closest("fieldset")),
    sign: care(input.closest(".red-flag")),
    level: list.names[list.levels.findIndex((mask) => mask & (1 << bit))],
    levels: list.levels.filter((mask) => mask & (1 << bit)).length,
    statement: tidy(input.closest("label").textContent),
    hint: tidy(document.getElementById(input.getAttribute("aria-describedby")).textContent),
  }));
}

// The shipped function on every subset, a byte each, in pieces; every added tick looked at.
// A piece holds the subsets that have the higher signs in common. Pieces that are the same are kept, hashed and looked at once.
async function everySubset(number) {
  const { levels } = list, size = Math.min(number, 20), table = new Uint8Array(2 ** Math.max(size, 2)), length = 2 ** size, words = new Uint32Array(table.buffer), known = [], pieces = [];
  for (let piece = 0; piece < 2 ** (number - size); piece++) {
    const first = piece << size;
    for (let low = 0; low < length; low++) table[low] = outcome(levels, first + low, 0, false) + 1;
    let same = known.find(({ copy }) => { for (let at = 0; at < words.length; at++) if (words[at] !== copy[at]) return false; return true; });
    if (!same) known.push(same = { copy: words.slice(), table: table.slice(0, length), hash: hex(await crypto.subtle.digest("SHA-256", table.subarray(0, length))) });
    pieces.push(same.hash);
  }
  const tables = new Map(known.map(({ hash, table }) => [hash, table]));
  const lower = (before, after) => !after || before && after > before ? 1 : 0;
  const within = new Map();
  for (const [hash, table] of tables) {
    let count = 0;
    for (let bit = 1; bit < table.length; bit <<= 1) for (let ticks = 0; ticks < table.length; ticks++) if (!(ticks & bit)) count += lower(table[ticks], table[ticks | bit]);
    within.set(hash, count);
  }
  const across = new Map();
  let added = 0, lowered = 0;
  pieces.forEach((hash, piece) => {
    added += size * 2 ** (size - 1);
    lowered += within.get(hash);
    for (let bit = 1; bit < pieces.length; bit <<= 1) {
      if (piece & bit) continue;
      const pair = `${hash} ${pieces[piece | bit]}`, before = tables.get(hash), after = tables.get(pieces[piece | bit]);
      if (!across.has(pair)) across.set(pair, before.reduce((count, level, ticks) => count + lower(level, after[ticks]), 0));
      added += table.length;
      lowered += across.get(pair);
    }
  });
  return { pieces, added, lowered };
}

// The shipped function on lists of [ticks, not sure, none everywhere], asked and answered as one text, since there are many.
const outcomes = (asked) => JSON.stringify(JSON.parse(asked).map(([ticks, unsure, none]) => outcome(list.levels, ticks, unsure, none)));

// What the reader meets now.
function seen() {
  const result = form.querySelector(".result[role=status]");
  const open = result.querySelector(".result__open");
  return {
    forward: [...form.querySelectorAll(".checklist__cards .is-forward")].map(care),
    heading: tidy(result.querySelector(".result__heading")?.textContent ?? ""),
    todo: [...result.querySelectorAll(".result__do li")].map((line) => tidy(line.textContent)),
    calls: [...result.querySelectorAll(":scope > .call-buttons a")].map((link) => link.getAttribute("href")),
    links: [...result.querySelectorAll("a:not(.call-button)")].filter((link) => !open?.contains(link)).map((link) => link.getAttribute("href")),
    open: open && tidy(open.textContent),
    parts: open ? [...open.querySelectorAll("a")].map((link) => [link.getAttribute("href"), tidy(link.textContent)]) : [],
    copy: [...form.querySelectorAll(".result__card .care-card")].map((card) => [care(card), tidy(card.textContent) === tidy(form.querySelector(`.checklist__cards .care-card--${care(card)}`).textContent)]),
    said: tidy(result.textContent),
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

// The same, where not the clicks are tried but what follows from them: all answers at once, as a browser brings them back.
function set(plays, clear) {
  return plays.map((answers) => {
    press(clear);
    for (const [name, value] of answers) box(name, value).checked = true;
    form.dispatchEvent(new Event("change"));
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
