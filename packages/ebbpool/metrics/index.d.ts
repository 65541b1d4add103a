export * from "../dist/cjs/metrics/index.js";
