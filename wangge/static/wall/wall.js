/* The wall turns its pages by itself: space holds it, arrows turn, F fills the screen, Escape gives it back.
   Without script the page turns by a refresh, and its links hold it. */
(() => {
  "use strict";
  document.documentElement.classList.add("js");
  const wall = () => document.getElementById("wall");
  let timer = 0;

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(() => show(wall().dataset.next), Number(wall().dataset.seconds) * 1000);
  }

  async function show(address) {
    clearTimeout(timer);
    const focused = document.activeElement?.dataset?.way;
    try {
      const answer = await fetch(address, { headers: { "X-Wangge-Refresh": "1" }, credentials: "same-origin" });
      if (answer.redirected) { location.href = answer.url; return; }
      if (!answer.ok) throw new Error(String(answer.status));
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("wall");
      if (!fresh) throw new Error("no wall");
      wall().replaceWith(document.adoptNode(fresh));
      history.replaceState(null, "", address);
      if (focused) document.querySelector(`[data-way="${focused}"]`)?.focus();
    } catch {
      document.getElementById("lost").textContent = document.body.dataset.lost;
    }
    wait();
  }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  }

  document.addEventListener("click", (event) => {
    const way = event.target.closest("[data-way]")?.dataset.way;
    if (!way || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (way === "full") full(); else show(wall().dataset[way]);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const on = wall().dataset;
    if (event.key === " " || event.key.toLowerCase() === "p") { event.preventDefault(); show(on.turn); }
    else if (event.key === "ArrowRight") show(on.forward);
    else if (event.key === "ArrowLeft") show(on.back);
    else if (event.key.toLowerCase() === "f") full();
  });

  wait();
})();
