import type { GreyImage } from '../images/grey-image.ts';

/** Fails depending on the first pixel: 1 exits, 2 throws, 3 never returns. Any other value returns the thread id. */
export async function extract({ data }: GreyImage): Promise<number> {
	const { threadId } = await import('node:worker_threads');
	if (data[0] === 1) process.exit(1);
	if (data[0] === 2) throw new Error('Simulated failure');
	while (data[0] === 3);
	return threadId;
}

/** Never returns. */
export function warmUp(): void {
	for (;;);
}
