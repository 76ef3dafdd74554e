// Before anything is painted: the reader's choice of light or dark, which the page's button keeps, and the letters.
const root = document.documentElement;
const ground = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
const chosen = localStorage.getItem("mode") || "auto";
Object.assign(root.dataset, { mode: chosen, theme: chosen === "auto" ? ground : chosen });

// The letters inside the style sheet take a moment to unpack; a page painted before that would move when they come.
const unpacked = [...document.fonts].filter((face) => face.display === "block").map((face) => face.load());
root.classList.add("unpacking");
Promise.allSettled(unpacked).then(() => root.classList.remove("unpacking"));

// Who comes for a place in the page wants it where it will stay; for others course.js lays out section by section.
if (!location.hash) root.classList.add("in-turn");
