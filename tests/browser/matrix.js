// What the eye would find wrong on a page, found by geometry: run in the page, gives a list of complaints.
() => {
  const complaints = [];
  const say = (what, element) => complaints.push(`${what}: ${element.outerHTML.slice(0, 140)}`);
  const page = document.documentElement;
  if (page.scrollWidth > innerWidth) complaints.push(`the page is ${page.scrollWidth} wide in a window of ${innerWidth}`);
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  // Widgets of Streamlit hide words for screen readers in boxes of a pixel.
  const read = (box) => box.width > 2 && box.height > 2;
  // Words for screen readers only lie in a box of a pixel, or are clipped away.
  const unseen = (element) => {
    for (let around = element; around !== document.body; around = around.parentElement) {
      const box = around.getBoundingClientRect();
      const style = getComputedStyle(around);
      if (style.clipPath !== "none" || (style.position === "absolute" && box.width <= 2 && box.height <= 2)) return true;
    }
    return false;
  };
  const inside = ".stHtml, .stBidiComponent, .st-key-masthead";
  const texts = [];
  for (const part of document.querySelectorAll(inside)) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const element = node.parentElement;
      if (!node.data.trim() || !shown(element) || unseen(element) || element.closest("option, script, style, .scroll, .st-key-nav")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (read(box)) texts.push({ node, element, box });
    }
  }
  for (const { element, box } of texts) {
    if (box.right > innerWidth + 1 || box.left < -1) say("out of the window", element);
    for (let around = element; around && around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (style.overflowX === "visible" || style.display === "inline") continue;
      const frame = around.getBoundingClientRect();
      if (["hidden", "clip"].includes(style.overflowX) && (box.right > frame.right + 1.5 || box.left < frame.left - 1.5)) {
        say("cut", element);
      }
      break;
    }
  }
  // Marks and fields have no words of their own.
  for (const element of document.querySelectorAll(`:is(${inside}) :is(a, button, select, input)`)) {
    const box = element.getBoundingClientRect();
    if (!read(box) || !shown(element) || unseen(element) || element.closest(".scroll, .st-key-nav")) continue;
    if (box.right > innerWidth + 1 || box.left < -1) say("out of the window", element);
  }
  // Lines of text whose middles lie in one another; letters with marks may reach over their line.
  texts.sort((a, b) => a.box.top - b.box.top);
  for (let i = 0; i < texts.length; i++) {
    const a = texts[i];
    for (let j = i + 1; j < texts.length && texts[j].box.top < a.box.bottom; j++) {
      const b = texts[j];
      if (a.element === b.element || a.element.contains(b.element) || b.element.contains(a.element)) continue;
      const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      const fixed = (element) => element.closest(".st-key-drawer, .st-key-timebar");
      if (fixed(a.element) !== fixed(b.element)) continue;
      if (wide > 3 && high > 0.45 * Math.min(a.box.height, b.box.height)) {
        complaints.push(`over each other: "${a.node.data.trim().slice(0, 40)}" and "${b.node.data.trim().slice(0, 40)}"`);
      }
    }
  }
  return complaints;
}
