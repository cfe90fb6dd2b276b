package dev.countersign.programs;

import com.google.gson.JsonObject;
import dev.countersign.servlet.VerifierFilter;
import dev.countersign.sign.Verifier;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

/** A backend in Jetty behind the servlet filter, until standard input ends. */
public final class ServletBackend {
    private ServletBackend() {}

    /**
     * Serves.
     *
     * @param arguments none
     * @throws Exception if the server fails
     */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> environment = System.getenv();
        Verifier verifier = Verifier.builder(
            Map.of(environment.get("COUNTERSIGN_ACCESS_KEY"), environment.get("COUNTERSIGN_SECRET_KEY"))).build();
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(anyPath()));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.addFilter(new FilterHolder(new VerifierFilter(verifier)), "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new ServletHolder(new Echo()), "/*");
        server.setHandler(context);
        server.start();
        System.out.println("listening on 127.0.0.1:" + connector.getLocalPort());
        System.in.transferTo(OutputStream.nullOutputStream());
        server.stop();
    }

    /** Jetty refuses some encoded paths by itself, unless told otherwise. */
    private static HttpConfiguration anyPath() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        configuration.setSendServerVersion(false);
        return configuration;
    }

    /** Answers any method with what it was told. */
    private static final class Echo extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            JsonObject answer = new JsonObject();
            answer.addProperty("access_key", (String) request.getAttribute(VerifierFilter.ACCESS_KEY));
            answer.addProperty("body_bytes", request.getInputStream().readAllBytes().length);
            response.setContentType("application/json");
            response.getWriter().print(answer);
        }
    }
}
