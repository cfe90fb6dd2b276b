package dev.countersign.servlet;

import dev.countersign.sign.VerificationException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The answer to what is not let through. */
final class Refusal {
    private Refusal() {}

    static void write(VerificationException refusal, HttpServletResponse response) throws IOException {
        byte[] body = json(refusal.reason().code(), message(refusal)).getBytes(StandardCharsets.UTF_8);
        response.setStatus(refusal.reason().status());
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** A mismatch shows the canonical request as the gateway's refusals do, so that clients can compare. */
    private static String message(VerificationException refusal) {
        return refusal.canonicalRequest()
            .map(canonical -> refusal.getMessage() + ", canonicalRequest:" + canonical.replace('\n', '|'))
            .orElse(refusal.getMessage());
    }

    private static String json(String code, String message) {
        StringBuilder text = new StringBuilder("{\"error_code\":\"").append(code).append("\",\"error_msg\":\"");
        for (int position = 0; position < message.length(); position++) {
            char character = message.charAt(position);
            if (character < ' ') {
                text.append(String.format("\\u%04x", (int) character));
            } else {
                text.append(character == '"' || character == '\\' ? "\\" : "").append(character);
            }
        }
        return text.append("\"}").toString();
    }
}
