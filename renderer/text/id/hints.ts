import type { HintsText } from '../en/hints.ts';

export const hints: HintsText = {
	'too-small-area': {
		what: 'Bagian jari yang menyentuh sensor terlalu sedikit',
		advice: 'Letakkan jari mendatar hingga menutupi seluruh sensor.',
	},
	'off-centre': {
		what: 'Jari tidak berada di tengah',
		advice: 'Letakkan bagian tengah ujung jari di tengah sensor.',
	},
	'too-dry': {
		what: 'Jari sangat kering',
		advice: 'Embuskan napas ke ujung jari atau lembapkan sedikit, lalu tekan perlahan.',
	},
	'too-wet': { what: 'Jari basah', advice: 'Keringkan jari dan lap sensornya, lalu coba lagi.' },
	smudged: { what: 'Gambar kabur', advice: 'Tahan jari tetap diam sampai pemindaian selesai; bersihkan sensornya.' },
	'too-light': { what: 'Sentuhan jari terlalu ringan', advice: 'Tekan sedikit lebih kuat.' },
	'low-contrast': {
		what: 'Kontras gambar terlalu rendah',
		advice: 'Bersihkan sensor dan tekan sedikit lebih kuat; jika terulang, periksa setelan pemindai.',
	},
	'wrong-resolution': {
		what: 'Resolusi gambar salah',
		advice: 'Samakan setelan resolusi pemindai dengan resolusi gambarnya.',
	},
};
