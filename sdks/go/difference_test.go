package countersign

import (
	"strings"
	"testing"
)

func TestDifferenceNamesTheFirstPartThatDiffers(t *testing.T) {
	own := "GET\n/a/\nb=1\nhost:h\nx-bar:1|2\nx-many:a\nx-sdk-date:20060102T150405Z\n\nhost;x-bar;x-many;x-sdk-date\n" + emptyPayload
	for _, c := range []struct{ old, new, expected string }{
		{"GET", "PUT", "The method differs: GET was signed, PUT arrived."},
		{"/a/", "/a%2520b/", "The path differs: /a/ was signed, /a%2520b/ arrived."},
		{"b=1", "b=2", "The query differs: b=1 was signed, b=2 arrived."},
		{"host:h", "host:i", "The header host differs: what arrived is not what was signed."},
		{"x-bar:1|2", "x-bar:1|3", "The header x-bar differs: what arrived is not what was signed."},
		{"x-many:a", "x-many:a\nx-many:b", "The header x-many differs: what arrived is not what was signed."},
		{"x-many:a\n", "", "The header x-many differs: what arrived is not what was signed."},
		{"0405Z\n", "0405Z\nx-sdk-date:2\n", "The header x-sdk-date differs: what arrived is not what was signed."},
		{"\nhost;x-bar", "\nx-bar", "The list of signed headers differs: host;x-bar;x-many;x-sdk-date was signed, x-bar;x-many;x-sdk-date arrived."},
		{emptyPayload, "0", "The payload differs: another body arrived than was signed, or its hash header was changed."},
		{"", "", "Nothing differs, so the signature was made with another secret key than the server has for this access key."},
	} {
		shown := strings.ReplaceAll(strings.Replace(own, c.old, c.new, 1), "\n", "|")
		sentence := Difference("verify signature fail, canonicalRequest:"+shown, own)
		if sentence != c.expected {
			t.Errorf("%s -> %s: %s", c.old, c.new, sentence)
		}
	}
}

func TestDifferenceNeedsACanonicalRequest(t *testing.T) {
	expected := "The server shows no canonical request, so there is nothing to compare."
	if sentence := Difference("Incorrect IAM authentication information", "GET"); sentence != expected {
		t.Error(sentence)
	}
}
