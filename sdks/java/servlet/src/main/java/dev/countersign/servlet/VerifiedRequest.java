package dev.countersign.servlet;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A request whose body was read and verified. */
final class VerifiedRequest extends HttpServletRequestWrapper {
    private final ServletInputStream body;

    VerifiedRequest(HttpServletRequest request, byte[] body) {
        super(request);
        this.body = new VerifiedBody(body);
    }

    @Override
    public ServletInputStream getInputStream() {
        return body;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        String encoding = getCharacterEncoding();
        return new BufferedReader(new InputStreamReader(body,
            encoding == null ? StandardCharsets.ISO_8859_1.name() : encoding));
    }
}
