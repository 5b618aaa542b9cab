/* The data block of the page → the canvas: picture, outline, details and filters, held together by one state.

   The page gives <div id="canvas" data-url data-page data-file> and the block #canvas-data. What was opened stands in
   the query of the address (the server reads it), all other choices behind its "#". */
(function () {
  "use strict";
  const Lineage = window.Lineage;
  const { Model, Picture, Panels, h, button, onBadge } = Lineage;
  const ASK_ABOVE = 20; /* more hidden neighbours than this are opened one kind at a time */

  function start() {
    const root = document.getElementById("canvas");
    const block = document.getElementById("canvas-data");
    if (!root || !block) return;
    Lineage.shown = new Canvas(root, JSON.parse(block.textContent));
    Lineage.shown.begin();
  }

  /* The node of an `open` parameter, "ID" or "ID~down~TYPE"; ids may hold "~" themselves. */
  const nodeOf = (one) => one.replace(/~(down|up|both)(~[A-Z_,]+)?$/, "");

  class Canvas {
    constructor(root, data) {
      this.root = root;
      this.model = new Model(data);
      this.opened = data.opened;
      this.canExpand = Boolean(root.dataset.url);
      this.panels = new Panels(this.model, this);
      this.build();
    }

    begin() {
      this.model.recall(location.hash.slice(1));
      try {
        this.picture = new Picture(this.box, this.model);
        this.listen();
      } catch (error) {
        this.box.replaceChildren(h("p", {}, this.model.say("no_picture")));
      }
      this.render(true);
      addEventListener("popstate", () => this.revisit());
    }

    /* The parts of the page; all that changes is filled in by render(). */
    build() {
      const say = (key) => this.model.say(key);
      this.box = h("div", { class: "canvas-box", role: "img", "aria-label": say("picture") });
      this.tip = h("div", { class: "canvas-tip", hidden: true });
      this.status = h("p", { class: "canvas-status", role: "status" });
      this.details = h("section", { class: "canvas-panel", "aria-label": say("details") });
      this.legend = h("div");
      this.list = h("nav", { "aria-label": say("outline") });
      const tools = [button("+", () => this.picture?.zoom(1.25), { "aria-label": say("zoom_in"), title: say("zoom_in") }),
        button("−", () => this.picture?.zoom(0.8), { "aria-label": say("zoom_out"), title: say("zoom_out") }),
        button(say("fit"), () => this.picture?.fit(null)), button(say("save_png"), () => this.savePng()),
        button(say("save_svg"), () => this.saveSvg()), button(say("print"), () => print())];
      if (this.root.dataset.file) tools.push(h("a", { href: this.root.dataset.file, download: "" }, say("save_page")));
      this.root.classList.add("canvas");
      this.root.replaceChildren(
        h("div", { class: "canvas-tools", role: "group", "aria-label": say("tools") }, ...tools),
        h("div", { class: "canvas-main" },
          h("div", { class: "canvas-left" }, h("div", { class: "canvas-frame" }, this.box, this.tip), this.status, h("p", { class: "canvas-muted canvas-hint" }, say("hint"))),
          h("div", { class: "canvas-side" }, this.details,
            h("details", { class: "canvas-panel", open: true }, h("summary", {}, `${say("legend")} · ${say("filters")}`), this.legend),
            h("details", { class: "canvas-panel", open: true }, h("summary", {}, say("outline")), this.list))));
    }

    listen() {
      const { network } = this.picture;
      network.on("click", (event) => this.press(event));
      network.on("doubleClick", ({ nodes }) => { if (nodes.length && !this.model.isGroup.has(nodes[0])) this.open(nodes[0]); });
      network.on("hoverNode", ({ node, event }) => this.hint(event, [this.model.elements.get(node)].flatMap((one) => [one.label, one.full || one.text, one.status])));
      network.on("hoverEdge", ({ edge, event }) => this.hintLink(event, this.model.links.get(edge)));
      for (const gone of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(gone, () => { this.tip.hidden = true; });
    }

    /* -- what is shown */

    render(whole) {
      const { model } = this;
      this.legend.replaceChildren(this.panels.filters());
      this.list.replaceChildren(this.panels.outline());
      this.showDetails();
      this.picture?.show(whole);
      const notes = [model.say("as_of", { day: model.data.day }),
        model.say("shown", { n: model.number(model.visible.length), m: model.number(model.links.size) })];
      if (model.data.partial) notes.push(model.say("cut", { n: model.number(model.data.more), why: model.say(model.data.reason === "time" ? "cut_time" : "cut_limit") }));
      const { from, to } = model.state;
      const label = (id) => model.elements.get(id)?.label || id;
      if (from && !to) notes.push(model.say("path_begun", { a: label(from) }));
      if (model.path) notes.push(model.say(model.path.steps < 0 ? "path_none" : "path_found", { a: label(from), b: label(to), n: model.path.steps }));
      this.status.replaceChildren(notes.join(" · "), from ? " " : "", from ? button(model.say("path_clear"), () => this.clearPath()) : "");
    }

    showDetails() {
      const { model } = this, { at } = model.state;
      const one = model.links.get(at), element = model.elements.get(at) || model.elements.get(model.data.start);
      this.details.replaceChildren(one ? this.panels.describeLink(one) : this.panels.describe(element, true));
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
      else if (this.canExpand && onBadge(this.model, element, pointer.canvas)) this.open(id);
      else this.select(id);
    }

    /* Opens what is hidden around an element, or asks which kind first. */
    open(id) {
      const element = this.model.elements.get(id), hidden = this.model.hidden(element);
      const kinds = Object.values(element.more || {}).reduce((sum, by) => sum + Object.keys(by).length, 0);
      if (this.canExpand && hidden && (hidden <= ASK_ABOVE || kinds === 1)) this.expand(id);
      else this.select(id);
    }

    select(id) {
      this.model.state.at = id;
      const shown = this.model.shownAs(id);
      this.showDetails();
      this.picture?.network.selectNodes(this.model.places.has(shown) ? [shown] : []);
      this.picture?.choose();
      this.keep();
    }

    selectLink(id) {
      this.model.state.at = id;
      this.showDetails();
      this.picture?.network.setSelection({ edges: [id] }, { highlightEdges: false });
      this.keep();
      if (this.model.links.get(id)) this.root.dispatchEvent(new CustomEvent("lineage:evidence", { detail: this.model.links.get(id) }));
    }

    openGroup(id) {
      for (const around of [id, ...this.model.groupsAround(id)]) this.model.state.groups.add(around);
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
      if (this.model.path && this.model.path.steps > 0) this.picture?.fit(this.model.path.elements);
    }

    clearPath() {
      this.model.state.from = this.model.state.to = "";
      this.settle(false);
    }

    settle(whole) {
      this.model.refresh();
      this.keep();
      this.render(whole);
    }

    /* -- what is opened comes from the server, laid out anew */

    isOpened(id) { return this.canExpand && this.opened.some((one) => nodeOf(one) === id); }

    expand(id, side, type) {
      const one = side ? `${id}~${side}~${type}` : id;
      this.ask([...this.opened.filter((known) => known !== one), one], id);
    }

    collapse(id) { this.ask(this.opened.filter((one) => nodeOf(one) !== id), id); }

    async ask(opened, at) {
      this.status.replaceChildren(this.model.say("loading"));
      try {
        const answer = await fetch(`${this.root.dataset.url}?${this.query(opened)}`, { headers: { accept: "application/json" } });
        if (!answer.ok) throw new Error(String(answer.status));
        this.model.load(await answer.json());
        this.opened = this.model.data.opened;
        if (this.model.elements.has(at)) this.model.state.at = at;
        this.settle(true);
      } catch (error) {
        this.status.replaceChildren(this.model.say("failed", { why: error.message }));
      }
    }

    /* The page's own query (date, language, …) with what is opened. */
    query(opened) {
      const said = new URLSearchParams(location.search);
      said.delete("open");
      for (const one of opened) said.append("open", one);
      return said.toString();
    }

    keep() {
      const chosen = this.model.remember(), behind = chosen ? `#${chosen}` : "";
      if (!this.canExpand) { history.replaceState(null, "", behind || location.pathname); return; }
      const query = this.query(this.opened);
      const address = `${this.root.dataset.page || location.pathname}${query ? `?${query}` : ""}${behind}`;
      history.replaceState(null, "", address);
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

    save(blob, ending) {
      const address = URL.createObjectURL(blob);
      h("a", { href: address, download: `${this.model.data.start}.${ending}` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 10000);
    }
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
