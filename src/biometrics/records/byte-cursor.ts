/** Reads successive big-endian numbers. If too few bytes are left, it throws `onShort(length)` and keeps its position. */
export class ByteCursor {
	private readonly view: DataView;
	private readonly onShort: (end: number) => Error;
	private at = 0;
	private end: number;

	constructor(bytes: Uint8Array, onShort: (end: number) => Error) {
		this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		this.onShort = onShort;
		this.end = bytes.length;
	}

	/** Offset of the next byte. */
	get position(): number {
		return this.at;
	}

	/** Number of bytes not read yet. */
	get remaining(): number {
		return this.end - this.at;
	}

	/** Moves the end to an offset within the bytes; later reads stop there. */
	endAt(offset: number): void {
		this.end = offset;
	}

	uint8(): number {
		return this.view.getUint8(this.advance(1));
	}

	uint16(): number {
		return this.view.getUint16(this.advance(2));
	}

	uint32(): number {
		return this.view.getUint32(this.advance(4));
	}

	skip(count: number): void {
		this.advance(count);
	}

	private advance(count: number): number {
		if (count > this.remaining) throw this.onShort(this.end);
		const start = this.at;
		this.at += count;
		return start;
	}
}
