// Besides htmx and the keys. Everything works without it but what it adds: the theme, copying, and what keeps a
// refreshed list as the person left it.
(() => {
  const page = document;
  const root = page.documentElement;
  const find = (selector) => page.querySelector(selector);

  const say = (words) => {
    const toast = find("#toast");
    if (!toast) return;
    toast.textContent = words;
    toast.classList.add("show");
    clearTimeout(say.timer);
    say.timer = setTimeout(() => toast.classList.remove("show"), 2000);
  };

  const flipTheme = () => {
    const chosen = root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    root.dataset.theme = chosen === "dark" ? "light" : "dark";
    const [prefix, secure] = location.protocol === "https:" ? ["__Host-", "; secure"] : ["", ""];
    page.cookie = `${prefix}theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax${secure}`;
  };

  const copy = async (button) => {
    try {
      // Missing outside of secure contexts, which throws and is said like any other refusal.
      await navigator.clipboard.writeText(button.dataset.copy);
      button.classList.add("copied");
      setTimeout(() => button.classList.remove("copied"), 1500);
      say("Copied");
    } catch {
      say("Your browser did not allow copying: select the text instead");
    }
  };

  const closeMenus = (but) => page.querySelectorAll("[data-menu][open]").forEach((menu) => menu === but || (menu.open = false));

  page.addEventListener("click", (event) => {
    const target = event.target;
    closeMenus(target.closest("[data-menu]"));
    const button = target.closest("[data-copy]");
    if (button) return void copy(button);
    if (target.closest("[data-theme-flip]")) return flipTheme();
    if (target.closest("[data-print]")) return print();
    // On a touch screen the text itself copies: the button beside it may be left out to save width.
    const text = target.closest(".id > code");
    if (text && matchMedia("(hover: none)").matches) copy(text.nextElementSibling);
  });

  page.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.target.closest("[data-menu]")?.querySelector("summary").focus();
      closeMenus();
    }
  });

  // Polls keep nobody signed in: only what a person set off says so. Timers and events of our own are not trusted.
  page.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.triggeringEvent?.isTrusted) event.detail.headers["X-By-Person"] = "1";
  });

  // A repair is put in at once, and what else was typed stays, the shared key too; without script the server does it.
  page.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fills]");
    if (!button) return;
    event.preventDefault();
    for (const [name, text] of new URLSearchParams(button.value)) {
      const field = button.form.elements[name];
      field.value = text;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      field.focus();
    }
  });

  // A key that is typed is one to set, whatever was chosen before.
  page.addEventListener("input", (event) => {
    if (event.target.name !== "shared_key" || !event.target.value) return;
    const choice = page.querySelector("[name=shared_key_action][value=set]");
    if (choice) choice.checked = true;
  });

  // What is chosen to compare with is compared at once; without script there is a button.
  page.addEventListener("change", (event) => {
    const form = event.target.closest("[data-submits]")?.form;
    if (!form) return;
    if (form.elements.find) form.elements.find.value = find("#find")?.value ?? "";
    form.requestSubmit();
  });

  page.addEventListener("say", (event) => say(event.detail.value));

  // A list that refreshes after a sync keeps the groups closed that the person had closed.
  const isRefresh = (event) => event.detail.requestConfig?.triggeringEvent?.type === "synced";
  let closed = [];
  page.addEventListener("htmx:beforeSwap", (event) => {
    if (isRefresh(event)) closed = [...page.querySelectorAll("#list details:not([open])")].map((group) => group.id);
  });
  page.addEventListener("htmx:afterSwap", (event) => {
    if (isRefresh(event)) closed.forEach((id) => page.getElementById(id)?.removeAttribute("open"));
  });

  // Ticked rows: how many, and still those where the list shows itself anew. What is not to be seen is not ticked.
  const ticked = () => [...page.querySelectorAll("#chosen input[type=checkbox]:checked")];
  const count = () => {
    const output = find("#chosen output");
    if (output) output.value = `${ticked().length} selected`;
  };
  let kept = [];
  page.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target?.id === "list") kept = ticked().map((one) => one.value);
  });
  page.addEventListener("htmx:afterSwap", () => {
    kept.forEach((key) => find(`#chosen [value="${CSS.escape(key)}"]`)?.click());
    kept = [];
    count();
  });
  page.addEventListener("toggle", (event) => {
    if (event.target.open || !event.target.closest("#chosen")) return;
    event.target.querySelectorAll(":checked").forEach((one) => one.click());
  }, true);
  page.addEventListener("change", (event) => event.target.closest("#chosen") && count());
  page.addEventListener("reset", () => setTimeout(count));

  // A page of one that shows itself anew keeps open what the person had opened.
  let unfolded = [];
  const isWhole = (event) => event.detail.target?.id === "detail";
  page.addEventListener("htmx:beforeSwap", (event) => {
    if (isWhole(event)) unfolded = [...page.querySelectorAll("#detail details[open]")].map((fold) => fold.id);
  });
  page.addEventListener("htmx:afterSettle", () => {
    unfolded.forEach((id) => page.getElementById(id)?.setAttribute("open", ""));
    unfolded = [];
  });

  // Opened groups stand in the address, so that the way back leads to them again.
  const noteOpened = () => {
    if (!find("#list")) return;
    const address = new URL(location);
    address.searchParams.delete("opened");
    page.querySelectorAll("#list details[open] > [name=opened]").forEach((one) => address.searchParams.append("opened", one.value));
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  };
  page.addEventListener("htmx:afterSettle", noteOpened);
  page.addEventListener("toggle", noteOpened, true);

  // A portal that does not answer is said in place: the page would look fresh for ever.
  // What was chosen meanwhile is asked for once it does: else the list would contradict its own filters.
  let missed = null;
  const noAnswer = (event) => {
    find("#banner").replaceChildren(find("#no-answer").content.cloneNode(true));
    const isAway = [undefined, 0, 502, 503, 504].includes(event.detail.xhr?.status);
    if (isAway && event.detail.elt.id === "filters") missed = event.detail.elt;
  };
  page.addEventListener("htmx:sendError", noAnswer);
  page.addEventListener("htmx:responseError", noAnswer);
  page.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) return;
    find("#banner [data-no-answer]")?.remove();
    const again = missed;
    missed = null;
    if (again && again !== event.detail.elt) htmx.trigger(again, "missed");
  });
})();
