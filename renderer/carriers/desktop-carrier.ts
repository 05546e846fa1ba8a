import { signal } from '@preact/signals';
import type { DesktopBridge } from '../../src/operator/contract.ts';
import type { Carrier } from './carrier.ts';
import { unwrapReply } from './unwrap-reply.ts';

/** The console through the bridge of the desktop app: the service lives in the same program, so the link never breaks. */
export function createDesktopCarrier(bridge: DesktopBridge): Carrier {
	return {
		link: signal({ phase: 'connected' as const }),
		call: async (operation, input) => unwrapReply(await bridge.call(operation, input)),
		follow: (listener) => bridge.follow(listener),
	};
}
