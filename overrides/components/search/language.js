// What a reader may mean, in words that the index knows. Fetched with the index, when the search is opened.
const HELP = "get-help/";

// Count the letters to add, leave out, exchange or swap between two words; more than `most` is all one.
function edits(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before, last = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      row[j] = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (one[i - 1] !== other[j - 1]));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[other.length];
}

// What a query can be made of: every word of the index, and the names and words by which its pages and danger signs are known.
export class Language {
  constructor({ config, docs }) {
    this.separator = new RegExp(config.separator);
    this.skips = new Set(config.skips);
    this.endings = [...config.endings].sort((one, other) => other.length - one.length);
    this.same = new Map(config.same.flatMap((group) => group.map((word) => [word.replace(/'/g, ""), group[0]])));
    this.known = new Set(docs.flatMap(({ title, text, tags = [] }) => this.split([title, text, ...tags].join(" "))));
    this.forms = new Map();  // what words come down to → those words
    for (const word of this.known) this.forms.set(this.root(word), [...(this.forms.get(this.root(word)) || []), word]);
    this.subject = new Set(this.roots(config.subject));
    this.dangers = docs.filter(({ location, tags }) => tags && location.startsWith(HELP)).flatMap(({ location, care, tags }) => (
      tags.map((tag) => ({ location, care, roots: this.roots(tag) }))));
    this.names = docs.filter(({ location }) => !location.includes("#")).flatMap(({ location, title, tags = [] }) => (
      [title, ...tags].map((name) => ({ page: location, roots: this.roots(name) }))));
  }

  split(text) {
    const plain = text.toLowerCase().replace(/[‘’]/g, "'").replace(/<[^>]*>|&\w+;|[*^~+]/g, " ");
    return plain.split(this.separator).map((word) => word.replace(/^'+|'+$/g, "")).filter(Boolean);
  }

  // The words that tell something, or all if none does.
  telling(text) {
    const words = this.split(text);
    const telling = words.filter((word) => word.length > 1 && !this.skips.has(word.replace(/'/g, "")));
    return telling.length ? telling : words;
  }

  // A word without its ending: "slurring" and "slurred" both come down to "slur".
  root(word) {
    const plain = word.replace(/'s$|'/g, "");
    const ending = this.endings.find((one) => plain.endsWith(one) && plain.length - one.length > (one.length > 2 ? 3 : 2)) || "";
    return plain.slice(0, plain.length - ending.length).replace(/(.)\1$/, "$1").replace(/[ei]$/, "");
  }

  meaning(word) {
    return this.same.get(word.replace(/'/g, "")) || this.root(word);
  }

  roots(text) {
    return this.telling(text).map((word) => this.meaning(word));
  }

  // What a reader may mean by a word: itself and its forms, each with its weight; words that it begins; or else the nearest words.
  meant(word, unfinished) {
    const weights = new Map((this.forms.get(this.root(word)) || []).map((form) => [form, 60]));
    if (this.known.has(word)) weights.set(word, 90);
    const begun = unfinished || word.length > 3 ? [...this.known].filter((one) => one.startsWith(word)) : [];
    for (let most = 1; !weights.size && !begun.length && most <= (word.length > 5 ? 2 : word.length > 3); most += 1) {
      for (const one of this.known) if (one.length > 3 && edits(word, one, most) <= most) weights.set(one, 30);
    }
    return { word, weights, begun, roots: new Set([word, ...(weights.size ? weights.keys() : word.length > 2 ? begun : [])].map((one) => this.meaning(one))) };
  }

  // A query in the theme's own terms, the pages it names, the danger signs it holds, and whether one of these is an emergency.
  put(query) {
    const asked = this.telling(query).map((word, place, words) => this.meant(word, place === words.length - 1));
    const telling = asked.filter(({ roots }) => ![...roots].some((root) => this.subject.has(root)));
    const all = new Set(asked.flatMap(({ roots }) => [...roots]));
    const holds = (roots) => roots.length && roots.every((root) => all.has(root));
    const named = this.names.filter(({ roots }) => holds(roots) && telling.every((word) => roots.some((root) => word.roots.has(root))));
    const dangers = this.dangers.filter(({ roots }) => holds(roots));
    return {
      dangers: new Set(dangers.map(({ location }) => location)),
      emergency: dangers.some(({ care }) => care === "emergency"),
      pages: new Set(named.map(({ page }) => page)),
      terms: asked.flatMap((word) => this.terms(word, telling.length && !telling.includes(word) ? 10 : 1)).join(" "),
    };
  }

  // Every page is about the subject: beside other words, a word for it is `divided`. A term without a weight finds all that it begins.
  terms({ word, weights, begun }, divided) {
    const terms = [...weights].map(([one, weight]) => `${one}^${weight / divided}`);
    if (!begun.length || divided > 1) return terms;
    return [...terms, ...(word.length > 2 ? [word] : [`title:${word}`, `tags:${word}`])];
  }
}

// Put first what the query names: Get help for a danger sign, before any other page, and there the sign itself.
export function arrange(items, { dangers, pages }) {
  const named = ([{ location }]) => { const [page] = location.split("#"); return dangers.size ? page === HELP : pages.has(page); };
  const first = items.filter(named);
  const best = Math.max(0, ...items.flat().map(({ score }) => score));
  for (const place of first.flat()) place.score += dangers.has(place.location) ? 2 * best : best;  // the Enter key goes by the score
  for (const places of first) places.sort((one, other) => other.score - one.score);
  return [...first, ...items.filter((item) => !first.includes(item))];
}
