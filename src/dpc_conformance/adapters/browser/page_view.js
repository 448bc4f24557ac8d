// What a person sees of the page: only what is visible, in the words that are shown.
() => {
  const words = (element) => (element?.innerText ?? "").replace(/\s+/g, " ").trim();
  const visible = (selector) => [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility());
  const label = (field) => words(field.labels?.[0]) || field.ariaLabel || "";
  const choices = [
    ...visible("a[href]").map(words),
    ...visible("input[type=radio], input[type=checkbox]").map(label),
    ...visible("button, input[type=submit]").map((each) => (each.tagName === "INPUT" ? each.value : words(each))),
  ];
  const lines = (document.body?.innerText ?? "").split("\n").map((line) => line.replace(/\s+/g, " ").trim());
  return {
    title: words(document.querySelector("h1")) || document.title,
    text: lines.filter(Boolean).join("\n"),
    choices: choices.filter(Boolean),
    pictures: visible("img, svg, canvas").length,
  };
}
