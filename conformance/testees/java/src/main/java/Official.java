import com.fasterxml.jackson.databind.ObjectMapper;
import com.huaweicloud.sdk.core.auth.AKSKSigner;
import com.huaweicloud.sdk.core.auth.AKSKSignerFactory;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.auth.DerivedAKSKSigner;
import com.huaweicloud.sdk.core.auth.IAKSKSigner;
import com.huaweicloud.sdk.core.auth.SigningAlgorithm;
import com.huaweicloud.sdk.core.http.HttpMethod;
import com.huaweicloud.sdk.core.http.HttpRequest;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The unmodified official Java core as a testee; see ../../README.md for the protocol. */
public final class Official {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String V11 = "V11-HMAC-SHA256";
    private static final Map<String, SigningAlgorithm> ALGORITHMS = Map.of(
        "SDK-HMAC-SHA256", SigningAlgorithm.HMAC_SHA256,
        "SDK-HMAC-SM3", SigningAlgorithm.HMAC_SM3,
        "SDK-ECDSA-P256-SHA256", SigningAlgorithm.ECDSA_P256_SHA256,
        "SDK-SM2-SM3", SigningAlgorithm.SM2_SM3);

    /** A line of input. */
    public static final class Task {
        public String id;
        public Credential credential;
        public String algorithm;
        public String region;
        public String service;
        public String now;
        public Request request;
    }

    /** Who signs. */
    public static final class Credential {
        public String access_key;
        public String secret_key;
        public String security_token;
        public String project_id;
        public String domain_id;
    }

    /** What is signed. */
    public static final class Request {
        public String method;
        public String target;
        public List<List<String>> headers;
        public byte[] body;
        public String payload;
    }

    /** The core cannot be asked for this. */
    private static final class Unsupported extends Exception {
        Unsupported(String what) {
            super(what);
        }
    }

    /** The core's signer, which also keeps the texts that it makes on its way. */
    private static final class Telling extends AKSKSigner {
        String canonicalRequest;
        String stringToSign;

        @Override
        protected String buildCanonicalRequest(String... parts) {
            canonicalRequest = super.buildCanonicalRequest(parts);
            return canonicalRequest;
        }

