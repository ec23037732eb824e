// What the tests look for in an open page. Each check returns sentences, one a fault; none means that all is well.

const box = (element) => element.getBoundingClientRect();
const style = (element, part) => getComputedStyle(element, part);
const text = (element) => element.textContent.trim().replace(/\s+/g, " ");
const every = (selector, root = document) => [...root.querySelectorAll(selector)];
const name = (element) => `<${element.localName}${element.id && `#${element.id}`}${[...element.classList].map((word) => `.${word}`).join("")}> “${text(element).slice(0, 40)}”`;
const drawn = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
const frame = () => new Promise((done) => requestAnimationFrame(done));

const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex]:not([tabindex^='-'])";
const MAIN_ACTIONS = ".button, .call-button, .search-open, .menu > summary";
const LIVE = "button, output, noscript, script, style, [aria-live], [role=status], [role=timer]";  // what a script may add

// Large enough to be seen, not put off the page, not cut to nothing by what it stands in.
function shown(element) {
  const { width, height, right, bottom } = box(element);
  if (!drawn(element) || width <= 1 || height <= 1 || right <= 0 || bottom + scrollY <= 0) return false;
  for (let around = element.parentElement; around && around !== document.body; around = around.parentElement) {
    const { width, height } = box(around);
    if ((width <= 1 || height <= 1) && style(around).overflow !== "visible" && style(around).display !== "contents") return false;
  }
  return true;
}

// Wait until nothing moves: transitions done, scrolling at rest.
async function settled() {
  const ending = document.getAnimations().filter((animation) => animation.playState === "running" && animation.effect.getComputedTiming().endTime !== Infinity);
  await Promise.all(ending.map((animation) => animation.finished.catch(() => {})));
  for (let before = -1; before !== scrollY; await frame()) before = scrollY;
}

// Headings, language, landmarks.

function structure() {
  const faults = [], levels = every("h1, h2, h3, h4, h5, h6").filter(drawn);
  if (every("h1").length !== 1) faults.push(`has ${every("h1").length} h1, not one`);
  levels.reduce((above, heading) => {
    const level = Number(heading.localName[1]);
    if (level > above + 1) faults.push(`skips from h${above} to ${name(heading)}`);
    if (!text(heading)) faults.push(`has an empty ${name(heading)}`);
    return level;
  }, 0);
  if (!document.documentElement.lang) faults.push("does not say its language");
  if (!document.title.trim()) faults.push("has no title");
  const inside = "main, article, aside, nav, section";
  const landmarks = {
    banner: every("header, [role=banner]").filter((element) => element.role === "banner" || !element.closest(inside)),
    main: every("main, [role=main]"),
    contentinfo: every("footer, [role=contentinfo]").filter((element) => element.role === "contentinfo" || !element.closest(inside)),
  };
  for (const [landmark, found] of Object.entries(landmarks)) if (found.length !== 1) faults.push(`has ${found.length} ${landmark}, not one`);
  const navs = every("nav, [role=navigation]").filter(drawn);
  const names = navs.map((nav) => nav.ariaLabel || (nav.getAttribute("aria-labelledby") ?? "").split(/\s+/).map((id) => document.getElementById(id)?.textContent.trim() ?? "").join(" ").trim());
  if (!navs.length) faults.push("has no nav");
  navs.forEach((nav, index) => {
    if (!names[index]) faults.push(`has a nav without a name: ${name(nav)}`);
    else if (names.indexOf(names[index]) < index) faults.push(`has two nav named “${names[index]}”`);
  });
  return faults;
}

// Targets: WCAG 2.5.8, with its exceptions for a sentence and for space around; 44 px for main actions.

// The area that takes the tap: a link may spread over the box around it, a hidden input has its label.
function area(control) {
  const after = style(control, "::after");
  const spread = after.content !== "none" && after.position === "absolute" && [after.top, after.right, after.bottom, after.left].every((side) => side === "0px");
  return box(spread && style(control).position === "static" ? control.offsetParent ?? control : control);
}

function inSentence(control) {
  if (style(control).display !== "inline") return false;
  let block = control.parentElement;
  while (style(block).display === "inline") block = block.parentElement;
  const words = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) if (/\p{L}/u.test(words.currentNode.data) && !words.currentNode.parentElement.closest(CONTROLS)) return true;
  return false;
}

const pinned = (element) => element && (["fixed", "sticky"].includes(style(element).position) || pinned(element.parentElement));

