/* When the console or the network is gone for a moment: it is said, buttons work again, and what was typed is sent again. */
(function () {
  "use strict";

  const AGAIN_MS = 3000;
  const PATIENCE_MS = 60000;
  // What a button asks for can take long, such as a file with many objects: it is not given up while it is done.
  const BUTTON_PATIENCE_MS = 600000;
  const SLOW_MS = 15000;
  const notice = document.getElementById("fault");
  const slow = document.getElementById("slow");
  const jQuery = window.jQuery;
  if (!jQuery || !window.PrimeFaces || !notice) {
    return;
  }
  let again = 0;

  let pressed = false;

  // Near the button that was pressed when there is a save bar; else below the top bar.
  function say() {
    const bar = document.querySelector("[data-dirty='true']");
    bar ? bar.prepend(notice) : document.body.append(notice);
    notice.classList.toggle("fault-in-bar", bar !== null);
    notice.hidden = false;
  }

  function unsay() {
    pressed = false;
    notice.hidden = true;
    document.body.append(notice);
  }

  // PrimeFaces leaves a button waiting for ever when no answer came at all.
  function release() {
    for (const widget of Object.values(window.PrimeFaces.widgets)) {
      if (widget?.jq?.hasClass("ui-state-loading") && !(widget.ajaxCount > 0)) {
        window.PrimeFaces.buttonEndAjaxDisabled(widget, widget.jq);
      }
    }
  }

  function retry() {
    again = 0;
    if (typeof window.posthouseLook === "function") {
      window.posthouseLook();
    }
  }

  const source = (settings) => (typeof settings?.source === "string" ? settings.source : settings?.source?.id) ?? "";

  const isButton = (settings) => document.getElementById(source(settings))?.matches("button, a") === true;

  // Whether the console still works or is gone cannot be known from here; so neither is claimed.
  function watch(xhr) {
    const late = setTimeout(() => {
      slow.hidden = false;
    }, SLOW_MS);
    xhr.always(() => {
      clearTimeout(late);
      slow.hidden = true;
    });
  }

  // The message of a button stays until the visitor's next request gets its answer; that of a poll until any does.
  jQuery.ajaxPrefilter((options, original, xhr) => {
    const button = isButton(options);
    options.timeout ||= button ? BUTTON_PATIENCE_MS : PATIENCE_MS;
    if (button && slow) {
      watch(xhr);
    }
    xhr.done(() => {
      if (!pressed && !notice.hidden) {
        unsay();
      }
    });
  });
  jQuery(document).on("pfAjaxError", (event, xhr, settings) => {
    if (xhr.statusText === "abort") {
      return;
    }
    const button = isButton(settings);
    pressed ||= button;
    say();
    setTimeout(release, 0);
    // What was typed is looked at again by itself; what was pressed is the visitor's to press again.
    if (document.getElementById("panel") && !button && !again) {
      again = setTimeout(retry, AGAIN_MS);
    }
  });
  jQuery(document).on("pfAjaxComplete", () => setTimeout(release, 0));
  jQuery(document).on("pfAjaxSuccess", unsay);

  // The notices are written with every answer; screen readers shall hear only new ones.
  function isSame(there, content) {
    const fresh = document.createElement("template");
    fresh.innerHTML = content.trim();
    return there !== null && fresh.content.firstElementChild?.isEqualNode(there) === true;
  }
  const utils = window.PrimeFaces.ajax.Utils;
  const update = utils.updateElement;
  utils.updateElement = function (id, content, ...more) {
    const there = id === "banner" ? document.getElementById(id) : null;
    if (there) {
      const fresh = document.createElement("template");
      fresh.innerHTML = content;
      const text = (node) => node?.querySelector("[data-banner]")?.textContent ?? "";
      if (text(there) !== "" && text(there) === text(fresh.content)) {
        return;
      }
    }
    if (id.endsWith("-note") && isSame(document.getElementById(id), content)) {
      return;
    }
    update.call(this, id, content, ...more);
    if (!notice.hidden && !notice.isConnected) {
      say();
    }
  };
})();
