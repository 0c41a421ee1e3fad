/* While a questionnaire is filled in: after each answer the server is asked what shows now (do=look, nothing is
   saved), and only that is changed. What is typed is never touched. Without this script the button "next" does it. */
"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const holders = (root) => new Map(all("[data-question]", root).map((node) => [node.dataset.question, node]));
  let turn = 0;
  let waiting = 0;

  /* "Don't know" and an answer exclude each other */
  function exclude(changed) {
    const question = changed.closest("[data-question]");
    const unsure = question && one("[data-unsure]", question);
    if (!unsure || unsure.type === "radio") return;
    if (changed !== unsure) {
      if (changed.type === "checkbox" ? changed.checked : changed.value) unsure.checked = false;
      return;
    }
    if (!unsure.checked) return;
    all("input, textarea, select", question).forEach((cell) => {
      if (cell === unsure || cell.type === "hidden") return;
      if (cell.type === "checkbox") cell.checked = false; else cell.value = "";
    });
  }

  function renew(old, fresh) {
    old.hidden = fresh.hidden;
    if (fresh.dataset.rows !== undefined) {
      if (fresh.dataset.rows === old.dataset.rows) return false;
      old.replaceWith(document.importNode(fresh, true));
      return true;
    }
    if (fresh.dataset.alive === undefined || old.contains(document.activeElement)) return false;
    const words = one("[data-words]", old);
    if (words) words.textContent = one("[data-words]", fresh)?.textContent ?? "";
    const options = one("[data-options]", old);
    const offered = one("[data-options]", fresh);
    if (options && offered && options.innerHTML !== offered.innerHTML) options.replaceWith(document.importNode(offered, true));
    if (!words) old.replaceWith(document.importNode(fresh, true));
    return !words;
  }

  function merge(filling, answer) {
    const fresh = one(`#${CSS.escape(filling.id)}`, answer);
    if (!fresh) return;
    const now = holders(fresh);
    for (const [name, node] of holders(filling)) {
      const found = now.get(name);
      if (found && node.isConnected) renew(node, found);
    }
    one("[data-seen]", filling).value = one("[data-seen]", fresh).value;
    filling.dispatchEvent(new CustomEvent("filling:looked", { bubbles: true }));
  }

  async function look(filling) {
    const form = filling.closest("form");
    if (!form || !filling.isConnected) return;
    const mine = ++turn;
    const body = new FormData(form);
    body.set("do", "look");
    try {
      const response = await fetch(form.action, { method: "POST", body, credentials: "same-origin", headers: { "X-Requested-With": "filling" } });
      if (mine !== turn || !response.ok || response.redirected) return;
      merge(filling, new DOMParser().parseFromString(await response.text(), "text/html"));
    } catch {
      /* No network: the questions stay as they are, and saving will say so. */
    }
  }

  all(".filling-next").forEach((button) => { button.hidden = true; });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches?.("[data-filling] input")) return;
    event.preventDefault();
    const order = all("input:not([type=hidden]), textarea, select", event.target.form).filter((cell) => cell.checkVisibility());
    /* behind the last question waits the button that saves */
    (order[order.indexOf(event.target) + 1] || event.target.form.querySelector("button.primary"))?.focus();
  });
  document.addEventListener("change", (event) => {
    const filling = event.target.closest?.("[data-filling]");
    if (!filling) return;
    exclude(event.target);
    clearTimeout(waiting);
    waiting = setTimeout(() => look(filling), 120);
  });
  document.addEventListener("input", (event) => {
    if (event.target.closest?.("[data-filling]") && event.target.matches("input:not([type=checkbox]):not([type=radio]), textarea")) exclude(event.target);
  });
})();
