// What is folded opens for a link that leads into it.
const follow = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = target?.closest("main details:not([open])");
  if (!folded) return;
  folded.open = true;
  target.scrollIntoView();
};
follow();
addEventListener("hashchange", follow);
// A page that is made to be printed is printed whole; of any other, what the reader has opened.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll(".open-on-paper details:not([open])")];
  for (const part of folded) part.open = true;
});
addEventListener("afterprint", () => { for (const part of folded) part.open = false; });
