package dev.countersign.sign;

import java.util.List;

/** What a signer adds to a request, and how it came about: for people who search a mistake. */
public final class Explanation {
    private final List<Header> headers;
    private final String canonicalRequest;
    private final String stringToSign;

    /** The texts in wire text. */
    Explanation(List<Header> headers, String canonicalRequest, String stringToSign) {
        this.headers = headers;
        this.canonicalRequest = canonicalRequest;
        this.stringToSign = stringToSign;
    }

    /**
     * The headers to add.
     *
     * @return {@code Authorization} is the last
     */
    public List<Header> headers() {
        return headers;
    }

    /**
     * The canonical request (clause 3). It repeats the security token, if there is one.
     *
     * @return its lines, without a line feed at the end
     */
    public String canonicalRequest() {
        return Wire.text(canonicalRequest);
    }

    /**
     * The string to sign (clause 4.1).
     *
     * @return its lines, without a line feed at the end
     */
    public String stringToSign() {
        return Wire.text(stringToSign);
    }
}
