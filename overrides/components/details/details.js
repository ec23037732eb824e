// What is folded opens for a link that leads into it, and for paper.
const follow = () => {
  const target = document.getElementById(location.hash.slice(1));
  const folded = target?.closest("main details:not([open])");
  if (!folded) return;
  folded.open = true;
  target.scrollIntoView();
};
follow();
addEventListener("hashchange", follow);
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("main details:not([open])")];
  for (const part of folded) part.open = true;
});
addEventListener("afterprint", () => { for (const part of folded) part.open = false; });
