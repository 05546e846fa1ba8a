import { describe, expect, it } from 'vitest';
import type { OriginDecision } from '../src/console/contract.ts';
import { FakeClock } from '../src/protocol/fake-clock.ts';
import { OriginQuestions } from './origin-questions.ts';

const [SHOP, BANK, GYM] = ['https://shop.example', 'https://bank.example', 'https://gym.example'];

describe('the question about a new origin', () => {
	it('is put once, and the answer remembered', async () => {
		const desk = open();
		desk.questions.update([SHOP]);
		desk.questions.update([SHOP]);
		expect(desk.asked).toEqual([SHOP]);
		await desk.answer('allow');
		expect(desk.decided).toEqual([[SHOP, 'allow']]);
		desk.questions.update([]);
		expect(desk.asked).toEqual([SHOP]);
	});

	it('is never put on top of another', async () => {
		const desk = open();
		desk.questions.update([SHOP]);
		desk.questions.update([BANK, SHOP]);
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
		desk.questions.update([SHOP]);
		await desk.answer(undefined);
		desk.questions.update([SHOP]);
		desk.questions.update([]);
		desk.questions.update([SHOP]);
		expect(desk.asked).toEqual([SHOP]);
		expect(desk.decided).toEqual([]);
	});

	it('is taken back when somebody decides in the window', async () => {
		const desk = open();
		desk.questions.update([SHOP]);
		desk.questions.update([]);
		expect(desk.signals[0]?.aborted).toBe(true);
		await desk.answer('block');
		expect(desk.decided).toEqual([]);
	});

	it('leaves out one that somebody has decided about while another was asked', async () => {
		const desk = open();
		desk.questions.update([BANK, SHOP]);
		desk.questions.update([BANK]);
		await desk.answer('allow');
		expect(desk.asked).toEqual([BANK]);
	});

	it('is put three times a minute at most', async () => {
		const desk = open();
		const made = Array.from({ length: 9 }, (_, index) => `https://${index}.example`);
		desk.questions.update(made);
		for (let answer = 0; answer < 3; answer++) await desk.answer(undefined);
		expect(desk.asked).toHaveLength(3);
		desk.clock.advance(60_001);
		desk.questions.update(made);
		expect(desk.asked).toHaveLength(4);
	});

	it('is taken back at the end, and no other follows', async () => {
		const desk = open();
		desk.questions.update([SHOP, BANK, GYM]);
		desk.questions.close();
		expect(desk.signals[0]?.aborted).toBe(true);
		await desk.answer(undefined);
		expect(desk.asked).toEqual([SHOP]);
	});

	it('comes after a decision that could not be stored', async () => {
		const desk = open({ fail: true });
		desk.questions.update([SHOP, BANK]);
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
	const answer = async (decision: OriginDecision | undefined) => {
		reply(decision);
		await new Promise(setImmediate);
	};
	return { questions, clock, asked, signals, decided, answer };
}
