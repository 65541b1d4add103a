/** The peer does not speak MQTT 3.1.1; the connection is to be closed (section 4.8). */
export class MalformedPacketError extends Error {
	override readonly name = "MalformedPacketError";
}
