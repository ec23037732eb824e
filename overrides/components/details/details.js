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
