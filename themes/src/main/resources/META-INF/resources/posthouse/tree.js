/* The tree by keyboard and mouse (WAI-ARIA APG, "Tree View"): one line is in the tab order, keys move from line to line. */
(function () {
  "use strict";

  const form = document.getElementById("tree");
  if (!form) {
    return;
  }
  const TYPING_MS = 700;
  let sought = "";
  let soughtAt = 0;
  let wanted = null;

  const tree = () => form.querySelector("[role=tree]");
  const isOpen = (line) => line.getAttribute("aria-expanded") === "true";
  const canOpen = (line) => line.hasAttribute("aria-expanded");
  const group = (line) => document.getElementById(line.getAttribute("aria-owns"));
  const parent = (line) => line.parentElement.parentElement.closest("li")?.querySelector("[role=treeitem]");

  function lines() {
    return [...(tree()?.querySelectorAll("[role=treeitem]") ?? [])].filter((line) => {
      for (let above = parent(line); above; above = parent(above)) {
        if (!isOpen(above)) {
          return false;
        }
      }
      return true;
    });
  }

  function enter(line) {
    tree()
      .querySelectorAll("[tabindex='0']")
      .forEach((other) => other.setAttribute("tabindex", "-1"));
    line.setAttribute("tabindex", "0");
  }

  function focus(line) {
    if (line) {
      enter(line);
      line.focus({ preventScroll: true });
      show(line);
    }
  }

  // Only the tree is scrolled: scrollIntoView would move the page under the top bar as well.
  function show(line) {
    const frame = line.closest(".rail-lines");
    const box = line.getBoundingClientRect();
    const sight = frame.getBoundingClientRect();
    if (box.top < sight.top) {
      frame.scrollTop -= sight.top - box.top + box.height;
    } else if (box.bottom > sight.bottom) {
      frame.scrollTop += box.bottom - sight.bottom + box.height;
    }
  }

  function open(some) {
    const closed = some.filter((line) => canOpen(line) && !isOpen(line));
    const unread = closed.filter((line) => line.dataset.loaded !== "true");
    closed.forEach((line) => line.setAttribute("aria-expanded", "true"));
    const named = (of) => of.map((line) => ({ name: "dn", value: line.dataset.dn }));
    if (unread.length > 0) {
      window.posthouseTreeLoad(named(closed));
    } else if (closed.length > 0) {
      window.posthouseTreeOpened(named(closed));
    }
  }

  function close(line) {
    line.setAttribute("aria-expanded", "false");
    window.posthouseTreeClosed([{ name: "dn", value: line.dataset.dn }]);
  }

  function more(line) {
    wanted = { index: lines().indexOf(line) };
    window.posthouseTreeMore([{ name: "dn", value: line.dataset.more }]);
  }

  function seek(key, all, at, now) {
    sought = now - soughtAt > TYPING_MS ? key : sought + key;
    soughtAt = now;
    const repeated = [...sought].every((letter) => letter === sought[0]);
    const text = repeated ? sought[0] : sought;
    const from = repeated ? at + 1 : at;
    const order = [...all.slice(from), ...all.slice(0, from)];
    focus(order.find((line) => line.querySelector(".tree-name").textContent.trim().toLowerCase().startsWith(text)));
  }

  const moves = {
    ArrowDown: (line, all, at) => focus(all[at + 1]),
    ArrowUp: (line, all, at) => focus(all[at - 1]),
    Home: (line, all) => focus(all[0]),
    End: (line, all) => focus(all.at(-1)),
    ArrowRight: (line, all, at) => {
      if (canOpen(line) && !isOpen(line)) {
        open([line]);
      } else if (canOpen(line) && group(line)) {
        focus(all[at + 1]);
      }
    },
    ArrowLeft: (line) => (canOpen(line) && isOpen(line) ? close(line) : focus(parent(line))),
    " ": (line) => line.click(),
    "*": (line) => open([...line.closest("ul").children].map((one) => one.querySelector("[role=treeitem]"))),
  };

  form.addEventListener("keydown", (event) => {
    const line = event.target.closest("[role=treeitem]");
    if (!line || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const all = lines();
    const at = all.indexOf(line);
    if (moves[event.key]) {
      event.preventDefault();
      moves[event.key](line, all, at);
    } else if (event.key.length === 1 && event.key !== "?" && event.key !== "/") {
      event.preventDefault();
      seek(event.key.toLowerCase(), all, at, event.timeStamp);
    }
  });

  form.addEventListener("click", (event) => {
    const line = event.target.closest("[role=treeitem]");
    if (!line) {
      return;
    }
    if (line.dataset.more) {
      event.preventDefault();
      more(line);
    } else if (event.target.closest(".tree-toggle")) {
      event.preventDefault();
      enter(line);
      isOpen(line) ? close(line) : open([line]);
    }
  });

  form.addEventListener("focusin", (event) => {
    const line = event.target.closest("[role=treeitem]");
    if (line) {
      enter(line);
      wanted = { dn: line.dataset.dn ?? "", index: lines().indexOf(line) };
    }
  });
  document.addEventListener("focusin", (event) => {
    if (!form.contains(event.target)) {
      wanted = null;
    }
  });

  // A tree that was written anew has the focus and its way in again.
  new MutationObserver(() => {
    const all = lines();
    if (all.length === 0) {
      return;
    }
    if (wanted && !form.contains(document.activeElement)) {
      focus(all.find((line) => wanted.dn && line.dataset.dn === wanted.dn) ?? all[Math.min(wanted.index, all.length - 1)]);
    }
    if (!all.some((line) => line.getAttribute("tabindex") === "0")) {
      enter(all[0]);
    }
  }).observe(form, { childList: true, subtree: true });

  const begin = lines();
  if (begin.length > 0 && !begin.some((line) => line.getAttribute("tabindex") === "0")) {
    enter(begin[0]);
  }
  const current = form.querySelector(".tree-link.current");
  if (current) {
    show(current);
  }
})();
