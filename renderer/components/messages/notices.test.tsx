// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { renderInWindow } from '../testing/render-in-window.tsx';
import { Notices } from './notices.tsx';

describe('Notices', () => {
	it('announces a notice in a status region that was there before, and removes it after 6 s', async () => {
		const { services, change, advance } = await renderInWindow(<Notices />);
		const region = screen.getByRole('status');
		expect(region.textContent).toBe('');
		await change(() => services.notifier.notify('Copied'));
		expect(screen.getByRole('status')).toBe(region);
		expect(region.textContent).toBe('Copied');
		await advance(5_999);
		expect(region.textContent).toBe('Copied');
		await advance(1);
		expect(region.textContent).toBe('');
	});
});
