import type { ReaderTestHarness } from './test-harness.ts';

/** One check of the HID driver on a real kernel. It starts and ends without a plugged-in reader. */
export interface Check {
	/** Describes what holds, such as "a reader that is plugged in is connected and listed". */
	readonly name: string;
	/**
	 * @param slowdown how many times slower the virtual machine is than its host
	 * @returns the measurements as human-readable text
	 * @throws Error when the check fails
	 */
	run(harness: ReaderTestHarness, slowdown: number): Promise<string>;
}
