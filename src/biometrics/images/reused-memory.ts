/** The memory of the arrays of `reusingMemory`, in the order in which it creates them. */
const buffers: ArrayBuffer[] = [];
/** How many of the buffers are in use; `undefined` outside `reusingMemory`. */
let used: number | undefined;

/**
 * Runs work whose arrays from `createValues` and `createBytes` take the memory of those of the last call in this thread. Each image needs
 * several megabytes of them. Without reuse, 64 MB accumulate before they are freed, and the C library keeps freed memory of a
 * thread even after the thread has ended.
 *
 * The arrays are no longer valid after the call, so the result must not contain any.
 */
export function reusingMemory<T>(work: () => T): T {
	used = 0;
	try {
		return work();
	} finally {
		used = undefined;
	}
}

/** Returns an array of zeros, which `reusingMemory` reuses. */
export function createValues(length: number): Float32Array<ArrayBuffer> {
	return new Float32Array(takeBuffer(length * Float32Array.BYTES_PER_ELEMENT), 0, length).fill(0);
}

/** Returns bytes that are 0, which `reusingMemory` reuses. */
export function createBytes(length: number): Uint8Array<ArrayBuffer> {
	return new Uint8Array(takeBuffer(length), 0, length).fill(0);
}

/** Does the same as `source.map`, with an array from `createValues`. */
export function mapValues(source: Float32Array, map: (value: number, i: number) => number): Float32Array<ArrayBuffer> {
	const target = createValues(source.length);
	for (let i = 0; i < source.length; i++) target[i] = map(source[i]!, i);
	return target;
}

/** Returns a buffer of at least this size, with any content. @param size bytes */
function takeBuffer(size: number): ArrayBuffer {
	if (used === undefined) return new ArrayBuffer(size);
	const slot = used++;
	let buffer = buffers[slot];
	if (buffer === undefined || buffer.byteLength < size) {
		buffer = new ArrayBuffer(size);
		buffers[slot] = buffer;
	}
	return buffer;
}
