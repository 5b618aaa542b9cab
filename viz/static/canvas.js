/* The data block of the page → the canvas: picture, outline, details and filters, held together by one state.

   The page gives <div id="canvas" data-url data-page data-file data-api> and the block #canvas-data. What was opened
   and brought in stands in the query of the address (the server reads it), all other choices behind its "#". */
(function () {
  "use strict";
  const Lineage = window.Lineage;
  const { Model, Picture, Panels, Paths, nodeOf, h, button, onBadge } = Lineage;

  function start() {
    const root = document.getElementById("canvas");
    const block = document.getElementById("canvas-data");
    if (!root || !block) return;
    Lineage.shown = new Canvas(root, JSON.parse(block.textContent));
    Lineage.shown.begin();
  }

  const WHY = { 404: "failed_gone", 422: "failed_gone", 429: "failed_busy", 503: "failed_busy", 504: "failed_busy" };

  class Canvas {
    constructor(root, data) {
      this.root = root;
      this.model = new Model(data);
      this.canExpand = Boolean(root.dataset.url);
      this.api = root.dataset.api;
      this.asked = 0;
      this.panels = new Panels(this.model, this);
      this.paths = new Paths(this.model, this);
      this.build();
    }

    begin() {
      this.model.recall(location.hash.slice(1));
      try {
        this.picture = new Picture(this.box, this.model, () => this.keep());
        this.listen();
      } catch (error) {
        this.box.replaceChildren(h("p", {}, this.model.say("no_picture")));
      }
      this.render(true);
      if (this.canExpand) this.carry(location.hash);
      addEventListener("popstate", () => this.revisit());
      addEventListener("beforeprint", () => this.toPaper());
    }

    /* The parts of the page; all that changes is filled in by render(). */
    build() {
      const say = (key) => this.model.say(key);
      this.box = h("div", { class: "canvas-box", role: "img", "aria-label": say("picture") });
      this.paper = h("div", { class: "canvas-print", "aria-hidden": "true" });
      this.tip = h("div", { class: "canvas-tip", hidden: true });
      this.status = h("p", { class: "canvas-status", role: "status" });
      this.details = h("section", { class: "canvas-panel", tabindex: -1, "aria-live": "polite", "aria-label": say("details") });
      this.alert = h("div", { class: "canvas-panel canvas-alert", role: "alert", hidden: true });
      this.legend = h("ul", { class: "canvas-bare canvas-legend", "aria-label": say("legend") });
      this.filters = h("div");
      this.list = h("nav", { "aria-label": say("outline") });
      const tools = [button("+", () => this.picture?.zoom(1.25), { "aria-label": say("zoom_in"), title: say("zoom_in") }),
        button("−", () => this.picture?.zoom(0.8), { "aria-label": say("zoom_out"), title: say("zoom_out") }),
        button(say("fit"), () => { this.picture?.fit(null); this.keep(); }), button(say("save_png"), () => this.savePng()),
        button(say("save_svg"), () => this.saveSvg()), button(say("print"), () => print())];
      this.file = this.root.dataset.file && h("a", { href: this.root.dataset.file + location.search, download: "" }, say("save_page"));
      if (this.file) tools.push(this.file);
      this.root.classList.add("canvas");
      this.root.replaceChildren(
        h("div", { class: "canvas-tools", role: "group", "aria-label": say("tools") }, ...tools),
        h("div", { class: "canvas-main" },
          h("div", {}, h("div", { class: "canvas-frame" }, this.box, this.paper, this.tip), this.legend, this.status, h("p", { class: "canvas-muted canvas-hint" }, say("hint"))),
          h("div", { class: "canvas-side", role: "region", tabindex: 0, "aria-label": say("details") }, this.alert, this.paths.box, this.details,
            h("details", { class: "canvas-panel" }, h("summary", {}, say("filters")), this.filters),
            h("details", { class: "canvas-panel", open: true }, h("summary", {}, say("outline")), this.list))));
    }

    listen() {
      const { network } = this.picture;
      network.on("click", (event) => this.press(event));
      network.on("doubleClick", ({ nodes }) => { if (nodes.length && !this.model.isGroup.has(nodes[0])) this.turn(nodes[0]); });
      network.on("hoverNode", ({ node, event }) => this.hint(event, [this.model.elements.get(node)].flatMap((one) => [one.label, one.full || one.text, one.status])));
      network.on("hoverEdge", ({ edge, event }) => this.hintLink(event, this.model.links.get(edge)));
      this.box.addEventListener("mouseleave", () => { this.tip.hidden = true; });
      for (const gone of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(gone, () => { this.tip.hidden = true; });
    }

    /* -- what is shown */

    render(whole) {
      const { model } = this;
      this.tip.hidden = true;
      this.steady(() => {
        this.legend.replaceChildren(...this.panels.legend());
        this.filters.replaceChildren(this.panels.filters());
        this.list.replaceChildren(this.panels.outline());
        this.showDetails();
      });
      this.picture?.show(whole);
      const notes = [model.say("as_of", { day: model.data.day }),
        model.say("shown", { n: model.number(model.visible.length), m: model.number(model.links.size) })];
      if (model.data.partial) notes.push(model.say("cut", { n: model.number(model.data.more), why: model.say(model.data.reason === "time" ? "cut_time" : "cut_limit") }));
      this.status.replaceChildren(notes.join(" · "));
      this.paths.render();
    }

    showDetails() {
      const { model } = this, { at } = model.state;
      const one = model.links.get(at), element = model.elements.get(at) || model.elements.get(model.data.start);
      this.steady(() => this.details.replaceChildren(one ? this.panels.describeLink(one) : this.panels.describe(element, true)));
    }

    /* Who works by keyboard stays at the control that was used; where it is gone they go on at the details. */
    steady(redraw) {
      const used = document.activeElement;
      const name = (one) => `${one.tagName} ${one.getAttribute("aria-label") || (one.labels?.[0] || one).textContent}`;
      const known = this.root.contains(used) ? name(used) : null;
      redraw();
      if (known === null || this.root.contains(document.activeElement)) return;
      const all = [...this.root.querySelectorAll("button, input, select, summary, a[href]")];
      (all.find((one) => one.checkVisibility() && name(one) === known) || this.details).focus();
    }

    hint(event, lines) {
      this.tip.replaceChildren(...lines.filter(Boolean).map((line) => h("p", {}, line)));
      const frame = this.box.getBoundingClientRect();
      this.tip.hidden = false;
      const left = Math.min(event.clientX - frame.left + 14, frame.width - this.tip.offsetWidth - 8);
      const below = event.clientY - frame.top + 14, above = below - this.tip.offsetHeight - 28;
      this.tip.style.left = `${Math.max(4, left)}px`;
      this.tip.style.top = `${below + this.tip.offsetHeight > frame.height && above > 0 ? above : below}px`;
    }

    hintLink(event, link) {
      if (!link) return;
      const { model } = this, first = link.edges[0], quote = model.data.quotes[first.quote];
      if (link.edges.length > 1) this.hint(event, [`${model.sentence(link)} (${model.number(link.edges.length)})`]);
      else this.hint(event, [model.sentence(first), quote ? `“${quote.text}”` : model.say("no_evidence")]);
    }

    /* -- what a reader does */

    press({ nodes, edges, pointer }) {
      if (!nodes.length) { if (edges.length) this.selectLink(edges[0]); return; }
      const id = nodes[0], element = this.model.elements.get(id);
      if (this.model.isGroup.has(id)) this.openGroup(id);
      else if (this.canExpand && onBadge(this.model, element, pointer.canvas)) this.turn(id);
      else this.select(id);
    }

    /* Opens what is hidden around an element; if nothing is, takes away what was opened. */
    turn(id) {
      if (this.canExpand && this.model.isOpened(id) && !this.model.hidden(this.model.elements.get(id))) this.collapse(id);
      else this.open(id);
    }

    /* Opens what is hidden around an element, or asks which kind first. */
    open(id) {
      const element = this.model.elements.get(id);
      if (this.canExpand && this.model.hidden(element) && this.model.opensAtOnce(element)) this.expand(id);
      else this.select(id);
    }

    select(id) {
      this.model.state.at = id;
      const shown = this.model.shownAs(id);
      this.showDetails();
      this.picture?.network.selectNodes(this.model.places.has(shown) ? [shown] : []);
      this.picture?.reach(shown);
      this.picture?.choose();
      this.keep();
    }

    selectLink(id) {
      this.model.state.at = id;
      this.showDetails();
      this.picture?.network.setSelection({ edges: [id] }, { highlightEdges: false });
      this.keep();
    }

    openGroup(id) {
      for (const around of [id, ...this.model.groupsAround(id)]) this.model.state.groups.add(around);
      this.model.state.at = id;
      this.settle(true);
    }

    closeGroup(id) {
      this.model.state.groups.delete(id);
      this.model.state.at = id;
      this.settle(true);
    }

    filter(name, value) {
      const chosen = this.model.state[name];
      if (!chosen.delete(value)) chosen.add(value);
      this.settle(false);
    }

    place(value) {
      this.model.state.place = value;
      this.settle(true);
    }

    reset() {
      const { state } = this.model;
      for (const name of ["types", "bands", "roles"]) state[name].clear();
      state.place = "";
      this.settle(true);
    }

    choose(end, id) {
      this.model.state[end] = id;
      if (end === "from") this.model.state.to = "";
      this.settle(false);
      if (this.model.path?.steps >= 0) this.showPath();
      else if (this.model.state.to && this.canExpand) this.paths.find();
    }

    showPath() {
      this.picture?.fit(this.model.path.elements);
      this.keep();
    }

    clearPath() {
      const brought = this.model.data.with.length;
      this.model.state.from = this.model.state.to = "";
      this.settle(false);
      if (brought) this.ask(this.model.data.opened, [], this.model.state.at);
    }

    /* Shows further things, wherever they stand. */
    bring(ids) {
      return this.ask(this.model.data.opened, [...new Set([...this.model.data.with, ...ids])], ids.at(-1) || this.model.state.at);
    }

    settle(whole) {
      if (whole) this.model.state.view = "";
      this.model.refresh();
      this.keep();
      this.render(whole);
    }

    /* -- what is opened comes from the server, laid out anew */

    expand(id, side, type) {
      const { data } = this.model, one = side ? `${id}~${side}~${type}` : id;
      return this.ask([...data.opened.filter((known) => known !== one), one], data.with, id);
    }

    collapse(id) {
      const { data } = this.model;
      return this.ask(data.opened.filter((one) => nodeOf(one) !== id), data.with, id);
    }

    async ask(opened, brought, at) {
      this.status.replaceChildren(this.model.say("loading"));
      const turn = (this.asked += 1);
      const data = await this.fetched(`${this.root.dataset.url}?${this.query(opened, brought)}`);
      if (turn !== this.asked) return; /* a later question was asked meanwhile */
      if (data) {
        this.model.load(data);
        if (this.model.elements.has(at)) this.model.state.at = at;
      }
      this.settle(Boolean(data));
      if (this.model.path?.steps >= 0) this.showPath();
    }

    /* An answer of the server; null if there is none, and the panel says why. */
    async fetched(address) {
      this.alert.hidden = true;
      this.box.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(address, { headers: { accept: "application/json" } });
        if (answer.ok) return await answer.json();
        this.fail(this.model.say(WHY[answer.status] || "failed_other", { code: answer.status }));
      } catch (error) {
        this.fail(this.model.say("failed_offline"));
      } finally {
        this.box.removeAttribute("aria-busy");
      }
      return null;
    }

    fail(why) {
      this.alert.hidden = false;
      this.alert.replaceChildren(h("p", {}, this.model.say("failed", { why })), button(this.model.say("close"), () => { this.alert.hidden = true; }));
    }

    /* The page's own query (date, language, …) with what is opened and brought in. */
    query(opened = this.model.data.opened, brought = this.model.data.with) {
      const said = new URLSearchParams(location.search);
      for (const [name, ids] of [["open", opened], ["with", brought]]) {
        said.delete(name);
        for (const one of ids) said.append(name, one);
      }
      return said.toString();
    }

    keep() {
      const chosen = this.model.remember(), behind = chosen ? `#${chosen}` : "";
      if (!this.canExpand) { history.replaceState(null, "", behind || location.pathname); return; }
      const query = this.query(), asked = query ? `?${query}` : "";
      history.replaceState(null, "", `${this.root.dataset.page || location.pathname}${asked}${behind}`);
      if (this.file) this.file.href = `${this.root.dataset.file}${asked}`;
      this.carry(behind);
    }

    /* Date and language are chosen at the head of the page: they take along what is opened and chosen here. */
    carry(behind) {
      const { opened, with: brought } = this.model.data, { page } = this.root.dataset;
      const said = [...opened.map((one) => ["open", one]), ...brought.map((one) => ["with", one])];
      for (const form of document.querySelectorAll("form.date")) {
        for (const one of form.querySelectorAll("[name=open], [name=with]")) one.remove();
        form.append(...said.map(([name, value]) => h("input", { type: "hidden", name, value })));
        form.action = page + behind;
      }
      for (const one of document.querySelectorAll("a[data-here]")) {
        const asked = new URL(one.href).searchParams;
        for (const name of ["open", "with"]) asked.delete(name);
        for (const [name, value] of said) asked.append(name, value);
        one.href = `${page}?${asked}${behind}`;
      }
    }

    revisit() {
      this.model.recall(location.hash.slice(1));
      this.render(true);
    }

    /* -- files */

    savePng() {
      this.picture?.png((blob) => this.save(blob, "png"));
    }

    saveSvg() {
      const { model, panels } = this, colours = Lineage.paint(this.root);
      const rows = [...panels.signs(), ...panels.lines()].map(([what, said]) => [Lineage.swatch(model, what, colours), said]);
      const heading = `${model.data.title} · ${model.say("as_of", { day: model.data.day })}`;
      this.save(new Blob([Lineage.svg(model, colours, rows, heading)], { type: "image/svg+xml" }), "svg");
    }

    /* Paper shows all that is in sight, whatever part of it is on the screen. */
    toPaper() {
      this.paper.replaceChildren(Lineage.drawn(this.model, Lineage.paint(this.root), [], ""));
    }

    save(blob, ending) {
      const address = URL.createObjectURL(blob);
      h("a", { href: address, download: `${this.model.data.start}.${ending}` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 10000);
    }
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
