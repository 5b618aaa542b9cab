/* What is in sight → an SVG file: the whole picture, whatever part of it is on the screen, with heading and legend. */
(function () {
  "use strict";
  const Lineage = (window.Lineage = window.Lineage || {});
  const { CARD, FONT, corners, lineOf, look } = Lineage;
  const SVG = "http://www.w3.org/2000/svg";

  function tag(name, said, ...inside) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(said)) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  }

  function svgMarker(shape, x, y, r, colour, ink) {
    const points = corners(shape, x, y, r).map((point) => point.map((n) => n.toFixed(1)).join(",")).join(" ");
    const said = { fill: colour, stroke: ink, "stroke-width": 1 };
    return points ? tag("polygon", { points, ...said }) : tag("circle", { cx: x, cy: y, r: r * 0.9, ...said });
  }

  function svgCard(model, element, colours) {
    const { x, y } = model.places.get(element.id), seen = look(model, element);
    const left = x - CARD.width / 2, top = y - CARD.height / 2;
    const frame = { width: CARD.width, height: CARD.height, rx: 6, fill: colours.paper, stroke: seen.border || colours.line,
                    "stroke-width": seen.start ? 3 : 1.5 };
    const card = tag("g", { opacity: model.faint(element.id) ? 0.2 : seen.dim ? 0.62 : 1 });
    card.append(tag("title", {}, [element.label, element.full || element.text, element.status].filter(Boolean).join(" · ")));
    if (seen.group) card.append(tag("rect", { x: left + 5, y: top + 5, ...frame }));
    card.append(tag("rect", { x: left, y: top, ...frame, ...(seen.dim ? { "stroke-dasharray": "5 4" } : {}) }));
    card.append(svgMarker(seen.shape, left + 19, y, 10, seen.colour, colours.ink));
    card.append(tag("text", { x: left + 37, y: seen.text ? y - 4 : y + 5, "font-size": 15, "font-weight": 600, fill: colours.ink }, seen.label));
    if (seen.text) card.append(tag("text", { x: left + 37, y: y + 14, "font-size": 12.5, fill: colours.muted }, seen.text));
    if (seen.badge) {
      const right = left + CARD.width - 5;
      card.append(tag("rect", { x: right - seen.badgeWidth, y: top + 5, width: seen.badgeWidth, height: 17, rx: 8, fill: colours.ink }));
      card.append(tag("text", { x: right - seen.badgeWidth + 6, y: top + 18, "font-size": 12, fill: colours.paper }, seen.badge));
    }
    return tag("g", {}, tag("rect", { x: left, y: top, width: CARD.width, height: CARD.height, rx: 6, fill: colours.paper }), card);
  }

  function svgLink(model, link, colours) {
    const [stroke, dashes, width] = lineOf(model, link.type, colours);
    const from = model.places.get(link.from), to = model.places.get(link.to);
    const way = to.x >= from.x ? 1 : -1, half = CARD.width / 2;
    const same = from.x === to.x;
    const a = { x: from.x + half * way, y: from.y }, b = { x: to.x + (same ? half : -half) * way, y: to.y };
    const bend = same ? 60 : Math.max(30, Math.abs(b.x - a.x) / 2);
    const path = `M${a.x},${a.y} C${a.x + bend * way},${a.y} ${b.x + (same ? bend : -bend) * way},${b.y} ${b.x},${b.y}`;
    const back = same ? 1 : -1;
    const head = `${b.x},${b.y} ${b.x + 9 * way * back},${b.y - 4} ${b.x + 9 * way * back},${b.y + 4}`;
    const said = { fill: "none", stroke, "stroke-width": width * (link.edges.length > 1 ? 1.6 : 1), ...(dashes.length ? { "stroke-dasharray": dashes.join(" ") } : {}) };
    const bundle = link.edges.length > 1 ? ` × ${model.number(link.edges.length)}` : "";
    return tag("g", { opacity: model.faint(link.id) ? 0.12 : 0.85 }, tag("title", {}, model.sentence(link) + bundle),
      tag("path", { d: path, ...said }), tag("polygon", { points: head, fill: stroke }));
  }

  /* The whole picture with its heading and legend, as an element. `rows`: [swatch, words] of the legend. */
  function drawn(model, colours, rows, heading) {
    const around = model.bounds(), left = around.left - 30, right = around.right + 30;
    const top = around.top - 30, bottom = around.bottom + 40 + 22 * Math.ceil(rows.length / 3);
    const width = Math.max(right - left, 780), height = bottom - top;
    const root = tag("svg", { xmlns: SVG, viewBox: `${left} ${top} ${width} ${height}`, width, height, role: "img", "font-family": FONT });
    root.append(tag("title", {}, heading), tag("rect", { x: left, y: top, width, height, fill: colours.paper }));
    root.append(tag("text", { x: left + 20, y: top + 30, "font-size": 18, "font-weight": 700, fill: colours.ink }, heading));
    const names = new Map(model.data.bands);
    for (const head of model.heads) {
      root.append(tag("text", { x: head.x, y: model.top, "font-size": 16, "font-weight": 600, fill: colours.muted }, names.get(head.band)));
    }
    for (const link of model.links.values()) root.append(svgLink(model, link, colours));
    for (const element of model.visible) root.append(svgCard(model, element, colours));
    rows.forEach(([swatch, said], i) => {
      const x = left + 30 + (i % 3) * 250, y = bottom - 20 - 22 * (Math.ceil(rows.length / 3) - 1 - Math.floor(i / 3));
      root.append(tag("g", { transform: `translate(${x} ${y - 10})` }, swatch), tag("text", { x: x + 40, y, "font-size": 12, fill: colours.ink }, said));
    });
    return root;
  }

  /* The same as text of an SVG file. */
  const svg = (...said) => '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(drawn(...said));

  /* A small sample of a marker or of a line, for legends. */
  function swatch(model, what, colours) {
    const { markers, directives } = model.data.styles;
    if (what.edge) {
      const [stroke, dashes, width] = lineOf(model, what.edge, colours);
      return tag("g", {}, tag("line", { x1: 0, y1: 7, x2: 24, y2: 7, stroke, "stroke-width": width, "stroke-dasharray": dashes.join(" ") }),
        tag("polygon", { points: "31,7 23,3 23,11", fill: stroke }));
    }
    return svgMarker(markers[what.kind][0], 14, 7, 7, what.band ? directives[what.band] : markers[what.kind][1], colours.ink);
  }

  Object.assign(Lineage, { drawn, svg, swatch, tag });
})();
