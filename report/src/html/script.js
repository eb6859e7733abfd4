"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const cards = all(".card");
  const byNumber = new Map(cards.map((card) => [card.dataset.f, card]));
  let showAll = false;
  let now = null; // { card, place }

  // The stretches of a place, in the order of the text. One place may be cut into several.
  let index = null;
  const stretches = (key) => {
    if (!index) {
      index = new Map();
      for (const mark of all(".m")) {
        for (const name of mark.dataset.o.split(" ")) {
          const list = index.get(name);
          if (list) list.push(mark); else index.set(name, [mark]);
        }
      }
    }
    return index.get(key) || [];
  };
  const places = (card) => all(":scope > .wordings > li", card).flatMap((item) => item.dataset.o.split(" "));
  const open = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      if (at.localName === "details") at.open = true;
    }
  };
  const walkable = () => cards.filter((card) => showAll || !("hidden" in card.dataset));

  // Choosing and walking.
  const clear = () => {
    for (const element of all(".now, .on")) element.classList.remove("now", "on");
  };
  const scrollTo = (element) => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const far = Math.abs(element.getBoundingClientRect().top) > 2 * innerHeight;
    element.scrollIntoView({ block: "center", behavior: calm || far ? "instant" : "smooth" });
  };
  const choose = (card, place, scroll = true) => {
    clear();
    const keys = places(card);
    now = { card, place: keys.length ? (place + keys.length) % keys.length : 0, keys };
    if ("hidden" in card.dataset) setAll(true);
    card.classList.add("now");
    keys.forEach((key) => stretches(key).forEach((mark) => mark.classList.add("on")));
    const marks = keys.length ? stretches(keys[now.place]) : [];
    for (const mark of marks) mark.classList.add("now");
    $("now").textContent = card.dataset.title;
    $("place").textContent = keys.length ? `${now.place + 1} of ${keys.length}` : "–";
    if (marks.length) {
      open(marks[0]);
      if (scroll) { scrollTo(marks[0]); marks[0].focus({ preventScroll: true }); }
    } else if (scroll) {
      open(card);
      scrollTo(card);
      card.querySelector("summary").focus({ preventScroll: true });
    }
    const list = card.closest(".findings");
    if (list && list.scrollHeight > list.clientHeight) {
      list.scrollTop = card.offsetTop - list.offsetTop - list.clientHeight / 3;
    }
    if (!$("panel").hidden) fill();
    docs.filter(isOpen).forEach(drawHere);
    drawLines();
  };
  const walk = (step) => {
    if (now) choose(now.card, now.place + step); else turn(1);
  };
  const turn = (step) => {
    const list = walkable();
    if (!list.length) return;
    if (!now) {
      // Among many documents, that which is read.
      const first = list.find((card) => isOpen(card.closest(".doc") || document.body));
      return choose(step > 0 ? first || list[0] : list[list.length - 1], 0);
    }
    choose(list[(list.indexOf(now.card) + step + list.length) % list.length], 0);
  };
  const setAll = (value) => {
    showAll = value;
    document.body.classList.toggle("all", value);
    for (const rest of all(".rest")) rest.open = value;
  };

  // The panel of all wordings.
  let before = null;
  const fill = () => {
    const { card, keys, place } = now;
    const body = $("panel-body");
    $("panel-title").textContent = card.dataset.title;
    $("panel-msg").textContent = card.querySelector(".msg").textContent;
    body.replaceChildren(...all(":scope > :not(summary)", card).map((part) => part.cloneNode(true)));
    const item = all("li", body).find((one) => one.dataset.o.split(" ").includes(keys[place]));
    if (item) {
      item.classList.add("now");
      item.scrollIntoView({ block: "nearest" });
    }
    const mark = stretches(keys[place])[0];
    const others = new Set(mark ? mark.dataset.o.split(" ").map((name) => name.split(".")[0]) : []);
    others.delete(card.dataset.f);
    const also = [...others].map((number) => byNumber.get(number)).filter((one) => one && (showAll || !("hidden" in one.dataset)));
    $("panel-also").replaceChildren(...also.flatMap((one, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = one.dataset.title;
      const key = mark.dataset.o.split(" ").find((name) => name.split(".")[0] === one.dataset.f);
      button.addEventListener("click", () => choose(one, places(one).indexOf(key)));
      return at ? [button] : ["Here too: ", button];
    }));
  };
  const showPanel = () => {
    if (!now) turn(1);
    if (!now) return;
    before = document.activeElement;
    $("panel").hidden = false;
    document.body.classList.add("panel-open");
    fill();
    const mark = stretches(now.keys[now.place])[0];
    if (mark) scrollTo(mark);
  };
  const hidePanel = () => {
    if ($("panel").hidden) return false;
    $("panel").hidden = true;
    document.body.classList.remove("panel-open");
    if (before && before.isConnected) before.focus({ preventScroll: true });
    return true;
  };

  // The map in the margin, by the places of lines on the screen.
  const ROWS = 400;
  const SVG = "http://www.w3.org/2000/svg";
  const rect = (y, height, name) => {
    const made = document.createElementNS(SVG, "rect");
    for (const [key, value] of Object.entries({ x: 1, width: 8, y, height: Math.max(height, 1.5), class: name })) {
      made.setAttribute(key, value);
    }
    return made;
  };
  const rows = (text, mark) => {
    const outer = text.getBoundingClientRect();
    const inner = mark.getBoundingClientRect();
    const scale = ROWS / outer.height;
    return [(inner.top - outer.top) * scale, inner.height * scale];
  };
  const drawMap = (doc) => {
    const map = doc.querySelector(".map");
    const text = doc.querySelector(".text");
    if (!map || !text || !text.offsetHeight) return;
    const strongest = new Array(ROWS).fill(0);
    for (const mark of all(".m:not(.hid)", text)) {
      const [y, height] = rows(text, mark);
      const strength = Number(mark.className.match(/s(\d)/)[1]);
      for (let row = Math.max(0, Math.floor(y)); row < Math.min(ROWS, y + Math.max(height, 1)); row++) {
        strongest[row] = Math.max(strongest[row], strength);
      }
    }
    const made = [];
    for (let row = 0; row < ROWS; ) {
      let end = row + 1;
      while (end < ROWS && strongest[end] === strongest[row]) end++;
      if (strongest[row]) made.push(rect(row, end - row, `s${strongest[row]}`));
      row = end;
    }
    map.querySelector(".rows").replaceChildren(...made);
    drawHere(doc);
  };
  const drawHere = (doc) => {
    const map = doc && doc.querySelector(".map");
    if (!map) return;
    const text = doc.querySelector(".text");
    map.querySelector(".here").replaceChildren(...all(".m.on", text).map((mark) => rect(...rows(text, mark), "")));
  };
  const isOpen = (doc) => doc.localName !== "details" || doc.open;
  const docs = all(".doc");
  const drawMaps = () => { docs.filter(isOpen).forEach(drawMap); drawLines(); };

  // The lines of a comparison, from each place on the left to those on the right.
  const drawLines = () => {
    const lines = document.querySelector(".lines");
    if (!lines || getComputedStyle(lines).display === "none") return;
    const outer = lines.getBoundingClientRect();
    const sides = [".left", ".right"].map((side) => {
      const made = new Map();
      for (const mark of all(`${side} .m`)) {
        for (const name of mark.dataset.o.split(" ")) if (!made.has(name)) made.set(name, mark);
      }
      return made;
    });
    const end = document.querySelector(".left .t");
    const start = document.querySelector(".right .t");
    if (!end || !start) return;
    const x = [end.getBoundingClientRect().right - outer.left + 6, start.getBoundingClientRect().left - outer.left - 26];
    const made = [];
    for (const card of cards) {
      const keys = places(card);
      const ends = sides.map((side) => keys.filter((key) => side.has(key)).map((key) => side.get(key)));
      const count = Math.max(ends[0].length, ends[1].length);
      for (let at = 0; ends[0].length && ends[1].length && at < count; at++) {
        const pair = ends.map((marks) => marks[Math.min(at, marks.length - 1)]);
        const y = pair.map((mark) => mark.getClientRects()[0].top - outer.top + 13);
        const path = document.createElementNS(SVG, "path");
        const middle = (x[0] + x[1]) / 2;
        path.setAttribute("d", `M${x[0]} ${y[0]} C${middle} ${y[0]} ${middle} ${y[1]} ${x[1]} ${y[1]}`);
        path.setAttribute("class", pair[0].className.replace(/\b(m|on|now)\b/g, "").trim() + (now && now.card === card ? " now" : ""));
        made.push(path);
      }
    }
    lines.replaceChildren(...made);
  };

  // What is clicked.
  const pick = (mark) => {
    const names = mark.dataset.o.split(" ").map((name) => name.split("."));
    const usable = names.filter(([number]) => byNumber.has(number) && (showAll || !("hidden" in byNumber.get(number).dataset)));
    if (!usable.length) return;
    const same = now && usable.find(([number]) => number === now.card.dataset.f);
    if (same && mark.classList.contains("now")) return walk(1);
    const [number, place] = same || usable[0];
    choose(byNumber.get(number), Number(place), false);
    mark.focus({ preventScroll: true });
  };
  document.addEventListener("click", (event) => {
    const target = event.target.closest("a, summary, .map, .bar");
    if (!target) return;
    if (target.matches(".m")) {
      event.preventDefault();
      pick(target);
    } else if (target.dataset.go) {
      const [number, place] = target.dataset.go.split(".");
      if (!byNumber.has(number)) return;
      event.preventDefault();
      choose(byNumber.get(number), Number(place));
    } else if (target.dataset.thing) {
      event.preventDefault();
      choose(byNumber.get(target.dataset.thing), 0, false);
      showPanel();
    } else if (target.matches(".card > summary")) {
      const card = target.parentElement;
      if (!card.open && card !== (now && now.card)) choose(card, 0, false);
    } else if (target.matches(".bar")) {
      const paragraph = $(`p${target.dataset.p}`);
      if (paragraph) scrollTo(paragraph);
    } else if (target.matches(".map")) {
      const box = target.getBoundingClientRect();
      const text = target.parentElement.querySelector(".text").getBoundingClientRect();
      scrollBy({ top: text.top + (event.clientY - box.top) / box.height * text.height - innerHeight / 2 });
    } else if (target.hash) {
      reveal(target.hash);
    }
  });
  const reveal = (hash) => {
    const element = hash.length > 1 && $(decodeURIComponent(hash.slice(1)));
    if (!element) return;
    if (element.localName === "details") element.open = true;
    open(element);
  };

  // Keys.
  const moves = {
    j: () => walk(1), n: () => walk(1), k: () => walk(-1), p: () => walk(-1),
    J: () => turn(1), ArrowRight: () => turn(1), K: () => turn(-1), ArrowLeft: () => turn(-1),
    a: () => setAll(!showAll),
    "?": () => $("help").showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
    if (event.target.closest("input, select, textarea")) return;
    const scrolls = event.target.closest(".scroll, #panel-body, pre");
    if (event.key === "Escape") {
      if (!hidePanel() && now) { clear(); now = null; $("now").textContent = "No finding chosen"; $("place").textContent = "–"; docs.forEach(drawHere); drawLines(); }
    } else if (event.key === "Enter") {
      const on = event.target;
      if (on.matches(".m")) { event.preventDefault(); if (!on.classList.contains("now")) pick(on); showPanel(); }
      else if (!on.closest("a, button, summary") && now) { event.preventDefault(); showPanel(); }
    } else if (moves[event.key] && !(scrolls && event.key.startsWith("Arrow"))) {
      event.preventDefault();
      moves[event.key]();
    }
  });
  const on = (id, act) => $(id).addEventListener("click", act);
  on("prev-finding", () => turn(-1));
  on("next-finding", () => turn(1));
  on("prev-place", () => walk(-1));
  on("next-place", () => walk(1));
  on("now", showPanel);
  on("panel-close", hidePanel);
  on("help-open", () => $("help").showModal());

  // The overview.
  const table = $("documents");
  if (table) {
    const body = table.tBodies[0];
    const value = (row, column, kind) => {
      const cell = row.cells[column];
      return kind !== "text" ? Number(cell.dataset.v) : cell.textContent;
    };
    all("thead th", table).forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const kind = head.dataset.kind;
        const was = head.getAttribute("aria-sort");
        const down = was ? was === "ascending" : kind !== "text";
        all("th", table.tHead).forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const order = new Intl.Collator(undefined, { numeric: true });
        const sorted = [...body.rows].map((row) => [value(row, column, kind), row]);
        sorted.sort(([a], [b]) => (down ? -1 : 1) * (kind !== "text" ? a - b : order.compare(a, b)));
        body.append(...sorted.map(([, row]) => row));
      });
    });
    const filter = () => {
      const name = $("filter-name").value.toLowerCase();
      const verdict = $("filter-verdict").value;
      let count = 0;
      for (const row of body.rows) {
        const shown = row.textContent.toLowerCase().includes(name)
          && (!verdict || row.dataset.verdict === verdict)
          && (!$("filter-warnings").checked || Number(row.cells[4].dataset.v) > 0)
          && (!$("filter-shared").checked || Number(row.cells[7].dataset.v) > 0);
        row.hidden = !shown;
        count += shown;
      }
      $("filter-count").textContent = `${count} of ${body.rows.length}`;
    };
    $("filter").addEventListener("input", filter);
    $("filter").addEventListener("submit", (event) => event.preventDefault());
    $("filter").hidden = false;
    filter();
  }

  for (const doc of docs) doc.addEventListener("toggle", () => isOpen(doc) && drawMap(doc));
  addEventListener("hashchange", () => reveal(location.hash));
  addEventListener("beforeprint", () => cards.forEach((card) => {
    if (!("hidden" in card.dataset) && !card.open && isOpen(card.closest(".doc") || document.body)) { card.open = true; card.dataset.printed = ""; }
  }));
  addEventListener("afterprint", () => cards.forEach((card) => {
    if ("printed" in card.dataset) { card.open = false; delete card.dataset.printed; }
  }));
  let waiting = 0;
  addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(drawMaps, 150); });
  if (cards.length) $("bar").hidden = false;
  reveal(location.hash);
  drawMaps();
})();
