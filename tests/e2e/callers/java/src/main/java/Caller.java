import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.huaweicloud.sdk.core.ClientBuilder;
import com.huaweicloud.sdk.core.HcClient;
import com.huaweicloud.sdk.core.HttpListener;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.core.http.FieldExistence;
import com.huaweicloud.sdk.core.http.HttpConfig;
import com.huaweicloud.sdk.core.http.HttpMethod;
import com.huaweicloud.sdk.core.http.HttpRequestDef;
import com.huaweicloud.sdk.core.http.LocationType;
import com.huaweicloud.sdk.core.region.Region;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Sends one request through the unmodified Java core; see ../README.md for the contract. */
public final class Caller {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What standard input holds. */
    public static final class Job {
        public String address;
        public String host;
        public String key;
        public String secret;
        @JsonProperty("security_token") public String securityToken;
        @JsonProperty("idp_id") public String idpId;
        @JsonProperty("id_token_file") public String idTokenFile;
        public String region;
        public String method;
        public String path;
        @JsonProperty("path_params") public Map<String, String> pathParams;
        public Map<String, List<String>> query;
        public Map<String, String> headers;
        @JsonProperty("body_file") public String bodyFile;
    }

    /** What the last line of standard output holds. */
    public static final class Result {
        public int status;
        @JsonProperty("request_id") public String requestId;
        @JsonProperty("error_code") public String errorCode;
        @JsonProperty("error_msg") public String errorMsg;
        public String body;
    }

    /** The answer's body is taken as text. */
    public static final class Answer extends com.huaweicloud.sdk.core.SdkResponse {
        public String body;
    }

    public static void main(String[] arguments) throws IOException {
        Job job = JSON.readValue(System.in, Job.class);
        System.out.println(JSON.writeValueAsString(call(job)));
    }

    private static Result call(Job job) throws IOException {
        AtomicReference<String> requestId = new AtomicReference<>();
        HcClient client = client(job, requestId);
        Result result = new Result();
        try {
            Answer answer = client.syncInvokeHttp(job, definition(job));
            result.status = answer.getHttpStatusCode();
            result.requestId = requestId.get();
            result.body = answer.body;
        } catch (ServiceResponseException refusal) {
            result.status = refusal.getHttpStatusCode();
            result.requestId = refusal.getRequestId();
            result.errorCode = refusal.getErrorCode();
            result.errorMsg = refusal.getErrorMsg();
        }
        return result;
    }

    private static HcClient client(Job job, AtomicReference<String> requestId) {
        HttpConfig config = HttpConfig.getDefaultHttpConfig()
            .withDns(name -> List.of(InetAddress.getLoopbackAddress()))
            .addHttpListener(HttpListener.forResponseListener(
                answer -> answer.headers().forEach((name, values) -> {
                    if (name.equalsIgnoreCase("X-Request-Id")) {
                        requestId.set(values.get(0));
                    }
                })));
        String endpoint = "http://" + (job.host == null ? job.address : job.host);
        BasicCredentials credentials = new BasicCredentials();
        if (job.key != null) {
            credentials.withAk(job.key).withSk(job.secret);
        }
        if (job.securityToken != null) {
            credentials.withSecurityToken(job.securityToken);
        }
        if (job.idpId != null) {
            credentials.withIdpId(job.idpId).withIdTokenFile(job.idTokenFile);
        }
        if (job.region != null) {
            credentials.withIamEndpoint(endpoint);
        }
        ClientBuilder<HcClient> builder =
            new ClientBuilder<>(core -> core).withCredential(credentials).withHttpConfig(config);
        return job.region == null
            ? builder.withEndpoint(endpoint).build()
            : builder.withRegion(new Region(job.region, endpoint)).build();
    }

    @SuppressWarnings("unchecked")
    private static HttpRequestDef<Job, Answer> definition(Job job) throws IOException {
        HttpRequestDef.Builder<Job, Answer> builder =
            HttpRequestDef.builder(HttpMethod.valueOf(job.method), Job.class, Answer.class)
                .withName("Call").withUri(job.path).withContentType("application/json");
        job.pathParams.forEach((name, value) -> add(builder, name, LocationType.Path, String.class, value));
        job.query.forEach((name, values) ->
            builder.withRequestField(name, LocationType.Query, FieldExistence.NULL_IGNORE, List.class,
                field -> field.withInnerContainerType(String.class).withReader(any -> values)));
        job.headers.forEach((name, value) -> add(builder, name, LocationType.Header, String.class, value));
        if (job.bodyFile != null) {
            Map<String, Object> body = JSON.readValue(new File(job.bodyFile), Map.class);
            add(builder, "body", LocationType.Body, Map.class, body);
        }
        return builder
            .withResponseField("body", LocationType.Body, FieldExistence.NULL_IGNORE, String.class,
                field -> field.withMarshaller(answer -> answer.body, (answer, text) -> answer.body = text))
            .build();
    }

    private static <T> void add(HttpRequestDef.Builder<Job, Answer> builder, String name, LocationType location,
            Class<T> type, T value) {
        builder.withRequestField(name, location, FieldExistence.NULL_IGNORE, type,
            field -> field.withReader(any -> value));
    }
}
