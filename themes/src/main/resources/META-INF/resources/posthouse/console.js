/* What pages need beyond their widgets: shortcuts, the drawer of the tree, menus that close, and unsaved changes. */
(function () {
  "use strict";

  const dirty = () => document.querySelector("[data-dirty='true']") !== null;

  window.addEventListener("beforeunload", (event) => {
    if (dirty()) {
      event.preventDefault();
    }
  });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      const wish = document.getElementById("goto:wish_input");
      wish?.focus();
      wish?.select();
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s" && dirty()) {
      event.preventDefault();
      document.getElementById("panel:save")?.click();
    }
    if (event.key === "Enter" && event.target.dataset?.enter) {
      event.preventDefault();
      document.getElementById(event.target.dataset.enter)?.click();
    } else if (event.key === "Enter" && event.target.matches?.("#panel input, #tree input, #contents input, #browsing input")) {
      event.preventDefault();
    }
    if (event.key === "Escape") {
      closeMenus(null);
      closeRail();
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

  // Without the right to the clipboard, as over plain HTTP, the text is at least selected.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copies]");
    if (button) {
      const text = document.getElementById(button.dataset.copies);
      getSelection().selectAllChildren(text);
      navigator.clipboard?.writeText(text.textContent.trim()).then(() => {
        button.textContent = button.dataset.copied;
      }, () => {});
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

  // A chosen file's text goes into the field beside the button, as if it were typed.
  document.addEventListener("change", (event) => {
    const into = event.target.dataset?.readsInto;
    const file = event.target.files?.[0];
    if (into && file) {
      file.text().then((text) => {
        const field = document.getElementById(into);
        field.value = text.slice(0, 20000);
        field.dispatchEvent(new Event("input", { bubbles: true }));
        event.target.value = "";
      });
    }
  });

  document.addEventListener("DOMContentLoaded", () => {
    window.jQuery?.(document).on("pfAjaxError", () => {
      document.getElementById("fault").hidden = false;
    });
    window.jQuery?.(document).on("pfAjaxSuccess", () => {
      document.getElementById("fault").hidden = true;
    });
    document.querySelector(".tree-link.current")?.scrollIntoView({ block: "center" });
    const name = document.getElementById("signIn:name");
    (name?.value ? document.getElementById("signIn:password") : name)?.focus();
  });
})();
