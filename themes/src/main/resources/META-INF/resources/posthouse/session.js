/* The end of a session: it is announced, and what was typed comes back after signing in again. Passwords are never kept. */
(function () {
  "use strict";

  const KEY = "posthouse-unsaved";
  const WARN_AT_MOST_S = 120;
  const ends = document.getElementById("session-ends");
  const here = () => location.pathname + location.search;
  const WARN_S = Math.min(WARN_AT_MOST_S, Number(ends?.dataset.lasts ?? 0) / 3);
  let leaving = false;
  // A page whose state the console no longer has is loaded again, and what was typed comes back without a sign-in.
  let expired = false;

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

  // Text that is not added to its list yet, and the fields of forms that are no options.
  const TYPED = `#panel .adder input[type=text], main form:not(#panel) :is(input[type=text], input[type=checkbox], textarea, select)`;
  // A wizard shows one step at a time; what earlier steps asked is not in the page any more.
  const answers = {};
  const answer = (input) => input.closest("[data-answer]")?.dataset.answer;
  const isChanged = (input) =>
    input.type === "checkbox"
      ? input.checked !== input.defaultChecked
      : input.matches("select")
        ? ![...input.options].every((option) => option.selected === option.defaultSelected)
        : input.value !== input.defaultValue;
  const value = (input) => (input.type === "checkbox" ? input.checked : input.value);

  addEventListener("change", (event) => {
    if (event.target.matches?.("#wizard :is(input[type=text], input[type=checkbox])") && answer(event.target)) {
      answers[answer(event.target)] = value(event.target);
    }
  }, true);

  function inputs() {
    const typed = {};
    document.querySelectorAll(TYPED).forEach((input) => {
      if (answer(input) && isChanged(input)) {
        answers[answer(input)] = value(input);
      } else if (input.id && isChanged(input)) {
        typed[input.id] = value(input);
      }
    });
    return typed;
  }

  function keep() {
    const draft = document.getElementById("panel") ? options() : {};
    const typed = inputs();
    if (ends && [draft, typed, answers].some((kept) => Object.keys(kept).length > 0)) {
      store({ page: here(), visitor: ends.dataset.visitor, draft, typed, answers, signedOut: expired });
    }
  }

  function fill(input, kept) {
    if (!input || input.type === "password" || value(input) === kept) {
      return;
    }
    if (input.type === "checkbox") {
      const widget = Object.values(window.PrimeFaces?.widgets ?? {}).find((each) => each?.toggle && each.jq?.[0]?.contains(input));
      widget ? widget.toggle() : input.click();
    } else {
      input.value = kept;
      input.dispatchEvent(new Event(input.matches("select") ? "change" : "input", { bubbles: true }));
    }
  }

  function fillAll(kept) {
    for (const [id, typed] of Object.entries(kept.typed ?? {})) {
      fill(document.getElementById(id), typed);
    }
    for (const [name, typed] of Object.entries(kept.answers ?? {})) {
      const asked = document.querySelector(`[data-answer="${CSS.escape(name)}"]`);
      answers[name] = typed;
      fill(asked?.matches("input") ? asked : asked?.querySelector("input[type=checkbox]"), typed);
    }
  }

  // What the console restores it says itself, in the banner.
  function say() {
    const notice = document.createElement("div");
    notice.className = "notice tone-good";
    notice.setAttribute("role", "status");
    notice.dataset.restored = "true";
    notice.textContent = ends.dataset.restored;
    document.getElementById("banner")?.append(notice);
  }

  function bringBack(kept) {
    const fields = Object.keys(kept.typed ?? {}).length + Object.keys(kept.answers ?? {}).length;
    if (Object.keys(kept.draft ?? {}).length > 0 && typeof window.posthouseRestore === "function") {
      window.jQuery(document).one("pfAjaxSuccess", () => fillAll(kept));
      window.posthouseRestore([{ name: "draft", value: JSON.stringify(kept.draft) }]);
    } else if (fields > 0) {
      fillAll(kept);
      say();
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
        expired = true;
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
