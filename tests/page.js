// Does with the page what a reader does, and leaves what it saw as JSON in an element with the id "seen".
"use strict";
(() => {
  const seen = {};
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const step = (name, act) => {
    const began = performance.now();
    try { seen[name] = act(); } catch (fault) { seen[name] = String(fault); }
    seen[`${name} ms`] = Math.round(performance.now() - began);
  };
  const visible = (element) => element.getClientRects().length > 0;
  const mentions = () => all("#laws [data-row] .count").map((cell) => Number(cell.dataset.v.replace(/,/g, "")));
  const ordered = (values) => values.every((value, at) => at === 0 || values[at - 1] <= value);
  step("sort", () => {
    const button = all("#laws [data-head] .sort")[1];
    button.click();
    const down = ordered([...mentions()].reverse());
    button.click();
    return down && ordered(mentions());
  });
  step("filter", () => {
    const box = document.getElementById("filter");
    box.value = "cybersecurity law";
    box.dispatchEvent(new Event("input"));
    return true;
  });
  setTimeout(() => {
    step("filtered", () => {
      const left = all("#laws [data-row]:not([hidden])");
      return left.length > 0 && left.length < mentions().length && left.every((row) => /cybersecurity law/i.test(`${row.dataset.search} ${row.textContent}`));
    });
    const box = document.getElementById("filter");
    box.value = "";
    box.dispatchEvent(new Event("input"));
    step("language", () => {
      document.querySelector('[data-lang="zh"]').click();
      const title = document.querySelector("#laws h2");
      const chinese = visible(title.querySelector(".zh")) && !visible(title.querySelector(".en")) && document.documentElement.lang === "zh-Hans";
      document.querySelector('[data-lang="en"]').click();
      return chinese && visible(title.querySelector(".en"));
    });
    step("dark", () => {
      const paper = () => getComputedStyle(document.body).backgroundColor;
      const before = paper();
      document.querySelector("[data-theme-switch]").click();
      const after = paper();
      document.querySelector("[data-theme-switch]").click();
      return before !== after && before === paper();
    });
    step("dossier", () => {
      const row = all("#laws details[data-row]").find((one) => one.querySelector(".said mark"));
      location.hash = row.id;
      return true;
    });
    setTimeout(() => {
      step("opened", () => {
        const row = document.querySelector("#laws details[open]");
        return Boolean(row) && visible(row.querySelector(".said mark")) && visible(row.querySelector(".source"));
      });
      step("keys", () => {
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
        return document.querySelector("#laws details[open]") === null;
      });
      step("wide", () => document.documentElement.scrollWidth <= window.innerWidth);
      const note = document.createElement("pre");
      note.id = "seen";
      note.textContent = JSON.stringify(seen);
      document.body.append(note);
    }, 400);
  }, 300);
})();
