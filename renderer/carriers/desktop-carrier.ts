import { type Signal, signal } from '@preact/signals';
import { type DesktopBridge, OperatorFailure } from '../../src/operator/contract.ts';
import { AnswerCheck } from './answer-check.ts';
import type { Carrier, LinkState } from './carrier.ts';
import { UNREACHABLE_PROBLEM } from './unreachable.ts';
import { unwrapReply } from './unwrap-reply.ts';
import type { WindowClock } from './window-clock.ts';

/**
 * Creates a carrier over the bridge of the desktop app. The connection counts as lost while the main process does not answer; calls
 * fail then, because they would be carried out whenever the process continues.
 */
export function createDesktopCarrier(bridge: DesktopBridge, clock: WindowClock): Carrier {
	const link: Signal<LinkState> = signal({ phase: 'connected' });
	const check = new AnswerCheck({
		ask: () => bridge.check(),
		onSilence: () => {
			link.value = { phase: 'lost', isRetrying: false, retry: () => check.ask() };
		},
		onAnswer: () => {
			if (link.value.phase !== 'connected') link.value = { phase: 'connected' };
		},
		clock,
	});
	check.start();
	return {
		link,
		call: async (operation, input) => {
			if (link.value.phase !== 'connected') throw new OperatorFailure(UNREACHABLE_PROBLEM);
			return unwrapReply(await bridge.call(operation, input));
		},
		follow: (listener) => bridge.follow(listener),
	};
}
