import { describe, expect, it, vi } from 'vitest';
import {
	type DesktopBridge,
	OperatorFailure,
	type OperatorProblem,
	type OperatorReply,
} from '../../src/operator/contract.ts';
import { createDesktopCarrier } from './desktop-carrier.ts';

function bridgeReplying(reply: OperatorReply) {
	return { call: vi.fn(async () => reply), follow: vi.fn((_listener) => () => {}) } satisfies DesktopBridge;
}

describe('the carrier of the desktop app', () => {
	it('is connected from the start', () => {
		expect(createDesktopCarrier(bridgeReplying({ ok: true, result: null })).link.value).toEqual({ phase: 'connected' });
	});

	it('resolves a call with its result', async () => {
		const bridge = bridgeReplying({ ok: true, result: { phase: 'stopped' } });
		await expect(createDesktopCarrier(bridge).call('service:stop', {})).resolves.toEqual({ phase: 'stopped' });
		expect(bridge.call).toHaveBeenCalledExactlyOnceWith('service:stop', {});
	});

	it('rejects a failed call with its problem', async () => {
		const problem: OperatorProblem = { error: 'RECORD_NOT_FOUND', code: 3004, message: 'Gone', retryable: false };
		const call = createDesktopCarrier(bridgeReplying({ ok: false, problem })).call('key:revoke', { id: 'key-1' });
		await expect(call).rejects.toEqual(new OperatorFailure(problem));
		await expect(call).rejects.toMatchObject({ problem });
	});

	it('passes listeners to the bridge', () => {
		const bridge = bridgeReplying({ ok: true, result: null });
		const listener = vi.fn();
		createDesktopCarrier(bridge).follow(listener);
		expect(bridge.follow).toHaveBeenCalledExactlyOnceWith(listener);
	});
});
