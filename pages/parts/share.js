// The panel of a view's link, citation and snippet, each with a button that copies it.

// Without the clipboard (a page that came by plain http) the text is selected, to be copied by hand.
async function copied(text, area) {
  area.focus();
  area.select();
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function field({ name, label, text, note }, labels, say) {
  const [block, head, area, button] = ["div", "label", "textarea", "button"].map((tag) => document.createElement(tag));
  area.id = `share-${name}`;
  [head.htmlFor, head.textContent] = [area.id, label];
  [area.readOnly, area.rows, area.value, area.dir, area.spellcheck] = [true, 3, text, name === "citation" ? "auto" : "ltr", false];
  area.onclick = () => area.select();
  button.textContent = labels.copy;
  button.setAttribute("aria-label", `${labels.copy}: ${label}`);
  button.onclick = async () => {
    const done = await copied(text, area);
    if (done) button.focus();
    button.textContent = done ? labels.copied : labels.copy;
    say(done ? `${labels.copied}: ${label}` : labels.selected);
  };
  block.append(head, button, area);
  if (note) block.append(Object.assign(document.createElement("p"), { className: "quiet", textContent: note }));
  return block;
}

// In a frame of another page every link opens a tab of its own; evidence still opens in place.
function outwards() {
  if (!document.querySelector("base[target]")) document.head.append(Object.assign(document.createElement("base"), { target: "_blank" }));
}

export default function ({ parentElement, data }) {
  const button = parentElement.querySelector(".share");
  const panel = parentElement.querySelector("[popover]");
  if (data.framed) {
    button.hidden = true;
    return outwards();
  }
  const { lang, labels, fields } = data;
  const done = panel.querySelector(".done");
  for (const part of [button, panel]) part.lang = lang;
  button.querySelector("span").textContent = labels.open;
  panel.setAttribute("aria-label", labels.title);
  panel.querySelector("h2").textContent = labels.title;
  done.textContent = "";
  const drawn = JSON.stringify(data);
  if (panel.drawn !== drawn) {
    panel.drawn = drawn;
    panel.querySelector(".fields").replaceChildren(...fields.map((one) => field(one, labels, (said) => (done.textContent = said))));
  }
  // Escape closes this panel alone, not the evidence under it too.
  panel.onkeydown = button.onkeydown = (event) => {
    if (event.key === "Escape" && panel.matches(":popover-open")) event.stopPropagation();
  };
}
