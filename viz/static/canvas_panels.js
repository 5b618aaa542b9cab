/* What is in sight → lists and forms beside the picture: details, legend with filters, outline. All text is text. */
(function () {
  "use strict";
  const Lineage = (window.Lineage = window.Lineage || {});
  const MOST = 20; /* edges of one bundle, and links of one element, that are written out at once */
  const FOLDED = 80; /* a longer column of the outline begins closed */

  /* An element of the page; children are nodes or text, never markup. */
  function h(name, said = {}, ...inside) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(said)) {
      if (value === null || value === undefined || value === false) continue;
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (key === "checked" || key === "open" || key === "selected") made[key] = value;
      else made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...inside.filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }

  /* A link to a page of this server; any other address stays text. */
  function link(address, text) {
    const own = typeof address === "string" && (/^\/(?![\/\\])/.test(address) || address.startsWith("#"));
    return own ? h("a", { href: address }, text) : null;
  }

  const button = (text, press, said = {}) => h("button", { type: "button", onclick: press, ...said }, text);

  function picked(model, what) {
    const box = Lineage.tag("svg", { width: 34, height: 14, viewBox: "0 0 34 14", "aria-hidden": "true", class: "canvas-swatch" });
    box.append(Lineage.swatch(model, what, Lineage.paint(document.documentElement)));
    return box;
  }

  /* Opens the sentence of a link. */
  function quoteButton(model, one, act) {
    const said = `${model.say("evidence")}: ${model.sentence(one.edges.length === 1 ? one.edges[0] : one)}`;
    return button("“…”", () => act.selectLink(one.id), { class: "canvas-small", "aria-label": said, title: model.say("quote") });
  }

  class Panels {
    /* `act`: what the buttons do, see canvas.js. */
    constructor(model, act) {
      this.model = model;
      this.act = act;
    }

    /* -- one element: what it is, what can be opened, its relations with their sentences */

    describe(element, heading) {
      const { model } = this, group = model.isGroup.has(element.id);
      const owner = element.owner && model.elements.get(element.owner);
      const said = element.full || (group || element.kind === "Directive" ? "" : element.text);
      return h("div", { class: "canvas-said" },
        heading ? h("h3", {}, element.label) : null,
        h("p", { class: "canvas-muted" }, [group ? "" : model.data.kinds[element.kind], group || element.kind === "Directive" ? element.text : "",
          owner && !group ? model.say("of", { name: owner.label }) : ""].filter(Boolean).join(" · ")),
        said ? h("p", {}, said) : null,
        element.due ? h("p", {}, element.due) : null,
        element.status ? h("p", element.dim ? { class: "canvas-ended" } : {}, element.status) : null,
        this.heirs(element), this.actions(element, group), this.relations(element));
    }

    heirs(element) {
      if (!element.next || !element.next.length) return null;
      const { model, act } = this;
      const names = element.next.map(({ id, label, href }) => {
        if (model.elements.has(id)) return button(label, () => act.select(id));
        return act.canExpand ? button(label, () => act.bring([id])) : link(href, label) || label;
      });
      return h("p", {}, model.say("replaced_by"), ": ", ...names.flatMap((name, i) => (i ? [", ", name] : [name])));
    }

    actions(element, group) {
      const { model, act } = this, rows = [];
      const page = link(element.href, model.say("open_page"));
      if (page) rows.push(page);
      const closed = group && !model.state.groups.has(element.id);
      if (closed) rows.push(button(model.say("open_group"), () => act.openGroup(element.id)));
      else if (group) rows.push(button(model.say("close_group", { name: element.label }), () => act.closeGroup(element.id)));
      for (const id of model.groupsAround(element.id)) {
        rows.push(button(model.say("close_group", { name: model.elements.get(id).label }), () => act.closeGroup(id)));
      }
      if (act.canExpand && model.isOpened(element.id)) rows.push(button(model.say("collapse"), () => act.collapse(element.id)));
      rows.push(button(model.say("path_from"), () => act.choose("from", element.id)));
      if (model.state.from && model.state.from !== element.id) rows.push(button(model.say("path_to"), () => act.choose("to", element.id)));
      return h("div", {}, this.more(element), h("div", { class: "canvas-buttons" }, ...rows));
    }

    /* What is not shown around an element; too much of it is opened one kind at a time. */
    more(element) {
      const { model, act } = this, hidden = model.hidden(element);
      if (!hidden) return null;
      const n = model.number(hidden);
      if (!act.canExpand) return h("p", { class: "canvas-muted" }, model.say("hidden", { n }));
      if (model.opensAtOnce(element)) {
        return h("p", {}, button(model.say("expand", { n }), () => act.expand(element.id), { class: "canvas-primary" }));
      }
      const rows = model.hiddenKinds(element).sort((a, b) => b[2] - a[2]).map(([side, type, count]) => {
        const verb = model.data.verbs[type][side === "down" ? 0 : 1];
        return h("li", {}, button(`${verb} (${model.number(count)})`, () => act.expand(element.id, side, type)));
      });
      return h("div", { class: "canvas-which" }, h("p", {}, model.say("which_first", { n })),
        h("ul", {}, ...rows, h("li", {}, button(model.say("expand_all", { n }), () => act.expand(element.id)))));
    }

    /* Its links, those of one kind in one row. */
    relations(element) {
      const { model } = this, links = model.linksOf.get(element.id) || [], rows = new Map();
      const far = (one) => model.elements.get(one.from === element.id ? one.to : one.from);
      const order = [...links].sort((a, b) => far(a).layer - far(b).layer || far(a).order - far(b).order);
      for (const one of order.slice(0, MOST)) {
        const away = one.from === element.id, role = one.edges.length === 1 && one.edges[0].role;
        const verb = `${model.data.verbs[one.type][away ? 0 : 1]}${role ? ` (${model.data.roles[role]})` : ""}`;
        if (!rows.has(verb)) rows.set(verb, []);
        rows.get(verb).push(this.relation(one, far(one)));
      }
      const list = [...rows].map(([verb, those]) => h("li", {}, `${verb}: `, ...those));
      if (links.length > MOST) list.push(h("li", {}, model.say("and_more", { n: model.number(links.length - MOST) })));
      return list.length ? h("div", {}, h("h4", {}, model.say("relations")), h("ul", {}, ...list)) : null;
    }

    relation(one, other) {
      const { model, act } = this, bundle = one.edges.length > 1 ? ` (${model.number(one.edges.length)})` : "";
      return h("span", { class: "canvas-one" }, button(model.nameOf(other.id), () => act.select(other.id), { class: "canvas-plain", title: other.text }),
        bundle, " ", quoteButton(model, one, act), " ");
    }

    /* -- one link: each edge of it with the sentence of the text that says so */

    describeLink(one) {
      const { model } = this;
      const rows = one.edges.slice(0, MOST).map((edge) => h("li", {}, h("p", {}, h("strong", {}, model.sentence(edge))), this.proof(edge)));
      if (one.edges.length > MOST) rows.push(h("li", {}, model.say("and_more", { n: model.number(one.edges.length - MOST) })));
      return h("div", { class: "canvas-said" }, h("h3", {}, model.say("evidence")), h("ul", { class: "canvas-bare" }, ...rows));
    }

    proof(edge) {
      const { model } = this, quote = model.data.quotes[edge.quote];
      const inferred = edge.type === "REFINED_BY" || edge.type === "FULFILLED_BY";
      if (!quote) return h("p", { class: "canvas-muted" }, inferred ? model.say("inferred") : model.say("no_evidence"));
      return h("div", {}, h("blockquote", {}, `“${quote.text}”`),
        h("p", { class: "canvas-muted" }, `${quote.file}, ${model.say("line", { n: quote.line })} `, link(edge.href, model.say("see_source"))));
    }

    /* -- filters, and the legend: each kind of thing with its sign, each kind of relation with its line */

    filters() {
      const { model, act } = this, { data, state } = model;
      const types = [...new Set(data.edges.map((edge) => edge.type))].sort();
      const roles = [...new Set(data.edges.filter((edge) => edge.type === "ASSIGNED_TO").map((edge) => edge.role || ""))].sort();
      const bands = data.bands.filter(([band]) => data.nodes.some((node) => node.band === band));
      const places = [...new Set(data.nodes.map((node) => node.place).filter(Boolean))].sort((a, b) => a.localeCompare(b, "vi"));
      const check = (name, value, sign, text) => h("label", {}, h("input", { type: "checkbox", checked: !state[name].has(value), onchange: () => act.filter(name, value) }), sign, text);
      const set = (title, rows) => (rows.length ? h("fieldset", {}, h("legend", {}, title), ...rows) : null);
      const placeName = (place) => (place === "central" ? new Map(data.bands).get("central") : place);
      const place = h("select", { onchange: (event) => act.place(event.target.value) }, h("option", { value: "" }, model.say("all_places")),
        ...places.map((one) => h("option", { value: one, selected: one === state.place }, placeName(one))));
      return h("div", { class: "canvas-filters" },
        set(model.say("relations"), types.map((type) => check("types", type, picked(model, { edge: type }), data.verbs[type][0]))),
        set(model.say("levels"), bands.map(([band, name]) => check("bands", band, "", name))),
        roles.length > 1 ? set(model.say("roles"), roles.map((role) => check("roles", role, "", data.roles[role]))) : null,
        places.length > 1 ? h("label", {}, model.say("places"), " ", place) : null,
        h("p", {}, button(model.say("reset_filters"), () => act.reset())));
    }

    /* [what a swatch shows, words]: of the kinds that are in the picture. */
    signs() {
      const { data } = this.model, bands = new Map(data.bands), found = [];
      for (const [band] of data.bands) {
        if (data.nodes.some((node) => node.kind === "Directive" && node.band === band)) {
          found.push([{ kind: "Directive", band }, `${data.kinds.Directive}: ${bands.get(band).toLowerCase()}`]);
        }
      }
      for (const kind of Object.keys(data.styles.markers)) {
        if (kind !== "Directive" && data.nodes.some((node) => node.kind === kind)) found.push([{ kind }, data.kinds[kind]]);
      }
      return found;
    }

    lines() {
      const types = new Set([...this.model.links.values()].map((one) => one.type));
      return [...types].sort().map((edge) => [{ edge }, this.model.data.verbs[edge][0]]);
    }

    /* Of what is in sight. */
    legend() {
      const { model } = this, notes = [];
      if (model.visible.some((element) => element.dim)) notes.push(model.say("dimmed"));
      if (model.visible.some((element) => model.isGroup.has(element.id))) notes.push(model.say("rolled_up"));
      if (model.visible.some((element) => element.more)) notes.push(model.say("badge"));
      const rows = [...this.signs(), ...this.lines()];
      return [...rows.map(([what, said]) => h("li", {}, picked(model, what), said)), ...notes.map((said) => h("li", {}, said))];
    }

    /* -- outline: all that is in sight, column by column; long columns, and what an element says, are written when
       they are opened */

    outline() {
      const { model } = this, columns = new Map();
      for (const element of model.visible) {
        if (!columns.has(element.band)) columns.set(element.band, []);
        columns.get(element.band).push(element);
      }
      return h("ul", { class: "canvas-bare" }, ...[...columns].map(([band, members]) => this.column(band, members)));
    }

    column(band, members) {
      const title = `${new Map(this.model.data.bands).get(band)} (${this.model.number(members.length)})`;
      const list = () => h("ul", { class: "canvas-bare" }, ...members.map((element) => h("li", {}, this.entry(element))));
      if (members.length <= FOLDED) return h("li", {}, h("h3", {}, title), list());
      const folded = h("details", {}, h("summary", {}, h("strong", {}, title)));
      folded.addEventListener("toggle", () => { if (folded.open && folded.childElementCount === 1) folded.append(list()); });
      return h("li", {}, folded);
    }

    entry(element) {
      const { model } = this, hidden = model.hidden(element);
      const facts = [element.text, element.dim ? element.status : "", element.id === model.data.start ? model.say("start") : "",
        hidden ? model.say("hidden", { n: model.number(hidden) }) : ""].filter(Boolean).join(" · ");
      const entry = h("details", { class: element.dim ? "canvas-dim" : "" }, h("summary", {}, h("strong", {}, element.label), " ", h("span", { class: "canvas-muted" }, facts)));
      entry.addEventListener("toggle", () => {
        if (entry.open && entry.childElementCount === 1) entry.append(this.describe(element, false));
      });
      return entry;
    }
  }

  Object.assign(Lineage, { Panels, h, button, quoteButton });
})();
