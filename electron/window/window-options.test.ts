import { describe, expect, it } from 'vitest';
import { WINDOW_OPTIONS } from './window-options.ts';

describe('WINDOW_OPTIONS', () => {
	it('sandboxes the page and disables Node integration', () => {
		expect(WINDOW_OPTIONS.webPreferences).toEqual({
			sandbox: true,
			contextIsolation: true,
			nodeIntegration: false,
			nodeIntegrationInWorker: false,
			nodeIntegrationInSubFrames: false,
			webSecurity: true,
			allowRunningInsecureContent: false,
			webviewTag: false,
			navigateOnDragDrop: false,
			spellcheck: false,
		});
	});

	it('does not show the window before its page is ready', () => {
		expect(WINDOW_OPTIONS.show).toBe(false);
	});
});
