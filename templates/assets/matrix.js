// The table without this script is complete; with it, another trace can be the baseline.
const FEWEST_REQUESTS = 100;
/** As src/report/pages/figureRows.ts has them; a test holds them together. */
const VERDICTS = {
  better: ["better", "better", "good"],
  worse: ["worse", "worse", "high"],
  same: ["same", "same", "quiet"],
  changed: ["changed", "changed", "plain"],
  few: ["few", "too few to judge", "quiet"],
  notComparable: ["few", "not comparable", "quiet"],
};

for (const table of document.querySelectorAll("table[data-matrix]")) makeChoosable(table);

function makeChoosable(table) {
  const headers = [...table.tHead.rows[0].cells].slice(1);
  headers.forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.textContent = "compare with this";
    button.setAttribute("aria-label", `Compare with ${header.dataset.title}`);
    button.addEventListener("click", () => compareWith(table, headers, column));
    header.append(button);
    button.hidden = "baseline" in header.dataset;
  });
}

function compareWith(table, headers, column) {
  headers.forEach((header, i) => {
    header.toggleAttribute("data-baseline", i === column);
    header.querySelector(".base").textContent = i === column ? "baseline" : "";
    header.querySelector("button").hidden = i === column;
  });
  document.querySelector("[data-baseline-name]").textContent = headers[column].dataset.title;
  for (const row of table.tBodies[0].rows) {
    const cells = [...row.cells].slice(1);
    const figure = {
      kind: row.dataset.kind,
      direction: row.dataset.direction,
      noisy: "noisy" in row.dataset,
    };
    const baseline = valuesOf(cells[column]);
    for (const [i, cell] of cells.entries()) show(cell, figure, baseline, i === column);
  }
}

function valuesOf({ dataset, firstElementChild }) {
  const number = (text) => (text === "" ? null : Number(text));
  return {
    value: number(dataset.value),
    of: number(dataset.of),
    restsOn: number(dataset.restsOn),
    text: firstElementChild?.textContent ?? "",
  };
}

function show(cell, figure, baseline, isBaseline) {
  const own = valuesOf(cell);
  const [icon, word, tone] = VERDICTS[isBaseline && own.value !== null ? "same" : verdictOf(figure, baseline, own)];
  const mark = cell.querySelector(".verdict");
  mark.className = `verdict ${tone}`;
  mark.querySelector(".by").textContent = changeText(figure.kind, baseline.value, own);
  mark.querySelector("svg").setAttribute("class", `i ${tone}`);
  mark.querySelector("use").setAttribute("href", `#i-${icon}`);
  mark.querySelector(".vh").textContent = word;
}

/** A figure of one run against the baseline's run: as src/compare/verdict.ts and judge.ts have it. */
function verdictOf({ direction, noisy }, a, b) {
  const verdict = exactVerdict(direction, a, b);
  if (!noisy || (verdict !== "better" && verdict !== "worse")) return verdict;
  const restsOn = Math.min(a.restsOn ?? FEWEST_REQUESTS, b.restsOn ?? FEWEST_REQUESTS);
  return restsOn < FEWEST_REQUESTS ? "few" : "changed";
}

function exactVerdict(direction, a, b) {
  if (a.value === null || b.value === null) return "notComparable";
  if (a.value === b.value) return "same";
  if (direction === "none") return "changed";
  const byCount = b.value < a.value === (direction === "lower");
  if (!a.of || !b.of) return byCount ? "better" : "worse";
  const difference = b.value / b.of - a.value / a.of;
  const byShare = difference < 0 === (direction === "lower");
  if (difference === 0 || byCount !== byShare) return "changed";
  return byCount ? "better" : "worse";
}

function changeText(kind, a, { value: b, text }) {
  if (a === null || b === null || a === b) return "";
  const sign = b > a ? "+" : "−";
  if (kind === "share") return `${sign}${Number((Math.abs(b - a) * 100).toFixed(1))} points`;
  if (a === 0) return sign + text.replace(/ of .*/, "");
  const relative = (b - a) / a;
  return Math.abs(relative) < 10 ? sign + relativeText(Math.abs(relative)) : `× ${(1 + relative).toFixed(0)}`;
}

function relativeText(relative) {
  if (relative > 0.995 && relative < 1) return `${(Math.floor(relative * 1000) / 10).toFixed(1)} %`;
  const percent = relative * 100;
  if (percent < 0.1) return "<0.1 %";
  if (percent < 10) return `${percent.toFixed(1)} %`;
  return `${Math.round(percent)} %`;
}
