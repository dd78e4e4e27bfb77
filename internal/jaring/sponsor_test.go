package jaring_test

import (
	"testing"

	"jaring/internal/jaring"
)

func TestFundingOfSponsors(t *testing.T) {
	public := map[jaring.SponsorKind]jaring.Funding{jaring.SponsorAPBD: jaring.FundingAPBD, jaring.SponsorProvince: jaring.FundingAPBD, jaring.SponsorAPBDes: jaring.FundingAPBDes}
	for _, k := range jaring.SponsorKinds {
		want, is := public[k]
		if !is {
			want = jaring.FundingCSR
		}
		if k.Funding() != want || k.Public() != is {
			t.Errorf("%s is paid as %s, public %v", k, k.Funding(), k.Public())
		}
	}
}

func TestNobodyApprovesHisOwnWork(t *testing.T) {
	maker := jaring.Signatory{Account: "a", NameFold: "sari puspita", Phones: []string{"k1"}}
	for _, c := range []struct {
		checker jaring.Signatory
		key     string
	}{
		{maker, "approval.same_account"},
		{jaring.Signatory{Account: "b", NameFold: "sari puspita"}, "approval.same_person"},
		{jaring.Signatory{Account: "b", NameFold: "lain", Phones: []string{"k0", "k1"}}, "approval.same_person"},
		{jaring.Signatory{Account: "b", NameFold: "darwis hanafi", Phones: []string{"k2"}}, ""},
	} {
		if err := jaring.SecondPerson(c.checker, []jaring.Signatory{{Account: "c", NameFold: "x"}, maker}); jaring.KeyOf(err) != c.key {
			t.Errorf("%v: %v, want %q", c.checker, err, c.key)
		}
	}
}

func TestFreeMonths(t *testing.T) {
	jan := jaring.NewMonth(2027, 1)
	of := func(from, to int) jaring.PaidMonths { return jaring.PaidMonths{From: jan.Add(from), To: jan.Add(to)} }
	for _, c := range []struct {
		taken        []jaring.PaidMonths
		from, months int
	}{
		{nil, 0, 12},
		{[]jaring.PaidMonths{of(-6, -1)}, 0, 12},
		{[]jaring.PaidMonths{of(-6, 2)}, 3, 9},
		{[]jaring.PaidMonths{of(9, 20)}, 0, 9},
		{[]jaring.PaidMonths{of(4, 5)}, 6, 6},
		{[]jaring.PaidMonths{of(0, 3), of(8, 11)}, 4, 4},
		{[]jaring.PaidMonths{of(5, 6)}, 0, 5}, // 0–4 and 7–11 are as long: the earlier
		{[]jaring.PaidMonths{of(0, 5), of(4, 11)}, 0, 0},
	} {
		from, months := jaring.FreeMonths(jan, 12, c.taken)
		if months != c.months || months > 0 && from != jan.Add(c.from) {
			t.Errorf("%v: %v, %d", c.taken, from, months)
		}
	}
}

func TestAgreementIsJudgedWhole(t *testing.T) {
	_, err := jaring.NewAgreement(jaring.Agreement{Kind: jaring.SponsorAPBD, Terms: jaring.Terms{QuotaEach: -1}})
	want := map[string]string{"number": "field.required", "decree": "agreement.decree_missing", "first_month": "month.required", "months": "months.range",
		"programs": "program.required", "ceiling_amount": "field.out_of_range", "ceiling_people": "field.out_of_range", "terms/quota_each": "field.out_of_range"}
	errs, _ := err.(jaring.Errors)
	for _, e := range errs {
		if want[e.Field] != e.Key {
			t.Errorf("%s: %s", e.Field, e.Key)
		}
		delete(want, e.Field)
	}
	if len(want) > 0 {
		t.Errorf("missing %v", want)
	}
}
