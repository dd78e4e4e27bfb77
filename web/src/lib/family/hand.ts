/** A person's numbers on their way to the page of benefits; they never stand in an address. */
export interface Handed {
  income: number | undefined;
  /** Full months of cover that have passed. */
  months: number;
  jht: boolean;
  /** Months of contribution; as many as of cover when left out. */
  paid?: number;
}

let handed: Handed | undefined;

/** Another screen hands its person's numbers over. */
export function hand(income: number | undefined, months: number, jht: boolean, paid?: number): void {
  handed = { income, months, jht, paid };
}

/** What was handed over, once. */
export function takeHanded(): Handed | undefined {
  const numbers = handed;
  handed = undefined;
  return numbers;
}
