package dev.countersign.programs;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.countersign.sign.Signer;
import dev.countersign.sign.SigningClock;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.BiConsumer;

/** The request that an adapter program is to send: one line of JSON on standard input, keys in the environment. */
final class Job {
    private final JsonObject job;

    private Job(JsonObject job) {
        this.job = job;
    }

    static Job read() {
        return new Job(JsonParser.parseReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
            .getAsJsonObject());
    }

    String method() {
        return job.get("method").getAsString();
    }

    String url() {
        return job.get("url").getAsString();
    }

    void headers(BiConsumer<String, String> take) {
        for (JsonElement header : job.getAsJsonArray("headers")) {
            JsonArray line = header.getAsJsonArray();
            take.accept(line.get(0).getAsString(), line.get(1).getAsString());
        }
    }

    /** Null if there is none. */
    byte[] body() {
        JsonElement body = job.get("body");
        return body == null || body.isJsonNull() ? null : Base64.getDecoder().decode(body.getAsString());
    }

    SigningClock clock() {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(job.get("clock_offset_seconds").getAsLong()));
        return job.get("correct_clock").getAsBoolean() ? SigningClock.correcting(clock) : SigningClock.of(clock);
    }

    Signer signer() {
        Map<String, String> environment = System.getenv();
        return Signer.builder(environment.get("COUNTERSIGN_ACCESS_KEY"), environment.get("COUNTERSIGN_SECRET_KEY"))
            .securityToken(environment.get("COUNTERSIGN_SECURITY_TOKEN"))
            .projectId(environment.get("COUNTERSIGN_PROJECT_ID"))
            .build();
    }

    static void print(int status, byte[] body) {
        JsonObject answer = new JsonObject();
        answer.addProperty("status", status);
        answer.addProperty("body", Base64.getEncoder().encodeToString(body));
        System.out.println(answer);
    }
}
