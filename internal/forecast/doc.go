// Package forecast says where a number is going, from where it was month by month. It knows no clock, no
// village and no target: points in, a pace and a range out.
//
// The pace is the middle one of the changes from month to month, and its range runs from the lower to the
// upper quarter of them. One odd month – a whole association that joins on one day – moves it little, where a
// mean would be carried away. All is reckoned in whole thousandths: a verdict that hangs on a forecast must be
// the same on every machine. Too few points give no forecast rather than a bold one.
package forecast
