/* Twelve months, each with the two footprints as bars: one is chosen by click or by the arrow keys.
   Everything is set as text. */
const ROOM_ABOVE = 1.28;
const LEAST_CHANGE = 0.002;

function column(kind, now, before, words, top) {
  const made = element("div", `column ${kind}`);
  const add = (className, percent) => {
    const one = element("div", className);
    if (percent !== undefined) one.style.height = `${percent}%`;
    made.append(one);
    return one;
  };
  if (now === null) add("unknown");
  else add("bar", Math.max(1.5, (100 * now) / top));
  if (now !== null && before !== null && Math.abs(now - before) > LEAST_CHANGE) add("before", Math.max(2, (100 * before) / top));
  const number = add("number");
  number.textContent = words;
  number.style.bottom = `calc(${(100 * Math.max(now === null ? 0.2 * top : now, before || 0)) / top}% + 2px)`;
  return made;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".strip");
  const heights = [...data.force, ...data.force_before, ...data.mission, ...data.mission_before].filter((value) => value !== null);
  const top = Math.max(0.05, ...heights) * ROOM_ABOVE;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", data.title);
  let axis = root.querySelector(".axis");
  if (!axis) root.append((axis = element("div", "axis")));
  axis.replaceChildren(element("span", "of-force", data.words.force), element("span", "of-mission", data.words.mission), element("span", "unit", data.words.unit));
  // Buttons stay, so that the keyboard's focus does.
  while (root.children.length < 13) root.append(Object.assign(element("button"), { type: "button" }));
  const months = [...root.children].slice(1);
  const choose = (number) => { months[number].focus(); setTriggerValue("month", number + 1); };
  months.forEach((button, i) => {
    const chosen = i + 1 === data.chosen;
    button.setAttribute("aria-pressed", String(chosen));
    button.tabIndex = chosen ? 0 : -1;
    button.classList.toggle("worst", data.worst.includes(i + 1));
    button.setAttribute("aria-label", data.spoken[i]);
    button.title = data.spoken[i];
    const plot = element("div", "plot");
    plot.append(column("force", data.force[i], data.force_before[i], data.force_words[i], top), column("mission", data.mission[i], data.mission_before[i], data.mission_words[i], top));
    button.replaceChildren(plot, element("div", "name", window.innerWidth > 640 ? data.short[i] : data.letters[i]));
    button.onclick = () => choose(i);
    button.onkeydown = (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step && event.key !== "Home" && event.key !== "End") return;
      event.preventDefault();
      choose(step ? (i + step + 12) % 12 : event.key === "Home" ? 0 : 11);
    };
  });
}
