/* The focus stays where the visitor is: while a button waits, after parts of the page are drawn anew, after dialogs. */
(function () {
  "use strict";

  const KEPT = 20;
  const trail = [];

  const name = (element) => element.id || "";
  const isUsable = (element) => element && element.isConnected && element.getClientRects().length > 0 && !element.disabled;

  document.addEventListener("focusin", (event) => {
    const id = name(event.target);
    if (id && trail.at(-1)?.id !== id) {
      trail.push({ id, part: event.target.closest("form, .ui-dialog, main")?.id ?? "", field: event.target.closest(".field")?.id ?? "" });
      trail.splice(0, trail.length - KEPT);
    }
  });

  // The last thing that had the focus, or what had it before that in the same part of the page, or the part's heading.
  function back() {
    const last = trail.at(-1);
    if (!last) {
      return;
    }
    const same = trail.filter((one) => one.part === last.part).map((one) => document.getElementById(one.id));
    const found = same.reverse().find(isUsable) ?? firstIn(last);
    found?.focus({ preventScroll: true });
  }

  function firstIn(last) {
    const part = document.getElementById(last.field) ?? document.getElementById(last.part);
    return part?.querySelector("input:not([type=hidden]), select, textarea, button, a[href]") ?? document.getElementById("main");
  }

  let asked = false;
  let left = false;
  document.addEventListener("pointerdown", (event) => {
    left = !event.target.closest("a, button, input, select, textarea, summary, label, [tabindex]");
  });
  document.addEventListener("focusin", () => {
    left = false;
  });
  new MutationObserver(() => {
    if (document.activeElement === document.body && !left && trail.length > 0 && !asked) {
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        if (document.activeElement === document.body && !document.querySelector(".ui-dialog-mask")) {
          back();
        }
      });
    }
  }).observe(document.documentElement, { childList: true, subtree: true });

  // A disabled element cannot have the focus: a button that waits for its answer only says so, and is not pressed twice.
  const button = window.PrimeFaces?.widget?.CommandButton;
  if (button) {
    button.prototype.disable = function () {
      this.jq.attr("aria-disabled", "true");
    };
    button.prototype.enable = function () {
      this.jq.removeAttr("aria-disabled");
    };
  }
  document.addEventListener(
    "click",
    (event) => {
      if (event.target.closest("button[aria-disabled=true]")) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    },
    true,
  );

  // What opened a dialog may have been drawn anew meanwhile.
  const dialog = window.PrimeFaces?.widget?.Dialog;
  if (dialog) {
    dialog.prototype.returnFocus = function () {
      const opener = this.focusedElementBeforeDialogOpened;
      const id = opener ? name(opener) : "";
      if (document.querySelector(".ui-dialog-mask")) {
        return;
      }
      setTimeout(() => {
        const found = isUsable(opener) ? opener : document.getElementById(id);
        isUsable(found) ? found.focus({ preventScroll: true }) : back();
      }, 0);
    };
    const onHide = dialog.prototype.onHide;
    dialog.prototype.onHide = function (...more) {
      onHide.apply(this, more);
      this.returnFocus();
    };
  }

  // The save bar may stand over the field that has the focus (WCAG 2.2 2.4.11): pages leave it the room it takes.
  const root = document.documentElement;
  let room = 0;
  function measure() {
    const bar = document.querySelector(".savebar");
    const tall = bar !== null && bar.offsetHeight > innerHeight * 0.4;
    bar?.parentElement.classList.toggle("bar-tall", tall);
    const now = bar === null || tall ? 0 : bar.offsetHeight + 24;
    if (now !== room) {
      room = now;
      root.style.setProperty("--bar-room", `${now}px`);
      uncover(bar);
    }
  }
  function uncover(bar) {
    const at = document.activeElement;
    if (bar && room > 0 && at?.closest(".field") && !bar.contains(at)) {
      const over = at.getBoundingClientRect().bottom - bar.getBoundingClientRect().top;
      if (over > 0 && at.getBoundingClientRect().top < innerHeight) {
        scrollBy({ top: over + 16, behavior: "instant" });
      }
    }
  }
  const resized = new ResizeObserver(measure);
  let watched = null;
  new MutationObserver(() => {
    const bar = document.querySelector(".savebar");
    if (bar !== watched) {
      resized.disconnect();
      watched = bar;
      if (bar) {
        resized.observe(bar);
      }
      measure();
    }
  }).observe(root, { childList: true, subtree: true });
  addEventListener("resize", measure);

  // A problem in the save bar leads to its field.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-goto-option]");
    const field = link && document.querySelector(`[data-option="${CSS.escape(link.dataset.gotoOption)}"]`);
    if (field) {
      event.preventDefault();
      field.closest("details")?.setAttribute("open", "");
      field.scrollIntoView({ block: "center" });
      field.querySelector("input:not([type=hidden]), textarea, select, button")?.focus({ preventScroll: true });
    }
  });
})();
