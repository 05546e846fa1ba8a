/** The picture a virtual reader gives: the SLK20R's, 300 x 375 pixels at 500 dpi. */
export const SENSOR_WIDTH = 300;
export const SENSOR_HEIGHT = 375;
export const SENSOR_DPI = 500;
