// The pages of the folder book/ stand at the root of the site; the index names them by their files.
const setIndex = Search.setIndex;
Search.setIndex = (index) => setIndex({ ...index, docnames: index.docnames.map((name) => name.replace(/^book\//, "")) });
// A page opened from a disk may not read the others for the lines around what was found.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
// The found words are marked by a script that this site does without; the search asks whether it is there.
window.SPHINX_HIGHLIGHT_ENABLED = false;
