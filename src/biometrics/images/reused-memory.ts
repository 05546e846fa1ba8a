/** The memory of the arrays of `reusingMemory`, in the order in which it creates them. */
const buffers: ArrayBuffer[] = [];
/** How many of the buffers are in use; `undefined` outside `reusingMemory`. */
let used: number | undefined;

/**
 * Runs work whose arrays from `createValues` take the memory of those of the last call in this thread. Each image needs
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
	if (used === undefined) return new Float32Array(length);
	const bytes = length * Float32Array.BYTES_PER_ELEMENT;
	const slot = used++;
	let buffer = buffers[slot];
	if (buffer === undefined || buffer.byteLength < bytes) {
		buffer = new ArrayBuffer(bytes);
		buffers[slot] = buffer;
	}
	return new Float32Array(buffer, 0, length).fill(0);
}

/** Does the same as `source.map`, with an array from `createValues`. */
export function mapValues(source: Float32Array, map: (value: number, i: number) => number): Float32Array<ArrayBuffer> {
	const target = createValues(source.length);
	for (let i = 0; i < source.length; i++) target[i] = map(source[i]!, i);
	return target;
}
