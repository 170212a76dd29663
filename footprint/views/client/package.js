/* A package: how many of each asset, which site gives them up, and the months the site is open.
   Everything is set as text. */
function choice(options, chosen, label) {
  const made = element("select");
  made.setAttribute("aria-label", label);
  for (const [value, words] of options) {
    const option = element("option", "", words);
    option.value = value;
    option.selected = value === chosen;
    made.append(option);
  }
  return made;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".package"), made = [], words = data.words;
  const head = element("div", "row head");
  head.append(element("span", "", words.asset), element("span", "", words.count), element("span", "", words.donor));
  made.push(head);
  data.rows.forEach((row, at) => {
    // What is sent says only what changed, and goes on from what was pressed last, not from what was drawn.
    const send = (change) => setTriggerValue("edit", { at, kind: row.kind, ...change });
    // Two donors of one kind are two rows.
    const own = data.rows.findIndex((each) => each.kind === row.kind) === at ? row.kind : `${row.kind}.${at}`;
    const line = element("div", row.count ? "row" : "row none"), stepper = element("div", "stepper");
    const less = element("button", "", "−"), more = element("button", "", "+"), count = element("output", "");
    const bounds = () => {
      count.textContent = row.count === null ? "–" : String(row.count);
      less.disabled = !row.count;
      more.disabled = row.count >= row.most;
    };
    bounds();
    for (const [button, step, name] of [[less, -1, "less"], [more, 1, "more"]]) {
      button.type = "button";
      button.dataset.at = `${own}-${name}`;
      button.setAttribute("aria-label", `${row.name} ${step < 0 ? "−1" : "+1"}`);
      button.onclick = () => { row.count = (row.count || 0) + step; bounds(); send({ count: row.count }); };
    }
    stepper.append(less, count, more);
    const donor = choice(row.donors, row.donor, row.donor_of);
    donor.dataset.at = `${own}-donor`;
    donor.className = row.count && !row.donor ? "unsaid" : "";
    donor.disabled = !row.count;
    donor.onchange = () => { row.donor = donor.value; send({ donor: donor.value }); };
    line.append(element("span", "kind", row.name), stepper, donor);
    made.push(line);
  });
  if (data.others.length) {
    const other = choice([["", words.other], ...data.others], "", words.other);
    other.dataset.at = "other";
    other.onchange = () => { if (other.value) setTriggerValue("edit", { more: other.value }); };
    const line = element("div", "more");
    line.append(other);
    made.push(line);
  }
  made.push(element("div", "caption", words.months));
  const months = element("div", "months");
  months.setAttribute("role", "group");
  months.setAttribute("aria-label", words.months);
  data.letters.forEach((letter, i) => {
    const button = element("button", "month", letter);
    Object.assign(button, { type: "button", title: data.long[i] });
    button.dataset.at = `month-${i}`;
    button.setAttribute("aria-label", data.long[i]);
    button.setAttribute("aria-pressed", String(Boolean((data.months >> i) & 1)));
    button.onclick = () => {
      data.months ^= 1 << i;
      button.setAttribute("aria-pressed", String(Boolean((data.months >> i) & 1)));
      setTriggerValue("edit", { months: data.months });
    };
    months.append(button);
  });
  made.push(months);
  renew(root, made);
}