        @Override
        protected String buildStringToSign(String... parts) {
            stringToSign = super.buildStringToSign(parts);
            return stringToSign;
        }
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream answers = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        // The core and what it uses may print; nothing but answers belongs on standard output.
        System.setOut(System.err);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            answers.println(JSON.writeValueAsString(answer(line)));
            answers.flush();
        }
    }

    private static Object answer(String line) throws IOException {
        Map<?, ?> asked = JSON.readValue(line, Map.class);
        if (asked.get("do").equals("describe")) {
            return describe();
        }
        asked.remove("do");
        try {
            return sign(JSON.convertValue(asked, Task.class));
        } catch (Unsupported lack) {
            return Map.of("unsupported", lack.getMessage());
        } catch (RuntimeException refusal) {
            return Map.of("error", refusal.getClass().getSimpleName(), "message", String.valueOf(refusal.getMessage()));
        }
    }

    private static Object describe() {
        List<String> algorithms = new ArrayList<>(ALGORITHMS.keySet());
        algorithms.add(V11);
        String jar = AKSKSigner.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        String version = jar.replaceAll(".*-(\\d[\\d.]*)\\.jar", "$1");
        return Map.of("name", "official-java", "version", version, "verbs", List.of("sign"), "algorithms", algorithms);
    }

    private static Object sign(Task task) throws Unsupported {
        Map<String, String> added = companions(task);
        HttpRequest request = request(task, added);
        BasicCredentials credentials =
            new BasicCredentials().withAk(task.credential.access_key).withSk(task.credential.secret_key);
        Telling telling = new Telling();
        Map<String, String> signed;
        if (task.algorithm.equals(V11)) {
            credentials.processDerivedAuthParams(task.service, task.region);
            signed = DerivedAKSKSigner.getInstance().sign(request, credentials);
        } else {
            signed = signer(task.algorithm, telling).sign(request, credentials);
        }
        added.put("Authorization", signed.get("Authorization"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("headers", added.entrySet().stream().map(line -> List.of(line.getKey(), line.getValue())).toArray());
        answer.put("canonical_request", telling.canonicalRequest);
        answer.put("string_to_sign", telling.stringToSign);
        return answer;
    }

    private static IAKSKSigner signer(String token, Telling telling) throws Unsupported {
        SigningAlgorithm algorithm = ALGORITHMS.get(token);
        if (algorithm == null) {
            throw new Unsupported(token);
        }
        return algorithm == SigningAlgorithm.HMAC_SHA256 ? telling : AKSKSignerFactory.getSigner(algorithm);
    }

    private static HttpRequest request(Task task, Map<String, String> added) throws Unsupported {
        String[] halves = task.request.target.split("\\?", 2);
        HttpRequest.HttpRequestBuilder builder = HttpRequest.newBuilder()
            .withEndpoint("https://" + host(task.request.headers))
            .withPath(halves[0])
            .withMethod(method(task.request.method));
        for (Map.Entry<String, List<String>> pair : pairs(halves.length > 1 ? halves[1] : "").entrySet()) {
            builder.addQueryParam(pair.getKey(), pair.getValue());
        }
        task.request.headers.forEach(line -> builder.addHeader(line.get(0), line.get(1)));
        added.forEach(builder::addHeader);
        if (task.request.body.length > 0) {
            builder.withBodyAsString(text(task.request.body, "a body that is not UTF-8"));
        }
        return builder.build();
    }

    private static HttpMethod method(String name) throws Unsupported {
        if (Arrays.stream(HttpMethod.values()).noneMatch(known -> known.name().equals(name))) {
            throw new Unsupported("the method " + name);
        }
        return HttpMethod.valueOf(name);
    }

    private static String host(List<List<String>> headers) {
        return headers.stream().filter(line -> line.get(0).equalsIgnoreCase("host")).map(line -> line.get(1))
            .findFirst().orElse("");
    }

    /** What the core adds beside the signature, in the order of sdks/README.md. */
    private static Map<String, String> companions(Task task) {
        Map<String, String> added = new LinkedHashMap<>();
        added.put("X-Sdk-Date", task.now);
        added.put("X-Project-Id", task.credential.project_id);
        added.put("X-Domain-Id", task.credential.domain_id);
        added.put("X-Security-Token", task.credential.security_token);
        String content = task.algorithm.endsWith("SM3") ? "X-Sdk-Content-Sm3" : "X-Sdk-Content-Sha256";
        added.put(content, task.request.payload.equals("unsigned") ? "UNSIGNED-PAYLOAD" : null);
        added.values().removeIf(value -> value == null);
        return added;
    }

    /** Decoded names and values, as callers give them. */
    private static Map<String, List<String>> pairs(String query) throws Unsupported {
        Map<String, List<String>> pairs = new LinkedHashMap<>();
        for (String piece : query.split("&")) {
            if (!piece.isEmpty()) {
                String[] halves = piece.split("=", 2);
                pairs.computeIfAbsent(decode(halves[0]), name -> new ArrayList<>())
                    .add(decode(halves.length > 1 ? halves[1] : ""));
            }
        }
        return pairs;
    }

    /** Replaces each %XX; any other percent sign stands for itself. */
    private static String decode(String text) throws Unsupported {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        for (int place = 0; place < raw.length; place++) {
            int high = raw[place] == '%' && place + 2 < raw.length ? Character.digit(raw[place + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(raw[place + 2], 16);
            if (low < 0) {
                decoded.write(raw[place]);
            } else {
                decoded.write(high << 4 | low);
                place += 2;
            }
        }
        return text(decoded.toByteArray(), "a query that is not UTF-8");
    }

    private static String text(byte[] bytes, String what) throws Unsupported {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException error) {
            throw new Unsupported(what);
        }
    }
}
