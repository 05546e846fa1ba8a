import type { GreyImage } from '../../../../biometrics/worker-engine.ts';
import type { ProductInfo } from './commands.ts';

/** Size in pixels and resolution in dpi of a sensor's images. */
export type ImageSize = Omit<GreyImage, 'data'>;

/**
 * Sensors whose modules do not report their size, which is derived from the number of bytes.
 *
 * @see manual of ZFM-70 (256 x 288; its resolution of 500 dpi is from general knowledge) and data sheet of R503; 160 x 160 of
 * newer small modules is from general knowledge
 */
const KNOWN_SIZES: readonly ImageSize[] = [
	{ width: 256, height: 288, dpi: 500 },
	{ width: 192, height: 192, dpi: 508 },
	{ width: 160, height: 160, dpi: 500 },
];

/** Longest plausible side, pixels; a reported size above it is ignored. */
const MAX_SIDE = 640;

/** Returns the maximum size of a packed image, bytes. */
export function maxPackedBytes(product: ProductInfo | undefined): number {
	return Math.max(...possibleSizes(product).map(packedBytes));
}

/** Returns the size of an image from its number of bytes; undefined when it matches neither the reported nor a known size. */
export function findImageSize(bytes: number, product: ProductInfo | undefined): ImageSize | undefined {
	return possibleSizes(product).find((size) => packedBytes(size) === bytes);
}

/**
 * Expands the pixels from 4 to 8 bits. It assumes that ridges are dark, which is not verified on hardware.
 *
 * @param packed two adjacent pixels of a row per byte, the left one in the upper half; rows from top to bottom
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
	// The module does not report its resolution: 500 dpi, like most sensors, unless the size is that of a known sensor.
	const own = KNOWN_SIZES.find((size) => size.width === width && size.height === height) ?? { width, height, dpi: 500 };
	// An image smaller than the reported size is truncated, so only larger sizes are accepted.
	return [own, ...KNOWN_SIZES.filter((size) => packedBytes(size) > packedBytes(own))];
}

function isPlausible(side: number): boolean {
	return side > 0 && side <= MAX_SIDE && side % 2 === 0;
}

function packedBytes({ width, height }: ImageSize): number {
	return (width * height) / 2;
}
