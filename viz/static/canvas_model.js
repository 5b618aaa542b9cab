/* Data of a picture and what a reader chose → what is in sight, where it stands, and the path between two things.
   Nothing here touches the page. */
(function () {
  "use strict";
  const Lineage = (window.Lineage = window.Lineage || {});

  const CARD = { width: 244, height: 48 };
  const GAP = { row: 14, column: 18, layer: 90 };
  const TALLEST = 12; /* as in viz/graph/ordering.py: above it a layer is drawn as several columns */
  const SLENDER = 6; /* rows to a column, as there */
  const AT_ONCE = 20; /* more hidden neighbours than this are opened one kind at a time */

  const columnsOf = (items) => (items <= TALLEST ? 1 : Math.max(2, Math.round(Math.sqrt(items / SLENDER))));

  /* The node of an `open` parameter, "ID" or "ID~down~TYPE"; ids may hold "~" themselves. */
  const nodeOf = (one) => one.replace(/~(down|up|both)(~[A-Z_,]+)?$/, "");

  class Model {
    constructor(data) {
      this.state = { groups: new Set(), types: new Set(), bands: new Set(), roles: new Set(), place: "", from: "", to: "", at: "", view: "" };
      this.load(data);
    }

    /* Takes new data of the same picture; what the reader chose stays. */
    load(data) {
      this.data = data;
      this.elements = new Map([...data.nodes, ...data.groups].map((element) => [element.id, element]));
      this.isGroup = new Set(data.groups.map((group) => group.id));
      this.edgesOf = new Map();
      for (const edge of data.edges) {
        for (const end of [edge.from, edge.to]) {
          if (!this.edgesOf.has(end)) this.edgesOf.set(end, []);
          this.edgesOf.get(end).push(edge);
        }
      }
      this.refresh();
    }

    /* What stands for a node now: its outermost closed group, or itself. */
    shownAs(id) {
      let found = id;
      for (let group = this.elements.get(id).group; group; group = this.elements.get(group).group) {
        if (!this.state.groups.has(group)) found = group;
      }
      return found;
    }

    /* The groups around an element, the innermost first. */
    groupsAround(id) {
      const found = [];
      for (let group = this.elements.get(id).group; group; group = this.elements.get(group).group) found.push(group);
      return found;
    }

    passes(node) {
      const { bands, place } = this.state;
      return node.id === this.data.start || (!bands.has(node.band) && (!place || node.place === place));
    }

    counts(edge) {
      return !this.state.types.has(edge.type) && !(edge.type === "ASSIGNED_TO" && this.state.roles.has(edge.role || ""));
    }

    /* Works out what is in sight (`visible`, `links`) and where it stands (`places`). */
    refresh() {
      const stands = new Map();
      for (const node of this.data.nodes) if (this.passes(node)) stands.set(node.id, this.shownAs(node.id));
      this.links = new Map();
      this.looks = new Map(); /* what canvas_draw.js worked out for each card */
      const held = new Set([this.shownAs(this.data.start)]);
      const lost = new Set();
      for (const edge of this.data.edges) {
        const from = stands.get(edge.from), to = stands.get(edge.to);
        if (from === undefined || to === undefined || from === to) continue;
        if (!this.counts(edge)) { lost.add(from).add(to); continue; }
        held.add(from).add(to);
        const key = [from, to, edge.type].join("\u0001");
        const link = this.links.get(key);
        if (link) link.edges.push(edge);
        else this.links.set(key, { id: key, from, to, type: edge.type, edges: [edge] });
      }
      const visible = new Set([...stands.values()].filter((id) => held.has(id) || !lost.has(id)));
      this.visible = [...visible].map((id) => this.elements.get(id)).sort((a, b) => a.layer - b.layer || a.order - b.order);
      const labels = new Set();
      this.alike = new Set(this.visible.map((element) => element.label).filter((label) => labels.size === labels.add(label).size));
      this.linksOf = new Map(this.visible.map((element) => [element.id, []]));
      for (const link of this.links.values()) {
        this.linksOf.get(link.from).push(link);
        this.linksOf.get(link.to).push(link);
      }
      this.stack();
      this.path = this.findPath();
    }

    /* Layers side by side, each centred; a tall one is filled row by row. Every other layer stands half a row lower or
       higher, so that a link that leaves or enters a card does not run behind the cards of the layer beside it. */
    stack() {
      const layers = new Map();
      for (const element of this.visible) {
        if (!layers.has(element.layer)) layers.set(element.layer, []);
        layers.get(element.layer).push(element);
      }
      this.places = new Map();
      this.heads = [];
      let left = 0, top = 0;
      [...layers.keys()].sort((a, b) => a - b).forEach((number, turn) => {
        const members = layers.get(number), columns = columnsOf(members.length), rows = Math.ceil(members.length / columns);
        const middle = Math.floor((rows - 1) / 2) + (turn % 2 ? 0.5 : 0);
        members.forEach((element, place) => {
          const x = left + (place % columns) * (CARD.width + GAP.column) + CARD.width / 2;
          this.places.set(element.id, { x, y: (Math.floor(place / columns) - middle) * (CARD.height + GAP.row) });
        });
        if (this.heads.at(-1)?.band !== members[0].band) this.heads.push({ band: members[0].band, x: left });
        top = Math.min(top, this.places.get(members[0].id).y);
        left += columns * (CARD.width + GAP.column) - GAP.column + GAP.layer;
      });
      this.top = top - CARD.height;
    }

    /* The rectangle around all that is in sight, or around some of it. */
    bounds(ids) {
      const places = ids ? [...ids].map((id) => this.places.get(id)).filter(Boolean) : [...this.places.values()];
      const xs = places.map((place) => place.x), ys = places.map((place) => place.y);
      return { left: Math.min(...xs) - CARD.width / 2, right: Math.max(...xs) + CARD.width / 2, top: ids ? Math.min(...ys) - CARD.height : this.top - 30, bottom: Math.max(...ys) + CARD.height };
    }

    /* The shortest chain of links between the two ends chosen, whatever their arrows; agencies only end it. */
    findPath() {
      const { from, to } = this.state;
      if (!this.elements.has(from) || !this.elements.has(to)) return null;
      if (!this.places.has(this.shownAs(from)) || !this.places.has(this.shownAs(to))) return null;
      const start = this.shownAs(from), end = this.shownAs(to);
      const came = new Map([[start, null]]);
      const waiting = [start];
      while (waiting.length && !came.has(end)) {
        const here = waiting.shift();
        if (here !== start && this.elements.get(here).kind === "Agency") continue;
        for (const link of this.linksOf.get(here) || []) {
          const next = link.from === here ? link.to : link.from;
          if (!came.has(next)) { came.set(next, link); waiting.push(next); }
        }
      }
      if (!came.has(end)) return { elements: new Set([start, end]), links: new Set(), chain: [], steps: -1 };
      const elements = new Set([end]), chain = [];
      for (let here = end; came.get(here); ) {
        const link = came.get(here);
        chain.unshift(link);
        here = link.from === here ? link.to : link.from;
        elements.add(here);
      }
      return { elements, links: new Set(chain.map((link) => link.id)), chain, steps: chain.length };
    }

    faint(id) { return this.path !== null && !this.path.elements.has(id) && !this.path.links.has(id); }

    /* What an element is called; with its place where another one in sight is called the same. */
    nameOf(id) {
      const element = this.elements.get(id);
      if (!element) return id;
      const where = element.kind === "Directive" || element.kind === "Agency" ? element.place : "";
      return this.alike.has(element.label) && where && where !== "central" ? `${element.label} (${where})` : element.label;
    }

    isOpened(id) { return this.data.opened.some((one) => nodeOf(one) === id); }

    /* How many neighbours of an element are not shown. */
    hidden(element) {
      return this.hiddenKinds(element).reduce((sum, [, , count]) => sum + count, 0);
    }

    /* [side, type, how many] of the neighbours of an element that are not shown. */
    hiddenKinds(element) {
      return Object.entries(element.more || {}).flatMap(([side, by]) => Object.entries(by).map(([type, count]) => [side, type, count]));
    }

    /* Whether these neighbours are opened all together. */
    opensAtOnce(element) { return this.hidden(element) <= AT_ONCE || this.hiddenKinds(element).length === 1; }

    /* "65-KH/TU bị thay thế bởi …", said of an edge or a bundle of them. */
    sentence(link) {
      const { verbs, roles, words } = this.data;
      const name = (id) => this.nameOf(id);
      const role = link.role ? ` (${roles[link.role]})` : "";
      return `${name(link.from)} ${verbs[link.type][0]} ${name(link.to)}${role}${link.partial ? ` (${words.partly})` : ""}`;
    }

    number(count) { return count.toLocaleString(this.data.lang === "vi" ? "vi-VN" : "en-GB"); }

    say(key, said = {}) {
      return this.data.words[key].replace(/\{(\w+)\}/g, (whole, name) => (name in said ? String(said[name]) : whole));
    }

    /* The reader's choices as text for the address, and back. */
    remember() {
      const { groups, types, bands, roles, place, from, to, at, view } = this.state;
      const said = new URLSearchParams();
      for (const [name, chosen] of Object.entries({ groups, types, bands, roles })) {
        for (const one of [...chosen].sort()) said.append(name, one);
      }
      for (const [name, one] of Object.entries({ place, from, to, at, view })) if (one) said.set(name, one);
      return said.toString();
    }

    recall(text) {
      const said = new URLSearchParams(text);
      for (const name of ["groups", "types", "bands", "roles"]) this.state[name] = new Set(said.getAll(name));
      for (const name of ["place", "from", "to", "at", "view"]) this.state[name] = said.get(name) || "";
      this.refresh();
    }
  }

  Object.assign(Lineage, { Model, CARD, nodeOf });
})();
