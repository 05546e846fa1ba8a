import type { Bridge } from './bridge.ts';
import { ch9329 } from './ch9329.ts';
import { cp2110 } from './cp2110.ts';
import { ft260 } from './ft260.ts';
import { rawReport } from './raw-report.ts';

/** The bridges by the names used in settings and in the table of known readers. */
export const BRIDGES = { cp2110, ft260, ch9329, raw: rawReport } as const satisfies Record<string, Bridge>;

export type BridgeName = keyof typeof BRIDGES;

/** Returns whether a text from the operator is the name of a bridge. */
export function isBridgeName(name: string): name is BridgeName {
	return Object.hasOwn(BRIDGES, name);
}
