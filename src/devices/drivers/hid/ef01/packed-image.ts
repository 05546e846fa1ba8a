import type { GreyImage } from '../../../../biometrics/worker-engine.ts';
import type { ProductInfo } from './commands.ts';

/** The pixels of a sensor. */
export type ImageSize = Omit<GreyImage, 'data'>;

/**
 * Sensors whose modules do not say their size: it follows from the count of bytes.
 *
 * @see manual of ZFM-70 (256 x 288; its resolution of 500 dpi is taken from general knowledge) and data sheet of R503;
 * 160 x 160 of newer small modules is from general knowledge
 */
const KNOWN_SIZES: readonly ImageSize[] = [
	{ width: 256, height: 288, dpi: 500 },
	{ width: 192, height: 192, dpi: 508 },
	{ width: 160, height: 160, dpi: 500 },
];

/** Pixels across and down beyond which what a module says of itself is taken for nonsense. */
const MAX_SIDE = 640;

/** How many bytes of two pixels each a picture has at most. */
export function maxPackedBytes(product: ProductInfo | undefined): number {
	return Math.max(...possibleSizes(product).map(packedBytes));
}

/** The size of a picture of so many bytes; undefined if no sensor known to us, nor the module's own, has it. */
export function findImageSize(bytes: number, product: ProductInfo | undefined): ImageSize | undefined {
	return possibleSizes(product).find((size) => packedBytes(size) === bytes);
}

/**
 * @param packed two neighbouring pixels of a row in each byte, the left one in the upper half; rows from top to bottom
 * @returns each pixel widened from 4 bits to 8. Ridges are taken to be dark already: not verified on hardware
 */
export function unpackImage(packed: Uint8Array, size: ImageSize): GreyImage {
	const data = new Uint8Array(size.width * size.height);
	for (const [i, pair] of packed.entries()) {
		data[2 * i] = (pair >> 4) * 17;
		data[2 * i + 1] = (pair & 0x0f) * 17;
	}
	return { ...size, data };
}

function possibleSizes(product: ProductInfo | undefined): readonly ImageSize[] {
	if (!product || !isPlausible(product.width) || !isPlausible(product.height)) return KNOWN_SIZES;
	const { width, height } = product;
	// It does not say its resolution: 500 dpi, as most sensors have, unless the size is that of one we know.
	const own = KNOWN_SIZES.find((size) => size.width === width && size.height === height) ?? { width, height, dpi: 500 };
	// A smaller picture than it says it takes was cut short.
	return [own, ...KNOWN_SIZES.filter((size) => packedBytes(size) > packedBytes(own))];
}

function isPlausible(side: number): boolean {
	return side > 0 && side <= MAX_SIDE && side % 2 === 0;
}

function packedBytes({ width, height }: ImageSize): number {
	return (width * height) / 2;
}
