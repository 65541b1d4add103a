/** What Node, Bun and Deno call on an object that they print. */
export const inspectSymbol: unique symbol = Symbol.for("nodejs.util.inspect.custom");
