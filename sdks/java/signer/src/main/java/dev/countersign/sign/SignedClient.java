package dev.countersign.sign;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * An {@link HttpClient} that signs what it sends. A body is read as a whole before it is sent, unless it is
 * {@link #unsigned}.
 *
 * <pre>{@code
 * HttpClient client = new SignedClient(HttpClient.newHttpClient(), signer);
 * HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
 * }</pre>
 */
public final class SignedClient extends HttpClient {
    private final HttpClient client;
    private final Signer signer;
    private final SigningClock clock;

    /**
     * Signs with the system's clock.
     *
     * @param client sends the requests; it must not follow redirects, as signatures and tokens would go with them
     * @param signer signs the requests
     */
    public SignedClient(HttpClient client, Signer signer) {
        this(client, signer, SigningClock.of(Clock.systemUTC()));
    }

    /**
     * Signs with a clock, which may correct itself: then a request that was refused for its time is sent once again.
     *
     * @param client sends the requests; it must not follow redirects, as signatures and tokens would go with them
     * @param signer signs the requests
     * @param clock tells the signing time
     */
    public SignedClient(HttpClient client, Signer signer, SigningClock clock) {
        if (client.followRedirects() != Redirect.NEVER) {
            throw new IllegalArgumentException("the client follows redirects; build it with Redirect.NEVER");
        }
        this.client = client;
        this.signer = Objects.requireNonNull(signer, "signer");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * A body that the signature leaves out, so that it is streamed.
     *
     * @param body to send
     * @return a publisher to give to {@link HttpRequest.Builder#method}
     */
    public static BodyPublisher unsigned(BodyPublisher body) {
        return new UnsignedBody(body);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> response = sendAsync(request, handler);
        try {
            return response.get();
        } catch (InterruptedException interrupted) {
            response.cancel(true);
            throw interrupted;
        } catch (ExecutionException failed) {
            throw asThrownBySend(failed.getCause());
        }
    }

    private static IOException asThrownBySend(Throwable cause) {
        if (cause instanceof RuntimeException) {
            throw (RuntimeException) cause;
        }
        if (cause instanceof Error) {
            throw (Error) cause;
        }
        return cause instanceof IOException ? (IOException) cause : new IOException(cause);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return sendAsync(request, handler, null);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler,
            PushPromiseHandler<T> pushes) {
        return OutgoingBody.of(request).thenCompose(body -> {
            Instant signed = clock.now();
            return client.sendAsync(signed(request, body, signed), handler, pushes)
                .thenCompose(response -> isRefusedForTime(response, signed)
                    ? client.sendAsync(signed(request, body, clock.now()), handler, pushes)
                    : CompletableFuture.completedFuture(response));
        });
    }

    private boolean isRefusedForTime(HttpResponse<?> response, Instant signed) {
        return clock.learn(response.statusCode(), response.headers().firstValue("Date").orElse(null), signed);
    }

    /** The request with its signature, under the one spelling of its URL that goes over the wire. */
    private HttpRequest signed(HttpRequest request, OutgoingBody body, Instant now) {
        URI url = Url.normal(request.uri());
        HttpRequest.Builder copy = HttpRequest.newBuilder(url)
            .method(request.method(), body.publisher())
            .expectContinue(request.expectContinue());
        request.timeout().ifPresent(copy::timeout);
        request.version().ifPresent(copy::version);
        Request.Builder plain = request.headers().firstValue(Names.HOST).isPresent()
            ? Request.builder(request.method(), Url.target(url))
            : Request.builder(request.method(), url);
        request.headers().map().forEach((name, values) -> values.forEach(value -> {
            copy.header(name, value);
            plain.header(name, value);
        }));
        body.describe(plain);
        signer.sign(plain.build(), now).forEach(header -> copy.header(header.name(), header.value()));
        return copy.build();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }
}
