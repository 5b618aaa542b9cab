/* What is in sight → the picture on the screen, drawn by vis-network. */
(function () {
  "use strict";
  const Lineage = (window.Lineage = window.Lineage || {});
  const { CARD, FONT, NAMED, READABLE, drawCard, fit, lineOf, paint } = Lineage;
  const MANY_LINKS = 700; /* more than this are drawn straight as background, and not while the picture moves */

  class Picture {
    /* `box`: the element to draw in; `seen`: told when the reader has moved or zoomed the picture. */
    constructor(box, model, seen) {
      this.box = box;
      this.seen = seen;
      this.model = model;
      this.nodes = new vis.DataSet();
      this.edges = new vis.DataSet();
      this.network = new vis.Network(box, { nodes: this.nodes, edges: this.edges }, {
        physics: false,
        layout: { improvedLayout: false },
        interaction: { hover: true, dragNodes: false, selectConnectedEdges: false, keyboard: false, tooltipDelay: 1e9 },
        nodes: { shape: "custom", fixed: true, size: CARD.width / 2, ctxRenderer: (asked) => this.render(asked) },
        edges: { arrows: { to: { enabled: true, scaleFactor: 0.6 } }, hoverWidth: 1.5, selectionWidth: 2 },
      });
      box.querySelector(".vis-network").removeAttribute("tabindex"); /* the outline is the way for keyboards */
      this.bundles = [];
      this.moving = false;
      this.network.on("beforeDrawing", (ctx) => { this.drawHeads(ctx); if (!this.moving) this.drawBundles(ctx); });
      this.network.once("afterDrawing", () => performance.mark("canvas drawn"));
      this.network.on("dragStart", () => { this.moving = true; });
      this.network.on("dragEnd", () => { this.moving = false; this.redraw(); this.look(); });
      this.network.on("zoom", () => { clearTimeout(this.turning); this.turning = setTimeout(() => this.look(), 250); });
      this.network.on("resize", ({ width, oldWidth }) => { if (oldWidth && width !== oldWidth) this.begin(); });
      const dark = matchMedia("(prefers-color-scheme: dark)");
      dark.addEventListener("change", () => this.show());
    }

    render({ ctx, id, x, y, state }) {
      const element = this.model.elements.get(id), scale = this.network.getScale();
      return {
        drawNode: () => drawCard(ctx, this.model, element, x, y, this.colours, state.selected || id === this.model.state.at, scale),
        nodeDimensions: { width: CARD.width, height: CARD.height },
      };
    }

    drawHeads(ctx) {
      if (this.paper) {
        ctx.save();
        ctx.setTransform(1, 0, 0, 1, 0, 0);
        ctx.fillStyle = this.paper;
        ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
        ctx.restore();
      }
      const { heads } = this.model, names = new Map(this.model.data.bands), size = Math.round(Math.max(16, Math.min(40, 12 / this.network.getScale())));
      ctx.font = `600 ${size}px ${FONT}`;
      ctx.fillStyle = this.colours.muted;
      ctx.textAlign = "left";
      ctx.textBaseline = "alphabetic";
      heads.forEach((head, i) => {
        const room = i + 1 < heads.length ? heads[i + 1].x - head.x - 20 : Math.max(CARD.width, this.model.bounds().right - head.x) + 20;
        ctx.fillText(fit(names.get(head.band), ctx.font, room), head.x, this.model.top);
      });
    }

    /* Draws what is in sight now; `whole`: shows all of it. */
    show(whole) {
      const { model } = this;
      this.colours = paint(this.box);
      this.many = model.links.size > MANY_LINKS;
      this.nodes.clear();
      this.edges.clear();
      this.nodes.add(model.visible.map((element) => ({ id: element.id, ...model.places.get(element.id) })));
      this.edges.add(this.touchable().map((link) => this.edge(link)));
      this.bundles = this.many ? this.bundled() : [];
      this.learn();
      if (whole) this.begin();
    }

    /* The links that can be pointed at; of very many only those of the chosen element, the rest is background. */
    touchable() {
      const { model } = this;
      return this.many ? model.linksOf.get(model.state.at) || [] : [...model.links.values()];
    }

    /* All links as one line for each way they are drawn: [colour, dashes, width, faint, path]. */
    bundled() {
      const { model } = this, found = new Map();
      for (const link of model.links.values()) {
        const faint = model.faint(link.id), key = `${link.type}|${faint}`;
        if (!found.has(key)) found.set(key, [...lineOf(model, link.type, this.colours), faint, new Path2D()]);
        const path = found.get(key)[4], from = model.places.get(link.from), to = model.places.get(link.to);
        path.moveTo(from.x, from.y);
        path.lineTo(to.x, to.y);
      }
      return [...found.values()];
    }

    drawBundles(ctx) {
      for (const [colour, dashes, width, faint, path] of this.bundles) {
        ctx.globalAlpha = faint ? 0.08 : 0.45;
        ctx.strokeStyle = colour;
        ctx.lineWidth = width;
        ctx.setLineDash(dashes);
        ctx.stroke(path);
      }
      ctx.setLineDash([]);
      ctx.globalAlpha = 1;
    }

    /* The chosen element has changed. */
    choose() {
      if (this.many) {
        this.edges.clear();
        this.edges.add(this.touchable().map((link) => this.edge(link)));
      }
      this.redraw();
    }

    edge(link) {
      const [colour, dashes, width] = lineOf(this.model, link.type, this.colours);
      const faint = this.model.faint(link.id), onPath = this.model.path && !faint;
      const same = this.model.places.get(link.from).x === this.model.places.get(link.to).x;
      return { id: link.id, from: link.from, to: link.to, dashes: dashes.length ? dashes : false,
               width: (onPath ? 2 : 1) * width * (link.edges.length > 1 ? 1.6 : 1),
               color: { color: colour, highlight: colour, hover: colour, opacity: faint ? 0.12 : 0.85 },
               smooth: same ? { type: "curvedCW", roundness: 0.3 }
                 : { type: "cubicBezier", forceDirection: "horizontal", roundness: 0.45 } };
    }

    /* vis-network knows the size of a card only after drawing it, and draws all of them only to fit them in. */
    learn() {
      const view = { scale: this.network.getScale(), position: this.network.getViewPosition() };
      this.network.redraw();
      this.network.fit();
      this.network.moveTo(view);
    }

    /* What part is on the screen, kept with the reader's other choices. */
    look() {
      const { x, y } = this.network.getViewPosition();
      this.model.state.view = [Math.round(x), Math.round(y), this.network.getScale().toFixed(3)].join(",");
      this.seen();
    }

    /* All of it (or some elements), as large as it fits. */
    fit(ids) {
      this.model.state.view = "";
      const { left, right, top, bottom } = this.model.bounds(ids);
      const scale = Math.min(1, this.box.clientWidth / (right - left + 40), this.box.clientHeight / (bottom - top + 20));
      if (scale > 0) this.network.moveTo({ scale, position: { x: (left + right) / 2, y: (top + bottom) / 2 } }); /* 0: the box is not laid out yet */
    }

    /* The part that the reader saw last; else all of it if its names can be read; else what was chosen last (or the
       start) and what stands to its right. */
    begin() {
      const [x, y, scale] = this.model.state.view.split(",").map(Number);
      if (scale > 0) { this.network.moveTo({ scale, position: { x, y } }); return; }
      this.fit();
      if (this.network.getScale() >= NAMED) return;
      this.near();
    }

    near() {
      const { model } = this, chosen = model.elements.has(model.state.at) ? model.shownAs(model.state.at) : "";
      const at = model.places.get(chosen) || model.places.get(model.shownAs(model.data.start));
      const { left, right } = model.bounds(), half = this.box.clientWidth / 2 / READABLE;
      const x = Math.max(left + half - 20, Math.min(at.x + half * 0.5, right - half + 20));
      this.network.moveTo({ scale: READABLE, position: { x: right - left < 2 * half ? (left + right) / 2 : x, y: at.y } });
    }

    redraw() { this.network.redraw(); }

    /* Moves the picture so far that an element can be seen. */
    reach(id) {
      const place = this.model.places.get(id), { x, y } = this.network.getViewPosition(), scale = this.network.getScale();
      if (!place) return;
      const outside = Math.abs(place.x - x) > this.box.clientWidth / scale / 2 - CARD.width / 2 || Math.abs(place.y - y) > this.box.clientHeight / scale / 2 - CARD.height / 2;
      if (outside) { this.network.moveTo({ position: place }); this.look(); }
    }

    zoom(factor) {
      this.network.moveTo({ scale: this.network.getScale() * factor, position: this.network.getViewPosition() });
      this.look();
    }

    /* The picture as it is on the screen, on paper-coloured ground. */
    png(done) {
      this.paper = this.colours.paper;
      this.network.redraw();
      this.box.querySelector("canvas").toBlob(done, "image/png");
      this.paper = null;
      this.network.redraw();
    }
  }

  Object.assign(Lineage, { Picture });
})();
