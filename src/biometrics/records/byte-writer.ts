/** Appends big-endian numbers to a growing byte sequence. Numbers must fit into their field. */
export class ByteWriter {
	private readonly bytes: number[] = [];

	get length(): number {
		return this.bytes.length;
	}

	uint8(...values: readonly number[]): void {
		this.bytes.push(...values);
	}

	uint16(...values: readonly number[]): void {
		for (const value of values) this.uint8(value >>> 8, value & 0xff);
	}

	uint32(...values: readonly number[]): void {
		for (const value of values) this.uint16(value >>> 16, value & 0xffff);
	}

	append(part: ByteWriter): void {
		for (const byte of part.bytes) this.bytes.push(byte);
	}

	toBytes(): Uint8Array {
		return Uint8Array.from(this.bytes);
	}
}
