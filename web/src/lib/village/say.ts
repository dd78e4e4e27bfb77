import type { Shape } from '../ui/shape';
import type { Colour } from './types';

/** A colour is a shape and a word besides: solid, half, struck, dotted. */
export const shapeOf = (c: Colour): Shape => ({ green: 'protected', amber: 'grace', red: 'lapsed', building: 'pending' } as const)[c];
