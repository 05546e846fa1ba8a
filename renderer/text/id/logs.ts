import type { LogsText } from '../en/logs.ts';
import { createFormats } from '../formats.ts';

const { plural, number } = createFormats('id');

export const logs: LogsText = {
	lead: 'Log layanan secara langsung',
	level: 'Tampilkan',
	levels: {
		error: 'Hanya kesalahan',
		warn: 'Peringatan dan kesalahan',
		info: 'Informasi ke atas',
		debug: 'Semuanya',
	},
	levelNames: { error: 'Kesalahan', warn: 'Peringatan', info: 'Info', debug: 'Debug' },
	search: 'Cari',
	searchHint: 'Teks dalam nama, pesan, atau rincian',
	pause: 'Jeda',
	resume: 'Lanjutkan',
	newer: (count) => plural(count, { other: '# baris baru' }),
	copy: 'Salin baris',
	copied: (count) => plural(count, { other: '# baris disalin' }),
	export: 'Ekspor',
	exported: (count) => plural(count, { other: '# baris diekspor' }),
	found: (found, total) => plural(total, { other: `${number(found)} dari # baris` }),
	matches: (count) => plural(count, { other: '# baris ditemukan' }),
	searching: 'Mencari…',
	paused: 'Dijeda',
	list: 'Baris log, yang terlama lebih dahulu',
	keyboard: 'Tombol panah, Page Up, Page Down, Home, dan End berpindah antarbaris.',
	emptyTitle: 'Log masih kosong',
	emptyHelp: 'Baris baru muncul di sini begitu layanan menulisnya.',
	nothingFoundTitle: 'Tidak ada baris yang cocok',
	nothingFoundHelp: 'Tampilkan lebih banyak tingkat, atau cari teks yang lebih pendek.',
	clear: 'Tampilkan semua baris',
	line: 'Baris',
	details: 'Rincian baris',
	closeDetails: 'Tutup rincian',
};
