// Draws each table that a chart stands for. Without it the tables are all there is, and say the same.

"use strict";

/** The colour that the page gives a name, by day or by night. */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** A table in numbers: its row headings, and a named series for every other column. */
function read(table) {
  const [first, ...others] = [...table.tHead.rows[0].cells].map((cell) => cell.firstChild.textContent.trim());
  const rows = [...table.tBodies[0].rows];
  return {
    names: rows.map((row) => row.cells[0].textContent.trim().split(/\s/)[0]),
    series: others.map((name, column) => ({ name, data: rows.map((row) => Number(row.cells[column + 1].textContent)) })),
  };
}

/** The colours of a chart: of a stack as many as it has parts, else the day's strong one and the quiet one of before. */
function colours(stacked) {
  return stacked ? [...Array(12).keys()].map((part) => colour(`--series-${part}`)) : [colour("--accent"), colour("--edge")];
}

/** Bars side by side, or in one stack. */
function options({ names, series }, stacked) {
  const letters = { color: colour("--ink"), fontFamily: colour("--body") };
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return {
    animation: !still,
    color: colours(stacked),
    textStyle: letters,
    grid: { left: 8, right: 8, top: 12, bottom: 4, containLabel: true },
    tooltip: { trigger: "axis", renderMode: "richText" },
    xAxis: { type: "category", data: names, axisLabel: letters, axisLine: { lineStyle: { color: colour("--edge") } } },
    yAxis: { type: "value", minInterval: 1, axisLabel: letters, splitLine: { lineStyle: { color: colour("--line") } } },
    series: series.map((one) => ({ ...one, type: "bar", barMaxWidth: 28, stack: stacked ? "all" : null })),
  };
}

/** Whether there is anything to draw: axes without a bar tell nobody anything. */
function fills({ series }) {
  return series.some(({ data }) => data.some((figure) => figure > 0));
}

for (const place of document.querySelectorAll(".chart")) {
  const table = document.getElementById(place.dataset.of);
  if (!fills(read(table))) continue;
  place.hidden = place.previousElementSibling.hidden = false;
  place.setAttribute("aria-hidden", "true");  // the table beside it is what is read out
  const chart = echarts.init(place);
  const draw = () => chart.setOption(options(read(table), place.dataset.stacked), true);
  draw();
  new ResizeObserver(() => chart.resize()).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}
