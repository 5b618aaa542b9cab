/* One element → its card on the screen: all its words, from afar its name alone, from farther its colour. */
(function () {
  "use strict";
  const Lineage = (window.Lineage = window.Lineage || {});
  const { CARD } = Lineage;
  const FONT = '"Noto Sans", "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
  const BOLD = `600 15px ${FONT}`, SMALL = `12.5px ${FONT}`, HEAD = `600 16px ${FONT}`;
  const ROOM = CARD.width - 44;
  const READABLE = 0.6; /* scale at which a whole card can still be read */
  const NAMED = 0.28; /* scale at which its name alone, drawn large, can still be read */
  const LARGE = [30, 26, 22, 18]; /* sizes of a name that stands alone */
  const NAME = 10.5; /* height of such a name on the screen, about */

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

  /* [colour, dashes, width] of links of a type; black ones have the colour of the page's ink, to be seen on dark ground. */
  function lineOf(model, type, colours) {
    const [colour, dashes, width] = model.data.styles.edges[type];
    return [colour === "#000000" ? colours.ink : colour, dashes, width];
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
    const badge = group ? "" : hidden ? `+${model.number(hidden)}` : model.isOpened(element.id) ? "−" : "";
    measure.font = SMALL;
    const badgeWidth = badge ? measure.measureText(badge).width + 12 : 0;
    const labelRoom = ROOM - (badge ? badgeWidth + 4 : 0);
    const second = element.text || "";
    const colour = colourOf(model, element);
    return { group, badge, badgeWidth, colour, border: element.kind === "Target" ? null : colour, shape: model.data.styles.markers[element.kind][0],
             name: element.short || element.label, label: fit(element.label, BOLD, labelRoom), text: fit(second, SMALL, ROOM),
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

  /* The words of a card: all of them, or from afar its name alone, large. */
  function drawWords(ctx, seen, left, y, colours, scale) {
    ctx.textBaseline = "alphabetic";
    ctx.textAlign = "left";
    ctx.fillStyle = colours.ink;
    if (scale < READABLE) {
      const size = LARGE.find((one) => one * scale <= NAME) || LARGE.at(-1), font = `600 ${size}px ${FONT}`;
      ctx.font = font;
      ctx.fillText(fit(seen.name, font, ROOM + 4 - (seen.badge ? 22 : 0)), left + 35, y + size * 0.36);
      return;
    }
    ctx.font = BOLD;
    ctx.fillText(seen.label, left + 37, seen.text ? y - 4 : y + 5);
    ctx.fillStyle = colours.muted;
    ctx.font = SMALL;
    if (seen.text) ctx.fillText(seen.text, left + 37, y + 14);
  }

  function drawBadge(ctx, seen, left, top, colours, scale) {
    const near = scale >= READABLE, width = near ? seen.badgeWidth : 20, right = left + CARD.width - 5;
    outline(ctx, right - width, top + 5, width, near ? 17 : 20, 8);
    ctx.fillStyle = colours.ink;
    ctx.fill();
    ctx.fillStyle = colours.paper;
    ctx.font = near ? SMALL : HEAD;
    ctx.fillText(near ? seen.badge : seen.badge[0], right - width + (near ? 6 : 5), top + (near ? 18 : 21));
  }

  function drawCard(ctx, model, element, x, y, colours, selected, scale) {
    const seen = look(model, element);
    const left = x - CARD.width / 2, top = y - CARD.height / 2;
    if (scale < NAMED) { drawFar(ctx, model, element, seen, x, y, colours, selected); return; }
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
    drawWords(ctx, seen, left, y, colours, scale);
    if (seen.badge) drawBadge(ctx, seen, left, top, colours, scale);
    ctx.restore();
  }

  /* Whether a place in the picture is on the "+n" of a card. */
  function onBadge(model, element, place) {
    const at = model.places.get(element.id), seen = look(model, element);
    return Boolean(seen.badge) && place.x > at.x + CARD.width / 2 - Math.max(28, seen.badgeWidth + 8) && place.y < at.y;
  }

  Object.assign(Lineage, { FONT, NAMED, READABLE, corners, drawCard, fit, lineOf, look, onBadge, paint });
})();
