package dev.countersign.sign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignedClientTest {
    private static final byte[] BODY = "tea é".getBytes(StandardCharsets.UTF_8);

    private final Verifier verifier = Verifier.builder(Map.of("AccessKey", "SecretKey")).build();
    private final Signer signer = Signer.builder("AccessKey", "SecretKey").build();
    /** The codes of the verdicts, one a request. */
    private final List<String> verdicts = new CopyOnWriteArrayList<>();
    private final List<Map<String, List<String>>> received = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Request.Builder request =
            Request.builder(exchange.getRequestMethod(), exchange.getRequestURI().toString()).body(body);
        exchange.getRequestHeaders().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        received.add(Map.copyOf(exchange.getRequestHeaders()));
        String verdict = verdict(request.build());
        verdicts.add(verdict);
        exchange.sendResponseHeaders(verdict.equals("AccessKey") ? 200 : 401, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String verdict(Request request) {
        try {
            return verifier.verify(request);
        } catch (VerificationException refusal) {
            return refusal.reason().code();
        }
    }

    private HttpRequest.Builder to(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + target));
    }

    private SignedClient client(SigningClock clock) {
        return new SignedClient(HttpClient.newHttpClient(), signer, clock);
    }

    private static Clock slow() {
        return Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
    }

    @Test
    void what_is_sent_is_what_was_signed() throws Exception {
        SignedClient client = new SignedClient(HttpClient.newHttpClient(), signer);
        List<HttpRequest.Builder> requests = List.of(
            to("/a%2Fb//c?b=2&a=1&a="), to("/é?q=中#fragment").header("X-A", "1").header("x-a", "0"), to(""), to("?"),
            to("/x").DELETE(), to("/x").method("HEAD", BodyPublishers.noBody()),
            to("/x").PUT(BodyPublishers.ofByteArray(new byte[0])),
            to("/x").POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(BODY))),
            to("/x").POST(SignedClient.unsigned(BodyPublishers.ofByteArray(BODY))));
        for (HttpRequest.Builder request : requests) {
            assertEquals(200, client.send(request.build(), BodyHandlers.discarding()).statusCode(), verdicts::toString);
        }
        assertEquals(List.of("UNSIGNED-PAYLOAD"), received.get(8).get("X-sdk-content-sha256"));
    }

    @Test
    void the_body_arrives_whole_and_settings_are_kept() throws Exception {
        HttpRequest request = to("/x").timeout(Duration.ofSeconds(30)).expectContinue(false)
            .version(HttpClient.Version.HTTP_1_1).PUT(BodyPublishers.ofByteArray(BODY)).build();
        HttpResponse<byte[]> response = new SignedClient(HttpClient.newHttpClient(), signer)
            .sendAsync(request, BodyHandlers.ofByteArray()).get();
        assertArrayEquals(BODY, response.body());
        assertEquals(Duration.ofSeconds(30), response.request().timeout().orElseThrow());
    }

    @Test
    void a_wrong_clock_is_corrected_once_and_stays_so() throws Exception {
        SignedClient client = client(SigningClock.correcting(slow()));
        HttpRequest request = to("/x").POST(BodyPublishers.ofByteArray(BODY)).build();
        assertArrayEquals(BODY, client.send(request, BodyHandlers.ofByteArray()).body());
        assertEquals(200, client.send(request, BodyHandlers.discarding()).statusCode());
        assertEquals(List.of("Expired", "AccessKey", "AccessKey"), verdicts);
    }

    @Test
    void a_wrong_clock_is_left_alone_unless_it_shall_be_corrected() throws Exception {
        SignedClient client = client(SigningClock.of(slow()));
        assertEquals(401, client.send(to("/x").build(), BodyHandlers.discarding()).statusCode());
        assertEquals(List.of("Expired"), verdicts);
    }

    @Test
    void a_refusal_for_another_reason_is_not_sent_again() throws Exception {
        Signer stranger = Signer.builder("Stranger", "s").build();
        SignedClient client = new SignedClient(HttpClient.newHttpClient(), stranger,
            SigningClock.correcting(Clock.systemUTC()));
        assertEquals(401, client.send(to("/x").build(), BodyHandlers.discarding()).statusCode());
        assertEquals(List.of("UnknownKey"), verdicts);
    }

    @Test
    void errors_are_thrown_as_the_platform_throws_them() {
        SignedClient client = new SignedClient(HttpClient.newHttpClient(), signer);
        HttpRequest taken = to("/x").header("Authorization", "Basic YTpi").build();
        assertEquals("TakenHeader", assertThrows(SigningException.class,
            () -> client.send(taken, BodyHandlers.discarding())).reason().code());
        assertInstanceOf(SigningException.class, assertThrows(ExecutionException.class,
            () -> client.sendAsync(taken, BodyHandlers.discarding()).get()).getCause());
        HttpRequest broken = to("/x").POST(BodyPublishers.ofInputStream(() -> null)).build();
        assertThrows(IOException.class, () -> client.send(broken, BodyHandlers.discarding()));
        HttpRequest refused = to("/x").build();
        server.stop(0);
        assertThrows(ConnectException.class, () -> client.send(refused, BodyHandlers.discarding()));
    }

    @Test
    void a_client_that_follows_redirects_is_refused() {
        HttpClient following = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
        assertThrows(IllegalArgumentException.class, () -> new SignedClient(following, signer));
    }

    @Test
    void the_settings_are_those_of_the_client() {
        HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
        SignedClient signed = new SignedClient(client, signer);
        assertEquals(client.connectTimeout(), signed.connectTimeout());
        assertEquals(client.version(), signed.version());
        assertEquals(client.sslContext(), signed.sslContext());
        assertEquals(List.of(client.cookieHandler(), client.proxy(), client.authenticator(), client.executor()),
            List.of(signed.cookieHandler(), signed.proxy(), signed.authenticator(), signed.executor()));
        assertEquals(HttpClient.Redirect.NEVER, signed.followRedirects());
        assertTrue(signed.sslParameters().getProtocols().length > 0);
    }

    @Test
    void the_scheme_s_own_port_and_the_user_are_not_sent() {
        assertEquals(URI.create("http://h/"), Url.normal(URI.create("http://user@h:80#f")));
        assertEquals(URI.create("https://h:80/%C3%A9?q"), Url.normal(URI.create("https://h:80/é?q")));
    }
}
