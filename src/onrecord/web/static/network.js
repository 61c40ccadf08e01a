// Zoom, move and look closer at the network. Without this it is a picture of links, and the table beside it.
"use strict";

for (const frame of document.querySelectorAll(".network")) {
  const svg = frame.querySelector("svg");
  const whole = svg.viewBox.baseVal;
  const home = [whole.x, whole.y, whole.width, whole.height];
  let view = [...home];
  const show = () => svg.setAttribute("viewBox", view.join(" "));

  const zoom = (factor, x = view[0] + view[2] / 2, y = view[1] + view[3] / 2) => {
    const width = Math.min(Math.max(view[2] * factor, home[2] / 8), home[2]);
    const scale = width / view[2];
    view = [x - (x - view[0]) * scale, y - (y - view[1]) * scale, width, view[3] * scale];
    show();
  };

  frame.querySelector(".tools").hidden = false;
  for (const button of frame.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      if (button.dataset.zoom === "reset") {
        view = [...home];
        show();
      } else {
        zoom(button.dataset.zoom === "in" ? 1 / 1.4 : 1.4);
      }
    });
  }

  // What dragging does is done without it too (WCAG 2.5.7), by keyboard, finger or mouse.
  for (const button of frame.querySelectorAll("[data-move]")) {
    const [right, down] = button.dataset.move.split(" ").map(Number);
    button.addEventListener("click", () => {
      view = [view[0] + (right * view[2]) / 5, view[1] + (down * view[3]) / 5, view[2], view[3]];
      show();
    });
  }

  // The wheel alone scrolls the page, as it does everywhere else.
  svg.addEventListener("wheel", (event) => {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const box = svg.getBoundingClientRect();
      zoom(
        event.deltaY < 0 ? 1 / 1.2 : 1.2,
        view[0] + ((event.clientX - box.left) / box.width) * view[2],
        view[1] + ((event.clientY - box.top) / box.height) * view[3],
      );
    }
  }, { passive: false });

  let from = null;
  let moved = false;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.pointerType === "mouse") {
      from = [event.clientX, event.clientY, ...view];
      moved = false;
    }
  });
  window.addEventListener("pointermove", (event) => {
    if (from) {
      const box = svg.getBoundingClientRect();
      const [dx, dy] = [event.clientX - from[0], event.clientY - from[1]];
      moved = moved || Math.abs(dx) + Math.abs(dy) > 4;
      view = [from[2] - (dx / box.width) * view[2], from[3] - (dy / box.height) * view[3], view[2], view[3]];
      frame.classList.toggle("moving", moved);
      show();
    }
  });
  window.addEventListener("pointerup", () => {
    from = null;
    frame.classList.remove("moving");
  });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("click", (event) => {
    if (moved) event.preventDefault();
    moved = false;
  });

  const choose = (id) => {
    frame.classList.toggle("chosen", id !== null);
    const near = new Set([id]);
    for (const link of frame.querySelectorAll(".link")) {
      const { from: source, to } = link.dataset;
      const is = source === id || to === id;
      link.classList.toggle("near", is);
      if (is) near.add(source).add(to);
    }
    for (const node of frame.querySelectorAll(".node")) {
      node.classList.toggle("near", near.has(node.dataset.id));
    }
  };
  for (const node of frame.querySelectorAll(".node")) {
    for (const event of ["pointerenter", "focus"]) node.addEventListener(event, () => choose(node.dataset.id));
    for (const event of ["pointerleave", "blur"]) node.addEventListener(event, () => choose(null));
  }
}
