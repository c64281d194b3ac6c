// The chart of a series: shares over years, a line a unit; years without a figure leave a gap, never a zero.

/** @typedef {{name: string, values: (number | null)[]}} Line */
/** @typedef {Line & {labels: string[]}} Aim */
/** @typedef {{years: string[], marks: string[], lines: Line[], aims: Aim[]}} Series */

const place = document.getElementById("bieu-do");
/** @type {Series} */
const series = JSON.parse(document.getElementById("chuoi")?.textContent ?? "{}");
const narrow = matchMedia("(max-width: 40rem)").matches;
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const style = getComputedStyle(document.documentElement);
const colours = [style.getPropertyValue("--hh-accent").trim() || "#0b4a8f", "#8a4b08", "#2e6b3a", "#6b2e6b", "#444"];

/** 1234.5 as people read it here. @param {number} n */
const said = (n) => n.toLocaleString("vi-VN", { maximumFractionDigits: 2 });

/** The line of a target: thin and dotted, a short bar a year, its level said where it begins or changes. @param {Aim} aim @param {number} nth */
const aimed = (aim, nth) => ({
  name: aim.name,
  type: "line",
  step: "middle",
  data: aim.values.map((value, at) => ({
    value,
    label: { show: aim.labels[at] !== "", formatter: narrow ? aim.labels[at] : `Chỉ tiêu ${aim.labels[at]}`, position: nth % 2 ? "bottom" : "top", color: "#333" },
  })),
  connectNulls: false,
  symbol: "rect",
  symbolSize: [22, 3],
  color: "#333",
  lineStyle: { width: 1.5, type: "dotted", color: "#333" },
});

/** @param {HTMLElement} box */
function draw(box) {
  const echarts = /** @type {any} */ (window).echarts;
  const chart = echarts.init(box);
  chart.setOption({
    animation: !calm,
    color: colours,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 14 },
    grid: { left: 56, right: 16, top: 24, bottom: 40 },
    tooltip: { trigger: "axis", valueFormatter: (/** @type {number | null} */ n) => (n === null ? "–" : `${said(n)} %`) },
    xAxis: { type: "category", data: series.years.map((year, at) => year + series.marks[at]) },
    yAxis: { type: "value", min: 0, max: 100, axisLabel: { formatter: (/** @type {number} */ n) => `${said(n)} %` } },
    series: [
      ...series.lines.map((line, at) => ({
      name: line.name,
      type: "line",
      data: line.values,
      connectNulls: false,
      symbol: ["circle", "rect", "triangle", "diamond"][at % 4],
      symbolSize: 9,
      lineStyle: { width: 2.5, type: ["solid", "dashed", "dotted"][at % 3] },
      })),
      ...series.aims.map(aimed),
    ],
  });
  addEventListener("resize", () => chart.resize());
}

if (place && series.lines) draw(place);
