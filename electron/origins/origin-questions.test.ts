import { describe, expect, it } from 'vitest';
import type { OriginDecision } from '../../src/operator/contract.ts';
import { FakeClock } from '../../src/time/testing/fake-clock.ts';
import { OriginQuestions } from './origin-questions.ts';

const [SHOP, BANK, GYM] = ['https://shop.example', 'https://bank.example', 'https://gym.example'];

describe('OriginQuestions', () => {
	it('asks once about an origin and passes the answer on', async () => {
		const dialog = open();
		dialog.update([SHOP]);
		dialog.update([SHOP]);
		expect(dialog.asked).toEqual([SHOP]);
		await dialog.answer('allow');
		expect(dialog.decided).toEqual([[SHOP, 'allow']]);
		dialog.update([]);
		expect(dialog.asked).toEqual([SHOP]);
	});

	it('asks one question at a time', async () => {
		const dialog = open();
		dialog.update([SHOP]);
		dialog.update([BANK, SHOP]);
		expect(dialog.asked).toEqual([SHOP]);
		await dialog.answer('block');
		expect(dialog.asked).toEqual([SHOP, BANK]);
		await dialog.answer('allow');
		expect(dialog.decided).toEqual([
			[SHOP, 'block'],
			[BANK, 'allow'],
		]);
	});

	it('does not ask again after "not now"', async () => {
		const dialog = open();
		dialog.update([SHOP]);
		await dialog.answer(undefined);
		dialog.update([SHOP]);
		dialog.update([]);
		dialog.update([SHOP]);
		expect(dialog.asked).toEqual([SHOP]);
		expect(dialog.decided).toEqual([]);
	});

	it('withdraws the question when the operator decides in the window', async () => {
		const dialog = open();
		dialog.update([SHOP]);
		dialog.update([], [SHOP]);
		expect(dialog.signals[0]?.aborted).toBe(true);
		await dialog.answer('block');
		expect(dialog.decided).toEqual([]);
	});

	it('keeps the question when newer origins displace its origin from the list', async () => {
		const dialog = open();
		dialog.update([SHOP]);
		dialog.update([GYM, BANK]);
		expect(dialog.signals[0]?.aborted).toBe(false);
		expect(dialog.asked).toEqual([SHOP]);
		await dialog.answer('allow');
		expect(dialog.decided).toEqual([[SHOP, 'allow']]);
	});

	it('waits 1 s between two questions', async () => {
		const dialog = open();
		dialog.update([SHOP, BANK]);
		await dialog.answer('allow', { pauseMs: 999 });
		expect(dialog.asked).toEqual([SHOP]);
		dialog.clock.advance(1);
		expect(dialog.asked).toEqual([SHOP, BANK]);
	});

	it('skips an origin that was decided while another question was open', async () => {
		const dialog = open();
		dialog.update([BANK, SHOP]);
		dialog.update([BANK]);
		await dialog.answer('allow');
		expect(dialog.asked).toEqual([BANK]);
	});

	it('asks at most three questions per minute', async () => {
		const dialog = open();
		const origins = Array.from({ length: 9 }, (_, index) => `https://${index}.example`);
		dialog.update(origins);
		for (let answer = 0; answer < 3; answer++) await dialog.answer(undefined);
		expect(dialog.asked).toHaveLength(3);
		dialog.clock.advance(60_001);
		dialog.update(origins);
		expect(dialog.asked).toHaveLength(4);
	});

	it('withdraws the question on close and asks no further one', async () => {
		const dialog = open();
		dialog.update([SHOP, BANK, GYM]);
		dialog.questions.close();
		expect(dialog.signals[0]?.aborted).toBe(true);
		await dialog.answer(undefined);
		expect(dialog.asked).toEqual([SHOP]);
	});

	it('asks the next question after a decision that could not be stored', async () => {
		const dialog = open({ fail: true });
		dialog.update([SHOP, BANK]);
		await dialog.answer('allow');
		expect(dialog.asked).toEqual([SHOP, BANK]);
	});
});

function open({ fail = false } = {}) {
	const clock = new FakeClock();
	const asked: string[] = [];
	const signals: AbortSignal[] = [];
	const decided: [string, OriginDecision][] = [];
	let reply = (_decision: OriginDecision | undefined): void => {
		throw new Error('no question is open');
	};
	const questions = new OriginQuestions({
		clock,
		ask: (origin, signal) => {
			asked.push(origin);
			signals.push(signal);
			return new Promise((resolve) => (reply = resolve));
		},
		decide: (origin, decision) => {
			decided.push([origin, decision]);
			return fail ? Promise.resolve({ ok: false }) : Promise.resolve({ ok: true });
		},
	});
	const update = (pending: string[], done: string[] = []) => questions.update(pending, done);
	const answer = async (decision: OriginDecision | undefined, { pauseMs = 1_000 } = {}) => {
		reply(decision);
		await new Promise(setImmediate);
		clock.advance(pauseMs);
	};
	return { questions, update, clock, asked, signals, decided, answer };
}
