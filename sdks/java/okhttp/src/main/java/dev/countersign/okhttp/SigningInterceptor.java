package dev.countersign.okhttp;

import dev.countersign.sign.Signer;
import dev.countersign.sign.SigningClock;
import dev.countersign.sign.SigningException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import okhttp3.Authenticator;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.Route;

/**
 * Signs what OkHttp sends, as a network interceptor: so it sees each request as it goes over the wire, also after a
 * redirect. A redirect to another host, port or scheme is not signed. A body is read as a whole before it is sent,
 * unless it is {@link #unsigned}. What cannot be signed fails with an {@link IOException} whose cause is the
 * {@link SigningException}.
 *
 * <pre>{@code
 * OkHttpClient client = new OkHttpClient.Builder()
 *     .addNetworkInterceptor(new SigningInterceptor(signer))
 *     .build();
 * }</pre>
 *
 * <p>With a clock that corrects itself it must be the authenticator, too, which sends a request that was refused for
 * its time once again.
 */
public final class SigningInterceptor implements Interceptor, Authenticator {
    private final Signer signer;
    private final SigningClock clock;

    /**
     * Signs with the system's clock.
     *
     * @param signer signs the requests
     */
    public SigningInterceptor(Signer signer) {
        this(signer, SigningClock.of(Clock.systemUTC()));
    }

    /**
     * Signs with a clock, which may correct itself.
     *
     * @param signer signs the requests
     * @param clock tells the signing time
     */
    public SigningInterceptor(Signer signer, SigningClock clock) {
        this.signer = Objects.requireNonNull(signer, "signer");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * A body that the signature leaves out, so that it is streamed.
     *
     * @param body to send
     * @return a body to give to {@link Request.Builder#method}
     */
    public static RequestBody unsigned(RequestBody body) {
        return new UnsignedBody(body);
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        if (chain.connection() == null) {
            throw new IllegalStateException("add the interceptor with addNetworkInterceptor");
        }
        boolean isForeign = !isSameOrigin(chain.call().request().url(), request.url());
        return chain.proceed(isForeign ? request : signed(request, clock.now()));
    }

    /** The request once again, if it was refused for its time; the interceptor then signs it anew. */
    @Override
    public Request authenticate(Route route, Response response) {
        Response ofNetwork = response.networkResponse();
        Instant signed = ofNetwork == null ? null : ofNetwork.request().tag(Instant.class);
        boolean isRepeated = response.priorResponse() != null && response.priorResponse().code() == response.code();
        if (signed == null || isRepeated || !clock.learn(response.code(), response.header("Date"), signed)) {
            return null;
        }
        return response.request();
    }

    private Request signed(Request request, Instant now) throws IOException {
        OutgoingBody body = OutgoingBody.of(request);
        var plain = dev.countersign.sign.Request.builder(request.method(), target(request.url()));
        request.headers().forEach(header -> plain.header(header.getFirst(), header.getSecond()));
        body.describe(plain);
        Request.Builder copy = request.newBuilder().method(request.method(), body.body()).tag(Instant.class, now);
        try {
            signer.sign(plain.build(), now).forEach(header -> copy.header(header.name(), header.value()));
        } catch (SigningException refusal) {
            // OkHttp hands nothing else to the callbacks of asynchronous calls.
            throw new IOException(refusal.getMessage(), refusal);
        }
        return copy.build();
    }

    private static String target(HttpUrl url) {
        return url.encodedQuery() == null ? url.encodedPath() : url.encodedPath() + '?' + url.encodedQuery();
    }

    private static boolean isSameOrigin(HttpUrl one, HttpUrl other) {
        return one.scheme().equals(other.scheme()) && one.host().equals(other.host()) && one.port() == other.port();
    }
}
