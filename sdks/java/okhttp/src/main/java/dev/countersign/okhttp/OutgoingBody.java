package dev.countersign.okhttp;

import java.io.IOException;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;

/** The body of an OkHttp request: its bytes, or one that is not signed. */
final class OutgoingBody {
    private final RequestBody body;
    /** Null: not signed. */
    private final byte[] bytes;

    private OutgoingBody(RequestBody body, byte[] bytes) {
        this.body = body;
        this.bytes = bytes;
    }

    static OutgoingBody of(Request request) throws IOException {
        RequestBody body = request.body();
        if (body == null) {
            return new OutgoingBody(null, new byte[0]);
        }
        // The body of a duplex call is written while the answer is read.
        if (body instanceof UnsignedBody || body.isDuplex()) {
            return new OutgoingBody(body, null);
        }
        Buffer buffer = new Buffer();
        body.writeTo(buffer);
        byte[] bytes = buffer.readByteArray();
        return new OutgoingBody(RequestBody.create(bytes, body.contentType()), bytes);
    }

    /** What to send; null if there is none. */
    RequestBody body() {
        return body;
    }

    void describe(dev.countersign.sign.Request.Builder request) {
        if (bytes == null) {
            request.unsignedPayload();
        } else {
            request.body(bytes);
        }
    }
}
