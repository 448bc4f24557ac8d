// Asks for new records and puts them on top of the table. Texts are set as texts, never as HTML.
"use strict";
const rows = document.getElementById("records");
const heads = [...rows.parentElement.querySelectorAll("thead th")].map((head) => head.textContent);
const EVERY = 2000;

function made(cells) {
  const row = document.createElement("tr");
  cells.forEach((text, place) => {
    const cell = row.appendChild(document.createElement("td"));
    cell.textContent = text;
    cell.dataset.label = heads[place];
    cell.classList.toggle("short", text.length < 21);
    cell.classList.toggle("refused", text.startsWith("refused"));
  });
  return row;
}

async function look() {
  try {
    const answer = await fetch("/audit?seen=" + encodeURIComponent(rows.dataset.seen), { cache: "no-store" });
    if (!answer.ok) return;
    const feed = await answer.json();
    rows.dataset.seen = feed.seen;
    for (const cells of feed.rows) rows.prepend(made(cells));
  } catch {
    // The system has stopped, or is about to: the next look finds out.
  } finally {
    setTimeout(look, EVERY);
  }
}
setTimeout(look, EVERY);
