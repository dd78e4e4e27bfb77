/** The shape of a status: its mesh. */
export type Shape = 'protected' | 'grace' | 'lapsed' | 'pending';