function targets() {
  const all = every(`${CONTROLS}, label[for]`).filter((control) => shown(control) && !control.disabled && !(control.localName === "label" && control.control && shown(control.control)));
  const areas = new Map(all.map((control) => [control, area(control)]));
  const small = new Set(all.filter((control) => Math.min(areas.get(control).width, areas.get(control).height) < 23.99));
  const centre = ({ left, top, width, height }) => [left + width / 2, top + height / 2];
  const crowded = (control) => all.find((other) => {
    if (other === control || other.contains(control) || control.contains(other) || !pinned(other) !== !pinned(control)) return false;
    const [x, y] = centre(areas.get(control)), { left, right, top, bottom } = areas.get(other), [otherX, otherY] = centre(areas.get(other));
    const near = Math.hypot(x - Math.min(Math.max(x, left), right), y - Math.min(Math.max(y, top), bottom)) < 11.99;
    return near || (small.has(other) && Math.hypot(x - otherX, y - otherY) < 23.99);
  });
  const faults = [...small].filter((control) => !inSentence(control) && crowded(control)).map((control) => {
    const { width, height } = areas.get(control);
    return `${name(control)} is ${Math.round(width)}×${Math.round(height)} px, and ${name(crowded(control))} is close`;
  });
  for (const action of every(MAIN_ACTIONS).filter(shown)) if (box(action).height < 43.99) faults.push(`${name(action)} is a main action ${Math.round(box(action).height)} px high`);
  return faults;
}

// Reflow and large text.

const elements = () => every("body *").filter((element) => !element.ownerSVGElement);
const fixed = () => elements().filter((element) => ["fixed", "sticky"].includes(style(element).position) && shown(element));

function wide() {
  const room = document.documentElement.clientWidth, page = document.documentElement.scrollWidth;
  const out = elements().filter((element) => {
    const { left, right, width } = box(element);
    return (width > room + 0.5 || (left < room && right > room + 0.5) || left < -0.5) && shown(element);
  });
  const faults = out.filter((element) => !out.some((other) => other !== element && element.contains(other))).map((element) => `${name(element)} leaves the screen (${Math.round(box(element).left)} to ${Math.round(box(element).right)} of ${room} px)`);
  if (page > room) faults.unshift(`scrolls sideways: ${page} px on a screen of ${room} px`);
  return faults;
}

function clipped() {
  const cuts = (overflow) => ["hidden", "clip"].includes(overflow);
  return elements().filter((element) => {
    const { overflowX, overflowY } = style(element);
    const across = cuts(overflowX) && element.scrollWidth > element.clientWidth + 1, down = cuts(overflowY) && element.scrollHeight > element.clientHeight + 1;
    if (!(across || down) || !shown(element)) return false;
    const edge = box(element), words = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), range = document.createRange();
    while (words.nextNode()) {
      if (!words.currentNode.data.trim() || !shown(words.currentNode.parentElement)) continue;
      range.selectNodeContents(words.currentNode);
      const { right, bottom } = range.getBoundingClientRect();
      if ((across && right > edge.right + 1) || (down && bottom > edge.bottom + 1)) return true;
    }
    return false;
  }).map((element) => `${name(element)} cuts its text off`);
}

const reading = () => every("p, li, dd, td, a, button, summary, figcaption").filter((element) => shown(element) && text(element));

async function doubled() {
  const before = new Map(reading().map((element) => [element, parseFloat(style(element).fontSize)]));
  document.documentElement.style.fontSize = `${2 * parseFloat(style(document.documentElement).fontSize)}px`;
  await settled();
  return [...before].filter(([element, size]) => parseFloat(style(element).fontSize) < 1.9 * size).map(([element]) => `${name(element)} does not grow with the text size`);
}

// Motion.

function motion() {
  const faults = document.getAnimations().filter((animation) => animation.playState === "running").map((animation) => `${name(animation.effect.target)} moves`);
  const longest = (times) => Math.max(...times.split(",").map(parseFloat));
  for (const element of every("*")) {
    for (const part of ["", "::before", "::after"]) {
      const now = style(element, part);
      if (part && ["none", "normal"].includes(now.content)) continue;
      if (longest(now.transitionDuration) > 0.01) faults.push(`${name(element)}${part} changes over ${now.transitionDuration}`);
      if (now.animationName !== "none" && longest(now.animationDuration) > 0.01) faults.push(`${name(element)}${part} is animated`);
    }
    if (style(element).scrollBehavior === "smooth") faults.push(`${name(element)} scrolls smoothly`);
  }
  return faults;
}

