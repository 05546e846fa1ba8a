import type { GreyImage } from '../images/grey-image.ts';

/** A worker for tests that fails as the first pixel says: 1 = dies, 2 = throws, 3 = never ends; else it gives its thread id. */
export async function extract({ data }: GreyImage): Promise<number> {
	const { threadId } = await import('node:worker_threads');
	if (data[0] === 1) process.exit(1);
	if (data[0] === 2) throw new Error('as the test wants');
	while (data[0] === 3);
	return threadId;
}
