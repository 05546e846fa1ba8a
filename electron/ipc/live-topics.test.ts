import { describe, expect, it } from 'vitest';
import type { OperatorEvent } from '../../src/operator/contract.ts';
import { getSettingValue, LiveTopics } from './live-topics.ts';

describe('LiveTopics', () => {
	it('returns the latest value of each topic', () => {
		const { topics, publish } = follow();
		expect(topics.get('service')).toBeUndefined();
		publish({ topic: 'service', value: { phase: 'starting' } });
		publish({ topic: 'service', value: { phase: 'stopped' } });
		publish({ topic: 'readers', value: [] });
		expect(topics.get('service')).toEqual({ phase: 'stopped' });
		expect(topics.get('readers')).toEqual([]);
	});

	it('runs a watcher at once and after each change of a topic it watches', () => {
		const { topics, publish } = follow();
		const seen: unknown[] = [];
		topics.watch(['service', 'keys'], () => seen.push(topics.get('service')?.phase));
		publish({ topic: 'service', value: { phase: 'stopped' } });
		publish({ topic: 'readers', value: [] });
		publish({ topic: 'log', value: [] });
		publish({ topic: 'keys', value: [] });
		expect(seen).toEqual([undefined, 'stopped', 'stopped']);
	});
});

describe('getSettingValue', () => {
	const facts = {
		group: 'desktop',
		effect: 'immediately',
		isAdvanced: false,
		variable: '',
		description: '',
		allowed: '',
		source: 'default',
	} as const;
	const flag = { ...facts, kind: 'flag', field: 'desktop.startAtLogin', value: false, fallback: true } as const;
	const view = { file: '/settings.json', settings: [flag], pending: [] };

	it('returns the value of a field', () => {
		expect(getSettingValue(view, 'desktop.startAtLogin')).toBe(false);
	});

	it('returns undefined for an unknown field or missing settings', () => {
		expect(getSettingValue(view, 'window.language')).toBeUndefined();
		expect(getSettingValue(undefined, 'desktop.startAtLogin')).toBeUndefined();
	});
});

function follow() {
	let publish = (_event: OperatorEvent): void => {
		throw new Error('no listener was registered');
	};
	const topics = new LiveTopics({
		follow: (listener) => {
			publish = listener;
			return () => {};
		},
	});
	return { topics, publish: (event: OperatorEvent) => publish(event) };
}
