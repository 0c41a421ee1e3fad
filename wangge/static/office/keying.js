/* Keying paper: the first cell is ready for typing, 1 to 7 choose the result; without this script the mouse does it. */
"use strict";
(() => {
  const form = document.querySelector(".row-form");
  if (!form) return;
  const first = form.querySelector("[aria-invalid=true]") || form.querySelector("[role=alert] a") || form.querySelector("[name=at]");
  first?.focus();
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const at = event.target;
    const typing = at.matches?.("input:not([type=radio]):not([type=checkbox]), textarea, select");
    if (typing && !(at.name === "at" && at.value === "" && event.shiftKey)) return;
    const digit = event.code?.startsWith("Digit") ? event.code.slice(5) : event.key;
    const label = form.querySelector(`[data-digit="${CSS.escape(digit)}"]`);
    if (!label) return;
    event.preventDefault();
    const radio = label.querySelector("input");
    radio.checked = true;
    radio.focus();
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
