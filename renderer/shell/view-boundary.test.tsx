// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { renderInWindow } from '../components/testing/render-in-window.tsx';
import { ViewErrorBoundary } from './view-boundary.tsx';

function BrokenView(): never {
	throw new TypeError('no readers');
}

describe('ViewErrorBoundary', () => {
	it('shows a view that renders', async () => {
		await renderInWindow(<ViewErrorBoundary title="Logs">content of the view</ViewErrorBoundary>);
		expect(screen.getByText('content of the view')).toBeDefined();
	});

	it('shows the error and a reload button instead of a view that fails', async () => {
		await renderInWindow(
			<>
				<nav>Navigation</nav>
				<ViewErrorBoundary title="Logs">
					<BrokenView />
				</ViewErrorBoundary>
			</>,
		);
		expect(screen.getByRole('heading', { level: 1, name: 'Logs' })).toBeDefined();
		expect(screen.getByRole('alert').textContent).toContain('This view cannot be shown');
		expect(screen.getByRole('alert').textContent).toContain('TypeError: no readers');
		expect(screen.getByRole('button', { name: 'Reload' })).toBeDefined();
		expect(screen.getByRole('navigation')).toBeDefined();
	});
});
