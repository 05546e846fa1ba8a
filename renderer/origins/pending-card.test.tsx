// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import type { OperatorEvent, OriginsState } from '../../src/operator/contract.ts';
import { Notices } from '../components/messages/notices.tsx';
import { renderInWindow } from '../components/testing/render-in-window.tsx';
import { PendingCard } from './pending-card.tsx';

const APP = 'https://app.example';

function pending(...origins: string[]): OperatorEvent {
	const value: OriginsState = {
		pending: origins.map((origin) => ({ origin, lastSeenAt: 0, attempts: 2 })),
		allowed: [],
		blocked: [],
	};
	return { topic: 'origins', value };
}

const content = (
	<main>
		<h1 tabIndex={-1}>Web pages</h1>
		<PendingCard />
		<Notices />
	</main>
);

describe('PendingCard', () => {
	it('is hidden if no origin needs a decision', async () => {
		await renderInWindow(content, { events: [pending()] });
		expect(screen.queryByRole('region')).toBeNull();
	});

	it.each([
		['Allow', 'allow', `${APP} may connect now`],
		['Block', 'block', `${APP} is blocked`],
	])('offers %s for each origin and confirms it', async (label, decision, notice) => {
		const { carrier, click } = await renderInWindow(content, { events: [pending(APP, 'https://b.example')] });
		carrier.willReply({ ok: true, result: { pending: [], allowed: [], blocked: [] } });
		expect(screen.getByRole('region', { name: 'Waiting for your decision' }).textContent).toContain('tried 2 times');
		await click(screen.getByRole('button', { name: `${label} ${APP}` }));
		expect(carrier.calls).toEqual([{ operation: 'origin:decide', input: { origin: APP, decision } }]);
		expect(screen.getByRole('status').textContent).toBe(notice);
		expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }));
	});

	it('shows why a decision failed', async () => {
		const { carrier, click } = await renderInWindow(content, { events: [pending(APP)] });
		const problem = { error: 'DB_QUERY_FAILED', code: 3002, message: 'EACCES', retryable: false } as const;
		carrier.willReply({ ok: false, problem });
		await click(screen.getByRole('button', { name: `Allow ${APP}` }));
		expect(screen.getByRole('alert').textContent).toContain('A file could not be read or written');
		expect(screen.getByRole('status').textContent).toBe('');
	});
});
