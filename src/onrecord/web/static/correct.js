// Correcting with less work: drag the ends, look actors up while typing, select words, keys. All of it can be
// done without this file too.
"use strict";

// The ends of a content: words that begin and end it are dragged, or moved by the buttons.
for (const words of document.querySelectorAll("[data-ends]")) {
  const form = words.closest("form");
  const spans = form.elements.spans;
  const all = [...words.querySelectorAll("[data-from]")];
  let parts = spans.value.split(";").map((part) => part.split("-").map(Number));
  let dragged = null;
  const from = (word) => Number(word.dataset.from);
  const to = (word) => Number(word.dataset.to);

  const show = () => {
    const start = parts[0][0];
    const end = parts[parts.length - 1][1];
    for (const word of all) {
      word.classList.toggle("content", parts.some(([a, b]) => from(word) < b && to(word) > a));
      word.classList.toggle("end", from(word) <= start && start < to(word) || from(word) < end && end <= to(word));
    }
    spans.value = parts.map((part) => part.join("-")).join(";");
    const field = form.elements.words;
    if (field) {
      // The server takes the spans; the words are shown so that one sees what is saved.
      field.value = "";
      field.placeholder = "as marked above";
    }
  };
  const setStart = (at) => { if (Number.isFinite(at) && at < parts[0][1]) parts[0] = [at, parts[0][1]]; };
  const setEnd = (at) => {
    const last = parts.length - 1;
    if (Number.isFinite(at) && at > parts[last][0]) parts[last] = [parts[last][0], at];
  };
  const move = (what) => {
    const start = parts[0][0];
    const end = parts[parts.length - 1][1];
    if (what === "start-left") setStart(Math.max(...all.map(from).filter((at) => at < start)));
    if (what === "start-right") setStart(Math.min(...all.map(from).filter((at) => at > start)));
    if (what === "end-left") setEnd(Math.max(...all.map(to).filter((at) => at < end)));
    if (what === "end-right") setEnd(Math.min(...all.map(to).filter((at) => at > end)));
    show();
  };
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=move]");
    if (button) {
      event.preventDefault();
      move(button.value);
    }
  });
  words.addEventListener("pointerdown", (event) => {
    const word = event.target.closest("[data-from]");
    if (!word) return;
    const start = parts[0][0];
    const end = parts[parts.length - 1][1];
    if (from(word) <= start && start < to(word)) dragged = setStart;
    else if (from(word) < end && end <= to(word)) dragged = setEnd;
    else return;
    event.preventDefault();
  });
  document.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const word = under && words.contains(under) ? under.closest("[data-from]") : null;
    if (word) {
      dragged(dragged === setStart ? from(word) : to(word));
      show();
    }
  });
  document.addEventListener("pointerup", () => { dragged = null; });
  const first = all.filter((word) => from(word) <= parts[0][0]).pop();
  const last = all.find((word) => to(word) >= parts[parts.length - 1][1]);
  for (const word of [first, last]) if (word) word.classList.add("end");
}

// Actors are looked up while a name is typed.
for (const field of document.querySelectorAll("[data-suggest]")) {
  const list = document.getElementById(field.getAttribute("list"));
  let waiting = 0;
  field.addEventListener("input", () => {
    for (const radio of field.form.querySelectorAll("input[name=speaker][value=keep]")) radio.checked = true;
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const answer = await fetch(`/actors/suggest.json?q=${encodeURIComponent(field.value)}`);
      if (!answer.ok) return;
      const { actors } = await answer.json();
      list.replaceChildren(...actors.map((one) => {
        const option = document.createElement("option");
        option.value = one.id;
        option.label = `${one.name}${one.kind ? `, ${one.kind}` : ""}, ${one.statements} statements`;
        return option;
      }));
    }, 150);
  });
}

// Words selected in an article lead to the form that adds them.
for (const link of document.querySelectorAll("a[data-missed]")) {
  document.addEventListener("selectionchange", () => {
    const words = document.getSelection().toString().trim().slice(0, 3000);
    const to = new URL(link.href);
    to.searchParams.set("words", words);
    if (words) link.href = to.href;
  });
}

// Words selected in a text go into the field that it names.
for (const text of document.querySelectorAll("[data-select]")) {
  const field = document.getElementsByName(text.dataset.select)[0];
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    if (chosen && !chosen.isCollapsed && text.contains(chosen.anchorNode) && text.contains(chosen.focusNode)) {
      field.value = chosen.toString().trim();
    }
  });
}

// Keys of the review; the same switch as on the article page turns them off.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !/^[a-z]$/.test(event.key)) return;
  if (localStorage.getItem("onrecord.keys") === "off") return;
  const place = document.querySelector("form[data-keys]");
  const target = place && place.querySelector(`[data-key="${event.key}"]`);
  if (target) {
    event.preventDefault();
    target.click();
  }
});
