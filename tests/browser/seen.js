// Text as it is seen, except what is marked as written in another language, and what a person types or chooses from.
lang => {
  const found = [];
  const walk = document.createTreeWalker(document.querySelector('.stApp'), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (e.closest('style, script, bdi, code, [data-testid=stIconMaterial]')) continue;
    const written = e.closest('[lang]');
    if (written && written.lang !== lang && written !== document.documentElement) continue;
    const box = e.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || getComputedStyle(e).fontSize === '0px') continue;
    found.push(walk.currentNode.textContent);
  }
  return found;
}
