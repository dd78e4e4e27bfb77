package payment_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/payment"
)

// till is a biller that owes one bill. A real one settles in the transaction of its book
// and keeps the journal's entries there.
type till struct{ journal *payment.Memory }

func (t till) Inquire(context.Context, payment.VA) (payment.Bill, error) {
	return payment.Bill{Name: "S** A****", Amount: 50_400}, nil
}

func (t till) Pay(ctx context.Context, n payment.Notice) (payment.Receipt, error) {
	return t.journal.Once(ctx, n, func(context.Context) (payment.Receipt, error) {
		if n.Amount != 50_400 {
			return payment.Receipt{}, jaring.NewError(jaring.Invalid, "payment.amount_differs", "got", n.Amount, "want", jaring.Rupiah(50_400))
		}
		fmt.Println("booked", n.Amount, "of", n.Code(), "on", jaring.DayIn(n.PaidAt, time.FixedZone("WIB", 7*3600)))
		return payment.Receipt{Bill: payment.Bill{Name: "S** A****", Amount: 50_400}}, nil
	})
}

// Jaring has a code made at a bank, somebody pays it there, and the bank – which does not
// hear the first answer – tells of it twice.
func Example() {
	now := func() time.Time { return time.Date(2026, 11, 21, 3, 30, 0, 0, time.UTC) }
	bank, err := payment.NewSimulator(payment.SimulatorOptions{Now: now})
	if err != nil {
		fmt.Println(err)
		return
	}
	atBank := httptest.NewServer(bank.Handler())
	defer atBank.Close()
	known := bank.Bank() // in a server: payment.ReadBanks
	known.Base = atBank.URL

	server, err := payment.NewServer([]payment.Bank{known}, till{payment.NewMemory()}, payment.ServerOptions{Now: now})
	if err != nil {
		fmt.Println(err)
		return
	}
	ours := httptest.NewServer(server)
	defer ours.Close()
	bank.Notify(ours.URL)

	client, err := payment.NewClient(known, payment.ClientOptions{Now: now})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	va, _ := known.Profile.NewVA("00000000000001")
	order := payment.Order{ID: "quote-1", VA: va, Name: "S** A****", Amount: 50_400, Expires: now().Add(48 * time.Hour)}
	if err := client.CreateVA(ctx, order); err != nil {
		fmt.Println(err) // unavailable: the same again later
		return
	}

	made, err := bank.Pay(ctx, payment.Payer{Code: va.String(), Mischief: &payment.Mischief{Advise: true}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("the bank heard", made[0].Answers)
	standing, err := client.Status(ctx, va, order.ID)
	fmt.Println(standing.State, standing.Paid, err)
	// Output:
	// booked Rp50.400 of 8889900000000000001 on 2026-11-21
	// the bank heard [2002500 2002500]
	// paid Rp50.400 <nil>
}
