import { pooledDeflate } from "./pooled-deflate.mjs";

export const name = "fflate";
export const version = "0.8.3";
export const pools = ["dflt"];

/** @type {import("../../src/study.d.ts").EditsFor} */
export const edits = (way) => [pooledDeflate(way, "lib/node.cjs", "cjs")];
