package dev.countersign.sign;

/** The algorithms of this library (clause 4). */
public enum Algorithm {
    /** HMAC with the secret key; what clients use unless told otherwise. */
    SDK_HMAC_SHA256("SDK-HMAC-SHA256", "SHA-256", Names.CONTENT_SHA256),
    /** HMAC with a key derived for a day, region and service. */
    V11_HMAC_SHA256("V11-HMAC-SHA256", "SHA-256", Names.CONTENT_SHA256),
    /** HMAC with SM3, which needs a security provider that brings SM3. */
    SDK_HMAC_SM3("SDK-HMAC-SM3", "SM3", Names.CONTENT_SM3);

    private final String token;
    private final String hashName;
    private final String contentHeader;

    Algorithm(String token, String hashName, String contentHeader) {
        this.token = token;
        this.hashName = hashName;
        this.contentHeader = contentHeader;
    }

    /**
     * The algorithm of a token.
     *
     * @param token as it stands in the Authorization header, upper case
     * @return the algorithm
     * @throws SigningException {@code UnsupportedAlgorithm} for any other token
     */
    public static Algorithm of(String token) {
        Algorithm algorithm = find(token);
        if (algorithm == null) {
            throw new SigningException(SigningException.Reason.UNSUPPORTED_ALGORITHM,
                "not an algorithm of this library; use SDK-HMAC-SHA256, V11-HMAC-SHA256 or SDK-HMAC-SM3");
        }
        return algorithm;
    }

    /** The algorithm of a token, or null. */
    static Algorithm find(String token) {
        for (Algorithm algorithm : values()) {
            if (algorithm.token.equals(token)) {
                return algorithm;
            }
        }
        return null;
    }

    /**
     * The token as it stands in the Authorization header.
     *
     * @return for example {@code SDK-HMAC-SHA256}
     */
    public String token() {
        return token;
    }

    /**
     * Whether the running platform has the hash of this algorithm.
     *
     * @return always true for the SHA-256 algorithms
     */
    public boolean isSupported() {
        return Hash.find(this) != null;
    }

    /** The name of its hash in the platform. */
    String hashName() {
        return hashName;
    }

    /** Whether the key is derived for a day, region and service ({@code Credential=} instead of {@code Access=}). */
    boolean isScoped() {
        return this == V11_HMAC_SHA256;
    }

    /** The header that declares a payload hash (clause 6.2). */
    String contentHeader() {
        return contentHeader;
    }

    @Override
    public String toString() {
        return token;
    }
}
