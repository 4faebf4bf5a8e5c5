"use strict";
// Everything works without this file; with it, some things are quicker.
(() => {
  const find = (selector, from = document) => from.querySelector(selector);

  // The pages of a search change in place: what is typed, where one reads and the scroll stay.
  let latest = 0;
  async function swap(address, { keep = true } = {}) {
    const mine = ++latest;
    const main = find("main");
    main.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { headers: { accept: "text/html" } });
      const text = await answer.text();
      if (mine !== latest) return;
      const page = new DOMParser().parseFromString(text, "text/html");
      const focused = document.activeElement && document.activeElement.closest("[data-swap]");
      const open = [...document.querySelectorAll("main details")].map((each) => each.open);
      document.title = page.title;
      main.replaceWith(document.adoptNode(find("main", page)));
      [...document.querySelectorAll("main details")].forEach((each, at) => { each.open = open[at] || false; });
      if (keep) history.pushState({ swapped: true }, "", address);
      if (focused) {
        const same = [...document.querySelectorAll("[data-swap]")].find((each) => each.textContent === focused.textContent);
        (same || find("main")).focus({ preventScroll: true });
      }
      document.dispatchEvent(new Event("swapped"));
    } catch {
      location.assign(address);
    }
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-swap], .brush a");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    swap(link.getAttribute("href"));
  });
  history.replaceState({ swapped: true }, "");
  addEventListener("popstate", (event) => {
    if (event.state && event.state.swapped) swap(location.href, { keep: false });
  });

  // The timeline is brushed: pressed, drawn over, let go.
  let from = null;
  const barAt = (svg, x) => {
    const box = svg.getBoundingClientRect();
    const bars = [...svg.querySelectorAll("a")];
    const at = Math.floor(((x - box.left) / box.width) * bars.length);
    return Math.max(0, Math.min(bars.length - 1, at));
  };
  document.addEventListener("pointerdown", (event) => {
    const svg = event.target.closest("svg[data-brush]");
    if (!svg || event.button) return;
    from = { svg, at: barAt(svg, event.clientX), to: barAt(svg, event.clientX) };
    event.preventDefault();
  });
  document.addEventListener("pointermove", (event) => {
    if (!from) return;
    from.to = barAt(from.svg, event.clientX);
    const bars = from.svg.querySelectorAll("a");
    const [low, high] = [from.at, from.to].sort((one, other) => one - other);
    const step = 720 / bars.length;
    const chosen = find(".chosen", from.svg);
    chosen.setAttribute("x", low * step);
    chosen.setAttribute("width", (high - low + 1) * step);
  });
  document.addEventListener("pointerup", () => {
    if (!from) return;
    const { svg, at, to } = from;
    from = null;
    if (at === to) return;
    const bars = svg.querySelectorAll("a");
    const [low, high] = [at, to].sort((one, other) => one - other);
    const address = new URL(svg.dataset.brush, location.href);
    address.searchParams.set("after", bars[low].dataset.first);
    address.searchParams.set("before", bars[high].dataset.last);
    svg.addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
    swap(address.pathname + address.search);
  });

  // Matches in an article are walked.
  let at = -1;
  const matches = () => [...document.querySelectorAll("article mark")];
  function walk(step) {
    const found = matches();
    if (!found.length) return;
    if (found[at]) found[at].classList.remove("here");
    at = (at + step + found.length + (at < 0 && step < 0 ? 1 : 0)) % found.length;
    found[at].classList.add("here");
    found[at].scrollIntoView({ block: "center" });
    const count = find("[data-count]");
    if (count) count.textContent = `${at + 1} / ${found.length}`;
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-walk]");
    if (button) walk(Number(button.dataset.walk));
  });

  // What takes longer to find out comes after the article; without this it is a page of its own.
  async function inline(link) {
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fragment = find("[data-fragment]", page);
      const place = document.getElementById(link.dataset.inline);
      if (fragment && place) {
        place.replaceChildren(document.adoptNode(fragment));
        link.closest("li").remove();
      }
    } catch { /* The link is still there. */ }
  }
  function prepare() {
    at = -1;
    const bar = find(".walk");
    if (bar && matches().length) { bar.hidden = false; find("[data-count]").textContent = String(matches().length); }
    document.querySelectorAll("[data-inline]").forEach(inline);
    document.querySelectorAll("[data-copy]").forEach((button) => {
      button.hidden = !navigator.clipboard;
      button.addEventListener("click", () => navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value));
    });
  }
  prepare();
  document.addEventListener("swapped", prepare);

  // "/" goes to the box, as everywhere.
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (event.key === "/" && !typing && !event.metaKey && !event.ctrlKey && !event.altKey) {
      const box = find("#q");
      if (box) { event.preventDefault(); box.focus(); box.select(); }
    }
    if (!typing && !event.metaKey && !event.ctrlKey && !event.altKey && (event.key === "n" || event.key === "p")) walk(event.key === "n" ? 1 : -1);
  });
})();
