/** A browser may read the blob some time after the click. */
const REVOKE_DELAY_MS = 60_000;

/** Offers a text as a download. */
export function saveTextFile(fileName: string, text: string): void {
	const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
	const link = document.createElement('a');
	link.href = address;
	link.download = fileName;
	link.click();
	setTimeout(() => URL.revokeObjectURL(address), REVOKE_DELAY_MS);
}
