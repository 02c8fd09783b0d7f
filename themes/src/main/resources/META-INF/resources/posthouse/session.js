/* The end of a session: it is announced, and what was typed comes back after signing in again. Passwords are never kept. */
(function () {
  "use strict";

  const KEY = "posthouse-unsaved";
  const WARN_AT_MOST_S = 120;
  const ends = document.getElementById("session-ends");
  const here = () => location.pathname + location.search;
  const WARN_S = Math.min(WARN_AT_MOST_S, Number(ends?.dataset.lasts ?? 0) / 3);
  let leaving = false;

  function stored() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    } catch {
      return null;
    }
  }

  function store(kept) {
    try {
      kept ? sessionStorage.setItem(KEY, JSON.stringify(kept)) : sessionStorage.removeItem(KEY);
    } catch {
      // A browser that keeps nothing brings nothing back.
    }
  }

  // What the console knows of the page, and what was typed since it knew.
  function options() {
    const draft = JSON.parse(document.querySelector("[data-unsaved]")?.dataset.unsaved || "{}");
    document.querySelectorAll("#panel .field[data-option]:not(.field-secret, .field-list, .field-places)").forEach((field) => {
      const input = field.querySelector("input:not([type=hidden], [type=password], [type=file]), textarea, select");
      if (input?.type === "checkbox" && input.checked !== input.defaultChecked) {
        draft[field.dataset.option] = { value: [input.checked ? "TRUE" : "FALSE"] };
      } else if (input && input.type !== "checkbox" && input.defaultValue !== undefined && input.value !== input.defaultValue) {
        draft[field.dataset.option] = { value: [input.value] };
      }
    });
    return draft;
  }

  function inputs() {
    const typed = {};
    document.querySelectorAll("main form:not(#panel) input[type=text], main form:not(#panel) textarea").forEach((input) => {
      if (input.id && input.value !== input.defaultValue) {
        typed[input.id] = input.value;
      }
    });
    return typed;
  }

  function keep() {
    const draft = document.getElementById("panel") ? options() : {};
    const typed = inputs();
    if (ends && Object.keys(draft).length + Object.keys(typed).length > 0) {
      store({ page: here(), visitor: ends.dataset.visitor, draft, typed });
    }
  }

  function bringBack(kept) {
    for (const [id, text] of Object.entries(kept.typed ?? {})) {
      const input = document.getElementById(id);
      if (input && input.type !== "password") {
        input.value = text;
        input.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
    if (Object.keys(kept.draft ?? {}).length > 0 && typeof window.posthouseRestore === "function") {
      window.posthouseRestore([{ name: "draft", value: JSON.stringify(kept.draft) }]);
    }
  }

  // Only a sign-in between leaving and coming back brings it back; who leaves a page on purpose leaves its input.
  function begin() {
    const kept = stored();
    if (document.getElementById("signIn")) {
      const left = new URLSearchParams(location.search).has("left");
      store(kept && !left ? { ...kept, signedOut: true } : null);
      return;
    }
    store(null);
    if (kept?.signedOut && kept.page === here() && kept.visitor === ends?.dataset.visitor) {
      bringBack(kept);
    }
  }

  addEventListener("pagehide", keep);
  addEventListener("beforeunload", (event) => {
    if (!leaving && document.querySelector("[data-dirty='true']")) {
      event.preventDefault();
    }
  });

  function goToSignIn() {
    keep();
    leaving = true;
    location.assign(`${ends.dataset.login}?ended=true&to=${encodeURIComponent(here())}`);
  }

  // An answer that leads to the sign-in page must not be held up by the question whether to leave the page.
  const processor = window.PrimeFaces?.ajax?.ResponseProcessor;
  if (processor && ends) {
    const redirect = processor.doRedirect;
    processor.doRedirect = function (to) {
      if (to.getAttribute("url").includes(`${ends.dataset.login}?ended`)) {
        goToSignIn();
      } else {
        leaving = true;
        redirect.call(this, to);
      }
    };
    const error = processor.doError;
    processor.doError = function (node, ...more) {
      if (node.textContent.includes("ViewExpired")) {
        keep();
        store(stored() && { ...stored(), signedOut: true });
        leaving = true;
        location.reload();
      } else {
        error.call(this, node, ...more);
      }
    };
  }

  document.addEventListener("DOMContentLoaded", begin);
  if (!ends) {
    return;
  }

  let active = false;
  for (const type of ["keydown", "pointerdown", "input"]) {
    addEventListener(type, () => (active = true), { passive: true, capture: true });
  }

  async function ask(method) {
    const answer = await fetch(ends.dataset.session, { method });
    return (await answer.json()).left;
  }

  // Another window of the same session may have kept it alive; only the console knows.
  async function look() {
    let left = WARN_S;
    try {
      left = await ask(active ? "POST" : "GET");
      active = false;
    } catch {
      // Without the console nobody can say; it is asked again.
      schedule(WARN_S + 30);
      return;
    }
    if (left === 0) {
      goToSignIn();
    } else if (left <= WARN_S) {
      warn(left);
    } else {
      ends.close();
      schedule(left);
    }
  }

  function warn(left) {
    const timer = ends.querySelector("[data-left]");
    const fresh = timer.cloneNode(false);
    fresh.dataset.left = String(left);
    fresh.textContent = `${left} s`;
    timer.replaceWith(fresh);
    active = false;
    if (!ends.open) {
      ends.showModal();
    }
    setTimeout(lookAgain, (left + 1) * 1000);
  }

  function lookAgain() {
    active = false;
    look();
  }

  function schedule(left) {
    setTimeout(look, Math.max(1, left - WARN_S) * 1000);
  }

  ends.querySelector("[data-stay]").addEventListener("click", async () => {
    try {
      await ask("POST");
    } finally {
      ends.close();
      lookAgain();
    }
  });
  schedule(Number(ends.dataset.lasts));
})();
