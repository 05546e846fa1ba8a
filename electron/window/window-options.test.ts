import { describe, expect, it } from 'vitest';
import { WINDOW_OPTIONS } from './window-options.ts';

describe('the options of the window', () => {
	it('keep the page in its sandbox, away from Node', () => {
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

	it('show nothing before there is something to see', () => {
		expect(WINDOW_OPTIONS.show).toBe(false);
	});
});
