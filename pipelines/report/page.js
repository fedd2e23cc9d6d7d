"use strict";
/* The report's behaviour. Every word of a page goes through textContent; nothing is fetched. */
(async function () {
  const $ = (id) => document.getElementById(id);
  const PAGE = 50, MOST_COUNTRIES = 16;
  const QUADS = { 1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict" };
  const COLOURS = ["#2b7a4b", "#5aa469", "#c98a1b", "#b3382c"];
  const VERDICTS = { right: "Right", wrong: "No such event", corrected: "Correct it" };
  const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;,=>?@^_`{|}~";
  const DIGITS = new Uint8Array(128);
  [...LETTERS].forEach((letter, digit) => { DIGITS[letter.charCodeAt(0)] = digit; });
  const STATUSES = ["actual", "planned", "offered", "denied", "claimed", "hypothetical"];
  let data, events, shown = [], visible = PAGE, charts = {};
  let place = null, pair = null;
  const verdicts = new Map();

  /* Elements: attributes are set by name, children are nodes or plain text. */
  function el(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key === "on") for (const [event, handler] of Object.entries(value)) made.addEventListener(event, handler);
      else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }

  async function unpack(id) {
    const letters = $(id).textContent, packed = new Uint8Array((letters.length - 1) / 5 * 4), words = new DataView(packed.buffer);
    for (let at = 1, word = 0; at < letters.length; at += 5, word += 4) {
      let number = 0;
      for (let i = at; i < at + 5; i += 1) number = number * 85 + DIGITS[letters.charCodeAt(i)];
      words.setUint32(word, number);
    }
    $(id).remove();
    const whole = packed.subarray(0, packed.length - Number(letters[0]));
    const stream = new Blob([whole]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  }

  /* The chart library; the page's policy names its hash, so that nothing else can be put in its place. */
  async function loadCharts() {
    const script = document.createElement("script");
    script.textContent = await unpack("charts");
    document.head.append(script);
  }

  function rows(table) {
    const names = Object.keys(table), count = names.length ? table[names[0]].length : 0;
    return Array.from({ length: count }, (_, i) => Object.fromEntries(names.map((name) => [name, table[name][i]])));
  }

  const country = (code) => (code ? data.names.countries[code] || code : null);
  const language = (code) => data.names.languages[code] || code;
  const party = (code, sector) => [country(code), sector ? data.names.sectors[sector] || sector : null].filter(Boolean).join(", ") || "unnamed";
  const summary = (e) => `${party(e.source_country, e.source_sector)} → ${party(e.target_country, e.target_sector)}`;
  const coding = (e) => (e.mode ? `${e.plover_type} · ${e.mode}` : e.plover_type);
  const told = (e) => Math.max(e.mention_count, e.mentions.length);
  const many = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
  const range = (low, high) => (low === null ? null : low === high ? `${low}` : `${low}–${high}`);

  function day(e) {
    if (!e.event_date) return "undated";
    return e.date_precision === "year" ? e.event_date.slice(0, 4) : e.date_precision === "month" ? e.event_date.slice(0, 7) : e.event_date;
  }

  function whereabouts(e) {
    if (e.place_precision === "country") return country(e.place_country);
    const parts = [e.place_name, e.place_admin1_name === e.place_name ? null : e.place_admin1_name, country(e.place_country)];
    const unsure = e.place_ambiguous ? " (others bear the name)" : "";
    return parts.filter(Boolean).join(", ") + unsure;
  }

  function webAddress(text) {
    try {
      const url = new URL(text);
      return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
    } catch { return null; }
  }

  /* Filters */
  function options(select, all, values, name) {
    const counted = [...values.entries()].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    select.replaceChildren(el("option", { value: "" }, all),
      ...counted.map(([value, count]) => el("option", { value }, `${name ? name(value) : value} (${count})`)));
  }

  function tally(pick) {
    const counts = new Map();
    for (const e of events) for (const value of new Set(pick(e))) if (value) counts.set(value, (counts.get(value) || 0) + 1);
    return counts;
  }

  function fillFilters(form) {
    options(form.elements.actor, "Any actor", tally((e) => [e.source_country, e.target_country]), country);
    options(form.elements.type, "Any type", tally((e) => [e.plover_type]));
    options(form.elements.status, "Any status", tally((e) => [e.status]));
    options(form.elements.language, "Any language", tally((e) => e.mentions.map((m) => m.told.language)), language);
    options(form.elements.publisher, "Any publisher", tally((e) => e.mentions.map((m) => m.page.publisher)));
  }

  function matches(e, wanted) {
    if (wanted.actor && e.source_country !== wanted.actor && e.target_country !== wanted.actor) return false;
    if (wanted.type && e.plover_type !== wanted.type) return false;
    if (wanted.status && e.status !== wanted.status) return false;
    if ((wanted.from || wanted.until) && !e.event_date) return false;
    if (wanted.from && e.event_date < wanted.from) return false;
    if (wanted.until && e.event_date > wanted.until) return false;
    if (wanted.language && !e.mentions.some((m) => m.told.language === wanted.language)) return false;
    if (wanted.publisher && !e.mentions.some((m) => m.page.publisher === wanted.publisher)) return false;
    if (place && !place.keys.has(e.at)) return false;
    if (pair && (e.source_country !== pair[0] || e.target_country !== pair[1])) return false;
    return !wanted.words || e.words.includes(wanted.words.toLowerCase());
  }

  function apply() {
    const wanted = Object.fromEntries(new FormData($("filters")));
    shown = events.filter((e) => matches(e, wanted));
    visible = PAGE;
    $("count").textContent = `${shown.length.toLocaleString("en")} of ${events.length.toLocaleString("en")} events`;
    chips();
    list();
    redraw();
  }

  function chips() {
    const chip = (text, clear) => el("button", { type: "button", on: { click: () => { clear(); apply(); } } }, `${text} ✕`);
    $("chips").replaceChildren(
      ...(place ? [chip(`At ${place.name}`, () => { place = null; })] : []),
      ...(pair ? [chip(`${country(pair[0])} → ${country(pair[1])}`, () => { pair = null; })] : []));
  }

  /* The list */
  function list() {
    $("events").replaceChildren(...shown.slice(0, visible).map(item));
    $("more").hidden = shown.length <= visible;
  }

  function item(e) {
    const best = e.mentions[0];
    return el("li", {}, el("button", { type: "button", on: { click: () => open(e) } },
      el("span", { class: "dim" }, day(e)),
      el("span", { class: `type quad${e.quad_class}`, title: QUADS[e.quad_class] }, coding(e)),
      el("span", {}, summary(e), ...badges(e)),
      best ? el("span", { class: "evidence", dir: "auto", lang: best.told.language }, best.told.source_text || "") : null));
  }

  function badges(e) {
    const found = [];
    if (e.status !== "actual") found.push(el("span", { class: "badge" }, e.status));
    if (disagreements(e).length) found.push(el("span", { class: "badge warn" }, "reports disagree"));
    if (told(e) > 1) found.push(el("span", { class: "badge" }, `${told(e)} mentions`));
    return found;
  }

  /* In what reports disagree, as the warehouse has found it: `conflicts` of the event, `differs_in` of each claim. */
  function disagreements(e) {
    const told = (field, show) => [...new Set(e.mentions.filter((m) => m.differs_in.includes(field)).map(show).filter(Boolean))].sort();
    const says = {
      type: () => `Told as: ${told("type", coding).join(", ")}.`,
      actors: () => `Between: ${told("actors", (m) => `${country(m.source_country)} and ${country(m.target_country)}`).join("; ")}.`,
      status: () => "One report denies what another asserts.",
      date: () => `Dates told: ${told("date", (m) => m.event_date).join(", ")}.`,
      place: () => `Places told: ${told("place", (m) => m.place_name).join(", ")}.`,
      dead: () => `Killed: ${range(e.dead_min, e.dead_max)}.`,
      injured: () => `Injured: ${range(e.injured_min, e.injured_max)}.`,
    };
    return e.conflicts.map((field) => (says[field] ? says[field]() : `They differ in ${field}.`));
  }

  /* One event */
  function open(e) {
    $("event-title").textContent = `${coding(e)}: ${summary(e)}`;
    const facts = [
      ["What it means", data.names.types[e.plover_type].definition], ["Date", day(e)], ["Status", e.status],
      ["Place", whereabouts(e)],
      ["Killed", range(e.dead_min, e.dead_max)], ["Injured", range(e.injured_min, e.injured_max)],
      ["Told by", `${many(told(e), "mention")}, ${many(e.independent_publisher_count, "independent publisher")}`],
      ["Confidence", e.confidence], ["Event", e.event_id]];
    const disagree = disagreements(e);
    $("event-body").replaceChildren(...[
      el("dl", {}, ...facts.filter(([, value]) => value !== null && value !== "").flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, `${value}`)])),
      disagree.length ? el("div", { class: "disagree" }, el("strong", {}, "Reports disagree. "), disagree.join(" ")) : null,
      ...e.mentions.map(mentionBlock),
      told(e) > e.mentions.length ? el("p", { class: "dim" }, `${e.mentions.length} of ${told(e)} mentions are here, first one of each publisher and status; attache explain ${e.event_id} shows all.`) : null].filter(Boolean));
    $("event").showModal();
    $("event").scrollTop = 0;
  }

  function mentionBlock(m) {
    const { page, told } = m, address = page.url ? webAddress(page.url) : null;
    const name = page.title || page.source_path || "untitled page";
    return el("article", {},
      el("p", {}, el("bdi", {}, el("strong", {}, page.publisher || "unknown publisher")), ` · ${page.published || "undated"} · ${language(told.language)} · `,
        address ? el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, el("bdi", {}, name)) : el("bdi", {}, name)),
      el("blockquote", { dir: "auto", lang: told.language }, ...highlighted(told.source_text || "", m)),
      told.english ? el("p", { class: "english", lang: "en", dir: "ltr" }, told.english,
        told.draft ? el("span", { class: "badge warn" }, "draft quality") : null,
        told.status === "poor" ? el("span", { class: "badge warn" }, "poor translation") : null) : null,
      el("p", { class: "dim" }, `${coding(m)}: ${sideOf(m, "source")} → ${sideOf(m, "target")}, ${m.stance || m.status}`
        + (m.differs_in.length ? `, differs in ${m.differs_in.join(", ")}` : "") + (m.claimed_by ? `, according to ${m.claimed_by}` : "") + (m.event_date ? `, ${m.event_date}${DAY_OF[m.date_basis] || ""}` : "")
        + (m.dead !== null ? `, ${m.dead} killed` : "") + (m.injured !== null ? `, ${m.injured} injured` : "") + `, confidence ${m.confidence}`),
      verdictRow(m));
  }

  /* Days that the sentence does not tell, and whose they are. */
  const DAY_OF = { lead: " (of the page's main event)", publication: " (of publication)" };

  /* A side's country, and whether it is the page that tells it and not the sentence. */
  const sideOf = (m, side) => (country(m[`${side}_country`]) || "unnamed") + (m[`${side}_from_page`] ? " (from the page)" : "");

  /* The sentence with trigger and actors marked, where their words stand in it; overlaps go to the first. */
  function highlighted(text, m) {
    const spans = [];
    for (const kind of ["source", "target", "trigger"]) {
      const start = m[`${kind}_start`], end = start + m[`${kind}_length`];
      if (start !== null && !spans.some((s) => start < s.end && end > s.start)) spans.push({ start, end, kind });
    }
    spans.sort((a, b) => a.start - b.start);
    const nodes = [];
    let from = 0;
    for (const s of spans) {
      nodes.push(text.slice(from, s.start), el("mark", { class: s.kind, title: s.kind }, text.slice(s.start, s.end)));
      from = s.end;
    }
    return [...nodes, text.slice(from)];
  }

  /* Verdicts, saved as a file for `attache review import` */
  function verdictRow(m) {
    const row = el("div", { class: "verdict", role: "group", "aria-label": "Your verdict" });
    const given = () => verdicts.get(m.mention_id);
    const paint = () => row.replaceChildren(
      ...Object.entries(VERDICTS).map(([verdict, label]) => el("button", {
        type: "button", "aria-pressed": String((given() || {}).verdict === verdict),
        on: { click: () => { choose(m, verdict); paint(); } } }, label)),
      ...((given() || {}).verdict === "corrected" ? [correction(m, given())] : []));
    paint();
    return row;
  }

  function choose(m, verdict) {
    if ((verdicts.get(m.mention_id) || {}).verdict === verdict) verdicts.delete(m.mention_id);
    else verdicts.set(m.mention_id, { mention_id: m.mention_id, verdict });
    countVerdicts();
  }

  function correction(m, given) {
    const change = (name, coded) => (event) => {
      const value = event.target.value.trim();
      if (value === (coded || "")) delete given[name];
      else given[name] = value || "-";
    };
    const field = (label, name, coded, choices) => {
      const value = given[name] === undefined ? coded || "" : given[name] === "-" ? "" : given[name];
      const input = choices
        ? el("select", { on: { change: change(name, coded) } }, ...choices.map((c) => el("option", { value: c, selected: c === value }, c || "none")))
        : el("input", { value, on: { input: change(name, coded) } });
      return el("label", {}, label, input);
    };
    return el("div", { class: "correction" },
      field("Type", "type", m.plover_type, Object.keys(data.names.types)),
      field("Mode", "mode", m.mode, ["", ...new Set(Object.values(data.names.types).flatMap((t) => t.modes))]),
      field("Source country", "source", m.source_country), field("Target country", "target", m.target_country),
      field("Status", "status", m.status, STATUSES), field("Note", "note", ""));
  }

  function countVerdicts() {
    $("save").disabled = verdicts.size === 0;
    $("verdict-count").textContent = verdicts.size ? `${verdicts.size} to save, then: attache review import verdicts.jsonl` : "No verdicts yet";
  }

  function save() {
    const lines = [...verdicts.values()].map((v) => JSON.stringify(v) + "\n");
    const url = URL.createObjectURL(new Blob(lines, { type: "application/jsonl" }));
    el("a", { href: url, download: "verdicts.jsonl" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  /* Charts: Vega-Lite, its expressions interpreted, so that the page's policy can forbid evaluation. */
  const CONFIG = { font: "system-ui, sans-serif", axis: { labelFontSize: 11, titleFontSize: 11 }, view: { stroke: null } };

  function specs() {
    const quad = { field: "quad", type: "nominal", scale: { domain: Object.values(QUADS), range: COLOURS } };
    const position = { longitude: { field: "longitude", type: "quantitative" }, latitude: { field: "latitude", type: "quantitative" } };
    return {
      map: { width: "container", height: mapHeight(), params: [{ name: "zoom", value: 1 }, { name: "east", value: 0 }, { name: "south", value: 0 }], layer: [
        { data: { name: "world" }, mark: { type: "geoshape", fill: "#eef1f4", stroke: "#b4bfca", strokeWidth: 0.7, tooltip: null } },
        { data: { name: "labels" }, transform: [{ filter: "datum.extent * zoom > 7 * length(datum.name)" }],
          mark: { type: "text", color: "#55606c", fontSize: 11, tooltip: null, interactive: false }, encoding: { ...position, text: { field: "name" } } },
        { data: { name: "places" }, mark: { type: "circle", opacity: 0.8, cursor: "pointer", stroke: "#fff" },
          encoding: { ...position, size: { field: "size", type: "quantitative", scale: null }, color: { ...quad, legend: null }, tooltip: { field: "told" } } },
        { data: { name: "places" }, mark: { type: "text", color: "#fff", fontWeight: 600, fontSize: 11, tooltip: null, interactive: false },
          encoding: { ...position, text: { field: "label" } } }],
        projection: { type: "equalEarth", scale: { expr: "zoom" }, translate: { expr: "[east, south]" } },
        description: "Map of the places of the events shown; the list below holds the same events." },
      timeline: { width: "container", height: 120, data: { name: "days" }, mark: { type: "bar", orient: "vertical", cursor: "pointer" },
        encoding: { x: { field: "first", type: "temporal", bin: "binned", title: null, scale: { type: "utc" } }, x2: { field: "next" },
          y: { field: "count", type: "quantitative", title: "events", stack: "zero" },
          tooltip: { field: "told" }, color: { ...quad, legend: { orient: "bottom", title: null, columns: 2 } } },
        description: "Number of the events shown, by time." },
      matrix: { width: "container", height: { step: 18 }, data: { name: "pairs" }, mark: { type: "rect", cursor: "pointer" },
        encoding: { x: { field: "target", type: "nominal", title: "target", axis: { labelAngle: -50, labelLimit: 110 } },
          y: { field: "source", type: "nominal", title: "source", axis: { labelLimit: 130 } },
          tooltip: { field: "told" }, color: { field: "count", type: "quantitative", scale: { scheme: "blues", type: "sqrt" }, legend: null } },
        description: "Matrix of source and target countries of the events shown; darker is more." },
    };
  }

  async function draw() {
    await loadCharts();
    aimAtShown();
    const first = { ...datasets(), ...world() };
    for (const [id, spec] of Object.entries(specs())) {
      const names = [...new Set((spec.layer || [spec]).map((layer) => layer.data.name))];
      const values = Object.fromEntries(names.map((name) => [name, first[name]]));
      const result = await attacheCharts($(id), { $schema: "https://vega.github.io/schema/vega-lite/v6.json", ...spec, datasets: values, config: CONFIG },
        { actions: false, ast: true, defaultStyle: false, renderer: id === "map" ? "canvas" : "svg" });
      charts[id] = result.view;
    }
    look();
    charts.map.addEventListener("click", (_, hit) => { if (!dragged) pick(hit, (d) => { if (d.keys) place = place && place.name === d.name ? null : d; }); });
    dragToMove($("map"));
    addEventListener("resize", () => setTimeout(() => { aimAtShown(); look(); }, 200));
    charts.matrix.addEventListener("click", (_, hit) => pick(hit, (d) => { pair = [d.sourceCode, d.targetCode]; }));
    charts.timeline.addEventListener("click", (_, hit) => pick(hit, (d) => {
      $("filters").elements.from.value = d.first; $("filters").elements.until.value = d.last; }));
  }

  function pick(hit, act) {
    if (hit && hit.datum) { act(hit.datum); apply(); }
  }

  /* The outlines of countries as GeoJSON, and where their names stand. */
  function world() {
    const countries = rows(data.world.countries);
    return {
      world: countries.map((c) => ({ type: "Feature", geometry: { type: "MultiPolygon", coordinates: polygons(c.rings.map(points)) } })),
      labels: countries.map((c) => ({ name: data.names.countries[c.code] || c.name, longitude: c.longitude, latitude: c.latitude, extent: c.extent * Math.PI / 180 })),
    };
  }

  /* A ring's points from their distances; see basemap.py. */
  function points(ring) {
    const found = [];
    for (let i = 0, x = 0, y = 0; i < ring.length; i += 2) {
      x += ring[i]; y += ring[i + 1];
      found.push([x * data.world.step, y * data.world.step]);
    }
    return found;
  }

  /* Rings that run anticlockwise are holes in the one before. */
  function polygons(rings) {
    const found = [], turn = (ring) => ring.reduce((sum, [x, y], i) => { const [u, v] = ring[(i + 1) % ring.length]; return sum + (u - x) * (v + y); }, 0);
    for (const ring of rings) turn(ring) > 0 || !found.length ? found.push([ring]) : found[found.length - 1].push(ring);
    return found;
  }

  /* The map's view: Equal Earth, of which `equalEarth` gives radians' worth of pixels at a scale of 1. */
  const WORLD = { width: 5.42, height: 2.64 }, MOST_ZOOM = 60;
  let view = { zoom: 1, east: 0, south: 0 }, dragged = false;

  function equalEarth(longitude, latitude) {
    const a = Math.asin(Math.sqrt(3) / 2 * Math.sin(latitude * Math.PI / 180)), b = a * a, c = b * b * b;
    const x = 2 * Math.sqrt(3) * longitude * Math.PI / 180 * Math.cos(a) / (3 * (1.340264 - 3 * 0.081106 * b + c * (7 * 0.000893 + 9 * 0.003796 * b)));
    return [x, -a * (1.340264 - 0.081106 * b + c * (0.000893 + 0.003796 * b))];
  }

  const mapWidth = () => $("map").clientWidth;
  const mapHeight = () => Math.min(460, Math.round(mapWidth() / 2));
  const leastZoom = () => Math.min(mapWidth() / WORLD.width, mapHeight() / WORLD.height);

  /* To a box of the map ([left, top, right, bottom], projected), or to the whole world. */
  function aim(box) {
    const [left, top, right, bottom] = box || [-WORLD.width / 2, -WORLD.height / 2, WORLD.width / 2, WORLD.height / 2];
    const fits = Math.min(mapWidth() / (right - left || 1e-6), mapHeight() / (bottom - top || 1e-6)) * (box ? 0.85 : 1);
    const zoom = Math.min(Math.max(fits, leastZoom()), leastZoom() * MOST_ZOOM);
    view = { zoom, east: mapWidth() / 2 - zoom * (left + right) / 2, south: mapHeight() / 2 - zoom * (top + bottom) / 2 };
  }

  function aimAtShown() {
    const at = shown.filter((e) => e.latitude !== null).map((e) => equalEarth(e.longitude, e.latitude));
    const bound = (axis, pick) => at.reduce((most, p) => pick(most, p[axis]), at[0][axis]);
    if (!at.length) return aim(null);
    const [left, right] = widened(bound(0, Math.min), bound(0, Math.max)), [top, bottom] = widened(bound(1, Math.min), bound(1, Math.max));
    aim([left, top, right, bottom]);
  }

  /* A stretch no shorter than that of a large country, so that a single place shows where in the world it is. */
  function widened(low, high) {
    const LEAST = 0.25, lacking = Math.max(0, LEAST - (high - low)) / 2;
    return [low - lacking, high + lacking];
  }

  function zoomBy(factor) {
    const zoom = Math.min(Math.max(view.zoom * factor, leastZoom()), leastZoom() * MOST_ZOOM), by = zoom / view.zoom;
    view = { zoom, east: mapWidth() / 2 + by * (view.east - mapWidth() / 2), south: mapHeight() / 2 + by * (view.south - mapHeight() / 2) };
    look();
  }

  function look() {
    for (const [name, value] of Object.entries(view)) charts.map.signal(name, value);
    const places = clusters();
    put("map", "places", places);
    topPlaces(places);
  }

  /* By mouse only: a finger on the map scrolls the page. */
  function dragToMove(area) {
    let from = null;
    area.addEventListener("pointerdown", (event) => { dragged = false; from = event.pointerType === "mouse" ? [event.clientX - view.east, event.clientY - view.south, event.clientX, event.clientY] : null; });
    addEventListener("pointerup", () => { from = null; });
    area.addEventListener("pointermove", (event) => {
      if (!from || Math.hypot(event.clientX - from[2], event.clientY - from[3]) < 4) return;
      dragged = true;
      view = { ...view, east: event.clientX - from[0], south: event.clientY - from[1] };
      look();
    });
  }

  /* Places nearer than a finger's width are one dot, at the place with the most events; its area grows with the root of their number. */
  function clusters() {
    const NEAR = 18, MOST = Math.min(1500, 2.5 * mapWidth());
    const places = group(shown, (e) => e.at, (e) => ({ latitude: e.latitude, longitude: e.longitude, name: e.place_name || country(e.place_country), quads: [0, 0, 0, 0, 0] }),
      (p, e) => { p.quads[e.quad_class] += 1; }).sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
    const found = [], cells = new Map();
    for (const p of places) {
      const [x, y] = equalEarth(p.longitude, p.latitude).map((v) => v * view.zoom), cx = Math.floor(x / NEAR), cy = Math.floor(y / NEAR);
      const around = [-1, 0, 1].flatMap((i) => [-1, 0, 1].flatMap((j) => cells.get(`${cx + i},${cy + j}`) || []));
      const near = around.find((c) => Math.hypot(c.x - x, c.y - y) < NEAR);
      if (near) {
        near.count += p.count; near.keys.add(p.key);
        p.quads.forEach((n, q) => { near.quads[q] += n; });
      } else {
        const made = { ...p, x, y, keys: new Set([p.key]) };
        found.push(made);
        cells.set(`${cx},${cy}`, [...(cells.get(`${cx},${cy}`) || []), made]);
      }
    }
    const most = found.reduce((n, c) => Math.max(n, c.count), 1);
    for (const c of found) {
      const others = c.keys.size - 1;
      c.quad = QUADS[c.quads.indexOf(Math.max(...c.quads))];
      c.name = others ? `${c.name} and ${many(others, "place")} near` : c.name;
      c.size = 40 + MOST * Math.sqrt(c.count / most) * Math.min(1, most / 20);
      const label = c.count.toLocaleString("en"), across = 2 * Math.sqrt(c.size / Math.PI);
      c.label = across > 7 * label.length + 2 ? label : "";
      c.told = `${c.name}: ${many(c.count, "event")}`;
    }
    return found.sort((a, b) => b.count - a.count);
  }

  /* The most frequent of what a chart shows, for whoever does not point at it. */
  function top(id, list, name, choose) {
    const best = [...list].sort((a, b) => b.count - a.count).slice(0, 6);
    $(id).replaceChildren(...best.map((d) => el("button", { type: "button", on: { click: () => { choose(d); apply(); } } }, `${name(d)}: ${d.count.toLocaleString("en")}`)));
  }

  const topPlaces = (places) => top("top-places", places, (d) => d.name, (d) => { place = d; });

  function group(list, keyOf, start, add) {
    const groups = new Map();
    for (const e of list) {
      const key = keyOf(e);
      if (key === null) continue;
      if (!groups.has(key)) groups.set(key, { ...start(e), key, count: 0 });
      groups.get(key).count += 1;
      if (add) add(groups.get(key), e);
    }
    return [...groups.values()];
  }

  function datasets() {
    const counts = tallyOf(shown.filter((e) => e.source_country && e.target_country));
    return {
      places: clusters(),
      days: timeline(),
      pairs: group(shown, (e) => (counts.has(e.source_country) && counts.has(e.target_country) ? `${e.source_country}>${e.target_country}` : null),
        (e) => ({ source: country(e.source_country), target: country(e.target_country), sourceCode: e.source_country, targetCode: e.target_country }))
        .map((d) => ({ ...d, told: `${d.source} → ${d.target}: ${many(d.count, "event")}` })),
    };
  }

  function redraw() {
    const now = datasets();
    topPlaces(now.places);
    top("top-pairs", now.pairs, (d) => `${d.source} → ${d.target}`, (d) => { pair = [d.sourceCode, d.targetCode]; });
    if (!charts.map) return;
    put("map", "places", now.places);
    put("timeline", "days", now.days);
    put("matrix", "pairs", now.pairs);
  }

  function tallyOf(list) {
    const counts = new Map();
    for (const e of list) for (const code of [e.source_country, e.target_country]) counts.set(code, (counts.get(code) || 0) + 1);
    return new Set([...counts.entries()].sort((a, b) => b[1] - a[1]).slice(0, MOST_COUNTRIES).map(([code]) => code));
  }

  /* By day where that makes few bars, else by month or year; `first` and `next` bound a bar, `last` is its last day. */
  function timeline() {
    const dated = shown.filter((e) => e.event_date), days = dated.map((e) => Date.parse(e.event_date));
    const span = (days.reduce((a, b) => Math.max(a, b), 0) - days.reduce((a, b) => Math.min(a, b), Infinity)) / 86400e3;
    const length = !days.length || span <= 120 ? 10 : span <= 3660 ? 7 : 4;
    const iso = (year, month, day) => new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
    return group(dated, (e) => `${e.event_date.slice(0, length)} ${e.quad_class}`, (e) => {
      const [year, month, day] = e.event_date.split("-").map(Number);
      const next = length === 10 ? [year, month - 1, day + 1] : length === 7 ? [year, month, 1] : [year + 1, 0, 1];
      const first = length === 10 ? e.event_date : length === 7 ? iso(year, month - 1, 1) : iso(year, 0, 1);
      return { first, next: iso(...next), last: iso(next[0], next[1], next[2] - 1), quad: QUADS[e.quad_class] };
    }).map((d) => ({ ...d, told: `${d.key.slice(0, length)}, ${d.quad}: ${many(d.count, "event")}` }));
  }

  function put(chart, name, values) {
    charts[chart].data(name, values).resize().runAsync();
  }

  function link() {
    const mentions = rows(data.mentions), sentences = rows(data.sentences), documents = rows(data.documents);
    const list = rows(data.events);
    for (const e of list) e.mentions = [];
    for (const m of mentions) {
      m.told = m.sentence === null ? { language: "", source_text: "" } : sentences[m.sentence];
      m.page = m.document === null ? {} : documents[m.document];
      list[m.event].mentions.push(m);
    }
    for (const e of list) {
      e.at = e.latitude === null ? null : `${e.latitude},${e.longitude}`;
      e.words = e.mentions.map((m) => `${m.told.source_text || ""} ${m.told.english || ""} ${m.page.title || ""}`).join(" ").toLowerCase();
    }
    return list;
  }

  try {
    data = JSON.parse(await unpack("data"));
    events = link();
    document.title = data.title;
    $("title").textContent = data.title;
    const cut = data.totalEvents > events.length ? ` The latest ${events.length.toLocaleString("en")} of ${data.totalEvents.toLocaleString("en")} events are here.` : "";
    $("about").textContent = `Coded political and military events with the sentences they were read from. Made ${data.madeAt.replace("T", " ")} UTC.${cut}`;
    const form = $("filters");
    fillFilters(form);
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => { place = pair = null; setTimeout(apply); });
    $("more").addEventListener("click", () => { visible += PAGE; list(); });
    $("close").addEventListener("click", () => $("event").close());
    $("save").addEventListener("click", save);
    $("fit").addEventListener("click", () => { aimAtShown(); look(); });
    $("closer").addEventListener("click", () => zoomBy(2));
    $("wider").addEventListener("click", () => zoomBy(0.5));
    $("whole").addEventListener("click", () => { aim(null); look(); });
    aimAtShown();
    apply();
    await draw();
    document.body.dataset.ready = "yes";
  } catch (error) {
    $("trouble").hidden = false;
    $("trouble").textContent = `The report could not be drawn (${error.message}). It needs a browser of 2023 or later.`;
  }
})();
