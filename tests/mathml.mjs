// How many children an element of MathML has, where that is fixed: a browser draws any other number as an error.
export const CHILDREN = { mfrac: 2, mroot: 2, msub: 2, msup: 2, munder: 2, mover: 2, msubsup: 3, munderover: 3 };
