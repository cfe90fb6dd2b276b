package dev.countersign.sign;

/** Why a request cannot be signed. Messages say what to do, and repeat no secret. */
public final class SigningException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What is wrong. */
    private final Reason reason;

    SigningException(Reason reason, String message) {
        super(reason.code() + ": " + message);
        this.reason = reason;
    }

    /**
     * What is wrong.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /** The reasons; their codes are the same in all languages. */
    public enum Reason {
        /** Access key or secret key is empty or absent. */
        MISSING_CREDENTIALS("MissingCredentials"),
        /** Access key or security token has a character that cannot stand in its header. */
        BAD_CREDENTIALS("BadCredentials"),
        /** The request has no Host header. */
        MISSING_HOST("MissingHost"),
        /** The method is not a token. */
        BAD_METHOD("BadMethod"),
        /** The target is no origin form: no slash in front, or blanks, or control characters. */
        BAD_TARGET("BadTarget"),
        /** A name that is no header name, or a value with a control character. */
        BAD_HEADER("BadHeader"),
        /** A header that the signer adds, or a second Host. */
        TAKEN_HEADER("TakenHeader"),
        /** Not an algorithm of this library, or one that its platform lacks. */
        UNSUPPORTED_ALGORITHM("UnsupportedAlgorithm"),
        /** Region or service of V11 is missing. */
        MISSING_SCOPE("MissingScope"),
        /** Region or service has other characters than letters, digits, {@code -}, {@code _} and {@code .}. */
        BAD_SCOPE("BadScope");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /**
         * The stable name.
         *
         * @return for example {@code MissingHost}
         */
        public String code() {
            return code;
        }
    }
}
