package dev.countersign.programs;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.countersign.sign.Algorithm;
import dev.countersign.sign.Explanation;
import dev.countersign.sign.Header;
import dev.countersign.sign.Request;
import dev.countersign.sign.Signer;
import dev.countersign.sign.SigningException;
import dev.countersign.sign.VerificationException;
import dev.countersign.sign.Verifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The library as a testee of the conformance kit: a line of JSON in, a line of JSON out. */
public final class Testee {
    private static final DateTimeFormatter BASIC = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    private Testee() {}

    /**
     * Answers until standard input ends.
     *
     * @param arguments none
     * @throws IOException if standard input breaks
     */
    public static void main(String[] arguments) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            answers.println(answer(JsonParser.parseString(line).getAsJsonObject()));
        }
    }

    private static JsonObject answer(JsonObject job) {
        try {
            switch (job.get("do").getAsString()) {
                case "describe":
                    return describe();
                case "sign":
                    return sign(job);
                default:
                    return verify(job);
            }
        } catch (SigningException refusal) {
            return refused(refusal.reason().code(), refusal.getMessage());
        }
    }

    private static JsonObject describe() {
        JsonArray algorithms = new JsonArray();
        Arrays.stream(supported()).forEach(algorithm -> algorithms.add(algorithm.token()));
        JsonArray verbs = new JsonArray();
        verbs.add("sign");
        verbs.add("verify");
        JsonObject answer = object("name", "countersign-java");
        answer.addProperty("version", "0.1.0");
        answer.add("verbs", verbs);
        answer.add("algorithms", algorithms);
        return answer;
    }

    private static JsonObject sign(JsonObject job) {
        Explanation explanation = signer(job).explain(request(job), now(job));
        JsonArray headers = new JsonArray();
        for (Header header : explanation.headers()) {
            JsonArray line = new JsonArray();
            line.add(header.name());
            line.add(header.value());
            headers.add(line);
        }
        JsonObject answer = new JsonObject();
        answer.add("headers", headers);
        answer.addProperty("canonical_request", explanation.canonicalRequest());
        answer.addProperty("string_to_sign", explanation.stringToSign());
        return answer;
    }

    private static Signer signer(JsonObject job) {
        JsonObject credential = job.getAsJsonObject("credential");
        return Signer.builder(text(credential, "access_key"), text(credential, "secret_key"))
            .algorithm(Algorithm.of(text(job, "algorithm")))
            .scope(text(job, "region"), text(job, "service"))
            .securityToken(text(credential, "security_token"))
            .projectId(text(credential, "project_id"))
            .domainId(text(credential, "domain_id"))
            .build();
    }

    private static JsonObject verify(JsonObject job) {
        Map<String, String> secrets = new HashMap<>();
        for (JsonElement key : job.getAsJsonArray("keys")) {
            secrets.put(text(key.getAsJsonObject(), "access_key"), text(key.getAsJsonObject(), "secret_key"));
        }
        Verifier verifier = Verifier.builder(secrets).algorithms(supported()).build();
        try {
            return object("access_key", verifier.verify(request(job), now(job)));
        } catch (VerificationException refusal) {
            return refused(refusal.reason().code(), refusal.getMessage());
        }
    }

    private static Request request(JsonObject job) {
        JsonObject request = job.getAsJsonObject("request");
        Request.Builder builder = Request.builder(text(request, "method"), text(request, "target"));
        for (JsonElement header : request.getAsJsonArray("headers")) {
            JsonArray line = header.getAsJsonArray();
            builder.header(line.get(0).getAsString(), line.get(1).getAsString());
        }
        return "unsigned".equals(text(request, "payload"))
            ? builder.unsignedPayload().build()
            : builder.body(Base64.getDecoder().decode(text(request, "body"))).build();
    }

    private static Instant now(JsonObject job) {
        return LocalDateTime.parse(text(job, "now"), BASIC).toInstant(ZoneOffset.UTC);
    }

    private static Algorithm[] supported() {
        return Arrays.stream(Algorithm.values()).filter(Algorithm::isSupported).toArray(Algorithm[]::new);
    }

    private static JsonObject refused(String code, String message) {
        JsonObject answer = object("error", code);
        answer.addProperty("message", message);
        return answer;
    }

    private static JsonObject object(String name, String value) {
        JsonObject object = new JsonObject();
        object.addProperty(name, value);
        return object;
    }

    /** A member's text; null if there is none. */
    private static String text(JsonObject object, String name) {
        JsonElement member = object.get(name);
        return member == null || member.isJsonNull() ? null : member.getAsString();
    }
}
