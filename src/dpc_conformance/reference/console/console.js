// Asks for new records and puts them on top of the table. Texts are set as texts, never as HTML.
"use strict";
const rows = document.getElementById("records");
const EVERY = 2000;

async function look() {
  try {
    const answer = await fetch("/audit?seen=" + encodeURIComponent(rows.dataset.seen), { cache: "no-store" });
    if (!answer.ok) return;
    const feed = await answer.json();
    rows.dataset.seen = feed.seen;
    for (const cells of feed.rows) {
      const row = document.createElement("tr");
      for (const text of cells) row.appendChild(document.createElement("td")).textContent = text;
      rows.prepend(row);
    }
  } catch {
    // The system has stopped, or is about to: the next look finds out.
  } finally {
    setTimeout(look, EVERY);
  }
}
setTimeout(look, EVERY);
