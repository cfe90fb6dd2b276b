package dev.countersign.sign;

import java.util.Optional;

/** Why a request is refused. Messages name the next step, and show neither secrets nor the expected signature. */
public final class VerificationException extends Exception {
    private static final long serialVersionUID = 1;

    /** Why. */
    private final Reason reason;
    /** As the verifier built it; null without a mismatch. */
    private final String canonicalRequest;

    /**
     * A refusal.
     *
     * @param reason why
     * @param message what its sender may read
     */
    public VerificationException(Reason reason, String message) {
        this(reason, message, null);
    }

    private VerificationException(Reason reason, String message, String canonicalRequest) {
        super(message);
        this.reason = reason;
        this.canonicalRequest = canonicalRequest;
    }

    /** A mismatch, with the canonical request in wire text. */
    static VerificationException mismatch(String canonicalRequest) {
        return new VerificationException(Reason.MISMATCH,
            "the signature is not that of this request; compare the canonical requests, then the secret keys",
            Wire.text(canonicalRequest));
    }

    /**
     * Why.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * The canonical request as the verifier built it (clause 5.8).
     *
     * @return present with {@link Reason#MISMATCH}
     */
    public Optional<String> canonicalRequest() {
        return Optional.ofNullable(canonicalRequest);
    }

    /** The reasons; their codes are the same in all languages. */
    public enum Reason {
        /** There is no signature of this protocol. */
        MISSING_AUTHORIZATION("MissingAuthorization", 401),
        /** A single header stands twice (clause 5.1). */
        DUPLICATE_HEADER("DuplicateHeader", 401),
        /** The header does not follow the grammar (clause 2). */
        MALFORMED_AUTHORIZATION("MalformedAuthorization", 401),
        /** The access key is empty or absent. */
        MISSING_ACCESS_KEY("MissingAccessKey", 401),
        /** An algorithm that is not accepted. */
        UNSUPPORTED_ALGORITHM("UnsupportedAlgorithm", 401),
        /** There is no signing time. */
        MISSING_DATE("MissingDate", 401),
        /** The signing time is no date. */
        BAD_DATE("BadDate", 401),
        /** The signing time is more than 15 minutes away. */
        EXPIRED("Expired", 401),
        /** No key of that name. */
        UNKNOWN_KEY("UnknownKey", 401),
        /** The content hash header is no digest. */
        BAD_CONTENT_HASH("BadContentHash", 401),
        /** The signature leaves the body out, which is not accepted. */
        UNSIGNED_PAYLOAD("UnsignedPayload", 401),
        /** The body is not the declared one. */
        CONTENT_HASH_MISMATCH("ContentHashMismatch", 401),
        /** The signature is not that of this request. */
        MISMATCH("Mismatch", 401),
        /** The body is longer than accepted. */
        BODY_TOO_LONG("BodyTooLong", 413),
        /** The body broke off. */
        BODY_INCOMPLETE("BodyIncomplete", 400);

        private final String code;
        private final int status;

        Reason(String code, int status) {
            this.code = code;
            this.status = status;
        }

        /**
         * The stable name.
         *
         * @return for example {@code UnknownKey}
         */
        public String code() {
            return code;
        }

        /**
         * The status of the answer.
         *
         * @return 401, 413 or 400
         */
        public int status() {
            return status;
        }
    }
}
