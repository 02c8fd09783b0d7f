/* What pages need beyond their widgets: saving by key, files that are read, time that runs down, and charts. */
(function () {
  "use strict";

  const dirty = () => document.querySelector("[data-dirty='true']") !== null;

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s" && dirty()) {
      event.preventDefault();
      document.getElementById("panel:save")?.click();
    }
    if (event.key === "Enter" && event.target.dataset?.enter) {
      event.preventDefault();
      document.getElementById(event.target.dataset.enter)?.click();
    } else if (event.key === "Enter" && event.target.matches?.("#panel input, #tree input, [data-table] input, #browsing input")) {
      event.preventDefault();
    }
  });

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

  // "Prove it" in the matrix: the dialog says at once that it is under way, and the line when it came.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-prove]");
    if (button) {
      document.getElementById("proof-said").replaceChildren();
      document.querySelector("[data-proof-waits]").hidden = false;
      window.PF("proof").show();
      window.posthouseProve([{ name: "agent", value: button.dataset.prove }]);
    }
  });
  window.posthouseProved = () => {
    document.querySelector("[data-proof-waits]").hidden = true;
  };

  // The tabs of an object are one page to Back: each replaces the one before.
  document.addEventListener("click", (event) => {
    const tab = event.target.closest("a.tab[data-tab]:not([data-tab=history])");
    if (tab && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      location.replace(tab.href);
    }
  });

  // What a list is filtered by is kept in the address, so that it can be bookmarked and survives a reload.
  window.posthouseAddress = (name, value) => {
    const address = new URL(location.href);
    address.searchParams.delete(name);
    if (value) {
      address.searchParams.set(name, value);
    }
    history.replaceState(history.state, "", address);
  };

  // The same for a table, whose rows say how they were chosen.
  window.posthouseTable = (name) => {
    const rows = document.querySelector(`[data-rows="${CSS.escape(name)}"]`);
    for (const part of ["filter", "sort", "page"]) {
      window.posthouseAddress(`${name}-${part}`, rows?.dataset[part] ?? "");
    }
  };

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

  // A file that the console would refuse anyway need not travel first.
  document.addEventListener("change", (event) => {
    const largest = event.target.dataset?.largest;
    if (largest) {
      event.target.setCustomValidity(event.target.files?.[0]?.size > largest ? event.target.dataset.tooLarge : "");
      if (!event.target.reportValidity()) {
        event.target.value = "";
      }
    }
  });

  document.addEventListener("DOMContentLoaded", () => {
    const name = document.getElementById("signIn:name");
    (name?.value ? document.getElementById("signIn:password") : name)?.focus();
  });

  // What was opened stays open when its part of the page is drawn again.
  const opened = new Set();
  document.addEventListener(
    "toggle",
    (event) => {
      const name = event.target.dataset?.keep;
      if (name && event.target.isConnected) {
        opened[event.target.open ? "add" : "delete"](name);
      }
    },
    true,
  );
  new MutationObserver(() => {
    document.querySelectorAll("details[data-keep]:not([open])").forEach((details) => {
      if (opened.has(details.dataset.keep)) {
        details.open = true;
      }
    });
  }).observe(document.documentElement, { childList: true, subtree: true });

  // Seconds run down here; the server says what happens at their end.
  const ends = new WeakMap();
  setInterval(() => {
    document.querySelectorAll("[data-left]").forEach((timer) => {
      if (!ends.has(timer)) {
        ends.set(timer, performance.now() + Number(timer.dataset.left) * 1000);
      }
      timer.textContent = `${Math.max(0, Math.ceil((ends.get(timer) - performance.now()) / 1000))} s`;
    });
  }, 500);

  // A chart looks as the theme says; its curves differ in dashes too, for those who do not tell the colours apart.
  // Those drawn first are wider, so that a curve that lies on another one leaves it seen at both sides.
  const tones = {
    received: ["--accent", [], 6],
    stored: ["--good", [6, 3], 3.5],
    sent: ["--hue-people", [2, 3], 2.5],
    failed: ["--bad", [10, 3, 2, 3], 1.5],
    waiting: ["--warn", [], 5],
    sessions: ["--hue-agent", [6, 3], 2],
  };

  function colour(token) {
    const probe = document.createElement("i");
    probe.className = "probe";
    document.body.append(probe);
    probe.style.color = `var(${token})`;
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  }

  window.posthouseChart = function () {
    const config = this.cfg.config;
    const ink = colour("--ink-faint");
    const line = colour("--line");
    const font = { family: getComputedStyle(document.body).fontFamily, size: 12 };
    for (const curve of config.data.datasets) {
      const [token, dash, width] = tones[curve.tone];
      Object.assign(curve, {
        order: width,
        borderColor: colour(token),
        backgroundColor: colour(token),
        borderDash: dash,
        borderWidth: width,
        pointRadius: 0,
        pointHitRadius: 8,
        tension: 0,
      });
    }
    // Ten minutes of an hour, three hours of a day: times that people name.
    const round = function (value) {
      const label = this.getLabelForValue(value);
      const [hour, minute] = label.split(":").map(Number);
      const day = config.data.labels.length > 60;
      return (day ? minute === 0 && hour % 3 === 0 : minute % 10 === 0) ? label : null;
    };
    config.options = {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: "index", intersect: false },
      scales: {
        x: { grid: { display: false }, border: { color: line }, ticks: { color: ink, font, maxRotation: 0, autoSkip: false, callback: round } },
        y: { beginAtZero: true, suggestedMax: 4, grid: { color: line }, border: { display: false }, ticks: { color: ink, font, precision: 0, maxTicksLimit: 5 } },
      },
      plugins: {
        legend: { position: "bottom", align: "start", labels: { color: ink, font, boxWidth: 24, boxHeight: 0, padding: 16, sort: (one, other) => one.datasetIndex - other.datasetIndex } },
        tooltip: { titleFont: font, bodyFont: font, backgroundColor: colour("--ink"), titleColor: colour("--surface"), bodyColor: colour("--surface"), boxHeight: 2 },
      },
    };
  };
})();
