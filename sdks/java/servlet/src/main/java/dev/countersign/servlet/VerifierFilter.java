package dev.countersign.servlet;

import static dev.countersign.sign.VerificationException.Reason.BODY_INCOMPLETE;
import static dev.countersign.sign.VerificationException.Reason.BODY_TOO_LONG;

import dev.countersign.sign.Claim;
import dev.countersign.sign.Request;
import dev.countersign.sign.VerificationException;
import dev.countersign.sign.Verifier;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;

/**
 * Lets through what a {@link Verifier} accepts; refuses all else with a body of {@code error_code} and
 * {@code error_msg}. It reads the body as a whole, and what is behind it reads the body from its input stream or
 * reader; form parameters of a body are not parsed. What is stale or unknown is refused before its body is read.
 */
public final class VerifierFilter implements Filter {
    /** The request attribute with the access key of the signature, a string. */
    public static final String ACCESS_KEY = "dev.countersign.access_key";

    /** The longest body that is accepted unless told otherwise: 12 MiB. */
    public static final int BODY_BYTES_MAX = 12 * 1024 * 1024;

    private final Verifier verifier;
    private final int bodyBytesMax;

    /**
     * Accepts bodies of at most {@link #BODY_BYTES_MAX}.
     *
     * @param verifier tells who signed
     */
    public VerifierFilter(Verifier verifier) {
        this(verifier, BODY_BYTES_MAX);
    }

    /**
     * Accepts bodies up to a length.
     *
     * @param verifier tells who signed
     * @param bodyBytesMax in bytes; a body is kept in memory
     */
    public VerifierFilter(Verifier verifier, int bodyBytesMax) {
        this.verifier = Objects.requireNonNull(verifier, "verifier");
        this.bodyBytesMax = bodyBytesMax;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest verified;
        try {
            verified = verified((HttpServletRequest) request);
        } catch (VerificationException refusal) {
            Refusal.write(refusal, (HttpServletResponse) response);
            return;
        }
        chain.doFilter(verified, response);
    }

    private HttpServletRequest verified(HttpServletRequest received) throws VerificationException {
        Claim claim = verifier.claim(head(received), Instant.now());
        byte[] body = body(received);
        received.setAttribute(ACCESS_KEY, claim.finish(body));
        return new VerifiedRequest(received, body);
    }

    private static Request head(HttpServletRequest received) {
        String query = received.getQueryString();
        String target = query == null ? received.getRequestURI() : received.getRequestURI() + '?' + query;
        Request.Builder head = Request.builder(received.getMethod(), target);
        for (String name : Collections.list(received.getHeaderNames())) {
            for (String value : Collections.list(received.getHeaders(name))) {
                head.header(name, value);
            }
        }
        return head.build();
    }

    private byte[] body(HttpServletRequest received) throws VerificationException {
        if (received.getContentLengthLong() > bodyBytesMax) {
            throw tooLong();
        }
        try {
            byte[] body = received.getInputStream().readNBytes(bodyBytesMax);
            if (body.length == bodyBytesMax && received.getInputStream().read() >= 0) {
                throw tooLong();
            }
            return body;
        } catch (IOException broken) {
            throw new VerificationException(BODY_INCOMPLETE, "the body broke off; send all of it");
        }
    }

    private VerificationException tooLong() {
        return new VerificationException(BODY_TOO_LONG, "the body has more than " + bodyBytesMax + " bytes");
    }
}
