import { test } from "node:test";
import { runHistories } from "./simulation/histories.ts";

test("200 random histories of a pool break no rule", () => runHistories(200));
