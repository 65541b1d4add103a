import type { Suite } from "../support/kit.ts";
import { definitions } from "./struct/definitions.ts";
import { placement } from "./struct/placement.ts";
import { strings } from "./struct/strings.ts";
import { values } from "./struct/values.ts";
import { views } from "./struct/views.ts";

/** What `struct` promises, for any runtime that has shared memory. */
export const structSuites: readonly Suite[] = [values, strings, placement, views, definitions];
