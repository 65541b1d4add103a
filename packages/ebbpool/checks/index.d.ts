export * from "../dist/cjs/checks/index.js";
