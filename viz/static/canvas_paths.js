/* Two things → the path between them: found in the picture, else asked of the server, which also knows what lies
   outside it; then what lies between is brought into the picture. */
(function () {
  "use strict";
  const Lineage = (window.Lineage = window.Lineage || {});
  const { h, button } = Lineage;
  const HITS = 8;

  /* What a thing that search found is called, and what else is known of it. */
  function named({ id, properties: said }) {
    const rest = [said.jurisdiction, said.issued_on, said.title].filter(Boolean).join(" · ");
    const name = said.number || said.symbol || said.name || said.text || id;
    return rest && rest !== name ? `${name} (${rest})` : name;
  }

  class Paths {
    /* `act`: the canvas, which asks the server and keeps the state. */
    constructor(model, act) {
      this.model = model;
      this.act = act;
      this.box = h("section", { class: "canvas-panel canvas-path", "aria-label": model.say("path_title"), hidden: true });
    }

    /* The panel as the state is now; `told`: what the server said. */
    render(told = []) {
      const { model, act } = this, { from, to } = model.state;
      this.box.hidden = !from;
      if (!from) return;
      const parts = [h("h3", {}, model.say("path_title"))];
      if (!to) parts.push(h("p", {}, model.say("path_begun", { a: model.nameOf(from) })), act.canExpand ? this.form() : null);
      else if (model.path && model.path.steps >= 0) parts.push(this.steps());
      else if (!told.length) parts.push(h("p", {}, model.say("path_none", { a: model.nameOf(from), b: model.nameOf(to) })));
      this.box.replaceChildren(...parts.filter(Boolean), ...told, h("p", {}, button(model.say("path_clear"), () => act.clearPath())));
    }

    /* Each step with its sentence. */
    steps() {
      const { model, act } = this, { from, to } = model.state;
      const said = { a: model.nameOf(from), b: model.nameOf(to), n: model.path.steps };
      const rows = model.path.chain.map((one) => h("li", {}, `${model.sentence(one.edges.length === 1 ? one.edges[0] : one)} `,
        Lineage.quoteButton(model, one, act)));
      return h("div", {}, h("p", {}, model.say("path_found", said)), h("ol", {}, ...rows));
    }

    /* The end may be anywhere in the store. */
    form() {
      const { model } = this;
      const input = h("input", { type: "search", maxlength: 300, autocomplete: "off" });
      const found = h("div", { role: "status" });
      const search = async (event) => {
        event.preventDefault();
        const q = input.value.trim();
        if (!q) return;
        found.replaceChildren(model.say("loading"));
        const hits = await this.act.fetched(`${this.act.api}/search?${new URLSearchParams({ q, limit: HITS })}`);
        found.replaceChildren(...(hits ? this.hits(q, hits.hits.map((hit) => hit.node)) : []));
      };
      return h("form", { onsubmit: search }, h("label", {}, model.say("path_goal"), input), " ",
        h("button", { type: "submit" }, model.say("path_search")), found);
    }

    hits(q, nodes) {
      const { model } = this;
      if (!nodes.length) return [h("p", {}, model.say("path_no_hits", { q }))];
      const rows = nodes.map((node) => h("li", {}, button(named(node), () => this.act.choose("to", node.id), { class: "canvas-plain" })));
      return [h("p", {}, model.say("path_hits")), h("ul", {}, ...rows)];
    }

    /* Asks the server for the path between the two ends, and shows what lies between. */
    async find() {
      const { model, act } = this, { from, to } = model.state;
      const answer = await act.fetched(`${act.api}/path?${new URLSearchParams({ from, to, as_of: model.data.as_of })}`);
      if (!answer || model.state.from !== from || model.state.to !== to) return;
      const said = { a: model.nameOf(from), b: model.nameOf(to) };
      if (!answer.steps.length) {
        this.render([h("p", {}, model.say(answer.partial ? "path_cut" : "path_nowhere", said))]);
        return;
      }
      const between = [from, to, ...answer.steps.map((step) => step.node.id)].filter((id) => !model.elements.has(id));
      await act.bring(between);
    }
  }

  Object.assign(Lineage, { Paths });
})();
