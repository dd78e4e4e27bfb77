package main

import "jaring/internal/jaring"

// cashFlags bound the cash in agents' hands.
type cashFlags struct {
	CashLimit     int64 `env:"JARING_CASH_LIMIT" default:"500000" placeholder:"RUPIAH" help:"Most that an agent may hold in cash; above it cash is switched off, registration is not."`
	CashDays      int   `env:"JARING_CASH_DAYS" default:"1" placeholder:"DAYS" help:"Days after which cash should have been deposited."`
	CashBranchDay int   `env:"JARING_CASH_BRANCH_DAY" default:"3" placeholder:"DAY" help:"Day on which the branch head is told of cash that was not."`
}

// settings reads the flags. Error: cash.settings.
func (f cashFlags) settings() (jaring.CashSettings, error) {
	s := jaring.CashSettings{Limit: jaring.Rupiah(f.CashLimit), Days: f.CashDays, BranchDay: f.CashBranchDay}
	return s, s.Check()
}
