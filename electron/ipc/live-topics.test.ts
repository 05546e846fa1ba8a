import { describe, expect, it } from 'vitest';
import type { OperatorEvent } from '../../src/operator/contract.ts';
import { LiveTopics, settingValue } from './live-topics.ts';

describe('the latest topics', () => {
	it('are those told last', () => {
		const { topics, tell } = follow();
		expect(topics.get('service')).toBeUndefined();
		tell({ topic: 'service', value: { phase: 'starting' } });
		tell({ topic: 'service', value: { phase: 'stopped' } });
		tell({ topic: 'readers', value: [] });
		expect(topics.get('service')).toEqual({ phase: 'stopped' });
		expect(topics.get('readers')).toEqual([]);
	});

	it('are watched from now on, those that were asked for alone', () => {
		const { topics, tell } = follow();
		const seen: unknown[] = [];
		topics.watch(['service', 'keys'], () => seen.push(topics.get('service')?.phase));
		tell({ topic: 'service', value: { phase: 'stopped' } });
		tell({ topic: 'readers', value: [] });
		tell({ topic: 'log', value: [] });
		tell({ topic: 'keys', value: [] });
		expect(seen).toEqual([undefined, 'stopped', 'stopped']);
	});
});

describe('a setting', () => {
	const facts = { description: '', allowed: '', source: 'default' } as const;
	const flag = { ...facts, kind: 'flag', field: 'desktop.startAtLogin', value: false, fallback: true } as const;
	const view = { file: '/settings.json', settings: [flag], pending: [] };

	it('is found by its field', () => {
		expect(settingValue(view, 'desktop.startAtLogin')).toBe(false);
	});

	it('is unknown where the settings do not have it', () => {
		expect(settingValue(view, 'window.language')).toBeUndefined();
		expect(settingValue(undefined, 'desktop.startAtLogin')).toBeUndefined();
	});
});

function follow() {
	let tell = (_event: OperatorEvent): void => {
		throw new Error('nobody follows');
	};
	const topics = new LiveTopics({
		follow: (listener) => {
			tell = listener;
			return () => {};
		},
	});
	return { topics, tell: (event: OperatorEvent) => tell(event) };
}
