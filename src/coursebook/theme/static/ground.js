// The reader's choice of light or dark, before anything is painted; the page's button keeps it.
for (const name of ["mode", "theme"]) document.documentElement.dataset[name] = localStorage.getItem(name) || "auto";
