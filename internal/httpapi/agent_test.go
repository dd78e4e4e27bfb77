package httpapi_test

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"strings"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

func TestAnApplicationToldAgain(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		d := newDoor(t, db)
		send := func(key, name string) reply {
			return d.send(ask{method: "POST", path: "/public/applications", body: application(d.Branch, name), key: key})
		}
		key := `"` + jaringtest.NewID() + `"`
		one := send(key, "Calon Satu").want(t, 201, "")
		if two := send(key, "Calon Satu").want(t, 201, ""); string(two.text) != string(one.text) {
			t.Errorf("%s, first %s", two.text, one.text)
		}
		send(key, "Calon Dua").want(t, 409, "operation.conflict")
		send("", "Calon Satu").want(t, 400, "idempotency.required")
		// Somebody who applies once more is answered like anybody else.
		if other := send("new", "Calon Satu").want(t, 201, ""); string(other.text) == string(one.text) {
			t.Error("another application has the same number")
		}
		if log := d.log.String(); strings.Contains(log, "Calon") || strings.Contains(log, "81234567890") {
			t.Error("the log tells who applied")
		}
	})
}

func TestTriesOfACodeAreCounted(t *testing.T) {
	d := liteDoor(t)
	number, err := d.App.Certify(t.Context(), jaring.System, d.Agent.Account, jaring.NewDay(2026, 11, 21), jaring.NewDay(2027, 11, 20), jaring.Powers)
	if err != nil {
		t.Fatal(err)
	}
	path := "/public/certificates/" + number
	for range 10 {
		d.get(jaring.Actor{}, path+"?code=000000").want(t, 200, "")
	}
	if a := d.get(jaring.Actor{}, path+"?code=000000").want(t, 429, "error.rate_limited"); a.Header.Get("Retry-After") == "" {
		t.Error("not told when to come back")
	}
	d.get(jaring.Actor{}, path).want(t, 200, "") // the page itself is still there
	for range 400 {
		if d.get(jaring.Actor{}, "/public/certificates/x").StatusCode == http.StatusTooManyRequests {
			return
		}
	}
	t.Error("numbers may be tried without end")
}

// A phone without a network: the token in the QR and the keys it fetched before.
func TestACertificateVerifiesWithoutANetwork(t *testing.T) {
	d := liteDoor(t)
	var own struct{ Token, Address, Number string }
	d.get(d.Agent, "/me/certificate").want(t, 200, "").into(t, &own)
	var keys struct {
		Items []struct {
			KeyID     string `json:"key_id"`
			PublicKey string `json:"public_key"`
		}
	}
	d.get(jaring.Actor{}, "/public/certificates/keys").want(t, 200, "").into(t, &keys)
	if !strings.HasSuffix(own.Address, "/a/"+own.Number+"#"+own.Token) {
		t.Errorf("the badge leads to %s", own.Address)
	}
	parts := strings.Split(own.Token, ".")
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	var claims map[string]any
	if err := json.Unmarshal(payload, &claims); err != nil || claims["k"] != keys.Items[0].KeyID || claims["n"] != own.Number || claims["nm"] != "Rahma Dewi" || len(claims) != 9 {
		t.Errorf("%s %v", payload, err)
	}
	spki, _ := base64.StdEncoding.DecodeString(keys.Items[0].PublicKey)
	key, err := x509.ParsePKIXPublicKey(spki)
	if err != nil {
		t.Fatal(err)
	}
	signature, _ := base64.RawURLEncoding.DecodeString(parts[2])
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if !ecdsa.Verify(key.(*ecdsa.PublicKey), sum[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])) {
		t.Error("the signature does not fit")
	}
}

func TestPhotosThatAreNone(t *testing.T) {
	d := liteDoor(t)
	put := func(actor jaring.Actor, body any, kind string) reply {
		return d.send(ask{actor: actor, method: "PUT", path: "/agents/" + string(d.Agent.Account) + "/photo", body: body, headers: map[string]string{"Content-Type": kind}})
	}
	put(d.Head, picture(t), "image/jpeg").want(t, 204, "")
	put(d.Head, make([]byte, 61_000), "image/jpeg").want(t, 422, "photo.too_large")
	put(d.Head, make([]byte, 1<<20), "image/jpeg").want(t, 413, "json.too_large")
	put(d.Head, "<svg/>", "image/svg+xml").want(t, 422, "photo.not_jpeg")
	put(jaring.Actor{}, picture(t), "image/jpeg").want(t, 401, "error.unauthenticated")
	if a := d.send(ask{actor: d.Head, method: "PATCH", path: "/agents/" + string(d.Agent.Account) + "/photo"}); a.Header.Get("Allow") != "PUT" {
		t.Errorf("allowed: %q", a.Header.Get("Allow"))
	}
}

// Garbage in addresses is refused by both engines alike, and by neither as our own fault.
func TestGarbageInAddressesOfAgents(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		d := newDoor(t, db)
		cursor := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
		values := []string{"x", "%25", "_", "'", "%F0%9F%98%80", strings.Repeat("a", 150), cursor(`{}`), cursor(`[]`), cursor(`{"ID":"x"}`), cursor(`{"Name":"\u0000","ID":"` + jaringtest.NewID() + `"}`),
			cursor(`{"Kind":"\u0000"}`), cursor(`{"Rank":9223372036854775807,"AppliedAt":-9223372036854775808,"ID":"` + jaringtest.NewID() + `"}`), cursor(`{"From":"1","ID":"` + jaringtest.NewID() + `"}`)}
		for _, path := range []string{"/applications?state=", "/applications?office=", "/applications?cursor=", "/classes?cursor=", "/agents?office=", "/agents?q=", "/agents?cursor=",
			"/kit?state=", "/kit?office=", "/kit?cursor=", "/certificates/", "/public/certificates/", "/classes/", "/agents/", "/applications/", "/kit/"} {
			for _, value := range values {
				address := path + value
				if path == "/certificates/" {
					address += "/document"
				}
				if a := d.get(d.Head, address); a.StatusCode >= 500 {
					t.Errorf("%s: %d %s", address, a.StatusCode, a.text)
				}
			}
		}
		for _, path := range []string{"/classes/" + string(d.Branch), "/agents/" + jaringtest.NewID()} {
			d.get(d.Head, path).want(t, 404, "")
		}
		d.send(ask{actor: d.Head, method: "DELETE", path: "/classes/" + jaringtest.NewID() + "/seats/x"}).want(t, 422, "")
		d.send(ask{actor: d.Head, method: "DELETE", path: "/classes/" + jaringtest.NewID() + "/seats/" + jaringtest.NewID()}).want(t, 404, "class.not_found")
	})
}

// A code that an agent shows is right, and a picture of it some minutes later is told as old.
func TestTheCodeOfAMinute(t *testing.T) {
	d := liteDoor(t)
	var own struct {
		Number     string
		CodeSecret string `json:"code_secret"`
	}
	d.get(d.Agent, "/me/certificate").want(t, 200, "").into(t, &own)
	secret, err := base64.StdEncoding.DecodeString(own.CodeSecret)
	if err != nil {
		t.Fatal(err)
	}
	code := jaring.CertificateCode(secret, d.Now())
	for _, want := range []string{"right", "right", "old"} {
		var page struct{ Code string }
		if d.get(jaring.Actor{}, "/public/certificates/"+own.Number+"?code="+code).into(t, &page); page.Code != want {
			t.Errorf("%s, want %s", page.Code, want)
		}
		d.Pass(time.Minute)
	}
}
