package dev.countersign.servlet;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.sign.Header;
import dev.countersign.sign.Request;
import dev.countersign.sign.Signer;
import dev.countersign.sign.Verifier;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifierFilterTest {
    private static final int BODY_BYTES_MAX = 1000;
    private static final String BODY = "tea é";

    private final Signer signer = Signer.builder("AccessKey", "SecretKey").build();
    private final Verifier verifier = Verifier.builder(Map.of("AccessKey", "SecretKey")).build();
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory());

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        FilterHolder filter = new FilterHolder(new VerifierFilter(verifier, BODY_BYTES_MAX));
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(asyncHolder(), "/async");
        context.addServlet(new ServletHolder(new Echo()), "/*");
        server.setHandler(context);
        server.start();
    }

    private static ServletHolder asyncHolder() {
        ServletHolder holder = new ServletHolder(new AsyncEcho());
        holder.setAsyncSupported(true);
        return holder;
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    /** Tells who called and repeats the body, read as text. */
    private static final class Echo extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setCharacterEncoding("UTF-8");
            response.getWriter().print(request.getAttribute(VerifierFilter.ACCESS_KEY) + " read "
                + request.getReader().readLine());
        }
    }

    /** Repeats the body without waiting for it. */
    private static final class AsyncEcho extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            AsyncContext async = request.startAsync();
            ServletInputStream body = request.getInputStream();
            StringBuilder read = new StringBuilder();
            body.setReadListener(new ReadListener() {
                @Override
                public void onDataAvailable() throws IOException {
                    while (body.isReady() && !body.isFinished()) {
                        read.append((char) body.read());
                    }
                }

                @Override
                public void onAllDataRead() throws IOException {
                    response.getWriter().print("async " + read);
                    async.complete();
                }

                @Override
                public void onError(Throwable failure) {
                    async.complete();
                }
            });
        }
    }

    /** A signed request as it goes over the wire. */
    private String signed(Signer by, String target, String body, Instant now) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Request request = Request.builder("POST", target).header("Host", "h").header("X-A", "ü").body(bytes).build();
        StringBuilder text = new StringBuilder("POST " + target + " HTTP/1.1\r\nHost: h\r\nX-A: ü\r\n"
            + "Content-Type: text/plain; charset=utf-8\r\nConnection: close\r\n");
        for (Header header : by.sign(request, now)) {
            text.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        return text + "Content-Length: " + bytes.length + "\r\n\r\n" + body;
    }

    private String answer(UnaryOperator<String> change) throws IOException {
        return exchange(change.apply(signed(signer, "/a%20b?q=1&p", BODY, Instant.now())));
    }

    /** Sends the text and no more, and reads the answer to its end. */
    private String exchange(String text) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", connector.getLocalPort())) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertRefused(int status, String code, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        assertTrue(answer.contains("\r\nContent-Type: application/json\r\n"), answer);
        assertTrue(answer.contains("\r\n\r\n{\"error_code\":\"" + code + "\",\"error_msg\":\""), answer);
    }

    @Test
    void what_is_signed_is_let_through_with_its_access_key_and_body() throws IOException {
        assertTrue(answer(text -> text).endsWith("AccessKey read tea é"));
    }

    @Test
    void a_body_may_be_read_without_waiting() throws IOException {
        assertTrue(exchange(signed(signer, "/async", "tea", Instant.now())).endsWith("async tea"));
        assertTrue(exchange(signed(signer, "/async", "", Instant.now())).endsWith("async "));
    }

    @Test
    void what_is_not_signed_or_tampered_with_is_refused() throws IOException {
        assertRefused(401, "MissingAuthorization", answer(text -> text.replaceAll("Authorization: .*\r\n", "")));
        assertRefused(401, "DuplicateHeader", answer(text -> text.replace("Host: h", "Host: h\r\nX-Sdk-Date: 1")));
        assertRefused(401, "Mismatch", answer(text -> text.replace("q=1", "q=2")));
        assertRefused(401, "Mismatch", answer(text -> text.replace("tea", "tee")));
        assertRefused(401, "Expired",
            exchange(signed(signer, "/", BODY, Instant.now().minusSeconds(1000))));
        assertRefused(401, "UnknownKey",
            exchange(signed(Signer.builder("Other", "s").build(), "/", BODY, Instant.now())));
    }

    @Test
    void a_mismatch_shows_the_canonical_request_as_json() throws IOException {
        String answer = answer(text -> text.replace("X-A: ü", "X-A: \"\\\t\""));
        assertTrue(answer.contains("canonicalRequest:POST|/a%20b/|p=&q=1|host:h|x-a:\\\"\\\\\\u0009\\\"|"), answer);
    }

    @Test
    void a_long_body_is_refused_whether_its_length_is_declared_or_not() throws IOException {
        String longest = "x".repeat(BODY_BYTES_MAX);
        assertTrue(exchange(signed(signer, "/", longest, Instant.now())).endsWith("read " + longest));
        assertRefused(413, "BodyTooLong", exchange(signed(signer, "/", longest + "x", Instant.now())));
        assertRefused(413, "BodyTooLong", exchange(chunked(signed(signer, "/", longest + "x", Instant.now()))));
        assertTrue(exchange(chunked(signed(signer, "/", longest, Instant.now()))).contains("read " + longest));
    }

    /** The same request with its body in one chunk. */
    private static String chunked(String text) {
        String[] parts = text.split("\r\n\r\n", 2);
        return parts[0].replaceFirst("Content-Length: \\d+", "Transfer-Encoding: chunked") + "\r\n\r\n"
            + Integer.toHexString(parts[1].length()) + "\r\n" + parts[1] + "\r\n0\r\n\r\n";
    }

    @Test
    void a_body_that_breaks_off_is_refused() throws IOException {
        assertRefused(400, "BodyIncomplete", answer(text -> text.substring(0, text.length() - 2)));
    }

    @Test
    void a_stale_head_is_refused_before_its_body() throws IOException {
        String stale = signed(signer, "/", "x".repeat(BODY_BYTES_MAX + 1), Instant.now().minusSeconds(1000));
        assertRefused(401, "Expired", exchange(stale));
    }
}
