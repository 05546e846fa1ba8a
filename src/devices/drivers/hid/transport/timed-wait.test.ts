import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../time/testing/fake-clock.ts';
import { TimedWait } from './timed-wait.ts';

const BYTES = Uint8Array.of(1);

function createWait({ result, silence = 'silence' }: { result?: string; silence?: string | Error } = {}) {
	const clock = new FakeClock();
	const wait = new TimedWait<string>({
		clock,
		timeoutMs: 1_000,
		silenceMs: 300,
		onSilence: () => {
			if (silence instanceof Error) throw silence;
			return silence;
		},
		onBytes: () => result,
	});
	return { clock, wait };
}

describe('TimedWait', () => {
	it('resolves with the result of the bytes', async () => {
		const { clock, wait } = createWait({ result: 'answer' });
		wait.receive(BYTES);
		expect(wait.isOver).toBe(true);
		expect(await wait.result).toBe('answer');
		expect(clock.pending).toBe(0);
	});

	it('resolves after the silence that follows the last bytes', async () => {
		const { clock, wait } = createWait();
		clock.advance(299);
		wait.receive(BYTES);
		clock.advance(299);
		expect(wait.isOver).toBe(false);
		clock.advance(1);
		expect(await wait.result).toBe('silence');
		expect(clock.pending).toBe(0);
	});

	it('rejects at its timeout, however many bytes arrive', async () => {
		const { clock, wait } = createWait();
		const failed = expect(wait.result).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
		for (let ms = 0; ms < 1_000; ms += 10) {
			wait.receive(BYTES);
			clock.advance(10);
		}
		expect(wait.isOver).toBe(true);
		await failed;
		expect(clock.pending).toBe(0);
	});

	it('rejects with the error that a handler throws', async () => {
		const reason = new Error('too quiet');
		const { clock, wait } = createWait({ silence: reason });
		clock.advance(300);
		await expect(wait.result).rejects.toBe(reason);
		expect(clock.pending).toBe(0);
	});

	it('ends once: later bytes, failures and timers have no effect', async () => {
		const { clock, wait } = createWait({ result: 'answer' });
		wait.receive(BYTES);
		wait.fail(new Error('late'));
		wait.receive(BYTES);
		clock.advance(2_000);
		expect(await wait.result).toBe('answer');
	});
});
