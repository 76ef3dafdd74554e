/** The errors of reading in English: one template for each code, with the data of the error in braces. */
export const ENGLISH = {
  "unknown-sign": "The sign {sign} has no meaning here.",
  "unknown-name": "{name} is not declared.",
  "unknown-name-near": "{name} is not declared; its spelling is near to {near}.",
  "number-form": "{number} can be read in several ways: write 10^(-3) for a power of ten, and signs between factors.",
  "ambiguous-name": "{name} can be read in several ways: put spaces between its factors.",
  unexpected: "{found} cannot stand here.",
  "ends-early": "The formula ends where something has to follow.",
  unclosed: "The bracket {open} is not closed.",
  unopened: "The bracket {close} is not opened.",
  "too-long": "More than {most} signs are not read.",
  "too-deep": "So many brackets in one another are not read.",
  "product-sizes": "A matrix product needs as many columns on the left as rows on the right: {left} times {right}.",
  "sum-sizes": "A sum needs matrices of one shape: {left} and {right}.",
  "entrywise-sizes": "An entrywise product or quotient needs matrices of one shape: {left} and {right}.",
  "block-sizes": "Blocks side by side need as many rows, and one above the other as many columns: {left} and {right}.",
  "relation-sizes": "Both sides need one shape: {left} and {right}.",
  "number-for-matrix": "{operation} needs a matrix, and this is a number.",
  "matrix-for-number": "{operation} needs a number, and this is {shape}.",
  "condition-for-value": "A condition stands where a number or a matrix is meant.",
  "condition-expected": "A condition is meant here, such as z > 0.",
  "not-square": "{operation} needs a square matrix, and this is {shape}.",
  "not-vector": "{operation} needs a row or a column, and this is {shape}.",
  "ambiguous-product": "What the sign {sign} means here is unclear, or what it binds: write @ or ⊙, and brackets.",
  "ambiguous-division": "What is divided by is unclear: write brackets.",
  "ambiguous-dot":
    "Between two matrices of one shape the sign {sign} can mean several products: write x^T y for the inner product, ⊙ for the entrywise one.",
  "ambiguous-slope": "What the slope is taken of is unclear: write brackets, such as ∂/∂z [a z].",
  "ambiguous-exponent": "What belongs to the exponent is unclear: write brackets.",
  "matrix-exponential": "e to a square matrix can be its exponential series: write exp( ) for the exponential of each entry.",
  "ambiguous-root": "What stands under the root is unclear: write brackets.",
  "ambiguous-end": "What belongs to the upper end is unclear: write it in braces, such as sum_{i=1}^{n-1}.",
  "ambiguous-bar": "Whether this bar opens or closes is unclear: write abs( ) or norm( ).",
  "ambiguous-columns": "Columns are parted by commas, such as [a, b; c, d]; a product stands in brackets here.",
  "nothing-random": "Nothing here is random, so that an expectation would say nothing.",
  "one-end": "Both ends are written, or none of them: sum_{i=1}^n x_i, sum_i x_i.",
  "ambiguous-body": "What belongs to {name} is unclear: write brackets.",
  "ambiguous-one": "The 1 can be a number and a column of ones here: write ones(m, 1), or leave it out.",
  "ambiguous-power": "T is a number here, and also the sign of a transpose: write ' for the transpose.",
  "division-by-zero": "Division by 0.",
  "open-size": "The size of the ones or of the identity cannot be told: write ones(m, n) or eye(n).",
  "argument-count": "{function} takes {expected} arguments, not {found}.",
  "function-without-argument": "{function} is a function: what it is taken of stands in brackets behind it.",
  "ambiguous-argument": "What {function} is taken of is unclear: write brackets around it, and no space before them.",
  "function-subscript": "{function} has no meaning with a subscript.",
  "softmax-of-column": "The softmax is taken of each row, and this is {shape}: each row is one number. Write softmax(x^T).",
  "function-expected": "{name} is not a function of the statement.",
  "index-count": "{shape} has {expected} indices, not {found}.",
  "index-form": "Entries are counted from 1: write A_{i,j}.",
  "index-unclear": "The index is not a whole number that is a sum of sizes and indices.",
  "index-and-number": "{name} says which entry is meant, counted from 1, and stands as a number, too: a number has a letter of its own.",
  "unknown-range": "From where to where {name} runs cannot be told: write sum_{i=1}^n.",
  "gradient-of-matrix": "A gradient is of a number, and this is {shape}.",
  "gradient-by": "A gradient is by a name or by an entry.",
  "slope-order":
    "A slope of second order is written ∂²f/∂z², ∂²f/∂x∂y for numbers, or ∂²f/∂w∂w^T for a column; as many ∂ stand above as below.",
  "slope-layout": "A Jacobian is written ∂u/∂v^T for columns u and v, ∂u^T/∂v for rows: its entry i, j is the slope of u_i by v_j.",
  "size-expected": "A size is meant here: a whole number, or a declared size.",
};

/** The sentence of an error, by a table such as ENGLISH. */
export function worded(error, table = ENGLISH) {
  const { near } = error.data;
  const shown = (value) => (value === near ? near.join(", ") : Array.isArray(value) ? value.join(" × ") : String(value));
  const code = near?.length && table[`${error.code}-near`] ? `${error.code}-near` : error.code;
  return (table[code] ?? error.code).replace(/\{(\w+)\}/g, (whole, key) => (key in error.data ? shown(error.data[key]) : whole));
}
