// What pages load of the second prover, in one file with the global name Checker.
export { mathml, mathmlOfStatement } from "../../checker/printing/mathml.mjs";
export { ReadingError, shapeOf } from "../../checker/reading/index.mjs";
export { worded } from "../../checker/reading/words.mjs";
export { LetterError, isSized, judged, literal } from "../../checker/typed.mjs";
export { ENGLISH as SLIPS } from "../../checker/slips/words.mjs";
export { grade, understood } from "./answers/graders.mjs";
