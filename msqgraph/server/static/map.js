// What the map does besides being a picture of links: it tells a value under the pointer and at the focus, and a
// choice in the form shows at once. Without this script titles tell values, and a button sends the form.
"use strict";
for (const figure of document.querySelectorAll("figure.world")) {
  const tip = figure.querySelector(".map-tip");
  const svg = figure.querySelector("svg.map");
  for (const title of svg.querySelectorAll("a > title")) {
    const link = title.parentNode;
    link.setAttribute("aria-label", title.textContent);
    title.remove(); // the browser's own tooltip would stand over ours
  }
  const place = (x, y) => {
    const box = figure.getBoundingClientRect();
    const left = Math.min(Math.max(0, x - box.left + 14), Math.max(0, box.width - tip.offsetWidth));
    tip.style.insetInlineStart = "auto";
    tip.style.left = `${left}px`;
    tip.style.top = `${Math.max(0, y - box.top - tip.offsetHeight - 10)}px`;
  };
  const tell = (link, x, y) => {
    tip.textContent = link.getAttribute("aria-label");
    tip.hidden = false;
    place(x, y);
  };
  const hide = () => { tip.hidden = true; };
  svg.addEventListener("pointermove", (event) => {
    const link = event.target.closest("a");
    if (link) tell(link, event.clientX, event.clientY); else hide();
  });
  svg.addEventListener("pointerleave", hide);
  svg.addEventListener("focusin", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    const box = link.getBoundingClientRect();
    tell(link, box.left + box.width / 2, box.top);
  });
  svg.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
}
for (const form of document.querySelectorAll("form.chooser")) {
  // a change of the choice by arrow keys must not leave the page: only a pointer's choice sends the form
  let isByPointer = false;
  form.addEventListener("pointerdown", () => { isByPointer = true; });
  form.addEventListener("keydown", () => { isByPointer = false; });
  form.addEventListener("change", () => { if (isByPointer) form.requestSubmit(); });
}
