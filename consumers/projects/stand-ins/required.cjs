// Requires each stand-in, in each of the ways in which the original is.
const PgPool = require("@ebbpool/pg-pool");
const { Pool: TarnPool, TimeoutError } = require("@ebbpool/tarn");
const { createPool, Pool: GenericPool } = require("@ebbpool/generic-pool");
const { work } = require("./work.cjs");

work({ PgPool, TarnPool, TimeoutError, createPool, GenericPool });
