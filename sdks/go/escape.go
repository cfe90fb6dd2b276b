package countersign

import "strings"

// byteSet is a set of bytes, as a table.
type byteSet [256]bool

const letters = "abcdefghijklmnopqrstuvwxyz"

var (
	// unreservedBytes are written as they are in a canonical query (1.3).
	unreservedBytes = bytesOf(letters, strings.ToUpper(letters), "0123456789-._~")
	// pathBytes are written as they are in a canonical path.
	pathBytes = unreservedBytes.and("/")
	// tokenBytes are those of a method or header name (the token of RFC 9110).
	tokenBytes = unreservedBytes.and("!#$%&'*+^`|")
	// lowerTokenBytes are those of a signed name (2.5).
	lowerTokenBytes = bytesOf(letters, "0123456789-._~!#$%&'*+^`|")
	lowerHexBytes   = bytesOf("0123456789abcdef")
	// scopeBytes are those of region and service.
	scopeBytes = bytesOf(letters, strings.ToUpper(letters), "0123456789-_.")
)

func bytesOf(texts ...string) *byteSet {
	return new(byteSet).and(texts...)
}

func (s byteSet) and(texts ...string) *byteSet {
	for _, text := range texts {
		for i := 0; i < len(text); i++ {
			s[text[i]] = true
		}
	}
	return &s
}

func (s *byteSet) hasAll(text string) bool {
	for i := 0; i < len(text); i++ {
		if !s[text[i]] {
			return false
		}
	}
	return true
}

// isToken tells whether text is a name of these bytes.
func (s *byteSet) isToken(text string) bool {
	return text != "" && s.hasAll(text)
}

// isVisible tells whether text is visible ASCII.
func isVisible(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] <= ' ' || text[i] >= 0x7f {
			return false
		}
	}
	return true
}

// isValue tells whether text can stand in a header: a control character could pass for a line break.
func isValue(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] < ' ' && text[i] != '\t' || text[i] == 0x7f {
			return false
		}
	}
	return true
}

// trimBlanks cuts spaces and tabs off both ends (1.4).
func trimBlanks(text string) string {
	return strings.Trim(text, " \t")
}

// appendEncoded writes text with every byte but the kept ones as %XX (1.3).
func appendEncoded(out []byte, text string, kept *byteSet) []byte {
	if kept.hasAll(text) {
		return append(out, text...)
	}
	const digits = "0123456789ABCDEF"
	for i := 0; i < len(text); i++ {
		if b := text[i]; kept[b] {
			out = append(out, b)
		} else {
			out = append(out, '%', digits[b>>4], digits[b&15])
		}
	}
	return out
}

// decode replaces each %XX by its byte, once; a % without two hex digits stands for itself, and so does + (1.3).
func decode(text string) string {
	if strings.IndexByte(text, '%') < 0 {
		return text
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) {
			high, low := hexValue(text[i+1]), hexValue(text[i+2])
			if high >= 0 && low >= 0 {
				out = append(out, byte(high<<4|low))
				i += 2
				continue
			}
		}
		out = append(out, text[i])
	}
	return string(out)
}

// hexValue is the value of a hex digit in either case, or -1.
func hexValue(digit byte) int {
	switch {
	case '0' <= digit && digit <= '9':
		return int(digit - '0')
	case 'a' <= digit && digit <= 'f':
		return int(digit-'a') + 10
	case 'A' <= digit && digit <= 'F':
		return int(digit-'A') + 10
	default:
		return -1
	}
}
