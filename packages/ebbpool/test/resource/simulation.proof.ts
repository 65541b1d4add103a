import { test } from "node:test";
import { runHistories } from "./simulation/histories.ts";

const histories = process.env.EBBPOOL_LONG === "1" ? 100_000 : 3_000;

test(`${histories} random histories of a pool break no rule`, () => runHistories(histories));
