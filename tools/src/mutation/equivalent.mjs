/**
 * Mutants that no test can find, since the program means the same with them, or differs only in speed: where, and why.
 * Each is told by the module, the line's text without white space at its ends, and the kind of change.
 *
 * @type {readonly { module: string, line: string, kind: string, why: string }[]}
 */
export const EQUIVALENT = [];
