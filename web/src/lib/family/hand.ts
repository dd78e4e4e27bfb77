/** A person's numbers on their way to the page of benefits; they never stand in an address. */
export interface Handed {
  income: number | undefined;
  months: number;
  jht: boolean;
}

let handed: Handed | undefined;

/** Another screen hands its person's numbers over. */
export function hand(income: number | undefined, months: number, jht: boolean): void {
  handed = { income, months, jht };
}

/** What was handed over, once. */
export function takeHanded(): Handed | undefined {
  const numbers = handed;
  handed = undefined;
  return numbers;
}
