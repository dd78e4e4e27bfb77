package main

import (
	"encoding/json"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
)

// AccountCertifyCmd gives an agent a certificate, for whoever holds the machine: a new house
// has no branch head yet, and agents of an older one have no certificates.
type AccountCertifyCmd struct {
	withKeys
	Login string     `required:"" help:"Log-in name of the agent."`
	From  jaring.Day `placeholder:"DAY" help:"First day, YYYY-MM-DD; today when left out."`
	Until jaring.Day `placeholder:"DAY" help:"Last day; a year after the first when left out."`
	Cash  bool       `help:"May take contributions in cash too."`
	JSON  bool       `name:"json" help:"Stable JSON instead of text."`
}

// Help is shown below the flags.
func (c *AccountCertifyCmd) Help() string {
	return "Example: jaring account certify --db sqlite:data/jaring.db --keys jaring.keys --login rahma.dewi --until 2027-11-11"
}

// Run prints the certificate's number. A certificate that runs already is replaced.
// Errors: account.not_found, and those of app.Certify.
func (c *AccountCertifyCmd) Run(s *session) error {
	acts, who, done, err := openHouse(s.ctx, c.withKeys)
	if err != nil {
		return err
	}
	defer done()
	account, err := who.GetAccountByLogin(s.ctx, jaring.System, c.Login)
	if err != nil {
		return err
	}
	if c.From == 0 {
		c.From = jaring.DayIn(time.Now(), app.Zone(""))
	}
	if c.Until == 0 {
		c.Until = jaring.NewDay(c.From.Year()+1, c.From.MonthNumber(), min(c.From.DayNumber(), 28)).Add(-1)
	}
	powers := []jaring.Power{jaring.PowerRegister}
	if c.Cash {
		powers = append(powers, jaring.PowerCash)
	}
	number, err := acts.Certify(s.ctx, jaring.System, account.ID, c.From, c.Until, powers)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(s.out).Encode(map[string]any{"account_id": account.ID, "number": number, "from": c.From, "until": c.Until, "powers": powers})
	}
	s.say("account.certified", jaring.Args{"login": account.Login, "date": c.Until})
	_, err = s.out.Write([]byte(number + "\n"))
	return err
}
