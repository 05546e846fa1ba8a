/** The memory of a service at one time, MB. */
export interface MemorySample {
	/** Time since the start of the run, s. */
	readonly seconds: number;
	/** What had happened until then. */
	readonly after: string;
	/** Of the whole process. */
	readonly rss: number;
	/** Of the main thread. */
	readonly heapUsed: number;
	readonly external: number;
	readonly arrayBuffers: number;
}

/** One run of `memory.ts`. */
export interface MemoryRun {
	readonly name: 'scans' | 'restarts';
	readonly count: number;
	readonly samples: readonly MemorySample[];
	/** Allowed RSS at the end, MB. */
	readonly limit: number;
	readonly isMet: boolean;
}

/** Creates a sample from what `process.memoryUsage` returns, which is in bytes. */
export function toSample(usage: NodeJS.MemoryUsage, seconds: number, after: string): MemorySample {
	const { rss, heapUsed, external, arrayBuffers } = usage;
	const toMegabytes = (bytes: number) => Math.round((10 * bytes) / 2 ** 20) / 10;
	return {
		seconds: Math.round(seconds),
		after,
		rss: toMegabytes(rss),
		heapUsed: toMegabytes(heapUsed),
		external: toMegabytes(external),
		arrayBuffers: toMegabytes(arrayBuffers),
	};
}

/** Returns the run as a Markdown table. */
export function toMemoryTable({ name, count, samples, limit, isMet }: MemoryRun): string {
	const cells = [
		['after', 's', 'RSS', 'heapUsed', 'external', 'arrayBuffers'],
		Array(6).fill('---'),
		...samples.map(({ after, seconds, ...memory }) => [
			after,
			String(seconds),
			...[memory.rss, memory.heapUsed, memory.external, memory.arrayBuffers].map((value) => value.toFixed(1)),
		]),
	];
	const table = cells.map((row) => `| ${row.join(' | ')} |`).join('\n');
	return `${count} ${name}, MB; at most ${limit} MB at the end: ${isMet ? 'met' : 'not met'}\n\n${table}\n`;
}
