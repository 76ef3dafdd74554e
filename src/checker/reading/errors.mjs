/** What a text cannot be read as: a code, the place, and data. Words are made of them elsewhere. */
export class ReadingError extends Error {
  constructor(code, from, to, data = {}) {
    super(code);
    this.name = "ReadingError";
    this.code = code;
    this.offset = from;
    this.length = to - from;
    this.data = data;
  }
}
