// Leads from a fact to its sentence and back, in place; the address follows.
const pick = (ident, behavior) => {
  const mine = (mark) => mark.dataset.facts.split(" ").includes(ident);
  const marks = [...document.querySelectorAll(".report mark[data-facts]")];
  for (const mark of marks) mark.classList.toggle("picked", mine(mark));
  for (const fact of document.querySelectorAll(".report li.fact")) {
    fact.classList.toggle("picked", fact.id === `fact-${ident}`);
  }
  const sentence = marks.find(mine);
  if (!sentence) return;
  sentence.tabIndex = -1;
  sentence.scrollIntoView({ block: "center", behavior });
  sentence.focus({ preventScroll: true });
};
const gently = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

export default function ({ parentElement }) {
  parentElement.stopFollowing?.();
  const follow = (event) => {
    const anchor = event.target.closest?.(".report a[data-fact]");
    if (!anchor || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    history.replaceState(history.state, "", anchor.href);
    pick(anchor.dataset.fact, gently());
  };
  document.addEventListener("click", follow);
  const shown = new URLSearchParams(location.search).get("fact");
  if (shown && parentElement.shown !== shown) pick(shown, "instant");
  parentElement.shown = shown;
  parentElement.stopFollowing = () => document.removeEventListener("click", follow);
  return parentElement.stopFollowing;
}
