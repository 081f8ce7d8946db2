"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  // Language of the interface: the reader's choice, else the browser's.
  const setLanguage = (language) => {
    root.dataset.ui = language;
    root.lang = language === "zh" ? "zh-Hans" : "en";
    all("[data-lang]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.lang === language)));
    all("[data-placeholder-en]").forEach((input) => {
      input.placeholder = language === "zh" ? input.dataset.placeholderZh : input.dataset.placeholderEn;
    });
    try { localStorage.setItem("tongwen-ui", language); } catch { /* a page from a file may have no storage */ }
  };
  let chosen = null;
  try { chosen = localStorage.getItem("tongwen-ui"); } catch { /* see above */ }
  setLanguage(chosen || (/^zh/i.test(navigator.language) ? "zh" : "en"));
  all("[data-lang]").forEach((button) => button.addEventListener("click", () => setLanguage(button.dataset.lang)));

  // Light or dark: the reader's choice, else the system's.
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
  try { const kept = localStorage.getItem("tongwen-theme"); if (kept) root.dataset.theme = kept; } catch { /* see above */ }
  all("[data-theme-switch]").forEach((button) => button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem("tongwen-theme", root.dataset.theme); } catch { /* see above */ }
  }));

  // Filter: every row knows both names of what it shows; sentences are searched too.
  const rows = all("[data-row]");
  const texts = new Map();
  const textOf = (row) => {
    if (!texts.has(row)) texts.set(row, `${row.dataset.search || ""} ${row.textContent}`.toLowerCase());
    return texts.get(row);
  };
  const filterBox = document.getElementById("filter");
  const applyFilter = () => {
    const words = filterBox.value.toLowerCase().split(/\s+/).filter(Boolean);
    root.classList.toggle("filtering", words.length > 0);
    rows.forEach((row) => { row.hidden = !words.every((word) => textOf(row).includes(word)); });
    all(".matches").forEach((note) => {
      const listed = all("[data-row]", note.closest(".cut")?.nextElementSibling || note.closest("section"));
      const left = listed.filter((row) => !row.hidden).length;
      note.textContent = words.length ? `${left} / ${listed.length}` : "";
    });
  };
  // A name in the network asks for the rows that hold it.
  all("svg [data-name]").forEach((node) => node.addEventListener("click", () => {
    filterBox.value = node.dataset.name;
    applyFilter();
  }));
  let waiting = 0;
  filterBox.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(applyFilter, 120); });

  // Sorting: a header says which cell of its rows it orders.
  const valueOf = (row, column) => {
    const cells = row.matches("details") ? row.querySelector("summary").children : row.children;
    const cell = cells[column];
    const text = cell ? (cell.dataset.v ?? cell.textContent).trim() : "";
    const number = Number(text.replace(/,/g, "").replace("−", "-"));
    return text !== "" && Number.isFinite(number) ? number : text;
  };
  const compare = (left, right) => {
    if (typeof left === "number" && typeof right === "number") return left - right;
    return String(left).localeCompare(String(right), root.lang);
  };
  all("[data-sorted]").forEach((list) => {
    const heads = [...list.querySelector("[data-head]").children];
    const body = list.querySelector("[data-body]") || list;
    heads.forEach((head, column) => {
      if (!head.hasAttribute("data-sort")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.dataset.order ? head.dataset.order === "up" : head.dataset.sort === "number";
        heads.forEach((other) => { delete other.dataset.order; other.removeAttribute("aria-sort"); });
        head.dataset.order = down ? "down" : "up";
        if (head.tagName === "TH") head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const keyed = [...body.children].filter((row) => row.hasAttribute("data-row")).map((row) => [valueOf(row, column), row]);
        keyed.sort((left, right) => {
          if (left[0] === "" || right[0] === "") return (left[0] === "") - (right[0] === "");
          return down ? compare(right[0], left[0]) : compare(left[0], right[0]);
        });
        body.append(...keyed.map((pair) => pair[1]));
      });
    });
  });

  // The address bar keeps what is open: #laws/cn-cybersecurity-law
  const openTarget = () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* not an address of ours */ }
    const target = document.getElementById(id);
    if (!target) return;
    if (target.matches("details")) target.open = true;
    target.scrollIntoView();
  };
  all("details[id]").forEach((details) => details.addEventListener("toggle", () => {
    const address = details.open ? `#${encodeURI(details.id)}` : location.pathname + location.search;
    try { history.replaceState(null, "", details.open ? address : location.href.split("#")[0]); } catch { /* file pages */ }
  }));
  window.addEventListener("hashchange", openTarget);
  openTarget();

  // Copying a sentence with its source.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.copy");
    if (!button) return;
    const quote = button.closest("[data-quote]");
    const text = `${quote.querySelector(".said").textContent.trim()}\n— ${button.dataset.source}`;
    navigator.clipboard?.writeText(text).then(() => {
      button.classList.add("done");
      setTimeout(() => button.classList.remove("done"), 1200);
    });
  });
  all("[data-quote] .source").forEach((source) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.dataset.source = source.textContent.replace(/\s+/g, " ").trim();
    button.innerHTML = '<span class="en">copy</span><span class="zh">复制</span>';
    source.append(button);
  });

  // Keys: / filters, j and k move through what can be opened, Escape closes.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input");
    if (event.key === "Escape") {
      if (typing) { filterBox.value = ""; applyFilter(); filterBox.blur(); return; }
      const open = document.activeElement.closest("details[open]") || all("details[open]").pop();
      if (open) { open.open = false; open.querySelector("summary").focus(); }
    } else if (!typing && event.key === "/") {
      event.preventDefault();
      filterBox.focus();
    } else if (!typing && (event.key === "j" || event.key === "k")) {
      const stops = all("details[data-row]:not([hidden]) > summary");
      const here = stops.indexOf(document.activeElement);
      const next = stops[event.key === "j" ? here + 1 : Math.max(here - 1, 0)];
      if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
    }
  });
})();
