/* What is in sight → the picture on the screen, drawn by vis-network. */
(function () {
  "use strict";
  const Lineage = (window.Lineage = window.Lineage || {});
  const { CARD } = Lineage;
  const FONT = '"Noto Sans", "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
  const BOLD = `600 15px ${FONT}`, SMALL = `12.5px ${FONT}`, HEAD = `600 16px ${FONT}`;
  const ROOM = CARD.width - 44;
  const MANY_LINKS = 700; /* more than this are drawn straight as background, and not while the picture moves */
  const READABLE = 0.6; /* scale at which a card can still be read */

  const measure = document.createElement("canvas").getContext("2d");
  const fitted = new Map();

  /* The beginning of a text that fits into a width, with an ellipsis where it was cut. */
  function fit(text, font, room) {
    const key = `${font}|${room}|${text}`;
    if (fitted.has(key)) return fitted.get(key);
    measure.font = font;
    let found = text;
    if (measure.measureText(text).width > room) {
      let low = 0, high = text.length;
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (measure.measureText(text.slice(0, middle) + "…").width <= room) low = middle;
        else high = middle - 1;
      }
      found = text.slice(0, low).trimEnd() + "…";
    }
    fitted.set(key, found);
    return found;
  }

  /* Colours of the page, light or dark. */
  function paint(root) {
    const style = getComputedStyle(root);
    const read = (name, other) => style.getPropertyValue(name).trim() || other;
    return { ink: read("--ink", "#1b1b1b"), paper: read("--paper", "#ffffff"), line: read("--line", "#8a8a8a"),
             muted: read("--muted", "#595959"), accent: read("--accent", "#0b57d0") };
  }

  function colourOf(model, element) {
    const { markers, directives } = model.data.styles;
    return element.kind === "Directive" ? directives[element.band] : markers[element.kind][1];
  }

  /* Corners of a marker around (x, y); a circle has none. */
  function corners(shape, x, y, r) {
    const turn = (n, from) => Array.from({ length: n }, (_, i) => {
      const angle = from + (2 * Math.PI * i) / n;
      return [x + r * Math.cos(angle), y + r * Math.sin(angle)];
    });
    if (shape === "square") return [[x - r, y - r], [x + r, y - r], [x + r, y + r], [x - r, y + r]].map(([a, b]) => [x + (a - x) * 0.85, y + (b - y) * 0.85]);
    if (shape === "diamond") return turn(4, -Math.PI / 2);
    if (shape === "triangle") return turn(3, -Math.PI / 2);
    return shape === "hexagon" ? turn(6, 0) : [];
  }

  /* What a card looks like, on the screen and in an SVG file. */
  function look(model, element) {
    if (!model.looks.has(element.id)) model.looks.set(element.id, looked(model, element));
    return model.looks.get(element.id);
  }

  function looked(model, element) {
    const group = model.isGroup.has(element.id), hidden = group ? 0 : model.hidden(element);
    const badge = group ? "" : hidden ? `+${model.number(hidden)}` : "";
    measure.font = SMALL;
    const badgeWidth = badge ? measure.measureText(badge).width + 12 : 0;
    const labelRoom = ROOM - (badge ? badgeWidth + 4 : 0);
    const second = element.text || "";
    const colour = colourOf(model, element);
    return { group, badge, badgeWidth, colour, border: element.kind === "Target" ? null : colour, shape: model.data.styles.markers[element.kind][0],
             label: fit(element.label, BOLD, labelRoom), text: fit(second, SMALL, ROOM),
             dim: Boolean(element.dim), start: element.id === model.data.start };
  }

  function outline(ctx, x, y, width, height, radius) {
    ctx.beginPath();
    ctx.roundRect(x, y, width, height, radius);
  }

  function drawMarker(ctx, shape, x, y, r, colour, ink) {
    ctx.beginPath();
    const points = corners(shape, x, y, r);
    if (points.length) {
      points.forEach(([a, b], i) => (i ? ctx.lineTo(a, b) : ctx.moveTo(a, b)));
      ctx.closePath();
    } else ctx.arc(x, y, r * 0.9, 0, 2 * Math.PI);
    ctx.fillStyle = colour;
    ctx.fill();
    ctx.lineWidth = 1;
    ctx.strokeStyle = ink;
    ctx.stroke();
  }

  /* A card that is too small to be read: its frame and its colour. */
  function drawFar(ctx, model, element, seen, x, y, colours, selected) {
    const left = x - CARD.width / 2, top = y - CARD.height / 2;
    ctx.fillStyle = colours.paper;
    ctx.fillRect(left, top, CARD.width, CARD.height);
    ctx.globalAlpha = model.faint(element.id) ? 0.2 : seen.dim ? 0.5 : 1;
    ctx.fillStyle = seen.colour;
    ctx.fillRect(left, top, 40, CARD.height);
    ctx.lineWidth = selected || seen.start ? 8 : 3;
    ctx.strokeStyle = selected ? colours.accent : seen.border || colours.line;
    ctx.strokeRect(left, top, CARD.width, CARD.height);
    ctx.globalAlpha = 1;
  }

  function drawCard(ctx, model, element, x, y, colours, selected, far) {
    const seen = look(model, element);
    const left = x - CARD.width / 2, top = y - CARD.height / 2;
    if (far) { drawFar(ctx, model, element, seen, x, y, colours, selected); return; }
    ctx.save();
    ctx.fillStyle = colours.paper;
    outline(ctx, left, top, CARD.width, CARD.height, 6);
    ctx.fill(); /* no line shows through a faint card */
    ctx.globalAlpha = model.faint(element.id) ? 0.2 : seen.dim ? 0.62 : 1;
    ctx.strokeStyle = seen.border || colours.line;
    ctx.lineWidth = seen.start ? 3 : 1.5;
    if (seen.group) {
      outline(ctx, left + 5, top + 5, CARD.width, CARD.height, 6);
      ctx.fill();
      ctx.stroke();
    }
    if (seen.dim) ctx.setLineDash([5, 4]);
    if (selected) { ctx.strokeStyle = colours.accent; ctx.lineWidth = 3.5; }
    outline(ctx, left, top, CARD.width, CARD.height, 6);
    ctx.fill();
    ctx.stroke();
    ctx.setLineDash([]);
    drawMarker(ctx, seen.shape, left + 19, y, 10, seen.colour, colours.ink);
    ctx.textBaseline = "alphabetic";
    ctx.textAlign = "left";
    ctx.fillStyle = colours.ink;
    ctx.font = BOLD;
    ctx.fillText(seen.label, left + 37, seen.text ? y - 4 : y + 5);
    ctx.fillStyle = colours.muted;
    ctx.font = SMALL;
    if (seen.text) ctx.fillText(seen.text, left + 37, y + 14);
    if (seen.badge) {
      const right = left + CARD.width - 5;
      outline(ctx, right - seen.badgeWidth, top + 5, seen.badgeWidth, 17, 8);
      ctx.fillStyle = colours.ink;
      ctx.fill();
      ctx.fillStyle = colours.paper;
      ctx.fillText(seen.badge, right - seen.badgeWidth + 6, top + 18);
    }
    ctx.restore();
  }

  /* Whether a place in the picture is on the "+n" of a card. */
  function onBadge(model, element, place) {
    const at = model.places.get(element.id), seen = look(model, element);
    return Boolean(seen.badge) && place.x > at.x + CARD.width / 2 - seen.badgeWidth - 8 && place.y < at.y;
  }

  class Picture {
    /* `box`: the element to draw in. */
    constructor(box, model) {
      this.box = box;
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
      this.network.on("dragStart", () => { this.moving = true; });
      this.network.on("dragEnd", () => { this.moving = false; this.redraw(); });
      this.network.on("resize", ({ width, oldWidth }) => { if (oldWidth && width !== oldWidth) this.begin(); });
      const dark = matchMedia("(prefers-color-scheme: dark)");
      dark.addEventListener("change", () => this.show());
    }

    render({ ctx, id, x, y, state }) {
      const element = this.model.elements.get(id);
      const far = this.network.getScale() < 0.28;
      return {
        drawNode: () => drawCard(ctx, this.model, element, x, y, this.colours, state.selected || id === this.model.state.at, far),
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
      const names = new Map(this.model.data.bands);
      ctx.font = HEAD;
      ctx.fillStyle = this.colours.muted;
      ctx.textAlign = "left";
      ctx.textBaseline = "alphabetic";
      this.model.heads.forEach((head, i) => {
        const before = this.model.heads[i - 1];
        if (!before || before.band !== head.band) ctx.fillText(names.get(head.band), head.x, this.model.top);
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
        if (!found.has(key)) found.set(key, [...model.data.styles.edges[link.type], faint, new Path2D()]);
        const path = found.get(key)[4], from = model.places.get(link.from), to = model.places.get(link.to);
        path.moveTo(from.x, from.y);
        path.lineTo(to.x, to.y);
      }
      return [...found.values()];
    }

    drawBundles(ctx) {
      for (const [colour, dashes, width, faint, path] of this.bundles) {
        ctx.globalAlpha = faint ? 0.08 : 0.45;
        ctx.strokeStyle = colour === "#000000" ? this.colours.ink : colour;
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
      const [colour, dashes, width] = this.model.data.styles.edges[link.type];
      const faint = this.model.faint(link.id), onPath = this.model.path && !faint;
      const drawn = colour === "#000000" ? this.colours.ink : colour;
      const same = this.model.places.get(link.from).x === this.model.places.get(link.to).x;
      return { id: link.id, from: link.from, to: link.to, dashes: dashes.length ? dashes : false,
               width: (onPath ? 2 : 1) * width * (link.edges.length > 1 ? 1.6 : 1),
               color: { color: drawn, highlight: drawn, hover: drawn, opacity: faint ? 0.12 : 0.85 },
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

    /* All of it (or some elements), as large as it fits. */
    fit(ids) {
      const { left, right, top, bottom } = this.model.bounds(ids);
      const scale = Math.min(1, this.box.clientWidth / (right - left + 40), this.box.clientHeight / (bottom - top + 20));
      this.network.moveTo({ scale, position: { x: (left + right) / 2, y: (top + bottom) / 2 } });
    }

    /* All of it if that can be read, else what was chosen last (or the start) and what stands to its right. */
    begin() {
      this.fit();
      if (this.network.getScale() >= READABLE) return;
      const { model } = this, chosen = model.elements.has(model.state.at) ? model.shownAs(model.state.at) : "";
      const at = model.places.get(chosen) || model.places.get(model.shownAs(model.data.start));
      const { left, right } = model.bounds(), half = this.box.clientWidth / 2 / READABLE;

      const x = Math.max(left + half - 20, Math.min(at.x + half * 0.5, right - half + 20));
      this.network.moveTo({ scale: READABLE, position: { x: right - left < 2 * half ? (left + right) / 2 : x, y: at.y } });
    }

    redraw() { this.network.redraw(); }

    zoom(factor) {
      this.network.moveTo({ scale: this.network.getScale() * factor, position: this.network.getViewPosition() });
    }

    goTo(id) {
      if (this.model.places.has(id)) this.network.moveTo({ position: this.model.places.get(id) });
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

  Object.assign(Lineage, { Picture, FONT, corners, look, paint, onBadge });
})();
