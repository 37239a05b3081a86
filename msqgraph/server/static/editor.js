/* The SPARQL editor: puts Yasqe, the editor of Yasgui, in the place of the form's text field. Without this script the
   form works as it is. Nothing here asks anyone but this server: what Yasqe would fetch elsewhere (prefix.cc, Linked
   Open Vocabularies) is replaced by terms.json of the page. */
"use strict";

(() => {
  const form = document.getElementById("asking");
  const field = document.getElementById("sparql");
  const answer = document.getElementById("answer");
  const told = document.getElementById("told");
  const wrong = document.getElementById("wrong");
  const buttons = Object.fromEntries(["run", "stop", "copy", "whole"].map((id) => [id, document.getElementById(id)]));
  const words = form.dataset;
  const Yasqe = window.Yasgui && window.Yasgui.Yasqe;
  const KEPT = "msqgraph_query";
  let running = null;
  let asked = null; // the question of the project that is in the editor, as long as nobody has changed it

  /* what is completed */

  const terms = fetch(words.terms, { headers: { Accept: "application/json" } })
    .then((response) => (response.ok ? response.json() : Promise.reject(response.status)))
    .catch(() => ({ prefixes: {}, classes: [], properties: [], graphs: [] }));

  const shortened = (iri, prefixes) => {
    const found = Object.entries(prefixes).find(([, start]) => iri.startsWith(start) && /^[\w-]+$/.test(iri.slice(start.length)));
    return found ? `${found[0]}:${iri.slice(found[1].length)}` : `<${iri}>`;
  };

  /* An IRI fits what is typed by its name with prefix, the name alone, the IRI, or its label. */
  const fitting = (known, typed, prefixes) => {
    const wanted = typed.replace(/^</, "").replace(/>$/, "").trim().toLowerCase();
    const local = wanted.includes("://") ? wanted : wanted.replace(/^[\w-]*:/, "");
    const prefix = /^([\w-]+):/.exec(wanted);
    const rank = ([iri, label]) => {
      const short = shortened(iri, prefixes).toLowerCase();
      if (wanted.includes("://")) return iri.toLowerCase().startsWith(wanted) ? 0 : -1;
      if (short.startsWith(wanted)) return 0;
      if (prefix && prefix[1] in prefixes && !short.startsWith(prefix[0])) return -1;
      if (short.replace(/^[^:]*:/, "").startsWith(local)) return 1;
      if (label.toLowerCase().startsWith(local)) return 2;
      return short.includes(local) || label.toLowerCase().includes(local) ? 3 : -1;
    };
    return known
      .map((term, place) => [rank(term), place, term])
      .filter(([found]) => found >= 0)
      .sort((one, other) => one[0] - other[0] || one[1] - other[1])
      .slice(0, 60)
      .map(([, , term]) => term);
  };

  const completer = (name, kind, isPlace, isWhole) => ({
    name,
    bulk: false,
    autoShow: true,
    isValidCompletionPosition: isPlace,
    preProcessToken: (yasqe, token) => token,
    get: (yasqe, token) => terms.then((all) => {
      yasqe.offered = new Map(fitting(all[kind], token.string, all.prefixes).map((term) => [term[0], term]));
      yasqe.prefixesKnown = all.prefixes;
      return [...yasqe.offered.keys()];
    }),
    postProcessSuggestion: (yasqe, token, iri) => (isWhole ? `<${iri}>` : shortened(iri, yasqe.prefixesKnown)),
    postprocessHints: (yasqe, hints) => {
      const offered = [...yasqe.offered.values()];
      return hints.map((hint, place) => ({ ...hint, render: (item) => drawHint(item, hint.text, offered[place]) }));
    },
  });

  const drawHint = (item, text, [, label, count]) => {
    const name = document.createElement("span");
    name.className = "hint-name";
    name.textContent = text;
    const about = document.createElement("span");
    about.className = "hint-about";
    about.textContent = [label, count.toLocaleString(document.documentElement.lang)].filter(Boolean).join(" · ");
    about.dir = "auto";
    item.append(name, about);
  };

  const previous = (yasqe) => {
    const cursor = yasqe.getDoc().getCursor();
    return yasqe.getPreviousNonWsToken(cursor.line, yasqe.getCompleteToken());
  };
  const isWord = (yasqe) => !/^[?$"'{}]/.test(yasqe.getCompleteToken().string) && yasqe.getCompleteToken().string.trim() !== "";
  const isClass = (yasqe) => isWord(yasqe) && ["a", "rdf:type", "rdfs:subClassOf", "rdfs:domain", "rdfs:range"].includes(previous(yasqe).string);
  const isGraph = (yasqe) => isWord(yasqe) && /^(GRAPH|FROM|NAMED)$/i.test(previous(yasqe).string);
  const isProperty = (yasqe) => isWord(yasqe) && !isClass(yasqe) && !isGraph(yasqe)
    && (yasqe.getCompleteToken().state.possibleCurrent || []).includes("a");

  const prepare = () => {
    const own = { ...Yasqe.Autocompleters.prefixes };
    own.get = () => terms.then((all) => Object.entries(all.prefixes).map(([name, iri]) => `${name}: <${iri}>`).sort());
    own.persistenceId = null;
    for (const one of [
      own,
      completer("class", "classes", isClass, false),
      completer("property", "properties", isProperty, false),
      completer("graph", "graphs", isGraph, true),
    ]) Yasqe.registerAutocompleter(one);
  };

  /* the editor */

  const given = () => {
    const hash = new URLSearchParams(location.hash.slice(1)).get("query");
    if (hash) return hash;
    return words.given ? field.value : null;
  };

  const start = () => {
    prepare();
    const place = document.createElement("div");
    place.dir = "ltr";
    place.className = "yasqe-place";
    const label = form.querySelector('label[for="sparql"]');
    field.before(place);
    field.hidden = true;
    const first = given();
    const yasqe = new Yasqe(place, {
      value: field.value,
      persistenceId: KEPT,
      consumeShareLink: null,
      createShareableLink: null,
      showQueryButton: false,
      syntaxErrorCheck: false, // done by check(), below
      resizeable: true,
      editorHeight: "22rem",
      screenReaderLabel: words.label,
      extraKeys: { Tab: false, "Shift-Tab": false, "Ctrl-Enter": run, "Cmd-Enter": run, "Ctrl-S": false },
    });
    if (first !== null) yasqe.setValue(first);
    label.removeAttribute("for");
    label.addEventListener("click", () => yasqe.focus());
    yasqe.getInputField().setAttribute("aria-describedby", "wrong");
    yasqe.on("changes", () => check(yasqe)); // after Yasqe, which clears the signs
    check(yasqe);
    window.addEventListener("hashchange", () => {
      const hash = new URLSearchParams(location.hash.slice(1)).get("query");
      if (hash) yasqe.setValue(hash);
    });
    document.querySelector(".keys").hidden = false;
    return yasqe;
  };

  /* Says in words where the first error is, with a sign beside the line. Yasqe's own sign is drawn with inline styles,
     which the policy of this site refuses, and says its words to the pointer only. */
  const check = (yasqe) => {
    const doc = yasqe.getDoc();
    const isWrong = (line) => yasqe.getTokenAt({ line, ch: doc.getLine(line).length }, true).state.OK === false;
    const line = Array.from({ length: doc.lineCount() }, (_, number) => number).find(isWrong);
    yasqe.clearGutter("gutterErrorBar");
    wrong.textContent = "";
    if (line === undefined) return;
    const sign = document.createElement("span");
    sign.className = "wrong-line";
    sign.textContent = "⚠";
    sign.setAttribute("aria-hidden", "true");
    yasqe.setGutterMarker(line, "gutterErrorBar", sign);
    wrong.textContent = words.wrong.replace("{line}", (line + 1).toLocaleString(document.documentElement.lang));
  };

  const text = () => (yasqe ? yasqe.getValue() : field.value);
  const say = (message) => { told.textContent = message; };

  /* the answer, which the server renders */

  const show = async (action, data) => {
    if (running) running.abort();
    running = new AbortController();
    const mine = running;
    buttons.stop.hidden = false;
    answer.setAttribute("aria-busy", "true");
    say(words.running);
    data.set("part", "1");
    try {
      const response = await fetch(action, { method: "POST", body: data, signal: mine.signal });
      const html = await response.text();
      if (!(response.headers.get("content-type") || "").startsWith("text/html")) throw new Error(html);
      answer.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
      say(answer.querySelector("[role=alert]") ? words.refused : words.done);
    } catch (error) {
      if (mine !== running) return;
      say(mine.signal.aborted ? words.stopped : words.failed);
    } finally {
      if (mine === running) {
        running = null;
        buttons.stop.hidden = true;
        answer.removeAttribute("aria-busy");
      }
    }
  };

  function run() {
    if (!text().trim()) return;
    const link = asked && asked.text === text() ? asked.link : address();
    if (link) history.replaceState(null, "", link);
    show(form.action, new URLSearchParams({ query: text() }));
  }

  const address = () => {
    const link = new URL(words.editor, location.href);
    link.searchParams.set("query", text());
    return link.search.length <= Number(words.longest) ? link.href : "";
  };

  /* buttons, and the forms within the answer */

  const yasqe = Yasqe ? start() : null;

  form.addEventListener("submit", (event) => {
    field.value = text();
    if (event.submitter === buttons.whole) return;
    event.preventDefault();
    run();
  });
  buttons.stop.addEventListener("click", () => running && running.abort());
  buttons.whole.hidden = false;
  buttons.copy.hidden = !(navigator.clipboard && window.isSecureContext);
  buttons.copy.addEventListener("click", async () => {
    const link = address();
    if (link) await navigator.clipboard.writeText(link);
    say(link ? words.copied : words.tooLong);
  });
  answer.addEventListener("submit", (event) => {
    const target = event.target.closest("form");
    if (new URL(target.action).pathname !== new URL(form.action).pathname) return;
    event.preventDefault();
    const data = new URLSearchParams(new FormData(target));
    if (event.submitter && event.submitter.name) data.set(event.submitter.name, event.submitter.value);
    show(target.action, data).then(() => answer.focus());
  });

  /* the questions beside it */

  const examples = [...document.querySelectorAll(".examples a[data-text]")];
  for (const one of examples) {
    one.addEventListener("click", async (event) => {
      if (!yasqe || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      try {
        const response = await fetch(one.dataset.text);
        if (!response.ok) throw new Error(String(response.status));
        yasqe.setValue(await response.text());
        asked = { link: one.href, text: text() };
      } catch {
        location.href = one.href;
        return;
      }
      for (const other of examples) other.removeAttribute("aria-current");
      one.setAttribute("aria-current", "true");
      say(words.taken);
      run();
    });
  }
  const filter = document.getElementById("filter");
  const filtered = document.getElementById("filtered");
  filter.closest(".filter").hidden = false;
  filter.addEventListener("input", () => {
    const wanted = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const group of document.querySelectorAll(".examples details")) {
      let count = 0;
      for (const one of group.querySelectorAll("a")) {
        const fits = wanted.every((word) => one.dataset.words.toLowerCase().includes(word));
        one.closest("li").hidden = !fits;
        count += fits ? 1 : 0;
      }
      group.hidden = !count;
      if (wanted.length) group.open = count > 0;
    }
    const left = examples.filter((one) => !one.closest("li").hidden).length;
    filtered.textContent = left ? "" : filtered.dataset.none;
  });
})();
