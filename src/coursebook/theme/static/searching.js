// The pages of the folder book/ stand at the root of the site; the index names them by their files.
const setIndex = Search.setIndex;
Search.setIndex = (index) => setIndex({ ...index, docnames: index.docnames.map((name) => name.replace(/^book\//, "")) });
