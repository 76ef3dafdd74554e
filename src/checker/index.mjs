// What a page or a program imports.
export { judge, misfit } from "./judge.mjs";
export { prove } from "./proof/prove.mjs";
export { search } from "./numbers/search.mjs";
export { valueOf as evaluate } from "./numbers/values.mjs";
export { pointOf, sizesOf } from "./numbers/points.mjs";
export { Unreadable, read } from "./statement/reader.mjs";