// Print.

const colours = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

function colour(css) {
  colours.clearRect(0, 0, 1, 1);
  colours.fillStyle = css;
  colours.fillRect(0, 0, 1, 1);
  return colours.getImageData(0, 0, 1, 1).data;
}

function luminance([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function behind(element) {
  for (let around = element; around; around = around.parentElement) {
    const found = colour(style(around).backgroundColor);
    if (found[3]) return found;
  }
  return [255, 255, 255, 255];
}

const ARTICLE = "main :is(h1, h2, h3, p, li, dt, dd, th, td, figcaption)";

// Called on the screen, before the page is printed.
// The checklist is printed as a sheet to take along, with its headings and questions; its own tests say what must stand on it.
function markShown() {
  const kept = document.querySelector("main .checklist") ? "h1, .answer, .checklist :is(h2, h3), .review-status" : "*";
  const links = (element) => every("a, button", element).reduce((count, link) => count + text(link).length, 0);
  for (const element of every(ARTICLE)) if (element.matches(kept) && shown(element) && !element.closest(`nav, .ways-on, ${LIVE}`) && text(element).length > links(element)) element.dataset.wasShown = "";
}

function printed() {
  const faults = every("[data-was-shown]").filter((element) => !shown(element) && !element.closest("details:not([open])")).map((element) => `${name(element)} is not printed`);
  for (const element of every(ARTICLE).filter((element) => shown(element) && text(element))) {
    const paper = luminance(behind(element)), ink = 1.05 / (luminance(colour(style(element).color)) + 0.05);
    if (paper < 0.9) faults.push(`${name(element)} is printed on ${style(element).backgroundColor}, not on white`);
    if (ink < (element.matches("h1, h2, h3") ? 4.5 : 7)) faults.push(`${name(element)} is printed in ${style(element).color}, too pale for paper`);
  }
  for (const element of every("nav, [role=navigation], [role=search], .menu, .search-open")) if (shown(element)) faults.push(`${name(element)} is printed`);
  for (const element of fixed()) faults.push(`${name(element)} is pinned to the paper`);
  return faults;
}

// The first screen.

// Where a bar at the foot of the screen begins, if there is one.
function foot() {
  const bars = fixed().filter((element) => box(element).top > innerHeight / 2 && box(element).bottom >= innerHeight - 1);
  return Math.min(innerHeight, ...bars.map((bar) => box(bar).top));
}

function fold() {
  scrollTo(0, 0);
  const edge = foot();
  const whole = (element) => {
    const { left, right, top, bottom } = box(element), hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return shown(element) && top >= 0 && left >= 0 && right <= innerWidth && bottom <= edge && (element.contains(hit) || hit?.contains(element));
  };
  const words = (phrase) => every("main *").filter((element) => text(element).toLowerCase().includes(phrase));
  const links = (end) => every("main a[href]").filter((link) => link.protocol.startsWith("http") && link.pathname.endsWith(end));
  const needed = {
    "the h1": every("h1"), "the answer": every(".answer"), "“more than 2 weeks”": words("more than 2 weeks"), "a number to call": every("main a[href^='tel:']"),
    "the way to get help": links("/get-help/"), "the way to what helps": links("/management/"),
  };
  return Object.entries(needed).filter(([, found]) => !found.some(whole)).map(([what]) => `${what} is not whole on the first screen, which ends at ${Math.round(edge)} px`);
}

// Without scripts, pictures or style sheets.

function words() {
  const found = [], nodes = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const around = nodes.currentNode.parentElement;
    if (around.checkVisibility() && !around.closest(LIVE) && !around.closest("[data-needs-script]")) found.push(nodes.currentNode.data);
  }
  return found.join(" ").split(/\s+/).filter(Boolean);
}

// A line of text holds 8 letters or more: no text stands in a column that was meant for something else, and none over another.
function squeezed() {
  const faults = [], nodes = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), range = document.createRange();
  while (nodes.nextNode()) {
    const letters = nodes.currentNode.data.trim().length;
    if (letters < 16 || !shown(nodes.currentNode.parentElement) || nodes.currentNode.parentElement.closest(".visually-hidden, svg")) continue;
    range.selectNodeContents(nodes.currentNode);
    const lines = new Set([...range.getClientRects()].filter(({ width }) => width > 1).map(({ top }) => Math.round(top)));
    if (letters / lines.size < 8) faults.push(`${name(nodes.currentNode.parentElement)} has ${lines.size} lines for ${letters} letters`);
  }
  return faults;
}

