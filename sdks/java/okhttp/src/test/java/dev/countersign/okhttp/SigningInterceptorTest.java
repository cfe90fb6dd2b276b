package dev.countersign.okhttp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.sign.Signer;
import dev.countersign.sign.SigningClock;
import dev.countersign.sign.SigningException;
import dev.countersign.sign.VerificationException;
import dev.countersign.sign.Verifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SigningInterceptorTest {
    private static final byte[] BODY = "tea é".getBytes(StandardCharsets.UTF_8);

    private final Verifier verifier = Verifier.builder(Map.of("AccessKey", "SecretKey")).build();
    private final Signer signer = Signer.builder("AccessKey", "SecretKey").securityToken("token").build();
    /** The codes of the verdicts, one a request. */
    private final List<String> verdicts = new CopyOnWriteArrayList<>();
    private final List<Map<String, List<String>>> received = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private HttpServer other;

    @BeforeEach
    void start() throws IOException {
        server = listen();
        other = listen();
    }

    private HttpServer listen() throws IOException {
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listening.createContext("/", this::answer);
        listening.start();
        return listening;
    }

    @AfterEach
    void stop() {
        server.stop(0);
        other.stop(0);
    }

    /** A path like {@code /to/PORT} redirects to that port. */
    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String target = exchange.getRequestURI().toString();
        var request = dev.countersign.sign.Request.builder(exchange.getRequestMethod(), target).body(body);
        exchange.getRequestHeaders().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        received.add(Map.copyOf(exchange.getRequestHeaders()));
        String verdict = verdict(request.build());
        verdicts.add(verdict);
        int status = verdict.equals("AccessKey") ? 200 : 401;
        if (target.startsWith("/to/")) {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + target.substring(4) + "/x");
            status = 307;
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String verdict(dev.countersign.sign.Request request) {
        try {
            return verifier.verify(request);
        } catch (VerificationException refusal) {
            return refusal.reason().code();
        }
    }

    private Request.Builder to(String target) {
        return new Request.Builder().url("http://127.0.0.1:" + server.getAddress().getPort() + target);
    }

    private static Clock slow() {
        return Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
    }

    private int status(SigningInterceptor signing, Request.Builder request) throws IOException {
        OkHttpClient client =
            new OkHttpClient.Builder().addNetworkInterceptor(signing).authenticator(signing).build();
        try (Response response = client.newCall(request.build()).execute()) {
            response.body().bytes();
            return response.code();
        }
    }

    @Test
    void what_is_sent_is_what_was_signed() throws IOException {
        SigningInterceptor signing = new SigningInterceptor(signer);
        List<Request.Builder> requests = List.of(
            to("/a%2Fb//c?b=2&a=1&a="), to("/é?q=中#fragment").addHeader("X-A", "1").addHeader("x-a", "0"), to("?"),
            to("/x").delete(), to("/x").head(), to("/x").put(RequestBody.create(new byte[0])),
            to("/x").post(RequestBody.create(BODY, MediaType.get("text/plain"))), to("/x").post(streamed()),
            to("/x").header("Host", "group.example.com"),
            to("/x").post(SigningInterceptor.unsigned(RequestBody.create(BODY))));
        for (Request.Builder request : requests) {
            assertEquals(200, status(signing, request), verdicts::toString);
        }
        assertEquals(List.of("group.example.com"), received.get(8).get("Host"));
        assertEquals(List.of("UNSIGNED-PAYLOAD"), received.get(9).get("X-sdk-content-sha256"));
    }

    /** A body that can be written once only, of a length that is not known. */
    private static RequestBody streamed() {
        return new RequestBody() {
            @Override
            public MediaType contentType() {
                return null;
            }

            @Override
            public boolean isOneShot() {
                return true;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                sink.write(BODY);
            }
        };
    }

    @Test
    void the_body_arrives_whole() throws IOException {
        OkHttpClient client =
            new OkHttpClient.Builder().addNetworkInterceptor(new SigningInterceptor(signer)).build();
        try (Response response = client.newCall(to("/x").post(RequestBody.create(BODY)).build()).execute()) {
            assertArrayEquals(BODY, response.body().bytes());
        }
    }

    @Test
    void a_wrong_clock_is_corrected_once_and_stays_so() throws IOException {
        SigningInterceptor signing = new SigningInterceptor(signer, SigningClock.correcting(slow()));
        assertEquals(200, status(signing, to("/x").post(RequestBody.create(BODY))));
        assertEquals(200, status(signing, to("/x")));
        assertEquals(List.of("Expired", "AccessKey", "AccessKey"), verdicts);
    }

    @Test
    void a_wrong_clock_is_left_alone_unless_it_shall_be_corrected() throws IOException {
        assertEquals(401, status(new SigningInterceptor(signer, SigningClock.of(slow())), to("/x")));
        assertEquals(List.of("Expired"), verdicts);
    }

    @Test
    void a_redirect_is_signed_anew_and_never_for_another_origin() throws IOException {
        SigningInterceptor signing = new SigningInterceptor(signer);
        assertEquals(200, status(signing, to("/to/" + server.getAddress().getPort())));
        assertEquals(401, status(signing, to("/to/" + other.getAddress().getPort())));
        assertEquals(List.of("AccessKey", "AccessKey", "AccessKey", "MissingAuthorization"), verdicts);
        assertEquals(List.of("token"), received.get(2).get("X-security-token"));
        assertNull(received.get(3).get("X-security-token"));
    }

    @Test
    void what_cannot_be_signed_is_not_sent() {
        Throwable cause = assertThrows(IOException.class, () ->
            status(new SigningInterceptor(signer), to("/x").header("X-Sdk-Date", "now"))).getCause();
        assertEquals("TakenHeader", assertInstanceOf(SigningException.class, cause).reason().code());
        assertEquals(List.of(), verdicts);
    }

    @Test
    void it_is_a_network_interceptor() {
        OkHttpClient client = new OkHttpClient.Builder().addInterceptor(new SigningInterceptor(signer)).build();
        assertThrows(IllegalStateException.class, () -> client.newCall(to("/x").build()).execute());
    }
}
