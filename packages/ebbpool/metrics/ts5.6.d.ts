export * from "../dist/cjs/ts5.6/metrics/index.js";
