// The catalogue without this script is complete; with it, its columns sort.
const TEXT = new Set(["title"]);

for (const table of document.querySelectorAll("table[data-sortable]")) makeSortable(table);

function makeSortable(table) {
  const original = [...table.tBodies].map((body) => ({ body, rows: [...body.rows] }));
  for (const header of table.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => sortBy(table, original, header));
  }
}

/** Largest first, then smallest first, then as it was: in folders. */
function sortBy(table, original, header) {
  const key = header.dataset.sort;
  const [first, second] =
    TEXT.has(key) || key === "severity" ? ["ascending", "descending"] : ["descending", "ascending"];
  const before = header.getAttribute("aria-sort");
  const next = before === null ? first : before === first ? second : null;
  for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
  table.classList.toggle("sorted", next !== null);
  if (next === null) return restore(original);
  header.setAttribute("aria-sort", next);
  const rows = original.flatMap(({ rows }) => rows.filter((row) => !row.classList.contains("group")));
  const sign = next === "ascending" ? 1 : -1;
  original[0].body.append(
    ...rows
      .map((row) => [row, sortValue(row, key)])
      .sort(([, a], [, b]) => sign * compare(a, b))
      .map(([row]) => row),
  );
}

function restore(original) {
  for (const { body, rows } of original) body.append(...rows);
}

function sortValue(row, key) {
  if (key === "title") return row.querySelector(".what a").textContent;
  const cell = key === "severity" ? row.querySelector(".worst") : row.querySelectorAll("td.num")[Number(key)];
  return Number(cell.dataset.value);
}

function compare(a, b) {
  return typeof a === "string" ? a.localeCompare(b) : a - b;
}
