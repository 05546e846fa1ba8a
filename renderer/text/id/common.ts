import type { CommonText } from '../en/common.ts';
import { createFormats } from '../formats.ts';

const { plural } = createFormats('id');

export const common: CommonText = {
	productName: 'Fingerprint Service',
	cancel: 'Batal',
	close: 'Tutup',
	save: 'Simpan',
	copy: 'Salin',
	copied: 'Tersalin',
	copyFailed: 'Teks tidak dapat disalin. Pilih teksnya, lalu salin secara manual.',
	copyOf: (what) => `Salin ${what}`,
	retry: 'Coba lagi',
	dismiss: 'Abaikan',
	optional: 'opsional',
	details: 'Rincian',
	on: 'Aktif',
	off: 'Nonaktif',
	invalidFields: (count) => plural(count, { other: '# isian perlu diperbaiki' }),
};
