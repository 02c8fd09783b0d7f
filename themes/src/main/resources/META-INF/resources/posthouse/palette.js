/* The palette: a combobox over a list that the console writes (WAI-ARIA APG, "Editable Combobox With List"). */
(function () {
  "use strict";

  const palette = document.getElementById("palette");
  if (!palette) {
    return;
  }
  const field = document.getElementById("palette-text");
  const list = document.getElementById("palette-list");
  const said = document.getElementById("palette-said");
  const key = "posthouse-recent " + palette.dataset.visitor;
  const KEPT = 8;
  let under = null;
  let timer = 0;
  let marked = -1;

  const hits = () => [...list.querySelectorAll("[role=option]")];

  function mark(index) {
    const all = hits();
    marked = all.length === 0 ? -1 : (index + all.length) % all.length;
    all.forEach((hit, at) => hit.setAttribute("aria-selected", String(at === marked)));
    if (marked < 0) {
      field.removeAttribute("aria-activedescendant");
    } else {
      field.setAttribute("aria-activedescendant", all[marked].id);
      all[marked].scrollIntoView({ block: "nearest" });
    }
  }

  // Where the visitor went from here before; it stays in this browser, as the browser's own history does.
  function recent() {
    try {
      const known = JSON.parse(localStorage.getItem(key) ?? "[]");
      return Array.isArray(known) ? known.filter((one) => /^\/(?!\/)/.test(one.href)) : [];
    } catch {
      return [];
    }
  }

  function remember(hit) {
    const one = {
      href: hit.dataset.href,
      title: hit.querySelector(".palette-name").textContent,
      where: hit.querySelector(".palette-where").textContent,
      icon: hit.querySelector("use").getAttribute("href").split("#")[1],
      hue: hit.querySelector("svg").getAttribute("class"),
    };
    const others = recent().filter((other) => other.href !== one.href);
    try {
      localStorage.setItem(key, JSON.stringify([one, ...others].slice(0, KEPT)));
    } catch {
      // A browser that keeps nothing shows nothing recent.
    }
  }

  function line(one, at) {
    const hit = document.createElement("div");
    hit.className = "palette-hit";
    hit.id = "palette-recent-" + at;
    hit.setAttribute("role", "option");
    hit.dataset.href = one.href;
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", String(one.hue));
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", palette.dataset.icons + "#" + one.icon);
    svg.append(use);
    const name = document.createElement("span");
    name.className = "palette-name";
    name.textContent = one.title;
    const where = document.createElement("span");
    where.className = "palette-where";
    where.textContent = one.where;
    hit.append(svg, name, " ", where);
    return hit;
  }

  function showRecent() {
    const known = recent();
    list.replaceChildren();
    if (known.length > 0) {
      const group = document.createElement("div");
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", palette.dataset.recent);
      const label = document.createElement("div");
      label.className = "palette-group";
      label.setAttribute("role", "presentation");
      label.textContent = palette.dataset.recent;
      group.append(label, ...known.map(line));
      list.append(group);
    }
    said.textContent = known.length > 0 ? "" : palette.dataset.hint;
    mark(0);
  }

  async function ask() {
    under?.abort();
    const text = field.value.trim();
    if (text === "") {
      showRecent();
      return;
    }
    under = new AbortController();
    try {
      const query = new URLSearchParams({ text, at: palette.dataset.at ?? "" });
      const answer = await fetch(palette.dataset.address + "?" + query, { signal: under.signal });
      if (answer.redirected) {
        location.reload();
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.getElementById("palette-hits");
      list.replaceChildren(...found.querySelectorAll("[role=group]"));
      const trouble = found.querySelector("[data-trouble]")?.dataset.trouble;
      const count = hits().length;
      said.textContent = trouble || (count > 0 ? palette.dataset.count.replace("{0}", count) : palette.dataset.none);
      palette.dataset.answers = text;
      mark(0);
    } catch (failed) {
      if (failed.name !== "AbortError") {
        said.textContent = document.getElementById("fault").textContent;
      }
    }
  }

  function go(hit) {
    if (hit) {
      remember(hit);
      palette.close();
      location.assign(hit.dataset.href);
    }
  }

  function open() {
    if (!palette.open) {
      field.value = "";
      showRecent();
      palette.showModal();
    }
    field.focus();
    field.select();
  }

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  document.querySelectorAll("[data-palette]").forEach((button) => button.addEventListener("click", open));
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  field.addEventListener("keydown", async (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      mark(marked + step);
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      // Who types faster than the console answers means what he typed last.
      if (field.value.trim() !== "" && palette.dataset.answers !== field.value.trim()) {
        clearTimeout(timer);
        await ask();
      }
      go(hits()[marked]);
    }
  });
  list.addEventListener("click", (event) => go(event.target.closest("[role=option]")));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  palette.addEventListener("click", (event) => {
    if (event.target === palette) {
      palette.close();
    }
  });

  // An address may name one option of its page: it is brought into sight, marked, and takes the focus.
  const option = new URLSearchParams(location.search).get("option");
  const sought =
    option &&
    [...document.querySelectorAll("[data-option], [data-options]")].find(
      (one) => one.dataset.option === option || one.dataset.options?.split(" ").includes(option),
    );
  if (sought) {
    sought.classList.add("sought");
    sought.scrollIntoView({ block: "center" });
    // Only when the page is whole: what is put into it while it loads must not move the focus.
    const control = sought.querySelector("input:not([type=hidden]), textarea, select, button, a");
    const focus = () => requestAnimationFrame(() => control?.focus({ preventScroll: true }));
    if (document.readyState === "complete") {
      focus();
    } else {
      window.addEventListener("load", focus);
    }
  }
})();
