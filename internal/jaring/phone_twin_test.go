package jaring

import (
	"encoding/base64"
	"encoding/json"
	"flag"
	"os"
	"testing"
	"time"
)

var updateTwin = flag.Bool("update-twin", false, "write the cases of what phones work out again for themselves")

// twinCases are answers that the phone's own code must give too: it folds the numbers of
// lots and makes the codes of a minute without a network.
type twinCases struct {
	Lots []struct {
		Number string `json:"number"`
		Folded string `json:"folded"`
	} `json:"lots"`
	Secret string `json:"secret"`
	Codes  []struct {
		At   time.Time `json:"at"`
		Code string    `json:"code"`
	} `json:"codes"`
}

const twinFile = "../../web/src/lib/field/testdata/twin.json"

func TestThePhoneAnswersAlike(t *testing.T) {
	text, err := os.ReadFile(twinFile)
	if err != nil {
		t.Fatal(err)
	}
	var c twinCases
	if err := json.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	secret, err := base64.StdEncoding.DecodeString(c.Secret)
	if err != nil {
		t.Fatal(err)
	}
	for i, lot := range c.Lots {
		got := FoldLotNumber(lot.Number)
		if *updateTwin {
			c.Lots[i].Folded = got
		} else if got != lot.Folded {
			t.Errorf("%q folds to %q, the phone says %q", lot.Number, got, lot.Folded)
		}
	}
	for i, code := range c.Codes {
		got := CertificateCode(secret, code.At)
		if *updateTwin {
			c.Codes[i].Code = got
		} else if got != code.Code {
			t.Errorf("the code at %s is %s, the phone says %s", code.At, got, code.Code)
		}
	}
	if !*updateTwin {
		return
	}
	text, _ = json.MarshalIndent(c, "", "  ")
	if err := os.WriteFile(twinFile, append(text, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}
