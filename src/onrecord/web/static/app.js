// What every page is given beyond plain HTML. Nothing here is needed for reading.
"use strict";

// Forms that htmx sends carry the token that proves them ours.
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRF-Token"] = document.querySelector("meta[name=csrf]").content;
});

// "/" leads to the search box, as on many sites.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const box = document.querySelector("input[type=search]");
    if (box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  }
});

// A page that was put in place without loading is announced from its beginning, as a loaded one would be.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.boosted) document.getElementById("main").focus({ preventScroll: true });
});
