// Imports each stand-in, in each of the ways in which the original is.
import genericPool, { createPool, Pool as GenericPool } from "@ebbpool/generic-pool";
import PgPool from "@ebbpool/pg-pool";
import tarn, { Pool as TarnPool, TimeoutError } from "@ebbpool/tarn";
import { work } from "./work.cjs";

if (genericPool.createPool !== createPool)
	throw new Error("expected the whole of generic-pool as its default");
if (tarn.Pool !== TarnPool) throw new Error("expected the whole of tarn as its default");
work({ PgPool, TarnPool, TimeoutError, createPool, GenericPool });
