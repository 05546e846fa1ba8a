// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';
import { Button } from '../buttons/button.tsx';
import { renderInWindow } from '../testing/render-in-window.tsx';
import { useAction } from './use-action.ts';

function ActionButton({ act }: { readonly act: () => Promise<void> }) {
	const { run, isBusy } = useAction(act);
	return (
		<Button isBusy={isBusy} onClick={run}>
			Act
		</Button>
	);
}

describe('useAction', () => {
	it('does nothing while the connection is lost, and works again afterwards', async () => {
		const act = vi.fn(async () => {});
		const { carrier, change, click } = await renderInWindow(<ActionButton act={act} />);
		const button = screen.getByRole('button');
		await change(() => {
			carrier.link.value = { phase: 'lost', isRetrying: false, retry: () => {} };
		});
		expect(button.getAttribute('aria-disabled')).toBe('true');
		await click(button);
		expect(act).not.toHaveBeenCalled();
		await change(() => {
			carrier.link.value = { phase: 'connected' };
		});
		await click(button);
		expect(act).toHaveBeenCalledOnce();
	});
});
