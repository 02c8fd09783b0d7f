/* Shortcuts, menus that close, the drawer of the tree, and parts of a page that stay as the visitor left them. */
(function () {
  "use strict";

  const help = document.getElementById("shortcuts");
  const isTyping = (target) => target.matches?.("input, textarea, select, [contenteditable]");

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
      return;
    }
    if (event.key === "/") {
      event.preventDefault();
      document.querySelector("[data-palette]")?.click();
    } else if (event.key === "?" && help && !help.open) {
      event.preventDefault();
      help.showModal();
    }
  }
  document.addEventListener("keydown", press);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-shortcuts]")) {
      help?.showModal();
    }
    const dialog = event.target.closest("dialog[data-light]");
    if (dialog && (event.target === dialog || event.target.closest("[data-close]"))) {
      dialog.close();
    }
  });

  function closeMenus(except) {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (menu !== except) {
        menu.removeAttribute("open");
      }
    });
  }

  function closeRail() {
    document.querySelectorAll(".rail.open").forEach((rail) => rail.classList.remove("open"));
    document.querySelectorAll("[data-toggles]").forEach((button) => button.setAttribute("aria-expanded", "false"));
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
      return;
    }
    const menu = document.activeElement?.closest("details.menu[open]") ?? document.querySelector("details.menu[open]");
    closeMenus(null);
    menu?.querySelector("summary").focus();
    const rail = document.querySelector(".rail.open");
    closeRail();
    if (rail) {
      document.querySelector("[data-toggles]")?.focus();
    }
  });
  document.addEventListener("focusin", (event) => {
    const menu = document.querySelector("details.menu[open]");
    if (menu && !menu.contains(event.target)) {
      closeMenus(null);
    }
  });
  document.addEventListener("click", (event) => {
    closeMenus(event.target.closest("details.menu"));
    const toggle = event.target.closest("[data-toggles]");
    if (toggle) {
      const open = document.getElementById(toggle.dataset.toggles).classList.toggle("open");
      toggle.setAttribute("aria-expanded", String(open));
    } else if (!event.target.closest(".rail")) {
      closeRail();
    }
  });

  // What is folded stays folded from visit to visit; an address or a problem that names a field in it opens it.
  const key = "posthouse-folds";
  function folds() {
    try {
      return JSON.parse(localStorage.getItem(key) ?? "{}");
    } catch {
      return {};
    }
  }
  function unfold() {
    const known = folds();
    document.querySelectorAll("details[data-fold]:not([data-met])").forEach((fold) => {
      fold.dataset.met = "true";
      fold.open = known[fold.dataset.fold] ?? fold.open;
      if (fold.querySelector(".problem, .sought")) {
        fold.open = true;
      }
    });
  }
  document.addEventListener(
    "toggle",
    (event) => {
      const fold = event.target;
      if (fold.dataset?.fold && fold.isConnected) {
        try {
          localStorage.setItem(key, JSON.stringify({ ...folds(), [fold.dataset.fold]: fold.open }));
        } catch {
          // A browser that keeps nothing folds as the page came.
        }
      }
    },
    true,
  );
  new MutationObserver(unfold).observe(document.documentElement, { childList: true, subtree: true });
  unfold();

  // A long page has the list of its sections at the side.
  const panel = document.getElementById("panel");
  const side = document.getElementById("sections");
  function list() {
    const heads = [...panel.querySelectorAll(".card > h2, .card > .card-head > h2, details.card > summary > h2")];
    side.hidden = heads.length < 3;
    side.querySelector("ul").replaceChildren(
      ...heads.map((head, at) => {
        head.id ||= `section-${at}`;
        const link = document.createElement("a");
        link.href = `#${head.id}`;
        link.textContent = head.textContent.trim();
        link.addEventListener("click", (event) => {
          event.preventDefault();
          head.closest("details")?.setAttribute("open", "");
          head.closest(".card").scrollIntoView({ block: "start" });
          head.setAttribute("tabindex", "-1");
          head.focus({ preventScroll: true });
        });
        const line = document.createElement("li");
        line.append(link);
        return line;
      }),
    );
  }
  if (panel && side) {
    list();
    const seen = new IntersectionObserver(
      (entries) => {
        const top = entries.find((entry) => entry.isIntersecting);
        const head = top?.target.querySelector("h2");
        if (head) {
          side.querySelectorAll("a").forEach((link) => {
            link.hash === `#${head.id}` ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
          });
        }
      },
      { rootMargin: "-80px 0px -70% 0px" },
    );
    panel.querySelectorAll(".card").forEach((card) => seen.observe(card));
  }
})();
