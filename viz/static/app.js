// Suggestions while typing in a search box, calendars beside dates, heads of columns for narrow screens.
// Every page works without this file.
"use strict";

(() => {
  const WAIT = 180;
  const KINDS = { Directive: "/van-ban/", Task: "/nhiem-vu/", Agency: "/co-quan/" };
  const kept = new URLSearchParams(location.search);
  const english = document.documentElement.lang === "en";

  const say = (vietnamese, english_) => (english ? english_ : vietnamese);
  const printed = (day) => (day || "").replace(/^(\d{4})-(\d{2})-(\d{2})$/, "$3/$2/$1");

  const address = (node) => {
    const url = new URL((KINDS[node.label] || "/kham-pha/") + encodeURIComponent(node.id), location.origin);
    for (const name of ["as_of", "lang"]) if (kept.get(name)) url.searchParams.set(name, kept.get(name));
    return url.pathname + url.search;
  };

  const named = (node) => {
    const said = node.properties;
    const place = said.jurisdiction === "central" ? say("trung ương", "central") : said.jurisdiction;
    const words = {
      Directive: [said.number || said.symbol || node.id, [place, printed(said.issued_on), said.title]],
      Agency: [said.name, [place]],
    }[node.label] || [said.text || node.id, []];
    return [words[0], words[1].filter(Boolean).join(" · ")];
  };

  let boxes = 0;
  const suggest = (input) => {
    const list = document.createElement("ul");
    list.className = "suggest";
    list.id = `suggest-${(boxes += 1)}`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", say("Gợi ý", "Suggestions"));
    list.hidden = true;
    input.after(list);
    const roles = { role: "combobox", "aria-controls": list.id, "aria-autocomplete": "list", "aria-expanded": "false" };
    for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);

    let timer = 0;
    let asked = null;
    let chosen = -1;

    const show = (open) => {
      list.hidden = !open;
      input.setAttribute("aria-expanded", String(open));
      if (!open) input.removeAttribute("aria-activedescendant");
    };
    const choose = (place) => {
      const options = list.children;
      if (!options.length) return;
      chosen = (place + options.length) % options.length;
      for (const [i, option] of [...options].entries()) option.setAttribute("aria-selected", String(i === chosen));
      options[chosen].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options[chosen].id);
    };
    const fill = (hits) => {
      chosen = -1;
      list.replaceChildren(...hits.map((hit, i) => {
        const option = document.createElement("li");
        const rest = document.createElement("small");
        const [name, more] = named(hit.node);
        option.id = `${list.id}-${i}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.href = address(hit.node);
        option.append(name);
        rest.textContent = more;
        option.append(rest);
        option.addEventListener("mousedown", (event) => {
          if (event.button === 0) location.assign(option.dataset.href);
        });
        return option;
      }));
      show(hits.length > 0 && document.activeElement === input);
    };
    const ask = async () => {
      asked?.abort();
      const q = input.value.trim();
      if (q.length < 2) return show(false);
      asked = new AbortController();
      try {
        const url = `/api/v1/search?${new URLSearchParams({ q, limit: "8" })}`;
        const response = await fetch(url, { signal: asked.signal });
        fill(response.ok ? (await response.json()).hits : []);
      } catch (error) {
        if (error.name !== "AbortError") show(false);
      }
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("blur", () => show(false));
    input.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown") choose(chosen + 1);
      else if (event.key === "ArrowUp") choose(chosen - 1);
      else if (event.key === "Escape") show(false);
      else if (event.key === "Enter" && chosen >= 0) location.assign(list.children[chosen].dataset.href);
      else return;
      event.preventDefault();
    });
  };

  /* A date is typed as it is printed here, whatever the browser's language; a button opens its calendar. */
  const calendar = (input) => {
    const date = document.createElement("input");
    const button = document.createElement("button");
    Object.assign(date, { type: "date", tabIndex: -1 });
    date.setAttribute("aria-hidden", "true");
    Object.assign(button, { type: "button", textContent: "▾" });
    button.setAttribute("aria-label", say("Chọn ngày trên lịch", "Choose a day from the calendar"));
    button.addEventListener("click", () => {
      date.value = input.value.replace(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, (_, d, m, y) => `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`);
      date.showPicker();
    });
    date.addEventListener("change", () => {
      input.value = printed(date.value);
      input.focus();
    });
    input.after(date, button);
  };

  /* The button of the browser speaks the browser's language: ours stands in its place. */
  const chooser = (input) => {
    const label = document.createElement("label");
    const names = document.createElement("span");
    Object.assign(label, { htmlFor: input.id, className: "button", textContent: say("Chọn tệp…", "Choose files…") });
    label.setAttribute("aria-hidden", "true");
    names.className = "file-names";
    names.setAttribute("role", "status");
    input.classList.add("sr");
    input.addEventListener("change", () => {
      names.textContent = [...input.files].map((file) => file.name).join(", ");
    });
    input.after(label, " ", names);
  };

  const heads = (table) => {
    const names = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    for (const row of table.tBodies[0].rows) {
      for (const [i, cell] of [...row.cells].entries()) if (cell.tagName === "TD") cell.dataset.head = names[i];
    }
  };

  for (const input of document.querySelectorAll("input[data-suggest]")) suggest(input);
  for (const input of document.querySelectorAll("input[data-day]")) calendar(input);
  for (const input of document.querySelectorAll("form.upload input[type=file]")) chooser(input);
  for (const table of document.querySelectorAll(".scroll > table")) heads(table);
})();
