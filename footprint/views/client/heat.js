/* What changes for whom and when: units by months, a change in each square. Everything is set as text. */
export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".heat"), made = [element("div", "head")];
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", data.title);
  data.letters.forEach((letter, i) => made.push(element("div", i + 1 === data.chosen ? "head chosen" : "head", letter)));
  data.rows.forEach((row, at) => {
    const name = element("div", "unit", row.name);
    name.title = row.name;
    made.push(name);
    row.words.forEach((words, i) => {
      const square = element("button", `${i + 1 === data.chosen ? "chosen" : ""} ${words.length > 2 ? "narrow" : ""}`.trim(), words);
      Object.assign(square, { type: "button", title: row.spoken[i] });
      square.setAttribute("aria-label", row.spoken[i]);
      Object.assign(square.style, { background: row.colours[i], color: row.inks[i] });
      square.dataset.at = `${at}-${i}`;
      square.onclick = () => setTriggerValue("month", i + 1);
      made.push(square);
    });
  });
  renew(root, made);
}
