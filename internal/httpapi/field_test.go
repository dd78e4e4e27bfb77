package httpapi_test

import (
	"net/http"
	"testing"
	"time"
)

// A phone that has the pack of the day is told no more than that, until something changes.
func TestThePackOfADayIsSentOnce(t *testing.T) {
	d := liteDoor(t)
	id := runningSweep(t, d)
	first := d.get(d.Agent, "/field").want(t, http.StatusOK, "")
	tag := first.Header.Get("ETag")
	again := func() reply {
		return d.send(ask{actor: d.Agent, method: "GET", path: "/field", headers: map[string]string{"If-None-Match": tag}})
	}
	d.Pass(time.Minute)
	if a := again().want(t, http.StatusNotModified, ""); tag == "" || len(a.text) > 0 || a.Header.Get("ETag") != tag {
		t.Errorf("%q %s", tag, a.text)
	}
	caught(t, d, id, 1)
	if a := again().want(t, http.StatusOK, ""); a.Header.Get("ETag") == tag {
		t.Error("the tag has not changed")
	}
	if d.get(d.Second, "/field").want(t, http.StatusOK, "").Header.Get("ETag") == tag {
		t.Error("two agents have one tag")
	}
}