// Take away the styles that stand in the page itself.
function unstyle() {
  for (const sheet of every("style")) sheet.remove();
  for (const element of every("[style]")) element.removeAttribute("style");
}

function emergencyFirst() {
  const first = document.querySelector("main :is(a[href^='tel:'], .care-card--emergency)");
  if (!first) return ["has no emergency part"];
  const rest = every("main h2, main [class*='care-card--']:not(.care-card--emergency)").filter((element) => !element.closest(".care-card--emergency"));
  return rest.filter((element) => element.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING).map((element) => `${name(element)} stands before the emergency part`);
}

function pictures() {
  const faults = every("img").filter((image) => !image.hasAttribute("alt")).map((image) => `${image.src} has no alt`);
  for (const image of every("main figure img, main .hero img")) if (!image.alt.trim()) faults.push(`${image.src} is a picture without words`);
  for (const drawing of every("svg[role=img]")) if (!drawing.ariaLabel && !drawing.hasAttribute("aria-labelledby") && !drawing.querySelector("title")) faults.push(`${name(drawing)} is a drawing without words`);
  return faults;
}

// The keyboard. The page remembers how things looked before they had the focus, and where the focus has been.

const PARTS = ["", "::before", "::after"];

function ring(element, part) {
  const { outlineStyle, outlineWidth, outlineColor, boxShadow, content } = style(element, part);
  if (part && content === "none") return "";
  const outline = outlineStyle !== "none" && parseFloat(outlineWidth) > 0 && colour(outlineColor)[3] ? `${outlineStyle} ${outlineWidth} ${outlineColor}` : "";
  return `${outline}${boxShadow === "none" ? "" : boxShadow}`;
}

// What the reader sees of a control: itself, or for a hidden input its label, or the label beside it.
const face = (control) => (shown(control) ? control : [...(control.labels ?? []), control.nextElementSibling].find((label) => label?.localName === "label" && shown(label)) ?? control);

function startTabbing() {
  window.tabbing = { rings: new Map(), been: new Set(), last: null };
  for (const control of every("*")) window.tabbing.rings.set(control, PARTS.map((part) => ring(control, part)));
}

// What is wrong where the focus is now; null when it has left the page or begun anew.
async function tabbed() {
  await settled();
  const { rings, been, last } = window.tabbing, control = document.activeElement;
  if (control === document.body || control === document.documentElement) return null;
  if (control === last) return [`${name(control)} does not let the focus go`];
  if (been.has(control)) return null;
  const faults = [], looks = face(control), edges = looks.getClientRects()[0] ?? box(looks);
  if (last && !(last.compareDocumentPosition(control) & Node.DOCUMENT_POSITION_FOLLOWING)) faults.push(`${name(control)} has the focus after ${name(last)}, which stands below it`);
  been.add(control);
  window.tabbing.last = control;
  if (!shown(looks)) return [...faults, `${name(control)} has the focus and is not shown`];
  const { left, right, top, bottom } = edges, fits = bottom - top <= innerHeight;
  const view = { left: Math.max(left, 0), right: Math.min(right, innerWidth), top: Math.max(top, 0), bottom: Math.min(bottom, innerHeight) };
  if (view.left >= view.right || view.top >= view.bottom || (fits && (top < -1 || bottom > innerHeight + 1))) return [...faults, `${name(control)} has the focus outside the screen`];
  const hit = document.elementFromPoint((view.left + view.right) / 2, (view.top + view.bottom) / 2);
  if (!(looks.contains(hit) || hit?.contains(looks) || hit?.closest("label")?.control === control)) faults.push(`${name(control)} has the focus under ${hit ? name(hit) : "nothing"}`);
  if (!PARTS.some((part, index) => ring(looks, part) && ring(looks, part) !== rings.get(looks)?.[index])) faults.push(`${name(control)} does not show that it has the focus`);
  return faults;
}

function missed() {
  const { been } = window.tabbing, sameGroup = (radio) => radio.type === "radio" && [...been].some((other) => other.name === radio.name && other.type === "radio");
  return every(CONTROLS).filter((control) => shown(control) && !control.disabled && control.tabIndex >= 0 && !been.has(control) && !sameGroup(control)).map((control) => `${name(control)} is never reached`);
}
