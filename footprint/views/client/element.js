/* What the programs of our components begin with: an element whose text is text. */
function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/* Put an element's content in place of what it held; the keyboard's focus stays where it was, by `data-at`. */
function renew(root, made) {
  const active = root.getRootNode().activeElement, held = root.contains(active) ? active.dataset.at : "";
  root.replaceChildren(...made);
  if (held) root.querySelector(`[data-at="${held}"]`)?.focus();
}
