/* What changes for whom and when: units by months, a change in each square. Everything is set as text. */
function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".heat"), made = [element("div", "head")];
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", data.title);
  data.letters.forEach((letter, i) => made.push(element("div", i + 1 === data.chosen ? "head chosen" : "head", letter)));
  for (const row of data.rows) {
    const name = element("div", "unit", row.name);
    name.title = row.name;
    made.push(name);
    row.words.forEach((words, i) => {
      const square = element("button", i + 1 === data.chosen ? "chosen" : "", words);
      Object.assign(square, { type: "button", title: row.spoken[i] });
      square.setAttribute("aria-label", row.spoken[i]);
      Object.assign(square.style, { background: row.colours[i], color: row.inks[i] });
      square.onclick = () => setTriggerValue("month", i + 1);
      made.push(square);
    });
  }
  root.replaceChildren(...made);
}
