package countersign

import "strings"

// Difference reads the canonical request that a server shows in a refusal (…canonicalRequest: with | for line breaks)
// beside one's own, and says in one sentence which part differs first. The own one is that of [Explanation].
func Difference(errorMsg, canonicalRequest string) string {
	_, shown, found := strings.Cut(errorMsg, "canonicalRequest:")
	if !found {
		return "The server shows no canonical request, so there is nothing to compare."
	}
	shown = strings.ReplaceAll(strings.TrimSpace(shown), "\n", "|")
	own := strings.Split(canonicalRequest, "\n")
	last := len(own) - 1
	for i, part := range own[:last] {
		// A value may have bars of its own, so that own parts are looked for instead of bars.
		if !strings.HasPrefix(shown, part+"|") {
			theirs, _, _ := strings.Cut(shown, "|")
			return describePart(i, own, theirs)
		}
		shown = shown[len(part+"|"):]
	}
	if shown != own[last] {
		return "The payload differs: another body arrived than was signed, or its hash header was changed."
	}
	return "Nothing differs, so the signature was made with another secret key than the server has for this access key."
}

// describePart names a part before the payload. It repeats no header values, because some are secret.
func describePart(part int, own []string, theirs string) string {
	fixed := map[int]string{0: "method", 1: "path", 2: "query", len(own) - 2: "list of signed headers"}
	if name, ok := fixed[part]; ok {
		return "The " + name + " differs: " + own[part] + " was signed, " + theirs + " arrived."
	}
	return "The header " + headerName(part, own, theirs) + " differs: what arrived is not what was signed."
}

// headerName is the name of the header whose lines differ: of one's own line, or theirs where they have one more.
func headerName(part int, own []string, theirs string) string {
	name, _, _ := strings.Cut(own[part], ":")
	previous, _, _ := strings.Cut(own[part-1], ":")
	theirName, _, _ := strings.Cut(theirs, ":")
	if name == "" || theirName == previous {
		return theirName
	}
	return name
}
