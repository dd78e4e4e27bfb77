package core

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/outside"
)

var patience = outside.Patience{First: 200 * time.Millisecond, Max: 5 * time.Second}

const maxAsked = 30 * time.Second // of a core that asks us to wait

// call tries until the core has answered. A broken connection and a 5xx are tried
// again, also for a POST: messages carry their ids. A 4xx never is: it would be the
// same again.
func (c *REST) call(ctx context.Context, method string, address *url.URL, body []byte) ([]byte, error) {
	for try := 1; ; try++ {
		raw, asked, err := c.try(ctx, method, address, body)
		switch {
		case err == nil:
			return raw, nil
		case ctx.Err() != nil:
			return nil, unavailable(ctx.Err())
		case try >= c.opts.Tries || !mayRetry(err):
			return nil, err
		}
		if err := c.opts.Wait(ctx, max(patience.After(try), asked)); err != nil {
			return nil, unavailable(err)
		}
	}
}

func mayRetry(err *jaring.Error) bool {
	return err.Code == jaring.Unavailable && !isStatus(err, http.StatusTooManyRequests) && !isStatus(err, http.StatusRequestTimeout)
}

// try asks once. asked is how long the core wants us to wait.
func (c *REST) try(ctx context.Context, method string, address *url.URL, body []byte) (raw []byte, asked time.Duration, fault *jaring.Error) {
	ctx, cancel := context.WithTimeout(ctx, c.opts.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, address.String(), bytes.NewReader(body))
	if err != nil {
		return nil, 0, jaring.InternalError(err)
	}
	req.Header.Set("Accept", "application/json")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.opts.Token != "" {
		req.Header.Set("Authorization", "Bearer "+c.opts.Token)
	}
	res, err := c.client.Do(req)
	if err != nil {
		return nil, 0, unavailable(err)
	}
	defer res.Body.Close()
	raw, err = io.ReadAll(io.LimitReader(res.Body, c.opts.MaxAnswer+1))
	switch {
	case err != nil:
		return nil, 0, unavailable(err)
	case res.StatusCode < 200 || res.StatusCode > 299:
		return nil, askedWait(res), refusal(&statusError{method, address.Path, res.StatusCode, problemCode(raw)})
	case int64(len(raw)) > c.opts.MaxAnswer:
		return nil, 0, jaring.NewError(jaring.Internal, "core.answer_too_large", "max", c.opts.MaxAnswer>>10)
	case !isJSON(res):
		return nil, 0, jaring.NewError(jaring.Internal, "core.answer_malformed", "n", 0, "field", "content_type")
	}
	return raw, 0, nil
}

func askedWait(res *http.Response) time.Duration {
	seconds, err := strconv.Atoi(res.Header.Get("Retry-After"))
	if err != nil || seconds < 0 {
		return 0
	}
	return min(time.Duration(min(seconds, 3600))*time.Second, maxAsked)
}

func isJSON(res *http.Response) bool {
	kind, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type"))
	return kind == "application/json"
}

// problemCode is the code of a problem that the core tells. Free words are left out:
// they may repeat what we sent.
func problemCode(raw []byte) string {
	var problem struct {
		Code string `json:"code"`
	}
	if json.Unmarshal(raw, &problem) != nil || len(problem.Code) > 60 || strings.Trim(problem.Code, "abcdefghijklmnopqrstuvwxyz_.") != "" {
		return ""
	}
	return problem.Code
}
