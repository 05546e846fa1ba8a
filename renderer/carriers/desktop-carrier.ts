import { signal } from '@preact/signals';
import type { DesktopBridge } from '../../src/operator/contract.ts';
import type { Carrier } from './carrier.ts';
import { unwrapReply } from './unwrap-reply.ts';

/** Creates a carrier over the bridge of the desktop app. The service runs in the same program, so the connection is never lost. */
export function createDesktopCarrier(bridge: DesktopBridge): Carrier {
	return {
		link: signal({ phase: 'connected' as const }),
		call: async (operation, input) => unwrapReply(await bridge.call(operation, input)),
		follow: (listener) => bridge.follow(listener),
	};
}
