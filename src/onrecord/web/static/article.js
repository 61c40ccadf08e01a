// The article page: hover and focus show who says it, keys walk from statement to statement.
"use strict";

(() => {
  const page = document.getElementById("article");
  if (!page) return;
  const card = document.createElement("div");
  card.className = "card";
  card.setAttribute("role", "tooltip");
  card.id = "card";
  card.hidden = true;
  document.body.append(card);

  const note = (id) => document.getElementById("note-" + id);
  const anchor = (id) => document.getElementById("s-" + id);
  const notes = () => [...page.querySelectorAll(".note")];

  let lit = [];
  function light(id) {
    lit.forEach((one) => one.classList.remove("lit"));
    lit = id ? [...page.querySelectorAll(`[data-of~="${CSS.escape(id)}"]`)] : [];
    lit.forEach((one) => one.classList.add("lit"));
  }

  // The innermost statement is named last.
  const inner = (element) => element.dataset.of.split(" ").pop();

  const beside = () => getComputedStyle(page.querySelector(".notes")).position === "sticky";

  let leaving = 0;
  function show(element) {
    clearTimeout(leaving);
    const id = inner(element);
    const from = note(id);
    if (!from) return;
    light(id);
    const copy = from.cloneNode(true);
    copy.querySelectorAll("form, button, [data-key], .actions").forEach((one) => one.remove());
    copy.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
    card.replaceChildren(...copy.childNodes);
    card.hidden = false;
    const box = element.getClientRects()[0];
    const left = Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - 8);
    const below = box.bottom + 6;
    const room = below + card.offsetHeight < window.innerHeight;
    card.style.left = Math.max(8, left) + window.scrollX + "px";
    card.style.top = (room ? below : Math.max(4, box.top - card.offsetHeight - 6)) + window.scrollY + "px";
  }
  function hide() {
    card.hidden = true;
    light(null);
  }
  const soon = () => { clearTimeout(leaving); leaving = setTimeout(hide, 250); };

  const text = page.querySelector(".sheet");
  text.addEventListener("mouseover", (event) => {
    const over = event.target.closest("[data-of]");
    if (over) show(over); else soon();
  });
  text.addEventListener("mouseleave", soon);
  card.addEventListener("mouseenter", () => clearTimeout(leaving));
  card.addEventListener("mouseleave", soon);
  text.addEventListener("focusin", (event) => {
    const on = event.target.closest("[data-of]");
    if (!on) return;
    choose(inner(on), false);
    // Where the notes stand beside the text, a card over it would hide more than it tells.
    if (beside()) light(inner(on)); else show(on);
  });
  text.addEventListener("focusout", soon);

  // The statement that keys are about.
  function choose(id, move) {
    const chosen = note(id);
    if (!chosen) return;
    notes().forEach((one) => one.classList.toggle("current", one === chosen));
    const list = chosen.closest(".notes");
    if (list.scrollHeight > list.clientHeight) list.scrollTop = chosen.offsetTop - list.clientHeight / 3;
    if (move) {
      const at = anchor(id);
      if (at) { at.scrollIntoView({ block: "center" }); at.focus({ preventScroll: true }); }
      else { chosen.scrollIntoView({ block: "center" }); chosen.focus({ preventScroll: true }); }
    }
    page.dispatchEvent(new CustomEvent("onrecord:chosen", { detail: { statement: id } }));
  }
  function step(by) {
    const all = notes();
    const now = all.findIndex((one) => one.classList.contains("current"));
    const next = now < 0 ? (by > 0 ? 0 : all.length - 1) : now + by;
    if (all[next]) { choose(all[next].dataset.statement, true); return; }
    const turn = page.querySelector(by > 0 ? ".turning a[rel=next]" : ".turning a[rel=prev]");
    if (turn) turn.click();
  }

  // Single keys can be switched off (WCAG 2.1.4).
  const help = page.querySelector(".keys");
  const toggle = help && help.querySelector("[data-keys]");
  const off = () => localStorage.getItem("onrecord.keys") === "off";
  const say = () => { toggle.textContent = off() ? "Keys on" : "Keys off"; toggle.setAttribute("aria-pressed", String(!off())); };
  if (help) {
    help.hidden = false;
    say();
    toggle.addEventListener("click", () => { localStorage.setItem("onrecord.keys", off() ? "on" : "off"); say(); });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { hide(); return; }
    if (off() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else {
      // What can be done with the chosen statement names its key: <button data-key="a">.
      const doing = page.querySelector(`.note.current [data-key="${CSS.escape(event.key)}"]`);
      if (!doing) return;
      doing.click();
    }
    event.preventDefault();
  });

  const begun = page.querySelector(".note.current");
  if (begun) choose(begun.dataset.statement, location.hash.startsWith("#s-"));
})();
