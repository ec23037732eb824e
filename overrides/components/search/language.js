// What a reader may mean, put to MiniSearch in words that its index knows. Fetched with the index, when the search is opened.
const HELP = "get-help/";
const LONGEST = 200, MOST = 20;  // letters and words of a query: a page of text, pasted by mistake, must not freeze anything

const wordsOf = (text) => text.toLowerCase().replace(/['’‘]/g, "").match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
const pageOf = (location) => location.split("#")[0];
const unique = (some) => [...new Set(some)];

export class Language {
  constructor({ language, subject, docs }) {
    this.skips = new Set(language.skips);
    this.same = new Map(language.same.flatMap((group) => group.map((word) => [word, group[0]])));
    this.endings = language.endings.sort((one, other) => other.length - one.length);
    this.places = new Map(docs.map((doc) => [doc.location, doc]));
    this.kept = new Map();  // word → its forms
    this.known = new Set();  // all forms in the index
    this.subject = new Set(this.roots(subject));
    this.names = docs.flatMap(({ location, title, tags = [], care }) => (
      (location.includes("#") ? tags : [title, ...tags]).map((name) => ({ location, care, roots: this.roots(name) }))));
  }

  // Read the whole index in small steps, between which the reader can type.
  async read(MiniSearch) {
    const learn = (word) => { for (const form of this.forms(word)) this.known.add(form); return this.forms(word); };
    this.index = new MiniSearch({
      idField: "location", fields: ["title", "tags", "text"], tokenize: wordsOf, processTerm: learn,
      searchOptions: { processTerm: (term) => term, boost: { title: 8, tags: 8 } },
    });
    await this.index.addAllAsync([...this.places.values()], { chunkSize: 50 });
    return this;
  }

  // A word and what it comes down to: "slurring" and "slurred" both to "slur". None for a word that tells nothing.
  forms(word) {
    if (!this.kept.has(word)) this.kept.set(word, word.length < 2 || this.skips.has(word) ? [] : unique([word, this.same.get(word) ?? this.root(word)]));
    return this.kept.get(word);
  }

  root(word) {
    const ending = this.endings.find((one) => word.endsWith(one) && word.length - one.length > (one.length > 2 ? 3 : 2)) ?? "";
    return word.slice(0, word.length - ending.length).replace(/(.)\1$/, "$1").replace(/[ei]$/, "");
  }

  roots(text) {
    return wordsOf(text).flatMap((word) => this.forms(word).slice(-1));
  }

  // What a reader may mean by a word, as terms of the index: its forms; or else what it begins; or else what is nearest to it.
  meant(word) {
    let terms = this.forms(word).filter((form) => this.known.has(form));
    for (const way of [{ prefix: true }, { fuzzy: 1 }, { fuzzy: 2 }].slice(0, word.length > 5 ? 3 : word.length > 3 ? 2 : 0)) {
      if (!terms.length) terms = this.index.search(word, way).flatMap(({ match }) => Object.keys(match)).flatMap((term) => this.forms(term));
    }
    return { word, terms: unique(terms) };
  }

  // The pages that a query finds, best first, each with its places; whether it holds an emergency sign; which words it found.
  find(query) {
    const words = wordsOf(query.slice(0, LONGEST)).slice(0, MOST);
    const telling = words.filter((word) => this.forms(word).length);
    const asked = (telling.length ? telling : words.slice(-1)).map((word) => this.meant(word));
    const own = asked.filter(({ terms }) => !terms.some((term) => this.subject.has(term)));  // every page is about the subject
    const dull = new Set(own.length ? asked.filter((one) => !own.includes(one)).flatMap(({ terms }) => terms) : []);
    const begun = new Set(asked.map(({ word }) => word).filter((word, place) => !dull.has(word) && (word.length > 3 || place === asked.length - 1)));
    const terms = new Set(asked.flatMap((one) => one.terms));
    const held = this.names.filter(({ roots }) => roots.length && roots.every((root) => terms.has(root)));
    const signs = new Map(held.filter(({ care }) => care).map(({ location, care }) => [location, care]));
    const named = new Set(held.filter(({ roots }) => own.every((one) => roots.some((root) => one.terms.includes(root)))).map(({ location }) => location));
    const all = this.index.search([...terms, ...begun].join(" "), {
      prefix: (term) => begun.has(term),
      boostTerm: (term) => (dull.has(term) ? 0.1 : 1),
      // First the danger sign that the query holds, then the rest of the signs; without one, a page that it names.
      boostDocument: (location) => {
        const page = pageOf(location);
        if (signs.size) return signs.has(location) ? 1e6 : page === HELP ? 1e3 : 1;
        return named.has(page) ? 1e3 : 1;
      },
    });
    // What only has the subject's own words in it, as every page has, answers nothing.
    const answering = all.filter(({ match }) => Object.keys(match).some((term) => !dull.has(term))), found = answering.length ? answering : all;
    const pages = new Map(found.map(({ id }) => [pageOf(id), []]));
    for (const { id } of found) pages.get(pageOf(id)).push(this.places.get(id));
    const matched = new Set(found.flatMap(({ match }) => Object.keys(match))), seen = new Map();
    const matches = (word) => wordsOf(word).some((one) => this.forms(one).some((form) => matched.has(form)));
    return {
      pages: [...pages].map(([page, places]) => ({ page, title: this.places.get(page)?.title ?? places[0].title, places })),
      sign: signs.size > 0,
      emergency: [...signs.values()].includes("emergency"),
      idle: !telling.length && !found.length,
      found: (word) => seen.get(word) ?? seen.set(word, matches(word)).get(word),
    };
  }
}
