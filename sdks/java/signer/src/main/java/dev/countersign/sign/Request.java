package dev.countersign.sign;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A request as it is on the wire: method, target, header lines and payload.
 *
 * <p>To be signed, its strings are text that will be sent as UTF-8. To be verified, each char of target and values is
 * one byte that was received, which is how servlets and other servers hand them over; text that was decoded from UTF-8
 * is taken where it has chars beyond a byte.
 */
public final class Request {
    private static final byte[] EMPTY = {};

    private final String method;
    private final String target;
    private final List<Header> headers;
    /** Null: the signature leaves the body out. */
    private final byte[] body;

    private Request(Builder builder) {
        method = builder.method;
        target = builder.target;
        headers = List.copyOf(builder.headers);
        body = builder.body;
    }

    /**
     * Begins a request with an empty body.
     *
     * @param method for example {@code GET}
     * @param target path and query exactly as on the wire, percent-encoded
     * @return a builder
     */
    public static Builder builder(String method, String target) {
        return new Builder(method, target);
    }

    /**
     * Begins a request with an empty body from a URL, with the Host header that clients send for it: without the port
     * if that is the scheme's own.
     *
     * @param method for example {@code GET}
     * @param url with scheme and host
     * @return a builder
     * @throws SigningException {@code MissingHost} if the URL has no host
     */
    public static Builder builder(String method, URI url) {
        return new Builder(method, Url.target(url)).header(Names.HOST, Url.host(url));
    }

    String method() {
        return method;
    }

    String target() {
        return target;
    }

    List<Header> headers() {
        return headers;
    }

    boolean isUnsigned() {
        return body == null;
    }

    byte[] body() {
        return body;
    }

    /** Method and target without the query, as the rest may be confidential. */
    @Override
    public String toString() {
        return method + ' ' + target.split("\\?", 2)[0];
    }

    /** Makes a {@link Request}. */
    public static final class Builder {
        private final String method;
        private final String target;
        private final List<Header> headers = new ArrayList<>();
        private byte[] body = EMPTY;

        private Builder(String method, String target) {
            this.method = Objects.requireNonNull(method, "method");
            this.target = Objects.requireNonNull(target, "target");
        }

        /**
         * Adds a header line. All are signed but those that intermediaries rewrite.
         *
         * @param name in any case
         * @param value of this line alone
         * @return this
         */
        public Builder header(String name, String value) {
            headers.add(new Header(name, value));
            return this;
        }

        /**
         * The payload is this body.
         *
         * @param bytes as they go over the wire; not copied
         * @return this
         */
        public Builder body(byte[] bytes) {
            body = Objects.requireNonNull(bytes, "bytes");
            return this;
        }

        /**
         * The signature leaves the body out, and says so in a header ({@code UNSIGNED-PAYLOAD}).
         *
         * @return this
         */
        public Builder unsignedPayload() {
            body = null;
            return this;
        }

        /**
         * Makes the request.
         *
         * @return the request
         */
        public Request build() {
            return new Request(this);
        }
    }
}
