import { describe, expect, it } from 'vitest';
import type { OriginDecision } from '../../src/operator/contract.ts';
import { FakeClock } from '../../src/time/testing/fake-clock.ts';
import { OriginQuestions } from './origin-questions.ts';

const [SHOP, BANK, GYM] = ['https://shop.example', 'https://bank.example', 'https://gym.example'];

describe('the question about a new origin', () => {
	it('is put once, and the answer remembered', async () => {
		const desk = open();
		desk.update([SHOP]);
		desk.update([SHOP]);
		expect(desk.asked).toEqual([SHOP]);
		await desk.answer('allow');
		expect(desk.decided).toEqual([[SHOP, 'allow']]);
		desk.update([]);
		expect(desk.asked).toEqual([SHOP]);
	});

	it('is never put on top of another', async () => {
		const desk = open();
		desk.update([SHOP]);
		desk.update([BANK, SHOP]);
		expect(desk.asked).toEqual([SHOP]);
		await desk.answer('block');
		expect(desk.asked).toEqual([SHOP, BANK]);
		await desk.answer('allow');
		expect(desk.decided).toEqual([
			[SHOP, 'block'],
			[BANK, 'allow'],
		]);
	});

	it('is not put again after "not now"', async () => {
		const desk = open();
		desk.update([SHOP]);
		await desk.answer(undefined);
		desk.update([SHOP]);
		desk.update([]);
		desk.update([SHOP]);
		expect(desk.asked).toEqual([SHOP]);
		expect(desk.decided).toEqual([]);
	});

	it('is taken back when somebody decides in the window', async () => {
		const desk = open();
		desk.update([SHOP]);
		desk.update([], [SHOP]);
		expect(desk.signals[0]?.aborted).toBe(true);
		await desk.answer('block');
		expect(desk.decided).toEqual([]);
	});

	it('stays when others push its origin out of the list', async () => {
		const desk = open();
		desk.update([SHOP]);
		desk.update([GYM, BANK]);
		expect(desk.signals[0]?.aborted).toBe(false);
		expect(desk.asked).toEqual([SHOP]);
		await desk.answer('allow');
		expect(desk.decided).toEqual([[SHOP, 'allow']]);
	});

	it('waits until a double click on the one before is over', async () => {
		const desk = open();
		desk.update([SHOP, BANK]);
		await desk.answer('allow', { pauseMs: 999 });
		expect(desk.asked).toEqual([SHOP]);
		desk.clock.advance(1);
		expect(desk.asked).toEqual([SHOP, BANK]);
	});

	it('leaves out one that somebody has decided about while another was asked', async () => {
		const desk = open();
		desk.update([BANK, SHOP]);
		desk.update([BANK]);
		await desk.answer('allow');
		expect(desk.asked).toEqual([BANK]);
	});

	it('is put three times a minute at most', async () => {
		const desk = open();
		const made = Array.from({ length: 9 }, (_, index) => `https://${index}.example`);
		desk.update(made);
		for (let answer = 0; answer < 3; answer++) await desk.answer(undefined);
		expect(desk.asked).toHaveLength(3);
		desk.clock.advance(60_001);
		desk.update(made);
		expect(desk.asked).toHaveLength(4);
	});

	it('is taken back at the end, and no other follows', async () => {
		const desk = open();
		desk.update([SHOP, BANK, GYM]);
		desk.questions.close();
		expect(desk.signals[0]?.aborted).toBe(true);
		await desk.answer(undefined);
		expect(desk.asked).toEqual([SHOP]);
	});

	it('comes after a decision that could not be stored', async () => {
		const desk = open({ fail: true });
		desk.update([SHOP, BANK]);
		await desk.answer('allow');
		expect(desk.asked).toEqual([SHOP, BANK]);
	});
});

function open({ fail = false } = {}) {
	const clock = new FakeClock();
	const asked: string[] = [];
	const signals: AbortSignal[] = [];
	const decided: [string, OriginDecision][] = [];
	let reply = (_decision: OriginDecision | undefined): void => {
		throw new Error('nothing is asked');
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
