/** The newest form of price tables that this code reads. It stands alone, so that bringing the tables does not bring the sums along. */
export const FORMAT = 1;
