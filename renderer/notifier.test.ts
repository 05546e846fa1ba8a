import { describe, expect, it } from 'vitest';
import { FakeClock } from '../src/time/testing/fake-clock.ts';
import { Notifier } from './notifier.ts';

describe('Notifier', () => {
	it('removes each notice 6 s after it was added', () => {
		const clock = new FakeClock();
		const notifier = new Notifier(clock);
		const texts = () => notifier.notices.value.map(({ text }) => text);
		notifier.notify('Copied');
		clock.advance(4_000);
		notifier.notify('Copied');
		expect(texts()).toEqual(['Copied', 'Copied']);
		clock.advance(2_000);
		expect(notifier.notices.value).toEqual([{ id: 2, text: 'Copied' }]);
		clock.advance(4_000);
		expect(texts()).toEqual([]);
	});
});
