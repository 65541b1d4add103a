import { ifPossible } from "../base/engine.ts";
import { hostEnvironment } from "./environment.ts";

/** What every call returns that has nothing to wait for. It outlives whoever loads this module, and keeps nothing of his. */
export const DONE: Promise<void> = ifPossible(() => hostEnvironment.detached(() => Promise.resolve()));
