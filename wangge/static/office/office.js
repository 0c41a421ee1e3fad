/* The desk's small script. Every page works without it; with it pages are quicker and nothing typed is lost.
   No state outlives the page: nothing personal goes into the browser's storage. */
"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const typing = (node) => Boolean(node?.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]"));
  const shown = (node) => Boolean(node && node.checkVisibility());

  /* What floats: the switcher, live results, menus of the top line, the dialog */
  const dialog = () => one("#dialog");

  function closeFloats(except) {
    all("details.drop[open]").forEach((drop) => { if (drop !== except) drop.open = false; });
    const switcher = one("#switcher");
    if (switcher && switcher !== except && one(".pop", switcher)) switcher.replaceChildren();
    const hits = one("#hits");
    if (hits && !except?.contains?.(hits)) hits.replaceChildren();
  }

  function openDialog() {
    const box = dialog();
    if (!box?.firstElementChild) return;
    const title = one("#ask-title", box);
    if (title) box.setAttribute("aria-labelledby", "ask-title");
    if (!box.open) box.showModal();
    (one("[autofocus], [aria-invalid=true]", box) || one("input:not([type=hidden]), select, textarea, .btn", box))?.focus();
  }

  function shutDialog() {
    const box = dialog();
    if (!box?.open) return;
    box.close();
    box.replaceChildren();
  }

  /* The menu as a drawer on narrow screens */
  const menu = () => one("#menu");
  const drawerOpen = () => menu()?.classList.contains("open") || location.hash === "#menu";

  function shutDrawer() {
    if (!drawerOpen()) return;
    menu().classList.remove("open");
    if (location.hash === "#menu") history.replaceState(null, "", location.pathname + location.search);
    one("#menu-opener")?.focus();
  }

  document.addEventListener("click", (event) => {
    const target = event.target;
    if (target.closest("#menu-opener")) {
      event.preventDefault();
      menu().classList.add("open");
      one("a", menu())?.focus();
      return;
    }
    if (target.closest(".menu-veil")) { event.preventDefault(); shutDrawer(); return; }
    const shutter = target.closest("[data-shut]");
    if (shutter && dialog()?.open) { event.preventDefault(); shutDialog(); return; }
    if (target === dialog() && !dirtyForm(dialog())) { shutDialog(); return; }
    if (target.closest("[data-print]")) { event.preventDefault(); window.print(); return; }
    if (!target.closest("details.drop, #switcher, #where, .search")) closeFloats();
    const drop = target.closest("details.drop");
    if (drop) closeFloats(drop);
    const row = target.closest("tr[data-row]");
    if (row && !target.closest("a, button, input, select, label, details") && !getSelection().toString()) one("a", row)?.click();
    const add = target.closest("[data-add-row]");
    if (add) { event.preventDefault(); addRow(add.closest("form")); }
    const drop_row = target.closest("[data-drop-row]");
    if (drop_row) { event.preventDefault(); dropRow(drop_row); }
  });

  /* Keyboard map; off while typing */
  function step(by) {
    const rows = all("tr[data-row], li[data-row]").filter(shown);
    if (!rows.length) return;
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by))];
    one("a, button", next)?.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function arrows(event) {
    const list = event.target.closest(".pop") || event.target.closest(".search");
    if (!list || !["ArrowDown", "ArrowUp"].includes(event.key)) return false;
    const links = all("li a", list).filter(shown);
    if (!links.length) return false;
    const at = links.indexOf(document.activeElement);
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    (links[next] || one("input[type=search]", list))?.focus();
    event.preventDefault();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      const back = one("#switcher .pop") ? one("#where") : null;
      closeFloats();
      shutDrawer();
      back?.focus();
      if (document.activeElement?.id === "q") document.activeElement.blur();
      return;
    }
    if (arrows(event) || doorArrows(event) || enterMoves(event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || dialog()?.open) return;
    const key = event.key.toLowerCase();
    if (key === "j") return step(1);
    if (key === "k") return step(-1);
    const goal = all("[data-key]").find((node) => node.dataset.key.split(" ").includes(key) && (shown(node) || node.closest("details")));
    if (!goal) return;
    event.preventDefault();
    if (goal.matches("input")) { goal.focus(); goal.select(); } else goal.click();
  });

  /* Doors of a building: the chosen one is marked, the arrows go from door to door */
  document.addEventListener("click", (event) => {
    const door = event.target.closest("[data-door]");
    if (!door) return;
    all("[data-door][aria-current]").forEach((node) => node.removeAttribute("aria-current"));
    door.setAttribute("aria-current", "true");
  });
  document.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target.id === "door") one("#door")?.scrollIntoView({ block: "nearest" }); });

  function doorArrows(event) {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const here = event.target.closest?.("[data-door]");
    if (!by || !here) return false;
    const box = (node) => { const at = node.getBoundingClientRect(); return [at.left + at.width / 2, at.top + at.height / 2]; };
    const [x, y] = box(here);
    const far = (node) => { const [a, b] = box(node); const along = by[0] ? (a - x) * by[0] : (b - y) * by[1]; return along < 4 ? Infinity : along + 3 * Math.abs(by[0] ? b - y : a - x); };
    const next = all("[data-door]").filter((node) => node !== here).reduce((best, node) => (far(node) < far(best ?? here) || !best ? node : best), null);
    if (next && far(next) < Infinity) next.focus();
    event.preventDefault();
    return true;
  }

  /* A reason proposes its days; what somebody has typed stays */
  document.addEventListener("change", (event) => {
    if (!event.target.matches?.("select[data-proposes]")) return;
    const chosen = event.target.selectedOptions[0];
    all("[data-proposed]", event.target.form).forEach((cell) => {
      const day = chosen?.dataset[cell.dataset.proposed];
      if (day && (!cell.value || cell.value === cell.dataset.last)) { cell.value = day; cell.dataset.last = day; }
    });
  });

  /* Narrow a list that is already on the page */
  document.addEventListener("input", (event) => {
    const wanted = event.target.dataset?.narrows;
    if (wanted) {
      const text = event.target.value.trim().toLowerCase();
      all(`${wanted} > *`).forEach((row) => { row.hidden = Boolean(text) && !row.textContent.toLowerCase().includes(text); });
    }
    if (event.target.dataset?.identity !== undefined) deriveFromNumber(event.target);
    const form = event.target.closest?.("form[data-guard]");
    if (form) form.dataset.dirty = "1";
    growRows(event.target);
  });

  /* Forms: sent once, kept on the page until saved, a warning before leaving */
  const dirtyForm = (root = document) => one("form[data-guard][data-dirty]", root);
  let leaving = false;

  window.addEventListener("beforeunload", (event) => {
    if (leaving || !dirtyForm()) return;
    event.preventDefault();
    event.returnValue = document.body.dataset.leave;
  });

  function busy(form, on) {
    all("button", form).forEach((button) => {
      if (on) button.setAttribute("aria-busy", "true"); else button.removeAttribute("aria-busy");
    });
    if (on) form.dataset.sent = "1"; else delete form.dataset.sent;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    if (!form.hasAttribute("hx-post")) leaving = true;
    if (form.method === "post") busy(form, true);
  }, true);
  window.addEventListener("pageshow", () => { leaving = false; all("form[data-sent]").forEach((form) => busy(form, false)); });

  function say(words) {
    const box = one("#lost");
    if (!box) return;
    one("div", box).textContent = words;
    box.hidden = !words;
  }

  /* Signing in again in another window makes another token: the form takes the one that holds now */
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.cookie.match(/(?:^|; )wangge_csrf=([^;]+)/)?.[1];
    if (!token) return;
    event.detail.headers["X-CSRFToken"] = token;
    if (event.detail.verb !== "get") event.detail.parameters.csrfmiddlewaretoken = token;
  });
  document.addEventListener("htmx:beforeRequest", (event) => { say(""); const form = event.target.closest("form[data-sent]"); if (form) busy(form, true); });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest("form");
    const status = event.detail.xhr?.status;
    if (form && !(status >= 200 && status < 300 && event.detail.xhr.getResponseHeader("HX-Redirect"))) busy(form, false);
    if (form && event.detail.xhr?.getResponseHeader("HX-Redirect")) { delete form.dataset.dirty; leaving = true; }
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 422) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
  ["htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, () => say(document.body.dataset.lost)));
  document.addEventListener("htmx:responseError", (event) => {
    const answer = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    const box = one("[data-error]", answer);
    say(box ? all("h1, .quiet", box).map((node) => node.textContent.trim()).join(" ") : document.body.dataset.lost);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const target = event.detail.target;
    if (target.id === "dialog") openDialog();
    if (target.id === "switcher" || one("#switcher .pop")) one("#switcher input")?.focus();
    const form = target.closest?.("form[data-guard]") || (target.matches?.("form[data-guard]") ? target : null);
    if (form || event.detail.requestConfig?.verb === "post") {
      const fresh = document.getElementById(target.id) || document;
      if (fresh.matches?.("form[data-guard]")) fresh.dataset.dirty = "1";
      (one("[aria-invalid=true]", fresh) || one("[role=alert]", fresh))?.focus();
    }
  });

  /* Rows of people: Enter goes on to the next cell, the last row grows another */

  function enterMoves(event) {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return false;
    const form = event.target.closest?.("form[data-enter-moves]");
    if (!form || !event.target.matches("input:not([type=checkbox]):not([type=radio]), select")) return false;
    event.preventDefault();
    if (event.target.matches("[data-begins-row]") && blankRow(event.target)) { one("button.primary", form)?.focus(); return true; }
    if (event.target.matches("[data-ends-row]")) growRows(event.target, true);
    /* what a number has told already is passed over */
    const passed = (cell) => cell !== event.target && (cell.matches("[data-skipped], [type=checkbox]") || (cell.matches("[data-derived]") && Boolean(cell.value)));
    const order = all("input:not([type=hidden]), select, textarea", form).filter((cell) => shown(cell) && cell.checkVisibility?.() !== false && !passed(cell));
    const next = order[order.indexOf(event.target) + 1] || one("button.primary", form);
    next?.focus();
    if (next?.matches("input")) next.select();
    return true;
  }

  function blankRow(cell) {
    const row = cell.closest("[data-rows] > *");
    return Boolean(row) && all("input:not([type=checkbox])", row).every((one) => !one.value.trim());
  }

  function growRows(cell, always) {
    const row = cell.closest?.("[data-rows] > *");
    if (!row || row.nextElementSibling || (!always && !cell.value)) return;
    addRow(cell.closest("form"), false);
  }

  function addRow(form, focus = true) {
    const rows = one("[data-rows]", form);
    const pattern = one("template[data-pattern]", form);
    const most = Number(rows.dataset.most || 30);
    if (!pattern || rows.children.length >= most) return;
    const number = Number(rows.dataset.next);
    rows.dataset.next = String(number + 1);
    const holder = document.createElement("template");
    holder.innerHTML = pattern.innerHTML.replaceAll("__n__", String(number)).replaceAll("__nth__", String(rows.children.length + 1));
    rows.append(holder.content);
    one("[data-row-count]", form).value = String(number + 1);
    if (focus) one("input, select", rows.lastElementChild)?.focus();
  }

  function dropRow(button) {
    const row = button.closest("[data-rows] > *");
    const rows = row.parentElement;
    const near = row.nextElementSibling || row.previousElementSibling;
    if (rows.children.length === 1) { all("input, select", row).forEach((cell) => { cell.value = ""; }); return; }
    row.remove();
    one("input, select", near)?.focus();
  }

  /* A citizen's number tells birth and sex (GB 11643); the server decides, this only shows it at once */
  function deriveFromNumber(cell) {
    const row = cell.closest("[data-rows] > *, form");
    const text = cell.value.normalize("NFKC").replace(/\s/g, "").toUpperCase();
    const long = /^\d{17}[\dX]$/.test(text);
    if (!long && !/^\d{15}$/.test(text)) return;
    const digits = long ? text.slice(6, 14) : `19${text.slice(6, 12)}`;
    const birth = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
    const known = new Date(`${birth}T00:00:00Z`);
    if (Number.isNaN(known.getTime()) || known.toISOString().slice(0, 10) !== birth) return;
    const birthCell = one("[data-birth]", row);
    const sexCell = one("[data-sex]", row);
    if (birthCell) birthCell.value = birth;
    if (sexCell) sexCell.value = Number(text[long ? 16 : 14]) % 2 ? sexCell.dataset.male : sexCell.dataset.female;
  }

  /* Numbers shown in full are hidden again after a while */
  function hideAgain() {
    const shownUntil = one("[data-hide-after]");
    if (shownUntil) setTimeout(() => { leaving = true; location.replace(shownUntil.dataset.hideTo); }, Number(shownUntil.dataset.hideAfter) * 1000);
  }
  hideAgain();
})();
