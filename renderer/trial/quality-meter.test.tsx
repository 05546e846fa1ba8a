// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { renderInWindow } from '../components/testing/render-in-window.tsx';
import { QualityMeter } from './quality-meter.tsx';

describe('QualityMeter', () => {
	it.each([
		[0, '0 of 100, poor; the usual threshold is 50'],
		[49, '49 of 100, too low; the usual threshold is 50'],
		[81, '81 of 100, excellent; the usual threshold is 50'],
	])('reports the quality %i to screen readers as "%s"', async (quality, text) => {
		await renderInWindow(<QualityMeter quality={quality} />);
		expect(screen.getByRole('meter', { name: 'Quality' }).getAttribute('aria-valuetext')).toBe(text);
	});

	it('shows number, band and threshold in the language of the operator', async () => {
		await renderInWindow(<QualityMeter quality={60} />, { language: 'id' });
		expect(document.body.textContent).toBe('60baikAmbang yang lazim: 50');
	});
});
