/** What Node, Bun and Deno call on an object that they print. */
export const inspectSymbol: unique symbol = Symbol.for("nodejs.util.inspect.custom");

/** What is printed of a lease: not its item, which may be large, secret or somebody else's by now. */
export const leaseLine = (held: boolean): string => `Lease { ${held ? "held" : "ended"} }`;
