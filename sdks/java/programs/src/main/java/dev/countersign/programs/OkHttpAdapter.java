package dev.countersign.programs;

import dev.countersign.okhttp.SigningInterceptor;
import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Sends one request through the adapter for OkHttp. */
public final class OkHttpAdapter {
    private OkHttpAdapter() {}

    /**
     * Sends the job.
     *
     * @param arguments none
     * @throws IOException if the request cannot be sent
     */
    public static void main(String[] arguments) throws IOException {
        Job job = Job.read();
        SigningInterceptor signing = new SigningInterceptor(job.signer(), job.clock());
        OkHttpClient client =
            new OkHttpClient.Builder().addNetworkInterceptor(signing).authenticator(signing).build();
        Request.Builder request = new Request.Builder().url(job.url());
        job.headers(request::addHeader);
        byte[] body = job.body();
        request.method(job.method(), body == null ? null : RequestBody.create(body));
        try (Response response = client.newCall(request.build()).execute()) {
            Job.print(response.code(), response.body().bytes());
        }
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
