import { discoveryChecks } from './discovery-checks.ts';
import { durabilityChecks } from './durability-checks.ts';
import { scanChecks } from './scan-checks.ts';
import type { TestBench } from './test-bench.ts';
import { troubleChecks } from './trouble-checks.ts';

/** One thing that must hold; begins and ends with no reader plugged in. */
export interface Check {
	/** A sentence. */
	readonly name: string;
	/**
	 * @param slowdown how many times slower this machine is than a real one
	 * @returns what was measured, for a person
	 * @throws whatever is wrong
	 */
	run(bench: TestBench, slowdown: number): Promise<string>;
}

export const CHECKS: readonly Check[] = [...discoveryChecks, ...scanChecks, ...troubleChecks, ...durabilityChecks];
