// The search: a dialog of the browser's own. What it needs is fetched when it is opened; whatever fails, there is a way on.
const FIRST = 10, LENGTH = 240, PLACES = 5, PATIENCE = 10_000;  // hits shown at once, letters of a hit's text, places listed below it, milliseconds
const dialog = document.querySelector(".search");
const words = JSON.parse(dialog.dataset.words);
const index = new URL(dialog.dataset.index, document.baseURI), root = new URL("..", index);
const [box, status, help, hits, nothing, every] = ["box", "status", "help", "hits", "nothing", "pages"].map((part) => dialog.querySelector(`.search__${part}`));
let language, loading, later, tries = 0;

const make = (name, className, ...inside) => {
  const element = Object.assign(document.createElement(name), { className });
  element.append(...inside);
  return element;
};
const link = (className, { location, title }) => Object.assign(make("a", className, title), { href: new URL(location, root) });

// A browser may remember that a module did not come, so each new try asks by another name.
const load = async () => {
  const again = tries ? `?${tries}` : "";
  tries += 1;
  const [{ default: MiniSearch }, { Language }, answer] = await Promise.all([import(`./minisearch.js${again}`), import(`./language.js${again}`), fetch(index)]);
  language = await new Language(await answer.json()).read(MiniSearch);
};

const show = ({ says, emergency = false, found = [], vain = false }) => {
  status.textContent = says;
  help.hidden = !emergency && !vain;
  hits.replaceChildren(...found);
  nothing.hidden = !vain;
  if (!vain || every.firstChild) return;
  for (const { href, textContent } of document.querySelectorAll(".menu__panel a")) every.append(make("li", "", link("search__link", { location: href, title: textContent })));
};

// The sentences of a text from the one with most of the words that were found.
const passage = (text, found) => {
  const sentences = text.match(/[^.?!]+[.?!]*\s*/g) ?? [];
  const counts = sentences.map((sentence) => sentence.split(" ").filter(found).length);
  return sentences.slice(counts.indexOf(Math.max(...counts))).join("").slice(0, LENGTH);
};
const marked = (text, found) => text.split(/([\p{L}\p{M}\p{N}'’‘]+)/u).map((part) => (found(part) ? make("mark", "", part) : part));

// One page: its title, its best place in a few words, and its other places folded. A danger sign is led to itself.
const hit = ({ page, title, places: [best, ...others] }, sign, found) => {
  const aside = best.location === page ? [] : [make("strong", "", ...marked(best.title, found)), " "];
  const item = make("li", "search__hit",
    link("search__link", { location: sign ? best.location : page, title }),
    make("p", "search__text", ...aside, ...marked(passage(best.text ?? "", found), found)));
  const rest = [best, ...others].filter(({ location }) => location !== page).slice(0, PLACES);
  if (rest.length) {
    item.append(make("details", "search__more", make("summary", "", words.more),
      make("ul", "", ...rest.map((place) => make("li", "", link("search__place", place))))));
  }
  return item;
};

const answer = () => {
  if (!language) return;  // asked again when it has come
  clearTimeout(later);
  const { pages, sign, emergency, idle, found } = language.find(box.value), count = pages.length;
  if (idle) return show({ says: words.type });
  if (!count) return show({ says: words.none, vain: true });
  const items = (from, to) => pages.slice(from, to).map((page, place) => hit(page, sign && from + place === 0, found));
  show({ says: (count === 1 ? words.one : words.other).replace("{count}", count), emergency, found: items(0, FIRST) });
  later = setTimeout(() => hits.append(...items(FIRST)));  // after what the reader looks at
};

const fail = () => {
  if (language) return;  // an earlier try, and a later one has come
  loading = null;
  show({ says: words.failed, vain: true });
};
const open = async () => {
  dialog.showModal();
  box.select();
  if (language || loading) return;
  show({ says: words.getting_ready });
  const late = setTimeout(fail, PATIENCE);  // it may still come, and is welcome then
  loading = load();
  await loading.then(answer, fail);
  clearTimeout(late);
};

for (const button of document.querySelectorAll(".search-open")) {
  button.hidden = false;
  button.addEventListener("click", open);
}
box.addEventListener("input", answer);
box.form.addEventListener("reset", () => { setTimeout(answer); box.focus(); });
box.form.addEventListener("submit", (event) => {
  event.preventDefault();
  hits.querySelector("a")?.click();
});
dialog.querySelector(".search__close").addEventListener("click", () => dialog.close());
// The backdrop is the dialog itself; a hit may lead to a place on this very page, which the dialog must not cover.
dialog.addEventListener("click", ({ target }) => {
  if (target === dialog || target.closest("a")?.pathname === location.pathname) dialog.close();
});
dialog.addEventListener("keydown", (event) => {
  const stops = [box, ...dialog.querySelectorAll(".search__link")].filter((stop) => stop.offsetParent);
  const place = stops.indexOf(document.activeElement), step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (place < 0 || !step) return;
  event.preventDefault();
  stops.at(Math.max(0, Math.min(place + step, stops.length - 1))).focus();
});

// A search box within a page asks in the dialog.
for (const form of document.querySelectorAll(".search-box")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    box.value = form.querySelector("input").value;
    open();
    answer();
  });
}
