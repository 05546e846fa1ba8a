import { describe, expect, it, vi } from 'vitest';
import {
	type DesktopBridge,
	OperatorFailure,
	type OperatorProblem,
	type OperatorReply,
} from '../../src/operator/contract.ts';
import { FakeClock } from '../../src/time/testing/fake-clock.ts';
import { createDesktopCarrier } from './desktop-carrier.ts';

function bridgeReplying(reply: OperatorReply) {
	return {
		check: vi.fn(async () => null),
		call: vi.fn(async () => reply),
		follow: vi.fn((_listener) => () => {}),
	} satisfies DesktopBridge;
}

describe('the carrier of the desktop app', () => {
	it('is connected from the start', () => {
		expect(createDesktopCarrier(bridgeReplying({ ok: true, result: null }), new FakeClock()).link.value).toEqual({
			phase: 'connected',
		});
	});

	it('resolves a call with its result', async () => {
		const bridge = bridgeReplying({ ok: true, result: { phase: 'stopped' } });
		await expect(createDesktopCarrier(bridge, new FakeClock()).call('service:stop', {})).resolves.toEqual({
			phase: 'stopped',
		});
		expect(bridge.call).toHaveBeenCalledExactlyOnceWith('service:stop', {});
	});

	it('rejects a failed call with its problem', async () => {
		const problem: OperatorProblem = { error: 'RECORD_NOT_FOUND', code: 3004, message: 'Gone', retryable: false };
		const call = createDesktopCarrier(bridgeReplying({ ok: false, problem }), new FakeClock()).call('key:revoke', {
			id: 'key-1',
		});
		await expect(call).rejects.toEqual(new OperatorFailure(problem));
		await expect(call).rejects.toMatchObject({ problem });
	});

	it('passes listeners to the bridge', () => {
		const bridge = bridgeReplying({ ok: true, result: null });
		const listener = vi.fn();
		createDesktopCarrier(bridge, new FakeClock()).follow(listener);
		expect(bridge.follow).toHaveBeenCalledExactlyOnceWith(listener);
	});

	it('is lost while the main process does not answer, refuses calls then, and recovers with the answer', async () => {
		const clock = new FakeClock();
		const answer = Promise.withResolvers<null>();
		const bridge = { check: vi.fn(() => answer.promise), call: vi.fn(), follow: vi.fn((_listener) => () => {}) };
		const { link, call } = createDesktopCarrier(bridge, clock);
		clock.advance(5_000);
		expect(bridge.check).toHaveBeenCalledTimes(1);
		clock.advance(9_999);
		expect(link.value.phase).toBe('connected');
		clock.advance(1);
		expect(link.value.phase).toBe('lost');
		await expect(call('service:stop', {})).rejects.toMatchObject({ problem: { details: { reason: 'connection' } } });
		expect(bridge.call).not.toHaveBeenCalled();
		answer.resolve(null);
		await vi.waitFor(() => expect(link.value.phase).toBe('connected'));
		clock.advance(5_000);
		expect(bridge.check).toHaveBeenCalledTimes(2);
	});
});
