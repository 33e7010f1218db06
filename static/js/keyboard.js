// Keys, for those who work with both hands on them. Whatever they do, a link or a button does as well.
(() => {
  const page = document;
  const root = page.documentElement;
  const find = (selector) => page.querySelector(selector);
  const palette = find("#palette");
  const sheet = find("#keys");
  if (!palette) return; // nobody with a role is signed in

  const isTyping = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const field = palette.querySelector("[role=combobox]");
  const hits = () => [...palette.querySelectorAll("[role=option]")];

  const openPalette = () => {
    if (palette.open) return;
    sheet.close();
    palette.showModal();
    field.select();
    field.dispatchEvent(new Event("opened"));
  };

  const choose = (hit) => {
    hits().forEach((one) => one.setAttribute("aria-selected", String(one === hit)));
    if (hit) {
      field.setAttribute("aria-activedescendant", hit.id);
      hit.scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  };

  const chosen = () => palette.querySelector("[aria-selected=true]");

  const step = (by) => {
    const all = hits();
    const at = all.indexOf(chosen());
    choose(all.at(at < 0 ? (by > 0 ? 0 : -1) : (at + by) % all.length));
  };

  // What stood there was found for other words.
  field.addEventListener("input", () => choose(null));
  // An answer may be late: only one for what stands there now may be what Enter opens.
  const isForNow = () => palette.querySelector("[data-for]")?.dataset.for === field.value.trim();
  palette.addEventListener("htmx:afterSwap", () => choose(field.value && isForNow() ? hits()[0] : null));
  palette.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && chosen()) {
      event.preventDefault();
      chosen().click();
    }
  });
  // The dialog covers no more than its box: a click outside of it is on the dialog itself.
  [palette, sheet].forEach((dialog) => dialog.addEventListener("click", (event) => event.target === dialog && dialog.close()));

  // Rows and closed groups, as they stand one below the other.
  const STOPS = "#list a[id^='to-'], #list a.grp, #list details:not([open]) > summary, #list .more a";
  let last = null;
  const move = (by) => {
    const stops = [...page.querySelectorAll(STOPS)].filter((stop) => stop.getClientRects().length);
    const from = page.activeElement.closest("#list") ? page.activeElement : last && page.getElementById(last);
    // The head of an open group is no stop, but what follows it is known.
    const follows = (stop) => from.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING;
    const precedes = (stop) => from.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_PRECEDING;
    const ways = from ? stops.filter(by > 0 ? follows : precedes) : stops;
    const next = ways.at(by > 0 ? 0 : -1);
    next?.focus();
    last = next?.id || last;
  };

  const copyKey = () => {
    const row = page.activeElement.closest(".row") || find("#detail .title");
    row?.querySelector("[data-copy]")?.click();
  };

  const select = () => page.activeElement.closest(".row")?.querySelector("input[type=checkbox]")?.click();

  const search = () => {
    const input = find("[data-search]");
    input?.focus();
    input?.select(); // so that what is pasted replaces what stood there
    return input;
  };

  const KEYS = {
    "/": () => search(),
    j: () => move(1),
    k: () => move(-1),
    c: copyKey,
    x: select,
    T: () => find("[data-theme-flip]")?.click(),
    "?": () => sheet.showModal(),
  };

  let goingUntil = 0;
  const press = (event) => {
    const place = goingUntil > Date.now() && find(`[data-go="${CSS.escape(event.key)}"]`);
    goingUntil = event.key === "g" ? Date.now() + 1500 : 0;
    if (place) return place.click();
    if (!Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key]();
  };

  page.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      return openPalette();
    }
    if (root.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.isComposing || isTyping(event.target) || find("dialog[open]")) return;
    press(event);
  });

  page.addEventListener("click", (event) => {
    if (event.target.closest("[data-palette]")) {
      event.preventDefault();
      openPalette();
    }
    if (event.target.closest("[data-keys-open]")) sheet.showModal();
  });

  page.addEventListener("change", (event) => {
    if (!event.target.matches("[data-keys-flip]")) return;
    root.dataset.keys = event.target.checked ? "on" : "off";
    const [prefix, secure] = location.protocol === "https:" ? ["__Host-", "; secure"] : ["", ""];
    page.cookie = `${prefix}keys=${root.dataset.keys}; path=/; max-age=31536000; samesite=lax${secure}`;
  });
})();
