package dev.countersign.programs;

import dev.countersign.sign.SignedClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Sends one request through the adapter for {@code java.net.http}. */
public final class HttpClientAdapter {
    private HttpClientAdapter() {}

    /**
     * Sends the job.
     *
     * @param arguments none
     * @throws IOException if the request cannot be sent
     * @throws InterruptedException if the program is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Job job = Job.read();
        HttpClient client = new SignedClient(HttpClient.newHttpClient(), job.signer(), job.clock());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(job.url()));
        job.headers(request::header);
        byte[] body = job.body();
        request.method(job.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
        Job.print(response.statusCode(), response.body());
    }
}
