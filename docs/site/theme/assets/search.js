// Search without a server: the index is a script beside this one, loaded when somebody first types. A page opened from the
// file system may load a script, but may not fetch a file.
"use strict";
(() => {
  const MOST = 20;
  const root = document.currentScript.dataset.root;
  const form = document.getElementById("search");
  const input = document.getElementById("words");
  const box = document.getElementById("results");
  const list = box.querySelector("ol");
  const found = document.getElementById("found");
  const menu = document.querySelector("details.menu");

  // Accents and case do not matter; the marks of other scripts stay.
  const folded = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  let sections = null;

  function load() {
    if (sections || document.getElementById("index")) return;
    const script = document.createElement("script");
    script.id = "index";
    script.src = root + "search-index.js";
    script.onload = () => {
      sections = window.searchIndex.map(([url, page, title, text]) => ({
        url, page, title, text, inTitle: folded(title + " " + page), inText: folded(text),
      }));
      show();
    };
    document.head.append(script);
  }

  // A section counts if every word is in it; a word in its heading counts more, a whole heading most.
  function score(section, words, phrase) {
    let sum = folded(section.title) === phrase ? 50 : 0;
    for (const word of words) {
      if (section.inTitle.includes(word)) sum += 10;
      else if (section.inText.includes(word)) sum += 1;
      else return 0;
    }
    return sum;
  }

  function extract(section, words) {
    const at = Math.max(0, section.inText.indexOf(words[0]) - 50);
    return (at ? "… " : "") + section.text.slice(at, at + 140);
  }

  function show() {
    const phrase = folded(input.value.trim());
    const words = phrase.split(/\s+/).filter(Boolean);
    box.hidden = !words.length || !sections;
    list.replaceChildren();
    if (box.hidden) return;
    const hits = sections
      .map((section, order) => ({ section, order, score: score(section, words, phrase) }))
      .filter((hit) => hit.score)
      .sort((one, other) => other.score - one.score || one.order - other.order);
    found.textContent = hits.length > MOST ? `${hits.length} found, the first ${MOST}:` : `${hits.length} found`;
    for (const { section } of hits.slice(0, MOST)) {
      const link = document.createElement("a");
      link.href = root + section.url;
      link.textContent = section.title;
      const where = document.createElement("small");
      where.textContent = section.title === section.page ? "" : ` ${section.page}`;
      const extractOf = document.createElement("p");
      extractOf.textContent = extract(section, words);
      const item = document.createElement("li");
      item.append(link, where, extractOf);
      list.append(item);
    }
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = list.querySelector("a");
    if (first) first.click();
  });
  input.addEventListener("focus", load);
  input.addEventListener("input", () => { load(); show(); });
  list.addEventListener("click", () => { box.hidden = true; });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") box.hidden = true;
    if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      input.focus();
    }
  });

  // On a wide screen the list of pages is always open; without this script it opens like any other.
  const wide = window.matchMedia("(min-width: 60rem)");
  const open = () => { menu.open = wide.matches; };
  wide.addEventListener("change", open);
  open();
})();
