// Opens evidence links in place and closes the evidence with Escape.

// The focus goes to the evidence when it opens; when it closes, back to where it came from, if Streamlit has not drawn that anew.
let shown = null;
let opener = null;
function follow() {
  const button = document.querySelector(".st-key-close button");
  if (button === shown) return;
  if (!shown) opener = document.activeElement;
  shown = button;
  (button ?? opener)?.focus();
}

export default function ({ parentElement, setTriggerValue }) {
  parentElement.stopFollowing?.();
  const open = (event) => {
    const anchor = event.target.closest?.("a[data-show]");
    if (!anchor || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    setTriggerValue("show", anchor.dataset.show);
  };
  const close = (event) => {
    if (event.key === "Escape" && document.querySelector(".evidence")) setTriggerValue("show", "");
  };
  document.addEventListener("click", open);
  document.addEventListener("keydown", close);
  const drawn = new MutationObserver(follow);
  drawn.observe(document.body, { childList: true, subtree: true });
  parentElement.stopFollowing = () => {
    document.removeEventListener("click", open);
    document.removeEventListener("keydown", close);
    drawn.disconnect();
  };
  return parentElement.stopFollowing;
}
