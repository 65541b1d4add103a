export * from "../dist/cjs/ts5.6/checks/index.js";
