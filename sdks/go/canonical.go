package countersign

import (
	"sort"
	"strings"
)

// line is one line of the header block: the name in lower case, the value without surrounding blanks (3.3).
type line struct{ name, value string }

// canonicalRequest joins the six parts of clause 3. The lines stand in the order in which they are signed.
func canonicalRequest(method, target string, lines []line, signedNames, payload string) []byte {
	path, query, _ := strings.Cut(target, "?")
	out := make([]byte, 0, 640)
	out = append(append(out, method...), '\n')
	out = append(appendPath(out, path), '\n')
	out = append(appendQuery(out, query), '\n')
	for _, line := range lines {
		out = append(append(out, line.name...), ':')
		out = append(append(out, line.value...), '\n')
	}
	out = append(append(append(out, '\n'), signedNames...), '\n')
	return append(out, payload...)
}

// appendPath writes the canonical path (3.1); it ends in a slash that the wire may lack.
func appendPath(out []byte, path string) []byte {
	path = decode(path)
	out = appendEncoded(out, path, pathBytes)
	if !strings.HasSuffix(path, "/") {
		out = append(out, '/')
	}
	return out
}

// pair is a decoded name with its decoded value.
type pair struct{ name, value string }

// appendQuery writes the canonical query (3.2).
func appendQuery(out []byte, query string) []byte {
	pairs := parseQuery(query)
	sort.Sort(pairs)
	for i, pair := range pairs {
		if i > 0 {
			out = append(out, '&')
		}
		out = append(appendEncoded(out, pair.name, unreservedBytes), '=')
		out = appendEncoded(out, pair.value, unreservedBytes)
	}
	return out
}

// pairs are ordered by name, then value, comparing bytes.
type pairs []pair

func parseQuery(query string) pairs {
	if query == "" {
		return nil
	}
	parsed := make(pairs, 0, strings.Count(query, "&")+1)
	for more := true; more; {
		var piece string
		if piece, query, more = strings.Cut(query, "&"); piece != "" {
			name, value, _ := strings.Cut(piece, "=")
			parsed = append(parsed, pair{decode(name), decode(value)})
		}
	}
	return parsed
}

func (p pairs) Len() int      { return len(p) }
func (p pairs) Swap(i, j int) { p[i], p[j] = p[j], p[i] }
func (p pairs) Less(i, j int) bool {
	if p[i].name != p[j].name {
		return p[i].name < p[j].name
	}
	return p[i].value < p[j].value
}
