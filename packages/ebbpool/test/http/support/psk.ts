import type { TlsOptions } from "node:tls";

const key = Buffer.from("00112233445566778899aabbccddeeff", "hex");

/** TLS by a key that both sides know beforehand, so that the tests need no certificate. */
export const PSK = {
	server: { ciphers: "PSK", maxVersion: "TLSv1.2", pskCallback: () => key } satisfies TlsOptions,
	client: {
		ciphers: "PSK",
		maxVersion: "TLSv1.2",
		pskCallback: () => ({ psk: key, identity: "test" }),
		checkServerIdentity: () => undefined,
	} as const,
};
